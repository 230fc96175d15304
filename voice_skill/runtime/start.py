"""Starting a session: typed or spoken, new or taken up again."""

import json
import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from voice_skill.coaching.state import Coach
from voice_skill.content import Content
from voice_skill.dialog.history import NO_PAST
from voice_skill.errors import AudioError
from voice_skill.files import text_lines
from voice_skill.runtime.after_triage import virtual_warm_up
from voice_skill.runtime.continuing import warm_up_spoken, warm_up_typed
from voice_skill.runtime.people.persona import Persona
from voice_skill.runtime.people.script import Script
from voice_skill.runtime.setup import change_number_spoken, set_up_typed
from voice_skill.runtime.typed.check import (
    keyboard_reply,
    persona_reply,
    run_typed,
    script_reply,
)
from voice_skill.runtime.virtual.person import Person, person_of, scripted
from voice_skill.storage.record import Kept
from voice_skill.storage.store import Store
from voice_skill.visit.choosing import routine_for
from voice_skill.visit.outcome import with_warm_up
from voice_skill.visit.report import Report

if TYPE_CHECKING:  # sound is loaded late
    from voice_skill.runtime.voice.check import Spoken
    from voice_skill.runtime.voice.warm_up import Coached

NOT_KEPT = 3
"""The exit code of a check that was held, but could not be kept."""


def run_text(
    content: Content,
    script: Path | None,
    persona: str | None,
    as_json: bool,
    fresh: bool,
    asks: tuple[str, ...] = (),
) -> int:
    """`voice-skill run --text`. A script or a persona leaves nothing behind and knows nothing.

    asks: questions that come first, at the keyboard.
    """
    screen = sys.stderr if as_json else sys.stdout
    if script is None and persona is None:
        return _run_keyboard(content, as_json, fresh, asks)
    now = datetime.now().astimezone()
    dialog, conversation = content.dialog, content.conversation(now.weekday())
    person: Callable[[Coach], Person] | None = None
    past = NO_PAST
    if persona is not None:
        reply = persona_reply(who := Persona.named(persona, content.folder), screen)
        person = partial(person_of, who)
    else:
        assert script is not None
        told = Script.from_lines(_lines(script))
        reply, past, then = script_reply(iter(told.talk), screen), told.past, told.warm_up
        person = None if then is None else (lambda coach: scripted(then))
    run_typed(conversation, conversation.begin(past=past), reply, screen)
    report = Report.from_session(
        dialog, conversation.state, conversation.turns, now.isoformat(timespec="seconds")
    )
    routine = routine_for(dialog, conversation.state)
    if routine is not None and person is not None and content.has_warm_ups:
        result = virtual_warm_up(content, routine, conversation.state, person, screen)
        report = with_warm_up(dialog, report, result)
    if as_json:
        print(json.dumps(report.to_json(), ensure_ascii=False))
    return 0


def _lines(script: Path) -> list[str]:
    return sys.stdin.read().splitlines() if str(script) == "-" else text_lines(script)


def _run_keyboard(content: Content, as_json: bool, fresh: bool, asks: tuple[str, ...] = ()) -> int:
    screen = sys.stderr if as_json else sys.stdout
    kept = Kept(content, Store.from_platform(), fresh, asks)
    try:
        if kept.effects:
            run_typed(kept.conversation, kept.effects, keyboard_reply(screen), screen)
        kept.close()
        warm_up_typed(kept, screen)
        if _changes_number(kept):
            set_up_typed(content, screen, number_alone=True)
    finally:
        report = kept.close()
        kept.release()
    if as_json:
        print(json.dumps(report.to_json(), ensure_ascii=False))
    if kept.conversation.finished:
        print(kept_where(kept), file=screen)
    return NOT_KEPT if kept.lost else 0


def _changes_number(kept: Kept) -> bool:
    """Whether that was asked for in a check after which there is time to talk."""
    report = kept.report
    return kept.conversation.state.wants_number and not (report and report.care == "EMERGENCY")


def kept_where(kept: Kept) -> str:
    """Where the report is, or that there is none."""
    if kept.lost:
        return kept.dialog.message("nothing_kept")
    return kept.dialog.message("report_saved", path=kept.path.with_suffix(".txt"))


def run_spoken(
    content: Content,
    model: Path | None,
    devices: Mapping[str, str | None],
    fresh: bool,
    asks: tuple[str, ...] = (),
    make: "Callable[..., Spoken] | None" = None,
    coached: "type[Coached] | None" = None,
    first: str = "",
) -> int:
    """`voice-skill run`: a spoken session with the default or the remembered devices.

    asks: questions that come first. make, coached: what holds the check and the warm-up, where it
    is more than voice. first: said before all else.
    """
    from voice_skill.listening.answer_grammar import left_out
    from voice_skill.runtime.voice.equipment import own_studio, sound_available, to_screen

    no_sound = sound_available()
    if no_sound:
        return _without_sound(content, no_sound, fresh)
    dialog, kept = content.dialog, None
    try:
        with own_studio(content, devices, model, make) as spoken:
            kept = Kept(content, Store.from_platform(), fresh, asks)
            spoken.conversation = kept.conversation
            lacking = left_out(dialog, spoken.recogniser.words)
            if lacking:
                spoken.caption(dialog.message("phrases_left_out", count=len(lacking)))
            if first:
                spoken.caption(first)
                spoken.speaker.say((first,))
            if kept.effects:
                spoken.run(kept.effects)
            if kept.close().finished:
                warm_up_spoken(spoken, kept, coached)
                last = "nothing_kept" if kept.lost else "report_kept"
                spoken.speaker.say((dialog.message(last),))
            if _changes_number(kept):
                change_number_spoken(spoken, content)
    finally:
        if kept:
            kept.close()
            kept.release()
    if kept.conversation.finished:
        to_screen(kept_where(kept))
    return NOT_KEPT if kept.lost else 0


def _without_sound(content: Content, reason: str, fresh: bool) -> int:
    """No device: say so plainly, and offer the typed session where there is a terminal."""
    print(f"voice-skill: {reason}", file=sys.stderr)
    if not sys.stdin.isatty():
        raise AudioError("no sound device and no terminal; use: voice-skill run --text")
    if input("Shall we type instead? [Y/n] ").strip().lower() in ("", "y", "yes"):
        return _run_keyboard(content, False, fresh)
    return 3
