"""Clients that send nonsense, too much, or nothing: they harm nobody but themselves."""

import json
import random
import socket
import struct
from urllib.parse import urlsplit

import pytest

from tests.surfaces.conftest import Client, text_of
from voice_skill.dialog.dialog import Dialog
from voice_skill.surfaces.wyoming.events import MAX_HEADER_BYTES, MAX_PAYLOAD_BYTES

CHUNK = b'{"type": "audio-chunk", "data": {"rate": %s, "width": 2, "channels": 1}}\n'
START = b'{"type": "audio-start", "data": {"rate": 16000, "width": 2, "channels": 1}}\n'
ODD = [
    b"\n",
    b"\0\xff\xfe not an event\n",
    b"[]\n",
    b'"transcript"\n',
    b"{}\n",
    b'{"type": 7}\n',
    b'{"type": "transcript"}\n',
    b'{"type": "transcript", "data": []}\n',
    b'{"type": "transcript", "data": {"text": 5}}\n',
    b'{"type": "transcript", "data_length": 99999999999}\n',
    b'{"type": "transcript", "data_length": -1}\n',
    b'{"type": "transcript", "data_length": "9"}\n',
    b'{"type": "transcript", "data_length": true}\n',
    b'{"type": "transcript", "data_length": 4}\n[1]\n',
    b'{"type": "audio-chunk", "payload_length": %d}\n' % (MAX_PAYLOAD_BYTES + 1),
    b'{"type": "synthesize", "data": {}}\n',
    b'{"type": "ping", "data": {"text": {}}}\n',
    START + CHUNK % b"0",
    START + CHUNK % b"-1",
    START + CHUNK % b"true",
    START + CHUNK % b'"16000"',
    START + CHUNK % b"1e9",
    b"[" * 5000 + b"\n",
    b'{"type": "' + b"x" * (MAX_HEADER_BYTES * 2) + b'"}\n',
]


def sent(client: Client, data: bytes, linger: bool = True) -> bytes:
    """What comes back before the service hangs up. linger: wait for that."""
    parts = urlsplit(client.uri)
    with socket.create_connection((parts.hostname, parts.port), timeout=20) as wire:
        if not linger:
            wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        found = b""
        try:
            wire.sendall(data)
            if not linger:
                return b""
            while piece := wire.recv(65536):
                found += piece
        except ConnectionError:  # refused before all of it was read
            return found
        return found


def well(client: Client, dialog: Dialog) -> bool:
    return text_of(client.handle("is it raining", "a stranger")) == dialog.message("how_to_begin")


@pytest.mark.parametrize("data", ODD, ids=lambda data: repr(data[:50]))
def test_what_is_no_event_is_refused(client: Client, dialog: Dialog, data: bytes) -> None:
    told = sent(client, data)
    assert not told or json.loads(told.splitlines()[0])["type"] == "error"
    assert well(client, dialog)


def test_half_events_and_clients_that_vanish_harm_nobody(client: Client, dialog: Dialog) -> None:
    sound = CHUNK.replace(b"}}", b'}, "payload_length": 3200}') % b"16000" + bytes(3200)
    words = b'{"type": "transcript", "data": {"text": "start my back check"}}\n'
    whole = b'{"type": "transcribe"}\n' + START + sound + words
    for size in range(1, len(whole), len(whole) // 40):
        sent(client, whole[:size], linger=False)
    sent(client, b'{"type": "synthesize", "data": {"text": "hello"}}\n', linger=False)
    assert well(client, dialog)


def test_random_bytes_harm_nobody(client: Client, dialog: Dialog) -> None:
    chance = random.Random(7)
    for _ in range(60):
        lines = b"\n".join(chance.randbytes(chance.randrange(200)) for _ in range(3))
        sent(client, lines + b"\n")
    for _ in range(60):
        event = bytearray(chance.choice(ODD)[:500])
        event[chance.randrange(len(event))] = chance.randrange(256)
        sent(client, bytes(event), linger=False)
    assert well(client, dialog)


@pytest.mark.parametrize(
    "text",
    ["x" * 5000, "no " * 3000, "\0\ud83d", "‮<silence>", "{0}"],
    ids=lambda text: ascii(text[:9]),
)
def test_odd_words_are_no_answer(client: Client, dialog: Dialog, text: str) -> None:
    client.handle("start my back check", "odd words")
    before = client.service.talks.floor("odd words").target
    client.handle(text.encode("utf-8", "replace").decode(), "odd words")
    assert client.service.talks.floor("odd words").target == before
    client.handle("stop", "odd words")


def test_a_name_of_any_length_and_form_is_only_a_name(client: Client) -> None:
    for name in ("../../etc/passwd", "n" * 10_000, "\n\0", ""):
        assert client.handle("start my back check", name).type == "handled"
        client.handle("stop", name)
