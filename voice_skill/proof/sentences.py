"""Checks of whole sentences: frames of the second entry, filled with what each question asks about.

Denials are noes, what only sounds like one reassures nobody, a sign that nothing denies is one, and
a sign inside another answer reaches its question. No single word reassures but those listed.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import cycle, islice

from voice_skill.dialog.fields import could_be_graver, reassuring
from voice_skill.dialog.interpretation import Interpretation
from voice_skill.dialog.words import Answers, Sign
from voice_skill.proof.finding import Finding
from voice_skill.proof.table import Table
from voice_skill.understanding.generator import sayings
from voice_skill.understanding.pattern import Rule
from voice_skill.understanding.understander import Understander

RULE = "sentences_mean_what_they_say"
WORDINGS = 12
"""So many wordings of each question's findings are tried, beside those of the second entry."""
FRAMES = 6
"""Each wording stands in so many frames of each kind, so that all frames are tried in turn."""
SIGNS = 4
"""Wordings of each sign that are said inside other answers."""
MAX_NUMBER = 400
ANYWHERE = "anywhere"
"""The single words that may reassure in every question stand under this name."""
_WORD = re.compile(r"[a-z](?:[a-z']*[a-z])?")


def denials(table: Table, understander: Understander) -> Iterator[Finding]:
    """A plain denial that names its symptom is a no."""
    for name, text in _filled(table, understander, table.safety.sentences.denials):
        meaning = understander.interpret(name, text)
        if not (meaning.outcome == "match" and _eased(table, name, meaning)):
            yield _found(table, name, text, meaning, "is a plain denial")


def traps(table: Table, understander: Understander) -> Iterator[Finding]:
    """What only sounds like a denial never reassures."""
    for name, text in _filled(table, understander, table.safety.sentences.traps):
        meaning = understander.interpret(name, text)
        accepted = meaning.outcome == "match" or _accepted(table, name, meaning)
        if accepted and _eased(table, name, meaning):
            yield _found(table, name, text, meaning, "only sounds like a denial")


def signs(table: Table, understander: Understander) -> Iterator[Finding]:
    """A finding that nothing denies is a sign."""
    for name, text in _filled(table, understander, table.safety.sentences.signs):
        meaning = understander.interpret(name, text)
        if meaning.outcome not in ("match", "danger") or _eased(table, name, meaning):
            yield _found(table, name, text, meaning, "holds a sign that nothing denies")


def beside(table: Table, understander: Understander) -> Iterator[Finding]:
    """A sign inside another answer has its question asked, or settles it."""
    frames, net = table.safety.sentences.beside, understander.net
    for place, listed in enumerate(net.signs):
        sign = listed.sign
        if sign.only == "opening" or not frames:
            continue
        for number, wording in enumerate(sayings(listed.phrases, net.rules, SIGNS)):
            asked, frame = _pick(frames, place + number)
            said = [(asked, frame.format(sign=wording))]
            if _is_gravest(table, sign):
                said.append((sign.field, f"no but {wording}"))
            for name, text in said:
                meaning = understander.interpret(name, text)
                alarms = meaning.outcome == "match" and not _eased(table, name, meaning)
                if meaning.outcome != "danger" and not (name == sign.field and alarms):
                    yield _found(table, name, text, meaning, f"holds a sign of '{sign.field}'")


def figures(table: Table, understander: Understander) -> Iterator[Finding]:
    """Numbers and durations in all spoken forms are their value, or are asked about."""
    in_words = understander.language.numbers.in_words
    for name, frames in table.safety.sentences.figures.items():
        for number in range(MAX_NUMBER + 1):
            for form, frame in ((in_words(number) if number < 200 else str(number), frames[0]),
                                *((str(number), f) for f in frames)):  # fmt: skip
                text, days = frame.text.format(number=form), number * frame.times
                meaning = understander.interpret(name, text)
                if meaning.outcome == "match" and meaning.value != days:
                    yield _found(table, name, text, meaning, f"is {days}")


def alone(table: Table, understander: Understander) -> Iterator[Finding]:
    """No single word of a question's own words reassures, unless the second entry lists it.

    A template whose parts may all be left out shrinks to such a word: "[no] trouble".
    """
    allowed = table.safety.sentences.alone
    for name, answers in table.dialog.answers.items() if allowed else ():
        listed = {*allowed.get(ANYWHERE, ()), *allowed.get(name, ())}
        for word in sorted(_own_words(answers) - listed):
            meaning = understander.interpret(name, word)
            if meaning.outcome == "match" and _eased(table, name, meaning):
                yield _found(table, name, word, meaning, "is a single word that may not reassure")


def _own_words(answers: Answers) -> set[str]:
    return set(_WORD.findall(str(answers.model_dump(exclude={"heard", "uses", "about"}))))


def _pick(frames: dict[str, tuple[str, ...]], number: int) -> tuple[str, str]:
    every = [(asked, frame) for asked, texts in frames.items() for frame in texts]
    return every[number % len(every)]


def _filled(
    table: Table, understander: Understander, frames: Iterable[str]
) -> Iterator[tuple[str, str]]:
    """Each question's findings in the frames, in turn."""
    turning = cycle(frames)
    every = tuple(frames)
    for name in table.safety.sentences.findings:
        for finding in _findings(table, understander, name):
            for frame in islice(turning, min(FRAMES, len(every))):
                yield name, frame.format(sign=finding)


def _findings(table: Table, understander: Understander, name: str) -> list[str]:
    own = table.dialog.answers[name].rules.get("noun") if name in table.dialog.answers else None
    rules = understander.lexicon.parser(name).rules
    found = sayings(Rule.of([own], understander.language), rules, WORDINGS) if own else []
    return list(dict.fromkeys((*table.safety.sentences.findings[name], *found)))


def _eased(table: Table, name: str, meaning: Interpretation) -> bool:
    return meaning.value == reassuring(table.dialog.fields[name])


def _is_gravest(table: Table, sign: Sign) -> bool:
    return not could_be_graver(table.dialog.fields[sign.field], sign.value)


def _accepted(table: Table, name: str, meaning: Interpretation) -> bool:
    """Whether a hedged no counts as one in this stage."""
    accepts = table.dialog.stage_of[name].hedged_no == "accept"
    return accepts and meaning.reason == "hedged_no"


def _found(table: Table, name: str, text: str, meaning: Interpretation, what: str) -> Finding:
    value = f" {meaning.value}" if meaning.value is not None else ""
    return Finding(
        RULE,
        "error",
        f"'{text}' in '{name}' {what}, but comes out as {meaning.outcome}{value} "
        f"({meaning.reason})",
        "mend the words of the question (answers/) or the shared sentences (grammar.yaml)",
        ("field", name),
        table.brought_up(name),
        {name: text},
    )
