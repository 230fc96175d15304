"""Checks of what words mean: the shipped templates and the second entry in `safety.yaml`."""

from collections.abc import Iterator

from voice_skill.dialog.fields import ChoiceField, YesNoField, could_be_graver, reassuring
from voice_skill.dialog.interpretation import SOFT, Interpretation, Value
from voice_skill.proof.finding import Finding
from voice_skill.proof.table import Table
from voice_skill.understanding.lexicon import SHARED
from voice_skill.understanding.templates import expand
from voice_skill.understanding.understander import Understander

PHRASES = 12
"""So many phrases of each template are tried."""


def must_mean(table: Table, understander: Understander) -> Iterator[Finding]:
    """The examples of `safety.yaml` are understood as they must be."""
    for name, values in table.safety.must_mean.items():
        for value, texts in values.items():
            for text in texts:
                meaning = understander.interpret(name, text)
                if not _means(table, meaning, name, value):
                    yield Finding("answers_mean_what_they_say", "error",
                                  f"'{text}' in '{name}' must mean {value}, but is "
                                  f"{_described(meaning)}", "see its templates",
                                  ("field", name), table.brought_up(name),
                                  {name: text})  # fmt: skip


def _means(table: Table, meaning: Interpretation, name: str, value: Value) -> bool:
    """Whether it is that value; for an alarming one, anything graver will do as well."""
    if meaning.outcome == "match" and meaning.value == value:
        return True
    field = table.dialog.fields[name]
    safe = table.dialog.safe_values.get(name)
    if value == safe or (isinstance(field, YesNoField) and field.role == "readback"):
        return False
    if meaning.outcome == "danger":
        return True
    values = list(field.values) if isinstance(field, ChoiceField) else []
    return meaning.value in values and values.index(str(meaning.value)) > values.index(str(value))


def doubts(table: Table, understander: Understander) -> Iterator[Finding]:
    """Doubt and hedges are never a clear safe answer where that must be heard."""
    safety = table.safety
    lists = (
        (safety.must_be_heard, safety.never_a_no),
        (safety.must_be_clear, safety.no_no_at_once),
    )
    for fields, texts in lists:
        for name in fields:
            safe = table.dialog.safe_values[name]
            for text in texts:
                meaning = understander.interpret(name, text)
                if meaning.outcome == "match" and meaning.value == safe:
                    yield Finding("answers_mean_what_they_say", "error",
                                  f"'{text}' in '{name}' counts as a clear {safe}",
                                  "it is a doubt or a hedge", ("field", name),
                                  table.brought_up(name), {name: text})  # fmt: skip


def _described(meaning: Interpretation) -> str:
    value = f" {meaning.value}" if meaning.value is not None else ""
    return f"{meaning.outcome}{value} ({meaning.reason})"


def said_anywhere(table: Table, understander: Understander) -> Iterator[Finding]:
    """Danger phrases are understood in every question, drills included, as what they are."""
    for name, texts in table.safety.said_anywhere.items():
        for text in texts:
            deaf = [asked for asked in table.dialog.fields
                    if not _alarms(table, understander.interpret(asked, text), asked)]  # fmt: skip
            if deaf:
                more = f" and {len(deaf) - 1} more" if len(deaf) > 1 else ""
                yield Finding("danger_phrases_reach_their_question", "error",
                              f"'{text}' is not understood as a sign of '{name}' in "
                              f"'{deaf[0]}'{more}", "add it to the danger phrases",
                              ("field", name), table.brought_up(deaf[0]),
                              {deaf[0]: text})  # fmt: skip


def _alarms(table: Table, meaning: Interpretation, asked: str) -> bool:
    if meaning.outcome == "danger":
        return True
    unsafe = meaning.value is not None and meaning.value != table.dialog.safe_values.get(asked)
    return meaning.outcome == "match" and unsafe and not isinstance(meaning.value, int)


def templates(table: Table, understander: Understander) -> Iterator[Finding]:
    """Every template of an answer means that answer, and no command or danger phrase as well."""
    for name, field in table.dialog.fields.items():
        if isinstance(field, YesNoField):
            own = {"yes": field.yes, "no": field.no}
        elif isinstance(field, ChoiceField):
            own = field.values
        else:
            continue
        for value, texts in own.items():
            for text in (phrase for template in texts for phrase in _spread(expand(template))):
                meaning = understander.interpret(name, text)
                if meaning.outcome == "match" and meaning.value == value:
                    continue
                safe = meaning.outcome == "match" and meaning.value == reassuring(field)
                yield Finding("answers_mean_what_they_say", "error" if safe else "warning",
                              f"'{text}' stands under {value} of '{name}', but is "
                              f"{_described(meaning)}", "move or reword the template",
                              ("field", name), table.brought_up(name), {name: text})  # fmt: skip
                break


def _spread(phrases: tuple[str, ...]) -> tuple[str, ...]:
    """Phrases of one template from its first to its last: they differ in a word or two."""
    return phrases[:: -(-len(phrases) // PHRASES)]


def shared(table: Table, understander: Understander) -> Iterator[Finding]:
    """No answer that is shared by all questions is a command or a danger phrase as well."""
    name = table.dialog.by_role("confirm")
    for label in SHARED:
        for text in (
            p for template in getattr(table.dialog.phrases, label) for p in expand(template)
        ):
            meaning = understander.interpret(name, text)
            if meaning.outcome in ("universal", "danger"):
                yield Finding("answers_mean_what_they_say", "warning",
                              f"'{text}' stands under {label}, but is {_described(meaning)}",
                              "reword one of them")  # fmt: skip


def misheard(table: Table, understander: Understander) -> Iterator[Finding]:
    """What was once heard wrongly does not come to less care at once."""
    for index, item in enumerate(table.safety.misheard):
        meaning = understander.interpret(item.field, item.heard)
        eased = could_be_graver(table.dialog.fields[item.field], meaning.value)
        sure = understander.clear_by_ear(item.field, item.heard, meaning)
        if meaning.outcome == "match" and eased and sure and meaning.reason not in SOFT:
            yield Finding("answers_sound_different", "error",
                          f"'{item.said}' in '{item.field}' was heard as '{item.heard}' "
                          f"({item.source}), which counts as {meaning.value} at once",
                          "reword it, or take it out of `plain`", ("misheard", index))  # fmt: skip
