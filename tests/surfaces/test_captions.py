"""The page with captions over plain HTTP: who may read, who may answer, and that an answer counts
once."""

import http.client
import json
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.pages.page_reader import faults
from voice_skill.coaching.library import Library
from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.fields import ChoiceField, YesNoField
from voice_skill.dialog.state import State
from voice_skill.errors import UsageError
from voice_skill.paths import dialog_folder
from voice_skill.surfaces.captions.answers import answers_to
from voice_skill.surfaces.captions.board import MAX_LINES, Board
from voice_skill.surfaces.captions.desk import Desk
from voice_skill.surfaces.captions.on_page import hold_check, hold_warm_up
from voice_skill.surfaces.captions.pictures import Pictures
from voice_skill.surfaces.captions.server import MAX_ANSWER, MAX_BODY_BYTES, CaptionsServer, serving
from voice_skill.surfaces.captions.warm_up_view import WarmUpView
from voice_skill.surfaces.captions.wording import CaptionsWording, read_wording
from voice_skill.understanding.understander import Understander
from voice_skill.visit.conversation import Conversation
from voice_skill.visit.warm_up import WarmUp

SECONDS = 10.0
SPEED = 400.0


@pytest.fixture(scope="module")
def words() -> CaptionsWording:
    return read_wording(dialog_folder())


@pytest.fixture(scope="module")
def library(dialog: Dialog, understander: Understander) -> Library:
    return Library.from_folder(dialog_folder(), dialog, understander)


@pytest.fixture
def desk(words: CaptionsWording) -> Desk:
    return Desk.from_folder(dialog_folder(), words)


@pytest.fixture
def server(desk: Desk) -> Iterator[CaptionsServer]:
    with serving(desk.board, desk.words, desk.pictures) as found:
        yield found


@dataclass(frozen=True)
class Place:
    """Where a page is, in this process or in another."""

    port: int
    token: str


@dataclass
class Reader:
    """A page: reads the stream, and answers."""

    server: CaptionsServer | Place
    views: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=SECONDS)
        self.connection.request("GET", f"/{self.server.token}/events")
        self.stream = self.connection.getresponse()

    def until(self, wanted: Any) -> dict[str, Any]:
        """The first view of which this holds."""
        while True:
            line = self.stream.readline()
            assert line, "the stream ended"
            if line.startswith(b"data: "):
                self.views.append(json.loads(line[6:]))
                if wanted(self.views[-1]):
                    return self.views[-1]

    def asked(self, words: str) -> dict[str, Any]:
        """The view once a question with these words is open."""
        return self.until(lambda view: view["turn"] is not None and words in view["question"])

    def answer(self, text: str, turn: int | None = None) -> str:
        given = {"turn": self.views[-1]["turn"] if turn is None else turn, "text": text}
        status, body = post(self.server, given)
        assert status == 200
        return str(json.loads(body)["taken"])


def request(
    server: CaptionsServer | Place, method: str, place: str, body: bytes = b"", **headers: str
) -> tuple[int, bytes, http.client.HTTPResponse]:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=SECONDS)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, place, body, named)
    response = connection.getresponse()
    read = response.read()
    connection.close()
    return response.status, read, response


def post(server: CaptionsServer | Place, given: object, **headers: str) -> tuple[int, bytes]:
    told = {"Origin": f"http://127.0.0.1:{server.port}", "Content_Type": "application/json"}
    body = given if isinstance(given, bytes) else json.dumps(given).encode()
    place = f"/{server.token}/answer"
    return request(server, "POST", place, body, **{**told, **headers})[:2]


@contextmanager
def holding(work: Any) -> Iterator[list[Any]]:
    """A conversation in a thread, as it is in the main one; what it came to."""
    came: list[Any] = []
    thread = threading.Thread(target=lambda: came.append(work()), daemon=True)
    thread.start()
    yield came
    thread.join(SECONDS)
    assert not thread.is_alive()


