"""The name that was meant, where another one was written."""

import difflib
from collections.abc import Iterable


def did_you_mean(word: str, names: Iterable[str]) -> str:
    """`; did you mean 'saddle'?` for the name that is most alike, or nothing."""
    near = difflib.get_close_matches(word, list(names), n=1)
    return f"; did you mean '{near[0]}'?" if near else ""
