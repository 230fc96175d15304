"""Checks across files: names that lead nowhere, values that no field has, questions without end."""

import re
from collections.abc import Iterator, Sequence

from voice_skill.dialog.fields import (
    ChoiceField,
    DurationField,
    NumberField,
    YesNoField,
    possible,
)
from voice_skill.dialog.guards import Fields, Problems, check_expression
from voice_skill.dialog.model import (
    CARE_ORDER,
    DialogFile,
    DispositionsFile,
    MessagesFile,
    Phrases,
    RulesFile,
    StageFile,
)
from voice_skill.dialog.reader import Document, Path_
from voice_skill.dialog.roles import problems as problems_of_roles
from voice_skill.dialog.words import AnswersFile
from voice_skill.errors import DialogError

REQUIRED_MESSAGES = (
    "noinput_1", "noinput_2", "nomatch_1", "nomatch_2", "dont_know_1", "named", "confirm_value",
    "corrected", "not_covered", "help_general", "stopped", "paused", "resumed", "going_back",
    "start_over", "cannot_go_back", "slower", "faster", "louder", "quieter", "at_limit",
    "resume_offer", "goodbye", "device_input_lost", "device_input_back",
    "device_output_lost", "device_output_back", "how_to_begin", "too_many", "service_failed",
    "synthesiser_failed", "refused",
    "emergency_repeat", "summary",
    "report_saved", "report_kept", "phrases_left_out", "one_day", "days",
    "diary_unreadable", "week", "week_empty", "week_pain", "week_no_pain", "week_felt", "week_rest",
    "profile", "profile_unreadable",
    "number_later",
    "profile_empty", "profile_how", "profile_forgotten", "profile_later",
)  # fmt: skip
REQUIRED_UNIVERSALS = (
    "repeat", "help", "slower", "faster", "louder", "quieter", "pause", "resume", "go_back",
    "start_over", "stop", "why", "last_week", "profile", "forget_profile",
)  # fmt: skip
_WHOLE = re.compile(r"[0-9]{1,6}")
MAX_NUMBERS = 1000
REQUIRED_ROLES = ("readback", "wrong_part", "confirm")


def check(
    frame: tuple[DialogFile, Document],
    stages: Sequence[tuple[StageFile, Document]],
    rules: tuple[RulesFile, Document],
    ends: tuple[DispositionsFile, Document],
    phrases: tuple[Phrases, Document],
    messages: MessagesFile,
    words: Sequence[tuple[AnswersFile, Document]],
) -> None:
    """Raise one DialogError that lists everything wrong, a line each."""
    fields: Fields = {}
    lines: list[str] = []
    for file, document in stages:
        for name, item in file.fields.items():
            if name in fields:
                lines.append(f"{document.where(('fields', name))}: '{name}' stands in two stages")
            fields[name] = item
    problems: list[tuple[Document, Path_, str]] = []
    problems += _check_frame(*frame, fields)
    for file, document in stages:
        problems += _check_stage(file, document, fields)
    problems += _check_rules(*rules, fields)
    problems += _check_dispositions(*ends, rules[0])
    problems += _check_phrases(*phrases, fields)
    for answers, document in words:
        problems += _check_answers(answers, document, fields)
    lines += [f"{document.where(path)}: {text}" for document, path, text in problems]
    lines += [f"messages.yaml: '{m}' is missing; add it" for m in _missing(messages)]
    roles = {f.role for f in fields.values()}
    lines += [f"no field has the role '{role}'; add one" for role in REQUIRED_ROLES
              if role not in roles]  # fmt: skip
    if lines:
        raise DialogError("\n".join(lines))


def _missing(messages: MessagesFile) -> list[str]:
    return [name for name in REQUIRED_MESSAGES if name not in messages.messages]


def _check_frame(frame: DialogFile, document: Document, fields: Fields) -> Problems:
    for path, text in problems_of_roles(frame.roles, frame.after_a_sign, fields):
        yield document, path, text
    for index, item in enumerate(frame.after_a_sign):
        if item.when is not None:
            here: Path_ = ("after_a_sign", index, "when")
            yield from check_expression(item.when, document, here, fields)


