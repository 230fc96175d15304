"""What the statements of an answer mean for a question.

The rule: the gravest value needs one sign that nothing denies. Every other value, "no" or not,
counts only if the whole utterance is explained and all of it agrees.
"""

from itertools import pairwise

from voice_skill.dialog.fields import ChoiceField, DurationField, NumberField
from voice_skill.dialog.interpretation import Interpretation
from voice_skill.understanding.answer import (
    DONT_KNOW,
    NAMED,
    NOT_UNDERSTOOD,
    SILENT,
    UNCLEAR,
    Answer,
)
from voice_skill.understanding.figures import judge_duration, judge_number
from voice_skill.understanding.parse import Parse, Statement
from voice_skill.understanding.spans import Spans


def judge(answer: Answer, spans: Spans) -> Interpretation:
    """The meaning of an answer: what alarms is looked for before what reassures.

    spans: the numbers and durations of the utterance.
    """
    field, parse = answer.field, answer.parse
    if isinstance(field, NumberField):
        return judge_number(answer, field, spans)
    if isinstance(field, DurationField):
        return judge_duration(answer, spans)
    if parse.has("refusal") and parse.explained and not parse.has("yes", "finding", "hedged_yes"):
        if field.skippable:
            return Interpretation("match", "skip", answer.name, "refusal")
        return Interpretation("nomatch", reason="refusal")
    if isinstance(field, ChoiceField):
        return _choice(answer, field)
    if field.settles or field.role in ("readback", "confirm"):
        return _clear_yes(answer)
    return _yes_no(answer)


def _yes_no(answer: Answer) -> Interpretation:
    """No is the safe answer: everything else is looked for first."""
    parse = answer.parse
    denied = parse.has("no", "no_own", "hedged_no")
    if answer.signs("finding") or answer.agrees:
        return Interpretation("match", "yes", reason="contradiction" if denied else "clear")
    if parse.has("finding"):
        return NAMED
    if parse.has("yes"):
        return UNCLEAR
    if parse.has("hedged_yes"):
        if not parse.explained:
            return UNCLEAR
        return Interpretation("match", "yes", reason="contradiction" if denied else "hedged_yes")
    if parse.has("yes_own"):
        clear = Interpretation("match", "yes", reason="contradiction" if denied else "clear")
        return clear if parse.explained else NAMED
    return DONT_KNOW if parse.has("dont_know") else _no(parse, denied and answer.doubled, denied)


def _no(parse: Parse, doubled: bool, denied: bool) -> Interpretation:
    """A no, if all that was said agrees with it."""
    if parse.has("hedged_no") or (denied and parse.has("hedge")):
        clear = parse.explained and not doubled
        return Interpretation("unsure", "no", reason="hedged_no") if clear else UNCLEAR
    if parse.has("weak_yes"):
        return UNCLEAR if denied or not parse.explained else Interpretation("match", "yes")
    if denied:
        clear = parse.explained and not doubled
        return Interpretation("match", "no") if clear else UNCLEAR
    return UNCLEAR if parse.has("hedge") and parse.explained else NOT_UNDERSTOOD


def _clear_yes(answer: Answer) -> Interpretation:
    """Yes is the answer that reassures (read-back, "normal soreness only"): it must be clear."""
    parse = answer.parse
    if parse.has("dont_know", "hedged_no"):
        return DONT_KNOW
    denied = parse.has("no", "no_own")
    agreed = parse.has("yes", "finding", "weak_yes")
    if denied and not agreed:
        return Interpretation("match", "no")
    if parse.has("hedged_yes", "hedge"):
        return DONT_KNOW
    if agreed and not denied and parse.explained:
        weak = not parse.has("yes", "finding")
        return Interpretation("match", "yes", reason="weak" if weak else "clear")
    return UNCLEAR if any(s.kind not in SILENT for s in parse.statements) else NOT_UNDERSTOOD


def _choice(answer: Answer, field: ChoiceField) -> Interpretation:
    """The gravest value named counts; any other only if every word is understood."""
    order, parse = list(field.values), answer.parse
    plain_no = next((v for v in ("none", "no") if v in order), None)
    said = {value: answer.signs(f"value:{value}") for value in order}
    named = [value for value in order if said[value]]
    if answer.words.sides and _both_sides(answer, said.get(answer.words.sides.each, ())):
        named.append(answer.words.sides.together)
    if order[-1] in named and field.role != "wrong_part":
        return Interpretation("match", order[-1])
    if parse.has("no") and plain_no and (not named or named == [plain_no]):
        named = [plain_no]
    if not named:
        return _unnamed(answer, plain_no)
    worst = max(named, key=order.index)
    if not parse.explained or answer.doubled:
        return NAMED if worst != order[0] else UNCLEAR
    graver = [s for value in order if value != worst for s in parse.of(f"value:{value}")]
    if worst == order[0] and (graver or parse.has("finding")):
        return NAMED
    if worst != order[0]:
        above = order[order.index(worst) + 1 :]
        open_end = any(_left_open(answer, value) for value in above)
        return NAMED if open_end else Interpretation("match", worst)
    return _mildest(answer, worst, plain_no == worst)


def _mildest(answer: Answer, value: str, plain: bool) -> Interpretation:
    """The mildest value of a choice, all words of the answer understood: is it clear?"""
    parse = answer.parse
    if parse.has("dont_know"):
        return DONT_KNOW
    if parse.has("beside", "hedged_yes") or (plain and parse.has("yes", "weak_yes")):
        return UNCLEAR
    if parse.has("hedged_no", "hedge"):
        return Interpretation("unsure", value, reason="hedged_no")
    return Interpretation("match", value)


def _left_open(answer: Answer, value: str) -> bool:
    """Whether a value is named right behind a denial of another one: "not better worse"."""
    told = [s for s in answer.parse.statements if s.kind.startswith("value:")]
    return any(
        two.kind == f"value:{value}" and one.end == two.start and one.kind != two.kind
        for one, two in pairwise(told)
    )


def _both_sides(answer: Answer, said: tuple[Statement, ...]) -> bool:
    words = {answer.parse.words[at] for s in said for at in range(s.start, s.end)}
    return {"left", "right"} <= words


def _unnamed(answer: Answer, plain_no: str | None) -> Interpretation:
    parse = answer.parse
    if any(s.kind.startswith("value:") for s in parse.statements):
        return NAMED
    if not parse.explained:
        return UNCLEAR if parse.has("no", "yes", "hedged_no", "hedged_yes") else NOT_UNDERSTOOD
    if parse.has("dont_know"):
        return DONT_KNOW
    if parse.has("hedged_no"):
        if parse.has("around", "beside"):
            return NAMED
        return Interpretation("unsure", plain_no, reason="hedged_no" if plain_no else "dont_know")
    if parse.has("yes", "hedged_yes", "weak_yes"):
        return Interpretation("unsure", None, reason="hedged_yes")
    return NOT_UNDERSTOOD
