"""Starting a session: typed or spoken, new or taken up again, and keeping what comes of it."""

import hashlib
import json
import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from voice_skill.coaching.state import Coach
from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.effects import Effect
from voice_skill.dialog.events import Resumed
from voice_skill.dialog.interpretation import Value
from voice_skill.dialog.state import State
from voice_skill.diary.book import Book
from voice_skill.diary.entry import Entry, Morning
from voice_skill.diary.looking_back import past_of
from voice_skill.errors import AudioError, UsageError
from voice_skill.reporting.report import Report
from voice_skill.session.after_triage import (
    Result,
    person_of,
    routine_for,
    scripted,
    virtual_warm_up,
    with_ladder,
    with_warm_up,
)
from voice_skill.session.conversation import Conversation
from voice_skill.session.cut_off import SUFFIX, CutOff
from voice_skill.session.going_on import warm_up_spoken, warm_up_typed
from voice_skill.session.journal import Journal
from voice_skill.session.persona import Persona
from voice_skill.session.store import Store, write_private
from voice_skill.session.typed import (
    keyboard_reply,
    persona_reply,
    run_typed,
    script_reply,
)
from voice_skill.session.virtual import Person

WARM_UP = "<warm-up>"
"""The line of a script after which its lines answer the questions of the warm-up."""


def fingerprint(dialog: Dialog) -> str:
    """Tells dialogs apart: a session goes on only with the one that it began with."""
    shown = repr((dialog.fields, dialog.rules, dialog.dispositions, dialog.stages))
    return hashlib.sha256(shown.encode()).hexdigest()[:16]


class Kept:
    """A session that is kept: its conversation, its journal and, at the end, its report."""

    def __init__(self, dialog: Dialog, store: Store, fresh: bool) -> None:
        now = datetime.now().astimezone()
        self.dialog, self.store = dialog, store
        self.started_at = now.isoformat(timespec="seconds")
        self.conversation = Conversation.from_dialog(dialog, self._keep, now.weekday())
        self.conversation.remember = self._save_profile
        cut_off = None if fresh else store.unfinished(fingerprint(dialog))
        self.cut_off: CutOff | None = None
        left = None if fresh or cut_off else store.last(fingerprint(dialog))
        if left:
            self.cut_off = CutOff.from_file(left[0].with_suffix(SUFFIX), now)
            cut_off = left if self.cut_off else None
        self.report: Report | None = None
        self.effects: tuple[Effect, ...]
        if cut_off:
            path, record = cut_off
            self.started_at = str(record.header.get("started_at", self.started_at))
            for event in record.events:
                self.conversation.take(event)
            self.journal = Journal.reopen(path)
            self.effects = () if self.cut_off else self.conversation.take(Resumed())
        else:
            path = store.new_session(now)
            header = {"started_at": self.started_at, "dialog": fingerprint(dialog)}
            self.journal = Journal.create(path, header)
            profile: Mapping[str, Value] = store.load("profile").get("values", {})
            past = past_of(Book.from_store(store).entries, now)
            self.effects = self.conversation.begin(profile, past)
        self.path = path

    def _save_profile(self, values: Mapping[str, Value]) -> None:
        self.store.save("profile", {"format": 1, "values": dict(values)})

    def _keep(self, event: Any) -> None:
        if hasattr(self, "journal"):
            self.journal.keep(event)

    def close(self) -> Report:
        """Write the report, remember the profile, close the journal. Twice is harmless."""
        if self.report is not None:
            return self.report
        state = self.conversation.state
        report = Report.from_session(self.dialog, state, self.conversation.turns, self.started_at)
        if state.finished:
            self.journal.note({"finished": state.finished.care or ""})
            self._remember(state)
            self._note_morning(state)
            self._write(report)
        self.journal.close()
        self.report = report
        return report

    def add_warm_up(self, result: Result) -> Report:
        """Write the report again, with what the warm-up came to."""
        report = with_warm_up(self.dialog, self.close(), result)
        with Journal.reopen(self.path) as journal:
            journal.note({"finished": report.care or "", "warm_up": result.outcome})
        self._write(report)
        self.report = report
        return report

    def add_ladder(self, result: Result, told: str) -> None:
        """Write the report again, with a session on the way back to running."""
        self.report = with_ladder(self.dialog, self.close(), result, told)
        self._write(self.report)

    def _write(self, report: Report) -> None:
        write_private(self.path.with_suffix(".txt"), report.to_text(self.dialog))
        write_private(self.path.with_suffix(".json"), json.dumps(report.to_json()) + "\n")
        entry = Entry.from_report(report)
        if entry:
            Book.from_store(self.store).with_entry(entry).save()

    def _note_morning(self, state: State) -> None:
        """What was said of the morning after the last warm-up; silence is noted as nothing."""
        answer = state.answers.get("morning_level")
        if answer and answer.value in ("yes", "no"):
            morning: Morning = "yes" if answer.value == "yes" else "no"
            Book.from_store(self.store).with_morning(morning).save()

    def _remember(self, state: State) -> None:
        if not state.remembers:
            return
        profile = dict(self.store.load("profile").get("values", {}))
        for name, field in self.dialog.fields.items():
            answer = state.answers.get(name)
            if field.profile and answer and answer.how == "heard" and answer.value is not None:
                profile[name] = answer.value
            elif field.profile and answer:
                profile.pop(name, None)
        self._save_profile(profile)


