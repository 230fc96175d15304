"""The child process that owns pyttsx3: sentences in, WAV files out, nothing played.

pyttsx3 is used in the one way that was measured to be reliable on Linux: one engine, properties set
once before a warm-up utterance, `save_to_file` only, one utterance at a time. `say` and `stop`
return early, lose text or hang. Run as `python -m voice_skill.speaking.worker NAME RATE VOLUME`.
"""

import json
import os
import shutil
import sys
from pathlib import Path
from typing import Any

from voice_skill.speaking.scratch import scratch_folder

MAX_CHARACTERS = 400
"""The engine passes espeak ten bytes a character and reads past longer texts."""

ATTEMPTS = 3
"""runAndWait may return before anything is made, seen once with the second utterance of an engine
on a busy machine; the next one then works."""
HEADER_BYTES = 44
"""A WAV file without sound."""


def main() -> int:
    """Answer requests `{"text", "path"}` on stdin with `{"ok"}` or `{"error"}` on stdout."""
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # pyttsx3 prints on stdout
    name, rate_wpm, volume = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
    try:
        engine = _engine(name, rate_wpm, volume)
    except Exception as error:
        _reply(replies, {"error": f"no synthesiser: {' '.join(str(error).split())}"})
        return 3
    _reply(replies, {"ok": "ready"})
    for line in sys.stdin:
        request = json.loads(line)
        try:
            _save(engine, request["text"][:MAX_CHARACTERS], Path(request["path"]))
            _reply(replies, {"ok": request["path"]})
        except Exception as error:
            _reply(replies, {"error": str(error) or type(error).__name__})
    return 0


def _engine(name: str, rate_wpm: int, volume: float) -> Any:
    import pyttsx3

    engine = pyttsx3.init()
    engine.setProperty("voice", name)
    engine.setProperty("rate", rate_wpm)
    engine.setProperty("volume", volume)
    _settle(engine)
    folder = scratch_folder()
    try:
        # the first runAndWait returns before anything is synthesised: spend it here
        for _ in range(2):
            engine.save_to_file("ready", str(folder / "ready.wav"))
            engine.runAndWait()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return engine


def _settle(engine: Any) -> None:
    """Hand the properties over and wait until espeak's own thread has taken them.

    A sentence that comes while they are on their way may be spoken, as all after it, at the
    driver's own rate: on a busy machine 1 to 3 of 100 engines kept it for good.
    """
    engine.proxy.setBusy(False)
    if sys.platform == "linux":
        from pyttsx3.drivers import _espeak

        _espeak.Synchronize()


def _save(engine: Any, text: str, path: Path) -> None:
    part = path.with_suffix(".part")
    part.touch()  # a folder that cannot be written hangs the engine: fail here instead
    part.unlink()
    for _ in range(ATTEMPTS):
        engine.save_to_file(text, str(part))
        engine.runAndWait()
        if part.exists() and part.stat().st_size > HEADER_BYTES:
            part.replace(path)
            return
    raise RuntimeError("the synthesiser wrote nothing")


def _reply(replies: Any, message: dict[str, str]) -> None:
    replies.write(json.dumps(message) + "\n")
    replies.flush()


if __name__ == "__main__":
    raise SystemExit(main())
