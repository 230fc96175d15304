"""What a person says when a question comes up, or a rule holds: built up, and seldom searched.

The witness of a question joins those of the questions that its guard reads. If they do not
conflict all their guards still hold, since what some answers decide stays decided by more of them.
Only where they conflict everything is searched. So the time grows in proportion to the dialog.
"""

from collections import ChainMap
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from graphlib import TopologicalSorter

from voice_skill.dialog.expressions import Expression, names
from voice_skill.dialog.interpretation import Value
from voice_skill.dialog.search import Claim, Domains, Memo, View, find
from voice_skill.proof.table import Table


@dataclass(frozen=True, eq=False)
class Witness:
    """Some answers, and those that brought up the questions they answer."""

    own: Mapping[str, Value]
    before: tuple["Witness", ...] = ()

    def said(self) -> dict[str, Value] | None:
        """All the answers, or None if two of them conflict."""
        found: dict[str, Value] = {}
        todo, seen = [self], {id(self)}
        while todo:
            witness = todo.pop()
            for name, value in witness.own.items():
                if found.setdefault(name, value) != value:
                    return None
            fresh = [other for other in witness.before if id(other) not in seen]
            seen |= {id(other) for other in fresh}
            todo += fresh
        return found


@dataclass(frozen=True)
class Witnesses:
    """Finds witnesses in one table. Its questions must not wait for themselves.

    domains: what may be said; without values that a follow-up settles, only what may stay.
    """

    table: Table
    domains: Domains

    @cached_property
    def order(self) -> list[str]:
        """The questions, each after those that its guard reads."""
        guards = self.table.dialog.guards
        reads = {name: names(guard) & guards.keys() for name, guard in guards.items()}
        return list(TopologicalSorter(reads).static_order())

    @cached_property
    def asked(self) -> dict[str, Witness]:
        """For each question that can come up, someone whom it is asked."""
        found: dict[str, Witness] = {}
        for name in self.order:
            witness = self._joined(self.table.dialog.guards[name], found)
            if witness is not None:
                found[name] = witness
        return found

    def of(self, expression: Expression) -> Witness | None:
        """Someone for whom an expression holds, or None if it never does."""
        return self._joined(expression, self.asked)

    def _joined(self, expression: Expression, asked: Mapping[str, Witness]) -> Witness | None:
        table = self.table
        free = View({}, table.view.safe, {})
        own = find([Claim(free, expression)], self.domains)
        if own is None:
            return None
        asks = table.dialog.guards.keys()
        grave = [name for name, value in own.items() if name in asks and value != self._safe[name]]
        if all(name in asked for name in grave):
            joined = Witness(own, tuple(asked[name] for name in grave))
            if len(own) == len(grave) <= 1 or joined.said() is not None:
                return joined
        searched = find([Claim(table.view, expression)], self.domains)
        return None if searched is None else Witness(searched)

    def values(self, said: Mapping[str, Value]) -> dict[str, Value]:
        """The values of what is said by someone whose other answers are all safe."""
        view, whole = self.table.view, ChainMap(dict(said), self._safe)
        memo: Memo = {}
        for name in sorted(said, key=lambda name: self._place.get(name, 0)):
            view.value(name, whole, memo)  # each after what it hangs on, so never deep
        return {name: value for name in said if (value := memo[id(view), name]) is not None}

    @cached_property
    def _safe(self) -> dict[str, Value]:
        return {name: values[0] for name, values in self.domains.items()}

    @cached_property
    def _place(self) -> dict[str, int]:
        return {name: place for place, name in enumerate(self.order)}
