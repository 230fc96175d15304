"""`voice-skill hear`: recognise sound files as a session would."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from voice_skill.audio.sound import BLOCK_BYTES, RATE_HZ, read_pcm
from voice_skill.content import Content
from voice_skill.dialog.effects import Listen
from voice_skill.dialog.events import Answered, NoInput, NoMatch
from voice_skill.errors import UsageError
from voice_skill.hearing.choosing import second_ear
from voice_skill.hearing.endpointer import Patience
from voice_skill.hearing.listener import Utterance, blocks_of, listen
from voice_skill.hearing.recogniser import Recogniser
from voice_skill.listening.answer_grammar import Ears
from voice_skill.listening.judging import judged
from voice_skill.models.folder import find_model
from voice_skill.visit.conversation import Conversation

WHOLE = Patience(1e6, 1e6, 1e6, 1e6, 1e6)
"""A file is heard to its end."""
LEAD_SECONDS = 0.3
TAIL_SECONDS = 0.7


def hear_phrases(listed: str, wavs: Sequence[Path], model: Path | None) -> Iterator[dict[str, Any]]:
    """Recognise files against a list of phrases: a match is one whole phrase."""
    phrases = [" ".join(text.lower().split()) for text in listed.split(",") if text.strip()]
    if not phrases:
        raise UsageError("--phrases names nothing to listen for")
    recogniser = Recogniser(find_model(model))
    for wav in wavs:
        heard, seconds = _hear(recogniser, phrases, wav)
        text = heard.hypothesis.text
        value = text if text in phrases and not heard.hypothesis.unknown else None
        outcome = "match" if value else _unmatched(heard)
        yield _row(wav, outcome, heard, value, seconds)


def hear_field(
    content: Content, field: str, wavs: Sequence[Path], model: Path | None
) -> Iterator[dict[str, Any]]:
    """Recognise files as a session does when this question is open, its second look included."""
    dialog, understander = content.dialog, content.understander
    recogniser = Recogniser(find_model(model))
    ears = Ears.from_dialog(dialog, recogniser.words, understander)
    grammar, again = ears.grammar(field, None), second_ear(recogniser)
    for wav in wavs:
        heard, seconds = _hear(recogniser, grammar.texts, wav)
        conversation = Conversation(dialog, understander, floor=Listen(field))
        event = judged(conversation, ears, grammar, heard, again)
        yield _row_of(wav, event, heard, seconds)


def _row_of(
    wav: Path, event: Answered | NoMatch | NoInput, heard: Utterance, seconds: float
) -> dict[str, Any]:
    """An event as a row. What is only asked about by name is an `alarm` or a `danger`."""
    outcome, value, certain = _unmatched(heard), None, False
    if isinstance(event, Answered):
        meaning = event.interpretation
        outcome, value, certain = meaning.outcome, meaning.value, event.certain
    elif isinstance(event, NoMatch) and event.mentioned:
        outcome, value = "danger", event.mentioned
    elif isinstance(event, NoMatch) and event.alarm is not None:
        outcome, value = "alarm", event.alarm
    said = heard.hypothesis.text if isinstance(event, NoInput) else event.said
    told = _row(wav, outcome, heard, value, seconds)
    return told | {
        "text": said,
        "certain": certain,
        "second_look": said != heard.hypothesis.text,
    }


def _unmatched(heard: Utterance) -> str:
    return "noinput" if heard.kind == "noinput" else "nomatch"


def _hear(recogniser: Recogniser, phrases: Sequence[str], wav: Path) -> tuple[Utterance, float]:
    pcm = read_pcm(wav)
    quiet = bytes(int(RATE_HZ * LEAD_SECONDS) * 2), bytes(int(RATE_HZ * TAIL_SECONDS) * 2)
    recogniser.listen_for(phrases)
    padded = quiet[0] + pcm + quiet[1]
    heard = listen(recogniser, blocks_of(padded, BLOCK_BYTES), lambda text: "none", WHOLE)
    return heard, len(pcm) / 2 / RATE_HZ


def _row(wav: Path, outcome: str, heard: Utterance, value: Any, seconds: float) -> dict[str, Any]:
    return {
        "wav": str(wav),
        "outcome": outcome,
        "text": heard.hypothesis.text,
        "value": value,
        "confidence": round(heard.hypothesis.confidence, 3),
        "certain": heard.certain and heard.alone,
        "seconds": round(seconds, 3),
    }
