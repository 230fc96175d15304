"""The warm-up of a persona or a script after its check, in virtual time."""

from collections.abc import Callable
from typing import TextIO

from voice_skill.coaching.state import Coach
from voice_skill.content import Content
from voice_skill.dialog.state import State
from voice_skill.runtime.virtual.person import Person
from voice_skill.runtime.virtual.warm_up import VirtualWarmUp
from voice_skill.visit.choosing import coach_for
from voice_skill.visit.outcome import Result
from voice_skill.visit.warm_up import Row, WarmUp


def virtual_warm_up(
    content: Content,
    name: str,
    state: State,
    person: Callable[[Coach], Person],
    screen: TextIO | None,
) -> Result:
    """The warm-up of a persona or a script, in virtual time."""
    dialog, library = content.dialog, content.library
    coach = coach_for(dialog, library, name, state)
    warm_up = WarmUp(dialog, coach, library)
    held = VirtualWarmUp(warm_up, person(coach), triage=state)
    result = held.run()
    for row in warm_up.rows:
        _show(row, screen)
    return result


def _show(row: Row, screen: TextIO | None) -> None:
    if screen is None or row.kind == "earcon":
        return
    mark = {"heard": "> ", "count": "  ", "end": "[", "say": ""}[row.kind]
    print(f"{mark}{row.text}{']' if row.kind == 'end' else ''}", file=screen)
