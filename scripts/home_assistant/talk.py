"""Talks with the real Home Assistant as its own pages and satellites do: REST and websocket.

Run alone, by the Python that has homeassistant: python talk.py URL FOLDER PORT. FOLDER: what
prepare.py made. PORT: of voice-skill serve. Prints a line for each thing tried; exit code 1 where
one fails.
"""

import asyncio
import json
import sys
import time
from pathlib import Path
from typing import Any

import aiohttp

CLIENT = "http://voice-skill.test/"
CHUNK_SECONDS = 0.05
START_SECONDS = 180.0
PROMPT_SECONDS = 2.0
"""So soon after the end of a lone "no" the reply is there."""


class Home:
    """A Home Assistant that was set up just now."""

    def __init__(self, session: aiohttp.ClientSession, url: str, folder: Path) -> None:
        self.session, self.url, self.folder = session, url, folder
        self.talk = json.loads((folder / "talk.json").read_text())
        self._numbers = iter(range(1, 10_000))
        self._wire: Any = None
        self.token = ""

    async def set_up(self) -> None:
        """The first user, and a websocket of theirs."""
        until = time.monotonic() + START_SECONDS
        while True:
            try:
                async with self.session.get(f"{self.url}/api/onboarding") as reply:
                    if reply.status == 200:
                        break
            except aiohttp.ClientError:
                pass
            assert time.monotonic() < until, "Home Assistant did not start"
            await asyncio.sleep(1)
        user = {"client_id": CLIENT, "name": "Test", "username": "test", "password": "test-test",
                "language": "en"}  # fmt: skip
        made = await self.post("/api/onboarding/users", user)
        grant = {"grant_type": "authorization_code", "code": made["auth_code"],
                 "client_id": CLIENT}  # fmt: skip
        async with self.session.post(f"{self.url}/auth/token", data=grant) as reply:
            self.token = (await reply.json())["access_token"]
        self._wire = await self.session.ws_connect(f"{self.url}/api/websocket", max_msg_size=0)
        await self._wire.receive_json()
        await self._wire.send_json({"type": "auth", "access_token": self.token})
        assert (await self._wire.receive_json())["type"] == "auth_ok"

    async def post(self, path: str, data: dict[str, Any]) -> Any:
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        async with self.session.post(self.url + path, json=data, headers=headers) as reply:
            text = await reply.text()
            assert reply.status < 300, f"{path}: {reply.status} {text}"
            return json.loads(text)

    async def add(self, handler: str, port: int) -> Any:
        """Go through a config flow."""
        path = "/api/config/config_entries/flow"
        form = await self.post(path, {"handler": handler})
        assert form["type"] == "form", form
        wrong = await self.post(f"{path}/{form['flow_id']}", {"host": "127.0.0.1", "port": 1})
        assert wrong["errors"] == {"base": "cannot_connect"}, wrong
        place = {"host": "127.0.0.1", "port": port}
        done = await self.post(f"{path}/{form['flow_id']}", place)
        assert done["type"] == "create_entry", done
        return done

    async def ask(self, kind: str, **more: Any) -> Any:
        """One command of the websocket."""
        number = next(self._numbers)
        await self._wire.send_json({"id": number, "type": kind, **more})
        while True:
            told = await self._wire.receive_json()
            if told.get("id") == number and told["type"] == "result":
                assert told["success"], told
                return told["result"]

    async def entities(self, domain: str) -> list[str]:
        states = await self.ask("get_states")
        return [s["entity_id"] for s in states if s["entity_id"].startswith(f"{domain}.")]

    async def run(self, pipeline: str, words: str, conversation: str | None) -> "Turn":
        """One run of the audio pipeline: these words are spoken in real time, then it is quiet."""
        number = next(self._numbers)
        await self._wire.send_json({
            "id": number, "type": "assist_pipeline/run", "start_stage": "stt", "end_stage": "tts",
            "input": {"sample_rate": self.talk["rate_hz"]}, "pipeline": pipeline,
            "conversation_id": conversation, "timeout": 60})  # fmt: skip
        turn, sending = Turn(), None
        try:
            while True:
                told = await self._wire.receive_json(timeout=90)
                if told.get("id") != number or told["type"] != "event":
                    continue
                kind, data = told["event"]["type"], told["event"]["data"]
                if kind == "run-start":
                    handler = data["runner_data"]["stt_binary_handler_id"]
                    sending = asyncio.create_task(self._speak(handler, words, turn))
                elif kind == "stt-end":
                    turn.heard = data["stt_output"]["text"]
                    turn.heard_at = time.monotonic()
                elif kind == "intent-end":
                    turn.take(data["intent_output"])
                elif kind == "tts-end":
                    turn.sound = data["tts_output"]["url"]
                elif kind == "error":
                    turn.error = data["code"]
                elif kind == "run-end":
                    turn.ended_at = time.monotonic()
                    return turn
        finally:
            if sending:
                sending.cancel()

    async def _speak(self, handler: int, words: str, turn: "Turn") -> None:
        pcm = b""
        if words:
            pcm = (self.folder / self.talk["words"][words]).read_bytes()
        size = int(self.talk["rate_hz"] * CHUNK_SECONDS) * 2
        began = time.monotonic()
        turn.word_ended = began + 0.3 + len(pcm) / 2 / self.talk["rate_hz"]
        pcm = bytes(size * 6) + pcm
        at = 0
        while True:
            block = pcm[at : at + size].ljust(size, b"\0")
            await self._wire.send_bytes(bytes([handler]) + block)
            at += size
            await asyncio.sleep(max(0.0, began + at / 2 / self.talk["rate_hz"] - time.monotonic()))

    async def length_of(self, url: str) -> int:
        async with self.session.get(self.url + url) as reply:
            assert reply.status == 200, reply.status
            return len(await reply.read())


