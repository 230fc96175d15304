"""The page's server: this computer only, one secret address, no word written down anywhere.

Three things are served below `/TOKEN/`: the page, a stream of what it shows (server-sent events),
and the pictures; one is taken: an answer. The standard library does that much well.
"""

import json
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from voice_skill.errors import UsageError
from voice_skill.pages.render import render
from voice_skill.surfaces.captions.board import Board
from voice_skill.surfaces.captions.pictures import Pictures
from voice_skill.surfaces.captions.wording import CaptionsWording

HOST = "127.0.0.1"
MAX_BODY_BYTES = 2_000
MAX_ANSWER = 300
"""Letters of one answer."""
MAX_CONNECTIONS = 16
QUIET_SECONDS = 5.0
"""After so long without news the stream says that it is alive, and notices a page that has gone."""
TIMEOUT_SECONDS = 10.0
_SAFE = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


class CaptionsServer(ThreadingHTTPServer):
    """Serves one session. Raises UsageError where the port is taken."""

    daemon_threads = True
    allow_reuse_address = False

    def __init__(self, board: Board, words: CaptionsWording, pictures: Pictures, port: int) -> None:
        self.board, self.words, self.pictures = board, words, pictures
        self.token = secrets.token_urlsafe(18)
        self._places = threading.BoundedSemaphore(MAX_CONNECTIONS)
        try:
            super().__init__((HOST, port), _Request)
        except (OSError, OverflowError) as error:
            told = getattr(error, "strerror", None) or str(error)
            raise UsageError(
                f"the page cannot use port {port} ({told}); choose another, or none: --captions"
            ) from None

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server_address[1])

    @property
    def address(self) -> str:
        """The address to open; who has it can read along and answer."""
        return f"http://{HOST}:{self.port}/{self.token}/"

    @property
    def hosts(self) -> tuple[str, ...]:
        """What a browser may call this server; any other name is a trick of another page."""
        return (f"{HOST}:{self.port}", f"localhost:{self.port}")

    def process_request(self, request: Any, client_address: Any) -> None:
        """Begin with a connection, unless there are too many."""
        if not self._places.acquire(blocking=False):
            self.shutdown_request(request)
            return
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """One connection to its end."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._places.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A page that went away is no error, and no word of it is written down."""


@contextmanager
def serving(
    board: Board, words: CaptionsWording, pictures: Pictures, port: int = 0
) -> Iterator[CaptionsServer]:
    """A server while the block lasts. port: 0 is any that is free."""
    server = CaptionsServer(board, words, pictures, port)
    thread = threading.Thread(
        target=partial(server.serve_forever, poll_interval=0.1), name="captions", daemon=True
    )
    thread.start()
    try:
        yield server
    finally:
        board.close(over=True)
        server.shutdown()
        server.server_close()
        thread.join()


class _Request(BaseHTTPRequestHandler):
    """One request."""

    server: CaptionsServer
    timeout = TIMEOUT_SECONDS
    server_version = "voice-skill"
    sys_version = ""

    def do_GET(self) -> None:
        """The page, its stream, or a picture."""
        place = self._place()
        if place is None:
            return
        if place == "":
            self._page()
        elif place == "events":
            self._events()
        elif (name := place.removeprefix("pictures/").removesuffix(".svg")) in self.server.pictures:
            picture = self.server.pictures.by_name[name]
            self._send(HTTPStatus.OK, picture, "image/svg+xml", _PICTURE_POLICY)
        else:
            self._refuse(HTTPStatus.NOT_FOUND)

    def do_POST(self) -> None:
        """An answer: `{"turn": 3, "text": "no"}`. Told back: taken, late or closed."""
        place = self._place()
        if place is None:
            return
        if place != "answer":
            self._refuse(HTTPStatus.NOT_FOUND)
            return
        if self.headers.get("Origin") not in [f"http://{host}" for host in self.server.hosts]:
            self._refuse(HTTPStatus.FORBIDDEN)
            return
        given = self._answer()
        if given is None:
            self._refuse(HTTPStatus.BAD_REQUEST)
            return
        taken = self.server.board.answer(*given)
        self._send(HTTPStatus.OK, json.dumps({"taken": taken}).encode(), "application/json")

    def _place(self) -> str | None:
        """What is asked for below the secret part of the address. None: refused."""
        if self.headers.get("Host") not in self.server.hosts:
            self._refuse(HTTPStatus.MISDIRECTED_REQUEST)
            return None
        if self.headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin"):
            self._refuse(HTTPStatus.FORBIDDEN)
            return None
        token, slash, place = self.path.removeprefix("/").partition("/")
        if not slash or not secrets.compare_digest(token.encode(), self.server.token.encode()):
            self._refuse(HTTPStatus.NOT_FOUND)
            return None
        return place

    def _answer(self) -> tuple[int, str] | None:
        try:
            length = int(self.headers.get("Content-Length", ""))
            if self.headers.get_content_type() != "application/json" or length > MAX_BODY_BYTES:
                return None
            given = json.loads(self.rfile.read(length))
            turn, text = given["turn"], given["text"]
        except (ValueError, KeyError, TypeError, RecursionError):
            return None
        if type(turn) is not int or not isinstance(text, str):
            return None
        plain = " ".join("".join(x if x.isprintable() else " " for x in text).split())
        return (turn, plain) if plain and len(plain) <= MAX_ANSWER else None

    def _page(self) -> None:
        nonce = secrets.token_urlsafe(12)
        words = self.server.words
        page = render("captions.html", title=words.title, words=words.labels, nonce=nonce)
        policy = (
            f"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'unsafe-inline'; "
            "connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; "
            "frame-ancestors 'none'"
        )
        self._send(HTTPStatus.OK, page.encode(), "text/html; charset=utf-8", policy)

    def _events(self) -> None:
        """All that is shown, again whenever it changes, until the page goes or the session ends."""
        self._head(HTTPStatus.OK, "text/event-stream", "default-src 'none'")
        version, over = -1, False
        while not over:
            news = self.server.board.after(version, QUIET_SECONDS)
            if news is None:
                self.wfile.write(b": still here\n\n")
            else:
                version, shown = news
                over = shown["over"]
                self.wfile.write(f"data: {json.dumps(shown)}\n\n".encode())
            self.wfile.flush()

    def _send(
        self, status: HTTPStatus, body: bytes, kind: str, policy: str = "default-src 'none'"
    ) -> None:
        self._head(status, kind, policy, len(body))
        self.wfile.write(body)

    def _head(self, status: HTTPStatus, kind: str, policy: str, length: int | None = None) -> None:
        self.send_response(status)
        for name, value in {
            **_SAFE,
            "Content-Type": kind,
            "Content-Security-Policy": policy,
        }.items():
            self.send_header(name, value)
        if length is not None:
            self.send_header("Content-Length", str(length))
        self.end_headers()

    def _refuse(self, status: HTTPStatus) -> None:
        self._send(status, f"{status.phrase}\n".encode(), "text/plain")

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing is written down: an address holds the secret, and an answer is a person's own."""
