"""`voice-skill coach`: one routine, in virtual or in real time."""

import json
import sys
from pathlib import Path

from voice_skill.coaching.library import Library
from voice_skill.dialog.dialog import Dialog
from voice_skill.errors import UsageError
from voice_skill.session.virtual import Person, VirtualWarmUp, obliging, read_lines
from voice_skill.session.warm_up import Row, WarmUp, make_coach


def coach_virtual(
    dialog: Dialog, folder: Path, name: str, events: Path | None, as_json: bool
) -> int:
    """Run a routine in virtual time and print what happened."""
    library = Library.from_folder(folder, dialog)
    coach = make_coach(dialog, library, name)
    lines = read_lines(events) if events else []
    warm_up = WarmUp(dialog, coach, library)
    VirtualWarmUp(warm_up, Person(lines, obliging(coach.start_pain))).run()
    for row in warm_up.rows:
        print(json.dumps(row.to_json(), ensure_ascii=False) if as_json else in_words(row))
    sys.stdout.flush()
    return 0


def in_words(row: Row) -> str:
    """A row for people: time, and what was said or heard."""
    minutes, seconds = divmod(row.at_seconds, 60)
    mark = {"say": "", "count": "  ", "earcon": "  (", "heard": "> ", "end": "["}[row.kind]
    close = {"earcon": ")", "end": "]"}.get(row.kind, "")
    return f"{int(minutes):2}:{seconds:04.1f}  {mark}{row.text}{close}"


def check_use(virtual: bool, events: Path | None) -> None:
    """Raise UsageError for options that do not go together."""
    if events and not virtual:
        raise UsageError("--events goes with --virtual")
