"""The ears of the service: one model, and for each who speaks a recogniser of their own."""

import queue
import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field
from itertools import chain, repeat

from voice_skill.audio.sound import BLOCK_BYTES, BLOCK_SECONDS
from voice_skill.coaching.pace import ANSWER_SECONDS
from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.effects import Listen
from voice_skill.hearing.endpointer import Patience
from voice_skill.hearing.listener import listen
from voice_skill.hearing.own_echo import OwnEcho
from voice_skill.hearing.recogniser import Recogniser
from voice_skill.listening.answer_grammar import Ears, Grammar
from voice_skill.listening.call_grammar import CoachEars
from voice_skill.listening.call_listener import CoachListener
from voice_skill.surfaces.turns.turn import Said
from voice_skill.understanding.covering import GrammarIndex
from voice_skill.understanding.grammar import GrammarPhrase, barge_in_phrases, for_recogniser
from voice_skill.understanding.templates import expand
from voice_skill.understanding.understander import Understander
from voice_skill.visit.warm_up import WarmUp

MAX_LISTENING = 16
"""So many are heard at once; who speaks then waits for a moment."""
MAX_GRAMMARS = 24
"""Grammars that are kept made. One takes half a second and two megabytes."""
ENDING_BLOCKS = round(1.0 / BLOCK_SECONDS)
"""Quiet after the end of a recording, so that its last word is decided on."""
Target = Listen | WarmUp | None
"""What is listened for: an answer, whatever may be said in a warm-up, or that somebody begins."""


@dataclass
class SharedEars:
    """Hears for all conversations. Thread-safe: each call takes a recogniser for itself."""

    dialog: Dialog
    recogniser: Recogniser
    understander: Understander
    _free: "queue.LifoQueue[Recogniser]" = field(default_factory=queue.LifoQueue)
    _slots: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(MAX_LISTENING))
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _grammars: "OrderedDict[tuple[str, str | None], Future[Grammar]]" = field(
        default_factory=OrderedDict
    )

    def __post_init__(self) -> None:
        self._ears = Ears.from_dialog(self.dialog, self.recogniser.words, self.understander)
        self._free.put(self.recogniser)
        self._beginning = self._make_beginning()

    def prepare(self, target: Target) -> None:
        """Make what will be listened for soon, if it takes long."""
        if isinstance(target, Listen):
            self._grammar(target)

    def hear(self, target: Target, blocks: Iterable[bytes]) -> Said:
        """One utterance out of blocks of 50 ms; at their end at the latest."""
        with self._slots:
            try:
                recogniser = self._free.get_nowait()
            except queue.Empty:
                recogniser = self.recogniser.another()
            try:
                if isinstance(target, WarmUp):
                    return self._in_warm_up(recogniser, target, blocks)
                grammar = self._grammar(target) if target else self._beginning
                return _answer(recogniser, grammar, blocks)
            finally:
                self._free.put(recogniser)

    def _grammar(self, floor: Listen) -> Grammar:
        """Made once, however many wait for it."""
        asked = floor.field, floor.previous
        with self._lock:
            made = self._grammars.get(asked)
            is_mine = made is None
            made = self._grammars[asked] = made or Future()
            self._grammars.move_to_end(asked)
            while len(self._grammars) > MAX_GRAMMARS:
                self._grammars.popitem(last=False)
        if is_mine:
            try:
                made.set_result(self._ears.grammar(*asked))
            except BaseException as error:
                made.set_exception(error)
        return made.result()

    def _make_beginning(self) -> Grammar:
        """What may be said where no conversation is: that one begins, or a danger."""
        begins = [
            GrammarPhrase(text.lower(), "begins")
            for template in self.dialog.phrases.begins
            for text in expand(template)
        ]
        phrases = [*begins, *barge_in_phrases(self.dialog.phrases)]
        index = GrammarIndex.from_phrases(phrases)
        texts = for_recogniser(phrases, self.understander.language)
        return Grammar(texts, index, lambda text: False, lambda text: False)

    def _in_warm_up(self, recogniser: Recogniser, warm_up: WarmUp, blocks: Iterable[bytes]) -> Said:
        """By the rules of a warm-up by voice: what is heard is whole words that are sure enough."""
        ears = CoachEars(self.dialog, warm_up.library, recogniser.words)
        listener = CoachListener(recogniser, ears, warm_up, OwnEcho())
        listener.tune(())
        patience = round(ANSWER_SECONDS / BLOCK_SECONDS)
        heard = (listener.hear(block) for block in _ended(blocks))
        for _, text in zip(range(patience + ENDING_BLOCKS), heard, strict=False):
            if text:
                return Said(text, ours=True, confidence=1.0, certain=True)
        return Said("", "silence", ours=True)


def _answer(recogniser: Recogniser, grammar: Grammar, blocks: Iterable[bytes]) -> Said:
    """By the rules of a spoken check."""
    recogniser.listen_for(grammar.texts)
    heard = listen(recogniser, blocks, grammar.completeness, Patience())
    if heard.kind == "noinput":
        return Said("", "silence", ours=True)
    text, sure = heard.hypothesis.text, heard.hypothesis.confidence
    if heard.kind == "noise" or not grammar.covers(text):
        return Said(text, "pieces", ours=True, confidence=sure)
    return Said(text, "answer", True, sure, heard.certain, heard.alone)


def _ended(blocks: Iterable[bytes]) -> Iterator[bytes]:
    return chain(blocks, repeat(bytes(BLOCK_BYTES), ENDING_BLOCKS))
