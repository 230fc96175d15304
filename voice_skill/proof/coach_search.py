"""The coach's `step`, searched in every routine: whatever is said, nothing unsafe follows."""

from collections.abc import Iterator
from functools import cache
from itertools import chain
from typing import get_args

from voice_skill.coaching.meaning import Meaning
from voice_skill.coaching.state import Coach
from voice_skill.coaching.wording import QuestionName
from voice_skill.dialog.dialog import Dialog
from voice_skill.proof.coach_text import CoachText
from voice_skill.proof.coach_walk import Moment, Understand, Walk, unsafe
from voice_skill.proof.finding import Finding
from voice_skill.proof.table import Table
from voice_skill.understanding.numbers import in_words

RULE, REACHED = "a_warm_up_stops_when_it_must", "every_branch_of_a_warm_up_is_reached"
START_PAINS = (None, 1)
"""Without a check before it, and with pain that can go up and is not easy to go down."""
WORST_PAIN = 10
SIDE_COMMANDS = ("slower", "faster", "louder", "quieter", "count", "quiet", "how", "why",
                 "how_many_left", "how_long_left", "repeat", "switch_sides")  # fmt: skip
"""Commands that only change how it is told."""


def searched(table: Table) -> Iterator[Finding]:
    """Every routine, and each thing found in it once."""
    coach = table.coach
    for name in coach.library.routines if coach else ():
        for start in START_PAINS:
            assert coach is not None
            walk = walk_of(table, coach, name, start)
            yield from _findings(walk, coach, name, start)


def walk_of(table: Table, coach: CoachText, routine: str, start: int | None) -> Walk:
    """The search of one routine."""
    dialog, library = table.dialog, coach.library
    known = {} if start is None else {"pain": start}

    @cache
    def understand(text: str, drill: str | None, question: QuestionName | None) -> Meaning:
        return library.ear.understand(text, drill, question, free=True)

    fine, not_fine = (_first(coach, f"coaching.answers.{name}") for name in ("fine", "not_fine"))
    well = {"check_in": fine, "gate": fine, "floor": not_fine, "end": in_words(start or 0)}
    heard: Understand = understand
    return Walk(library.coach(dialog, routine, known), _texts(table, coach), heard, well)


def _findings(walk: Walk, coach: CoachText, routine: str, start: int | None) -> Iterator[Finding]:
    told: set[str] = set()
    ends: set[str | None] = set()
    asked: set[str] = set()
    for before, after in walk.moments():
        ends |= {after.state.ended.outcome} if after.state.ended else set()
        asked |= {after.state.question.name} if after.state.question else set()
        what = unsafe(walk.coach, before, after)
        if what is not None and what not in told:
            told.add(what)
            yield Finding(RULE, "error", f"{routine}: {what}", about=("coach", "coaching"),
                          counterexample=script(after, routine, start))  # fmt: skip
    for missing in (*_missing_ends(walk.coach, ends), *_missing_questions(coach, walk, asked)):
        yield Finding(REACHED, "error", f"{routine}: {missing} is never reached",
                      about=("coach", "coaching"))  # fmt: skip


def script(moment: Moment, routine: str, start: int | None) -> tuple[str, ...]:
    """The way to a moment as an event file, with the command that plays it."""
    after = "" if start is None else f", after a check with pain {start}"
    return (f"# voice-skill coach {routine} --virtual --events FILE{after}", *moment.lines)


def _missing_ends(coach: Coach, ends: set[str | None]) -> list[str]:
    wanted = [coach.routine.best, "walk", "rest", "URGENT", None]
    return [f"the end '{end or 'asked again'}'" for end in wanted if end not in ends]


def _missing_questions(coach: CoachText, walk: Walk, asked: set[str]) -> list[str]:
    floor = any(exercise.drill.floor for exercise in walk.coach.exercises)
    wanted = set(get_args(QuestionName)) - {"gate"} - (set() if floor else {"floor"})
    return [f"the question '{name}'" for name in sorted(wanted - asked)]


def _first(coach: CoachText, about: str) -> str:
    """The plainest phrase of a place."""
    return min(coach.heard[about], key=lambda text: (len(text.split()), len(text)))


def _texts(table: Table, coach: CoachText) -> tuple[str, ...]:
    """A phrase for everything that the coach knows, each number that matters, and each leg."""
    aside = {f"coaching.commands.{name}" for name in SIDE_COMMANDS}
    said = [_first(coach, a) for a in coach.heard if a.startswith("coaching.") and a not in aside]
    legs = [words[0] for words in table.safety.must_mean.get("legs", {}).values()]
    return tuple(dict.fromkeys(chain(said, map(in_words, _pains(table.dialog)), legs)))


def _pains(dialog: Dialog) -> list[int]:
    """Both sides of every limit of pain."""
    limits = dialog.limits.stop_rule
    at = [limits.easy_pain.value + 1, limits.rest_pain.value, limits.urgent_pain.value]
    return sorted({0, WORST_PAIN, *at, *(pain - 1 for pain in at)})
