"""What answers would make some expressions true and others false: an exact search.

A person is pictured as a table of what they would say to every question. A question counts only if
its guard holds; otherwise its field has the safe value. The search fills that table step by step,
evaluates with three truth values (unknown is one of them), and gives up a branch as soon as a claim
cannot hold any more. What it does not find does not exist among the values of `domains`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from voice_skill.dialog.expressions import (
    ALWAYS,
    AllOf,
    AnyOf,
    Compare,
    Expression,
    Flag,
    Not,
    OneOf,
    Positive,
    atoms,
    names,
)
from voice_skill.dialog.interpretation import Value

Said = Mapping[str, Value]
Domains = Mapping[str, tuple[Value, ...]]
Atom = Positive | Flag | Compare | OneOf
Memo = dict[tuple[int, str], Value | None]


@dataclass(frozen=True)
class View:
    """How what is said becomes values: which questions are asked, and what holds if not.

    fixed: values that are known whatever is said. unguarded: fields asked whatever their guard.
    """

    guards: Mapping[str, Expression]
    safe: Mapping[str, Value]
    fixed: Mapping[str, Value]
    unguarded: frozenset[str] = frozenset()

    def value(self, name: str, said: Said, memo: Memo | None = None) -> Value | None:
        """The value of a field, or None as long as it is open. memo: of this `said` only."""
        if memo is None:
            return self._value(name, said, {})
        key = (id(self), name)
        if key not in memo:
            memo[key] = self._value(name, said, memo)
        return memo[key]

    def _value(self, name: str, said: Said, memo: Memo) -> Value | None:
        if name in self.fixed:
            return self.fixed[name]
        answer = said.get(name)
        guard = self.guards.get(name, ALWAYS)
        if guard == ALWAYS or name in self.unguarded:
            return answer
        safe = self.safe[name]
        if answer == safe:
            return answer
        asked = self.truth(guard, said, memo)
        if asked is None:
            return None
        return answer if asked else safe

    def truth(self, expression: Expression, said: Said, memo: Memo | None = None) -> bool | None:
        """Whether an expression holds; None as long as that is open."""
        memo = {} if memo is None else memo
        if isinstance(expression, AllOf | AnyOf):
            decisive = isinstance(expression, AnyOf)
            result: bool | None = not decisive
            for part in expression.parts:
                found = self.truth(part, said, memo)
                if found is decisive:
                    return decisive
                if found is None:
                    result = None
            return result
        if isinstance(expression, Not):
            found = self.truth(expression.part, said, memo)
            return None if found is None else not found
        name = atom_name(expression)
        value = self.value(name, said, memo)
        return None if value is None else expression.holds({name: value})

    def unknown(self, expression: Expression, said: Said) -> str | None:
        """A question that must be answered before the expression is decided."""
        for atom in atoms(expression):
            name = atom_name(atom)
            if name in self.fixed or self.value(name, said) is not None:
                continue
            if name not in said:
                return name
            return self.unknown(self.guards[name], said)
        return None


@dataclass(frozen=True)
class Claim:
    """That an expression holds, or does not, in one view."""

    view: View
    expression: Expression
    holds: bool = True


def atom_name(atom: Atom) -> str:
    """The field or flag that a leaf reads."""
    return atom.name if isinstance(atom, Flag) else atom.field


def find(claims: Iterable[Claim], domains: Domains) -> dict[str, Value] | None:
    """What is said when all claims hold, or None if they never do.

    Values are tried in the order of `domains`. What is left out of the result does not matter.
    """
    listed = list(claims)
    goal = frozenset(n for claim in listed if claim.holds for n in names(claim.expression))
    # what must hold first, then what speaks of the same fields: a contradiction shows early
    listed.sort(key=lambda c: (not c.holds, goal.isdisjoint(names(c.expression))))
    return _search(listed, domains, {})


def _search(
    claims: Sequence[Claim], domains: Domains, said: dict[str, Value]
) -> dict[str, Value] | None:
    still_open: list[Claim] = []
    memo: Memo = {}
    for claim in claims:
        truth = claim.view.truth(claim.expression, said, memo)
        if truth is None:
            still_open.append(claim)
        elif truth != claim.holds:
            return None
    if not still_open:
        return said
    first = still_open[0]
    name = first.view.unknown(first.expression, said)
    if name is None:  # guards that wait for each other: never asked
        return None
    for value in domains[name]:
        found = _search(still_open, domains, {**said, name: value})
        if found is not None:
            return found
    return None
