"""Proofs over the decision table: every combination of answers, by exact search."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from voice_skill.dialog.decision import decide, rank
from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.domains import domains
from voice_skill.dialog.expressions import (
    ALWAYS,
    FLAGS,
    Compare,
    Expression,
    names,
    parse,
)
from voice_skill.dialog.interpretation import Value
from voice_skill.dialog.model import CareLevel, ChoiceField, Rule, YesNoField
from voice_skill.dialog.past import FLAGS as PAST_FLAGS
from voice_skill.dialog.search import Claim, Domains, View, find
from voice_skill.proof.finding import Finding
from voice_skill.proof.safety import Safety, expressions

Said = dict[str, Value]


@dataclass(frozen=True)
class Table:
    """A dialog's rules as claims over what a person may say."""

    dialog: Dialog
    safety: Safety

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
        found = find(claims, self.domains)
        if found is None:
            return None
        said = {**{name: values[0] for name, values in self.domains.items()}, **found}
        for name in sorted(found):
            plainer = {**said, name: self.domains[name][0]}
            if all(c.view.truth(c.expression, plainer) == c.holds for c in claims):
                said = plainer
        return {name: value for name, value in said.items() if value != self.domains[name][0]}


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


def no_disposition(table: Table) -> Iterator[Finding]:
    """Every combination of answers fires a rule; nothing ends in a warm-up by default."""
    said = table.shortest(reversed(table.none_of("WARMUP")))  # what decides last first
    if said is not None:
        yield Finding("every_combination_has_a_disposition", "error",
                      f"no rule holds for: {in_words(said)}",
                      "add a rule for it", said=said)  # fmt: skip


def floors(table: Table) -> Iterator[Finding]:
    """Every sign comes to at least its care."""
    for index, floor in enumerate(table.safety.floors):
        goal = Claim(table.view, parse(floor.when))
        rule = "no_red_flag_reaches_exercise"
        said = table.shortest([goal, *table.none_of("REST")])
        if said is None:
            rule = "floors_hold"
            said = table.shortest([goal, *table.none_of(floor.at_least)])
        if said is None:
            continue
        care = decide(
            table.dialog,
            {n: v for n, v in said.items() if n not in FLAGS},
            frozenset(n for n in said if n in FLAGS),
        ).care
        yield Finding(
            rule,
            "error",
            f"'{floor.when}' must come to {floor.at_least} ({floor.source}), but comes to {care} "
            f"with: {in_words(said)}",
            f"give it a rule of at least {floor.at_least}",
            ("floors", index),
            said,
        )


def asked(table: Table) -> Iterator[Finding]:
    """Every question is asked where it must be: what is not asked counts as safe."""
    for index, must in enumerate(table.safety.must_ask):
        situation = [Claim(table.view, parse(must.when))] if must.when else []
        for name in must.ask:
            unasked = Claim(table.view, table.dialog.guards[name], holds=False)
            said = table.shortest([*situation, unasked])
            if said is not None:
                yield Finding(
                    "no_red_flag_reaches_exercise",
                    "error",
                    f"'{name}' must be asked ({must.source}), but is not with: {in_words(said)}",
                    "widen its `when`",
                    ("must_ask", index),
                    said,
                )


def asked_only(table: Table) -> Iterator[Finding]:
    """A question whose answer lowers the care comes up only where it may."""
    for index, must in enumerate(table.safety.ask_only):
        for name in must.ask:
            outside = Claim(table.view, parse(must.when or "incomplete"), holds=False)
            said = table.shortest([Claim(table.view, table.dialog.guards[name]), outside])
            if said is not None:
                yield Finding("floors_hold", "error",
                              f"'{name}' may only be asked where '{must.when}' ({must.source}), "
                              f"but is with: {in_words(said)}", "narrow its `when`",
                              ("ask_only", index), said)  # fmt: skip


def warm_ups(table: Table) -> Iterator[Finding]:
    """Only the allowed warm-ups are given."""
    for index, limit in enumerate(table.safety.warm_ups):
        earlier: list[Claim] = []
        for rule, expression in table.dialog.rules:
            if rule.care != "WARMUP":
                continue
            if rule.variant not in limit.only:
                claims = [Claim(table.view, parse(limit.when)), Claim(table.view, expression)]
                said = table.shortest([*claims, *earlier, *table.none_of("REST")])
                if said is not None:
                    yield Finding(
                        "no_red_flag_reaches_exercise",
                        "error",
                        f"'{limit.when}' allows only {' or '.join(limit.only)} ({limit.source}), "
                        f"but rule {rule.id} gives {rule.variant} with: {in_words(said)}",
                        "order the warm-up rules from the most careful, or narrow this one",
                        ("warm_ups", index),
                        said,
                    )
            earlier.append(Claim(table.view, expression, holds=False))


def rules_in_use(table: Table) -> Iterator[Finding]:
    """Every rule can hold, and can decide."""
    for rule, expression in table.dialog.rules:
        if find([Claim(table.view, expression)], table.domains) is None:
            yield Finding("every_rule_can_hold", "error", f"rule {rule.id} can never hold",
                          "correct or delete it", ("rule", rule.id))  # fmt: skip
            continue
        decides = _decides(table, rule, expression)
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


def _decides(table: Table, rule: Rule, expression: Expression) -> bool:
    before = True
    others: list[Claim] = []
    for other, its in table.dialog.rules:
        if other.id == rule.id:
            before = False
        elif rank(other.care) > rank(rule.care) or (
            other.care == rule.care and (rule.care != "WARMUP" or before)
        ):
            others.append(Claim(table.view, its, holds=False))
    return find([Claim(table.view, expression), *others], table.domains) is not None


def questions_in_use(table: Table) -> Iterator[Finding]:
    """Every question can come up (that none waits for itself is checked before)."""
    dialog = table.dialog
    for name, field in dialog.fields.items():
        if field.role in ("readback", "wrong_part", "confirm"):
            continue
        if find([Claim(table.view, dialog.guards[name])], dialog.domains) is None:
            yield Finding("every_question_can_come_up", "error", f"'{name}' is never asked",
                          "change its `when`, or delete it", ("field", name))  # fmt: skip


def waits_for_itself(dialog: Dialog, name: str) -> bool:
    """Whether the guard of a field reads the field, at once or through other guards."""
    seen: set[str] = set()
    todo = list(names(dialog.guards[name]))
    while todo:
        found = todo.pop()
        if found == name:
            return True
        if found not in seen and found in dialog.guards:
            seen.add(found)
            todo += names(dialog.guards[found])
    return False


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
