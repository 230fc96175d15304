"""How a language is written, counted and timed, as in `words.yaml`: for parser and ear alone."""

from pydantic import Field

from voice_skill.dialog.node import Node

FILE = "words.yaml"


class Denial(Node):
    """A contracted denial: "haven't" is "have not"."""

    before: str
    """What stands before the apostrophe, after the stem: `n`."""
    after: str
    """What stands after it: `t`."""
    word: str
    """The word that it stands for: `not`."""
    stems: dict[str, str] = Field({})
    """Stems that are another word: `won: will`."""


class Spelling(Node):
    """What makes different ways of writing the same words."""

    spellings: dict[str, str] = Field({})
    """A word to the words that templates know it by."""
    endings: dict[str, str] = Field({})
    """What stands after an apostrophe to its word: `m: am`."""
    denial: Denial | None = None
    fractions: dict[str, str] = Field({})
    """Marks after a number to words: `½: and a half`."""
    signs: dict[str, str] = Field({})
    """Marks between words to words: `&: and`."""
    scale: str
    """The words for the stroke in "7/10"."""
    range: str
    """The word for the dash in "2-3"."""


class SpokenNumbers(Node):
    """How larger numbers are made of words, for the voice and the recogniser."""

    tens: str
    """With `{tens}` and `{unit}`: twenty five."""
    hundreds: str
    """With `{unit}`: two hundred."""
    hundreds_and: str
    """With `{unit}` and `{rest}`: two hundred and five."""


class NumberWords(Node):
    """The words of numbers."""

    code: str
    """The language of text2num, which reads runs of them."""
    units: tuple[str, ...] = Field(min_length=20, max_length=20)
    """From nought to nineteen."""
    tens: tuple[str, ...] = Field(min_length=8, max_length=8)
    """Twenty, thirty... ninety."""
    hundred: str
    spoken: SpokenNumbers
    variants: dict[str, str] = Field({})
    """Other words for some of them."""
    alike: dict[str, int] = Field({})
    """Words that sound like a number: taken only where nothing else was said."""
    joint: str
    """Stands within a number: "a hundred and nine"."""
    article: str
    """Stands for one, but only before `hundred`."""
    whole: dict[str, int] = Field({})
    """Words that are a number together: `half a dozen: 6`."""
    times: dict[str, int] = Field({})
    """Words after a number that multiply it: `dozen: 12`."""
    and_more: dict[str, float] = Field({})
    """Words after a number that add to it: `and a half: 0.5`."""
    point: str
    """The word for the decimal point."""
    roughly: str
    """Ends a number and changes nothing: "seven-ish"."""
    between: tuple[str, ...] = ()
    """Words that begin a range."""
    ranging: tuple[str, ...] = ()
    """Words between the two numbers of a range."""


class SpokenDurations(Node):
    """Durations that are listened for; the typed parser knows more."""

    counted: dict[str, str]
    """One of a unit to more than one: `day: days`."""
    loose: tuple[str, ...] = ()
    """Counts that are no number: "a few"."""
    whole: tuple[str, ...] = ()
    since: str
    """Before a weekday."""
    since_whole: tuple[str, ...] = ()
    """What else stands after `since`."""


class DurationWords(Node):
    """The words of durations."""

    units: dict[str, float]
    """A unit to its days; parts of a day are none."""
    alone: tuple[str, ...] = ()
    """Units that need no number: "fortnight"."""
    weekdays: tuple[str, ...] = Field(min_length=7, max_length=7)
    """From Monday."""
    weekday_before: str
    """Before a weekday: the one of the week before."""
    weekday_on: str
    """Before a weekday, and changes nothing."""
    counts: dict[str, float] = Field({})
    """Counts that are no number, in the order in which they are tried."""
    fixed: dict[str, int] = Field({})
    """Words to days; the longest that fits counts."""
    filling: tuple[str, ...] = ()
    """Words between a count and its unit."""
    ranging: tuple[str, ...] = ()
    """Words between two counts; the larger counts."""
    adding: str
    """Between two durations that are added."""
    and_more: dict[str, float] = Field({})
    """Words after a unit that add to its count: `and a half: 0.5`."""
    spoken: SpokenDurations


class Words(Node):
    """All of `words.yaml`."""

    spelling: Spelling
    polite: tuple[str, ...] = ()
    """Words that may stand in a command."""
    names_nothing: tuple[str, ...] = ()
    """Answers to any question, which name nothing in free speech; beside `phrases.yaml`."""
    determiners: tuple[str, ...] = ()
    """Words that stand before a finding in a sentence that is listened for."""
    numbers: NumberWords
    durations: DurationWords
