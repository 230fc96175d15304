"""A warm-up stepped by another program's clock: what is said, and that nothing unsure leads on."""

from collections.abc import Callable

import pytest

from voice_skill import TYPED, Activity, Check, Content, Evidence, Reply, UsageError, WarmUp
from voice_skill.runtime.virtual.person import Person, obliging
from voice_skill.runtime.virtual.warm_up import THINK_SECONDS, VirtualWarmUp
from voice_skill.visit.warm_up import WarmUp as Led

MAX_STEPS = 3000
ROUTINES = ("standard", "gentle", "disc-sparing")
Answer = Callable[[str], str | None]


def step(warm_up: WarmUp, now: float, answer: Answer, how: Evidence = TYPED) -> float:
    """The next thing that happens: an answer, or the next beat. The time after it was said."""
    reply = warm_up.reply
    said = answer(reply.asked) if reply.asked else None
    if said is not None:
        reply = warm_up.hear(said, now + THINK_SECONDS, how)
        return now + THINK_SECONDS + reply.seconds
    at = max(now, reply.due_seconds or now)
    return at + warm_up.tick(at).seconds


def led(warm_up: WarmUp, answer: Answer, how: Evidence = TYPED, now: float = 0.0) -> list[str]:
    """To its end. All that was said."""
    first = warm_up.begin(now)
    lines = [*first.lines]
    now += first.seconds
    for _ in range(MAX_STEPS):
        if warm_up.finished:
            return lines
        now = step(warm_up, now, answer, how)
        lines += warm_up.reply.lines
    raise AssertionError("this warm-up does not end")


def nobody(question: str) -> None:
    """Never answers."""


@pytest.mark.parametrize("name", ROUTINES)
def test_it_says_what_the_session_says_to_the_letter(content: Content, name: str) -> None:
    session = Led(content.dialog, content.library.coach(content.dialog, name), content.library)
    VirtualWarmUp(session, Person(answer=obliging(0))).run()
    warm_up = WarmUp(content, name)
    said = [line for line in led(warm_up, obliging(0)) if " " in line]  # the counts stand apart
    assert said == [row.text for row in session.rows if row.kind == "say" and " " in row.text]
    assert warm_up.result is not None
    assert warm_up.result.outcome == session.rows[-1].text


def test_counts_come_one_at_a_time_and_take_no_time(content: Content) -> None:
    warm_up = WarmUp(content, "standard")
    warm_up.begin()
    now, counted = warm_up.reply.seconds, list[Reply]()
    while len(counted) < 5:
        now = step(warm_up, now, obliging(0))
        if warm_up.reply.lines in (("one",), ("two",), ("three",), ("four",), ("five",)):
            counted.append(warm_up.reply)
    assert {reply.seconds for reply in counted} == {0.0}
    assert all(reply.due_seconds is not None and reply.listens for reply in counted)


def test_the_clock_may_begin_anywhere(content: Content) -> None:
    early, late = WarmUp(content, "gentle"), WarmUp(content, "gentle")
    assert led(early, obliging(0)) == led(late, obliging(0), now=86_400.0)


def test_before_it_is_due_a_tick_says_nothing(content: Content) -> None:
    warm_up = WarmUp(content, "standard")
    due = warm_up.begin(now=10.0).due_seconds
    assert due is not None
    assert warm_up.tick(due - 0.5).lines == ()
    assert warm_up.tick(due).lines


@pytest.mark.parametrize("doubt", [Evidence(certain=False), Evidence(certain=True, alone=False),
                                   Evidence(whole=False)])  # fmt: skip
def test_nothing_unsure_leads_on(content: Content, doubt: Evidence) -> None:
    """Whatever reassures is not taken; unheard so often the warm-up ends with rest, or worse."""
    warm_up = WarmUp(content, "standard")
    lines = led(warm_up, {"check_in": "all good", "floor": "yes", "end": "zero"}.get, doubt)
    assert warm_up.care == "REST"
    assert not any("easy run" in line for line in lines)


@pytest.mark.parametrize("how", [Evidence(), Evidence(certain=True), Evidence(certain=False),
                                 Evidence(certain=True, alone=False), TYPED])  # fmt: skip
@pytest.mark.parametrize("said", ["stop", "it hurts", "it goes down my leg", "i feel dizzy"])
def test_a_warning_halts_the_count_however_it_was_heard(
    content: Content, said: str, how: Evidence
) -> None:
    warm_up = WarmUp(content, "standard")
    now = warm_up.begin().seconds
    for _ in range(20):
        now = step(warm_up, now, obliging(0))
    reply = warm_up.hear(said, now, how)
    assert reply.asked is not None or reply.finished
    before = len(reply.lines)
    assert before
    later = warm_up.tick(now + 0.5)
    assert later.lines == ()


def test_pain_into_both_legs_is_said_to_be_an_emergency(content: Content) -> None:
    warm_up = WarmUp(content, "standard")
    warm_up.begin()
    warm_up.hear("it goes down my leg", 20.0)
    reply = warm_up.hear("both", 25.0)
    assert (reply.care, reply.finished) == ("EMERGENCY", True)


def test_the_safety_questions_come_from_the_same_object(content: Content) -> None:
    warm_up = WarmUp(content, "standard")
    warm_up.begin()
    warm_up.hear("it goes down my leg", 20.0)
    reply = warm_up.hear("one leg", 25.0)
    assert reply.asked == "saddle"
    assert warm_up.care == "URGENT", "if nobody answers any more"
    assert warm_up.hear("no", 40.0).asked == "confirm", "as in a check it is read back"
    assert warm_up.hear("yes", 50.0).asked == "bladder"
    assert warm_up.hear("yes", 60.0).care in ("URGENT", "EMERGENCY")
    assert warm_up.finished


