"""Moments of a conversation: each question reached once, with the real machine."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.effects import Effect, Listen
from voice_skill.dialog.events import Answered, Event, NoInput, Started
from voice_skill.dialog.fields import FreeField
from voice_skill.dialog.interpretation import Interpretation, Value
from voice_skill.dialog.machine import step
from voice_skill.dialog.past import FLAGS, Past
from voice_skill.dialog.search import Claim
from voice_skill.dialog.state import State
from voice_skill.proof.table import Table


@dataclass(frozen=True)
class Moment:
    """A question that has just been asked, and what was said before."""

    name: str
    state: State
    said: Mapping[str, Value]


@dataclass
class Walks:
    """Conversations of people who are otherwise well. What they have in common is held once."""

    dialog: Dialog
    steps: dict[tuple[int, object], tuple[int, State, str | None]] = field(default_factory=dict)

    def of(self, said: Mapping[str, Value]) -> Iterator[Moment]:
        """Each question as it is asked of someone who says these values."""
        past = Past(frozenset(FLAGS & said.keys()))
        place, state, name = self._taken(0, past.flags, State(), Started(past=past))
        for _ in range(3 * len(self.dialog.fields)):
            if state.finished or name is None:
                return
            yield Moment(name, state, said)
            event = answer(self.dialog, name, said)
            value = event.interpretation.value if isinstance(event, Answered) else None
            place, state, name = self._taken(place, value, state, event)

    def _taken(
        self, place: int, value: object, state: State, event: Event
    ) -> tuple[int, State, str | None]:
        """Where an answer leads from a place: the next place, the state there, what is asked."""
        key = (place, value)
        if key not in self.steps:
            after, effects = step(self.dialog, state, event)
            self.steps[key] = (len(self.steps) + 1, after, floor(effects))
        return self.steps[key]


def moments(table: Table) -> list[Moment]:
    """Every question at the moment it is first asked, by people who are otherwise well."""
    walks, found = Walks(table.dialog), dict[str, Moment]()
    witnesses = (table.shortest([Claim(table.view, table.dialog.guards[name])])
                 for name in table.dialog.fields)  # fmt: skip
    everyone: list[Mapping[str, Value]] = [{}, *(said for said in witnesses if said is not None)]
    everyone.append({"symptom_now": "yes"} if "symptom_now" in table.dialog.fields else {})
    for said in {frozenset(said.items()): said for said in everyone}.values():
        for moment in walks.of(said):
            found.setdefault(moment.name, moment)
    return list(found.values())


def answer(dialog: Dialog, name: str, said: Mapping[str, Value]) -> Event:
    """The clear answer of someone who says these values, and the safe one elsewhere."""
    asked = dialog.fields[name]
    if isinstance(asked, FreeField):
        return NoInput()
    value = said.get(name, dialog.safe_values[name])
    if asked.role in ("readback", "confirm"):
        value = "yes"
    return Answered(Interpretation("match", value, name))


def floor(effects: tuple[Effect, ...]) -> str | None:
    """The question that a step leaves open."""
    return next((e.field for e in reversed(effects) if isinstance(e, Listen)), None)
