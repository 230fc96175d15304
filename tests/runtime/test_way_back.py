"""After a check's warm-up the ladder goes on: offered, kept over days, taken up after a cut."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from voice_skill.content import Content
from voice_skill.diary.entry import Entry
from voice_skill.ladder.progression import Climb
from voice_skill.runtime.continuing import go_on_with
from voice_skill.runtime.people.persona import Persona, PersonaFile
from voice_skill.runtime.typed.check import persona_reply, run_typed
from voice_skill.runtime.virtual.person import Person, obliging
from voice_skill.runtime.virtual.warm_up import VirtualWarmUp
from voice_skill.runtime.way_back import CUT_OFF, Run, ahead, go_on
from voice_skill.storage import ladder_file as place
from voice_skill.storage.diary_file import Book
from voice_skill.storage.record import Kept
from voice_skill.storage.store import Store
from voice_skill.visit.outcome import Result
from voice_skill.visit.warm_up import WarmUp

WELL: dict[str, str | int | tuple[str | int, ...]] = {
    "symptom_now": "no", "no_symptom_gate": "no", "age": "thirty", "readback": "yes",
    "since_rest": "better",
}  # fmt: skip
GOOD = Result("gentle", "walk", ("walk_easy",), (), 1, ())


@pytest.fixture
def store(tmp_path: Path) -> Store:
    when = (datetime.now().astimezone() - timedelta(days=10)).isoformat(timespec="seconds")
    store = Store(tmp_path)
    Book.from_store(store).with_entry(Entry(when, "REST", pain=4)).save()
    return store


def checked(content: Content, store: Store, warm_up: Result | None = GOOD) -> Kept:
    kept = Kept(content, store, fresh=True)
    reply = persona_reply(Persona(PersonaFile(says=WELL)), None)
    run_typed(kept.conversation, kept.effects, reply, None)
    kept.close()
    if warm_up:
        kept.add_warm_up(warm_up)
    return kept


def person(**answers: str) -> Run:
    def run(warm_up: WarmUp) -> Result:
        usual = obliging(1)
        held = VirtualWarmUp(warm_up, Person([], lambda name: answers.get(name) or usual(name)))
        return held.run()

    return run


def went_on(kept: Kept, run: Run) -> list[str]:
    said: list[str] = []
    ladder = ahead(kept)
    if ladder is not None:
        go_on(ladder, kept, run, said.append)
    return said


def report(kept: Kept) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(kept.path.with_suffix(".json").read_text())
    return found


def test_a_good_session_is_kept_with_its_check(content: Content, store: Store) -> None:
    kept = checked(content, store)
    said = went_on(kept, person())
    assert said == ["Well done. Next time step 1, 8 times."]
    assert (place.load(store).step, place.load(store).repeats) == (1, 8)
    assert report(kept)["ladder"]["told"] == "step 1 of 6: 6 runs, run"
    assert report(kept)["warm_up"]["routine"] == "gentle"
    assert Book.from_store(store).entries[-1].ladder == "step 1 of 6: 6 runs, run"


def test_a_check_goes_on_through_the_warm_up_to_the_ladder(content: Content, store: Store) -> None:
    kept = checked(content, store, None)
    held: list[str] = []

    def run(warm_up: WarmUp) -> Result:
        result = person(end="zero")(warm_up)
        held.append(" ".join(row.text for row in warm_up.rows))
        return result

    go_on_with(kept, run, held.append)
    assert "That is warm enough." in held[0]
    assert "easy run" not in held[0]
    assert "way back to running now" in held[1]
    assert Book.from_store(store).entries[-1].ladder == "step 1 of 6: 6 runs, run"


def test_the_same_day_and_the_next_are_without_running(content: Content, store: Store) -> None:
    went_on(checked(content, store), person())
    said = went_on(checked(content, store), person())
    assert "a day without running" in said[0]


def test_pain_in_a_session_is_the_result_of_the_day(content: Content, store: Store) -> None:
    kept = checked(content, store)
    went_on(kept, person(end="seven"))
    assert (report(kept)["care"], report(kept)["ladder"]["outcome"]) == ("REST", "rest")
    assert Book.from_store(store).entries[-1].pain == 7
    assert place.load(store).step == 0


@pytest.mark.parametrize("warm_up", [
    Result("gentle", "walk", ("walk_easy",), (), 3, ()),
    Result("gentle", "walk", ("walk_easy",), (), 1, (), limited=True),
    Result("gentle", "rest", ("walk_easy",), (), None, ()),
])  # fmt: skip
def test_after_a_warm_up_that_went_less_well_it_is_not_offered(
    content: Content, store: Store, warm_up: Result
) -> None:
    def never(_: WarmUp) -> Result:
        raise AssertionError("offered")

    assert went_on(checked(content, store, warm_up), never) == []


def test_those_who_had_no_rest_are_not_asked(content: Content, tmp_path: Path) -> None:
    assert ahead(checked(content, Store(tmp_path / "new"))) is None


def test_a_session_that_was_cut_off_goes_on_where_it_was(content: Content, store: Store) -> None:
    def cut_off(warm_up: WarmUp) -> Result:
        held = VirtualWarmUp(warm_up, Person([], obliging(1)))
        held._note(warm_up.begin())
        while warm_up.state.done.count("run") < 3:
            held._turn()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        went_on(checked(content, store), cut_off)
    assert (store.sessions / CUT_OFF).exists()
    assert place.load(store) == Climb()
    rows: list[str] = []

    def again(warm_up: WarmUp) -> Result:
        result = person()(warm_up)
        rows.extend(row.text for row in warm_up.rows)
        return result

    went_on(checked(content, store), again)
    assert rows[0] == "We were cut off."
    assert rows.count("Run.") <= 3
    assert place.load(store).repeats == 8
    assert not (store.sessions / CUT_OFF).exists()
