"""`voice-skill hear`: recognise sound files as a session would."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from voice_skill.audio.sound import BLOCK_BYTES, RATE_HZ, read_pcm
from voice_skill.content import Content
from voice_skill.errors import UsageError
from voice_skill.hearing.endpointer import Patience
from voice_skill.hearing.listener import Utterance, blocks_of, listen
from voice_skill.hearing.recogniser import Recogniser
from voice_skill.listening.answer_grammar import Ears
from voice_skill.models.folder import find_model

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
    """Recognise files as answers to a question of the dialog."""
    dialog, understander = content.dialog, content.understander
    recogniser = Recogniser(find_model(model))
    grammar = Ears.from_dialog(dialog, recogniser.words, understander).grammar(field, None)
    for wav in wavs:
        heard, seconds = _hear(recogniser, grammar.texts, wav)
        text = heard.hypothesis.text
        if heard.kind != "heard" or heard.hypothesis.unknown or not grammar.covers(text):
            yield _row(wav, _unmatched(heard), heard, None, seconds)
            continue
        meaning = understander.interpret(field, text)
        yield _row(wav, meaning.outcome, heard, meaning.value, seconds)


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
