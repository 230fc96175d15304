"""What is listened for in a warm-up: in mid-drill, at a question, and while the coach speaks."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from voice_skill.coaching.drill import Drill
from voice_skill.coaching.library import Library
from voice_skill.coaching.wording import QuestionName
from voice_skill.dialog.dialog import Dialog
from voice_skill.listening.answer_grammar import Hotwords, echoes
from voice_skill.models.vocabulary import speakable
from voice_skill.understanding.grammar import (
    GrammarPhrase,
    barge_in_phrases,
    for_recogniser,
    grammar_phrases,
)
from voice_skill.understanding.templates import expand
from voice_skill.understanding.text import Tokens, spelled

FIGURES: tuple[QuestionName, ...] = ("pain", "end", "check_in")
COMMAND_WEIGHT, PAIN_WEIGHT = 100, 10
"""How often more the first name of each command with single words of pain, and longer ways to say
that it hurts, stand in the grammar: they are said most, and the thousands of ways to say where it
goes leave too little for each. "Sore" must not be heard as "slower"."""
MAX_COUNT = 20
"""The coach itself says numbers up to this in mid-drill."""
GOOD_ANSWERS, PAIN_ANSWERS = ("fine", "not_fine", "doubt"), ("painful", "painless", "doubt")
"""What is answered to most questions ("all good?"), and to "does that hurt?"."""
REACH: tuple[QuestionName, ...] = ("reach", "reach_check")


@dataclass
class CoachEars:
    """Makes the grammar of each moment. Phrases with words that the model lacks are left out."""

    dialog: Dialog
    library: Library
    words: frozenset[str]
    _anywhere: list[GrammarPhrase] = field(default_factory=list)
    _often: list[str] = field(default_factory=list)
    _counts: Tokens = ()

    def __post_init__(self) -> None:
        wording, in_words = self.library.wording, self.library.language.numbers.in_words
        self._counts = tuple(w for n in range(1, MAX_COUNT + 1) for w in in_words(n).split())
        rule = wording.stop_rule
        said: list[tuple[str, Iterable[str]]] = [
            *((f"commands.{name}", t) for name, t in wording.commands.items()),
            ("stop_rule.complaint", rule.complaint),
            ("stop_rule.hurts", rule.hurts),
            ("danger.travels", rule.travels),
            ("danger.moved_up", rule.moved_up),
            *((f"danger.{d.field}", d.phrases) for d in rule.danger),
            ("answers.rest", wording.answers.rest),
            ("answers.finish", wording.answers.finish),
        ]
        found = [p for origin, templates in said for p in _phrases(origin, templates)]
        found = [p for p in found if p.text not in wording.not_listened_for]
        shared = barge_in_phrases(self.dialog.phrases)
        found += [p for p in shared if p.origin.startswith(("danger", "decoys"))]
        self._anywhere = self._heard(found)
        names = [spelled(expand(t[0])[0]) for t in wording.commands.values()]
        pains = tuple(dict.fromkeys(spelled(p) for t in rule.hurts for p in expand(t)))
        short = [*names, *(words for words in pains if len(words) == 1)]
        longer = [words for words in pains if len(words) > 1]
        self._often = [" ".join(words) for words in short for _ in range(COMMAND_WEIGHT)]
        self._often += [" ".join(words) for words in longer for _ in range(PAIN_WEIGHT)]

    def hotwords(
        self, prompt: tuple[str, ...], drill: Drill | None, question: QuestionName | None
    ) -> Hotwords:
        """The grammar of a moment, without anything that the coach itself is saying."""
        said = tuple(word for line in prompt for word in spelled(line))
        said += () if prompt or question else self._counts
        own = [*self._anywhere, *self._heard(self._moment(drill, question))]
        own.sort(key=lambda phrase: phrase.origin == "decoys")  # a decoy that is a command is none
        own = list({phrase.text: phrase for phrase in reversed(own)}.values())[::-1]
        begun = frozenset(word[:count] for word in said for count in range(1, len(word) + 1))
        kept = [p for p in own if p.origin != "decoys" and not _within(p.words, said, begun)]
        taken = {p.text for p in kept}
        decoys = [p for p in own if p.origin == "decoys" and p.text not in taken]
        spoken = [GrammarPhrase(w, "decoys") for w in dict.fromkeys(said) if w not in taken]
        texts = for_recogniser([*kept, *decoys], self.library.language)
        own_words = [p.text for p in self._heard(spoken)] + echoes(prompt, self.words)
        own_words = [text for text in own_words for _ in range(COMMAND_WEIGHT)]
        again = [text for text in self._often if text in taken]
        return Hotwords([*texts, *own_words, *again], frozenset(taken), _open(kept))

    def left_out(self) -> list[str]:
        """Phrases of the coach's own that this model cannot hear."""
        wording = self.library.wording
        own = [t for templates in wording.commands.values() for t in templates]
        own += [t for _, templates in wording.answers for t in templates]
        rule = wording.stop_rule
        own += [
            *rule.complaint,
            *rule.hurts,
            *rule.travels,
            *rule.moved_up,
            *(t for d in rule.danger for t in d.phrases),
        ]
        texts = [p.text for p in _phrases("all", own) if p.heard]
        return sorted(speakable(texts, self.words)[1])

    def _moment(self, drill: Drill | None, question: QuestionName | None) -> list[GrammarPhrase]:
        found: list[GrammarPhrase] = []
        for said in drill.skip_said if drill else ():
            found += _phrases("danger.drill", said.phrases)
        if question is not None:
            answers = self.library.wording.answers
            for name in PAIN_ANSWERS if question == "hurting" else GOOD_ANSWERS:
                found += _phrases(f"answers.{name}", getattr(answers, name))
        roles = self.dialog.roles
        reach = roles.reach.field if roles.reach else None
        asked = reach if question in REACH else roles.pain_score if question in FIGURES else None
        if asked:
            phrases = grammar_phrases(
                self.dialog.phrases, self.dialog.fields, self.library.language, asked
            )
            found += [p for p in phrases if p.origin.startswith(f"{asked}.")]
        return [p for p in found if p.text not in self.library.wording.not_listened_for]

    def _heard(self, phrases: Iterable[GrammarPhrase]) -> list[GrammarPhrase]:
        kept = [p for p in phrases if p.heard]
        known = set(speakable([p.text for p in kept], self.words)[0])
        return [p for p in kept if p.text in known]


def _phrases(origin: str, templates: Iterable[str]) -> list[GrammarPhrase]:
    return [GrammarPhrase(" ".join(spelled(p)), origin) for t in templates for p in expand(t)]


def _open(phrases: list[GrammarPhrase]) -> frozenset[str]:
    """Phrases that one of another meaning begins with: "back" of "back hurts", "quiet" of
    "quieter"."""
    origins = {phrase.text: phrase.origin for phrase in phrases}
    found = {
        text
        for phrase in phrases
        for text in phrase.beginnings
        if origins.get(text, phrase.origin) != phrase.origin
    }
    words = sorted(text for text in origins if " " not in text)
    for number, word in enumerate(words):
        for longer in words[number + 1 :]:
            if not longer.startswith(word):
                break
            if origins[longer] != origins[word]:
                found.add(word)
    return frozenset(found)


def _within(phrase: Tokens, said: Tokens, begun: frozenset[str]) -> bool:
    """Whether the prompt contains these words, or longer ones that begin so: "paused" is heard
    as "pause". begun: all that a word of the prompt begins with."""
    size = len(phrase)
    return begun.issuperset(phrase) and any(
        all(map(str.startswith, said[i : i + size], phrase)) for i in range(len(said) - size + 1)
    )