class Turn:
    """What came of a run."""

    heard = reply = error = sound = ""
    conversation: str | None = None
    goes_on = False
    word_ended = heard_at = ended_at = 0.0

    def take(self, output: dict[str, Any]) -> None:
        speech = output["response"].get("speech") or {}
        self.reply = speech.get("plain", {}).get("speech", "")
        self.conversation = output["conversation_id"]
        self.goes_on = output["continue_conversation"]


async def a_whole_check(home: Home, pipeline: str) -> str:
    """By voice, until the warm-up asks how it is."""
    turn, turns = await home.run(pipeline, "start my back check", None), 0
    first_sound = await home.length_of(turn.sound)
    assert first_sound > 20_000, first_sound
    while home.talk["warm_up"] not in turn.reply.lower()[-20:]:
        assert turn.goes_on, f"the microphone was closed after: {turn.reply}"
        known = [said for last, said in home.talk["answers"].items() if last in turn.reply.lower()]
        assert known, f"not known what to answer to: {turn.reply}"
        turn = await home.run(pipeline, known[-1], turn.conversation)
        turns += 1
        assert turns < 25, turn.reply
    counted = await home.length_of(turn.sound)
    assert counted > 200_000, counted
    assert "One. Two. Three." in turn.reply
    stopped = await home.run(pipeline, "stop", turn.conversation)
    assert stopped.heard == "stop", stopped.heard
    return f"{turns} answers, then a warm-up of {counted} bytes of sound, stopped by voice"


async def a_red_flag(home: Home, pipeline: str) -> str:
    turn = await home.run(pipeline, "start my back check", None)
    turn = await home.run(pipeline, "yes", turn.conversation)
    turn = await home.run(pipeline, "i cannot feel between my legs", turn.conversation)
    for _ in range(3):
        if home.talk["emergency"] in turn.reply:
            return f"the reply ends: ...{turn.reply[-90:]}"
        turn = await home.run(pipeline, "yes", turn.conversation)
    raise AssertionError(turn.reply)


async def silence(home: Home, pipeline: str) -> str:
    turn = await home.run(pipeline, "start my back check", None)
    quiet = await home.run(pipeline, "", turn.conversation)
    assert home.talk["noinput"] in quiet.reply, (quiet.heard, quiet.reply, quiet.error)
    assert quiet.goes_on
    await home.run(pipeline, "stop", quiet.conversation)
    return f"heard as {quiet.heard}, asked again, the microphone stays open"


async def a_lone_no(home: Home, pipeline: str) -> str:
    told = []
    for _ in range(3):
        turn = await home.run(pipeline, "start my back check", None)
        no = await home.run(pipeline, "no", turn.conversation)
        assert no.heard == "no", (no.heard, no.error)
        told.append(no.heard_at - no.word_ended)
        await home.run(pipeline, "stop", no.conversation)
    shown = ", ".join(f"{seconds:.2f} s" for seconds in told)
    assert max(told) < PROMPT_SECONDS, shown
    return f"heard {shown} after its end"


async def main() -> int:
    url, folder, port = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    failed = 0
    async with aiohttp.ClientSession() as session:
        home = Home(session, url, folder)
        await home.set_up()
        await home.add("voice_skill", port)
        await home.add("wyoming", port)
        agents = await home.entities("conversation")
        (stt,), (tts,) = await home.entities("stt"), await home.entities("tts")
        agent = next(a for a in agents if "back_check" in a)
        print(f"set up: {agent}, {stt}, {tts}", flush=True)
        made = await home.ask(
            "assist_pipeline/pipeline/create", name="Back check", language="en",
            conversation_engine=agent, conversation_language="en", stt_engine=stt,
            stt_language="en", tts_engine=tts, tts_language="en", tts_voice=None,
            wake_word_entity=None, wake_word_id=None, prefer_local_intents=False)  # fmt: skip
        for case in (a_lone_no, silence, a_red_flag, a_whole_check):
            try:
                print(f"ok      {case.__name__}: {await case(home, made['id'])}", flush=True)
            except (AssertionError, KeyError, StopIteration, asyncio.TimeoutError) as error:
                failed += 1
                print(f"FAILED  {case.__name__}: {type(error).__name__} {error}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(asyncio.run(main()))
