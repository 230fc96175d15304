"""`voice-skill doctor`: is everything here that a session needs?"""

import json
import re
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from voice_skill.audio.devices import find_device
from voice_skill.audio.sound import SILENCE_DBFS, level_dbfs
from voice_skill.clock import is_possible, now_here, outlives_power
from voice_skill.dialog.dialog import Dialog
from voice_skill.diary.days import day_of
from voice_skill.errors import AudioError, VoiceSkillError
from voice_skill.hearing.capture import Microphone
from voice_skill.hearing.echo import EchoCanceller
from voice_skill.hearing.own_echo import OwnEcho
from voice_skill.hearing.recogniser import Recogniser
from voice_skill.listening.answer_grammar import left_out, unspeakable
from voice_skill.log import LOG, about, log_file, note_failure
from voice_skill.models.folder import find_model
from voice_skill.models.second_ear import find_second_ear, prove_second_ear
from voice_skill.speaking.cache import read_sound
from voice_skill.speaking.earcons import earcon
from voice_skill.speaking.playback import Player
from voice_skill.speaking.synthesiser import Synthesiser
from voice_skill.speaking.voice import Voice
from voice_skill.storage.diary_file import Book
from voice_skill.storage.store import Store

LISTEN_SECONDS = 1.0


@dataclass(frozen=True)
class Finding:
    """What one check found. text: one line, or more for words that are left out."""

    name: str
    healthy: bool
    text: str


def examine(folder: Path, model: Path | None, as_json: bool, load: Callable[[], Dialog]) -> int:
    """Print one line a check, or one JSON object. Returns 0 if all is well, else 3."""
    checks: list[tuple[str, Callable[[], str]]] = [
        ("program", about),
        ("clock", _clock),
        ("dialog", lambda: _dialog(load())),
        ("model", lambda: _model(model)),
        ("vocabulary", lambda: _vocabulary(load(), folder, model)),
        ("second ear", _second_ear),
        ("synthesiser", _synthesiser),
        ("microphone", _microphone),
        ("loudspeaker", _loudspeaker),
        ("echo", _echo),
        ("log", _log),
    ]
    found = []
    for name, check in checks:
        found.append(_checked(name, check))
        if not as_json:
            print(
                f"{'ok   ' if found[-1].healthy else 'FAIL '} {name}: {found[-1].text}", flush=True
            )
    healthy = all(finding.healthy for finding in found)
    if as_json:
        print(json.dumps({"healthy": healthy, "checks": [asdict(finding) for finding in found]}))
    return 0 if healthy else 3


def _checked(name: str, check: Callable[[], str]) -> Finding:
    """One check. That of which nobody thought is a finding too: the others still follow."""
    try:
        finding = Finding(name, True, check())
    except VoiceSkillError as error:
        finding = Finding(name, False, str(error))
    except Exception as error:
        finding = Finding(name, False, f"an unexpected failure ({note_failure(error)})")
    LOG.info("doctor: %s %s: %s", "ok" if finding.healthy else "FAIL", name, finding.text)
    return finding


def _dialog(dialog: Dialog) -> str:
    return f"{len(dialog.fields)} questions, {len(dialog.rules)} rules"


def _log() -> str:
    path = log_file()
    size = path.stat().st_size if path.is_file() else 0
    if not size:
        raise VoiceSkillError(f"{path}: cannot be written; without it a failure leaves no trace")
    return f"{path}; attach it to a bug report, it holds no word of what was said unless asked to"


def _clock() -> str:
    now = now_here()
    shown = f"{now:%Y-%m-%d %H:%M}"
    if not is_possible(now.date()):
        raise VoiceSkillError(f"it shows {shown}, which cannot be; set it with: sudo date -s TIME")
    later = [e for e in Book.from_store(Store.from_platform()).entries if day_of(e) > now.date()]
    if later:
        raise VoiceSkillError(f"it shows {shown}, but the diary holds {day_of(later[-1])}; "
                              "set it, or the diary's days count for nothing")  # fmt: skip
    lost = "" if outlives_power() else "; no clock runs on without power, so a restart may lose it"
    return f"{shown} {now.tzname()}{lost}"


def _model(model: Path | None) -> str:
    started = time.monotonic()
    recogniser = Recogniser(find_model(model))
    took = time.monotonic() - started
    return f"{recogniser.folder}, {len(recogniser.words)} words, loaded in {took:.2f} s"


def _vocabulary(dialog: Dialog, folder: Path, model: Path | None) -> str:
    words = Recogniser(find_model(model)).words
    problems = unspeakable(dialog, words)
    if problems:
        raise VoiceSkillError("; ".join(problems))
    missing = left_out(dialog, words)
    if not missing:
        return "every phrase of the dialog can be heard"
    lacking = sorted({word for _, word in missing.values()})
    lines = [f"      {word}: {', '.join(_places(folder, word))}" for word in lacking]
    head = f"{len(missing)} phrases are left out, for words that the model does not know:"
    return "\n".join([head, *lines])


def _places(folder: Path, word: str) -> list[str]:
    """Where a word stands in the dialog files, as file:line."""
    whole = re.compile(rf"(?<![\w']){re.escape(word)}(?![\w'])", re.IGNORECASE)
    return [
        f"{file.name}:{number}"
        for file in sorted(folder.glob("*.yaml"))
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if whole.search(line)
    ]


def _second_ear() -> str:
    folder = find_second_ear()
    if folder is None:
        return "the model's own; others: voice-skill model list"
    prove_second_ear(folder)
    return folder.name


def _synthesiser() -> str:
    synthesiser = Synthesiser(Voice())
    try:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "test.wav"
            synthesiser.synthesise("This is a test.", path)
            pcm, rate = read_sound(path)
        return f"speaks, {len(pcm) / 2 / rate:.1f} s at {rate} Hz"
    finally:
        synthesiser.close()


def _microphone() -> str:
    microphone = Microphone()
    device = microphone.open()
    try:
        blocks = [microphone.read() for _ in range(int(LISTEN_SECONDS / 0.05))]
    finally:
        microphone.close()
    level = max(level_dbfs(block) for block in blocks)
    if level <= SILENCE_DBFS:
        return f"{device.name}, but it gives digital silence: is it muted?"
    return f"{device.name}, loudest {level:.0f} dBFS"


def _echo() -> str:
    try:
        EchoCanceller(OwnEcho()).close()
    except AudioError as error:
        return f"what the loudspeaker says stays in the microphone: {error}"
    return "what the loudspeaker says is taken out of the microphone"


def _loudspeaker() -> str:
    device = find_device(None, "output")
    if not Player(device.name).play(*earcon("finished")):
        raise AudioError(f"{device.name} did not play to the end")
    return f"{device.name}, played a short sound"
