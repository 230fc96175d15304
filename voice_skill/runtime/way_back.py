"""The way back to running after a check: today's session on the ladder, held and kept.

By voice or by keyboard: `run` holds a warm-up to its end.
"""

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from voice_skill.coaching.state import Coach
from voice_skill.dialog.dialog import Dialog
from voice_skill.errors import StorageError
from voice_skill.ladder.programme import Ladder
from voice_skill.ladder.progression import Climb
from voice_skill.ladder.session import coach_of
from voice_skill.ladder.today import Today, checked_today, gone_on, today_of, told_of, waits
from voice_skill.storage import ladder_file as place
from voice_skill.storage.diary_file import Book
from voice_skill.storage.store import Store
from voice_skill.storage.warm_up_journal import CutOff, kept_until_over
from voice_skill.visit.outcome import Result
from voice_skill.visit.warm_up import WarmUp

if TYPE_CHECKING:
    from voice_skill.storage.record import Kept

CUT_OFF = "ladder.warmup"
"""Where a session on the ladder is kept until it is over."""
Run = Callable[[WarmUp], Result]
Say = Callable[[str], object]


def hold(
    dialog: Dialog,
    ladder: Ladder,
    today: Today,
    store: Store,
    pain: int | None,
    run: Run,
    say: Say,
    offered: bool = False,
    fresh: bool = False,
) -> tuple[Result, str] | None:
    """Hold today's session and keep the place. None where there is none today.

    pain: of today's check. offered: it is asked first whether to begin. fresh: one that was cut
    off is not taken up.
    """
    now = datetime.now().astimezone()
    if today.refused:
        if today.redated:
            _saved(store, today.before)
        say(ladder.programme.messages[today.refused])
        return None
    values = dialog.roles.with_pain(pain)
    coach, library = coach_of(dialog, ladder, today.plan, values, offered)
    warm_up = WarmUp(dialog, coach, library)
    left = (
        None
        if fresh
        else CutOff.from_file(
            store.sessions / CUT_OFF, now, timedelta(minutes=dialog.fresh_minutes)
        )
    )
    if left and left.routine == coach.routine.id:
        left.take_up(warm_up)
    with kept_until_over(warm_up, store.sessions / CUT_OFF):
        result = run(warm_up)
        climb, line = gone_on(ladder, today, coach, warm_up.state, result.outcome, now.date())
        kept = _saved(store, climb)
    if line:
        say(line)
    if not kept:
        say(dialog.message("nothing_kept"))
    return result, told_of(ladder, today, coach, warm_up.state, result.outcome)


def _saved(store: Store, climb: Climb) -> bool:
    try:
        with store.changing():
            place.save(store, climb)
    except StorageError as error:
        print(f"voice-skill: {error}", file=sys.stderr)
        return False
    return True


def ahead(kept: "Kept") -> Ladder | None:
    """The ladder, where running goes by it for this person; None for all others."""
    now = datetime.now().astimezone()
    limits = kept.dialog.limits.ladder
    if limits is None or not kept.content.has_ladder or not kept.desk.diary:
        return None
    if not waits(limits, _place(kept.store), Book.from_store(kept.store).entries, now):
        return None
    return kept.content.ladder


def _place(store: Store) -> Climb:
    """The place that was kept. What cannot be read stands for the beginning: the whole gate."""
    try:
        return place.load(store)
    except StorageError:
        return Climb()


def not_yet_running(coach: Coach, ladder: Ladder) -> Coach:
    """A warm-up that ends before the ladder: it does not let anybody run by itself."""
    routine, lines = coach.routine, ladder.programme.after_warm_up
    full = {"run"} if routine.best == "run" else {"walk"}
    branches = {n: lines if n in full else text for n, text in routine.branches.items()}
    return replace(coach, routine=routine.model_copy(update={"branches": branches}))


def go_on(ladder: Ladder, kept: "Kept", run: Run, say: Say) -> None:
    """After the warm-up of a check, where it went well."""
    now = datetime.now().astimezone()
    entries = Book.from_store(kept.store).entries
    checked = checked_today(ladder.limits, entries, now)
    if checked is None:
        return
    try:
        climb = place.load(kept.store)
    except StorageError as error:
        say(str(error))
        return
    today = today_of(ladder, climb, entries, now)
    held = hold(kept.dialog, ladder, today, kept.store, checked.pain, run, say, offered=True)
    if held is not None:
        kept.add_ladder(*held)
