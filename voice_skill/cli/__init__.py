"""`voice-skill`: thin commands over the rooms of the package.

Output for machines on stdout, all else on stderr. Exit codes: 0 done, 1 findings, 2 wrong use, 3
cannot.
"""

import os
import sys
from collections.abc import Sequence

from voice_skill import __version__
from voice_skill.cli import kept, models, proof, talk, words
from voice_skill.cli.command import Parser
from voice_skill.errors import VoiceSkillError

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
        print(f"voice-skill: {error}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print("\nvoice-skill: stopped; what came so far is kept", file=sys.stderr)
        return 130
    except BrokenPipeError:
        _close_output()
        return 0
    except OSError as error:
        _close_output()
        print(f"voice-skill: {error.filename or 'the output'}: {error.strerror}", file=sys.stderr)
        return 3


def _close_output() -> None:
    """Nothing more can be written: let Python's own last flush go nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def parser() -> Parser:
    """The whole command line."""
    top = Parser(prog="voice-skill", description=ABOUT)
    top.add_argument("--version", action="version", version=f"voice-skill {__version__}")
    commands = top.add_subparsers(required=True, metavar="COMMAND", parser_class=Parser)
    for room in (talk, words, kept, models, proof):
        room.register(commands)
    return top