def run_text(
    dialog: Dialog,
    folder: Path,
    script: Path | None,
    persona: Path | None,
    as_json: bool,
    fresh: bool,
) -> int:
    """`voice-skill run --text`. A script or a persona leaves nothing behind and knows nothing."""
    screen = sys.stderr if as_json else sys.stdout
    if script is None and persona is None:
        return _run_keyboard(dialog, folder, as_json, fresh)
    now = datetime.now().astimezone()
    conversation = Conversation.from_dialog(dialog, today_weekday=now.weekday())
    person: Callable[[Coach], Person] | None = None
    if persona is not None:
        reply = persona_reply(who := Persona.from_file(persona), screen)
        person = partial(person_of, who)
    else:
        assert script is not None
        lines = _lines(script)
        talk, then = _parted(lines)
        reply = script_reply(iter(talk), screen)
        person = (lambda coach: scripted(then)) if len(talk) < len(lines) else None
    run_typed(conversation, conversation.begin(), reply, screen)
    report = Report.from_session(
        dialog, conversation.state, conversation.turns, now.isoformat(timespec="seconds")
    )
    routine = routine_for(folder, conversation.state)
    if routine is not None and person is not None:
        result = virtual_warm_up(dialog, folder, routine, conversation.state, person, screen)
        report = with_warm_up(dialog, report, result)
    if as_json:
        print(json.dumps(report.to_json(), ensure_ascii=False))
    return 0


def _parted(lines: list[str]) -> tuple[list[str], list[str]]:
    """A script before and after the line that begins the warm-up."""
    marks = [index for index, line in enumerate(lines) if line.strip() == WARM_UP]
    at = marks[0] if marks else len(lines)
    return lines[:at], lines[at + 1 :]


def _lines(script: Path) -> list[str]:
    try:
        if str(script) == "-":
            return sys.stdin.read().splitlines()
        return script.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{script}: cannot be read: {error}") from None


def _run_keyboard(dialog: Dialog, folder: Path, as_json: bool, fresh: bool) -> int:
    screen = sys.stderr if as_json else sys.stdout
    kept = Kept(dialog, Store.from_platform(), fresh)
    try:
        if kept.effects:
            run_typed(kept.conversation, kept.effects, keyboard_reply(screen), screen)
        kept.close()
        warm_up_typed(folder, kept, screen)
    finally:
        report = kept.close()
    if as_json:
        print(json.dumps(report.to_json(), ensure_ascii=False))
    elif kept.conversation.finished:
        print(dialog.message("report_saved", path=kept.path.with_suffix(".txt")), file=screen)
    return 0


def run_spoken(
    dialog: Dialog,
    folder: Path,
    model: Path | None,
    microphone: str | None,
    speaker: str | None,
    fresh: bool,
) -> int:
    """`voice-skill run`: a spoken session with the default or the remembered devices."""
    from voice_skill.session.quiet import quiet_libraries
    from voice_skill.session.settings import load
    from voice_skill.session.spoken import to_screen
    from voice_skill.session.studio import sound_available, studio
    from voice_skill.session.vocabulary import left_out

    no_sound = sound_available()
    if no_sound:
        return _without_sound(dialog, folder, no_sound, fresh)
    store = Store.from_platform()
    chosen = {"input": microphone, "output": speaker}
    settings = {**load(store), **{k: v for k, v in chosen.items() if v}}

    def remember(change: dict[str, Any]) -> None:
        store.save("settings", {**load(store), **change})

    kept: Kept | None = None
    try:
        conversation = Conversation.from_dialog(dialog)
        with (
            quiet_libraries(),
            studio(conversation, settings, remember, to_screen, model) as spoken,
        ):
            kept = Kept(dialog, store, fresh)
            spoken.conversation = kept.conversation
            lacking = left_out(dialog, spoken.recogniser.words)
            if lacking:
                to_screen(dialog.message("phrases_left_out", count=len(lacking)))
            if kept.effects:
                spoken.run(kept.effects)
            if kept.close().finished:
                warm_up_spoken(spoken, folder, kept)
                spoken.speaker.say((dialog.message("report_kept"),))
    finally:
        report = kept.close() if kept else None
    if kept and report and report.finished:
        to_screen(dialog.message("report_saved", path=kept.path.with_suffix(".txt")))
    return 0


def _without_sound(dialog: Dialog, folder: Path, reason: str, fresh: bool) -> int:
    """No device: say so plainly, and offer the typed session where there is a terminal."""
    print(f"voice-skill: {reason}", file=sys.stderr)
    if not sys.stdin.isatty():
        raise AudioError("no sound device and no terminal; use: voice-skill run --text")
    if input("Shall we type instead? [Y/n] ").strip().lower() in ("", "y", "yes"):
        return _run_keyboard(dialog, folder, False, fresh)
    return 3


__all__ = ["Kept", "run_spoken", "run_text"]
