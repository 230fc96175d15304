"""Whole conversations of virtual patients: what they say, in writing, whatever their manner."""

import pytest

from voice_skill.dialog.decision import rank
from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.effects import Say
from voice_skill.lab.manners import CHANGES_MIND, SILENT
from voice_skill.lab.simulation.mind import ONE_BREATH, Mind
from voice_skill.paths import dialog_folder
from voice_skill.runtime.people.persona import Persona, PersonaFile, personas
from voice_skill.runtime.typed.check import SILENCE, persona_reply, run_typed
from voice_skill.understanding.understander import Understander
from voice_skill.visit.conversation import Conversation

SEEDS = 4


@pytest.fixture(scope="module")
def understander(dialog: Dialog) -> Understander:
    return Understander.from_dialog(dialog)


def read(name: str) -> Persona:
    return Persona.from_file(dialog_folder() / "personas" / f"{name}.yaml")


def ended(conversation: Conversation) -> str:
    assert conversation.state.finished is not None
    return str(conversation.state.finished.care)


def held(conversation: Conversation, mind: Mind) -> list[tuple[str, str]]:
    """The turns of a conversation in writing: question and answer."""
    turns: list[tuple[str, str]] = []

    def reply(floor: object) -> str:
        turns.append((conversation.state.current or "", mind.says(conversation)))
        return turns[-1][1]

    run_typed(conversation, conversation.begin(), reply, None)
    return turns


@pytest.mark.parametrize(
    ("meant", "heard", "honest"),
    [("no", "no", "yes"), ("yes", "no", "no"), ("a bit", "no", "no"), ("not sure", "no", "no")],
)
def test_a_patient_confirms_only_what_was_meant(
    dialog: Dialog, meant: str, heard: str, honest: str
) -> None:
    conversation = Conversation.from_dialog(dialog)
    conversation.begin()
    conversation.hear("yes")
    mind = Mind(Persona(PersonaFile(default=meant)), "plain", "1")
    assert mind.says(conversation) == meant
    effects = conversation.hear_spoken(heard, 0.3, False)
    assert Say((dialog.message("confirm_value", value=dialog.spoken("saddle", heard)),)) in effects
    assert mind.says(conversation) == honest


@pytest.mark.parametrize("manner", [SILENT, CHANGES_MIND])
@pytest.mark.parametrize("name", personas(dialog_folder()))
def test_silence_and_slips_never_end_lower_than_the_answer_at_once(
    dialog: Dialog, understander: Understander, name: str, manner: str
) -> None:
    plain = Conversation(dialog, understander)
    run_typed(plain, plain.begin(), persona_reply(read(name), None), None)
    for seed in range(SEEDS):
        conversation = Conversation(dialog, understander)
        held(conversation, Mind(read(name), manner, f"{seed} {name}"))
        assert rank(ended(conversation)) >= rank(ended(plain)), seed  # type: ignore[arg-type]


def test_a_silent_patient_answers_in_the_end(dialog: Dialog, understander: Understander) -> None:
    turns = held(Conversation(dialog, understander), Mind(read("cauda-equina"), SILENT, "1"))
    assert turns[0] == ("symptom_now", SILENCE)
    assert turns[-1] == ("saddle", "yes")
    assert 1 <= turns.count(("saddle", SILENCE)) <= 2


def test_a_slip_is_taken_back_in_one_breath_or_with_the_next_question(
    dialog: Dialog, understander: Understander
) -> None:
    ways = set()
    for seed in range(12):
        conversation = Conversation(dialog, understander)
        turns = held(conversation, Mind(read("cauda-equina"), CHANGES_MIND, f"{seed}"))
        assert ended(conversation) == "EMERGENCY"
        ways |= {said for _, said in turns}
    breaths = {way.format("no", "yes") for way in ONE_BREATH}
    assert ways & breaths
    assert {"no", "no, i meant yes"} <= ways


def test_what_was_right_is_not_taken_back(dialog: Dialog, understander: Understander) -> None:
    turns = held(Conversation(dialog, understander), Mind(read("well-runner"), CHANGES_MIND, "1"))
    assert {said for _, said in turns} <= {"no", "yes", "twenty nine"}
