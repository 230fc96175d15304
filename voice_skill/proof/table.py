"""Proofs over the decision table: every combination of answers, by exact search."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from voice_skill.dialog.decision import rank
from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.domains import domains
from voice_skill.dialog.expressions import ALWAYS, FLAGS, Compare, names
from voice_skill.dialog.fields import YesNoField
from voice_skill.dialog.interpretation import Value
from voice_skill.dialog.model import CareLevel
from voice_skill.dialog.safety import Safety, expressions
from voice_skill.dialog.search import Claim, Domains, View, find
from voice_skill.proof.coach_text import CoachText

Said = dict[str, Value]


@dataclass(frozen=True)
class Table:
    """A dialog's rules as claims over what a person may say. coach: its warm-ups, if any."""

    dialog: Dialog
    safety: Safety
    coach: CoachText | None = None

    @cached_property
    def view(self) -> View:
        """How answers become values in this dialog."""
        safe = {**self.dialog.safe_values, **dict.fromkeys(FLAGS, "no")}
        return View(self.dialog.guards, safe, {})

    @cached_property
    def domains(self) -> Domains:
        """Values of all fields, told apart by rules, guards and floors; the safe one first."""
        dialog = self.dialog
        read = [e for _, e in dialog.rules] + [*dialog.guards.values(), *dialog.again.values()]
        read += expressions(self.safety)
        found = domains(dialog.fields, dialog.safe_values, read)
        for name, value in passing_values(dialog).items():
            found[name] = tuple(v for v in found[name] if v != value)
        return found

    def none_of(self, least: CareLevel, view: View | None = None) -> list[Claim]:
        """That no rule of at least this care holds."""
        return [
            Claim(view or self.view, expression, holds=False)
            for rule, expression in self.dialog.rules
            if rank(rule.care) >= rank(least)
        ]

    def shortest(self, claims: Iterable[Claim]) -> Said | None:
        """What a person says when all claims hold, without anything that does not matter."""
        claims = list(claims)
        said = self._found(claims)
        if said is None:
            return None
        said = {name: value for name, value in said.items() if value != self.well[name]}
        for name in sorted(said):
            plainer = {n: value for n, value in said.items() if n != name}
            if self._broken(claims, plainer) == []:
                said = plainer
        for name in sorted(said):
            said = next((sooner for sooner in self._sooner(said, name)
                         if self._broken(claims, sooner) == []), said)  # fmt: skip
        return said

    def brought_up(self, name: str) -> Said | None:
        """Someone whom a question may be asked, or None if it never is."""
        return self.shortest([Claim(self.view, self.dialog.guards[name])])

    def _sooner(self, said: Said, name: str) -> Iterator[Said]:
        """The same where something is told in answer to a question that comes before another."""
        rest = {n: value for n, value in said.items() if n != name}
        for before in sorted(names(self.dialog.guards.get(name, ALWAYS)) & self.well.keys()):
            for value in () if before in said else self.domains[before][1:]:
                yield {**rest, before: value}

    def _found(self, claims: list[Claim]) -> Said | None:
        """The answers on which it rests that all claims hold of someone who is otherwise well.

        What must not hold is taken into the search only once it stands in the way: most rules never
        do, and the search is short.
        """
        taken = [claim for claim in claims if claim.holds]
        while (found := find(taken, self.domains)) is not None:
            broken = self._broken(claims, found)
            if not broken:
                return found
            taken += broken
        return None

    def _broken(self, claims: Iterable[Claim], said: Said) -> list[Claim]:
        """The claims that do not hold of someone who says this and is otherwise well."""
        everything = {**self.well, **said}
        return [c for c in claims if c.view.truth(c.expression, everything) != c.holds]

    @cached_property
    def well(self) -> Said:
        """The answers of someone who is well."""
        return {name: values[0] for name, values in self.domains.items()}


def passing_values(dialog: Dialog) -> dict[str, Value]:
    """Values that never stay, since a follow-up question settles them: field -> value."""
    found: dict[str, Value] = {}
    for name, field in dialog.fields.items():
        guard = dialog.guards[name]
        settles = field.settles if isinstance(field, YesNoField) else None
        if settles and isinstance(guard, Compare) and guard.operator == "==":
            found[guard.field] = guard.constant
    return found


def in_words(said: Said) -> str:
    """Answers for a message: `saddle yes, age 70`."""
    return ", ".join(f"{name} {value}" for name, value in said.items()) or "everything safe"
