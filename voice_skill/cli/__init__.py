"""`voice-skill`: thin commands over the rooms of the package.

Output for machines on stdout, all else on stderr. Exit codes: 0 done, 1 findings, 2 wrong use, 3
cannot.
"""

import signal
import sys
import threading
import time
from collections.abc import Sequence

from voice_skill import __version__, log
from voice_skill.cli import kept, models, serve, service, talk, words
from voice_skill.cli import prove as proof
from voice_skill.cli.command import Options
from voice_skill.cli.help import Top, register_completion
from voice_skill.errors import UsageError, VoiceSkillError
from voice_skill.files import reason, shortened
from voice_skill.streams import close, refuse_odd

ABOUT = """An offline voice guide for runners with low-back pain: it asks, you answer aloud.
It informs, it never diagnoses."""
MAX_LINE = 1000


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. Returns its exit code; never a traceback."""
    if argv is None:
        threading.excepthook = _thread_failed
    arguments = list(sys.argv[1:] if argv is None else argv)
    began = time.monotonic()
    code = _guarded(arguments)
    log.LOG.info("exit code %d after %.1f s", code, time.monotonic() - began)
    log.end()
    return code


def _guarded(arguments: list[str]) -> int:
    """One command, every error in one line."""
    try:
        return _run(arguments)
    except VoiceSkillError as error:
        _tell_error(error)
        return error.exit_code
    except KeyboardInterrupt as interrupt:
        return interrupted(interrupt)
    except BrokenPipeError:
        close(1)
        return 0
    except OSError as error:
        close(1)
        log.note_failure(error)
        _tell(f"voice-skill: {error.filename or 'the output'}: {reason(error)}")
        return 3
    except ModuleNotFoundError as error:
        return _lacking(error)
    except Exception as error:
        close(1)
        _tell(f"voice-skill: {_unexpected(error)}")
        return 3


def _lacking(error: ModuleNotFoundError) -> int:
    """An installation without sound, or a part of one: which library it is, and what to do."""
    name = (error.name or "").partition(".")[0]
    log.note_failure(error)
    if name == "voice_skill":
        _tell(f"voice-skill: {_unexpected(error)}")
    else:
        _tell(f"voice-skill: '{name}' is not installed; install all of it: pip install voice-skill")
    return 3


def interrupted(interrupt: KeyboardInterrupt) -> int:
    """Tell that a signal ended it. Returns the exit code that shells give to it."""
    _tell("\nvoice-skill: stopped; what came so far is kept")
    number = interrupt.args[0] if interrupt.args else signal.SIGINT
    return 128 + int(number)


def _tell(line: str) -> None:
    """One line for people; where there is no terminal any more, none."""
    try:
        print(line, file=sys.stderr, flush=True)
    except OSError:
        close(2)


def _run(arguments: list[str]) -> int:
    refuse_odd(arguments)
    options = parser().parse_args(arguments)
    log.begin(getattr(options, "verbose", False), getattr(options, "log_words", False))
    log.LOG.info("%s: %s", log.about(), _asked_for(options))
    code: int = options.command(options)
    sys.stdout.flush()
    return code


def _asked_for(options: Options) -> str:
    """The command and the names of its options; not their values, which may be words."""
    given = sorted(name for name, value in vars(options).items() if value not in (None, False))
    return f"{options.command.__name__.strip('_')}({', '.join(given)})"


def _tell_error(error: VoiceSkillError) -> None:
    """One line; several only where every mistake of a dialog is listed."""
    for line in str(error).splitlines() or [""]:
        _tell(f"voice-skill: {shortened(line, MAX_LINE)}")
    note = log.WORDS.warning if isinstance(error, UsageError) else log.LOG.warning
    note("%s: %s", type(error).__name__, error)


def _unexpected(error: BaseException) -> str:
    what = log.note_failure(error)
    return (
        f"an unexpected failure ({what}); please report it and attach this: {log.log_file()} "
        "and what is told by: voice-skill doctor --json"
    )


def _thread_failed(failed: threading.ExceptHookArgs) -> None:
    if failed.exc_value is not None:
        _tell(f"voice-skill: {_unexpected(failed.exc_value)}")


def parser() -> Top:
    """The whole command line. Without a command it shows its help."""
    top = Top(prog="voice-skill", description=ABOUT)
    top.add_argument("--version", action="version", version=f"voice-skill {__version__}")
    for room in (talk, serve, service, kept, words, models, proof):
        room.register(top.commands)
    register_completion(top)
    return top
