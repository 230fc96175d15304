"""The coach's `step`, searched in every routine: whatever is said, nothing unsafe follows."""

from collections.abc import Iterator
from datetime import date
from itertools import chain
from typing import get_args

from voice_skill.coaching.state import Coach
from voice_skill.coaching.wording import OF_REACH, QuestionName
from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.fields import MAX_PAIN
from voice_skill.ladder.progression import Climb, planned
from voice_skill.ladder.session import coach_of
from voice_skill.proof.coach_text import CoachText
from voice_skill.proof.coach_walk import Walk, unsafe
from voice_skill.proof.finding import Finding
from voice_skill.proof.table import Table

RULE, REACHED = "a_warm_up_stops_when_it_must", "every_branch_of_a_warm_up_is_reached"
DAY = date(2026, 6, 1)
"""Any day."""
START_PAINS = (None, 1)
"""Without a check before it, and with pain that can go up and is not easy to go down."""
SIDE_COMMANDS = ("slower", "faster", "louder", "quieter", "count", "quiet", "how", "why",
                 "how_many_left", "how_long_left", "repeat", "switch_sides")  # fmt: skip
"""Commands that only change how it is told."""


def searched(table: Table) -> Iterator[Finding]:
    """Every routine and the way back, and each thing found in it once."""
    text = table.coach
    if text is None:
        return
    for name in text.library.routines:
        for start in START_PAINS:
            coach = text.library.coach(table.dialog, name, table.dialog.roles.with_pain(start))
            after = "" if start is None else f", after a check with pain {start}"
            play = f"voice-skill coach {name} --virtual --events FILE{after}"
            yield from found_in(walk_of(table, text, coach), name, play)
    if text.way_back:
        coach, _ = coach_of(table.dialog, text.way_back, planned(text.way_back, Climb(), DAY))
        play = "voice-skill ladder --virtual --events FILE, on the first day"
        yield from found_in(walk_of(table, text, coach), "the way back", play)


def walk_of(table: Table, text: CoachText, coach: Coach) -> Walk:
    """The search of one warm-up."""
    fine, not_fine = (_first(text, f"coaching.answers.{name}") for name in ("fine", "not_fine"))
    end = text.library.language.numbers.in_words(coach.start_pain or 0)
    well = {"check_in": fine, "gate": fine, "floor": not_fine, "end": end}
    return Walk(coach, _texts(table, text), text.understand, well)


def found_in(walk: Walk, name: str, play: str) -> Iterator[Finding]:
    """What is unsafe in one warm-up, and what of it nobody reaches. play: the command for it."""
    told: set[str] = set()
    ends: set[str | None] = set()
    asked: set[str] = set()
    for before, after in walk.moments():
        ends |= {after.state.ended.outcome} if after.state.ended else set()
        asked |= {after.state.question.name} if after.state.question else set()
        what = unsafe(walk.coach, before, after)
        if what is not None and what not in told:
            told.add(what)
            yield Finding(RULE, "error", f"{name}: {what}", about=("coach", "coaching"),
                          counterexample=(f"# {play}", *after.lines))  # fmt: skip
    for missing in (*_missing_ends(walk.coach, ends), *_missing_questions(walk.coach, asked)):
        yield Finding(REACHED, "error", f"{name}: {missing} is never reached",
                      about=("coach", "coaching"))  # fmt: skip


def _missing_ends(coach: Coach, ends: set[str | None]) -> list[str]:
    wanted = [coach.routine.best, "walk", "rest", "URGENT", None]
    return [f"the end '{end or 'asked again'}'" for end in wanted if end not in ends]


def _missing_questions(coach: Coach, asked: set[str]) -> list[str]:
    floor = any(exercise.drill.floor for exercise in coach.exercises)
    wanted = set(get_args(QuestionName)) - (set() if floor else {"floor"})
    wanted -= set() if coach.gate else {"gate"}
    wanted -= set() if coach.wording.tells_of_reach else OF_REACH
    return [f"the question '{name}'" for name in sorted(wanted - asked)]


def _first(coach: CoachText, about: str) -> str:
    """The plainest phrase of a place."""
    return min(coach.heard[about], key=lambda text: (len(text.split()), len(text)))


def _texts(table: Table, coach: CoachText) -> tuple[str, ...]:
    """A phrase for everything that the coach knows, each number that matters, and each reach."""
    aside = {f"coaching.commands.{name}" for name in SIDE_COMMANDS}
    said = [_first(coach, a) for a in coach.heard if a.startswith("coaching.") and a not in aside]
    reach = table.dialog.roles.reach
    far = table.safety.must_mean.get(reach.field, {}) if reach else {}
    told = [words[0] for words in far.values()]
    return tuple(
        dict.fromkeys(
            chain(said, map(coach.library.language.numbers.in_words, _pains(table.dialog)), told)
        )
    )


def _pains(dialog: Dialog) -> list[int]:
    """Both sides of every limit of pain."""
    limits = dialog.limits.stop_rule
    at = [limits.easy_pain.value + 1, limits.rest_pain.value, limits.urgent_pain.value]
    return sorted({0, MAX_PAIN, *at, *(pain - 1 for pain in at)})
