"""What is still worth asking: computed from the rules, not written by hand (brief 2.6.1).

A question is worth asking while some answer to it, alone or with answers to other open questions,
could raise the care level (or, among warm-ups, choose a more careful one, or take away one that is
offered beside a graver advice). So is a clearance, which counts as absent until it is asked for,
where it would lower the care (brief 2.5 `checked`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from voice_skill.dialog.decision import (
    Answers,
    Decision,
    changed,
    complete,
    decide,
    decide_with,
    holds_for,
    rank,
)
from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.expressions import FLAGS, Expression, names
from voice_skill.dialog.fields import FreeField, grave_unasked, mildest
from voice_skill.dialog.interpretation import Value
from voice_skill.dialog.model import Rule
from voice_skill.dialog.search import Claim, View, find


@dataclass(frozen=True)
class Situation:
    """Answers so far, with what belongs to them.

    answers: see `decision.Answers`. flags: see `expressions.FLAGS`.
    """

    answers: Answers
    flags: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Outlook:
    """What may still come of a conversation. now: the decision as it stands.

    values: see `decision.complete`.
    """

    dialog: Dialog
    situation: Situation
    now: Decision
    values: Mapping[str, Value]

    @classmethod
    def of(cls, dialog: Dialog, situation: Situation) -> "Outlook":
        """As it stands with these answers."""
        values = complete(dialog, situation.answers, situation.flags)
        now = decide_with(dialog, values, situation.answers, situation.flags)
        return cls(dialog, situation, now, values)

    def matters(self, name: str) -> bool:
        """Whether the answer to an open question could still raise the care level."""
        dialog, answers = self.dialog, self.situation.answers
        if self.now.care == "EMERGENCY" or name in answers:
            return False
        rules = (dialog.rules[place] for place in dialog.hanging.get(name, ()))
        return any(
            _higher(dialog, rule, self.now.care, self.now.variant)
            and name in _support(dialog, names(expression), answers)
            and _reachable(dialog, expression, self.values, answers)
            for rule, expression in rules
        )

    def eases(self, name: str) -> bool:
        """Whether an open question that counts as grave until it is asked could lower the care."""
        dialog, here = self.dialog, self.situation
        field = dialog.fields[name]
        if not grave_unasked(field) or self.now.care == "EMERGENCY" or name in here.answers:
            return False
        milder = decide(dialog, {**here.answers, name: mildest(field)}, here.flags)
        return rank(milder.care) < rank(self.now.care)

    def due(self) -> Iterator[str]:
        """The questions whose guard may hold, in the order of the dialog."""
        dialog, here = self.dialog, self.situation
        places = dialog.guards_read.touched(changed(dialog, here.answers, here.flags))
        for name in (dialog.names[place] for place in places):
            if holds_for(dialog, dialog.guards[name], self.values)[0]:
                yield name


def _higher(dialog: Dialog, rule: Rule, care: str, variant: str | None) -> bool:
    if rule.care != care:
        return rank(rule.care) > rank(care)  # type: ignore[arg-type]
    if care != "WARMUP":
        return _ends_offer(dialog, rule, variant)
    order = [v.id for v in dialog.dispositions["WARMUP"].variants]
    return order.index(rule.variant or order[0]) > order.index(variant or order[0])


def _ends_offer(dialog: Dialog, rule: Rule, variant: str | None) -> bool:
    """Whether a rule of the same care would take away a warm-up that is offered beside it."""
    mine = next((v for v in dialog.dispositions[rule.care].variants if v.id == variant), None)
    return mine is not None and mine.warm_up is not None and rule.id not in mine.rules


def _support(dialog: Dialog, read: frozenset[str], answers: Answers) -> frozenset[str]:
    """The open fields that an expression depends on, through guards as well."""
    found: set[str] = set()
    todo = [name for name in read if name in dialog.fields]
    while todo:
        name = todo.pop()
        if name in found or name in answers or isinstance(dialog.fields[name], FreeField):
            continue
        found.add(name)
        todo += [n for n in names(dialog.guards[name]) if n in dialog.fields]
    return frozenset(found)


def _reachable(
    dialog: Dialog, expression: Expression, values: Mapping[str, Value], answers: Answers
) -> bool:
    """Whether some answers to the open fields make the expression hold."""
    unknown = frozenset(name for name, value in answers.items() if value is None)
    known = {n: values[n] for n in (*answers, *FLAGS) if n in values}
    view = View(dialog.guards, dialog.safe_values, known, unknown)
    return find([Claim(view, expression)], dialog.domains) is not None
