"""The plot stands in true spacing, and the page tells a session in sentences."""

from datetime import date, timedelta

import pytest

from voice_skill.cli.diary import page_of
from voice_skill.dialog.model import CARE_ORDER
from voice_skill.diary.entry import Entry
from voice_skill.diary.plot import BOTTOM, LEFT, MAX_DATES, RIGHT, SHAPES, TOP, day_in_words, plot
from voice_skill.diary.wording import DiaryWording, read_wording
from voice_skill.paths import dialog_folder


def on(day: date, pain: int | None = 3, care: str = "REST") -> Entry:
    return Entry(f"{day.isoformat()}T08:00:00+00:00", care, "walk", pain)


FIRST = date(2026, 3, 1)


def test_twice_the_days_are_twice_as_far() -> None:
    one, two, three = plot([on(FIRST), on(FIRST + timedelta(10)), on(FIRST + timedelta(30))]).marks
    assert three.x - two.x == pytest.approx(2 * (two.x - one.x))


@pytest.mark.parametrize("days", [0, 1, 3, 4, 5, 40, 364, 900])
def test_all_stands_in_the_field_with_few_dates(days: int) -> None:
    found = plot([on(FIRST, 0), on(FIRST + timedelta(days), 10)])
    assert 1 <= len(found.dates) <= MAX_DATES
    assert all(LEFT <= place <= RIGHT for place in [*(m.x for m in found.marks),
                                                    *(d.at for d in found.dates)])  # fmt: skip
    assert [mark.y for mark in found.marks] == [BOTTOM, TOP]
    assert len({tick.label for tick in found.dates}) == len(found.dates)


def test_a_day_that_no_right_clock_has_shown_stands_in_the_table_alone() -> None:
    entries = [on(date(1970, 1, 1)), on(FIRST), on(FIRST + timedelta(7))]
    found = plot(entries)
    assert (len(found.marks), found.left_out) == (2, 1)
    assert "1 of the sessions stand in the table alone" in page_of(dialog_folder(), entries)


def test_an_unknown_score_is_no_nought_and_no_part_of_the_line() -> None:
    found = plot([on(FIRST, None), on(FIRST + timedelta(1), 0)])
    assert [mark.scored for mark in found.marks] == [False, True]
    assert found.marks[0].y > BOTTOM
    assert found.line.count(",") == 1


def test_every_care_level_has_its_mark_and_its_sentence() -> None:
    assert set(CARE_ORDER) == SHAPES.keys() == read_wording(dialog_folder()).results.keys()
    for care in CARE_ORDER:
        assert care not in page_of(dialog_folder(), [on(FIRST, care=care)])


def test_words_that_are_missing_are_refused() -> None:
    whole = read_wording(dialog_folder()).model_dump()
    with pytest.raises(ValueError, match="'since_rest' has no words for: worse"):
        DiaryWording.model_validate({**whole, "since_rest": {"better": "a", "same": "b"}})


def test_an_empty_diary_says_what_to_do() -> None:
    text = page_of(dialog_folder(), ())
    assert "<code>voice-skill run</code>" in text
    assert "<svg" not in text
    assert "<table" not in text


def test_a_day_is_told_in_one_way_everywhere() -> None:
    assert day_in_words(date(2026, 9, 3)) == "3 Sept 2026"
    assert day_in_words(FIRST, year=False) == "1 Mar"
