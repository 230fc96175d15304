"""Values that stand for all values: what the expressions of a dialog tell apart."""

from collections.abc import Iterable, Mapping

from voice_skill.dialog.expressions import (
    FLAGS,
    Compare,
    Expression,
    Flag,
    OneOf,
    Positive,
    atoms,
    names,
)
from voice_skill.dialog.fields import (
    AnyField,
    ChoiceField,
    DurationField,
    NumberField,
    YesNoField,
    bounds,
)
from voice_skill.dialog.interpretation import Value


def domain(field: AnyField, name: str, expressions: Iterable[Expression]) -> tuple[Value, ...]:
    """Values that stand for all values of a field: one from each class the expressions tell apart.

    For a number these are the constants it is compared with and their neighbours.
    """
    if isinstance(field, YesNoField):
        plain = all(isinstance(a, Positive) or a.field != name or set(constants(a)) <= {"no"}
                    for e in expressions for a in atoms(e) if not isinstance(a, Flag))  # fmt: skip
        return ("no", "yes") if plain else ("no", "yes", "unsure")
    if isinstance(field, ChoiceField):
        return tuple(field.values)
    if isinstance(field, NumberField | DurationField):
        low, high = bounds(field)
        cuts = {low} | {
            point
            for expression in expressions
            for atom in atoms(expression)
            if isinstance(atom, Compare | OneOf) and atom.field == name
            for constant in constants(atom)
            for point in (int(constant) - 1, int(constant), int(constant) + 1)
            if low <= point <= high
        }
        return tuple(sorted(cuts))
    return ()


def domains(
    fields: Mapping[str, AnyField], safe: Mapping[str, Value], read: Iterable[Expression]
) -> dict[str, tuple[Value, ...]]:
    """For each field and flag, values that stand for all; the safe one first."""
    readers: dict[str, list[Expression]] = {}
    for expression in read:
        for name in names(expression):
            readers.setdefault(name, []).append(expression)
    found: dict[str, tuple[Value, ...]] = dict.fromkeys(FLAGS, ("no", "yes"))
    for name, value in safe.items():
        values = domain(fields[name], name, readers.get(name, ()))
        found[name] = (value, *(other for other in values if other != value))
    return found


def constants(atom: Compare | OneOf) -> tuple[Value, ...]:
    """What a leaf compares its field with."""
    return atom.constants if isinstance(atom, OneOf) else (atom.constant,)
