"""Every page that the package makes, with content made up for tests."""

from collections.abc import Callable, Mapping

from voice_skill.cli.diary import page_of
from voice_skill.diary.entry import Entry
from voice_skill.storage.paths import dialog_folder


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


PAGES: Mapping[str, Callable[[], str]] = {"diary": diary, "diary-empty": empty_diary}
