"""Checks of sound: what counts at once by ear sounds like nothing graver, numbers like none."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import chain
from typing import Literal

from voice_skill.coaching.meaning import Meaning
from voice_skill.coaching.wording import QuestionName
from voice_skill.dialog.expressions import Compare, OneOf, atoms
from voice_skill.dialog.fields import AnyField, ChoiceField, NumberField, could_be_graver
from voice_skill.dialog.interpretation import Interpretation
from voice_skill.proof.coach_text import CoachText
from voice_skill.proof.finding import Finding
from voice_skill.proof.sound import Sounds
from voice_skill.proof.table import Table
from voice_skill.understanding.grammar import grammar_phrases
from voice_skill.understanding.language import Language
from voice_skill.understanding.templates import phrases_of
from voice_skill.understanding.understander import Understander

Meant = Callable[[str, str], Interpretation]
RULE = "answers_sound_different"
ASKED: Mapping[QuestionName, frozenset[str]] = {
    "check_in": frozenset(["coaching.answers.painful", "coaching.answers.painless"]),
    "hurting": frozenset(["coaching.answers.fine", "coaching.answers.not_fine"]),
}
"""Two questions that one word may answer in two ways, each without the answers to the other."""


def plain_answers(table: Table, understander: Understander) -> Iterator[Finding]:
    """No plain phrase sounds like a graver answer, or a doubt, to the same question."""
    dialog, language = table.dialog, understander.language
    said = {name: {p.text for p in grammar_phrases(dialog.phrases, dialog.fields, language, name)
                   if p.origin != "decoys"} for name in dialog.fields}  # fmt: skip
    sounds = Sounds.from_texts(chain.from_iterable(said.values()))
    meant: Meant = cache(understander.interpret)
    for text in (" ".join(words) for words in phrases_of(dialog.phrases.plain, language)):
        near = sounds.like(text)
        for name, texts in said.items():
            if text not in texts or dialog.fields[name].read_back:
                continue
            field, own = dialog.fields[name], meant(name, text)
            alike = (other for other in near if other in texts)
            first = next((o for o in alike if _graver(field, own, meant(name, o))), None)
            if first is not None:
                yield Finding(RULE, "error",
                              f"'{text}' sounds like '{first}', which is graver in '{name}'",
                              "take it out of `plain`, so that it is read back, or set read_back",
                              ("field", name))  # fmt: skip


def _graver(field: AnyField, mine: Interpretation, its: Interpretation) -> bool:
    if mine.outcome != "match" or not could_be_graver(field, mine.value):
        return False
    if its.outcome != "match":
        return its.outcome in ("unsure", "danger")
    if isinstance(field, ChoiceField) and its.value in field.values:
        order = list(field.values)
        return order.index(str(its.value)) > order.index(str(mine.value))
    return its.value != mine.value


def numbers(table: Table) -> Iterator[Finding]:
    """Numbers that sound alike are not told apart by any rule, or are read back."""
    for name, field in table.dialog.fields.items():
        if not isinstance(field, NumberField) or field.read_back:
            continue
        in_words = Language.of(table.dialog.words).numbers.in_words
        spoken = {in_words(n): n for n in range(field.minimum, field.maximum + 1)}
        sounds = Sounds.from_texts(spoken)
        for text, value in spoken.items():
            near = [other for other in sounds.like(text) if spoken[other] > value]
            apart = [other for other in near if _told_apart(table, name, value, spoken[other])]
            if apart:
                yield Finding(RULE, "warning",
                              f"'{text}' sounds like '{apart[0]}' in '{name}', and rules tell them "
                              "apart", "set read_back: true", ("field", name))  # fmt: skip
                break


def coach_phrases(coach: CoachText) -> Iterator[Finding]:
    """What lets a warm-up go on sounds like no sign or doubt, and no command like another."""
    for question, others in ASKED.items():
        yield from _alike(_meanings(coach, question, others))


def _alike(heard: dict[str, tuple[str, Meaning]]) -> Iterator[Finding]:
    sounds = Sounds.from_texts(heard)
    for text, (about, meaning) in heard.items():
        kind = _weight(meaning)
        if kind == "careful":
            continue
        for other in sounds.confused_with(text):
            its = heard[other][1]
            if _weight(its) == kind and (kind == "fine" or its.value == meaning.value):
                continue
            grave = kind == "fine" and _weight(its) == "careful"
            yield Finding(RULE, "error" if grave else "warning",
                          f"'{text}' ({meaning.value or meaning.kind}) sounds like '{other}' "
                          f"({its.value or its.kind})", "put one of them under not_listened_for",
                          ("coach", about))  # fmt: skip
            break


def _meanings(
    coach: CoachText, question: QuestionName, others: frozenset[str]
) -> dict[str, tuple[str, Meaning]]:
    """All that is listened for at a question, with its place and what it means there."""
    ear = coach.library.ear
    found: dict[str, tuple[str, Meaning]] = {}
    for about, texts in coach.heard.items():
        drill = about.split(".")[2] if ".skip_said." in about else None
        if about not in others:
            found |= {text: (about, ear.understand(text, drill, question)) for text in texts}
    return found


def _weight(meaning: Meaning) -> Literal["fine", "command", "careful"]:
    """A stop, like a sign, is the careful side."""
    if meaning.kind == "command" and meaning.value not in ("stop", "pause"):
        return "command"
    eased = meaning.kind == "fine" or meaning == Meaning("painless")
    return "fine" if eased else "careful"


def _told_apart(table: Table, name: str, one: int, other: int) -> bool:
    read = [expression for _, expression in table.dialog.rules] + list(table.dialog.guards.values())
    return any(
        atom.holds({name: one}) != atom.holds({name: other})
        for expression in read
        for atom in atoms(expression)
        if isinstance(atom, Compare | OneOf) and atom.field == name
    )
