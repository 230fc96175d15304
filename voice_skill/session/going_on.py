"""Going on from a check into the warm-up that its disposition names."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from voice_skill.coaching.library import Library
from voice_skill.session.after_triage import coach_for, result_of, routine_for
from voice_skill.session.coach import is_early
from voice_skill.session.cut_off import SUFFIX, kept_until_over
from voice_skill.session.typed_warm_up import keyboard, run_typed_warm_up
from voice_skill.session.warm_up import Row, WarmUp
from voice_skill.session.way_back import way_back_spoken

if TYPE_CHECKING:  # sound is loaded late, and only for a spoken session
    from voice_skill.session.keeping import Kept
    from voice_skill.session.spoken import Spoken


def warm_up_spoken(spoken: "Spoken", folder: Path, kept: "Kept") -> None:
    """By voice, if there is a warm-up today."""
    from voice_skill.session.coached import Coached

    warm_up = _todays(folder, kept)
    if warm_up is None:
        return
    held = Coached(spoken, warm_up, kept.conversation.state, told=_caption(spoken))
    with kept_until_over(warm_up, kept.path.with_suffix(SUFFIX)):
        outcome = held.run()
        talk = held.retriage
        end = talk.state.finished if talk else None
        turns = tuple(talk.turns) if talk else ()
        kept.add_warm_up(result_of(held.warm_up, outcome, end.rules if end else (), turns))
    way_back_spoken(spoken, folder, kept, _caption(spoken))


def warm_up_typed(folder: Path, kept: "Kept", screen: TextIO) -> None:
    """By keyboard, if there is a warm-up today and a terminal to answer from."""
    warm_up = _todays(folder, kept)
    if warm_up is None or not sys.stdin.isatty():
        return
    with kept_until_over(warm_up, kept.path.with_suffix(SUFFIX)):
        kept.add_warm_up(run_typed_warm_up(warm_up, kept.conversation.state, keyboard(), screen))


def _todays(folder: Path, kept: "Kept") -> WarmUp | None:
    """The warm-up that was cut off, or the routine of the disposition."""
    left, state = kept.cut_off, kept.conversation.state
    today = left.routine if left else routine_for(folder, state)
    if today is None:
        return None
    library = Library.from_folder(folder, kept.dialog)
    early = left.early if left else is_early()
    warm_up = WarmUp(kept.dialog, coach_for(kept.dialog, library, today, state, early), library)
    if left:
        left.take_up(warm_up)
    return warm_up


def _caption(spoken: "Spoken") -> Callable[[Row], None]:
    marks = {"say": "", "heard": "> ", "count": "  "}

    def told(row: Row) -> None:
        if row.kind in marks:
            spoken.caption(marks[row.kind] + row.text)

    return told
