"""A check held by another program: as safe as a session, whatever hears the words."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voice_skill import TYPED, Check, Content, Evidence, Reply, UsageError, decide
from voice_skill.dialog.decision import rank
from voice_skill.paths import dialog_folder
from voice_skill.runtime.people.persona import Persona, personas
from voice_skill.runtime.typed.check import persona_reply, run_typed
from voice_skill.visit.conversation import Conversation

PERSONAS = personas(dialog_folder())
SURE = Evidence(certain=True)
MAX_TURNS = 200


def persona(name: str) -> Persona:
    return Persona.named(name, dialog_folder())


def held(check: Check, who: Persona, how: Evidence) -> Reply:
    """The whole check with this person."""
    reply = check.begin()
    for _ in range(MAX_TURNS):
        if not reply.listens:
            return reply
        assert reply.asked is not None
        said = who.answer(reply.asked)
        reply = check.silence() if said == "<silence>" else check.hear(said, how=how)
    raise AssertionError("this check does not end")


def typed(content: Content, name: str) -> Conversation:
    talk = Conversation(content.dialog, content.understander)
    run_typed(talk, talk.begin(), persona_reply(persona(name), None), None)
    return talk


@pytest.mark.parametrize("name", PERSONAS)
def test_a_written_check_is_that_of_the_keyboard_to_the_letter(content: Content, name: str) -> None:
    check, session = Check(content), typed(content, name)
    held(check, persona(name), TYPED)
    assert check.report().turns == tuple(session.turns)
    assert check.care == (session.state.finished.care if session.state.finished else None)


@pytest.mark.parametrize("how", [Evidence(), SURE], ids=["not told", "certain"])
@pytest.mark.parametrize("name", PERSONAS)
def test_by_ear_it_comes_to_the_same_care(content: Content, name: str, how: Evidence) -> None:
    check = Check(content)
    reply = held(check, persona(name), how)
    assert reply.finished
    assert check.care == decided(content, name)


def decided(content: Content, name: str) -> str | None:
    end = typed(content, name).state.finished
    return end.care if end else None


def at_first_safety_question(content: Content) -> Check:
    check = Check(content)
    check.begin()
    check.hear("yes", how=TYPED)
    assert check.reply.asked == "saddle"
    return check


def test_a_no_of_which_nothing_is_known_is_read_back(content: Content) -> None:
    check = at_first_safety_question(content)
    assert check.hear("no").asked == "confirm"
    assert check.hear("yes").asked == "bladder"


def test_a_plain_no_of_a_recogniser_that_is_certain_counts(content: Content) -> None:
    check = at_first_safety_question(content)
    assert check.hear("no", how=SURE).asked == "bladder"


def test_a_no_that_is_not_plain_is_read_back_all_the_same(content: Content) -> None:
    check = at_first_safety_question(content)
    assert check.hear("i do not think i have any numbness there", how=SURE).asked != "bladder"


@pytest.mark.parametrize("how", [Evidence(certain=False), Evidence(certain=True, alone=False)])
def test_what_is_unsure_never_confirms_itself(content: Content, how: Evidence) -> None:
    check = at_first_safety_question(content)
    for said in ("no", "yes", "no", "yes"):
        reply = check.hear(said, how=how)
    assert reply.asked in ("confirm", "saddle") or reply.care == "EMERGENCY"


def test_a_grave_answer_counts_at_once(content: Content) -> None:
    reply = at_first_safety_question(content).hear("yes")
    assert (reply.care, reply.finished, reply.listens) == ("EMERGENCY", True, False)


@pytest.mark.parametrize("how", [Evidence(), SURE, Evidence(certain=False)])
def test_doubt_said_twice_counts_as_yes(content: Content, how: Evidence) -> None:
    check = at_first_safety_question(content)
    check.hear("i am not sure", how=how)
    assert check.hear("i don't know", how=how).care == "EMERGENCY"


def test_silence_and_noise_never_pass_for_no(content: Content) -> None:
    check = at_first_safety_question(content)
    for _ in range(MAX_TURNS):
        if check.finished:
            break
        check.silence()
        if not check.finished:
            check.noise()
    assert check.care is None or rank(check.care) >= rank("URGENT")


@pytest.mark.parametrize("how", [Evidence(), SURE, Evidence(certain=False), TYPED])
def test_a_danger_phrase_is_heard_at_every_question(content: Content, how: Evidence) -> None:
    """At the latest after its own question was asked and answered with yes."""
    asked = [turn.field for turn in typed(content, "well-runner").turns]
    for place in range(2, len(asked)):
        check, who = Check(content), persona("well-runner")
        reply = check.begin()
        for _ in range(place):
            assert reply.asked is not None
            reply = check.hear(who.answer(reply.asked), how=TYPED)
        reply = check.hear("i can't feel anything between my legs", how=how)
        if not reply.finished:
            assert reply.asked == "saddle"
            reply = check.hear("yes")
        assert reply.care == "EMERGENCY", asked[place]


def test_time_alone_is_silence_and_only_when_it_is_due(content: Content) -> None:
    check = Check(content)
    reply = check.begin(now=100.0)
    assert reply.due_seconds is not None
    assert reply.due_seconds > 100.0 + reply.seconds
    before = check.tick(reply.due_seconds - 0.1)
    assert (before.lines, before.asked, before.due_seconds) == ((), reply.asked, reply.due_seconds)
    after = check.tick(reply.due_seconds)
    assert after.lines
    assert after.asked == reply.asked


def test_without_a_device_nothing_is_asked_until_it_is_back(content: Content) -> None:
    check = at_first_safety_question(content)
    lost = check.device(False, "input", now=1.0)
    assert lost.lines
    assert not lost.listens
    back = check.device(True, "input", now=2.0)
    assert back.asked == "saddle"
    assert back.listens


def test_who_hears_has_ears(content: Content) -> None:
    check = at_first_safety_question(content)
    check.device(False, "input")
    assert check.hear("no", how=SURE).asked == "bladder"


def test_a_wish_for_another_voice_is_told(content: Content) -> None:
    check = at_first_safety_question(content)
    wish = check.hear("slower").adjust
    assert [(change.setting, change.step) for change in wish] == [("rate", -1)]


def test_days_of_the_week_count_from_today(content: Content) -> None:
    def told(today: date | None) -> object:
        check, who = Check(content, today), persona("strain")
        reply = check.begin()
        while reply.listens and reply.asked != "days":
            reply = check.hear(who.answer(reply.asked or ""), how=TYPED)
        check.hear("since monday", how=TYPED)
        return check.report().fields.get("days")

    assert told(date(2026, 11, 27)) == 4  # a Friday
    assert told(None) == 7  # at most a week ago


def test_the_emergency_number_is_said(content: Content) -> None:
    own = Content.load(settings={"emergency_number": "112"})
    assert "112" in Check(own).begin().text
    assert "112" not in Check(content).begin().text


def test_a_setting_that_no_text_has_is_refused() -> None:
    with pytest.raises(UsageError, match="emergency_number"):
        Content.load(settings={"emergency_nummer": "112"})


def test_many_checks_at_a_time_come_to_what_each_comes_to_alone(content: Content) -> None:
    names = PERSONAS * 3
    alone = {name: decided(content, name) for name in PERSONAS}

    def hold(name: str) -> str | None:
        return held(Check(content), persona(name), Evidence()).care

    with ThreadPoolExecutor(8) as pool:
        assert [*pool.map(hold, names)] == [alone[name] for name in names]


def test_the_result_may_name_a_warm_up(content: Content) -> None:
    check = Check(content)
    with pytest.raises(UsageError, match="not over"):
        check.warm_up()
    held(check, persona("well-runner"), TYPED)
    assert check.care == "WARMUP"
    assert check.warm_up() is not None
    hurt = Check(content)
    held(hurt, persona("cauda-equina"), TYPED)
    assert hurt.warm_up() is None


def test_calls_out_of_order_are_refused(content: Content) -> None:
    check = Check(content)
    for early in (lambda: check.hear("no"), check.silence, check.noise, lambda: check.tick(1.0)):
        with pytest.raises(UsageError, match="begin"):
            early()
    check.begin()
    with pytest.raises(UsageError, match="another Check"):
        check.begin()


@settings(max_examples=25, deadline=None)
@given(said=st.text(max_size=60), whole=st.booleans(), certain=st.none() | st.booleans())
def test_no_text_raises_anything_or_passes_for_no(
    content: Content, said: str, whole: bool, certain: bool | None
) -> None:
    check = at_first_safety_question(content)
    reply = check.hear(said, how=Evidence(certain=certain, whole=whole))
    assert reply.asked != "bladder" or said.strip().lower().startswith("no")


def test_field_values_are_decided_without_a_conversation(content: Content) -> None:
    assert decide(content, {"symptom_now": "yes", "saddle": "yes"}).care == "EMERGENCY"
    with pytest.raises(UsageError, match="there is no field"):
        decide(content, {"saddel": "yes"})


def test_a_dialog_without_warm_ups_names_none(content: Content, tmp_path: Path) -> None:
    bare = Content(tmp_path, content.dialog)
    check = Check(bare)
    held(check, persona("well-runner"), TYPED)
    assert check.warm_up() is None
