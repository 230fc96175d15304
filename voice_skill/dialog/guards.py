"""Checks of what guards and rules say: fields that there are, compared with what they can be."""

from collections.abc import Iterator

from voice_skill.dialog.expressions import (
    FLAGS,
    Compare,
    Flag,
    OneOf,
    Positive,
    atoms,
    parse,
)
from voice_skill.dialog.fields import (
    AnyField,
    DurationField,
    FreeField,
    NumberField,
    YesNoField,
    possible,
)
from voice_skill.dialog.reader import Document, Path_
from voice_skill.errors import ExpressionError

Fields = dict[str, AnyField]
Problems = Iterator[tuple[Document, Path_, str]]


def check_expression(text: str, document: Document, path: Path_, fields: Fields) -> Problems:
    """What is wrong with a guard or a rule, beside the fields that there are."""
    try:
        expression = parse(text)
    except ExpressionError as error:
        yield document, path, str(error)
        return
    for atom in atoms(expression):
        if isinstance(atom, Flag):
            if atom.name not in FLAGS:
                yield document, path, f"'{atom.name}' alone is no question; write pos({atom.name})"
        elif atom.field not in fields:
            near = [f for f in fields if f.startswith(atom.field[:3])]
            hint = f"; did you mean {' or '.join(near)}?" if near else ""
            yield document, path, f"there is no field '{atom.field}'{hint}"
        else:
            problem = _mistyped(atom, fields[atom.field])
            if problem:
                yield document, path, problem


def _mistyped(atom: Positive | Compare | OneOf, field: AnyField) -> str | None:
    if isinstance(field, FreeField):
        return f"'{atom.field}' is free speech and cannot be compared"
    if isinstance(atom, Positive):
        return None if isinstance(field, YesNoField) else f"pos({atom.field}) needs a yes/no field"
    constants = atom.constants if isinstance(atom, OneOf) else (atom.constant,)
    if isinstance(field, NumberField | DurationField):
        words = [c for c in constants if not isinstance(c, int)]
        return f"'{atom.field}' is a number, not '{words[0]}'" if words else None
    if isinstance(atom, Compare) and atom.operator not in ("==", "!="):
        return f"'{atom.field}' has no order; use == or !="
    allowed = possible(field) or ()
    wrong = [c for c in constants if c not in allowed]
    if wrong:
        return f"'{atom.field}' is never '{wrong[0]}'; it is one of {', '.join(map(str, allowed))}"
    return None
