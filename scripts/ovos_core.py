"""The skill in the real core over the real message bus: a check that ends in an emergency.

python scripts/ovos_core.py BIN, run by the Python that has OVOS. BIN: the folder of its programs.
"""

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

SKILL = "voice-skill-ovos.voice-skill"
FOLDERS = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")
START_SECONDS = 120.0
WAIT_SECONDS = 60.0
PIPELINE = [
    "ovos-stop-pipeline-plugin-high",
    "ovos-converse-pipeline-plugin",
    "ovos-padacioso-pipeline-plugin-high",
]
TALK = (
    ("", "start my back check", "Do you have any back or leg symptoms today?"),
    ("answer", "yes", "Is that what you said?"),
    ("answer", "yes", "between your legs"),
    ("answer", "yes", "Is that what you said?"),
    ("answer", "yes", "Say repeat to hear this again."),
)
"""How it is said, what is said, and what is heard then."""


def main() -> int:
    programs = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        config = Path(home) / "mycroft"
        config.mkdir()
        settings = {"lang": "en-US", "intents": {"pipeline": PIPELINE},
                    "websocket": {"host": "127.0.0.1", "port": 8191}}  # fmt: skip
        (config / "mycroft.conf").write_text(json.dumps(settings))
        os.environ |= dict.fromkeys(FOLDERS, home)
        log = (Path(home) / "log").open("w+")
        running = [
            subprocess.Popen([programs / "ovos-messagebus"], stdout=log, stderr=log),
        ]
        time.sleep(3)
        running.append(
            subprocess.Popen([programs / "ovos-core", "--disable-skill-api"],
                             stdout=log, stderr=log))  # fmt: skip
        try:
            talk()
        except AssertionError as error:
            log.seek(0)
            print(log.read()[-4000:])
            print(f"FAILED  {error}")
            return 1
        finally:
            for process in running:
                process.kill()
                process.wait(20)
    return 0


def talk() -> None:
    from ovos_bus_client import MessageBusClient
    from ovos_bus_client.message import Message

    bus = MessageBusClient(host="127.0.0.1", port=8191)
    bus.run_in_thread()
    assert bus.connected_event.wait(30), "the message bus does not answer"
    spoken: list[str] = []
    listens, loaded = threading.Event(), threading.Event()

    def speak(message: Message) -> None:
        spoken.append(message.data["utterance"])
        bus.emit(message.forward("recognizer_loop:audio_output_start"))
        bus.emit(message.forward("recognizer_loop:audio_output_end"))

    bus.on("speak", speak)
    bus.on(f"{SKILL}.get_response.waiting", lambda message: listens.set())
    bus.on("mycroft.skills.all_loaded.response", lambda message: message.data.get("status")
           and loaded.set())  # fmt: skip
    began = time.monotonic()
    while not loaded.wait(1):
        assert time.monotonic() - began < START_SECONDS, "the core did not load its skills"
        bus.emit(Message("mycroft.skills.all_loaded"))
    print(f"ok      the core is up after {time.monotonic() - began:.0f} s", flush=True)
    for how, words, heard in TALK:
        if how:
            assert listens.wait(WAIT_SECONDS), f"nobody listens for {words!r}; said: {spoken[-2:]}"
            time.sleep(0.3)
        listens.clear()
        before = len(spoken)
        data = {"utterances": [words], "lang": "en-US"}
        bus.emit(Message("recognizer_loop:utterance", data))
        until = time.monotonic() + WAIT_SECONDS
        while not any(heard in line for line in spoken[before:]):
            assert time.monotonic() < until, f"{words!r}: {heard!r} not said, but {spoken[-3:]}"
            time.sleep(0.05)
        print(f"ok      {words!r}: ...{heard}", flush=True)
    bus.close()


if __name__ == "__main__":
    raise SystemExit(main())
