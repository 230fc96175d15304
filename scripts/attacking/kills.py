"""Typed sessions ended at any moment, and begun again."""

import random
import signal
import time
from collections import Counter
from pathlib import Path

from scripts.attacking.people import NAMES, Known, fresh_home, meet, results
from scripts.attacking.process import Outcome, patience, run, voice_skill
from scripts.attacking.steps import killed_at
from scripts.attacking.talk import Talk, converse, question
from scripts.attacking.tally import Tally

KIND, SIGNALS, WARM_UPS = "killed sessions", "signals", "killed warm-ups"
MAX_END_SECONDS = 3.0
"""Asked is one second; other work on the same machine must not look like a fault."""
MAX_STEPS = 400


def kill_sessions(tally: Tally, count: int, rng: random.Random) -> None:
    """SIGKILL: half by time, half at a step on the disk. Then start again and go on."""
    known = [meet(name) for name in NAMES]
    most_steps = MAX_STEPS
    number = 0
    while number < count and not tally.over:
        who, seed = rng.choice(known), rng.randrange(1, 10**6)
        step = seed % most_steps + 1 if number % 2 else None
        with fresh_home() as home:
            talk = Talk(home, killed_at(step) if step else None)
            followed = _until_killed(talk, who, None if step else random.Random(seed))
            died = talk.end()
            if died.ended_by != signal.SIGKILL:
                most_steps = max(40, step or 0)  # it has fewer steps than that
                continue
            number += 1
            what = (
                f"{who.name}, {'step' if step else 'time'} {step or seed}, {len(followed)} answers"
            )
            tally.note(KIND, _begun_again(home, who, followed, talk.told_result), what)


def _until_killed(talk: Talk, who: Known, rng: random.Random | None) -> list[str]:
    """Answer until it dies. rng: choose the question and the moment after it."""
    if rng is None:
        return converse(talk, who.person)
    before = rng.randrange(len(who.questions) + 1)
    followed = converse(talk, who.person, before) if before else []
    shown = "" if before else talk.asked()
    if rng.random() < 0.8:
        talk.answer(
            who.person.answers.get(who.questions[min(before, len(who.questions) - 1)], "no")
        )
        time.sleep(rng.choice((0, 0.001, 0.003, 0.01, 0.03)) * rng.random())
    talk.signal(signal.SIGKILL)
    del shown
    return followed


def _begun_again(home: Path, who: Known, followed: list[str], had_result: bool) -> str | None:
    """What is wrong with what is left of a session, by starting the program again."""
    talk = Talk(home)
    first = talk.asked() or ""
    goes_on = question(first) != who.questions[0] or "go on" in first.lower()
    again: list[str] = []
    if goes_on:
        talk.answer(who.person.says(first))
        again = converse(talk, who.person)
    ended = talk.end()
    if ended.fault:
        return ended.fault
    found = results(home)
    if had_result and not found:
        return "a result that was shown is lost"
    if not goes_on and not found and len(followed) > 1:
        return f"{len(followed)} answers are lost: it begins anew"
    twice = Counter(again) + Counter(followed) - Counter(who.questions)
    if twice:
        return f"asked again: {next(iter(twice))}"
    if found and found[-1] != (who.care, who.fields):
        return f"the result is {found[-1][0]}, not {who.care}: {_changed(found[-1][1], who.fields)}"
    return None if found or not goes_on else "no result after it went on"


def _changed(found: dict[str, object], fields: dict[str, object]) -> str:
    names = {name for name in {*found, *fields} if found.get(name) != fields.get(name)}
    return ", ".join(f"{n} {found.get(n)} not {fields.get(n)}" for n in sorted(names)) or "rules"


def send_signals(tally: Tally, count: int, rng: random.Random) -> None:
    """INT, TERM and HUP end a session soon, without a traceback, and leave it to be taken up."""
    who = meet("strain")
    for _ in range(count):
        if tally.over:
            return
        number, after = rng.choice((2, 15, 1)), rng.randrange(len(who.questions))
        with fresh_home() as home:
            talk = Talk(home)
            if after:
                converse(talk, who.person, after)
            time.sleep(0.02 * rng.random())
            talk.signal(number)
            began = time.monotonic()
            ended = talk.end(MAX_END_SECONDS)
            soon = time.monotonic() - began < patience(MAX_END_SECONDS) and not ended.hung
            tally.note(SIGNALS, _ended_well(ended, number) if soon else "does not end",
                       f"signal {number} after {after} answers")  # fmt: skip


def _ended_well(ended: Outcome, number: int) -> str | None:
    """A signal may end a process by itself, or be taken and told: never a traceback."""
    if ended.ended_by == number or ended.code in (0, 128 + number):
        return None if "Traceback" not in ended.out + ended.err else "Traceback"
    return ended.fault or f"exit code {ended.code}"


def kill_warm_ups(tally: Tally, count: int, rng: random.Random) -> None:
    """A warm-up in real time is killed soon after it began; its check and its place stay."""
    who = meet("well-runner")
    for _ in range(count):
        if tally.over:
            return
        with fresh_home() as home:
            talk = Talk(home, terminal=True)
            converse(talk, who.person, len(who.questions), seconds=1.0)
            time.sleep(3 * rng.random())
            talk.signal(signal.SIGKILL)
            talk.end()
            again = Talk(home, terminal=True)
            again.asked(1.0)
            again.signal(signal.SIGKILL)
            left = again.end()
            fault = "Traceback" if "Traceback" in left.out + left.err else None
            if not results(home):
                fault = "the result of the check is lost"
            fault = fault or run(voice_skill("diary", "--json"), home).fault
            tally.note(WARM_UPS, fault, "well-runner")
