"""The page with captions in a real browser: readable, and used by keyboard alone."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.browser.conftest import OVERFLOW
from voice_skill.paths import dialog_folder
from voice_skill.surfaces.captions.board import DrillView
from voice_skill.surfaces.captions.desk import Desk
from voice_skill.surfaces.captions.server import CaptionsServer, serving
from voice_skill.surfaces.captions.wording import read_wording

QUESTION = "Any new numbness or tingling between your legs, around your genitals or your bottom?"
HOW = "Feet as wide as your hips. Sit back and down a little, as if to a high chair, and come up."


@pytest.fixture
def desk() -> Desk:
    folder = dialog_folder()
    return Desk.from_folder(folder, read_wording(folder))


@pytest.fixture
def server(desk: Desk) -> Iterator[CaptionsServer]:
    with serving(desk.board, desk.words, desk.pictures) as found:
        yield found


def ask(desk: Desk) -> None:
    desk.board.say("skill", "Eight quick safety questions.")
    desk.board.say("you", "yes")
    desk.board.say("skill", QUESTION)
    desk.board.ask(QUESTION, ("yes", "no", desk.words.in_doubt), desk.words.check_commands)
    desk.board.show(understood="yes")


def lead(desk: Desk) -> None:
    ask(desk)
    desk.board.ask("All good?", ("all good", "it hurts"), desk.words.warm_up_commands)
    desk.board.show(drill=DrillView("Mini squat", HOW, "mini_squat"), count="12")


@pytest.mark.parametrize("given", [
    {"color_scheme": "light"}, {"color_scheme": "dark", "reduced_motion": "reduce"},
    {"contrast": "more"}, {"contrast": "more", "color_scheme": "dark"}, {"forced_colors": "active"},
], ids=lambda given: "-".join(map(str, given.values())))  # fmt: skip
@pytest.mark.parametrize("width", [1280, 375, 320])
@pytest.mark.parametrize("state", [ask, lead])
def test_it_can_be_read_by_all(
    browser: Any,
    violations: Callable[..., list[str]],
    picture: Callable[[Any, str], None],
    desk: Desk,
    server: CaptionsServer,
    given: dict[str, str],
    width: int,
    state: Callable[[Desk], None],
) -> None:
    state(desk)
    context = browser.new_context(
        viewport={"width": width, "height": 900}, bypass_csp=True, **given
    )
    page = context.new_page()
    page.goto(server.address)
    page.get_by_role("button", name="stop", exact=True).wait_for()
    assert violations(page) == []
    assert page.evaluate(OVERFLOW) == 0
    picture(page, f"captions-{state.__name__}-{width}-{'-'.join(given.values())}")
    context.close()


def test_it_is_used_by_keyboard_alone(browser: Any, desk: Desk, server: CaptionsServer) -> None:
    ask(desk)
    page = browser.new_page()
    page.goto(server.address)
    page.get_by_role("button", name="yes", exact=True).wait_for()
    for _ in range(3):  # the way to the content, yes, no
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "no"
    page.keyboard.press("Enter")
    assert desk.board.wait(5) == "no"
    desk.board.ask("How old are you?", (), desk.words.check_commands)
    page.get_by_text("How old are you?").first.wait_for()
    assert page.evaluate("document.activeElement.id") == "text"  # not lost with its button
    page.keyboard.type("forty four")
    page.keyboard.press("Enter")
    assert desk.board.wait(5) == "forty four"
    page.wait_for_function("document.getElementById('text').value === ''")
    page.close()


def test_what_is_said_is_announced(browser: Any, desk: Desk, server: CaptionsServer) -> None:
    ask(desk)
    page = browser.new_page()
    page.goto(server.address)
    log = page.get_by_role("log")
    log.get_by_text("Skill: " + QUESTION).wait_for()
    desk.board.say("skill", "<b>Stop.</b>")
    log.get_by_text("Skill: <b>Stop.</b>").wait_for()
    assert log.get_attribute("aria-live") == "polite"
    assert page.locator("#count").get_attribute("aria-live") is None
    page.close()


def test_late_and_useless_answers_are_told(
    browser: Any, desk: Desk, server: CaptionsServer
) -> None:
    ask(desk)
    page = browser.new_page()
    page.goto(server.address)
    page.get_by_role("button", name="no", exact=True).click()
    page.wait_for_timeout(200)
    page.get_by_role("button", name="yes", exact=True).click()  # the first was not taken yet
    page.get_by_text(desk.words.labels["late"]).wait_for()
    assert desk.board.typed() == "no"
    desk.board.close()
    page.get_by_label(desk.words.labels["answer"], exact=True).fill("hello")
    page.keyboard.press("Enter")
    page.get_by_text(desk.words.labels["closed"]).wait_for()
    desk.board.close(over=True)
    page.get_by_text(desk.words.labels["over"]).wait_for()
    page.close()


def test_no_script_of_others_runs(browser: Any, desk: Desk, server: CaptionsServer) -> None:
    told: list[str] = []
    page = browser.new_page()
    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.goto(server.address)
    page.get_by_text(desk.words.labels["connected"]).wait_for()
    assert told == []
    page.evaluate("const s = document.createElement('script'); s.textContent = 'window.x = 1';"
                  "document.body.append(s)")  # fmt: skip
    assert page.evaluate("window.x") is None
    page.close()
