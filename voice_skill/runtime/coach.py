"""`voice-skill coach`: one routine, in virtual or in real time."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from voice_skill.content import Content
from voice_skill.dialog.dialog import Dialog
from voice_skill.errors import UsageError
from voice_skill.runtime.virtual.person import Person, obliging, read_lines
from voice_skill.runtime.virtual.warm_up import VirtualWarmUp
from voice_skill.visit.warm_up import Row, WarmUp


def coach_virtual(content: Content, name: str, events: Path | None, as_json: bool) -> int:
    """Run a routine in virtual time and print what happened."""
    dialog, library = content.dialog, content.library
    coach = library.coach(dialog, name)
    lines = read_lines(events) if events else []
    warm_up = WarmUp(dialog, coach, library)
    VirtualWarmUp(warm_up, Person(lines, obliging(coach.start_pain))).run()
    for row in warm_up.rows:
        tell(row, as_json)
    return 0


def coach_spoken(
    content: Content,
    name: str,
    as_json: bool,
    devices: Mapping[str, str | None],
    model: Path | None,
    fresh: bool,
) -> int:
    """Run a routine in real time, by voice. Sound is loaded only here.

    One that was cut off is taken up where it was, unless `fresh`.
    """
    from voice_skill.runtime.continuing import prepare_recheck
    from voice_skill.runtime.voice.equipment import own_studio
    from voice_skill.runtime.voice.warm_up import Coached
    from voice_skill.storage.store import Store
    from voice_skill.storage.warm_up_journal import COACH, CutOff, kept_until_over

    dialog, library = content.dialog, content.library
    path = Store.from_platform().sessions / COACH
    left = (
        None
        if fresh
        else CutOff.from_file(
            path, datetime.now().astimezone(), timedelta(minutes=dialog.fresh_minutes)
        )
    )
    if left and left.routine != library.routine(name).id:
        left = None
    coach = library.coach(dialog, name, early=left.early if left else is_early(dialog))
    warm_up = WarmUp(dialog, coach, library)
    if left:
        left.take_up(warm_up)
    with own_studio(content, devices, model) as spoken:
        prepare_recheck(warm_up)
        coached = Coached(spoken, warm_up, told=partial(tell, as_json=as_json))
        lacking = coached.ears.left_out()
        if lacking:
            spoken.caption(dialog.message("phrases_left_out", count=len(lacking)))
        with kept_until_over(warm_up, path):
            coached.run()
    return 0


def is_early(dialog: Dialog) -> bool:
    """Whether most people have only just got up: discs bend worst in the first hour."""
    limits, hour = dialog.limits.stop_rule, datetime.now().astimezone().hour
    return limits.early_from_hour.value <= hour < limits.early_until_hour.value


def tell(row: Row, as_json: bool) -> None:
    """Print a row: for machines all of it, for people the time and what was said or heard."""
    if as_json:
        print(json.dumps(row.to_json(), ensure_ascii=False), flush=True)
    elif row.kind != "earcon":
        minutes, seconds = divmod(row.at_seconds, 60)
        mark = {"say": "", "count": "  ", "heard": "> ", "end": "["}[row.kind]
        close = "]" if row.kind == "end" else ""
        print(f"{int(minutes):2}:{seconds:04.1f}  {mark}{row.text}{close}", flush=True)


def check_use(virtual: bool, events: Path | None) -> None:
    """Raise UsageError for options that do not go together."""
    if events and not virtual:
        raise UsageError("--events goes with --virtual")
