"""What the evidence of an utterance means for a field: hedges and doubts, numbers, yes, no last."""

from voice_skill.dialog.fields import ChoiceField, DurationField, NumberField, YesNoField
from voice_skill.dialog.interpretation import Interpretation
from voice_skill.understanding.durations import days
from voice_skill.understanding.evidence import Evidence
from voice_skill.understanding.numbers import numbers

UNCLEAR = Interpretation("unsure", reason="unclear")
CONTRAST = frozenset(["but", "except", "although", "though", "however", "unless", "not", "isn't"])


def weigh(
    field: YesNoField | ChoiceField | NumberField | DurationField,
    name: str,
    evidence: Evidence,
    today_weekday: int | None,
) -> Interpretation:
    """The meaning of the evidence for a field: what alarms is looked for before what reassures."""
    if isinstance(field, NumberField):
        return _number(field, evidence)
    if isinstance(field, DurationField):
        return _duration(field, evidence, today_weekday)
    if evidence.has("refusal") and not evidence.has("yes", "yes_own", "hedged_yes"):
        if field.skippable:
            return Interpretation("match", "skip", name, "refusal")
        return Interpretation("nomatch", reason="refusal")
    if isinstance(field, ChoiceField):
        return _choice(field, evidence)
    if field.settles or field.role in ("readback", "confirm"):
        return _clear_yes(evidence)
    return _yes_no(evidence)


def _yes_no(evidence: Evidence) -> Interpretation:
    """No is the safe answer: everything else is looked for first."""
    denied = evidence.has("no", "no_own", "hedged_no")
    if evidence.has("yes", "yes_own"):
        return Interpretation("match", "yes", reason="contradiction" if denied else "clear")
    if evidence.has("hedged_yes"):
        return Interpretation("match", "yes", reason="contradiction" if denied else "hedged_yes")
    if evidence.has("dont_know"):
        return Interpretation("unsure", None, reason="dont_know")
    if evidence.has("hedged_no"):
        return Interpretation("unsure", "no", reason="hedged_no")
    if evidence.has("weak_yes"):
        return UNCLEAR if denied or not evidence.clean else Interpretation("match", "yes")
    if denied:
        return Interpretation("match", "no") if evidence.clean else UNCLEAR
    return Interpretation("nomatch", reason="unclear")


def _clear_yes(evidence: Evidence) -> Interpretation:
    """Yes is the answer that reassures (read-back, "normal soreness only"): it must be clear."""
    if evidence.has("dont_know", "hedged_no"):
        return Interpretation("unsure", None, reason="dont_know")
    denied = evidence.has("no", "no_own")
    agreed = evidence.has("yes", "yes_own", "weak_yes")
    if denied and not agreed:
        return Interpretation("match", "no")
    if evidence.has("hedged_yes"):
        return Interpretation("unsure", None, reason="dont_know")
    if agreed and not denied and evidence.clean:
        weak = not evidence.has("yes", "yes_own")
        return Interpretation("match", "yes", reason="weak" if weak else "clear")
    return UNCLEAR if evidence.cues else Interpretation("nomatch", reason="unclear")


def _choice(field: ChoiceField, evidence: Evidence) -> Interpretation:
    """The gravest value named counts; the mildest one must be clear."""
    order = list(field.values)
    named = evidence.values()
    plain_no = next((v for v in ("none", "no") if v in order), None)
    if evidence.has("no") and plain_no and not named:
        named = [plain_no]
    if not named:
        return _unnamed(field, evidence, plain_no)
    worst = max(named, key=order.index)
    if worst != order[0]:
        return Interpretation("match", worst)
    if evidence.has("dont_know", "hedged_yes", "hedged_no"):
        return Interpretation("unsure", worst, reason="hedged_no")
    clouded = evidence.left if field.strict else [w for w in evidence.left if w in CONTRAST]
    mixed = evidence.has("yes") and plain_no == order[0]
    return UNCLEAR if clouded or mixed else Interpretation("match", worst)


def _unnamed(field: ChoiceField, evidence: Evidence, plain_no: str | None) -> Interpretation:
    if evidence.has("dont_know"):
        return Interpretation("unsure", None, reason="dont_know")
    if evidence.has("hedged_no"):
        return Interpretation("unsure", plain_no, reason="hedged_no" if plain_no else "dont_know")
    if evidence.has("yes", "hedged_yes", "weak_yes"):
        return Interpretation("unsure", None, reason="hedged_yes")
    return Interpretation("nomatch", reason="unclear")


def _number(field: NumberField, evidence: Evidence) -> Interpretation:
    """Figures win over words; of several the highest counts."""
    found = numbers(evidence.words)
    if found:
        value = max(found)
        inside = field.minimum <= value <= field.maximum
        return Interpretation("match", value) if inside else UNCLEAR
    words = [int(value) for value in evidence.values()]
    if words:
        return Interpretation("unsure", max(words), reason="needs_number")
    return _no_figure(evidence)


def _duration(
    field: DurationField, evidence: Evidence, today_weekday: int | None
) -> Interpretation:
    found = [int(value) for value in evidence.values()]
    spoken = days(evidence.words, today_weekday)
    if spoken is not None:
        found.append(spoken)
    return Interpretation("match", max(found)) if found else _no_figure(evidence)


def _no_figure(evidence: Evidence) -> Interpretation:
    if evidence.has("dont_know"):
        return Interpretation("unsure", None, reason="dont_know")
    if evidence.has("refusal"):
        return Interpretation("nomatch", reason="refusal")
    return Interpretation("nomatch", reason="unclear")
