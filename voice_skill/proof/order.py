"""Proof that a worse answer never comes to less care."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from voice_skill.dialog.expressions import ALWAYS, Expression, names
from voice_skill.dialog.fields import ChoiceField, YesNoField
from voice_skill.dialog.history import FLAGS as PAST_FLAGS
from voice_skill.dialog.interpretation import Value
from voice_skill.dialog.search import Claim
from voice_skill.proof.finding import Finding
from voice_skill.proof.table import Table, in_words


def ordered(table: Table) -> Iterator[Finding]:
    """A worse answer never comes to less care, except where the author says why; nor does
    anything that the diary holds, without exception."""
    declared = {item.field for item in table.safety.not_ordered if not item.rules}
    for name in (*table.dialog.safe_values, *sorted(PAST_FLAGS)):
        if name in declared:
            continue
        values = _from_mildest(table, name)
        for milder, worse in pairwise(values):
            finding = _lowered(table, name, milder, worse)
            if finding is not None:
                yield finding
                break


def _from_mildest(table: Table, name: str) -> list[Value]:
    field = table.dialog.fields.get(name)
    values = table.domains[name]
    if field is None:
        return list(values)
    if isinstance(field, ChoiceField):
        return [value for value in field.values if value in values]
    if isinstance(field, YesNoField):
        return list(values)
    return sorted(values, key=int)


def _lowered(table: Table, name: str, milder: Value, worse: Value) -> Finding | None:
    before = replace(table.view, fixed={name: milder})
    after = replace(table.view, fixed={name: worse})
    asked = Claim(before, table.dialog.guards.get(name, ALWAYS))
    excepted = {r for item in table.safety.not_ordered if item.field == name for r in item.rules}
    for rule, expression in table.dialog.rules:
        unread = name not in _read(table, expression)
        if rule.care == "WARMUP" or unread or rule.id in excepted:
            continue
        claims = [asked, Claim(before, expression), *table.none_of(rule.care, after)]
        said = table.shortest(claims)
        if said is not None:
            return Finding(
                "worse_answers_never_lower_the_care",
                "error",
                f"'{name}' {worse} comes to less than {milder}: rule {rule.id} ({rule.care}) holds "
                f"only for {milder}, with: {in_words(said)}",
                "widen the rule, or declare the field under not_ordered in safety.yaml",
                ("rule", rule.id),
                {**said, name: worse},
                least=rule.care,
            )
    return None


def _read(table: Table, expression: Expression) -> frozenset[str]:
    """The fields an expression depends on, through guards as well."""
    found: set[str] = set()
    todo = list(names(expression))
    while todo:
        name = todo.pop()
        if name not in found:
            found.add(name)
            todo += names(table.dialog.guards[name]) if name in table.dialog.guards else ()
    return frozenset(found)
