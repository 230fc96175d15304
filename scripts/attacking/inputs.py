"""Damaged input of every kind: answers, facts, events, dialogs, models, archives, sounds."""

import io
import json
import random
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from scripts.attacking.mutating import mutated
from scripts.attacking.people import fresh_home
from scripts.attacking.process import run, voice_skill
from scripts.attacking.tally import Tally

Trial = tuple[str | None, str, int]
"""A fault or None, how to do it again, how many inputs it was."""
TEXTS_AT_ONCE = 20
ANSWERS = (
    "no", "yes", "not really", "no, not at all", "a bit", "seven", "about two weeks", "both legs",
    "I don't know", "no it's the same as ever", "i fell down the stairs", "half past nine",
)  # fmt: skip
FACTS = {"saddle": "no", "legs": "one", "pain": 6, "days": 3, "onset": "lift_bend", "age": 30}
EVENTS = b"10 slower\n60.5 it hurts\n63 four\n100 <silence>\n120 pause\n130 resume\n"
SCRIPT = b"""<diary> check_due
yes
no
<silence>
<noise>
<faint> no
<pieces> so yes
<warm-up>
four
"""


def attack_inputs(tally: Tally, count: int, rng: random.Random) -> None:
    """So many inputs in all, most of them where a trial is cheap."""
    with fresh_home() as place:
        shop = Workshop(place, rng)
        share: tuple[tuple[str, float, Callable[[], Trial]], ...] = (
            ("answers", 0.35, shop.answers),
            ("facts", 0.15, shop.facts),
            ("scripts, events", 0.1, shop.lines),
            ("dialogs", 0.15, shop.dialog),
            ("models", 0.1, shop.model),
            ("archives", 0.05, shop.archive),
            ("sounds", 0.1, shop.sound),
        )
        for kind, part, trial in share:
            done = 0
            while done < max(1, int(count * part)) and not tally.over:
                fault, what, inputs = trial()
                tally.note(kind, fault, what, inputs)
                done += inputs


class Workshop:
    """Makes one trial after another in a folder. Whole things lie there, to be damaged."""

    def __init__(self, place: Path, rng: random.Random) -> None:
        from voice_skill.models.folder import starter
        from voice_skill.paths import dialog_folder

        self.home, self.rng = place / "home", rng
        self.home.mkdir()
        self.dialogs = shutil.copytree(dialog_folder(), place / "dialog")
        self.starter = shutil.copytree(starter(), place / "model")
        (self.starter / "manifest.sha256").unlink()
        self.file = place / "input"
        self.fields = [*_fields(), "saddle", "pain", "days"]

    def answers(self) -> Trial:
        """Words typed to one question."""
        rng = self.rng
        texts = [mutated(rng.choice(ANSWERS).encode(), rng)[0] for _ in range(TEXTS_AT_ONCE)]
        said = [t.decode("utf-8", "replace").replace("\0", "")[:20_000] for t in texts]
        field = rng.choice(self.fields)
        ended = run(voice_skill("understand", field, "--", *said), self.home)
        return ended.fault, f"understand {field} {[s[:40] for s in said]}", len(said)

    def facts(self) -> Trial:
        """A JSON object of field values."""
        facts: dict[str, Any] = {k: v for k, v in FACTS.items() if self.rng.random() < 0.6}
        odd: tuple[Any, ...] = (None, True, -1, 1e308, [], {}, "", "²", "unsure", 10**30, [[]])
        if self.rng.random() < 0.5:
            facts[self.rng.choice([*FACTS])] = self.rng.choice(odd)
        return self._with("decide", json.dumps(facts).encode(), self.rng.random() < 0.6)

    def lines(self) -> Trial:
        """A script of a typed session, or what is said in a warm-up."""
        if self.rng.random() < 0.5:
            return self._with("run --text --script", SCRIPT)
        return self._with("coach standard --virtual --events", EVENTS)

    def _with(self, words: str, data: bytes, damage: bool = True) -> Trial:
        """A command that reads one file, which is damaged."""
        how = "whole"
        if damage:
            data, how = mutated(data, self.rng)
        self.file.write_bytes(data)
        ended = run(voice_skill(*words.split(), str(self.file)), self.home)
        return ended.fault, f"{words} {how} {data[:120]!r}", 1

    def dialog(self) -> Trial:
        """One file of a dialog; then it is understood with, and a session is held."""
        path = self.rng.choice(sorted(self.dialogs.glob("**/*.yaml")))
        commands: tuple[tuple[str, ...], ...] = (
            ("run", "--text", "--script", "/dev/null"),
            ("understand", "saddle", "no"),
            ("coach", "standard", "--virtual"),
            ("ladder", "--virtual"),
            ("run", "--text", "--persona", "strain"),
        )
        words = (*self.rng.choice(commands), "--dialog", str(self.dialogs))
        return self._damaged(path, words)

    def model(self) -> Trial:
        """One file of a model."""
        path = self.rng.choice([p for p in sorted(self.starter.rglob("*")) if p.is_file()])
        return self._damaged(path, ("model", "verify", str(self.starter)))

    def _damaged(self, path: Path, words: tuple[str, ...]) -> Trial:
        whole = path.read_bytes()
        data, how = mutated(whole, self.rng)
        path.write_bytes(data)
        try:
            ended = run(voice_skill(*words), self.home)
        finally:
            path.write_bytes(whole)
        return ended.fault, f"{' '.join(words[:3])}: {path.name} {how}", 1

    def archive(self) -> Trial:
        """A small zip archive, most often refused early."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", self.rng.choice((0, 8, 12, 14))) as packed:
            for name in ("m/am/final.mdl", "m/graph/words.txt", "m/conf/mfcc.conf"):
                packed.writestr(name, b"word 1\n" * 40)
            packed.writestr(self.rng.choice(("m/x", "../x", "/x", "m/\u202e", "m/a:b")), b"x")
        data, how = mutated(out.getvalue(), self.rng)
        self.file.write_bytes(data)
        beside = sorted(self.home.parent.iterdir())
        words = ("model", "install", "m", "--from", str(self.file))
        fault = run(voice_skill(*words), self.home).fault
        if sorted(self.home.parent.iterdir()) != beside:
            fault = "a file was written outside"
        return fault, f"archive {how} {data[:60]!r}", 1

    def sound(self) -> Trial:
        """A sound file that is read as a recogniser would."""
        import numpy
        import soundfile

        from voice_skill.audio.sound import read_pcm
        from voice_skill.errors import VoiceSkillError

        out = io.BytesIO()
        rate = self.rng.choice((8000, 16000, 44100))
        kind = self.rng.choice(("WAV", "FLAC", "OGG", "AIFF", "AU"))
        soundfile.write(out, numpy.zeros(rate // 5, "float32"), rate, format=kind)
        data, how = mutated(out.getvalue(), self.rng)
        path = self.file.with_suffix(self.rng.choice((".wav", ".flac", ".raw", ".ogg", "")))
        path.write_bytes(data)

        def work() -> int:
            try:
                read_pcm(path)
            except VoiceSkillError:
                return 3
            return 0

        return run(work, self.home).fault, f"{kind} {how} {data[:60]!r}", 1


def _fields() -> list[str]:
    from voice_skill.dialog.dialog import Dialog
    from voice_skill.paths import dialog_folder

    return [*Dialog.from_folder(dialog_folder()).fields]
