"""`voice-skill ladder`: today's step of the way back to running, in virtual or in real time."""

import json
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from voice_skill.dialog.dialog import Dialog
from voice_skill.diary.book import Book
from voice_skill.diary.entry import Entry
from voice_skill.errors import UsageError
from voice_skill.ladder import kept as place
from voice_skill.ladder.programme import Ladder
from voice_skill.ladder.session import coach_of
from voice_skill.ladder.today import Today, checked_today, gone_on, today_of
from voice_skill.session.after_triage import Result
from voice_skill.session.coach import in_words
from voice_skill.session.store import Store
from voice_skill.session.virtual import Person, VirtualWarmUp, obliging, read_lines
from voice_skill.session.warm_up import Row, WarmUp


def ladder_virtual(dialog: Dialog, folder: Path, events: Path | None, as_json: bool) -> int:
    """What would be said and counted today, in virtual time. Changes nothing that is kept."""
    ladder = Ladder.from_folder(folder, dialog)
    store = Store.from_platform()
    now = datetime.now().astimezone()
    today = today_of(ladder, place.load(store), Book.from_store(store).entries, now)
    lines = read_lines(events) if events else []
    for row in virtual_rows(dialog, ladder, today, Person(lines, obliging(0)), now):
        _tell(row, as_json)
    sys.stdout.flush()
    return 0


def virtual_rows(
    dialog: Dialog, ladder: Ladder, today: Today, person: Person, now: datetime
) -> list[Row]:
    """A day in virtual time; the last row is its end."""
    if today.refused:
        text = ladder.programme.messages[today.refused]
        return [Row(0.0, "say", None, text), Row(0.0, "end", None, "walk")]
    coach, library = coach_of(dialog, ladder, today.plan)
    warm_up = WarmUp(dialog, coach, library)
    outcome = VirtualWarmUp(warm_up, person).run()
    _, line = gone_on(ladder, today, coach, warm_up.state, outcome, now.date())
    *rows, end = warm_up.rows
    return [*rows, *([Row(end.at_seconds, "say", None, line)] if line else []), end]


def ladder_spoken(
    dialog: Dialog,
    folder: Path,
    as_json: bool,
    settings: dict[str, Any],
    model: Path | None,
    fresh: bool,
) -> int:
    """A session on the ladder by voice, after today's check. Sound is loaded only here.

    Raises UsageError where no check of today came to a warm-up.
    """
    from voice_skill.session.conversation import Conversation
    from voice_skill.session.going_on import by_voice, saying
    from voice_skill.session.quiet import quiet_libraries
    from voice_skill.session.settings import load
    from voice_skill.session.spoken import to_screen
    from voice_skill.session.studio import studio
    from voice_skill.session.way_back import hold

    ladder = Ladder.from_folder(folder, dialog)
    store = Store.from_platform()
    now = datetime.now().astimezone()
    book = Book.from_store(store)
    checked = checked_today(book.entries, now)
    if checked is None:
        raise UsageError(ladder.programme.messages["check_first"])
    today = today_of(ladder, place.load(store), book.entries, now)
    chosen = {**load(store), **{k: v for k, v in settings.items() if v}}

    def remember(change: dict[str, Any]) -> None:
        store.save("settings", {**load(store), **change})

    conversation = Conversation.from_dialog(dialog)
    with quiet_libraries(), studio(conversation, chosen, remember, to_screen, model) as spoken:
        run = by_voice(spoken, lambda row: _tell(row, as_json))
        say = saying(spoken)
        held = hold(dialog, ladder, today, store, checked.pain, run, say, fresh=fresh)
        if held is not None:
            book.with_entry(_with_ladder(checked, *held)).save()
    return 0


def _with_ladder(entry: Entry, result: Result, told: str) -> Entry:
    pains = [pain for pain in (entry.pain, result.pain) if pain is not None]
    return replace(entry, care=result.care, pain=max(pains, default=None), ladder=told)


def _tell(row: Row, as_json: bool) -> None:
    if as_json:
        print(json.dumps(row.to_json(), ensure_ascii=False), flush=True)
    elif row.kind != "earcon":
        print(in_words(row), flush=True)
