"""The typed session: the same dialog by keyboard and screen, by script, or by a persona."""

from collections.abc import Callable, Iterator
from typing import TextIO

from voice_skill.dialog.effects import Effect, Finish, Listen, Say
from voice_skill.dialog.events import NoInput, NoMatch
from voice_skill.runtime.people.persona import Persona
from voice_skill.visit.conversation import Conversation

SILENCE, NOISE = "<silence>", "<noise>"
FAINT, PIECES = "<faint>", "<pieces>"
"""Begin a line as heard by ear: words of which the recogniser is not sure, and words that make no
whole answer."""
TURN_LIMIT = 400
"""More turns than any conversation has: a script or a persona that goes round in circles ends."""
Reply = Callable[[Listen], str | None]


def run_typed(
    conversation: Conversation, effects: tuple[Effect, ...], reply: Reply, screen: TextIO | None
) -> None:
    """Carry a conversation to its end, or until `reply` has nothing more to say (None)."""
    for _ in range(TURN_LIMIT):
        show(effects, screen)
        if conversation.finished or conversation.floor is None:
            return
        said = reply(conversation.floor)
        if said is None:
            return
        effects = take(conversation, said)


def take(conversation: Conversation, said: str) -> tuple[Effect, ...]:
    """One line of a script or from the keyboard."""
    line = said.strip()
    if line == NOISE:
        return conversation.take(NoMatch())
    if line in ("", SILENCE):
        return conversation.take(NoInput())
    if line.startswith(FAINT):
        return conversation.hear(line.removeprefix(FAINT).strip(), certain=False)
    if line.startswith(PIECES):
        return conversation.hear_pieces(line.removeprefix(PIECES).strip())
    return conversation.hear(line)


def show(effects: tuple[Effect, ...], screen: TextIO | None) -> None:
    """Print what the skill says, a sentence a line."""
    if screen is None:
        return
    for effect in effects:
        if isinstance(effect, Say):
            for line in effect.lines:
                print(line, file=screen)
        elif isinstance(effect, Finish):
            print(f"[{effect.care or 'stopped'}]", file=screen)
    screen.flush()


def script_reply(lines: Iterator[str], screen: TextIO | None) -> Reply:
    """Answers from a file, one a line."""

    def reply(floor: Listen) -> str | None:
        said = next(lines, None)
        if said is not None and screen is not None:
            print(f"> {said.strip()}", file=screen)
        return said

    return reply


def persona_reply(persona: Persona, screen: TextIO | None) -> Reply:
    """Answers of a virtual person."""

    def reply(floor: Listen) -> str | None:
        said = persona.answer(floor.field)
        if screen is not None:
            print(f"> {said}", file=screen)
        return said

    return reply


def keyboard_reply(screen: TextIO) -> Reply:
    """Answers from the keyboard; the end of the input is silence for good."""

    def reply(floor: Listen) -> str | None:
        print("> ", end="", file=screen, flush=True)
        try:
            return input()
        except EOFError:
            return None

    return reply
