"""From a check into the warm-up that its disposition names, and on to the ladder."""

import sys
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, TextIO

from voice_skill.dialog.state import State as TriageState
from voice_skill.ladder.programme import Ladder
from voice_skill.runtime.coach import is_early
from voice_skill.runtime.typed.warm_up import keyboard, run_typed_warm_up
from voice_skill.runtime.way_back import Run, Say, ahead, go_on, not_yet_running
from voice_skill.storage.warm_up_journal import SUFFIX, kept_until_over
from voice_skill.visit.choosing import coach_for, routine_for
from voice_skill.visit.outcome import Result
from voice_skill.visit.recheck import prepare
from voice_skill.visit.warm_up import Row, WarmUp

if TYPE_CHECKING:  # sound is loaded late, and only for a spoken session
    from voice_skill.runtime.voice.check import Spoken
    from voice_skill.runtime.voice.warm_up import Coached
    from voice_skill.storage.record import Kept


def warm_up_spoken(spoken: "Spoken", kept: "Kept", make: "type[Coached] | None" = None) -> None:
    """By voice, if there is a warm-up today. make: what holds it, where it is more than voice."""
    run = by_voice(spoken, caption_of(spoken), kept.conversation.state, make)
    go_on_with(kept, run, saying(spoken))


def warm_up_typed(kept: "Kept", screen: TextIO) -> None:
    """By keyboard, if there is a warm-up today and a terminal to answer from."""
    if not sys.stdin.isatty():
        return
    read = keyboard()

    def run(warm_up: WarmUp) -> Result:
        return run_typed_warm_up(warm_up, kept.conversation.state, read, screen)

    go_on_with(kept, run, lambda line: print(line, file=screen))


def go_on_with(kept: "Kept", run: Run, say: Say) -> None:
    """Today's warm-up, held by `run`, and the ladder where running goes by it."""
    state = kept.conversation.state
    named = routine_for(kept.dialog, state) if kept.content.has_warm_ups else None
    today = kept.cut_off.routine if kept.cut_off else named
    if today is None:
        return
    may_run = state.finished is not None and state.finished.care == "WARMUP"
    ladder = ahead(kept) if may_run else None
    warm_up = _todays(kept, today, ladder)
    with kept_until_over(warm_up, kept.path.with_suffix(SUFFIX)):
        kept.add_warm_up(run(warm_up))
    if ladder is not None:
        go_on(ladder, kept, run, say)


def by_voice(
    spoken: "Spoken",
    told: Callable[[Row], None],
    triage: TriageState | None = None,
    make: "type[Coached] | None" = None,
) -> Run:
    """Holds a warm-up with a microphone and a loudspeaker."""
    from voice_skill.runtime.voice.warm_up import Coached

    def run(warm_up: WarmUp) -> Result:
        prepare_recheck(warm_up)
        return (make or Coached)(spoken, warm_up, triage, told=told).run()

    return run


def prepare_recheck(warm_up: WarmUp) -> None:
    """What the safety questions need, while the opening is said. After a check it is there."""
    parts = (warm_up.dialog, warm_up.library.ear.understander)
    threading.Thread(target=prepare, args=parts, daemon=True).start()


def saying(spoken: "Spoken") -> Say:
    """Says a sentence between two things."""

    def say(line: str) -> None:
        spoken.caption(line)
        spoken.speaker.say((line,))

    return say


def _todays(kept: "Kept", today: str, ladder: Ladder | None) -> WarmUp:
    """The warm-up that was cut off, or the routine of the disposition."""
    left, state = kept.cut_off, kept.conversation.state
    library = ladder.library if ladder else kept.content.library
    early = left.early if left else is_early(kept.dialog)
    coach = coach_for(kept.dialog, library, today, state, early)
    if ladder is not None:
        coach = not_yet_running(coach, ladder)
    warm_up = WarmUp(kept.dialog, coach, library)
    if left:
        left.take_up(warm_up)
    return warm_up


def caption_of(spoken: "Spoken") -> Callable[[Row], None]:
    """Shows what is said, heard and counted."""
    marks = {"say": "", "heard": "> ", "count": "  "}

    def told(row: Row) -> None:
        if row.kind in marks:
            spoken.caption(marks[row.kind] + row.text)

    return told
