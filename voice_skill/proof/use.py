"""Checks that everything is of use: every question comes up, every rule can hold and decide."""

from collections import ChainMap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from voice_skill.dialog.decision import rank
from voice_skill.dialog.expressions import Expression, names
from voice_skill.dialog.interpretation import Value
from voice_skill.dialog.model import Rule
from voice_skill.dialog.search import Claim, find
from voice_skill.proof.finding import Finding
from voice_skill.proof.table import Table
from voice_skill.proof.witness import Witnesses


def cycles(table: Table) -> Iterator[Finding]:
    """No question waits for itself."""
    guards = table.dialog.guards
    try:
        TopologicalSorter({name: names(guard) for name, guard in guards.items()}).prepare()
    except CycleError as error:
        for name in dict.fromkeys(error.args[1]):
            yield Finding("every_question_can_come_up", "error",
                          f"'{name}' is asked only after itself", "change its `when`",
                          ("field", name))  # fmt: skip


def questions(table: Table, witnesses: Witnesses) -> Iterator[Finding]:
    """Every question can come up (that none waits for itself is checked before)."""
    for name, field in table.dialog.fields.items():
        spoken = field.role not in ("readback", "wrong_part", "confirm")
        if spoken and name not in witnesses.asked:
            yield Finding("every_question_can_come_up", "error", f"'{name}' is never asked",
                          "change its `when`, or delete it", ("field", name))  # fmt: skip


def rules(table: Table, witnesses: Witnesses) -> Iterator[Finding]:
    """Every rule can hold, and can decide."""
    deciding = Deciding.from_table(table, witnesses)
    for place, (rule, expression) in enumerate(table.dialog.rules):
        witness = witnesses.of(expression)
        if witness is None:
            yield Finding("every_rule_can_hold", "error", f"rule {rule.id} can never hold",
                          "correct or delete it", ("rule", rule.id))  # fmt: skip
            continue
        decides = deciding.decides(place, witness.said())
        declared = rule.id in table.safety.never_decide
        if not decides and not declared:
            yield Finding("every_rule_can_decide", "warning",
                          f"rule {rule.id} never decides: others hold wherever it does",
                          "delete it, or declare why it stays under never_decide in safety.yaml",
                          ("rule", rule.id))  # fmt: skip
        elif decides and declared:
            yield Finding("every_rule_can_decide", "warning",
                          f"rule {rule.id} does decide, though safety.yaml says it never does",
                          "remove it from never_decide", ("rule", rule.id))  # fmt: skip


@dataclass(frozen=True)
class Deciding:
    """Whether rules can decide.

    readers: for each field the rules that read it, by their place. well: the values of someone
    whose answers are all safe. always: the rules that hold then.
    """

    table: Table
    witnesses: Witnesses
    readers: Mapping[str, tuple[int, ...]]
    well: dict[str, Value]
    always: frozenset[int]

    @classmethod
    def from_table(cls, table: Table, witnesses: Witnesses) -> "Deciding":
        """Index the rules by what they read."""
        readers: dict[str, list[int]] = {}
        for place, (_, expression) in enumerate(table.dialog.rules):
            for name in names(expression):
                readers.setdefault(name, []).append(place)
        well = {name: values[0] for name, values in table.domains.items()}
        always = (place for place, (_, its) in enumerate(table.dialog.rules) if its.holds(well))
        told = {name: tuple(places) for name, places in readers.items()}
        return cls(table, witnesses, told, well, frozenset(always))

    def decides(self, place: int, said: Mapping[str, Value] | None) -> bool:
        """Whether the rule holds somewhere, and nothing that stands above it.

        said: where it holds, if that is known. Only the rules that stand in the way there are
        taken into the search for another place, until none does, or there is no other place.
        """
        view, rules = self.table.view, self.table.dialog.rules
        claims = [Claim(view, rules[place][1])]
        found = find(claims, self.table.domains) if said is None else said
        while found is not None:
            rivals = [other for other in self._holding(found) if _above(rules, other, place)]
            if not rivals:
                return True
            claims += [Claim(view, rules[other][1], holds=False) for other in rivals]
            found = find(claims, self.table.domains)
        return False

    def _holding(self, said: Mapping[str, Value]) -> list[int]:
        """The rules that hold for someone whose other answers are all safe."""
        values = ChainMap(self.witnesses.values(said), self.well)
        read = {place for name in said for place in self.readers.get(name, ())} | self.always
        return [place for place in read if self.table.dialog.rules[place][1].holds(values)]


def _above(rules: Sequence[tuple[Rule, Expression]], other: int, place: int) -> bool:
    """Whether the rule at one place leaves nothing to decide for that at another."""
    its, rule = rules[other][0], rules[place][0]
    if its.care == rule.care:
        return other != place and (rule.care != "WARMUP" or other < place)
    return rank(its.care) > rank(rule.care)
