"""The words of one language, ready for use: how texts are split, and numbers and durations read."""

from dataclasses import dataclass

from voice_skill.dialog.language import Words
from voice_skill.understanding.durations import Durations
from voice_skill.understanding.numbers import Numbers
from voice_skill.understanding.text import Spelling, Tokens

_KNOWN: dict[str, "Language"] = {}
"""Each language once a process: what is expanded of a template is kept by its language."""


@dataclass(frozen=True, eq=False)
class Language:
    """What reads a text. words: as they were written."""

    words: Words
    spelling: Spelling
    numbers: Numbers
    durations: Durations
    polite: frozenset[str]

    @classmethod
    def of(cls, words: Words) -> "Language":
        """The language of these words; the same words give the same one."""
        key = words.model_dump_json()
        if key not in _KNOWN:
            numbers = Numbers.of(words.numbers)
            _KNOWN[key] = cls(
                words,
                Spelling.of(words.spelling),
                numbers,
                Durations.of(words.durations, numbers),
                frozenset(words.polite),
            )
        return _KNOWN[key]

    def tokens(self, text: str) -> Tokens:
        """The words of a text in lower case and in one form. Text of any length."""
        return self.spelling.tokens(text)
