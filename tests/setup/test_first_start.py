"""The first start: who is not heard clearly sets nothing, and no wrong number is said for sure."""

from collections.abc import Iterable
from pathlib import Path
from typing import get_args

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from phonenumbers.shortnumberinfo import is_emergency_number

from voice_skill.cli import main
from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.effects import Adjust, Effect, Listen, Say
from voice_skill.dialog.events import Answered, Event, NoInput, NoMatch
from voice_skill.dialog.interpretation import Interpretation, Reason
from voice_skill.paths import dialog_folder
from voice_skill.runtime.setup import NAME, is_first_start
from voice_skill.setup.figures import number_in
from voice_skill.setup.machine import MAX_TURNS, Progress
from voice_skill.setup.questions import Plan
from voice_skill.setup.talk import SetupTalk
from voice_skill.setup.wording import SetupFile, read_setup
from voice_skill.storage.journal import read
from voice_skill.storage.region import region
from voice_skill.storage.settings import remember, usable
from voice_skill.storage.store import Store


@pytest.fixture(scope="module")
def file() -> SetupFile:
    return read_setup(dialog_folder())


@pytest.fixture(scope="module")
def talks(dialog: Dialog, file: SetupFile) -> dict[str, SetupTalk]:
    """One for each kind of plan; `held` begins it anew."""
    plans = {
        "here": Plan.of(file, "GB"),
        "nowhere": Plan.of(file, None),
        "model": Plan.of(file, None, model=True),
        "number": Plan.of(file, "GB", number_alone=True),
    }
    return {name: SetupTalk.planned(dialog, plan) for name, plan in plans.items()}


def held(talk: SetupTalk, lines: Iterable[str]) -> tuple[Progress, list[str], list[Effect]]:
    """What it came to, every line said, and all effects. An empty line is silence."""
    effects = list(talk.begin())
    for line in lines:
        effects += talk.hear(line) if line else talk.take(NoInput())
    said = [line for effect in effects if isinstance(effect, Say) for line in effect.lines]
    return talk.progress, said, effects


def test_a_yes_to_the_region_by_name_sets_its_number(talks: dict[str, SetupTalk]) -> None:
    at, said, _ = held(talks["here"], ["yes", "no", "yes"])
    assert (at.number, at.unfinished) == ("999", False)
    (asked,) = [line for line in said if "the United Kingdom" in line]
    assert "9 9 9" in asked
    assert "In an emergency I will say: call 9 9 9." in said
    assert talks["here"].finished


@pytest.mark.parametrize(
    "answers",
    [["no", "skip"], ["i don't know"] * 3, ["skip", "skip"], [""] * 3, ["maybe"] * 3, ["stop"]],
)
def test_anything_but_a_clear_yes_sets_no_number(
    talks: dict[str, SetupTalk], answers: list[str]
) -> None:
    at, said, _ = held(talks["here"], ["yes", "no", *answers])
    assert at.number is None
    assert talks["here"].finished
    assert any("your local emergency number" in line for line in said[-3:])


def test_where_the_region_is_not_known_none_is_suggested(talks: dict[str, SetupTalk]) -> None:
    at, said, _ = held(talks["nowhere"], ["yes", "no", "nine one one", "yes"])
    assert at.number == "911"
    assert not any("You seem to be" in line for line in said)
    assert "I heard 9 1 1. Is that the emergency number where you run?" in said


def test_a_number_heard_wrongly_is_said_again(talks: dict[str, SetupTalk]) -> None:
    at, _, _ = held(talks["nowhere"], ["yes", "no", "nine nine nine", "no", "112", "yes"])
    assert at.number == "112"


@pytest.mark.parametrize(
    ("said", "number"),
    [("nine one one", "911"), ("911", "911"), ("it is one one two", "112"), ("1-1-2", "112"),
     ("triple zero", "000"), ("call nine eleven", "911"), ("not nine one one", None),
     ("nine one", None), ("nine one one or nine nine nine", None), ("", None), ("one", None)],
)  # fmt: skip
def test_a_number_is_all_of_what_was_said(file: SetupFile, said: str, number: str | None) -> None:
    assert number_in(file, said) == number


def test_every_number_can_be_said_in_its_own_figures(file: SetupFile) -> None:
    for number, known in file.numbers.items():
        assert number_in(file, number) == number_in(file, known.spoken) == number


def test_who_is_not_heard_is_told_about_the_microphone_and_asked_again_next_time(
    talks: dict[str, SetupTalk],
) -> None:
    at, said, _ = held(talks["here"], ["", "", ""])
    assert (at.number, at.unfinished) == (None, True)
    assert any("microphone" in line for line in said)


def test_a_no_that_comes_as_a_yes_ends_in_advice(talks: dict[str, SetupTalk]) -> None:
    _, said, _ = held(talks["here"], ["yes", "yes", "yes", "yes"])
    assert any("I do not hear your no well" in line for line in said)


@pytest.mark.parametrize(("word", "step"), [("louder", 1), ("no", 1), ("quieter", -1)])
def test_the_voice_is_made_louder_or_softer(
    talks: dict[str, SetupTalk], word: str, step: int
) -> None:
    at, _, effects = held(talks["here"], [word])
    assert Adjust("volume", step) in effects  # type: ignore[arg-type]
    assert at.state.current == "can_hear"


def test_a_sign_of_danger_ends_it_and_is_asked_about_first(talks: dict[str, SetupTalk]) -> None:
    at, said, _ = held(talks["here"], ["yes", "my chest hurts"])
    assert at.danger == "collapse"
    assert said[-1] == talks["here"].plan.file.danger  # type: ignore[union-attr]
    assert talks["here"].finished


