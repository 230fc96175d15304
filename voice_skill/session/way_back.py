"""The way back to running by voice: today's session on the ladder, held and kept."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from voice_skill.dialog.interpretation import Value
from voice_skill.diary.book import Book
from voice_skill.errors import StorageError
from voice_skill.ladder import kept as place
from voice_skill.ladder.programme import FILE, Ladder
from voice_skill.ladder.session import coach_of
from voice_skill.ladder.today import Today, gone_on, offered, today_of, told_of
from voice_skill.session.after_triage import Result, result_of
from voice_skill.session.store import Store
from voice_skill.session.warm_up import Row, WarmUp

if TYPE_CHECKING:  # sound is loaded late, and only for a spoken session
    from voice_skill.session.keeping import Kept
    from voice_skill.session.spoken import Spoken

CUT_OFF = "ladder.warmup"
"""Where a session on the ladder is kept until it is over."""


def hold(
    spoken: "Spoken",
    ladder: Ladder,
    today: Today,
    store: Store,
    values: Mapping[str, Value],
    told: Callable[[Row], None],
    kept: "Kept | None" = None,
) -> tuple[Result, str] | None:
    """Hold today's session by voice and keep the place. None where there is none today.

    kept: the check that it follows; then it is asked first whether to begin.
    """
    from voice_skill.session.coached import Coached
    from voice_skill.session.cut_off import CutOff, kept_until_over

    dialog, now = spoken.dialog, datetime.now().astimezone()
    if today.refused:
        spoken.caption(ladder.programme.messages[today.refused])
        spoken.speaker.say((ladder.programme.messages[today.refused],))
        return None
    coach, library = coach_of(dialog, ladder, today.plan, values, offered=kept is not None)
    warm_up = WarmUp(dialog, coach, library)
    left = CutOff.from_file(store.sessions / CUT_OFF, now)
    if left and left.routine == coach.routine.id:
        left.take_up(warm_up)
    triage = kept.conversation.state if kept else None
    coached = Coached(spoken, warm_up, triage, told=told)
    with kept_until_over(warm_up, store.sessions / CUT_OFF):
        outcome = coached.run()
        climb, line = gone_on(ladder, today, coach, warm_up.state, outcome, now.date())
        place.save(store, climb)
    if line:
        spoken.caption(line)
        spoken.speaker.say((line,))
    end = coached.retriage.state.finished if coached.retriage else None
    turns = tuple(coached.retriage.turns) if coached.retriage else ()
    result = result_of(warm_up, outcome, end.rules if end else (), turns)
    return result, told_of(ladder, today, coach, warm_up.state, outcome)


def way_back_spoken(
    spoken: "Spoken", folder: Path, kept: "Kept", told: Callable[[Row], None]
) -> None:
    """After the warm-up of a check, if it is offered."""
    now = datetime.now().astimezone()
    try:
        climb, entries = place.load(kept.store), Book.from_store(kept.store).entries
    except StorageError as error:
        spoken.caption(str(error))
        return
    if not (folder / FILE).is_file() or not offered(climb, entries, now):
        return
    ladder = Ladder.from_folder(folder, kept.dialog)
    today = today_of(ladder, climb, entries, now)
    pain = entries[-1].pain
    values: dict[str, Value] = {} if pain is None else {"pain": pain}
    held = hold(spoken, ladder, today, kept.store, values, told, kept)
    if held is not None:
        kept.add_ladder(*held)
