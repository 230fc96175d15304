"""What numbers and durations mean: the graver of several, and only if every word is understood."""

from voice_skill.dialog.fields import NumberField
from voice_skill.dialog.interpretation import Interpretation
from voice_skill.understanding.answer import DONT_KNOW, NOT_UNDERSTOOD, UNCLEAR, Answer
from voice_skill.understanding.numbers import Number
from voice_skill.understanding.parse import Parse
from voice_skill.understanding.spans import Spans


def judge_number(answer: Answer, field: NumberField, spans: Spans) -> Interpretation:
    """Of several figures the highest counts; every word must be understood, but for the gravest."""
    parse = answer.parse
    starts = {statement.start for statement in parse.of("number")}
    numbers = [number for number in spans.numbers if number.start in starts]
    if numbers:
        return _figure(answer, field, numbers)
    words = [int(s.kind[6:]) for s in answer.signs(*_value_kinds(parse))]
    gravest = max(map(int, answer.words.values), default=None)
    if words and (parse.explained or max(words) == gravest):
        return Interpretation("unsure", max(words), reason="needs_number")
    return UNCLEAR if words else _no_figure(answer)


def _figure(answer: Answer, field: NumberField, numbers: list[Number]) -> Interpretation:
    down = field.rounds == "down"
    highest, lowest = max(n.value for n in numbers), min(n.lowest for n in numbers)
    clear = answer.parse.explained and not answer.parse.has("no", "hedged_no", "dont_know")
    if down and (highest != lowest or not clear):
        return UNCLEAR
    value = int(highest) if down else -int(-highest // 1)
    if down and answer.parse.has("under") and highest == int(highest):
        value -= 1
    if not field.minimum <= value <= field.maximum:
        return UNCLEAR
    if not clear and not (value == field.maximum and not down):
        return UNCLEAR
    return Interpretation("match", value)


def _value_kinds(parse: Parse) -> tuple[str, ...]:
    return tuple({s.kind for s in parse.statements if s.kind.startswith("value:")}) or ("value:",)


def judge_duration(answer: Answer, spans: Spans) -> Interpretation:
    """Of several durations the longest counts; every word must be understood."""
    parse, days = answer.parse, spans.days
    found = [int(s.kind[6:]) for s in parse.statements if s.kind.startswith("value:")]
    found += [days[s.start] for s in parse.of("duration") if s.start in days]
    if found and parse.explained and not parse.has("no", "hedged_no", "dont_know"):
        return Interpretation("match", max(found))
    return UNCLEAR if found else _no_figure(answer)


def _no_figure(answer: Answer) -> Interpretation:
    if answer.parse.has("dont_know"):
        return DONT_KNOW
    if answer.parse.has("refusal"):
        return Interpretation("nomatch", reason="refusal")
    return NOT_UNDERSTOOD
