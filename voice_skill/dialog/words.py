"""The words of a language as written in YAML: how people say what the questions ask.

They stand apart from the questions: a clinician reads those, who minds the language reads these.
"""

from typing import Literal

from pydantic import Field

from voice_skill.dialog.node import Node, Templates

Meanings = dict[str, Templates]
"""What is meant -> templates: `no: [...]`."""


class Sides(Node):
    """A choice in which two sides make another value: left and right are both."""

    each: str
    together: str


class Heard(Node):
    """Phrases of a question that are also listened for, word by word, by meaning."""

    yes: Templates = ()
    no: Templates = ()
    values: Meanings = Field({})
    words: Meanings = Field({})
    """Of a number or a duration: words that stand for it -> templates."""


class Answers(Node):
    """How one question is answered.

    rules: its own words, named in the sentences of the grammar: `noun`, `does`, `function`...
    uses: the groups of the grammar's sentences that answer it.
    """

    heard: Heard = Heard.model_validate({})
    uses: tuple[str, ...] = ()
    rules: dict[str, str] = Field({})
    yes: Templates = ()
    """Signs: un-negated they are a yes, wherever they stand in the answer."""
    agrees: Templates = ()
    """A yes only as a whole answer: "since Monday" to "is it new?", but not among other words."""
    no: Templates = ()
    values: Meanings = Field({})
    """Of a choice or of a number in words: value -> templates."""
    sides: Sides | None = None
    around: Templates = ()
    """What may stand around a number, a duration or a value."""
    around_graver: Templates = ()
    """The same around any value but the mildest: beside it, "a bit" or "also" may hide more."""
    about: tuple[str, ...] = ()
    """Questions whose signs are no news here: who is asked since when both legs hurt names them."""
    under: Templates = ()
    """Words that make a number of completed years one less: "nearly eighteen"."""


class AnswersFile(Node):
    """The answers to the questions of one stage."""

    fields: dict[str, Answers]


class Grammar(Node):
    """Sentences that every question shares: `grammar.yaml`."""

    rules: dict[str, str]
    anywhere: Meanings
    """What any question may be answered with, by meaning."""
    productions: dict[str, Meanings]
    """Groups of sentences that a question names under `uses`."""
    spoken_as: dict[str, str]
    """How words in one form are mostly spoken: `do not: don't`. For the recogniser alone."""
    correction: Templates
    """What opens a correction of the last answer, beside the openers of `phrases.yaml`."""
    second_thoughts: Templates
    """The same where the rest answers the last question and not the open one: "actually"."""


class Sign(Node):
    """What is listened for in every answer.

    explicit: it sets the value at once; else its question is asked. only: in the opening sentence.
    """

    field: str
    value: str
    explicit: bool
    only: Literal["anywhere", "opening"] = "anywhere"
    phrases: Templates = ()
    together: tuple[Templates, ...] = ()
    """Each tuple: parts that all stand in one clause, in any order."""


class Signs(Node):
    """Signs of danger and what denies them: `signs.yaml`."""

    rules: dict[str, str]
    signs: tuple[Sign, ...]
    negators: tuple[str, ...]
    open_negators: tuple[str, ...]
    """Those of them that are no answer by themselves: no template may shrink to them."""
    pseudo_negation: Templates
    """What looks like a denial and is none: "not only"."""
    contrast: tuple[str, ...]
    """Words at which a negation ends."""
    clause_starts: tuple[str, ...]
    """Words that begin a clause of their own after a lone "no": "no it tingles"."""
    subjects: tuple[str, ...]
    """The same after an open denial: "I don't, it is fine"."""
    yes_words: tuple[str, ...]
    """Words that are a yes whatever else is said."""
    undoing: tuple[str, ...]
    """A denial that ends in one of these may undo what follows it: "I don't, no pain"."""
    halting: tuple[str, ...]
    """The same if what follows is no denial itself: "nothing fine"."""
