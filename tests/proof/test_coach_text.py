"""How the coach and the ladder speak and hear: each fault is found, with its file and line."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from faults import broken

from voice_skill.content import Content
from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.safety import read_safety
from voice_skill.paths import dialog_folder
from voice_skill.proof import alike, vocabulary, wording
from voice_skill.proof.coach_text import CoachText
from voice_skill.proof.declared import with_reasons
from voice_skill.proof.finding import Finding, Places
from voice_skill.proof.parts import language_findings
from voice_skill.proof.table import Table
from voice_skill.proof.talk import Talker

ITSELF, EAR = "prompts_hold_no_answer", "prompts_fit_in_the_ear"
SOUND = "answers_sound_different"
LONG = "Take your time and listen to all of this, since it goes on and on, and on and on, and on " \
       "and on, and on and on, and nobody will know how it began."  # fmt: skip


def found(folder: Path, dialog: Dialog, rule: str) -> Iterator[Finding]:
    """What is found in the sentences or phrases of the coach, with its place."""
    coach = CoachText.of(Content(folder, dialog))
    assert coach
    places = Places.from_folder(folder, dialog)
    every = alike.coach_phrases(coach) if rule == SOUND else wording.coach_lines(coach)
    for finding in with_reasons(every, read_safety(folder, dialog)[0]):
        if finding.rule == rule and finding.severity != "note":
            yield places.placed(finding)


FAULTS = {
    "a long sentence": (
        "coaching.yaml", '"Take your time.', f'"{LONG}', EAR, "has 39 words",
    ),
    "two questions at once": (
        "coaching.yaml", '"Zero to ten?"', '"Does it hurt? Zero to ten?"',
        EAR, "more than one question",
    ),
    "learned words in a drill": (
        "drills.yaml", '"Hold the wall; stay tall."', '"Maintain lumbopelvic dissociation."',
        EAR, "reads like school year",
    ),
    "a question that answers itself": (
        "ladder.yaml", "go easily?", "no problem?", ITSELF, "ends in its own answer 'no problem'",
    ),
    "a number that answers itself": (
        "routines/gentle.yaml", "Zero to ten now?", "How is it now, from ten to zero, not two?",
        ITSELF, "ends in its own answer",
    ),
    "a sentence that obeys its own echo": (
        "coaching.yaml", '"A slower tempo."', '"Now slower."',
        ITSELF, "ends in the command 'slower'",
    ),
    "a drill that obeys its own echo": (
        "drills.yaml", "while your back stays still.", "without moving your back.",
        ITSELF, "ends in the command 'back'",
    ),
    "stop is not heard": (
        "routines/gentle.yaml", "All good, or does something hurt?", "All good, or shall we stop?",
        ITSELF, "holds 'stop'",
    ),
    "a sign is not heard": (
        "drills.yaml", '"Tiny movement."', '"If it goes down my leg, tell me."',
        ITSELF, "holds 'down my leg'",
    ),
    "fine sounds like a sign": (
        "coaching.yaml", '(no|not any|without|zero) (pain|', '(no|not any|know|zero) (pain|',
        SOUND, "'know pain' (fine) sounds like",
    ),
    "commands that sound alike": (
        "coaching.yaml", "  - speed up  # speak up\n  - speak up  # speed up\n", "",
        SOUND, "'speed up' (faster) sounds like 'speak up' (louder)",
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_fault_is_found_where_it_is(
    tmp_path: Path, dialog: Dialog, fault: tuple[str, str, str, str, str]
) -> None:
    file, old, new, rule, message = fault
    folder = broken(tmp_path, file, old, new)
    hits = [finding for finding in found(folder, dialog, rule) if message in finding.message]
    assert hits
    assert Path(hits[0].file) == folder / file
    if rule != SOUND:  # there the place is that of all the phrases
        line = Path(hits[0].file).read_text().splitlines()[hits[0].line - 1]
        assert new.strip('"') in line


def test_what_reassures_by_the_sound_of_a_sign_cannot_be_declared(
    tmp_path: Path, dialog: Dialog
) -> None:
    folder = broken(tmp_path, "coaching.yaml", "  - no pain  # knee pain\n", "")
    grave = [f for f in found(folder, dialog, SOUND) if f.severity == "error"]
    assert [f.message for f in grave] == [
        "'no pain' (fine) sounds like 'knee pain' (standing)",
        "'no pain' (painless) sounds like 'knee pain' (standing)",
    ]


def lacking(folder: Path, dialog: Dialog) -> list[Finding]:
    safety = read_safety(folder, dialog)[0]
    table = Table(dialog, safety, CoachText.of(Content(folder, dialog)))
    every = with_reasons(vocabulary.answers(table), safety)
    return [Places.from_folder(folder, dialog).placed(f) for f in every if f.severity != "note"]


def test_a_word_that_the_model_lacks_is_told_with_its_line(tmp_path: Path, dialog: Dialog) -> None:
    folder = broken(tmp_path, "drills.yaml", '"arching hurts"', '"zibbing hurts"')
    (finding,) = lacking(folder, dialog)
    assert "does not know 'zibbing'" in finding.message
    assert "zibbing" in Path(finding.file).read_text().splitlines()[finding.line - 1]


def test_a_command_that_nobody_can_be_heard_to_say_is_an_error(
    tmp_path: Path, dialog: Dialog
) -> None:
    folder = broken(tmp_path, "coaching.yaml", '["(easier|make it easier|too hard|something easier'
                    "|easier please|that's too hard)\"]", '["zibber"]')  # fmt: skip
    grave = [f for f in lacking(folder, dialog) if f.severity == "error"]
    assert [f.message for f in grave] == [
        "the model knows none of the words for 'coaching.commands.easier'"
    ]


def test_the_check_of_language_listens_to_the_coach_too(tmp_path: Path, dialog: Dialog) -> None:
    folder = broken(tmp_path, "coaching.yaml", '"On we go."', '"Let\'s go on."')
    table = Table(dialog, read_safety(folder, dialog)[0], CoachText.of(Content(folder, dialog)))
    findings = language_findings(table, Talker.from_dialog(dialog))
    assert any("ends in the command 'go on'" in finding.message for finding in findings)


def test_every_sentence_of_the_shipped_files_is_looked_at(dialog: Dialog) -> None:
    coach = CoachText.of(Content(dialog_folder(), dialog))
    assert coach
    texts = {line.text for line in coach.lines}
    for drill in coach.library.drills.values():
        assert {drill.say, drill.how, drill.why, drill.easier.say, *drill.cues} <= texts
    for routine in coach.library.routines.values():
        assert {routine.opening, routine.check_in.ask, routine.end.reask} <= texts
    assert {*coach.library.wording.messages.values()} <= texts
    assert "pain on landing" not in texts
