"""Filling the braces of a text: a plain name stands for a value, and nothing else is possible.

Python's own formatting would let a text reach into the program or ask for a line of a thousand
million signs.
"""

import re
from collections.abc import Collection, Mapping

_NAMED = re.compile(r"\{([a-z_][a-z0-9_]*)\}")


def fill(template: str, values: Mapping[str, object]) -> str:
    """Put each value in the place of its name in braces; an unknown name stays as it is."""
    return _NAMED.sub(lambda found: str(values.get(found[1], found[0])), template)


def names_in(template: str) -> tuple[str, ...]:
    """The names in braces."""
    return tuple(_NAMED.findall(template))


def mistake_in(template: str, known: Collection[str]) -> str | None:
    """What is wrong with the braces of a text, or None. known: the names that have a value."""
    rest = _NAMED.sub("", template)
    if "{" in rest or "}" in rest:
        return "braces hold one plain name of small letters, such as {value}; write no others"
    unknown = [name for name in names_in(template) if name not in known]
    if not unknown:
        return None
    names = ", ".join(sorted(known)) or "none"
    return f"nothing stands for {{{unknown[0]}}} here; the names: {names}"