def test_a_check_is_held_on_the_page(dialog: Dialog, desk: Desk, server: CaptionsServer) -> None:
    conversation = Conversation.from_dialog(dialog)
    reader = Reader(server)
    with holding(lambda: hold_check(desk, conversation, conversation.begin())):
        view = reader.asked("Do you have any back or leg symptoms today?")
        assert view["answers"] == ["yes", "no", "i don't know"]
        assert "repeat" in view["commands"]
        assert reader.answer("yes") == "taken"
        view = reader.asked("numbness or tingling")
        assert view["understood"] == "yes"
        assert {"number": 3, "who": "you", "text": "yes"} in view["lines"]
        assert reader.answer("my bits are numb") == "taken"
        end = reader.until(lambda shown: shown["turn"] is None)
        assert "emergency" in end["question"]
    assert conversation.state.finished is not None
    assert conversation.state.finished.care == "EMERGENCY"


def test_an_answer_counts_once_and_only_for_its_question(desk: Desk) -> None:
    board = desk.board
    assert board.answer(1, "no") == "closed"
    board.ask("Numb?", ("yes", "no"), ())
    assert board.answer(1, "no") == "taken"
    assert board.answer(1, "yes") == "late"
    board.ask("Can you pee?", ("yes", "no"), ())  # the voice was first: what was typed is dropped
    assert board.typed() is None
    assert board.answer(1, "no") == "late"
    assert board.answer(2, "no") == "taken"
    assert (board.typed(), board.typed()) == ("no", None)


def test_stop_counts_whatever_is_open(desk: Desk) -> None:
    desk.board.ask("Numb?", (), ())
    desk.board.ask("Hurting?", (), ())
    assert desk.board.answer(2, "yes") == "taken"
    assert desk.board.answer(1, "stop") == "taken"
    assert desk.board.typed() == "stop"


