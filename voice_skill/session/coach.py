"""`voice-skill coach`: one routine, in virtual or in real time."""

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from voice_skill.coaching.library import Library
from voice_skill.dialog.dialog import Dialog
from voice_skill.errors import UsageError
from voice_skill.session.conversation import Conversation
from voice_skill.session.virtual import Person, VirtualWarmUp, obliging, read_lines
from voice_skill.session.warm_up import Row, WarmUp

EARLY_HOURS = (4, 8)


def coach_virtual(
    dialog: Dialog, folder: Path, name: str, events: Path | None, as_json: bool
) -> int:
    """Run a routine in virtual time and print what happened."""
    library = Library.from_folder(folder, dialog)
    coach = library.coach(dialog, name)
    lines = read_lines(events) if events else []
    warm_up = WarmUp(dialog, coach, library)
    VirtualWarmUp(warm_up, Person(lines, obliging(coach.start_pain))).run()
    for row in warm_up.rows:
        print(json.dumps(row.to_json(), ensure_ascii=False) if as_json else in_words(row))
    sys.stdout.flush()
    return 0


def coach_spoken(
    dialog: Dialog,
    folder: Path,
    name: str,
    as_json: bool,
    settings: dict[str, Any],
    model: Path | None,
    fresh: bool,
) -> int:
    """Run a routine in real time, by voice. Sound is loaded only here.

    One that was cut off is taken up where it was, unless `fresh`.
    """
    from voice_skill.session.coached import Coached
    from voice_skill.session.cut_off import COACH, CutOff, kept_until_over
    from voice_skill.session.quiet import quiet_libraries
    from voice_skill.session.settings import load
    from voice_skill.session.spoken import to_screen
    from voice_skill.session.store import Store
    from voice_skill.session.studio import studio

    library = Library.from_folder(folder, dialog)
    store = Store.from_platform()
    path = store.sessions / COACH
    left = None if fresh else CutOff.from_file(path, datetime.now().astimezone())
    if left and left.routine != library.routine(name).id:
        left = None
    coach = library.coach(dialog, name, early=left.early if left else is_early())
    warm_up = WarmUp(dialog, coach, library)
    if left:
        left.take_up(warm_up)
    chosen = {**load(store), **{k: v for k, v in settings.items() if v}}

    def remember(change: dict[str, Any]) -> None:
        store.save("settings", {**load(store), **change})

    def told(row: Row) -> None:
        if as_json:
            print(json.dumps(row.to_json(), ensure_ascii=False), flush=True)
        elif row.kind != "earcon":
            print(in_words(row), flush=True)

    conversation = Conversation.from_dialog(dialog)
    with quiet_libraries(), studio(conversation, chosen, remember, to_screen, model) as spoken:
        coached = Coached(spoken, warm_up, told=told)
        lacking = coached.ears.left_out()
        if lacking:
            to_screen(dialog.message("phrases_left_out", count=len(lacking)))
        with kept_until_over(warm_up, path):
            coached.run()
    return 0


def is_early() -> bool:
    """Whether most people have only just got up: discs bend worst in the first hour."""
    return EARLY_HOURS[0] <= datetime.now().astimezone().hour < EARLY_HOURS[1]


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
