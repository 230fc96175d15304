"""From answers to a disposition: every rule evaluated, the highest care wins."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product

from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.domains import domain
from voice_skill.dialog.expressions import Expression, names, parse
from voice_skill.dialog.fields import FreeField
from voice_skill.dialog.interpretation import Value
from voice_skill.dialog.model import CARE_ORDER, CareLevel, Disposition, Rule, Variant
from voice_skill.dialog.overlay import Overlay

Answers = Mapping[str, Value | None]
"""Field -> value. None: asked, but the value stays unknown. Absent: not asked."""
_LADDER: tuple[CareLevel, ...] = tuple(c for c in CARE_ORDER if c != "OUT_OF_SCOPE")


@dataclass(frozen=True)
class Decision:
    """The outcome of one set of answers.

    rules: the ids that fired (of the warm-up rules only the first, and only if it decides).
    possible: the ids that fired only because an unknown value might make them true.
    """

    care: CareLevel
    variant: str | None
    activity: str
    rules: tuple[str, ...]
    possible: tuple[str, ...]
    spoken: tuple[str, ...]


def rank(care: CareLevel) -> int:
    """How acute a care level is: 0 is WARMUP."""
    return CARE_ORDER.index(care)


def complete(dialog: Dialog, answers: Answers, flags: frozenset[str]) -> Mapping[str, Value]:
    """Values for every field: what is known, else the safe value. Unknowns are left out."""
    own: dict[str, Value] = dict.fromkeys(flags, "yes")
    unknown = set()
    for name, value in answers.items():
        field = dialog.fields.get(name)
        if isinstance(field, FreeField) or field is None:
            continue
        if value is None:
            unknown.add(name)
        else:
            own[name] = "no" if value == "skip" else value
    return Overlay(dialog.well, own, unknown)


def holds_for(
    dialog: Dialog, expression: Expression, values: Mapping[str, Value]
) -> tuple[bool, bool]:
    """Whether it may hold, and whether it must, over all values of the unknown fields."""
    unknown = [n for n in names(expression) if n not in values]
    if not unknown:
        truth = expression.holds(values)
        return truth, truth
    spaces = [domain(dialog.fields[n], n, (expression,)) for n in unknown]
    results = {
        expression.holds(Overlay(values, dict(zip(unknown, choice, strict=True))))
        for choice in product(*spaces)
    }
    return True in results, False not in results


def decide(dialog: Dialog, answers: Answers, flags: frozenset[str] = frozenset()) -> Decision:
    """The disposition for these answers (brief 1, brief 2.6, brief 3)."""
    return decide_with(dialog, complete(dialog, answers, flags), answers, flags)


def decide_with(
    dialog: Dialog, values: Mapping[str, Value], answers: Answers, flags: frozenset[str]
) -> Decision:
    """The same, where the values are completed already."""
    may, must = [], []
    for place in dialog.rules_read.touched(changed(dialog, answers, flags)):
        rule, expression = dialog.rules[place]
        possible, certain = holds_for(dialog, expression, values)
        if possible:
            may.append(rule)
        if certain:
            must.append(rule)
    capped = [n for n, v in answers.items() if v is None and _may_be_unknown(dialog, n)]
    care = _limited(dialog, may, must, values, capped)
    fired = [rule for rule in may if rule.care != "WARMUP" and rank(rule.care) <= rank(care)]
    warmups = [rule for rule in may if rule.care == "WARMUP"]
    if care == "WARMUP":
        fired = [min(warmups, key=lambda r: -_carefulness(dialog, r))] if capped else warmups[:1]
    return _worded(dialog, care, fired, {rule.id for rule in must}, values, answers)


def changed(dialog: Dialog, answers: Answers, flags: frozenset[str]) -> list[str]:
    """The fields and flags whose value is not that of someone well."""
    return [*flags, *(n for n, v in answers.items() if v is None or v != dialog.well.get(n))]


def _may_be_unknown(dialog: Dialog, name: str) -> bool:
    return dialog.stage_of[name].not_heard == "unknown"


def _limited(
    dialog: Dialog,
    may: list[Rule],
    must: list[Rule],
    values: Mapping[str, Value],
    capped: list[str],
) -> CareLevel:
    """Highest care that may hold; unknowns of a late stage raise it by one level at most."""
    worst = _highest(may)
    if not capped:
        return worst
    # an unknown of an earlier stage counts in full: only late unknowns are held back
    known = [*must, *(rule for rule in may if dialog.readers[rule.id].isdisjoint(capped))]
    base = _highest(known)
    above: CareLevel = base
    if base in _LADDER and base != "EMERGENCY":
        above = _LADDER[_LADDER.index(base) + 1]
    limited = min(worst, above, key=rank)
    return max(limited, base, "REST", key=rank)


def _highest(rules: list[Rule]) -> CareLevel:
    return max((rule.care for rule in rules), key=rank, default="WARMUP")


def _carefulness(dialog: Dialog, rule: Rule) -> int:
    ids = [v.id for v in dialog.dispositions["WARMUP"].variants]
    return ids.index(rule.variant) if rule.variant in ids else 0


def _worded(
    dialog: Dialog,
    care: CareLevel,
    fired: list[Rule],
    certain: set[str],
    values: Mapping[str, Value],
    answers: Answers,
) -> Decision:
    end = dialog.dispositions[care]
    variant = _variant(dialog, end, care, fired, values)
    doubtful = any(value is None for value in answers.values())
    if care == "WARMUP" and doubtful and end.doubt_variant:
        ids = [v.id for v in end.variants]
        worst = max(ids.index(end.doubt_variant), ids.index(variant.id) if variant else 0)
        variant = end.variants[worst]
    say = variant.say if variant else end.say
    lines = [dialog.text(say), *(dialog.text(line) for line in end.then)]
    if end.safety_net:
        lines.append(dialog.text(dialog.safety_net))
    return Decision(
        care=care,
        variant=variant.id if variant else None,
        activity=(variant.activity if variant else None) or end.activity,
        rules=tuple(rule.id for rule in sorted(fired, key=lambda r: -rank(r.care))),
        possible=tuple(rule.id for rule in fired if rule.id not in certain),
        spoken=tuple(lines),
    )


def _variant(
    dialog: Dialog,
    end: Disposition,
    care: CareLevel,
    fired: list[Rule],
    values: Mapping[str, Value],
) -> Variant | None:
    of_level = [rule for rule in fired if rule.care == care]
    named = next((rule.variant for rule in of_level if rule.variant), None)
    for variant in end.variants:
        if named is not None:
            if variant.id == named:
                return variant
            continue
        matches = [rule.id in variant.rules for rule in of_level]
        enough = bool(matches) and (all(matches) if variant.only else any(matches))
        if enough and (variant.when is None or holds_for(dialog, parse(variant.when), values)[1]):
            return variant
    return None
