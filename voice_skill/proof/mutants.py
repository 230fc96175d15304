"""Ways to break a dialog: each yields a whole dialog with one fault in it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.expressions import (
    ALWAYS,
    AllOf,
    AnyOf,
    Compare,
    Expression,
    Not,
    OneOf,
)
from voice_skill.dialog.fields import ChoiceField, YesNoField
from voice_skill.dialog.limits import Number
from voice_skill.dialog.model import CARE_ORDER, Rule

Kind = Literal["table", "turns", "words", "ends", "limits"]
NEVER: Expression = Not(ALWAYS)
MILDER_IF_LESS = frozenset(
    {
        "stop_rule.early_until_hour",
        "ladder.top_sessions",
        "ladder.step_days",
        "ladder.rest_days",
        "ladder.offer_days",
        "looking_back.fresh_days",
        "looking_back.recent_days",
        "looking_back.steady_days",
        "looking_back.steady_workouts",
    }
)
"""Limits that let more pass if they are lower; all others do if they are higher."""
_SLACK = {">=": ">", ">": ">=", "<=": "<", "<": "<=", "==": "!=", "!=": "=="}


@dataclass(frozen=True)
class Mutant:
    """A dialog with one fault. about: the field whose words changed, if any.

    milder: of a clinical number, whether more passes than did before.
    """

    name: str
    kind: Kind
    dialog: Dialog
    about: str = ""
    milder: bool = True


def mutants(dialog: Dialog) -> Iterator[Mutant]:
    """Every fault, in one order."""
    yield from _rules(dialog)
    yield from _guards(dialog)
    yield from _turns(dialog)
    yield from _words(dialog)
    yield from _ends(dialog)
    yield from _limits(dialog)


def _rules(dialog: Dialog) -> Iterator[Mutant]:
    for index, (rule, expression) in enumerate(dialog.rules):

        def with_rule(
            *changed: tuple[Rule, Expression], at: int = index
        ) -> tuple[tuple[Rule, Expression], ...]:
            return (*dialog.rules[:at], *changed, *dialog.rules[at + 1 :])

        def mutant(what: str, *changed: tuple[Rule, Expression], of: Rule = rule) -> Mutant:
            return Mutant(f"rule {of.id}: {what}", "table",
                          replace(dialog, rules=with_rule(*changed)))  # fmt: skip

        yield mutant("deleted")
        for care in CARE_ORDER[: CARE_ORDER.index(rule.care)][-1:]:
            lower = rule.model_copy(update={"care": care, "variant": None})
            yield mutant(f"care lowered to {care}", (lower, expression))
        yield mutant("polarity flipped", (rule, Not(expression)))
        for number, other in enumerate(_faults(expression), start=1):
            yield mutant(f"condition changed, {number}", (rule, other))


def _faults(expression: Expression) -> Iterator[Expression]:
    """Expressions with one fault: a part lost, and for or, a constant or an operator off."""
    if isinstance(expression, Not):
        yield expression.part
        yield from (Not(part) for part in _faults(expression.part))
    elif isinstance(expression, AllOf | AnyOf):
        kind = type(expression)
        yield (AnyOf if kind is AllOf else AllOf)(expression.parts)
        for index, part in enumerate(expression.parts):
            before, after = expression.parts[:index], expression.parts[index + 1 :]
            yield kind((*before, *after))
            yield from (kind((*before, fault, *after)) for fault in _faults(part))
    elif isinstance(expression, Compare):
        yield replace(expression, operator=_SLACK[expression.operator])  # type: ignore[arg-type]
        if isinstance(expression.constant, int):
            yield replace(expression, constant=expression.constant + 1)
            yield replace(expression, constant=expression.constant - 1)
    elif isinstance(expression, OneOf):
        for index in range(len(expression.constants)):
            kept = expression.constants[:index] + expression.constants[index + 1 :]
            yield replace(expression, constants=kept)


def _guards(dialog: Dialog) -> Iterator[Mutant]:
    for name, guard in dialog.guards.items():
        if dialog.fields[name].role not in ("question", "gate"):
            continue
        faults = [NEVER, *(_faults(guard) if guard != ALWAYS else ())]
        for number, fault in enumerate(faults):
            what = "never asked" if number == 0 else f"asked at other times, {number}"
            guards = {**dialog.guards, name: fault}
            yield Mutant(f"question {name}: {what}", "table", replace(dialog, guards=guards))


def _with_field(dialog: Dialog, name: str, **changes: Any) -> Dialog:
    fields = {**dialog.fields, name: dialog.fields[name].model_copy(update=changes)}
    return replace(dialog, fields=fields)


def _turns(dialog: Dialog) -> Iterator[Mutant]:
    for name, field in dialog.fields.items():
        if field.role == "question" and isinstance(field, YesNoField | ChoiceField):
            changed = _with_field(dialog, name, unsure=field.safe)
            yield Mutant(f"question {name}: doubt counts as safe", "turns", changed, name)
        if field.role == "question" and not field.skippable:
            changed = _with_field(dialog, name, skippable=True)
            yield Mutant(f"question {name}: may be skipped", "turns", changed, name)
    for stage in dialog.stages:
        for change in ({"not_heard": "unknown"}, {"hedged_no": "accept"}, {"attempts": 1}):
            other = stage.model_copy(update=change)
            if other == stage:
                continue
            stage_of = {n: other if s is stage else s for n, s in dialog.stage_of.items()}
            stages = tuple(other if s is stage else s for s in dialog.stages)
            yield Mutant(f"stage {stage.id}: {change}", "turns",
                         replace(dialog, stages=stages, stage_of=stage_of))  # fmt: skip


def _words(dialog: Dialog) -> Iterator[Mutant]:
    for name, field in dialog.fields.items():
        if isinstance(field, YesNoField) and field.role == "question" and field.yes and field.no:
            changed = _with_field(dialog, name, yes=field.no, no=field.yes)
            yield Mutant(f"question {name}: yes and no swapped", "words", changed, name)
    danger = dialog.phrases.danger
    for index, item in enumerate(danger):
        for number in range(len(item.phrases)):
            kept = item.phrases[:number] + item.phrases[number + 1 :]
            part = (item.model_copy(update={"phrases": kept}),) if kept else ()
            changed_danger = (*danger[:index], *part, *danger[index + 1 :])
            phrases = dialog.phrases.model_copy(update={"danger": changed_danger})
            yield Mutant(f"danger {item.field}: '{item.phrases[number]}' dropped", "words",
                         replace(dialog, phrases=phrases), item.field)  # fmt: skip
    yield from _meanings(dialog)
    for key, into in (("hedged_yes", "no"), ("hedged_no", "no"), ("dont_know", "no")):
        moved = {into: (*getattr(dialog.phrases, into), *getattr(dialog.phrases, key)), key: ()}
        phrases = dialog.phrases.model_copy(update=moved)
        yield Mutant(f"phrases: {key} counts as {into}", "words",
                     replace(dialog, phrases=phrases))  # fmt: skip


def _meanings(dialog: Dialog) -> Iterator[Mutant]:
    """Faults in how answers are parsed: words out of a lexicon, a negation too many or too far."""
    for name, own in dialog.answers.items():
        if "noun" in own.rules:
            rules = {key: text for key, text in own.rules.items() if key != "noun"}
            changes: dict[str, dict[str, Any]] = {"its findings are gone": {"rules": rules}}
        else:
            changes = {}
        if own.yes:
            changes["its signs are gone"] = {"yes": ()}
        for what, change in changes.items():
            answers = {**dialog.answers, name: own.model_copy(update=change)}
            yield Mutant(
                f"question {name}: {what}", "words", replace(dialog, answers=answers), name
            )
    signs = dialog.signs
    for index, sign in enumerate(signs.signs):
        kept = (*signs.signs[:index], *signs.signs[index + 1 :])
        yield _with_signs(dialog, f"sign {index} of {sign.field} dropped", {"signs": kept})
    for word in ("some", "have", "been"):
        more = {"negators": (*signs.negators, word)}
        yield _with_signs(dialog, f"'{word}' denies", more)
    yield _with_signs(dialog, "no word ends a negation", {"contrast": ()})
    yield _with_signs(dialog, "nothing only seems to deny", {"pseudo_negation": ()})


def _with_signs(dialog: Dialog, name: str, change: dict[str, Any]) -> Mutant:
    signs = dialog.signs.model_copy(update=change)
    return Mutant(f"signs: {name}", "words", replace(dialog, signs=signs))


def _ends(dialog: Dialog) -> Iterator[Mutant]:
    well = dialog.dispositions["WARMUP"]
    for care, end in dialog.dispositions.items():
        changes: dict[str, dict[str, Any]] = {}
        if care != "WARMUP":
            changes["allows a run"] = {"activity": "warm_up_then_run"}
            changes["says what WARMUP says"] = {"say": well.say}
        if end.safety_net:
            changes["says no warning signs"] = {"safety_net": False}
        for what, change in changes.items():
            ends = {**dialog.dispositions, care: end.model_copy(update=change)}
            yield Mutant(f"{care}: {what}", "ends", replace(dialog, dispositions=ends))


def _limits(dialog: Dialog) -> Iterator[Mutant]:
    """Each clinical number one off, to either side."""
    for name, value, _ in dialog.limits.entries():
        for milder, other in _beside(dialog, name, value):
            limits = dialog.limits.with_value(name, other)
            changed = replace(dialog, limits=limits)
            yield Mutant(f"limit {name}: {other}", "limits", changed, milder=milder)
    later = replace(dialog, fresh_minutes=dialog.fresh_minutes + 1)
    yield Mutant("fresh_minutes: one more", "limits", later)
    for care, end in dialog.dispositions.items():
        for days in () if end.no_run_days is None else (end.no_run_days - 1, None):
            part = end.model_copy(update={"no_run_days": days})
            ends = {**dialog.dispositions, care: part}
            changed = replace(dialog, dispositions=ends)
            yield Mutant(f"{care}: {days} days without running", "limits", changed)


def _beside(dialog: Dialog, name: str, value: Number) -> Iterator[tuple[bool, Number]]:
    """The values next to it, and whether each is milder."""
    if isinstance(value, int):
        yield name in MILDER_IF_LESS, value - 1
        yield name not in MILDER_IF_LESS, value + 1
    elif value in CARE_ORDER:
        place = CARE_ORDER.index(value)
        yield True, CARE_ORDER[place - 1]
        yield from ((False, care) for care in CARE_ORDER[place + 1 : place + 2])
    else:
        yield from ((True, stage.id) for stage in dialog.stages if stage.id != value)
