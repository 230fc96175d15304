"""Moments of a conversation: each question reached once, with the real machine."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from voice_skill.dialog.decision import rank
from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.effects import Effect, Listen
from voice_skill.dialog.events import Answered, Event, NoInput, Started
from voice_skill.dialog.fields import FreeField
from voice_skill.dialog.history import FLAGS, Past
from voice_skill.dialog.interpretation import Interpretation, Value
from voice_skill.dialog.machine import step
from voice_skill.dialog.search import Claim
from voice_skill.dialog.state import State
from voice_skill.proof.table import Said, Table
from voice_skill.proof.witness import Witnesses


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

    def of(self, said: Mapping[str, Value], known: bool = False) -> Iterator[Moment]:
        """Each question as it is asked of someone who says these values.

        known: whether an earlier session learnt what may be kept of someone who is well.
        """
        past = Past(frozenset(FLAGS & said.keys()))
        kept = {name: self.dialog.safe_values[name] for name, asked in self.dialog.fields.items()
                if asked.profile} if known else {}  # fmt: skip
        begun = Started(kept, past)
        place, state, name = self._taken(0, (past.flags, known), State(), begun)
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
    """Every question that is ever asked, at the moment it is first asked."""
    dialog, walks, found = table.dialog, Walks(table.dialog), dict[str, Moment]()

    def walk(said: Mapping[str, Value], known: bool = False) -> None:
        for moment in walks.of(said, known):
            found.setdefault(moment.name, moment)

    witnesses = (table.brought_up(name) for name in dialog.fields)
    everyone: list[Mapping[str, Value]] = [{}, *(said for said in witnesses if said is not None)]
    ill: Said = {
        n: v for item in dialog.after_a_sign if not item.when for n, v in item.sets.items()
    }
    for said in {frozenset(said.items()): said for said in (*everyone, ill)}.values():
        walk(said)
    walk(ill, known=True)
    walk({name: "no" for name, asked in dialog.fields.items() if asked.role == "readback"})
    asked_after = Witnesses(table, dialog.domains)
    for name in dialog.fields:
        for said in () if name in found else _reasons(table, asked_after, name):
            walk(said)
            if name in found:
                break
    return list(found.values())


def _reasons(table: Table, witnesses: Witnesses, name: str) -> Iterator[Said]:
    """People of whom a question may be asked that none of those who only meet its guard is: since
    its answer brings about a rule, or a value that does not stay."""
    dialog = table.dialog
    if name in witnesses.asked:
        yield witnesses.asked[name].said() or {}
    asked = Claim(table.view, dialog.guards[name])
    for place in dialog.hanging.get(name, ()):
        rule, expression = dialog.rules[place]
        above = [Claim(table.view, its, holds=False) for other, its in dialog.rules
                 if rank(other.care) > rank(rule.care)]  # fmt: skip
        said = table.shortest([asked, Claim(table.view, expression), *above])
        if said is not None:
            yield said


def answer(dialog: Dialog, name: str, said: Mapping[str, Value]) -> Event:
    """The clear answer of someone who says these values, and the safe one elsewhere."""
    asked = dialog.fields[name]
    if isinstance(asked, FreeField):
        return NoInput()
    value = said.get(name, dialog.safe_values[name])
    if asked.role == "confirm" or (asked.role == "readback" and name not in said):
        value = "yes"
    return Answered(Interpretation("match", value, name))


def floor(effects: tuple[Effect, ...]) -> str | None:
    """The question that a step leaves open."""
    return next((e.field for e in reversed(effects) if isinstance(e, Listen)), None)
