"""Checks of prompts: easy to keep in mind, one question at a time, and no answer to themselves."""

import re
from collections.abc import Iterable, Iterator, Mapping

from voice_skill.coaching.listening import CoachEar
from voice_skill.coaching.meaning import Meaning
from voice_skill.coaching.wording import QuestionName
from voice_skill.dialog.fields import MAX_PAIN, AnyField, NumberField, could_be_graver
from voice_skill.models.pronunciation import VOWELS, pronunciations
from voice_skill.proof.coach_text import CoachText, Line
from voice_skill.proof.finding import Finding
from voice_skill.proof.table import Table
from voice_skill.understanding.grammar import barge_in_phrases
from voice_skill.understanding.text import Tokens, spelled
from voice_skill.understanding.understander import Understander

EAR, ITSELF = "prompts_fit_in_the_ear", "prompts_hold_no_answer"
LONGEST_WORDS = 28
"""Listeners keep about ten seconds of speech in mind; this is that at 165 words a minute."""
MOST_PARTS = 7
"""Parts between marks: about as many things as are kept in mind at once."""
HIGHEST_GRADE = 10.0
"""Flesch and Kincaid's school year. Lists of nouns read harder than they are, hence not 8."""
TAIL = 5
"""So many last words of a prompt may be heard after it has ended, by echo or a slow loudspeaker."""
PARTS, SENTENCES = re.compile(r"[,:;.?!]"), re.compile(r"[:;.?!]")


def prompts(table: Table, understander: Understander) -> Iterator[Finding]:
    """Every wording of every question."""
    asked = [
        (name, text) for name, field in table.dialog.fields.items() for text in wordings(field)
    ]
    syllables = syllables_of({word for _, text in asked for word in spelled(text)})
    for name, text in asked:
        found = [(EAR, *what) for what in hard(text, syllables)]
        found += [(ITSELF, *ends) for ends in _answered(understander, name, text)]
        for rule, what, advice in found:
            yield Finding(rule, "warning", f"a prompt of '{name}' {what}: {text}", advice,
                          ("field", name))  # fmt: skip
    yield from _deaf(table, understander, asked)


def coach_lines(coach: CoachText) -> Iterator[Finding]:
    """Every sentence of the coach and the ladder."""
    syllables = syllables_of({word for line in coach.lines for word in spelled(line.text)})
    signs = frozenset(spelled(text) for about, texts in coach.heard.items()
                      if about.startswith("coaching.stop_rule") for text in texts)  # fmt: skip
    for line in coach.lines:
        found = [(EAR, *what) for what in hard(line.text, syllables)]
        found += [(ITSELF, *ends) for ends in _echoed(coach.library.ear, line)]
        unheard = signs if line.question is None else frozenset[Tokens]()
        found += [(ITSELF, *deaf) for deaf in deaf_to(line.text, unheard) if line.listened]
        for rule, what, advice in found:
            yield Finding(rule, "warning", f"a sentence of the coach {what}: {line.text}", advice,
                          ("coach", line.about))  # fmt: skip


def _echoed(ear: CoachEar, line: Line) -> Iterator[tuple[str, str]]:
    """Whether a sentence ends in a command, or in an answer to itself that lets it go on."""
    words = spelled(line.text) if line.listened and line.ends else ()
    for size in range(1, min(TAIL, len(words)) + 1):
        tail = " ".join(words[-size:])
        meaning = ear.understand(tail, line.drill, line.question)
        if line.question and (
            meaning.kind in ("fine", "painless") or _eased(line.question, meaning)
        ):
            yield f"ends in its own answer '{tail}'", "end in another word, or the gravest answer"
            return
        if meaning.kind == "command" and meaning.value not in ("stop", "pause"):
            yield f"ends in the command '{tail}'", "end in another word, or it obeys its own echo"
            return


