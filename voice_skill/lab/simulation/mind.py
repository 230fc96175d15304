"""What a virtual patient means to say next: a persona's answer, late, or after another one.

- `silent`: says nothing the first time a question is asked, or the first two times where it is
  asked three times; then what the persona says. The reference in writing answers at once: silence
  may cost care upwards (a value that stays unknown), never downwards.
- `changes-mind`: where the persona's answer is graver than the reassuring one, says that one first
  and takes it back, in one breath ("no, wait, yes") or when the next question is asked ("no, I
  meant yes"). The reference in writing gives the right answer at once: a slip that was taken back
  must not count. A grave slip is not tried: it ends the conversation by design, and cannot be
  taken back.

Whoever is asked "did you say...?" tells the truth.
"""

import random
from collections import Counter
from dataclasses import dataclass, field

from voice_skill.dialog.fields import ChoiceField, YesNoField
from voice_skill.lab.manners import CHANGES_MIND, SENTENCES, SILENT
from voice_skill.lab.meaning import graver, reassuring, typed
from voice_skill.proof.talk import Talker
from voice_skill.runtime.people.persona import Persona
from voice_skill.runtime.typed.check import SILENCE
from voice_skill.understanding.sentences import sentence_phrases
from voice_skill.visit.conversation import Conversation

ONE_BREATH = ("{}, wait, {}", "{}, no, sorry, {}", "{}, actually {}")
TAKEN_BACK = "no, i meant {}"
LATER = "later"


@dataclass(frozen=True)
class Slip:
    """A reassuring answer that was given to a question and that is wrong. right: what is."""

    field: str
    right: str


@dataclass
class Mind:
    """Answers as a persona does, in a manner. seed: draws of its own."""

    persona: Persona
    manner: str
    seed: str
    meant: str = ""
    slip: Slip | None = None
    asked: Counter[str] = field(default_factory=Counter)

    def says(self, conversation: Conversation) -> str:
        """The next words, without what the manner puts around them; or `<silence>`."""
        if conversation.state.pending is not None:
            return self._confirmed(conversation)
        name = conversation.floor.field if conversation.floor else ""
        self.asked[name] += 1
        if self.manner == SILENT and self.asked[name] <= self._silences(conversation, name):
            return SILENCE
        if self.slip is not None and self._may_be_taken_back(conversation, self.slip):
            return TAKEN_BACK.format(self.slip.right)
        self.meant = self.persona.answer(name)
        if self.manner == SENTENCES and self.asked[name] == 1:
            self.meant = self._in_a_sentence(conversation, name)
        if self.manner == CHANGES_MIND and self.asked[name] == 1:
            return self._slipping(conversation, name)
        return self.meant

    def _silences(self, conversation: Conversation, name: str) -> int:
        """How often a question goes by: the last time it is asked, it is answered."""
        attempts = conversation.dialog.stage_of[name].attempts
        return random.Random(f"{self.seed} {name}").randint(1, max(1, attempts - 1))

    def _slipping(self, conversation: Conversation, name: str) -> str:
        """The reassuring answer first, where it is the wrong one."""
        slip = _reassuring_words(conversation, name, self.meant)
        if slip is None:
            return self.meant
        how = random.Random(f"{self.seed} {name}").choice((*ONE_BREATH, LATER))
        if how != LATER:
            return how.format(slip, self.meant)
        self.slip = Slip(name, self.meant)
        return slip

    def _in_a_sentence(self, conversation: Conversation, name: str) -> str:
        """A no in so many words, where there is one; the second time it is said shortly."""
        dialog, understander = conversation.dialog, conversation.understander
        if typed(understander, name, self.meant) != "no" or self.meant != "no":
            return self.meant
        parser = understander.lexicon.parser(name)
        spoken_as, language = dialog.grammar.spoken_as, understander.language
        said = [p.text for p in sentence_phrases(name, parser, spoken_as, (), language)]
        noes = [text for text in said if typed(understander, name, text) == "no"]
        return random.Random(f"{self.seed} {name}").choice(noes or [self.meant])

    @staticmethod
    def _may_be_taken_back(conversation: Conversation, slip: Slip) -> bool:
        """While the next question is open, and the right answer has not been taken."""
        answer = conversation.state.answers.get(slip.field)
        before = conversation.floor.previous if conversation.floor else None
        return answer is not None and answer.how == "heard" and before == slip.field

    def _confirmed(self, conversation: Conversation) -> str:
        """What an honest person says to "did you say...?"."""
        state = conversation.state
        value = state.pending.value if state.pending else None
        meaning = conversation.understander.interpret(
            state.current or "", self.meant, today_weekday=conversation.today_weekday
        )
        return "yes" if meaning.value == value else "no"


def _reassuring_words(conversation: Conversation, name: str, meant: str) -> str | None:
    """What reassures in answer to a question to which the truth is graver; None for others."""
    dialog, understander = conversation.dialog, conversation.understander
    if not isinstance(dialog.fields[name], YesNoField | ChoiceField):
        return None
    if typed(understander, name, meant) not in graver(dialog, name):
        return None
    return Talker(dialog, understander).words(name, reassuring(dialog, name) or "")
