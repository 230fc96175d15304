"""The parent's side of the synthesiser: started, watched, restarted."""

import json
import re
import selectors
import subprocess
import sys
import threading
from pathlib import Path

from voice_skill.errors import SpeechError
from voice_skill.speaking.voice import Voice
from voice_skill.speaking.worker import MAX_CHARACTERS

START_SECONDS = 15.0
PROMPT_SECONDS = 5.0
"""A prompt takes 10 to 30 ms; after this long the worker is held to hang."""
HINT = "install it with: sudo apt install espeak-ng libespeak-ng1"


class Synthesiser:
    """Writes WAV files in one voice. Calls from several threads wait for each other."""

    def __init__(self, voice: Voice, prompt_seconds: float = PROMPT_SECONDS) -> None:
        self.voice = voice
        self._prompt_seconds = prompt_seconds
        self._lock = threading.Lock()
        self._process: subprocess.Popen[str] | None = None
        self._closed = False

    @property
    def pid(self) -> int | None:
        """The worker's process, while there is one."""
        return self._process.pid if self._process else None

    def synthesise(self, text: str, path: Path) -> None:
        """Write one prompt of at most 400 characters.

        Raises SpeechError after one retry, or once it is closed.
        """
        with self._lock:
            for attempt in (1, 2):
                try:
                    self._request(text, path)
                    return
                except SpeechError:
                    self._kill()
                    if attempt == 2 or self._closed:
                        raise

    def _request(self, text: str, path: Path) -> None:
        process = self._process or self._start()
        line = json.dumps({"text": text, "path": str(path)})
        try:
            assert process.stdin is not None
            process.stdin.write(line + "\n")
            process.stdin.flush()
        except OSError:
            raise SpeechError("the synthesiser died") from None
        self._read(process, self._prompt_seconds)

    def _start(self) -> "subprocess.Popen[str]":
        voice = self.voice
        command = [sys.executable, "-m", "voice_skill.speaking.worker"]
        self._process = subprocess.Popen(
            [*command, voice.name, str(voice.rate_wpm), str(voice.volume)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=True,  # Ctrl-C is for the session, which still wants to speak
        )
        if self._closed:
            raise SpeechError("the synthesiser is closed")
        self._read(self._process, START_SECONDS)
        return self._process

    def _read(self, process: "subprocess.Popen[str]", seconds: float) -> None:
        assert process.stdout is not None
        with selectors.DefaultSelector() as selector:
            selector.register(process.stdout, selectors.EVENT_READ)
            if not selector.select(seconds):
                raise SpeechError(f"the synthesiser gave no answer for {seconds:.0f} seconds")
        line = process.stdout.readline()
        if not line:
            raise SpeechError(f"the synthesiser ended by itself; {HINT}")
        reply = json.loads(line)
        if "error" in reply:
            raise SpeechError(f"{reply['error']}; {HINT}")

    def _kill(self) -> None:
        if self._process:
            self._process.kill()
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe:
                    try:
                        pipe.close()
                    except OSError:
                        continue
            self._process = None

    def close(self) -> None:
        """End the worker at once, whatever it is at."""
        self._closed = True
        process = self._process
        if process:
            process.kill()  # who waits for it holds the lock
        with self._lock:
            self._kill()


def pieces(text: str) -> list[str]:
    """A text in pieces that the worker can take, cut after sentences, else after words."""
    clean = " ".join(re.sub(r"[\x00-\x1f]", " ", text).split())
    result: list[str] = []
    for sentence in re.split(r"(?<=[.!?;:]) ", clean):
        for word in sentence.split(" "):
            fits = result and len(result[-1]) + len(word) < MAX_CHARACTERS
            if fits and (word is not sentence.split(" ")[0] or len(result[-1]) < 200):
                result[-1] += f" {word}"
            elif word:
                result.append(word[:MAX_CHARACTERS])
    return result
