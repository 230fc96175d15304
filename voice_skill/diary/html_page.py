"""The diary as a page for anybody: a plot, the same in words, and a table of sentences."""

from collections.abc import Mapping, Sequence
from typing import Any

from voice_skill.dialog.fields import MAX_PAIN
from voice_skill.diary import plot as plotting
from voice_skill.diary.days import day_of
from voice_skill.diary.entry import Entry
from voice_skill.diary.plot import day_in_words, plot
from voice_skill.diary.wording import DiaryWording
from voice_skill.pages.render import render

HEADS = ("Day", "Result", "Pain", "Warm-up", "Way back to running", "Next morning")
NONE = "None."


def to_html(entries: Sequence[Entry], wording: DiaryWording, titles: Mapping[str, str]) -> str:
    """One page without scripts. titles: of the routines, by their names."""
    return render(
        "diary.html",
        title="Back diary",
        entries=entries,
        plot=plot(entries),
        field=plotting,
        words=in_words(entries),
        heads=HEADS,
        rows=[_row(entry, wording, titles) for entry in reversed(entries)],
    )


def in_words(entries: Sequence[Entry]) -> str:
    """What the plot shows, for those who do not see it."""
    known = [(entry, entry.pain) for entry in entries if entry.pain is not None]
    if not known:
        return "There is no pain score yet."
    scores = [pain for _, pain in known]
    first, last = (day_in_words(day_of(entry)) for entry, _ in (known[0], known[-1]))
    if len(known) == 1:
        return f"Pain in 1 session, on {first}: {scores[0]} of {MAX_PAIN}."
    return (
        f"Pain in {len(known)} sessions from {first} to {last}: first {scores[0]}, "
        f"last {scores[-1]}, lowest {min(scores)}, highest {max(scores)}, of {MAX_PAIN}."
    )


def _row(entry: Entry, wording: DiaryWording, titles: Mapping[str, str]) -> tuple[str, ...]:
    result = [_of(wording.results, entry.care)]
    if entry.since_rest:
        result.append(_of(wording.since_rest, entry.since_rest))
    return (
        day_in_words(day_of(entry)),
        "\n".join(result),
        "Not known." if entry.pain is None else f"{entry.pain} of {MAX_PAIN}",
        _warm_up(entry, wording, titles),
        _way_back(entry, wording),
        _of(wording.next_morning, entry.morning) if entry.morning else "Not told.",
    )


def _of(words: Mapping[Any, str], code: str) -> str:
    """The words for a code; a code of another version stands for itself."""
    return words.get(code, f"{code}.")


def _warm_up(entry: Entry, wording: DiaryWording, titles: Mapping[str, str]) -> str:
    if not entry.routine:
        return NONE
    done = f"{len(entry.done)} drills" if len(entry.done) != 1 else "1 drill"
    left_out = f", {len(entry.skipped)} left out" if entry.skipped else ""
    title = titles.get(entry.routine, entry.routine)
    return f"{title}: {done}{left_out}. {_ended(entry.outcome, wording)}"


def _ended(outcome: str | None, wording: DiaryWording) -> str:
    """How a warm-up or a session of the way back ended, in a sentence."""
    if not outcome:
        return ""
    if outcome in wording.results:
        return _of(wording.results, outcome)
    words: Mapping[Any, str] = wording.ended_with
    return f"It ended with {words.get(outcome, outcome)}."


def _way_back(entry: Entry, wording: DiaryWording) -> str:
    if not entry.ladder:
        return NONE
    told, _, outcome = entry.ladder.rpartition(", ")
    if not told:
        return f"{entry.ladder.capitalize()}."
    return f"{told[0].upper()}{told[1:]}. {_ended(outcome, wording)}"
