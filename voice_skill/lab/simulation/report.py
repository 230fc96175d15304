"""The page of a simulation: tables, and the sound of every failure. Needs nothing else."""

import base64
import io
from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

import numpy as np
import soundfile

from voice_skill.audio.sound import RATE_HZ
from voice_skill.lab.hear import sound_of
from voice_skill.lab.meaning import ASKED_AGAIN, DOUBT
from voice_skill.lab.simulation.conversation import Ended, Talk
from voice_skill.lab.simulation.matrix import Pair, right, shown
from voice_skill.lab.simulation.outcome import Simulation, lines

CLIPS = 150
"""At most so many sounds, the gravest first: each is about 100 kB."""
STYLE = """
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 75rem; margin: 2rem auto; padding: 0 1rem }
table { border-collapse: collapse; margin: 1rem 0 } caption { text-align: left; font-weight: bold }
th, td { border: 1px solid #767676; padding: .25rem .5rem; text-align: left; vertical-align: top }
.bad { background: #fde7e7; color: #600 }
"""
FAILURE_HEADS = ("What", "Question", "Said", "Heard", "Taken for", "Voice, place", "Sound")


def page(found: Simulation, data: dict[str, Any]) -> str:
    """The whole page. Sounds are made again, the same as they were heard."""
    rows = failures(found)
    told = "".join(f"<li>{escape(line)}</li>" for line in lines(data))
    parts = [
        f"<h1>Virtual patients</h1><p>Seed {found.seed}.</p><ul>{told}</ul>",
        f"<p>{len(rows)} failures; the {min(len(rows), CLIPS)} gravest can be heard below.</p>",
        table("Failures", FAILURE_HEADS, (_failure(what, pair) for what, pair in rows[:CLIPS])),
        *(_confusion(name, row["confusion"]) for name, row in data["fields"].items()),
        table("Phrases that no voice got through", ("Question", "Phrase", "Why"),
              ([escape(row[key]) for key in ("field", "phrase", "why")] for row in data["advice"])),
        *(_talk(talk, ended) for talk, ended in found.talks if ended.compared != "same"),
    ]  # fmt: skip
    head = (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>Virtual patients</title><style>{STYLE}</style>"
    )
    body = "\n".join(parts)
    return (
        f'<!doctype html>\n<html lang="en"><head>{head}</head>\n'
        f"<body><main>\n{body}\n</main></body></html>\n"
    )


def failures(found: Simulation) -> list[tuple[str, Pair]]:
    """Everything that went wrong, the gravest first."""
    wrong = [pair for pair in found.matrix.pairs if not right(pair)]
    eased = [*found.matrix.yes_as_no, *found.matrix.doubt_as_no]
    others = [pair for pair in wrong if pair not in eased]
    silent = [pair for pair in others if pair[1].label in (ASKED_AGAIN, DOUBT)]
    taken = [pair for pair in others if pair not in silent]
    groups = {
        "yes heard as no": found.matrix.yes_as_no,
        "emergency missed": found.emergencies("missed"),
        "emergency taken for something else": found.emergencies("otherwise"),
        "stranger accepted": found.accepted,
        "doubt heard as no": found.matrix.doubt_as_no,
        "another answer": taken,
        "emergency asked again": found.emergencies("asked_again"),
        "asked again": silent,
    }
    return [(what, pair) for what, pairs in groups.items() for pair in pairs]


def table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table that can be read aloud: caption, column heads, a head in each row."""
    top = "".join(f'<th scope="col">{escape(head)}</th>' for head in heads)
    body = "".join(
        f'<tr><th scope="row">{row[0]}</th>{"".join(f"<td>{cell}</td>" for cell in row[1:])}</tr>'
        for row in rows
    )
    return (
        f"<table><caption>{escape(caption)}</caption>"
        f"<thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"
    )


def _failure(what: str, pair: Pair) -> list[str]:
    job, heard = pair
    said = f"{job.voice}, {job.speed} times the pace, {job.condition}"
    cells = [what, job.field, job.said, heard.text, f"{job.meant} as {shown(heard)}", said]
    name = escape(f"{job.said}, {job.voice}, {job.condition}")
    data = base64.b64encode(_wav(sound_of(job))).decode()
    sound = (
        f'<audio controls preload="none" aria-label="{name}" src="data:audio/wav;base64,{data}">'
    )
    return [*(escape(cell) for cell in cells), f"{sound}</audio>"]


def _wav(pcm: bytes) -> bytes:
    target = io.BytesIO()
    soundfile.write(target, np.frombuffer(pcm, "<i2"), RATE_HZ, format="WAV")
    return target.getvalue()


def _confusion(field: str, cells: dict[str, dict[str, int]]) -> str:
    heards = sorted({heard for row in cells.values() for heard in row})
    rows = (
        [escape(meant), *(str(row.get(heard, "")) for heard in heards)]
        for meant, row in sorted(cells.items())
    )
    return table(f"{field}: said (rows) and understood (columns)", ("", *heards), rows)


def _talk(talk: Talk, ended: Ended) -> str:
    caption = (
        f"{talk.persona}, {talk.manner}, {talk.voice}: {ended.care} by voice, "
        f"{ended.typed} in writing ({ended.compared})"
    )
    rows = ([escape(cell) for cell in turn] for turn in ended.said)
    return table(caption, ("Question", "Said", "Heard"), rows)
