"""Every page that the package makes, with content made up for tests."""

from collections.abc import Callable, Mapping

from voice_skill.cli.diary import page_of
from voice_skill.content import Content
from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.safety import read_safety
from voice_skill.diary.entry import Entry
from voice_skill.lab.hear import Heard
from voice_skill.lab.job import Job
from voice_skill.lab.simulation.conversation import Ended, Talk
from voice_skill.lab.simulation.outcome import Simulation
from voice_skill.lab.simulation.report import page
from voice_skill.paths import dialog_folder
from voice_skill.review.document import document
from voice_skill.review.page import to_html


def entry(day: str, care: str, pain: int | None, **more: object) -> Entry:
    return Entry(f"{day}T08:00:00+00:00", care, "walk", pain, **more)  # type: ignore[arg-type]


ENTRIES = (
    entry("2026-03-01", "REST", 5),
    entry("2026-03-08", "REST", 4, since_rest="better"),
    entry("2026-03-09", "SOON", None),
    entry("2026-03-20", "WARMUP", 2, routine="gentle", outcome="walk",
          done=("walk_easy", "mini_squat"), skipped=("glute_bridge",), morning="yes"),
    entry("2026-03-22", "WARMUP", 1, routine="standard", outcome="run", done=("walk_easy",),
          morning="no", ladder="step 1 of 6: 6 runs, run"),
    entry("2026-04-15", "EMERGENCY", 8),
    entry("2026-04-28", "ROUTINE", 4),
)  # fmt: skip


def diary() -> str:
    return page_of(dialog_folder(), ENTRIES)


def empty_diary() -> str:
    return page_of(dialog_folder(), ())


def simulation() -> str:
    dialog = Dialog.from_folder(dialog_folder())
    told = [
        ("saddle", "no", "no", "no", "no, none at all"),
        ("saddle", "yes", "yes", "asked again", "the"),
        ("legs", "a bit down my left leg", "one", "both", "both"),
    ]
    pairs = [
        (Job("answer", field, said, "", meant, "espeak-ng en-us", 1.0, "noise", 1),
         Heard(label, text, 0.9, True))
        for field, said, meant, label, text in told
    ]  # fmt: skip
    talk = Talk("strain", "", "mumbles", "espeak-ng en-gb", 1.0, 1)
    ended = Ended("URGENT", "REST", (("legs", "no", "known"), ("pain", "four", "four")))
    found = Simulation(dialog, 1, pairs, [(talk, ended)], frozenset())
    return page(found, found.as_json())


def review() -> str:
    folder = dialog_folder()
    dialog = Dialog.from_folder(folder)
    ladder = Content(folder, dialog).ladder
    safety, _ = read_safety(folder, dialog)
    return to_html(document(dialog, safety, ladder.library, ladder.programme))


PAGES: Mapping[str, Callable[[], str]] = {"diary": diary, "diary-empty": empty_diary,
         "simulation": simulation, "review": review}  # fmt: skip
