"""How the coach hears and keeps time, for docs/measurements.md.

python scripts/measure_coach_sound.py room [CONDITION...]
    in a simulated room, with and without echo cancelling (minutes each)
python scripts/measure_coach_sound.py calls
    each command and each call of pain in mid-drill, one at a time: how soon it is decided
python scripts/measure_coach_sound.py openings
    the first seconds, while the canceller looks for its way: false alarms, and calls into them
python scripts/measure_coach_sound.py card [ROUTINE...]
    whole routines in real time through the virtual sound card (8 to 12 minutes each)
python scripts/measure_coach_sound.py walls [ROUTINE...]
    the same, but what the loudspeaker plays comes back through a room
python scripts/measure_coach_sound.py counts
    how late counts sound, alone and beside others that keep all processors busy (3 minutes)
python scripts/measure_coach_sound.py cut
    how soon playback ends
"""

import random
import sys
import tempfile
import time
from contextlib import nullcontext
from pathlib import Path

import numpy as np

from voice_skill.audio.sound import RATE_HZ
from voice_skill.audio.virtual_card import VirtualSoundCard
from voice_skill.content import Content
from voice_skill.dialog.dialog import Dialog
from voice_skill.hearing.echo import SpeexFilter
from voice_skill.hearing.recogniser import Recogniser
from voice_skill.lab.coach.air import echo_response, music
from voice_skill.lab.coach.busy import busy, counted
from voice_skill.lab.coach.card import hold
from voice_skill.lab.coach.mid_drill import PAINS, MidDrill, obeyed, warned
from voice_skill.lab.coach.room import Room
from voice_skill.lab.coach.sound import ANSWERS, COMMANDS, NOTHING, VOICES, Result, Studio
from voice_skill.lab.patient import speak
from voice_skill.models.folder import find_model
from voice_skill.paths import cache_folder, dialog_folder
from voice_skill.speaking.cache import PromptCache
from voice_skill.speaking.cue import Cue
from voice_skill.speaking.playback import Player
from voice_skill.speaking.synthesiser import Synthesiser
from voice_skill.speaking.voice import Voice
from voice_skill.understanding.language import Language

MINUTES = 10
GOAL_SECONDS = 0.3
QUIET_DBFS, MUSIC_DBFS = -65.0, -46.0
CONDITIONS = ("quiet", "music", "echo 20", "echo 12", "echo 6", "echo 20, cancelled",
              "echo 12, cancelled", "echo 6, cancelled")  # fmt: skip
ROUTINES = ["standard", "gentle", "disc-sparing"]
CUTS, LOUD = 20, 500
COUNTS = 60
LATEST = 5
TO_ASKED = {*ANSWERS.values()} - {"resume"}
OPENINGS, OPENING_SECONDS, CALL_SECONDS = 12, 18.0, 3.0
INTO_OPENINGS = {"it hurts": "hurts", "ow": "hurts", "sharp pain": "hurts", "pause": "pause",
                 "louder": "louder", "my leg tingles": "travels"}  # fmt: skip
CALLED_AT = (1.3, 2.6)


def room_of(condition: str) -> Room:
    rng = np.random.default_rng(1)
    seconds = MINUTES * 60
    noise = rng.normal(size=(seconds + 50) * RATE_HZ) * 10 ** (QUIET_DBFS / 20)
    way, _, cancelled = condition.partition(",")
    if way == "music":
        noise = music(seconds + 50, MUSIC_DBFS, rng)
    echo = echo_response(float(way.split()[1]), rng) if way.startswith("echo") else None
    return Room(seconds, echo, noise, SpeexFilter() if cancelled else None)


def quantiles(seconds: list[float]) -> str:
    if not seconds:
        return "- | -"
    return f"{np.median(seconds):.2f} s | {np.quantile(seconds, 0.95):.2f} s"


def a_studio() -> Studio:
    dialog = Dialog.from_folder(dialog_folder())
    library = Content(dialog_folder(), dialog).library
    return Studio(dialog, library, Recogniser(find_model(None)), cache_folder())


def room(conditions: list[str]) -> None:
    studio = a_studio()
    print("| condition | right | missed | other | false in 10 min, alone | median | p95 |")
    for condition in conditions:
        talk = studio.measure("standard", MINUTES * 60, room_of(condition))
        alone = studio.measure("standard", MINUTES * 60, room_of(condition), NOTHING)
        print(f"| {condition} | {len(talk.right)}/{len(talk.matched())} | {len(talk.missed)} | "
              f"{len(talk.wrong)} | {len(talk.false)}, {len(alone.false)} | "
              f"{quantiles(talk.right)} |", flush=True)  # fmt: skip
        tell(talk, alone)


def calls() -> None:
    drill = MidDrill.from_model(Content.load(),
                                find_model(None))  # fmt: skip
    after: list[float] = []
    missed: list[str] = []
    for text in (*COMMANDS, *PAINS):
        for voice in VOICES:
            found = drill.decided(speak(text, voice, 1.0))
            meant = [decided.meaning for decided in found]
            if obeyed(meant, COMMANDS[text]) if text in COMMANDS else warned(meant):
                after.append(found[0].seconds)
            else:
                missed.append(f"{text} ({voice}): {[meaning.value for meaning in meant]}")
    late = sum(seconds > GOAL_SECONDS for seconds in after)
    print(f"| {len(after)}/{len(after) + len(missed)} | {quantiles(after)} | "
          f"{max(after):.2f} s | {late} later than {GOAL_SECONDS} s |")  # fmt: skip
    print("\n".join(missed), file=sys.stderr)


