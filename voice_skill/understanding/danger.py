"""Which sign of danger in an answer is followed up, and how."""

from dataclasses import dataclass

from voice_skill.dialog.fields import ChoiceField, FreeField, could_be_graver, reassuring
from voice_skill.dialog.interpretation import Interpretation
from voice_skill.understanding.answer import NAMED
from voice_skill.understanding.answering import Answering
from voice_skill.understanding.lexicon import NO_ANSWERS
from voice_skill.understanding.pattern import Run
from voice_skill.understanding.signs import Found, Net
from voice_skill.understanding.text import BOUNDARY, Tokens


@dataclass(frozen=True)
class Dangers:
    """Judges the signs that the net finds in the answer to a question."""

    answering: Answering
    net: Net

    def find(self, field: str, words: Tokens) -> Interpretation | None:
        """The sign that matters most: one that is not denied, explicit, of the field asked."""
        found = self.net.find(words, opening=self.answering.fields[field].role == "opening")
        told = [f for f in found if not f.denied]
        own = [f for f in told if f.sign.field == field and not self._soothed(field, f, words)]
        if own:
            return self._own_sign(field, max(own, key=lambda f: f.weight), words)
        others = [f for f in found if f.sign.field != field]
        told = [f for f in others if self._is_news(field, f, words)]
        if not told:
            return None
        chosen = max(told, key=lambda f: (not f.denied, *f.weight))
        sign = chosen.sign
        if sign.explicit and not chosen.denied and not self._of_others(words, chosen):
            return Interpretation("danger", sign.value, sign.field, "explicit")
        return Interpretation("danger", None, sign.field, "mentioned")

    def _is_news(self, field: str, found: Found, words: Tokens) -> bool:
        """Whether a sign of another question is to be followed up: it is not plainly denied, and,
        unless it is explicit, not just part of the answer itself."""
        if found.denied:
            return not self._denied(field, found, words)
        if found.sign.explicit:
            return True
        if self._soothed(field, found, words):
            return False
        known = self.answering.answers.get(field, NO_ANSWERS).about
        return found.sign.field not in known and not self._is_graver_answer(field, words)

    def _soothed(self, field: str, found: Found, words: Tokens) -> bool:
        """Whether a sign that is not explicit is part of a statement that all is well: "both legs
        are fine"."""
        asked = self.answering.fields[field]
        if found.sign.explicit or isinstance(asked, FreeField):
            return False
        if self.net.scope.denied(words, found.start, found.end):  # "can not go" is no denial of it
            return False
        parse, mild = self.answering.parse(field, words), reassuring(asked)
        well = (f"value:{mild}", *(("no", "no_own") if mild in ("no", "none") else ()))
        return parse.explained and any(
            s.start <= found.start and found.end <= s.end for s in parse.of(*well)
        )

    def _is_graver_answer(self, field: str, words: Tokens) -> bool:
        asked = self.answering.fields[field]
        if not self.answering.explained(field, words):
            return False
        meaning = self.answering.meaning(field, "", words, None)
        return meaning.outcome == "match" and not could_be_graver(asked, meaning.value)

    def _own_sign(self, field: str, found: Found, words: Tokens) -> Interpretation | None:
        """A sign of the question that is open. Of a choice, a value that is not the gravest counts
        only if nothing else was said."""
        asked, value = self.answering.fields[field], found.sign.value
        told = Interpretation("match", value, field, "explicit")
        if not isinstance(asked, ChoiceField):
            return told
        order = list(asked.values)
        meaning = self.answering.meaning(field, "", words, None)
        if meaning.outcome == "match" and order.index(str(meaning.value)) >= order.index(value):
            return meaning
        rest = self.answering.parse(field, (*words[: found.start], BOUNDARY, *words[found.end :]))
        plain = rest.explained and not any(s.kind.startswith("value:") for s in rest.statements)
        return told if value == order[-1] or plain else NAMED

    def _denied(self, field: str, found: Found, words: Tokens) -> bool:
        """Whether a sign of another question is plainly denied: all of the answer is understood, in
        this question or in its own."""
        if self.answering.explained(field, words):
            return True
        negators = [at for at in range(found.start) if words[at] in self.net.scope.negators]
        start = negators[-1] if negators else found.start
        return any(self.answering.plain_no(found.sign.field, words[at : found.end])
                   for at in (start, max(0, start - 2)))  # fmt: skip

    def _of_others(self, words: Tokens, found: Found) -> bool:
        """Whether the clause of a sign speaks of somebody else: "my dad passed out"."""
        run = Run(words, self.answering.lexicon.rules)
        start = self.net.scope.before(words, found.start)
        return any(run.ends("relative", at) for at in range(start, found.start))
