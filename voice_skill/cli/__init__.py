"""`voice-skill`: thin commands over the rooms of the package.

Output for machines on stdout, all else on stderr. Exit codes: 0 done, 1 findings, 2 wrong use, 3
cannot.
"""

import os
import signal
import sys
from collections.abc import Sequence

from voice_skill import __version__
from voice_skill.cli import kept, models, proof, talk, words
from voice_skill.cli.command import Parser
from voice_skill.errors import VoiceSkillError
from voice_skill.files import reason

ABOUT = """An offline voice guide for runners with low-back pain: it asks, you answer aloud. It
informs, it never diagnoses. Exit codes: 0 done, 1 findings, 2 wrong use, 3 cannot."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. Returns its exit code; never a traceback."""
    try:
        options = parser().parse_args(argv)
        code: int = options.command(options)
        sys.stdout.flush()
        return code
    except VoiceSkillError as error:
        _tell(f"voice-skill: {error}")
        return error.exit_code
    except KeyboardInterrupt as interrupt:
        return interrupted(interrupt)
    except BrokenPipeError:
        _close(1)
        return 0
    except OSError as error:
        _close(1)
        _tell(f"voice-skill: {error.filename or 'the output'}: {reason(error)}")
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
        _close(2)


def _close(stream: int) -> None:
    """Nothing more can be written: let Python's own last flush go nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream)


def parser() -> Parser:
    """The whole command line."""
    top = Parser(prog="voice-skill", description=ABOUT)
    top.add_argument("--version", action="version", version=f"voice-skill {__version__}")
    commands = top.add_subparsers(required=True, metavar="COMMAND", parser_class=Parser)
    for room in (talk, words, kept, models, proof):
        room.register(commands)
    return top
