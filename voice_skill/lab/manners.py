"""Where and how something is said: in a room, in noise, hesitantly, at length, mumbled."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from voice_skill.audio.sound import RATE_HZ
from voice_skill.lab.conditions import NOISE_DB, reverberant, to_pcm
from voice_skill.lab.patient import SPEEDS, speak, voices

LEAD_SECONDS, TAIL_SECONDS = 0.4, 1.6
"""Around what is said. The tail is longer than the session waits for more words."""
ECHO_SECONDS, ECHO_DB = (0.15, 0.35), 8.0
"""When a hall or a wall gives the words back, and how much weaker."""
MUMBLE_HZ = 1800.0
MUMBLE_GAIN = 0.1
CONDITIONS = ("clean", "room", "noise", "echo")
"""How single answers are spoken."""
HESITATIONS = ("um, {}", "well, {}", "uh, {}", "er, let me see, {}")
CHAT = ("oh well, {}, thank you", "{}, doctor", "okay, {} today", "so, {}, honestly")

STRANGERS = (
    "could I get a large coffee with oat milk please",
    "the train leaves at nine from platform four",
    "we should paint the kitchen before the summer",
    "turn left at the church and then it is on your right",
    "did you see the match last night",
    "I told him that the meeting is tomorrow",
    "what would you like for dinner",
    "now here is the weather for the weekend",
    "come on, the dog wants to go out",
    "that film was much longer than I thought",
)
"""Others in the room: nothing of it is an answer."""
BEHIND_DB = 20.0
"""By so much others' talk in the background is below what is said, both by their mean power."""

Alter = Callable[[np.ndarray, random.Random], np.ndarray]


def sounding(samples: np.ndarray, condition: str, rng: random.Random) -> bytes:
    """Speech as the microphone would give it, with the time before and after it."""
    return to_pcm(_ALTER[condition](samples, rng))


def phrased(said: str, manner: str, rng: random.Random) -> str:
    """The same answer in another manner of speaking."""
    return rng.choice(MANNERS[manner].phrasings).format(said)


def _around(samples: np.ndarray) -> np.ndarray:
    before, after = int(LEAD_SECONDS * RATE_HZ), int(TAIL_SECONDS * RATE_HZ)
    return np.pad(samples, (before, after))


def _clean(samples: np.ndarray, rng: random.Random) -> np.ndarray:
    return _around(samples)


def _room(samples: np.ndarray, rng: random.Random) -> np.ndarray:
    return _around(reverberant(samples, rng))


def _echo(samples: np.ndarray, rng: random.Random) -> np.ndarray:
    """Every word comes back once, under the next one or after the last."""
    whole = _around(samples)
    late = int(rng.uniform(*ECHO_SECONDS) * RATE_HZ)
    whole[late:] += whole[:-late].copy() * 10 ** (-ECHO_DB / 20)
    return whole


def _noise(samples: np.ndarray, rng: random.Random) -> np.ndarray:
    """Pink noise, ten decibels below the speech, before, in and after it."""
    whole = _around(samples)
    white = np.random.default_rng(rng.getrandbits(32)).normal(size=len(whole))
    spectrum = np.fft.rfft(white)
    spectrum[1:] /= np.sqrt(np.arange(1, len(spectrum)))
    spectrum[0] = 0.0
    pink = np.fft.irfft(spectrum, len(whole))
    power = float((samples**2).mean()) / 10 ** (NOISE_DB / 10)
    return np.asarray(whole + pink * np.sqrt(power / max(float((pink**2).mean()), 1e-12)))


def _mumbled(samples: np.ndarray, rng: random.Random) -> np.ndarray:
    """Twenty decibels quieter, and dull: nothing above 1.8 kHz."""
    spectrum = np.fft.rfft(samples)
    spectrum[np.fft.rfftfreq(len(samples), 1 / RATE_HZ) > MUMBLE_HZ] = 0.0
    return _around(MUMBLE_GAIN * np.fft.irfft(spectrum, len(samples)))


def _background(samples: np.ndarray, rng: random.Random) -> np.ndarray:
    """Somebody else talks all the while, of other things."""
    whole = _around(samples)
    others = [speak(said, rng.choice(voices()), rng.choice(SPEEDS))
              for said in rng.sample(STRANGERS, 2)]  # fmt: skip
    talk = np.resize(np.concatenate(others), len(whole))
    power = float((samples**2).mean()) / 10 ** (BEHIND_DB / 10)
    return np.asarray(whole + talk * np.sqrt(power / max(float((talk**2).mean()), 1e-12)))


_ALTER: Mapping[str, Alter] = {
    "clean": _clean,
    "room": _room,
    "noise": _noise,
    "echo": _echo,
    "mumbling": _mumbled,
    "background": _background,
}


@dataclass(frozen=True)
class Manner:
    """How a whole conversation is held.

    condition: see `sounding`. phrasings: what stands around each answer. What is said at all in
    the manners `silent`, `changes-mind` and `sentences` is told in `mind.py`; who has which voice,
    in `conversation.py`.
    """

    condition: str = "clean"
    phrasings: tuple[str, ...] = ("{}",)


SILENT, CHANGES_MIND, ACCENTED = "silent", "changes-mind", "accent"
SENTENCES = "sentences"
"""A no is said in a whole sentence of one's own: "no, I haven't had any numbness"."""
MANNERS: Mapping[str, Manner] = {
    "plain": Manner(),
    "hesitant": Manner(phrasings=HESITATIONS),
    "chatty": Manner(phrasings=CHAT),
    "mumbling": Manner("mumbling"),
    "noise": Manner("noise"),
    SILENT: Manner(),
    CHANGES_MIND: Manner(),
    ACCENTED: Manner(),
    SENTENCES: Manner(),
    "background": Manner("background"),
}
