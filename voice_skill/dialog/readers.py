"""Who reads what: the rules and questions that an answer can touch.

Someone who says nothing but safe answers is well. For such a person every rule and every guard is
looked at once; for anybody else only those that read an answer which is not safe. So the time of a
turn grows with what was answered, not with the size of the dialog.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from voice_skill.dialog.expressions import Expression, names
from voice_skill.dialog.interpretation import Value


@dataclass(frozen=True)
class Reading:
    """Expressions by what they read. well: the places of those that hold of someone well."""

    readers: Mapping[str, tuple[int, ...]]
    well: frozenset[int]

    @classmethod
    def of(cls, expressions: Iterable[Expression], well: Mapping[str, Value]) -> "Reading":
        """Look at each expression once. well: the safe value of every name."""
        readers: dict[str, list[int]] = {}
        holding = set()
        for place, expression in enumerate(expressions):
            for name in names(expression):
                readers.setdefault(name, []).append(place)
            if names(expression) <= well.keys() and expression.holds(well):
                holding.add(place)
        return cls({name: tuple(places) for name, places in readers.items()}, frozenset(holding))

    def touched(self, changed: Iterable[str]) -> list[int]:
        """The places of all that may hold, in order. changed: names whose value is not safe."""
        found = set(self.well)
        for name in changed:
            found.update(self.readers.get(name, ()))
        return sorted(found)


def hanging(
    rules: Iterable[Expression], guards: Mapping[str, Expression]
) -> dict[str, tuple[int, ...]]:
    """For each question, the places of the rules that may hang on it, through guards as well."""
    found: dict[str, list[int]] = {}
    for place, rule in enumerate(rules):
        todo, seen = list(names(rule)), set()
        while todo:
            name = todo.pop()
            if name not in seen and name in guards:
                seen.add(name)
                todo += names(guards[name])
        for name in seen:
            found.setdefault(name, []).append(place)
    return {name: tuple(places) for name, places in found.items()}
