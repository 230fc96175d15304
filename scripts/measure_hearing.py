"""Figures of hearing for docs/measurements.md. Run by scripts/measure-hearing."""

import json
import os
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import vosk

from voice_skill.hearing.recogniser import Recogniser
from voice_skill.hearing.sound import BLOCK_BYTES, RATE_HZ, read_pcm
from voice_skill.models.folder import find_model

SPEECH = Path(os.environ.get("VOICE_SKILL_SPEECH", Path(__file__).parents[2] / "shared/speech"))
ANSWERS = ["yes", "no", "stop", "not sure", "both legs", "just my back", "repeat that"]
DECOYS = ["the", "and", "coffee", "down", "go", "up", "off", "there", "those", "hello", "right"]
PER_WORD = 60


def recordings(group: str, words: tuple[str, ...] | None, limit: int) -> list[tuple[str, bytes]]:
    rows = [line.split("\t") for line in (SPEECH / "manifest.tsv").read_text().splitlines()[1:]]
    found = [(r[4], r[0]) for r in rows if r[1] == "dev" and r[2] == group]
    kept = [item for item in found if words is None or item[0] in words]
    random.Random(1).shuffle(kept)
    return [(text, read_pcm(SPEECH / path)) for text, path in kept[:limit]]


def with_vosk(phrases: list[str], unknown: bool) -> Callable[[bytes], str]:
    model = Recogniser(find_model())
    extra = ["[unk]"] if unknown else []
    kaldi = vosk.KaldiRecognizer(model._model, RATE_HZ, json.dumps([*phrases, *extra]))

    def hear(pcm: bytes) -> str:
        kaldi.Reset()
        texts = []
        sound = bytes(9600) + pcm + bytes(22400)
        for start in range(0, len(sound), BLOCK_BYTES):
            if kaldi.AcceptWaveform(sound[start : start + BLOCK_BYTES]):
                texts.append(json.loads(kaldi.Result())["text"])
        texts.append(json.loads(kaldi.FinalResult())["text"])
        return " ".join(text for text in texts if text)

    return hear


def with_pocketsphinx() -> Callable[[bytes], str]:
    from pocketsphinx import Decoder

    rules = " | ".join(ANSWERS)
    decoder = Decoder(lm=None, loglevel="FATAL")
    decoder.add_jsgf_string("g", f"#JSGF V1.0; grammar g; public <a> = {rules};")
    decoder.activate_search("g")

    def hear(pcm: bytes) -> str:
        decoder.start_utt()
        decoder.process_raw(pcm, full_utt=True)
        decoder.end_utt()
        return decoder.hyp().hypstr if decoder.hyp() else ""

    return hear


def main() -> int:
    if not (SPEECH / "manifest.tsv").is_file():
        print(f"no recordings in {SPEECH}; set VOICE_SKILL_SPEECH", file=sys.stderr)
        return 3
    people = recordings("speech_commands", ("yes", "no", "stop"), 3 * PER_WORD)
    others = [r for r in recordings("speech_commands", None, 400)
              if r[0] not in ("yes", "no", "stop", *DECOYS)][:120]  # fmt: skip
    strangers = recordings("out_of_grammar", None, 100)
    systems = {
        "answers only": with_vosk(ANSWERS, False),
        "answers, [unk]": with_vosk(ANSWERS, True),
        "answers, [unk], decoys": with_vosk([*ANSWERS, *DECOYS], True),
        "pocketsphinx, answers": with_pocketsphinx(),
    }
    print(f"{'':26}{'right':>10}{'yes as no':>10}{'words':>14}{'strangers':>12}{'x real time':>12}")
    for name, hear in systems.items():
        began, heard = time.process_time(), [(text, hear(pcm)) for text, pcm in people]
        took = time.process_time() - began
        seconds = sum(len(pcm) + 32000 for _, pcm in people) / 2 / RATE_HZ
        right = sum(text == said for text, said in heard)
        swapped = Counter(heard)["yes", "no"]
        taken = [sum(hear(pcm) in ANSWERS for _, pcm in group) for group in (others, strangers)]
        print(f"{name:26}{right:>6}/{len(people)}{swapped:>10}{taken[0]:>10}/{len(others)}"
              f"{taken[1]:>8}/{len(strangers)}{took / seconds:>12.3f}", flush=True)  # fmt: skip
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"peak memory of this process, four recognisers: {peak} MB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