def test_two_pages_and_many_answers_at_once_come_to_one(desk: Desk) -> None:
    desk.board.ask("Numb?", (), ())
    taken: list[str] = []
    threads = [
        threading.Thread(target=lambda n=n: taken.append(desk.board.answer(1, f"answer {n}")))
        for n in range(20)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == ["late"] * 19 + ["taken"]


class Person(Board):
    """A board with somebody in front of it, who answers questions by what they say."""

    def __init__(self, answers: dict[str, str]) -> None:
        super().__init__()
        self.answers = answers
        self.seen: list[dict[str, Any]] = []

    def wait(self, seconds: float | None = None) -> str | None:
        found = self.after(0, 0)
        assert found is not None
        self.seen.append(found[1])
        view = found[1]
        said = next((a for q, a in self.answers.items() if q in view["question"]), None)
        if said is None or view["turn"] is None:
            assert seconds is not None, "nobody would ever answer"
            time.sleep(min(seconds, 0.05))
            return None
        assert self.answer(view["turn"], said) == "taken"
        return self.typed()


@pytest.mark.parametrize(("answers", "outcome"), [
    ({"All good?": "it hurts", "Zero to ten?": "nine"}, "URGENT"),
    ({"All good?": "down my leg", "one leg or both": "both legs"}, "EMERGENCY"),
    ({"All good?": "all good", "Zero to ten now?": "one"}, "run"),
    ({}, "rest"),
])  # fmt: skip
def test_a_warm_up_is_led_on_the_page(
    dialog: Dialog, library: Library, desk: Desk, answers: dict[str, str], outcome: str
) -> None:
    warm_up = WarmUp(dialog, library.coach(dialog, "standard"), library)
    person = Person(answers)
    found = hold_warm_up(replace(desk, board=person), warm_up, State(), SPEED)
    assert found.outcome == outcome
    names = {view["drill"]["name"] for view in person.seen if view["drill"]}
    assert {drill.name.rstrip(".") for drill in library.drills.values()} >= names != set()
    assert any(view["count"] for view in person.seen)
    assert all(view["turn"] is None or "stop" in view["commands"] for view in person.seen)


def test_safety_questions_after_a_warm_up_are_answered_on_the_page(
    dialog: Dialog, library: Library, desk: Desk
) -> None:
    warm_up = WarmUp(dialog, library.coach(dialog, "standard"), library)
    person = Person({"All good?": "down my leg", "one leg or both": "one leg",
                     "numbness or tingling": "yes", "?": "no"})  # fmt: skip
    found = hold_warm_up(replace(desk, board=person), warm_up, State(), SPEED)
    assert found.outcome == "EMERGENCY"
    asked = [view for view in person.seen if "numbness or tingling" in view["question"]]
    assert asked[-1]["answers"] == ("yes", "no", "i don't know")


@pytest.mark.parametrize("headers", [
    {"Host": "evil.example"}, {"Host": "127.0.0.1"}, {"Sec_Fetch_Site": "cross-site"},
    {"Sec_Fetch_Site": "same-site"},
])  # fmt: skip
def test_another_page_can_read_nothing(server: CaptionsServer, headers: dict[str, str]) -> None:
    for place in ("", "events", "pictures/mini_squat.svg"):
        status, body, _ = request(server, "GET", f"/{server.token}/{place}", **headers)
        assert status in (403, 421)
        assert b"captions" not in body.lower()


@pytest.mark.parametrize("place", ["/", "/events", "/x/", "/{token}", "/{token}x/events",
                                   "/{token}/../events", "/{token}/pictures/../en/dialog.yaml",
                                   "/{token}/nothing"])  # fmt: skip
def test_without_the_secret_nothing_is_there(server: CaptionsServer, place: str) -> None:
    assert request(server, "GET", place.replace("{token}", server.token))[0] == 404


@pytest.mark.parametrize(("headers", "status"), [
    ({"Origin": "http://evil.example"}, 403), ({"Origin": "null"}, 403), ({"Origin": ""}, 403),
    ({"Origin": "https://127.0.0.1"}, 403), ({"Host": "evil.example"}, 421),
    ({"Sec_Fetch_Site": "cross-site"}, 403), ({"Content_Type": "text/plain"}, 400),
])  # fmt: skip
def test_another_page_can_answer_nothing(
    desk: Desk, server: CaptionsServer, headers: dict[str, str], status: int
) -> None:
    desk.board.ask("Numb?", (), ())
    assert post(server, {"turn": 1, "text": "no"}, **headers)[0] == status
    assert desk.board.typed() is None


@pytest.mark.parametrize("given", [
    b"", b"{", b"[]", b"\xff", b"[" * 1500, {"turn": "1", "text": "no"},
    {"turn": True, "text": "x"}, {"turn": 1}, {"turn": 1, "text": 5}, {"turn": 1, "text": " \n\0"},
    {"turn": 1.0, "text": "no"},
    {"turn": 1, "text": "x" * (MAX_ANSWER + 1)}, {"turn": 1, "text": "x" * MAX_BODY_BYTES},
])  # fmt: skip
def test_what_is_no_answer_is_refused(desk: Desk, server: CaptionsServer, given: object) -> None:
    desk.board.ask("Numb?", (), ())
    assert post(server, given)[0] == 400
    assert desk.board.typed() is None
    assert post(server, {"turn": 1, "text": " no \u202e "}) == (200, b'{"taken": "taken"}')
    assert desk.board.typed() == "no"


def test_the_page_is_kept_nowhere_and_loads_nothing(
    capfd: pytest.CaptureFixture[str], desk: Desk, server: CaptionsServer
) -> None:
    status, body, response = request(server, "GET", f"/{server.token}/")
    text = body.decode()
    assert status == 200
    assert faults(text) == []
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert f"'nonce-{text.split('nonce=')[1].split(chr(34))[1]}'" in policy
    desk.board.ask("Numb?", (), ())
    post(server, {"turn": 1, "text": "my secret"})
    assert capfd.readouterr() == ("", "")


def test_it_listens_on_this_computer_only(server: CaptionsServer) -> None:
    assert server.server_address[0] == "127.0.0.1"
    assert len(server.token) >= 24


def test_a_port_that_is_taken_is_told(desk: Desk, server: CaptionsServer) -> None:
    for port in (server.port, 70_000):
        with pytest.raises(UsageError, match=f"cannot use port {port} .*choose another"):
            CaptionsServer(Board(), desk.words, desk.pictures, port)


def test_a_page_that_goes_away_harms_nobody(desk: Desk, server: CaptionsServer) -> None:
    readers = [Reader(server) for _ in range(3)]
    for reader in readers[:2]:
        reader.stream.close()
        reader.connection.close()
    for number in range(5):
        desk.board.say("skill", f"line {number}")
    readers[2].until(lambda view: len(view["lines"]) == 5)


def test_only_so_much_is_held(desk: Desk) -> None:
    for number in range(MAX_LINES + 10):
        desk.board.say("skill", f"line {number}")
    found = desk.board.after(0, 0)
    assert found is not None
    assert len(found[1]["lines"]) == MAX_LINES
    assert desk.board.after(found[0], 0) is None


def test_every_value_of_every_question_has_its_button(
    dialog: Dialog, understander: Understander, words: CaptionsWording
) -> None:
    for name, asked in dialog.fields.items():
        buttons = answers_to(name, asked, understander, words)
        meant = {understander.interpret(name, text).value for text in buttons[:-1]}
        if isinstance(asked, YesNoField):
            assert meant == {"yes", "no"}, name
        elif isinstance(asked, ChoiceField):
            assert meant == set(asked.values), name
            best = words.answers.get(name, {})
            assert set(best.values()) <= set(buttons), name
        if buttons:
            assert understander.interpret(name, buttons[-1]).reason == "dont_know", name


def test_every_button_is_understood(
    library: Library, understander: Understander, words: CaptionsWording
) -> None:
    commands = [c for c in words.check_commands if c not in words.yes_no]
    for text in commands:
        assert understander.interpret("saddle", text).outcome == "universal", text
    ear = library.ear
    for text in words.warm_up_commands:
        assert ear.understand(text, "mini_squat", None, True).kind in ("command", "hurts"), text
    for question, texts in words.warm_up_answers.items():
        for text in texts:
            kind = ear.understand(text, "mini_squat", question, True).kind  # type: ignore[arg-type]
            assert kind not in ("unknown", "unclear"), (question, text)
    assert set(words.always) <= {*words.check_commands, *words.warm_up_commands}


def test_every_drill_has_its_picture_told_in_words(library: Library) -> None:
    drills = library.drills
    pictures = Pictures.from_folder(dialog_folder()).by_name
    assert pictures.keys() == drills.keys()
    for name, svg in pictures.items():
        root = ElementTree.fromstring(svg)
        assert root.attrib["role"] == "img"
        assert root.findtext("{http://www.w3.org/2000/svg}title"), name
        assert b"prefers-color-scheme: dark" in svg.replace(b":dark", b": dark")
        assert not re.search(rb"<script|href|url\(|\bon\w+=", svg)


def test_a_picture_is_served_with_the_page(server: CaptionsServer) -> None:
    status, body, response = request(server, "GET", f"/{server.token}/pictures/mini_squat.svg")
    assert (status, response.headers["Content-Type"]) == (200, "image/svg+xml")
    assert body == server.pictures.by_name["mini_squat"]
    assert "sandbox" in response.headers["Content-Security-Policy"]


def test_no_picture_shows_another_way_of_doing_a_drill(
    dialog: Dialog, library: Library, desk: Desk
) -> None:
    warm_up = WarmUp(dialog, library.coach(dialog, "standard"), library)
    warm_up.begin()
    while warm_up.drill is None:
        warm_up.tick(warm_up.state.due_seconds or 0.0)
    view = WarmUpView(desk.board, desk.words, desk.pictures, warm_up)
    shown: list[bool] = []
    for _ in range(2):
        view.show()
        found = desk.board.after(-1, 0)
        assert found is not None
        shown.append(found[1]["drill"]["picture"] is not None)
        warm_up.hear(warm_up.at_seconds + 0.1, "easier")
    assert shown == [True, False]
