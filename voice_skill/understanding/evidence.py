"""What an utterance holds for one field: cues by kind, and what no cue explains."""

from collections.abc import Mapping
from dataclasses import dataclass

from voice_skill.dialog.fields import AnyField, ChoiceField, DurationField, NumberField, YesNoField
from voice_skill.dialog.model import Phrases
from voice_skill.understanding.lexicon import Cue, Lexicon, uncovered
from voice_skill.understanding.templates import phrases_of
from voice_skill.understanding.text import Tokens

NEGATIONS = frozenset(
    (
        *("no", "not", "never", "none", "nothing", "nor", "without", "haven't", "hasn't"),
        *("don't", "doesn't", "didn't", "isn't", "aren't"),
    )
)
GRAVITY = {
    "yes_own": 90,
    "dont_know": 80,
    "refusal": 78,
    "no_own": 70,
    "hedged_no": 65,
    "hedged_yes": 60,
    "weak_yes": 45,
    "yes": 40,
    "no": 30,
    "hesitations": 20,
}
"""Which reading counts where two of the same length compete: the one that reassures less."""
SHARED = tuple(label for label in GRAVITY if not label.endswith("_own"))
"""What is said in answer to any question: lists of `phrases.yaml`."""


@dataclass(frozen=True)
class Evidence:
    """The cues of an utterance and the words left over."""

    words: Tokens
    cues: tuple[Cue, ...]
    left: Tokens

    def has(self, *labels: str) -> bool:
        """Whether any cue has one of these labels."""
        return any(cue.label in labels for cue in self.cues)

    def values(self) -> list[str]:
        """The values of a choice (or words for a number) that were named."""
        return [cue.label[6:] for cue in self.cues if cue.label.startswith("value:")]

    @property
    def clean(self) -> bool:
        """Whether every word is explained."""
        return not self.left


def lexicon_for(phrases: Phrases, field: AnyField) -> Lexicon:
    """The phrases that mean something in this field."""
    found = Lexicon()
    for label in SHARED:
        found.add(label, GRAVITY[label], phrases_of(getattr(phrases, label)))
    if isinstance(field, YesNoField):
        found.add("yes_own", GRAVITY["yes_own"], phrases_of(field.yes))
        found.add("no_own", GRAVITY["no_own"], phrases_of(field.no))
    elif isinstance(field, ChoiceField):
        for gravity, (value, templates) in enumerate(field.values.items(), 62):
            found.add(f"value:{value}", gravity, phrases_of(templates))
    elif isinstance(field, NumberField | DurationField):
        for value, templates in field.words.items():
            found.add(f"value:{value}", GRAVITY["no_own"], phrases_of(templates))
    return found


@dataclass(frozen=True)
class Gatherer:
    """Collects the evidence of an utterance, field by field."""

    lexicons: Mapping[str, Lexicon]
    fillers: frozenset[str]

    @classmethod
    def from_parts(cls, phrases: Phrases, fields: Mapping[str, AnyField]) -> "Gatherer":
        """Prepare the lexicon of every field."""
        lexicons = {name: lexicon_for(phrases, field) for name, field in fields.items()}
        around = phrases.courtesies
        polite = [word for words in phrases_of((*around.before, *around.after)) for word in words]
        return cls(lexicons, frozenset((*phrases.fillers, *polite)))

    def gather(self, field: str, words: Tokens) -> Evidence:
        """The evidence of these words in this field."""
        cues = self.lexicons[field].find(words)
        left = tuple(word for word in uncovered(words, cues) if word not in self.fillers)
        return Evidence(words, tuple(cues), left)


def negated(words: Tokens) -> bool:
    """Whether a word of negation stands anywhere in these words."""
    return any(word in NEGATIONS for word in words)