def test_unanswered_safety_questions_are_never_fine(content: Content) -> None:
    warm_up = WarmUp(content, "standard")
    now = warm_up.begin().seconds
    warm_up.hear("it goes down my leg", now)
    now += 5 + warm_up.hear("one leg", now + 5).seconds
    while not warm_up.finished:
        now = step(warm_up, now, nobody)
    assert warm_up.care in ("URGENT", "EMERGENCY")


def test_nobody_there_is_no_reason_to_run(content: Content) -> None:
    warm_up = WarmUp(content, "standard")
    led(warm_up, nobody)
    assert warm_up.care == "REST"


def test_the_end_is_never_milder_than_the_check(content: Content) -> None:
    """A visit may offer a careful warm-up: however well that goes, the visit stays."""
    answers = {"symptom_now": "yes", "age": "thirty five", "opening": "my low back is stiff",
               "pain": "three", "spread": "low back only", "trend": "better",
               "days": "three weeks", "onset": "slowly", "readback": "yes",
               "steady_after": "most runs", "checked": "not checked"}  # fmt: skip
    check = Check(content)
    reply = check.begin()
    while reply.listens:
        reply = check.hear(answers.get(reply.asked or "", "no"), how=TYPED)
    assert check.care == "ROUTINE"
    warm_up = check.warm_up()
    assert warm_up is not None
    lines = led(warm_up, obliging(0))
    assert warm_up.result is not None
    assert (warm_up.result.outcome, warm_up.care) == ("walk", "ROUTINE")
    assert not any("easy run" in line for line in lines)


def test_without_a_microphone_the_count_stops(content: Content) -> None:
    warm_up = WarmUp(content, "standard")
    now = warm_up.begin().seconds
    for _ in range(20):
        now = step(warm_up, now, obliging(0))
    lost = warm_up.device(False, "input", now)
    assert lost.lines
    assert not lost.listens
    assert lost.due_seconds is None
    assert warm_up.tick(now + 100).lines == ()
    assert warm_up.device(True, "input", now + 101).lines


def test_two_warm_ups_at_a_time_do_not_mix(content: Content) -> None:
    alone = {name: led(WarmUp(content, name), obliging(0)) for name in ROUTINES[:2]}
    both = {name: WarmUp(content, name) for name in ROUTINES[:2]}
    lines = {name: [*warm_up.begin().lines] for name, warm_up in both.items()}
    now = {name: warm_up.reply.seconds for name, warm_up in both.items()}
    while not all(warm_up.finished for warm_up in both.values()):
        for name, warm_up in both.items():
            if not warm_up.finished:
                now[name] = step(warm_up, now[name], obliging(0))
                lines[name] += warm_up.reply.lines
    assert lines == alone


def test_after_the_end_nothing_more_is_said(content: Content) -> None:
    warm_up = WarmUp(content, "gentle")
    led(warm_up, obliging(0))
    ended = warm_up.care
    assert warm_up.hear("go on", 9999.0).lines == ()
    assert warm_up.tick(9999.0).lines == ()
    assert warm_up.device(False, "input", 9999.0).lines == ()
    assert (warm_up.care, warm_up.reply.care, warm_up.finished) == (ended, ended, True)


def test_wrong_use_is_refused_in_one_line(content: Content) -> None:
    with pytest.raises(UsageError, match="the routines: "):
        WarmUp(content, "no such")
    warm_up = WarmUp(content, "standard")
    with pytest.raises(UsageError, match="begin"):
        warm_up.tick(1.0)
    with pytest.raises(UsageError, match="begin"):
        warm_up.hear("stop", 1.0)
    warm_up.begin()
    with pytest.raises(UsageError, match="another WarmUp"):
        warm_up.begin()


def held(activity: Activity, answer: Answer) -> Reply:
    """One loop for whatever there is to hold."""
    now, reply = 0.0, activity.begin(0.0)
    for _ in range(MAX_STEPS):
        if reply.finished:
            return reply
        now += reply.seconds
        said = answer(reply.asked) if reply.asked else None
        if said is None:
            now = max(now, reply.due_seconds or now)
            reply = activity.tick(now)
        else:
            reply = activity.hear(said, now, TYPED)
    raise AssertionError("this does not end")


@pytest.mark.parametrize("answers", [
    {"check_in": "down my leg", "legs": "one leg", "saddle": "yes"},
    {"check_in": "down my leg", "legs": "one leg"},
    {"check_in": "all good", "floor": "no", "end": "one"},
    {},
])  # fmt: skip
def test_one_loop_holds_a_check_a_warm_up_and_its_safety_questions(
    content: Content, answers: dict[str, str]
) -> None:
    well = {"age": "thirty", "readback": "yes"}
    check = Check(content)
    assert held(check, lambda asked: well.get(asked, "no")).care == "WARMUP"
    warm_up = check.warm_up()
    assert warm_up is not None
    reply = held(warm_up, answers.get)
    assert reply.care == warm_up.care
    expected = {"one": "WARMUP"}.get(answers.get("end", ""))
    assert reply.care == expected or (expected is None and reply.care != "WARMUP")


def test_nobody_ever_answers_a_check(content: Content) -> None:
    assert held(Check(content), nobody).care == "URGENT"
