"""A whole dialog: every file of a folder read, joined and checked, or nothing at all."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from voice_skill.dialog.cross_checks import check
from voice_skill.dialog.domains import domains
from voice_skill.dialog.expressions import ALWAYS, FLAGS, Expression, names, parse
from voice_skill.dialog.fields import (
    AnyField,
    ChoiceField,
    DurationField,
    FreeField,
    YesNoField,
    with_words,
)
from voice_skill.dialog.filling import fill
from voice_skill.dialog.interpretation import Value
from voice_skill.dialog.language import FILE as WORDS
from voice_skill.dialog.language import Words
from voice_skill.dialog.limits import Limits, read_limits
from voice_skill.dialog.model import (
    CareLevel,
    DialogFile,
    Disposition,
    DispositionsFile,
    MessagesFile,
    Phrases,
    Rule,
    RulesFile,
    Stage,
    StageFile,
)
from voice_skill.dialog.reader import Document, read_as
from voice_skill.dialog.readers import Reading, hanging
from voice_skill.dialog.roles import AfterASign, Roles
from voice_skill.dialog.texts import MESSAGE_NAMES, check_questions, check_texts
from voice_skill.dialog.words import Answers, AnswersFile, Grammar, Signs
from voice_skill.errors import DialogError

_STAGE = re.compile(r"[A-Za-z0-9_-]{1,60}")


@dataclass(frozen=True)
class Dialog:
    """Everything that is asked, understood, decided and said in one language.

    fields: in the order in which they are asked. stage_of: the stage of each field.
    rules: the decision table with its expressions parsed, in the order of the file.
    """

    id: str
    language: str
    title: str
    version: int
    intro: str
    settings: Mapping[str, str]
    fresh_minutes: int
    roles: Roles
    after_a_sign: tuple[AfterASign, ...]
    limits: Limits
    stages: tuple[Stage, ...]
    fields: Mapping[str, AnyField]
    stage_of: Mapping[str, Stage]
    guards: Mapping[str, Expression]
    again: Mapping[str, Expression]
    rules: tuple[tuple[Rule, Expression], ...]
    dispositions: Mapping[CareLevel, Disposition]
    safety_net: str
    safety_net_full: str
    phrases: Phrases
    grammar: Grammar
    answers: Mapping[str, Answers]
    signs: Signs
    words: Words
    messages: Mapping[str, str]

    @classmethod
    def from_folder(cls, folder: Path, settings: Mapping[str, str] | None = None) -> "Dialog":
        """Read `dialog.yaml` and all that it names. Raises DialogError; never half a dialog."""
        if not (folder / "dialog.yaml").is_file():
            raise DialogError(f"{folder}: no dialog.yaml here; name a folder such as dialogs/en")
        frame, frame_document = read_as(folder / "dialog.yaml", DialogFile)
        _check_stage_names(frame, frame_document)
        stage_files = [read_as(folder / f"{name}.yaml", StageFile) for name in frame.stages]
        rules, rules_document = read_as(folder / "rules.yaml", RulesFile)
        ends, ends_document = read_as(folder / "dispositions.yaml", DispositionsFile)
        phrases, phrases_document = read_as(folder / "phrases.yaml", Phrases)
        grammar, _ = read_as(folder / "grammar.yaml", Grammar)
        signs, _ = read_as(folder / "signs.yaml", Signs)
        words, _ = read_as(folder / WORDS, Words)
        answered = [
            read_as(folder / "answers" / f"{name}.yaml", AnswersFile) for name in frame.stages
        ]
        messages, messages_document = read_as(folder / "messages.yaml", MessagesFile)
        limits, limits_document = read_limits(folder)
        _check_stage_of_limits(limits, limits_document, [file.stage.id for file, _ in stage_files])
        check(
            (frame, frame_document),
            stage_files,
            (rules, rules_document),
            (ends, ends_document),
            (phrases, phrases_document),
            messages,
            answered,
        )
        answers = {name: own for file, _ in answered for name, own in file.fields.items()}
        fields = {
            name: with_words(f, answers[name].heard) if name in answers else f
            for file, _ in stage_files
            for name, f in file.fields.items()
        }
        _check_braces(
            [document for _, document in stage_files],
            (frame_document, rules_document, ends_document, phrases_document),
            messages_document,
            fields,
            frame.settings,
        )
        return cls(
            id=frame.id,
            language=frame.language,
            title=frame.title,
            version=frame.version,
            intro=frame.intro,
            settings={n: (settings or {}).get(n, text) for n, text in frame.settings.items()},
            fresh_minutes=frame.fresh_minutes,
            roles=frame.roles,
            after_a_sign=frame.after_a_sign,
            limits=limits,
            stages=tuple(file.stage for file, _ in stage_files),
            fields=fields,
            stage_of={name: file.stage for file, _ in stage_files for name in file.fields},
            guards={n: parse(f.when) if f.when else ALWAYS for n, f in fields.items()},
            again={n: parse(f.again_when) for n, f in fields.items() if f.again_when},
            rules=tuple((rule, parse(rule.when)) for rule in rules.rules),
            dispositions=ends.dispositions,
            safety_net=ends.safety_net,
            safety_net_full=ends.safety_net_full,
            phrases=phrases,
            grammar=grammar,
            answers=answers,
            signs=signs,
            words=words,
            messages=messages.messages,
        )

    @cached_property
    def safe_values(self) -> dict[str, Value]:
        """The value of each field while it is not asked."""
        return {n: f.safe for n, f in self.fields.items() if not isinstance(f, FreeField)}

    @cached_property
    def well(self) -> dict[str, Value]:
        """The value of each field and flag of someone of whom nothing is known but safe answers."""
        return {**self.safe_values, **dict.fromkeys(FLAGS, "no")}

    @cached_property
    def rules_read(self) -> Reading:
        """The rules by what they read."""
        return Reading.of((expression for _, expression in self.rules), self.well)

    @cached_property
    def guards_read(self) -> Reading:
        """The guards by what they read, in the order of the fields."""
        return Reading.of((self.guards[name] for name in self.fields), self.well)

    @cached_property
    def hanging(self) -> dict[str, tuple[int, ...]]:
        """For each field, the places of the rules that may hang on it."""
        return hanging((expression for _, expression in self.rules), self.guards)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The fields in the order in which they are asked."""
        return tuple(self.fields)

    @cached_property
    def order(self) -> dict[str, int]:
        """The place of each field among those asked."""
        return {name: place for place, name in enumerate(self.fields)}

    @cached_property
    def domains(self) -> dict[str, tuple[Value, ...]]:
        """For each field and flag, values that stand for all; the safe one first."""
        read = [e for _, e in self.rules] + [*self.guards.values(), *self.again.values()]
        return domains(self.fields, self.safe_values, read)

    @cached_property
    def readers(self) -> dict[str, frozenset[str]]:
        """For each rule, the fields it reads."""
        return {rule.id: names(expression) for rule, expression in self.rules}

    def by_role(self, role: str) -> str:
        """The field that plays a role of its own: readback, wrong_part, confirm..."""
        return next(name for name, f in self.fields.items() if f.role == role)

    def spoken(self, name: str, value: Value | None) -> str:
        """A value of a field as it is read back."""
        field = self.fields[name]
        if isinstance(field, ChoiceField):
            return field.spoken.get(str(value), str(value))
        if isinstance(field, YesNoField) and value == "no" and field.denied:
            return field.denied
        if isinstance(field, DurationField):
            return self.message("one_day" if value == 1 else "days", count=value)
        return str(value)

    def text(self, template: str, **more: object) -> str:
        """Fill the braces of a text from the settings and from `more`."""
        return fill(template, {**self.settings, **more})

    def message(self, name: str, **more: object) -> str:
        """A sentence of `messages.yaml` with its braces filled."""
        return self.text(self.messages[name], **more)


def _check_stage_names(frame: DialogFile, document: Document) -> None:
    """A stage is a file in this folder. Raises DialogError."""
    for index, name in enumerate(frame.stages):
        if not _STAGE.fullmatch(name):
            raise DialogError(
                f"{document.where(('stages', index))}: a stage is named by letters and figures"
            )


def _check_stage_of_limits(limits: Limits, document: Document, known: Collection[str]) -> None:
    """What is asked again must be there. Raises DialogError."""
    name = limits.asked_again.stage.value
    if name not in known:
        here = document.where(("asked_again", "stage", "value"))
        raise DialogError(f"{here}: there is no stage '{name}'; the stages: {', '.join(known)}")


def _check_braces(
    stages: Sequence[Document],
    others: Sequence[Document],
    messages: Document,
    fields: Collection[str],
    settings: Collection[str],
) -> None:
    """Raise one DialogError that lists every text whose braces nobody can fill."""
    problems = [p for document in stages for p in check_questions(document, settings, fields)]
    problems += [p for document in others for p in check_texts(document, settings)]
    problems += check_texts(messages, {*settings, *MESSAGE_NAMES})
    if problems:
        lines = (f"{document.where(path)}: {text}" for document, path, text in problems)
        raise DialogError("\n".join(lines))