def test_nothing_is_fetched_without_a_yes(talks: dict[str, SetupTalk]) -> None:
    before = ["yes", "no", "skip"]
    for answer, fetched in (("yes", True), ("no", False), ("skip", False), ("stop", False)):
        assert held(talks["model"], [*before, answer])[0].fetch_model is fetched
    assert held(talks["model"], [*before, "", "", ""])[0].fetch_model is False


def test_the_number_alone_can_be_changed(talks: dict[str, SetupTalk]) -> None:
    at, said, _ = held(talks["number"], ["no", "one one two", "yes"])
    assert at.number == "112"
    assert "the United Kingdom" in said[0]


EVENTS = st.one_of(
    st.just(NoInput()),
    st.just(NoMatch("x")),
    st.builds(
        Answered,
        st.builds(
            Interpretation,
            st.sampled_from(["match", "unsure", "nomatch"]),
            st.sampled_from(["yes", "no", None]),
            reason=st.sampled_from(get_args(Reason)),
        ),
        certain=st.booleans(),
    ),
    st.builds(Answered, st.builds(Interpretation, st.just("universal"), st.sampled_from(
        ["repeat", "help", "louder", "pause", "resume", "go_back", "start_over", "profile"]))),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(happened=st.lists(EVENTS, min_size=MAX_TURNS + 1, max_size=MAX_TURNS + 8))
def test_whatever_happens_it_ends_and_only_a_sure_and_clear_yes_sets_a_number(
    talks: dict[str, SetupTalk], happened: list[Event]
) -> None:
    talk = talks["here"]
    talk.begin()
    for event in happened:
        before = talk.progress.number
        open_, asked = not talk.finished, talk.state.current
        effects = talk.take(event)
        if talk.progress.number != before:
            assert isinstance(event, Answered)
            assert (event.certain, event.interpretation.value) == (True, "yes")
            assert (event.interpretation.reason, asked) == ("clear", "suggested")
        assert talk.finished or not open_ or any(isinstance(e, Listen) for e in effects)
    assert talk.finished


def test_each_number_is_one_for_emergencies_in_its_region_by_another_source_too(
    file: SetupFile,
) -> None:
    assert phonenumbers.__version__
    for code, place in file.regions.items():
        assert is_emergency_number(place.number, code), code


@pytest.mark.parametrize(
    ("zone", "language", "found"),
    [
        ("Europe/London", "en_GB.UTF-8", "GB"),
        ("Europe/London", "C.UTF-8", "GB"),
        ("Europe/London", "", "GB"),
        ("Europe/London", "en_US.UTF-8", None),
        ("Europe/Berlin", "en_US.UTF-8", None),
        ("Etc/UTC", "en_US.UTF-8", None),
        ("Etc/UTC", "", None),
        ("Nowhere/City", "en_GB.UTF-8", None),
    ],
)
def test_the_system_must_agree_with_itself_on_where_it_is(
    tmp_path: Path, zone: str, language: str, found: str | None
) -> None:
    (tmp_path / "zone.tab").write_text("# codes\nGB\t+513030-0000731\tEurope/London\n"
                                       "DE\t+5230+01322\tEurope/Berlin\tmost\n")  # fmt: skip
    named = {"TZ": zone, "LANG": language}
    assert region(named, zones=tmp_path) == found


def test_without_a_table_of_zones_nothing_is_known(tmp_path: Path) -> None:
    assert region({"TZ": "Europe/London", "LANG": "en_GB"}, zones=tmp_path / "none") is None


def typed(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    left = iter(lines)
    monkeypatch.setattr("builtins.input", lambda *_: next(left))


def test_by_keyboard_it_is_kept_and_said_in_the_next_check(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TZ", "Etc/UTC")
    assert is_first_start(dialog_folder())
    typed(monkeypatch, "yes", "no", "one one two", "yes", "no")
    assert main(["setup", "--text"]) == 0
    assert usable(Store.from_platform())["emergency_number"] == "1 1 2"
    assert not is_first_start(dialog_folder())
    typed(monkeypatch, "yes", "yes")
    assert main(["run", "--text"]) == 0
    assert "call 1 1 2" in capsys.readouterr().out


@pytest.mark.parametrize("kept", ["number", "setup"])
def test_who_has_a_number_or_was_led_through_it_is_not_asked_again(kept: str) -> None:
    store = Store.from_platform()
    if kept == "number":
        remember(store, {"emergency_number": "112"})
    else:
        store.save(NAME, {"done": True})
    assert not is_first_start(dialog_folder())


def test_a_sign_of_danger_is_asked_first_in_the_check_that_follows(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(monkeypatch, "my chest hurts", "yes")
    assert main(["setup", "--text"]) == 0
    assert "[EMERGENCY]" in capsys.readouterr().out
    (path,) = Store.from_platform().journals()
    assert read(path).events[0].asks == ("collapse",)  # type: ignore[union-attr]


def test_the_number_is_changed_by_word_after_a_check(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TZ", "Etc/UTC")
    typed(monkeypatch, "yes", "change the emergency number", "no", "stop", "112", "yes")
    assert main(["run", "--text"]) == 0
    assert "after this check" in capsys.readouterr().out
    assert usable(Store.from_platform())["emergency_number"] == "1 1 2"


def test_after_an_emergency_nothing_more_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    typed(monkeypatch, "yes", "change the emergency number", "yes")
    assert main(["run", "--text"]) == 0
    assert "emergency_number" not in usable(Store.from_platform())
