"""What an utterance counts as in a conversation: the event, before it is taken.

A session, `voice-skill hear --field` and the virtual patients all hear through this.
"""

from voice_skill.dialog.events import Answered, NoInput, NoMatch
from voice_skill.hearing.listener import Utterance
from voice_skill.hearing.second_ear import SecondEar
from voice_skill.listening.answer_grammar import Ears, Grammar
from voice_skill.visit.conversation import Conversation


def judged(
    conversation: Conversation, ears: Ears, grammar: Grammar, heard: Utterance,
    second_ear: SecondEar | None = None,
) -> Answered | NoMatch | NoInput:  # fmt: skip
    """The event. second_ear: looks again at what the question's grammar did not settle."""
    if heard.kind == "noinput":
        return NoInput()

    def again() -> tuple[str, float]:
        if second_ear is None or not heard.sound:
            return "", 0.0
        return second_ear.hear(heard.sound, ears.question(conversation.asked, grammar))

    words = heard.hypothesis
    if heard.kind == "noise" or not grammar.covers(words.text):
        return conversation.event_of_pieces(words.text, again)
    return conversation.event_of_answer(
        words.text, words.confidence, heard.certain, heard.alone, again
    )
