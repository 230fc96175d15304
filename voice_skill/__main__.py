"""`voice-skill`, also as `python -m voice_skill`. Nothing is loaded before signals are seen to."""

import os
import signal
import sys


def main() -> int:
    """Run one command and end with its code, whatever signal comes when."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    _have_streams()
    from voice_skill import cli, ending

    try:
        ending.end_tidily()
        code = cli.main()
    except KeyboardInterrupt as interrupt:
        code = cli.interrupted(interrupt)
    return ending.leave(code)


def _have_streams() -> None:
    """What is closed takes everything, and a sign that a screen lacks is shown as another."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115, PTH123
        elif mode == "w":
            stream.reconfigure(errors="replace")


if __name__ == "__main__":
    raise SystemExit(main())
