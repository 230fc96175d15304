"""From words to their meaning in a warm-up, the gravest reading first.

Danger, then pain that travels, then the drill's own warning words, then commands, then pain, and
"fine" last of all: only if every word is understood and nothing speaks against it. Of free speech
in mid-drill, whatever is not understood as a whole is asked about.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import cast

from voice_skill.coaching.drill import Drill
from voice_skill.coaching.figures import counts_along, figure, only_figures
from voice_skill.coaching.meaning import UNCLEAR, Kind, Meaning
from voice_skill.coaching.phrasing import Phrasing, gist
from voice_skill.coaching.sentences import parts_of, readable, shortened, unrepeated
from voice_skill.coaching.wording import QuestionName, Wording
from voice_skill.dialog.roles import Roles
from voice_skill.understanding.language import Language
from voice_skill.understanding.numbers import Numbers
from voice_skill.understanding.phrasebook import Cue, Phrasebook, uncovered
from voice_skill.understanding.templates import phrases_of
from voice_skill.understanding.text import Tokens, without_boundaries
from voice_skill.understanding.understander import Understander


@dataclass(frozen=True)
class CoachEar:
    """Understands a runner in mid-drill and at the coach's questions."""

    understander: Understander
    roles: Roles
    wording: Wording
    heard: Phrasing
    drills: Mapping[str, Phrasebook]

    @classmethod
    def from_parts(
        cls, wording: Wording, drills: Mapping[str, Drill], understander: Understander, roles: Roles
    ) -> "CoachEar":
        """Expand what is listened for once. Raises DialogError on a bad template."""
        return cls(
            understander,
            roles,
            wording,
            Phrasing.heard(wording, understander.language),
            _own_words(drills, understander.language),
        )

    @cached_property
    def free(self) -> Phrasing:
        """What is understood of free speech; by ear alone it is not needed."""
        return Phrasing.free(self.wording, self.language)

    def understand(
        self,
        text: str,
        drill: str | None = None,
        question: QuestionName | None = None,
        free: bool = False,
    ) -> Meaning:
        """The meaning of `text` said during a drill or in answer to a question.

        free: whether it is what somebody said, word by word, and not what their sound was forced
        into: only then can a whole sentence be told from pieces of others' talk.
        """
        known = self.free if free else self.heard
        said = without_boundaries(self.language.tokens(text))
        words = shortened(said) if free else said
        if not words:
            signs = free and question is None and any(map(str.isalnum, text))
            return UNKNOWN if signs else UNCLEAR
        if question in ("reach", "reach_check"):
            told = self._how_far(text)
            if told:
                return told
        found = self._warning(words, drill, known) or self._command(words, known)
        if found:
            return found
        if question == "hurting":
            return self._hurting(text, words, known)
        if free and question is None:
            return self._sentence(text, words)
        return self._reply(words, question, known)

    def _how_far(self, text: str) -> Meaning | None:
        """How far the pain reaches, if it is plainly said."""
        reach = self.roles.reach
        if reach is None:
            return None
        told = self.understander.interpret(reach.field, text)
        known = (reach.nowhere, reach.further, reach.furthest)
        return (
            Meaning("reach", told.value)
            if told.outcome == "match" and told.value in known
            else None
        )

    def _warning(self, words: Tokens, drill: str | None, known: Phrasing) -> Meaning | None:
        """What must never be missed, wherever it stands in the utterance."""
        signs = self.understander.net.find(words)
        told = [sign for sign in signs if not sign.denied]
        hit = max(told or signs, key=lambda sign: sign.weight, default=None)
        if hit and hit.sign.explicit and not hit.denied:
            return Meaning("danger", hit.sign.value, hit.sign.field)
        bare = gist(words, known.degrees)
        cues = known.warnings.find(words)
        more = known.gists.find(bare)
        labels = [cue.label for cue in (*cues, *more)]
        said = {cue.label for cue in cues if not self._negated(words[: cue.start])}
        said |= {cue.label for cue in more if not self._negated(bare[: cue.start])}
        for label in sorted(labels, key=said.__contains__, reverse=True):
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
        if "moved_up" in labels and not any(c.label == "hurts" for c in known.replies.find(words)):
            return Meaning("moved_up")
        return None

    @property
    def language(self) -> Language:
        """The words of the language."""
        return self.understander.language

    @property
    def _numbers(self) -> Numbers:
        return self.language.numbers

    def _stops(self, words: Tokens) -> bool:
        return any(word in words for word in self.wording.stop_words)

    def _split(self, text: str) -> list[Tokens]:
        """The words of each part of a text."""
        parts = (without_boundaries(self.language.tokens(part)) for part in parts_of(text))
        return [words for part in parts if (words := shortened(part))]

    def _negated(self, words: Tokens) -> bool:
        return self.understander.net.scope.denied(words, 0, len(words))

    def _drill(self, words: Tokens, drill: str | None) -> Meaning | None:
        cues = self.drills[drill].find(words) if drill else []
        if not cues:
            return None
        then, _, field = cues[0].label.partition(":")
        return Meaning("drill", then, field or None)

    def _command(self, words: Tokens, known: Phrasing) -> Meaning | None:
        name = known.command(words) or known.command(unrepeated(words)) or known.halt(words)
        return Meaning("command", name) if name else None

    @cached_property
    def _around_figures(self) -> frozenset[str]:
        """A number among other words is no answer to "all good?"."""
        around = (
            word for text in self.wording.around_figures for word in self.language.tokens(text)
        )
        return self.understander.fillers | {*around}

    def _pain(self, words: Tokens, cues: list[Cue]) -> Meaning:
        """It hurts; how much counts only if nothing else is said of what the number is."""
        plain = only_figures(uncovered(words, cues), self._around_figures, self._numbers)
        return Meaning("hurts", figure(words, self._numbers) if plain else None)

    def _reply(self, words: Tokens, question: QuestionName | None, known: Phrasing) -> Meaning:
        cues = known.replies.find(words)
        labels = {cue.label for cue in cues}
        score = self.roles.pain_score
        if score is not None and question in ("pain", "end") and not self._numbers.all(words):
            in_words = self.understander.interpret(score, " ".join(words))
            if in_words.outcome == "unsure" and in_words.reason == "needs_number":
                return Meaning("pain_words", in_words.value)
        if "hurts" in labels:
            return self._pain(words, cues)
        if self._stops(words):
            return Meaning("command", "stop")
        forced = known is self.heard and question in ("pain", "end")
        pain = figure(words, self._numbers)
        if pain is not None and (
            forced or only_figures(words, self._around_figures, self._numbers)
        ):
            return Meaning("number", pain)
        for label in ("finish", "rest", "not_fine", "complaint", "doubt"):
            if label in labels:
                return Meaning(cast(Kind, label))
        if "fine" not in labels:
            return _in_part(words, known) or UNCLEAR
        fillers = self.understander.fillers
        left = [word for word in uncovered(words, cues) if word not in fillers]
        return Meaning("doubt") if left else Meaning("fine")

    def _hurting(self, text: str, words: Tokens, known: Phrasing) -> Meaning:
        """To "does that hurt?": no only if every word of it is."""
        said = [words, *self._split(text)]
        found = [known.hurting.find(part) for part in said]
        labels = {cue.label for cues in found for cue in cues}
        if labels & {"painful", "hurts"}:
            return self._pain(words, found[0])
        if self._stops(words):
            return Meaning("command", "stop")
        pain = figure(words, self._numbers)
        if pain is not None and only_figures(words, self._around_figures, self._numbers):
            return Meaning("number", pain)
        for label in ("complaint", "doubt"):
            if label in labels:
                return Meaning(cast(Kind, label))
        whole = not any(uncovered(part, cues) for part, cues in zip(said, found, strict=True))
        if "painless" in labels and whole and all(map(readable, parts_of(text))):
            sure = known is not self.heard or text not in self.wording.asked_again_by_ear
            return Meaning("painless", None if sure else "perhaps")
        return _in_part(words, known) or UNCLEAR

    def _sentence(self, text: str, words: Tokens) -> Meaning:
        """Said freely in mid-drill. What is no contentment as a whole is never taken for it."""
        parts = self._split(text)
        grave = {label for part in (words, *parts) for label in self._grave(part)}
        if "hurts" in grave:
            return self._pain(words, self.free.replies.find(words))
        if self._stops(words):
            return Meaning("command", "stop")
        clear = all(map(readable, parts_of(text)))
        if clear and (
            counts_along(words, self._numbers) or (not grave and self._glad([words, *parts]))
        ):
            return Meaning("fine")
        pain = figure(words, self._numbers)
        if pain is not None and only_figures(words, self._around_figures, self._numbers):
            return Meaning("hurts", pain if clear else None)
        in_part = _in_part(words, self.free)
        if in_part:
            return in_part
        for label in ("complaint", "not_fine", "doubt", "finish", "rest"):
            if label in grave:
                return Meaning(cast(Kind, label))
        begun = any(cue.label == "pause" for cue in self.free.halts.find(words))
        return Meaning("command", "pause") if begun else UNKNOWN

    def _grave(self, words: Tokens) -> set[str]:
        """What speaks against going on, if it does not stand within what feels well ("no pain")."""
        glad = [cue for cue in self.free.gladness.find(words) if cue.label == "fine"]
        cues = [cue for cue in self.free.replies.find(words) if cue.label != "fine"]
        return {cue.label for cue in cues if not any(_within(cue, other) for other in glad)}

    def _glad(self, parts: list[Tokens]) -> bool:
        """Whether every word of every part is understood, and something of it feels well."""
        found = [self.free.gladness.find(part) for part in parts]
        whole = not any(uncovered(part, cues) for part, cues in zip(parts, found, strict=True))
        return whole and any(cue.label == "fine" for cues in found for cue in cues)


UNKNOWN = Meaning("unknown")


def _within(cue: Cue, other: Cue) -> bool:
    return other.start <= cue.start and cue.end <= other.end


def _in_part(words: Tokens, known: Phrasing) -> Meaning | None:
    """A word of where pain goes in what is not understood."""
    return Meaning("travels", "heard in part") if known.fragments & {*words} else None


def _own_words(drills: Mapping[str, Drill], language: Language) -> dict[str, Phrasebook]:
    found: dict[str, Phrasebook] = {}
    for name, drill in drills.items():
        found[name] = Phrasebook()
        for said in drill.skip_said:
            found[name].add(
                f"{said.then}:{said.field or ''}", 1, phrases_of(said.phrases, language)
            )
    return found
