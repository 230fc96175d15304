"""The first page of help, in groups; and the same command line for a shell that completes it."""

import argparse
from collections.abc import Callable, Iterator
from typing import Any

from voice_skill.cli.command import Options, Parser, add_command, print_help

GROUPS = {
    "talk with it": ("run", "coach", "ladder", "demo", "serve"),
    "look back": ("diary", "sessions", "profile"),
    "set it up": (
        "setup", "settings", "doctor", "devices", "voices", "model", "service", "completion",
    ),
    "try and prove a dialog": (
        "understand", "hear", "decide", "check", "draw", "simulate", "bench", "schema",
    ),
}  # fmt: skip
"""Which command stands under which heading. One that stands nowhere is shown at the end."""
OTHERS = "others"
EXAMPLES = (
    "voice-skill run                    a spoken back check",
    "voice-skill run --text             the same by keyboard",
    "voice-skill doctor                 are the model, the voice and both devices in order?",
    "voice-skill sessions show last     what came of it",
)
EXIT_CODES = "exit codes: 0 done, 1 findings, 2 wrong use, 3 cannot"
SHELLS = ("bash", "zsh", "fish")


class Top(Parser):
    """The parser of the whole command line."""

    def __init__(self, **how: Any) -> None:
        shown = "\n".join(f"  {line}" for line in EXAMPLES)
        super().__init__(epilog=f"examples:\n{shown}\n\n{EXIT_CODES}", **how)
        self.commands: Any = self.add_subparsers(metavar="COMMAND", parser_class=Parser)
        self.set_defaults(command=lambda options: print_help(self))

    def format_help(self) -> str:
        """As it is, with the commands in their groups."""
        formatter = self._get_formatter()
        formatter.add_usage(self.usage, self._actions, self._mutually_exclusive_groups)
        formatter.add_text(self.description)
        for title, shown in self._grouped():
            formatter.start_section(title)
            formatter.add_arguments(shown)
            formatter.end_section()
        formatter.start_section("options")
        formatter.add_arguments(a for a in self._actions if a.option_strings)
        formatter.end_section()
        formatter.add_text("COMMAND --help tells the options of a command, with examples.")
        formatter.add_text(self.epilog)
        return formatter.format_help()

    def _grouped(self) -> Iterator[tuple[str, list[argparse.Action]]]:
        named = {action.dest: action for action in self.commands._choices_actions}
        for title, names in GROUPS.items():
            yield title, [named.pop(name) for name in names if name in named]
        if named:
            yield OTHERS, list(named.values())


def register_completion(top: Top) -> None:
    """Add the command that prints the completion of this very command line."""
    command = add_command(
        top.commands, "completion", _completion(top), "print what makes a shell complete commands",
        ("source <(voice-skill completion bash)",
         "voice-skill completion zsh > ~/.zfunc/_voice-skill",
         "voice-skill completion fish > ~/.config/fish/completions/voice-skill.fish"),
    )  # fmt: skip
    command.add_argument("shell", choices=SHELLS, metavar="SHELL", help=", ".join(SHELLS))


def _completion(top: Top) -> Callable[[Options], int]:
    def tell(options: Options) -> int:
        import shtab

        for parser in parsers(top):
            for action in parser._actions:
                if action.metavar in ("FILE", "WAV", "MANIFEST"):
                    action.complete = shtab.FILE  # type: ignore[attr-defined]
                elif action.metavar == "DIR":
                    action.complete = shtab.DIRECTORY  # type: ignore[attr-defined]
        print(shtab.complete(top, shell=options.shell))
        return 0

    return tell


def parsers(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """A parser and those of its commands, from the top."""
    yield parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for inner in action.choices.values():
                yield from parsers(inner)
