"""From words to their meaning in a warm-up, the gravest reading first.

Danger, then pain that travels, then the drill's own warning words, then commands, then pain, and
"fine" last of all: only if every word is understood and nothing speaks against it.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from voice_skill.coaching.drill import Drill
from voice_skill.coaching.meaning import UNCLEAR, Kind, Meaning
from voice_skill.coaching.wording import QuestionName, Wording
from voice_skill.understanding.numbers import numbers, read_number
from voice_skill.understanding.phrasebook import Phrasebook, uncovered
from voice_skill.understanding.templates import phrases_of
from voice_skill.understanding.text import Tokens, tokens
from voice_skill.understanding.understander import Understander

_POLITE = frozenset(["please", "um", "uh", "er", "okay", "now", "hey", "coach", "so", "and", "the"])
_GRAVITY = {"doubt": 5, "not_fine": 6, "hurts": 7, "rest": 3, "finish": 4, "fine": 1}


@dataclass(frozen=True)
class CoachEar:
    """Understands a runner in mid-drill and at the coach's questions."""

    understander: Understander
    commands: Mapping[Tokens, str]
    warnings: Phrasebook
    replies: Phrasebook
    drills: Mapping[str, Phrasebook]
    fragments: frozenset[str]

    @classmethod
    def from_parts(
        cls, wording: Wording, drills: Mapping[str, Drill], understander: Understander
    ) -> "CoachEar":
        """Expand all templates once. Raises DialogError on a bad one."""
        commands = {
            phrase: name for name, t in wording.commands.items() for phrase in phrases_of(t)
        }
        warnings = Phrasebook()
        for danger in wording.stop_rule.danger:
            label = f"danger:{danger.field}:{danger.value or ''}"
            warnings.add(label, 3 if danger.value else 1, phrases_of(danger.phrases))
        warnings.add("travels", 2, phrases_of(wording.stop_rule.travels))
        warnings.add("moved_up", 4, phrases_of(wording.stop_rule.moved_up))
        replies = Phrasebook()
        for label, templates in wording.answers:
            replies.add(label, _GRAVITY[label], phrases_of(templates))
        replies.add("hurts", _GRAVITY["hurts"], phrases_of(wording.stop_rule.hurts))
        fragments = frozenset(wording.stop_rule.fragments)
        return cls(understander, commands, warnings, replies, _own_words(drills), fragments)

    def understand(
        self, text: str, drill: str | None = None, question: QuestionName | None = None
    ) -> Meaning:
        """The meaning of `text` said during a drill or in answer to a question."""
        words = tokens(text)
        if not words:
            return UNCLEAR
        if question in ("legs", "leg_check"):
            legs = self.understander.interpret("legs", text)
            if legs.outcome == "match" and legs.value in ("one", "both", "none"):
                return Meaning("legs", legs.value)
        return self._warning(words, drill) or self._command(words) or self._reply(words, question)

    def _warning(self, words: Tokens, drill: str | None) -> Meaning | None:
        """What must never be missed, wherever it stands in the utterance."""
        signs = self.understander.net.find(words)
        told = [sign for sign in signs if not sign.denied]
        hit = max(told or signs, key=lambda sign: sign.weight, default=None)
        if hit and hit.sign.explicit and not hit.denied:
            return Meaning("danger", hit.sign.value, hit.sign.field)
        cues = self.warnings.find(words)
        labels = [cue.label for cue in cues]
        said = {cue.label for cue in cues if not self._negated(words[: cue.start])}
        for label in labels:
            kind, _, rest = label.partition(":")
            field, _, value = rest.partition(":")
            if kind == "danger" and value:
                return Meaning("danger", value if label in said else None, field)
        own = self._drill(words, drill)
        if "travels" in labels:
            return Meaning("travels", "said" if "travels" in said else "denied")
        if own:
            return own
        mentioned = [label.split(":")[1] for label in labels if label.startswith("danger")]
        if mentioned or hit:
            return Meaning("danger", None, hit.sign.field if hit else mentioned[0])
        if "moved_up" in labels and not any(c.label == "hurts" for c in self.replies.find(words)):
            return Meaning("moved_up")
        return None

    def _negated(self, words: Tokens) -> bool:
        return self.understander.net.scope.denied(words, 0, len(words))

    def _drill(self, words: Tokens, drill: str | None) -> Meaning | None:
        cues = self.drills[drill].find(words) if drill else []
        if not cues:
            return None
        then, _, field = cues[0].label.partition(":")
        return Meaning("drill", then, field or None)

    def _command(self, words: Tokens) -> Meaning | None:
        plain = tuple(word for word in words if word not in _POLITE)
        name = self.commands.get(words) or self.commands.get(plain)
        return Meaning("command", name) if name else None

    def _only_a_number(self, words: Tokens) -> bool:
        """A number among other words is no answer to "all good?"."""
        known = self.understander.fillers | _AROUND_NUMBERS
        return all(read_number(words, i) or word in known for i, word in enumerate(words))

    def _reply(self, words: Tokens, question: QuestionName | None) -> Meaning:
        cues = self.replies.find(words)
        labels = {cue.label for cue in cues}
        figures = [math.ceil(number.value) for number in numbers(words)]
        figure = max(figures) if figures and 0 <= max(figures) <= 10 else None
        if question in ("pain", "end") and not figures:
            in_words = self.understander.interpret("pain", " ".join(words))
            if in_words.outcome == "unsure" and in_words.reason == "needs_number":
                return Meaning("pain_words", in_words.value)
        if "hurts" in labels:
            return Meaning("hurts", figure)
        if "stop" in words:
            return Meaning("command", "stop")
        if figure is not None and (question in ("pain", "end") or self._only_a_number(words)):
            return Meaning("number", figure)
        for label in ("finish", "rest", "not_fine", "doubt"):
            if label in labels:
                return Meaning(cast(Kind, label))
        if "fine" not in labels:
            return Meaning("travels", "heard in part") if self.fragments & {*words} else UNCLEAR
        fillers = self.understander.fillers
        left = [word for word in uncovered(words, cues) if word not in fillers]
        return Meaning("doubt") if left else Meaning("fine")


_AROUND_NUMBERS = frozenset(["about", "around", "out", "ten", "maybe", "still", "now", "pain"])


def _own_words(drills: Mapping[str, Drill]) -> dict[str, Phrasebook]:
    found: dict[str, Phrasebook] = {}
    for name, drill in drills.items():
        found[name] = Phrasebook()
        for said in drill.skip_said:
            found[name].add(f"{said.then}:{said.field or ''}", 1, phrases_of(said.phrases))
    return found
