"""Guards and rules: a small expression language, parsed and type-checked when loaded.

    pos(cancer) and (legs != 'none' or leg_power != 'no')
    onset in ('lift_bend', 'after_run') and days <= 7 and pain >= 3

The text is parsed with Python's grammar but never executed: only the nodes below exist, so no
dialog file can run code, and every expression can be explored over all values (see `outlook.py`).
"""

import ast
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from voice_skill.dialog import history as past
from voice_skill.dialog.interpretation import Value
from voice_skill.errors import ExpressionError
from voice_skill.files import shortened

MAX_DEPTH = 40
"""Of what stands within what: nobody can review more."""
MAX_NUMBER = 10**9
Operator = Literal["==", "!=", "<", "<=", ">", ">="]
_OPERATORS: dict[type[ast.cmpop], Operator] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
}
_COMPARE: dict[Operator, Callable[[Value, Value], bool]] = {
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: int(a) < int(b),
    "<=": lambda a, b: int(a) <= int(b),
    ">": lambda a, b: int(a) > int(b),
    ">=": lambda a, b: int(a) >= int(b),
}
Values = Mapping[str, Value]


@dataclass(frozen=True)
class Positive:
    """`pos(field)`: the answer is yes or unsure."""

    field: str

    def holds(self, values: Values) -> bool:
        """Whether it is true of these values (every field present)."""
        return values[self.field] in ("yes", "unsure")


@dataclass(frozen=True)
class Flag:
    """A bare name that is true or false: `incomplete`."""

    name: str

    def holds(self, values: Values) -> bool:
        """Whether the flag is set."""
        return values[self.name] == "yes"


@dataclass(frozen=True)
class Compare:
    """`field <operator> constant`."""

    field: str
    operator: Operator
    constant: Value

    def holds(self, values: Values) -> bool:
        """Whether the comparison is true of these values."""
        return _COMPARE[self.operator](values[self.field], self.constant)


@dataclass(frozen=True)
class OneOf:
    """`field in ('a', 'b')`."""

    field: str
    constants: tuple[Value, ...]

    def holds(self, values: Values) -> bool:
        """Whether the field has one of the values."""
        return values[self.field] in self.constants


@dataclass(frozen=True)
class Not:
    """`not x`."""

    part: "Expression"

    def holds(self, values: Values) -> bool:
        """Whether the part is false."""
        return not self.part.holds(values)


@dataclass(frozen=True)
class AllOf:
    """`x and y`."""

    parts: tuple["Expression", ...]

    def holds(self, values: Values) -> bool:
        """Whether every part is true."""
        return all(part.holds(values) for part in self.parts)


@dataclass(frozen=True)
class AnyOf:
    """`x or y`."""

    parts: tuple["Expression", ...]

    def holds(self, values: Values) -> bool:
        """Whether at least one part is true."""
        return any(part.holds(values) for part in self.parts)


Expression = Positive | Flag | Compare | OneOf | Not | AllOf | AnyOf
ALWAYS: Expression = AllOf(())
FLAGS = frozenset({"incomplete", "not_covered"}) | past.FLAGS
"""Names that are no fields: set by the machine itself, or known from the diary."""


def parse(text: str) -> Expression:
    """Read an expression. Raises ExpressionError saying what is not allowed."""
    shown = shortened(text)
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except SyntaxError as error:
        raise ExpressionError(f"'{shown}' is not an expression: {error.msg}") from None
    except (RecursionError, MemoryError, ValueError):
        raise ExpressionError(f"'{shown}' is nested too deeply") from None
    return _convert(tree, shown, MAX_DEPTH)


def _convert(node: ast.expr, text: str, deeper: int) -> Expression:
    if not deeper:
        raise ExpressionError(f"'{text}' is nested too deeply")
    if isinstance(node, ast.BoolOp):
        parts = tuple(_convert(value, text, deeper - 1) for value in node.values)
        return AllOf(parts) if isinstance(node.op, ast.And) else AnyOf(parts)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return Not(_convert(node.operand, text, deeper - 1))
    if isinstance(node, ast.Call):
        return _convert_call(node, text)
    if isinstance(node, ast.Compare):
        return _convert_compare(node, text)
    if isinstance(node, ast.Name):
        return Flag(node.id)
    raise ExpressionError(
        f"'{shortened(ast.unparse(node))}' in '{text}' is not allowed; write pos(field), "
        "a comparison, and, or, not"
    )


def _convert_call(node: ast.Call, text: str) -> Expression:
    plain = isinstance(node.func, ast.Name) and node.func.id == "pos" and not node.keywords
    if plain and len(node.args) == 1 and isinstance(node.args[0], ast.Name):
        return Positive(node.args[0].id)
    raise ExpressionError(
        f"'{shortened(ast.unparse(node))}' in '{text}': the only function is pos(field)"
    )


def _convert_compare(node: ast.Compare, text: str) -> Expression:
    if not isinstance(node.left, ast.Name) or len(node.ops) != 1:
        raise ExpressionError(f"'{shortened(ast.unparse(node))}' in '{text}': write field <= value")
    operator, right = node.ops[0], node.comparators[0]
    if isinstance(operator, ast.In) and isinstance(right, ast.Tuple):
        return OneOf(node.left.id, tuple(_constant(item, text) for item in right.elts))
    if type(operator) not in _OPERATORS:
        raise ExpressionError(
            f"'{shortened(ast.unparse(node))}' in '{text}': use == != < <= > >= or in (..)"
        )
    return Compare(node.left.id, _OPERATORS[type(operator)], _constant(right, text))


def _constant(node: ast.expr, text: str) -> Value:
    if isinstance(node, ast.Constant) and not isinstance(node.value, bool):
        value = node.value
        if isinstance(value, str):
            return value
        if isinstance(value, int):
            if value > MAX_NUMBER:
                raise ExpressionError(f"a number in '{text}' is too large")
            return value
    raise ExpressionError(
        f"'{shortened(ast.unparse(node))}' in '{text}' must be a number or a word in quotes"
    )


def atoms(expression: Expression) -> Iterator[Positive | Flag | Compare | OneOf]:
    """Every leaf of an expression, left to right."""
    if isinstance(expression, Not):
        yield from atoms(expression.part)
    elif isinstance(expression, AllOf | AnyOf):
        for part in expression.parts:
            yield from atoms(part)
    else:
        yield expression


@cache
def names(expression: Expression) -> frozenset[str]:
    """The fields (and flags) that an expression reads."""
    return frozenset(a.name if isinstance(a, Flag) else a.field for a in atoms(expression))