def deaf_to(text: str, signs: frozenset[Tokens]) -> Iterator[tuple[str, str]]:
    """Whether "stop", or a whole sign, is not heard while a sentence sounds that holds it."""
    words = spelled(text)
    inside = {words[start:end] for end in range(len(words) + 1) for start in range(end - 1)}
    unheard = [" ".join(sign) for sign in sorted(inside & signs)]
    unheard += ["stop"] if any(word.startswith("stop") for word in words) else []
    if unheard:
        yield f"holds '{unheard[0]}', which is not heard while it sounds", "use another word"


def _eased(question: QuestionName, meaning: Meaning) -> bool:
    """Whether a graver answer could be given."""
    if question == "gate" or meaning.value is None:
        return False
    return (meaning.kind == "number" and int(meaning.value) < MAX_PAIN) or meaning.value == "none"


def wordings(field: AnyField) -> list[str]:
    """Everything that is said right before an answer to this field is listened for."""
    figures = [field.ask_number] if isinstance(field, NumberField) and field.ask_number else []
    others = (*(w.ask for w in field.ask_when), *(item.ask for item in field.reask_on))
    return [field.ask, *field.reask, *others, *figures]


def hard(text: str, syllables: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    """What makes a prompt hard to keep in mind, and what to do."""
    words, parts = spelled(text), [part for part in PARTS.split(text) if part.strip()]
    grade = _grade(words, max(1, len(SENTENCES.findall(text))), syllables)
    if len(words) > LONGEST_WORDS:
        yield f"has {len(words)} words", f"keep to {LONGEST_WORDS}"
    if len(parts) > MOST_PARTS:
        yield f"has {len(parts)} parts", f"keep to {MOST_PARTS}"
    if grade > HIGHEST_GRADE:
        yield f"reads like school year {grade:.0f}", "use shorter words or sentences"
    if text.count("?") > 1:
        yield "asks more than one question", "ask one at a time"


def _grade(words: Tokens, sentences: int, syllables: Mapping[str, int]) -> float:
    """The Flesch-Kincaid grade (Kincaid and others, 1975)."""
    spoken = sum(syllables.get(word, 1) for word in words)
    return 0.39 * len(words) / sentences + 11.8 * spoken / len(words) - 15.59


def syllables_of(words: Iterable[str]) -> dict[str, int]:
    """Vowels of each word: its syllables."""
    said = pronunciations(words).items()
    return {word: sum(phone in VOWELS for phone in phones) for word, phones in said}


def _answered(understander: Understander, name: str, text: str) -> Iterator[tuple[str, str]]:
    """Whether a prompt ends in an answer to itself that would come to less care."""
    words = spelled(text)
    for size in range(1, TAIL + 1):
        tail = " ".join(words[-size:])
        meaning = understander.interpret(name, tail)
        eased = could_be_graver(understander.fields[name], meaning.value)
        if meaning.outcome == "match" and eased and understander.clear_by_ear(name, tail, meaning):
            yield (
                f"ends in its own answer '{tail}'",
                "end in another word, or in the gravest answer",
            )
            return


def _deaf(
    table: Table, understander: Understander, asked: Iterable[tuple[str, str]]
) -> Iterator[Finding]:
    """Commands and signs that are not heard while a prompt sounds, because it holds them itself."""
    phrases = barge_in_phrases(table.dialog.phrases)
    anywhere = {spelled(p.text): p.origin for p in phrases if p.origin != "decoys"}
    for name, text in asked:
        words = spelled(text)
        inside = {words[start:end] for end in range(len(words) + 1) for start in range(end)}
        for phrase in sorted(inside & anywhere.keys()):
            said = " ".join(phrase)
            if understander.interpret(name, said).outcome == "match":
                continue  # an answer can wait
            what = f"'{said}' ({anywhere[phrase]}) is not heard"
            yield Finding(ITSELF, "warning", f"while a prompt of '{name}' sounds, {what}: {text}",
                          "use another word", ("field", name))  # fmt: skip
