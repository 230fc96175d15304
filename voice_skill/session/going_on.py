"""Going on from a check into the warm-up that its disposition names."""

import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from voice_skill.coaching.library import Library
from voice_skill.diary.book import Book
from voice_skill.diary.looking_back import stepped_down
from voice_skill.session.after_triage import coach_for, result_of, routine_for
from voice_skill.session.coach import is_early
from voice_skill.session.typed_warm_up import keyboard, run_typed_warm_up
from voice_skill.session.warm_up import Row, WarmUp

if TYPE_CHECKING:  # sound is loaded late, and only for a spoken session
    from voice_skill.session.spoken import Spoken
    from voice_skill.session.start import Kept


def warm_up_spoken(spoken: "Spoken", folder: Path, kept: "Kept") -> None:
    """By voice, if there is a warm-up today."""
    from voice_skill.session.coached import Coached

    warm_up = _todays(folder, kept, lambda line: spoken.speaker.say((line,)))
    if warm_up is None:
        return
    held = Coached(spoken, warm_up, kept.conversation.state, told=_caption(spoken))
    outcome = held.run()
    talk = held.retriage
    end = talk.state.finished if talk else None
    turns = tuple(talk.turns) if talk else ()
    kept.add_warm_up(result_of(held.warm_up, outcome, end.rules if end else (), turns))


def warm_up_typed(folder: Path, kept: "Kept", screen: TextIO) -> None:
    """By keyboard, if there is a warm-up today and a terminal to answer from."""
    warm_up = _todays(folder, kept, lambda line: print(line, file=screen))
    if warm_up is not None and sys.stdin.isatty():
        kept.add_warm_up(run_typed_warm_up(warm_up, kept.conversation.state, keyboard(), screen))


def _todays(folder: Path, kept: "Kept", say: Callable[[str], object]) -> WarmUp | None:
    """The routine of the disposition, a step lower if the last one was felt next morning."""
    dialog, state = kept.dialog, kept.conversation.state
    name = routine_for(folder, state)
    if name is None:
        return None
    now = datetime.now().astimezone()
    today = stepped_down(name, Book.from_store(kept.store).entries, now)
    if today is None:
        say(dialog.message("walk_today"))
        return None
    library = Library.from_folder(folder, dialog)
    return WarmUp(dialog, coach_for(dialog, library, today, state, is_early()), library)


def _caption(spoken: "Spoken") -> Callable[[Row], None]:
    marks = {"say": "", "heard": "> ", "count": "  "}

    def told(row: Row) -> None:
        if row.kind in marks:
            spoken.caption(marks[row.kind] + row.text)

    return told
