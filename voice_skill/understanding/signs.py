"""The danger net: signs that are listened for in every answer, whatever was asked."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from voice_skill.dialog.model import Danger
from voice_skill.dialog.words import Sign, Signs
from voice_skill.understanding.firsts import Firsts
from voice_skill.understanding.language import Language
from voice_skill.understanding.pattern import Rule, Rules, Run
from voice_skill.understanding.scope import Scope
from voice_skill.understanding.text import Tokens

Place = tuple[int, int]


@dataclass(frozen=True)
class Found:
    """A sign in an utterance: words start..end-1. denied: a negation reaches it."""

    sign: Sign
    start: int
    end: int
    denied: bool

    @property
    def weight(self) -> tuple[bool, int]:
        """Of several signs of one question the explicit, then the longest counts."""
        return (self.sign.explicit, self.end - self.start)


@dataclass(frozen=True)
class Listed:
    """A sign with its rules. phrases: its words in a row. groups: parts that stand together.

    Each rule comes with the words that it may begin with: most utterances hold none of them.
    """

    sign: Sign
    phrases: Rule
    groups: tuple[tuple[Rule, ...], ...]

    def may_stand(self, words: frozenset[str]) -> bool:
        """Whether any of its rules may begin with one of these words."""
        return self._begins(self.phrases, words) or any(self.together(words))

    def together(self, words: frozenset[str]) -> Iterator[tuple[Rule, ...]]:
        """The groups all of whose parts may begin with one of these words."""
        for parts in self.groups:
            if all(self._begins(part, words) for part in parts):
                yield parts

    @staticmethod
    def _begins(rule: Rule, words: frozenset[str]) -> bool:
        return bool(rule.open) or not words.isdisjoint(rule.by_first)


@dataclass(frozen=True)
class Net:
    """Finds signs by their rules."""

    signs: tuple[Listed, ...]
    rules: Rules
    scope: Scope

    @classmethod
    def of(
        cls, signs: Signs, danger: tuple[Danger, ...], rules: Rules, language: Language
    ) -> "Net":
        """From the signs of a language and the danger phrases. Raises DialogError."""
        own = {name: Rule.of([text], language) for name, text in signs.rules.items()}
        known = {**rules, **own}
        every = [
            *signs.signs,
            *(
                Sign(field=d.field, value=d.value, explicit=d.explicit, phrases=d.phrases)
                for d in danger
            ),
        ]
        firsts = Firsts(known)
        bound = {name: firsts.bound(rule) for name, rule in known.items()}
        found = tuple(
            Listed(
                sign,
                firsts.bound(Rule.of(sign.phrases, language)),
                tuple(
                    tuple(firsts.bound(Rule.of([p], language)) for p in parts)
                    for parts in sign.together
                ),
            )
            for sign in every
        )
        return cls(found, bound, Scope.of(signs, language))

    def find(self, words: Tokens, *, opening: bool = False) -> list[Found]:
        """Every sign in the words; the same question may be found more than once."""
        run, clauses, said = Run(words, self.rules), self.scope.clauses(words), frozenset(words)
        found: list[Found] = []
        for listed in self.signs:
            sign = listed.sign
            if (sign.only == "opening" and not opening) or not listed.may_stand(said):
                continue
            places = [[place] for place in self._phrases(run, listed.phrases)]
            places += self._together(run, listed.together(said), clauses)
            found += [self._found(words, sign, parts) for parts in places]
        return found

    def _found(self, words: Tokens, sign: Sign, parts: list[Place]) -> Found:
        """A sign with its parts: a negation reaches it from before it or from between them."""
        parts = sorted(parts)
        start, end = parts[0][0], max(stop for _, stop in parts)
        between = [(one[1], two[0]) for one, two in pairwise(parts)]
        denied = any(
            self.scope.denied(words, begin, stop)
            for begin, stop in [(self.scope.before(words, start), start), *between]
        )
        return Found(sign, start, end, denied)

    def _phrases(self, run: Run, rule: Rule) -> list[Place]:
        return [
            (at, max(ends)) for at in range(len(run.words)) if (ends := rule.ends(run, at) - {at})
        ]

    def _together(
        self, run: Run, groups: Iterable[tuple[Rule, ...]], clauses: list[Place]
    ) -> list[list[Place]]:
        found = []
        for parts in groups:
            for start, end in clauses:
                places = [self._within(run, part, start, end) for part in parts]
                chosen = _apart(places) if all(places) else None
                if chosen:
                    found.append(chosen)
        return found

    def _within(self, run: Run, rule: Rule, start: int, end: int) -> list[Place]:
        return [
            (at, max(ends))
            for at in range(start, end)
            if (ends := [e for e in rule.ends(run, at) if at < e <= end])
        ]


def _apart(places: list[list[Place]]) -> list[Place] | None:
    """One place for each part so that the first two do not stand on the same words."""
    for one in places[0]:
        for two in places[1]:
            if one[1] <= two[0] or two[1] <= one[0]:
                return [one, two, *(part[0] for part in places[2:])]
    return None
