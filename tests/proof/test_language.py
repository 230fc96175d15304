"""How answers sound, whether they can be heard, and how questions are put."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from faults import broken
from hypothesis import given, settings
from hypothesis import strategies as st

from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.safety import Declared, Safety, read_safety
from voice_skill.models.units import PHONES
from voice_skill.proof import alike, meaning, vocabulary, wording
from voice_skill.proof.declared import idle, with_reasons
from voice_skill.proof.finding import Finding, Places
from voice_skill.proof.sound import Sounds, distance
from voice_skill.proof.table import Table
from voice_skill.proof.talk import Talker
from voice_skill.understanding.understander import Understander

Check = Callable[[Table, Understander], Iterable[Finding]]
words = st.lists(st.sampled_from(PHONES), max_size=8).map(tuple)


CHECKS: dict[str, tuple[Check, ...]] = {
    "answers_sound_different": (
        alike.plain_answers,
        meaning.misheard,
        lambda t, _: alike.numbers(t),
    ),
    "answers_mean_what_they_say": (meaning.templates,),
    "prompts_hold_no_answer": (wording.prompts,),
    "prompts_fit_in_the_ear": (wording.prompts,),
}


def found(folder: Path, rule: str) -> list[Finding]:
    dialog = Dialog.from_folder(folder)
    safety, _ = read_safety(folder, dialog)
    table, understander = Table(dialog, safety), Talker.from_dialog(dialog).understander
    every = [finding for check in CHECKS[rule] for finding in check(table, understander)]
    return [f for f in with_reasons(every, safety) if f.rule == rule and f.severity != "note"]


FAULTS = {
    "a sign that is one sound away counts at once": (
        "phrases.yaml", '"(yes|yeah|yep|yup)"', '"(can walk on my toes|yes|yeah|yep|yup)"',
        "answers_sound_different", "'can walk on my toes' sounds like",
    ),
    "a short word that sounds like a graver one": (
        "stage-1-emergency.yaml", '    read_back: true  # "no" sounds like "new"\n', "",
        "answers_sound_different", "'no' sounds like 'new', which is graver in 'both_new'",
    ),
    "numbers that sound alike": (
        "stage-2-risk.yaml", "    read_back: true\n", "",
        "answers_sound_different", "sounds like",
    ),
    "an answer that is a command": (
        "answers/stage-1-emergency.yaml", '        - "it (tingles|prickles)"',
        '        - "it (tingles|prickles)"\n        - "stop"',
        "answers_mean_what_they_say", "'stop' stands under yes of 'saddle', but is universal stop",
    ),
    "an answer that is another question's sign": (
        "answers/stage-1-emergency.yaml", '        - "it (tingles|prickles)"',
        '        - "it (tingles|prickles)"\n        - "i wet myself"',
        "answers_mean_what_they_say", "'i wet myself' stands under yes of 'saddle', but is danger",
    ),
    "a prompt that ends in its own no": (
        "stage-1-emergency.yaml", "Yes or no: is it numb or tingling between your legs?",
        "Is it numb or tingling between your legs? Say yes or no.",
        "prompts_hold_no_answer", "ends in its own answer 'no'",
    ),
    "a prompt that holds a command": (
        "stage-1-emergency.yaml", "Any new numbness or tingling", "Please wait. Any new tingling",
        "prompts_hold_no_answer", "'wait' (universals.pause) is not heard",
    ),
    "two questions at once": (
        "stage-2-risk.yaml", "How old are you?", "Who are you? How old are you?",
        "prompts_fit_in_the_ear", "more than one question",
    ),
    "a prompt in learned words": (
        "stage-2-risk.yaml", "Could you be pregnant?",
        "Is gestational amenorrhoea a diagnostic possibility?",
        "prompts_fit_in_the_ear", "reads like school year",
    ),
    "too many things to keep in mind": (
        "stage-2-risk.yaml", "Have you lost weight without trying?",
        "Lost weight, hair, teeth, keys, shoes, hope, time, or money?",
        "prompts_fit_in_the_ear", "has 8 parts",
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_fault_of_language_is_found(tmp_path: Path, fault: tuple[str, ...]) -> None:
    file, old, new, rule, message = fault
    folder = broken(tmp_path, file, old, new)
    assert any(message in finding.message for finding in found(folder, rule))


def test_a_word_that_the_model_lacks_is_told_with_its_line(tmp_path: Path) -> None:
    folder = broken(tmp_path, "answers/stage-1-emergency.yaml", '"it (tingles|prickles)"',
                    '"it (tingles|prickles|zibbers)"')  # fmt: skip
    dialog = Dialog.from_folder(folder)
    table = Table(dialog, read_safety(folder, dialog)[0])
    (finding,) = [f for f in vocabulary.answers(table) if "'zibbers'" in f.message]
    finding = Places.from_folder(folder, dialog).placed(finding)
    assert (finding.rule, finding.severity) == ("every_answer_can_be_heard", "warning")
    assert "zibbers" in Path(finding.file).read_text().splitlines()[finding.line - 1]


def test_a_measured_mishearing_that_counts_at_once_is_found(tmp_path: Path) -> None:
    folder = broken(tmp_path, "safety.yaml", "misheard:\n", 'misheard:\n  - {field: saddle, '
                    'said: "a bit", heard: "nope", source: "made up"}\n')  # fmt: skip
    messages = [finding.message for finding in found(folder, "answers_sound_different")]
    assert any("was heard as 'nope' (made up)" in message for message in messages)


def test_an_error_cannot_be_declared() -> None:
    declared = Declared(rule="floors_hold", about=("saddle",), holds="two", why="so it is")
    safety = Safety.model_construct(declared=(declared,))
    findings = [Finding("floors_hold", severity, "one or two", about=("field", "saddle"))
                for severity in ("error", "warning")]  # fmt: skip
    assert [f.severity for f in with_reasons(findings, safety)] == ["error", "note"]


def test_a_declaration_covers_nothing_else_and_is_told_once_it_is_idle() -> None:
    declared = Declared(rule=wording.ITSELF, about=("bladder",), holds="'stop'", why="so it is")
    safety = Safety.model_construct(declared=(declared,))
    other = Finding(wording.ITSELF, "warning", "ends in 'no'", about=("field", "bladder"))
    told = [*with_reasons([other], safety), *idle([other], safety)]
    assert [(f.rule, f.severity) for f in told] == [
        (wording.ITSELF, "warning"), ("every_declaration_is_needed", "warning"),
    ]  # fmt: skip


@settings(max_examples=200)
@given(words, words, words)
def test_the_distance_of_sounds_is_a_metric(
    one: tuple[str, ...], two: tuple[str, ...], three: tuple[str, ...]
) -> None:
    assert (distance(one, two) == 0) == (one == two)
    assert distance(one, two) == distance(two, one) <= max(len(one), len(two))
    assert distance(one, three) <= distance(one, two) + distance(two, three)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [("one", "none", True), ("no", "new", True), ("can walk", "can't walk", True),
     ("thirteen", "thirty", True), ("yes", "no", False), ("both", "none", False),
     ("low back only", "into the buttock", False)],
)  # fmt: skip
def test_what_sounds_alike(one: str, other: str, alike: bool) -> None:
    sounds = Sounds.from_texts([one, other, "something else"])
    assert (other in sounds.like(one)) is alike
    assert (one in sounds.like(other)) is alike


def test_words_that_nobody_can_say_are_left_out() -> None:
    assert Sounds.from_texts(["yes", "\u4e2d 123"]).texts[0] == "yes"
