"""The phrases of the coach as lexicons: those that are listened for, and those of free speech."""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass

from voice_skill.coaching.wording import CoachDanger, CommandName, Wording
from voice_skill.understanding.language import Language
from voice_skill.understanding.phrasebook import Phrasebook
from voice_skill.understanding.templates import phrases_of
from voice_skill.understanding.text import Tokens

GRAVITY = {
    "around": 0, "painless": 1, "fine": 2, "rest": 3, "finish": 4, "doubt": 5, "not_fine": 6,
    "complaint": 7, "painful": 8, "hurts": 9,
}  # fmt: skip
"""Of two readings of the same length the graver one counts."""
HALTS: tuple[CommandName, ...] = ("pause", "stop")
Labelled = Iterable[tuple[str, Iterable[str]]]


def lexicon_of(phrases: Labelled, language: Language) -> Phrasebook:
    """A lexicon of templates by their label."""
    found = Phrasebook()
    for label, templates in phrases:
        found.add(label, GRAVITY[label], phrases_of(templates, language))
    return found


@dataclass(frozen=True)
class Phrasing:
    """What is understood.

    warnings: of danger, and of pain that travels. replies: to most questions, and in mid-drill.
    hurting: to "does that hurt?". gladness: what feels well, asides, and the words around them;
    empty where no free speech is understood. halts: pause and stop with the words around them.
    gists: warnings whose words of degree are left out, which `degrees` are.
    """

    commands: Mapping[Tokens, str]
    warnings: Phrasebook
    replies: Phrasebook
    hurting: Phrasebook
    gladness: Phrasebook
    halts: Phrasebook
    openers: frozenset[Tokens]
    closers: frozenset[Tokens]
    fragments: frozenset[str]
    gists: Phrasebook
    degrees: frozenset[str]
    polite: frozenset[str]

    @classmethod
    def heard(cls, wording: Wording, language: Language) -> "Phrasing":
        """What is listened for. Raises DialogError on a bad template."""
        rule = wording.stop_rule
        answers = [(label, t) for label, t in wording.answers if not label.startswith("pain")]
        pain = [("hurts", rule.hurts), ("complaint", rule.complaint)]
        own = [(name, getattr(wording.answers, name)) for name in ("painful", "painless", "doubt")]
        return cls(
            _commands(wording.commands, language),
            _warnings(language, rule.danger, rule.travels, rule.moved_up),
            lexicon_of([*answers, *pain], language),
            lexicon_of([*own, *pain], language),
            Phrasebook(),
            Phrasebook(),
            frozenset(),
            frozenset(),
            frozenset(rule.fragments),
            Phrasebook(),
            frozenset(),
            frozenset(wording.polite),
        )

    @classmethod
    def free(cls, wording: Wording, language: Language) -> "Phrasing":
        """The same with whole sentences. Raises DialogError on a bad template."""
        rule, said, answers = wording.stop_rule, wording.sentences, wording.answers
        pain = [("hurts", (*rule.hurts, *said.hurts)),
                ("complaint", (*rule.complaint, *said.complaint))]  # fmt: skip
        doubt = ("doubt", (*answers.doubt, *said.doubt))
        rest = ("rest", (*answers.rest, *said.rest))
        around = ("around", said.around)
        fine = [("fine", t) for t in (answers.fine, said.content, said.asides)]
        painless = ("painless", (*answers.painless, *said.painless))
        hurting = lexicon_of(
            [
                ("painful", answers.painful),
                painless,
                doubt,
                *pain,
                around,
                ("doubt", said.comparisons),
            ],
            language,
        )
        hurting.add(
            "painless",
            GRAVITY["painless"],
            (
                words
                for words in phrases_of(said.content, language)
                if not {*words} & {*said.comparisons}
            ),
        )
        return cls(
            {**_commands(said.commands, language), **_commands(wording.commands, language)},
            _warnings(language, rule.danger, rule.travels, rule.moved_up),
            lexicon_of([("fine", answers.fine), ("not_fine", answers.not_fine), doubt, rest,
                        ("finish", answers.finish), *pain], language),
            hurting,
            lexicon_of([*fine, around], language),
            _halts(wording, language),
            frozenset(phrases_of(said.openers, language)),
            frozenset(phrases_of(said.closers, language)),
            frozenset((*rule.fragments, *said.fragments)),
            _warnings(language, said.danger, said.travels, (), frozenset(said.degrees)),
            frozenset(said.degrees),
            frozenset(wording.polite),
        )  # fmt: skip

    def command(self, words: Tokens) -> str | None:
        """The command that these words are, said politely or more than once."""
        plain = tuple(word for word in words if word not in self.polite)
        return self.commands.get(words) or self.commands.get(plain) or self._asked_for(plain)

    def _asked_for(self, words: Tokens) -> str | None:
        """With what may stand before and after a command: "can we ... for a bit"."""
        starts = [n for n in range(len(words)) if not n or words[:n] in self.openers]
        ends = [n for n in range(1, len(words) + 1) if n == len(words) or words[n:] in self.closers]
        inner = (words[start:end] for start in starts for end in ends if start < end)
        return next((self.commands[part] for part in inner if part in self.commands), None)

    def halt(self, words: Tokens) -> str | None:
        """Pause or stop, if it is nothing but that, in however many words: "whoa hang on a sec"."""
        cues = self.halts.find(words)
        labels = {cue.label for cue in cues} - {"around"}
        if not labels or sum(cue.length for cue in cues) < len(words):
            return None
        return "stop" if "stop" in labels else "pause"


def _commands(
    wording: Mapping[CommandName, Iterable[str]], language: Language
) -> dict[Tokens, str]:
    return {phrase: name for name, t in wording.items() for phrase in phrases_of(t, language)}


def gist(words: Tokens, degrees: Container[str]) -> Tokens:
    """Words without those of degree."""
    return tuple(word for word in words if word not in degrees)


def _warnings(
    language: Language,
    dangers: Iterable[CoachDanger],
    travels: Iterable[str],
    moved_up: Iterable[str],
    degrees: Container[str] = (),
) -> Phrasebook:
    def phrases(templates: Iterable[str]) -> Iterator[Tokens]:
        found = phrases_of(templates, language)
        return (bare for words in found if (bare := gist(words, degrees) if degrees else words))

    found = Phrasebook()
    for danger in dangers:
        label = f"danger:{danger.field}:{danger.value or ''}"
        found.add(label, 3 if danger.value else 1, phrases(danger.phrases))
    found.add("travels", 2, phrases(travels))
    found.add("moved_up", 4, phrases(moved_up))
    return found


def _halts(wording: Wording, language: Language) -> Phrasebook:
    found = Phrasebook()
    for commands in (wording.commands, wording.sentences.commands):
        for name in HALTS:
            found.add(name, 1, phrases_of(commands[name], language))
    found.add(
        "around", 0, phrases_of((*wording.sentences.around, *wording.sentences.closers), language)
    )
    return found