def openings() -> None:
    studio = a_studio()
    print(f"| echo, cancelled | false alarms in {OPENINGS} openings | calls heard | as another |")
    for below_db in (6.0, 12.0, 20.0):

        def opening(seed: int, seconds: float, below_db: float = below_db) -> Room:
            rng = np.random.default_rng(seed)
            noise = rng.normal(size=int(seconds + 50) * RATE_HZ) * 10 ** (QUIET_DBFS / 20)
            return Room(seconds, echo_response(below_db, rng), noise, SpeexFilter())

        alone = [
            studio.measure("standard", OPENING_SECONDS, opening(seed, OPENING_SECONDS), NOTHING)
            for seed in range(OPENINGS)
        ]
        called = [
            studio.measure("standard", at + CALL_SECONDS, opening(seed, at + CALL_SECONDS),
                           {text: meant}, at)
            for seed, at in enumerate(CALLED_AT) for text, meant in INTO_OPENINGS.items()
        ]  # fmt: skip
        print(f"| -{below_db:.0f} dB | {sum(bool(found.false) for found in alone)} | "
              f"{sum(len(found.right) for found in called)}/{len(called)} | "
              f"{sum(len(found.wrong) for found in called)} |", flush=True)  # fmt: skip


def tell(talk: Result, alone: Result) -> None:
    blocks = np.array(talk.block_seconds) * 1000
    print(f"missed {talk.missed}; other {talk.wrong}; false {[a.text for a in talk.false]} and "
          f"{[a.text for a in alone.false]}; a block of 50 ms takes {np.median(blocks):.1f} ms, "
          f"p99 {np.quantile(blocks, 0.99):.0f} ms", file=sys.stderr, flush=True)  # fmt: skip


def tempo(errors_seconds: list[float]) -> str:
    if not errors_seconds:
        return "0 | - | - | -"
    off = np.abs(errors_seconds) * 1000
    return (f"{len(off)} | {np.median(off):.0f} ms | {np.quantile(off, 0.95):.0f} ms | "
            f"{off.max():.0f} ms")  # fmt: skip


def card(routines: list[str], walls: bool) -> None:
    library = Content.load().library
    for routine in routines:
        prompts = PromptCache(cache_folder(), Synthesiser(Voice()))
        with tempfile.TemporaryDirectory() as folder:
            run = hold(library, routine, Path(folder), prompts, walls)
        prompts.synthesiser.close()
        calls = quantiles([at for at, text in run.reactions if text not in TO_ASKED])
        answers = quantiles([at for at, text in run.reactions if text in TO_ASKED])
        late = [f"{text}: {reaction:.2f} s" for reaction, text in sorted(run.reactions)[-LATEST:]]
        print(f"| {routine} | {run.rows[-1][0] - run.rows[0][0]:.0f} s | {run.outcome} | "
              f"{len(run.reactions)}/{len(run.said)} | {len(run.false)} | "
              f"{calls} | {answers} | {tempo(run.tempo_errors)} |", flush=True)  # fmt: skip
        print(f"missed {run.missed}; never said {run.false}; latest {late}",
              file=sys.stderr, flush=True)  # fmt: skip


def counts() -> None:
    print("| counts | number | off: median | p95 | most |")
    prompts = PromptCache(cache_folder(), Synthesiser(Voice()))
    language = Language.of(Dialog.from_folder(dialog_folder()).words)
    for name, others in (("alone", nullcontext()), ("beside others", busy())):
        with tempfile.TemporaryDirectory() as folder, others:
            late = counted(prompts, COUNTS, Path(folder), language)
            print(f"| {name} | {tempo(late)} |", flush=True)
    prompts.synthesiser.close()


def cut() -> None:
    after: list[float] = []
    with VirtualSoundCard() as sound_card, tempfile.TemporaryDirectory() as folder:
        sound_card.activate()
        at = np.arange(3 * 22050) / 22050
        tone = (np.sin(2 * np.pi * 440 * at) * 8000).astype("<i2").tobytes()
        for number in range(CUTS):
            raw = Path(folder) / f"{number}.raw"
            recorder = sound_card.record("vspk", raw, RATE_HZ)
            time.sleep(0.5)
            player, cue = Player(), Cue()
            player.start(tone, 22050, cue)
            time.sleep(random.Random(number).uniform(0.4, 1.2))
            cue.stop()  # as the decision falls
            player.stop()
            told = (cue.cut_at or 0.0) - (cue.began_at or 0.0)
            time.sleep(0.4)
            recorder.terminate()
            recorder.wait()
            loud = (np.abs(np.fromfile(raw, "<i2").astype(float)) > LOUD).nonzero()[0]
            after.append((loud[-1] - loud[0]) / RATE_HZ - told)
    print(f"sound beyond the decision in {CUTS} cuts: median {np.median(after) * 1000:.0f} ms, "
          f"p95 {np.quantile(after, 0.95) * 1000:.0f} ms, most "
          f"{max(after) * 1000:.0f} ms")  # fmt: skip


def main() -> int:
    what, chosen = (sys.argv[1:2] or [""])[0], sys.argv[2:]
    if what == "room":
        room(chosen or list(CONDITIONS))
    elif what == "calls":
        calls()
    elif what == "openings":
        openings()
    elif what == "card":
        card(chosen or ROUTINES, walls=False)
    elif what == "walls":
        card(chosen or ROUTINES, walls=True)
    elif what == "counts":
        counts()
    elif what == "cut":
        cut()
    else:
        print(__doc__, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
