"""A real https server for the tests of fetching, which can misbehave in chosen ways."""

import http.server
import ssl
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import trustme


@dataclass
class Behaviour:
    """What the server does with an archive. cut_after: bytes before it hangs up, once or always."""

    data: bytes = b""
    cut_after: int | None = None
    cuts: int = 0
    trickle: bool = False
    ranges: bool = True
    status: int = 200
    moved_to: str | None = None
    asked: list[str] = field(default_factory=list)


class _Handler(http.server.BaseHTTPRequestHandler):
    behaviour: Behaviour

    def do_GET(self) -> None:
        way = self.behaviour
        wanted = self.headers.get("Range", "")
        way.asked.append(wanted)
        if way.moved_to is not None:
            self.send_response(302)
            self.send_header("Location", way.moved_to)
            self.end_headers()
            return
        if way.status != 200:
            self.send_error(way.status)
            return
        start = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted and way.ranges else 0
        body = way.data[start:]
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if way.cut_after is not None and way.cuts > 0:
            way.cuts -= 1
            self.wfile.write(body[: way.cut_after])
            self.wfile.flush()
            self.close_connection = True
            return
        try:
            self._trickle(body) if way.trickle else self.wfile.write(body)
        except OSError:
            return  # the client had enough, as it should

    def _trickle(self, body: bytes) -> None:
        for at in range(0, len(body), 200):
            self.wfile.write(body[at : at + 200])
            self.wfile.flush()
            time.sleep(0.05)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing on the test's output."""


class Server:
    """Serves one archive on this machine with a certificate of its own."""

    def __init__(self, folder: Path) -> None:
        authority = trustme.CA()
        self.certificate = folder / "authority.pem"
        authority.cert_pem.write_to_path(str(self.certificate))
        self.behaviour = Behaviour()
        handler = type("Handler", (_Handler,), {"behaviour": self.behaviour})
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("127.0.0.1").configure_cert(context)
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"https://127.0.0.1:{self._server.server_address[1]}"

    def close(self) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()
