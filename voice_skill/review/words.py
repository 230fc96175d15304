"""Conditions in readable words: `pos(fever) and days >= 7` for those who do not program."""

from voice_skill.dialog.expressions import (
    AllOf,
    AnyOf,
    Compare,
    Expression,
    Flag,
    Not,
    OneOf,
    Operator,
    Positive,
    parse,
)
from voice_skill.dialog.interpretation import Value

FLAG_WORDS = {
    "incomplete": "a safety answer could not be obtained",
    "not_covered": "a complaint was named that the skill does not cover",
    "morning_due": "the diary holds a warm-up of the days before, not yet asked about",
    "felt_next_morning": "the diary says that the last warm-up was still felt the next morning",
    "check_due": "the diary holds a rest whose weekly check-in is due",
    "three_weeks": "the diary holds a rest that began three weeks ago or more",
    "steady_before": "the diary says that most workouts were still felt the next morning",
    "pain_up": "pain is up by two since the last session in the diary",
    "no_less_pain": "pain is no less than when the rest in the diary began",
}
_OPERATORS: dict[Operator, str] = {
    "==": "is",
    "!=": "is not",
    "<": "is less than",
    "<=": "is at most",
    ">": "is more than",
    ">=": "is at least",
}


def condition(text: str | None) -> str:
    """A `when` of a dialog file in words; without one, "always"."""
    return in_words(parse(text)) if text else "always"


def in_words(expression: Expression) -> str:
    """An expression in words, with brackets where they are needed."""
    if isinstance(expression, Positive):
        return f'{expression.field} is "yes" or in doubt'
    if isinstance(expression, Flag):
        return FLAG_WORDS.get(expression.name, expression.name)
    if isinstance(expression, Compare):
        value = _value(expression.constant)
        return f"{expression.field} {_OPERATORS[expression.operator]} {value}"
    if isinstance(expression, OneOf):
        return f"{expression.field} is {' or '.join(map(_value, expression.constants))}"
    if isinstance(expression, Not):
        return f"not ({in_words(expression.part)})"
    joint = " and " if isinstance(expression, AllOf) else " or "
    return joint.join(_part(part) for part in expression.parts) or "always"


def _part(part: Expression) -> str:
    return f"({in_words(part)})" if isinstance(part, AllOf | AnyOf) else in_words(part)


def _value(value: Value) -> str:
    return str(value) if isinstance(value, int) else f'"{value}"'