def _check_stage(file: StageFile, document: Document, fields: Fields) -> Problems:
    for name, item in file.fields.items():
        here: Path_ = ("fields", name)
        if item.profile != (item.told is not None):
            yield document, here, "'told' goes with 'profile: true', and only with it"
        for key in ("when", "again_when"):
            if getattr(item, key):
                yield from check_expression(getattr(item, key), document, (*here, key), fields)
        for index, wording in enumerate(item.ask_when):
            yield from check_expression(wording.when, document, (*here, "ask_when", index), fields)
        if isinstance(item, ChoiceField):
            yield from ((document, (*here, *path), text) for path, text in _check_choice(item))
        if isinstance(item, NumberField | DurationField):
            yield from ((document, (*here, *path), text) for path, text in _check_numbers(item))
        if isinstance(item, YesNoField) and item.settles and item.settles.field not in fields:
            yield document, (*here, "settles"), f"there is no field '{item.settles.field}'"
        if file.stage.not_heard != "unknown" and item.role == "question" and not item.why:
            yield document, here, "a safety question needs its why"


def _check_numbers(item: NumberField | DurationField) -> Iterator[tuple[Path_, str]]:
    if isinstance(item, NumberField) and not item.minimum <= item.safe <= item.maximum:
        yield (), "'minimum', 'safe' and 'maximum' must rise"
    if isinstance(item, NumberField) and item.maximum - item.minimum > MAX_NUMBERS:
        yield ("maximum",), f"more than {MAX_NUMBERS} numbers cannot be told apart by ear"


def _check_choice(item: ChoiceField) -> Iterator[tuple[Path_, str]]:
    named: dict[Path_, str] = {("unsure",): item.unsure, ("safe",): item.safe}
    for path, value in (named | {("spoken", value): value for value in item.spoken}).items():
        if value not in item.values:
            yield path, f"'{value}' is not one of the values"
    for value in item.values:
        if "_" in value and value not in item.spoken:
            yield (), f"'{value}' cannot be read back; name it under `spoken`"


def _check_answers(file: AnswersFile, document: Document, fields: Fields) -> Problems:
    for name, own in file.fields.items():
        here: Path_ = ("fields", name)
        field = fields.get(name)
        if field is None:
            yield document, here, f"there is no field '{name}'"
            continue
        if isinstance(field, ChoiceField):
            for value in (*own.heard.values, *own.values):
                if value not in field.values:
                    yield document, here, f"'{value}' is not one of the values of '{name}'"
        if isinstance(field, NumberField | DurationField):
            for number in (*own.heard.words, *own.values):
                if not _WHOLE.fullmatch(number):
                    yield document, here, f"'{number}': words stand for a whole number"


def _check_rules(rules: RulesFile, document: Document, fields: Fields) -> Problems:
    seen: set[str] = set()
    for index, rule in enumerate(rules.rules):
        if rule.id in seen:
            yield document, ("rules", index, "id"), f"rule '{rule.id}' stands twice"
        seen.add(rule.id)
        yield from check_expression(rule.when, document, ("rules", index, "when"), fields)


def _check_dispositions(ends: DispositionsFile, document: Document, rules: RulesFile) -> Problems:
    ids = {rule.id for rule in rules.rules}
    for care in CARE_ORDER:
        if care not in ends.dispositions:
            yield document, ("dispositions",), f"'{care}' is missing; add it"
    for care, end in ends.dispositions.items():
        for index, variant in enumerate(end.variants):
            here: Path_ = ("dispositions", care, "variants", index)
            for name in variant.rules:
                if name not in ids:
                    yield document, here, f"there is no rule '{name}'"
    for rule in rules.rules:
        end_ = ends.dispositions.get(rule.care)
        if rule.variant and end_ and rule.variant not in {v.id for v in end_.variants}:
            yield document, ("dispositions", rule.care), f"no variant '{rule.variant}'"


def _check_phrases(phrases: Phrases, document: Document, fields: Fields) -> Problems:
    for name in REQUIRED_UNIVERSALS:
        if name not in phrases.universals:
            yield document, ("universals",), f"'{name}' is missing; add it"
    for name, item in fields.items():
        if item.profile and f"change_{name}" not in phrases.universals:
            yield document, ("universals",), f"'change_{name}' is missing; it is remembered"
    for name in phrases.universals:
        kept = fields.get(name.removeprefix("change_"))
        if name.startswith("change_") and (kept is None or not kept.profile):
            yield document, ("universals", name), f"'{name}' is for no field that is remembered"
    for index, danger in enumerate(phrases.danger):
        here: Path_ = ("danger", index)
        field = fields.get(danger.field)
        if field is None:
            yield document, here, f"there is no field '{danger.field}'"
        elif danger.value not in (possible(field) or ()):
            yield document, here, f"'{danger.field}' is never '{danger.value}'"
