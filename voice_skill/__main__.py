"""`voice-skill`, also as `python -m voice_skill`. Nothing is loaded before signals are seen to."""

import signal
import sys
import time

if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # until `main` sees to it, nothing is to be tidied


def main() -> int:
    """Run one command and end with its code, whatever signal comes when."""
    try:
        time.time()
    except OverflowError:  # Python itself counts no further, and most of it does not load
        print("voice-skill: the clock stands after the year 2262; set it first", file=sys.stderr)
        return 3
    from voice_skill.streams import steady_streams

    steady_streams()
    from voice_skill import cli, ending

    try:
        ending.end_tidily()
        code = cli.main()
    except KeyboardInterrupt as interrupt:
        code = cli.interrupted(interrupt)
    return ending.leave(code)


if __name__ == "__main__":
    raise SystemExit(main())
