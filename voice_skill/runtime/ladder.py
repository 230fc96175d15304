"""`voice-skill ladder`: today's step of the way back to running, in virtual or in real time."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

from voice_skill.content import Content
from voice_skill.dialog.dialog import Dialog
from voice_skill.diary.entry import Entry
from voice_skill.errors import UsageError
from voice_skill.ladder.programme import Ladder
from voice_skill.ladder.session import coach_of
from voice_skill.ladder.today import Today, checked_today, gone_on, today_of
from voice_skill.runtime.coach import tell
from voice_skill.runtime.virtual.person import Person, obliging, read_lines
from voice_skill.runtime.virtual.warm_up import VirtualWarmUp
from voice_skill.storage import ladder_file as place
from voice_skill.storage.diary_file import Book
from voice_skill.storage.store import Store
from voice_skill.visit.outcome import Result
from voice_skill.visit.warm_up import Row, WarmUp


def ladder_virtual(content: Content, events: Path | None, as_json: bool) -> int:
    """What would be said and counted today, in virtual time. Changes nothing that is kept."""
    dialog, ladder = content.dialog, content.ladder
    store = Store.from_platform()
    now = datetime.now().astimezone()
    today = today_of(ladder, place.load(store), Book.from_store(store).entries, now)
    lines = read_lines(events) if events else []
    for row in virtual_rows(dialog, ladder, today, Person(lines, obliging(0)), now):
        tell(row, as_json)
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
    outcome = VirtualWarmUp(warm_up, person).run().outcome
    _, line = gone_on(ladder, today, coach, warm_up.state, outcome, now.date())
    *rows, end = warm_up.rows
    return [*rows, *([Row(end.at_seconds, "say", None, line)] if line else []), end]


def ladder_spoken(
    content: Content,
    as_json: bool,
    devices: Mapping[str, str | None],
    model: Path | None,
    fresh: bool,
) -> int:
    """A session on the ladder by voice, after today's check. Sound is loaded only here.

    Raises UsageError where no check of today came to a warm-up.
    """
    from voice_skill.runtime.continuing import by_voice, saying
    from voice_skill.runtime.voice.equipment import own_studio
    from voice_skill.runtime.way_back import hold

    dialog, ladder = content.dialog, content.ladder
    store = Store.from_platform()
    now = datetime.now().astimezone()
    book = Book.from_store(store)
    checked = checked_today(ladder.limits, book.entries, now)
    if checked is None:
        raise UsageError(ladder.programme.messages["check_first"])
    today = today_of(ladder, place.load(store), book.entries, now)
    with own_studio(content, devices, model) as spoken:
        run = by_voice(spoken, partial(tell, as_json=as_json))
        say = saying(spoken)
        held = hold(dialog, ladder, today, store, checked.pain, run, say, fresh=fresh)
        if held is not None:
            with store.changing():
                Book.from_store(store).with_entry(_with_ladder(checked, *held)).save()
    return 0


def _with_ladder(entry: Entry, result: Result, told: str) -> Entry:
    pains = [pain for pain in (entry.pain, result.pain) if pain is not None]
    return replace(entry, care=result.care, pain=max(pains, default=None), ladder=told)
