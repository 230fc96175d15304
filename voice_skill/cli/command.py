"""What the rooms of commands share: the parser, the dialog that is asked for, JSON on stdout."""

import argparse
import json
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from voice_skill.content import Content
from voice_skill.errors import UsageError
from voice_skill.near import did_you_mean
from voice_skill.paths import dialog_folder

Options = argparse.Namespace
_CHOICE = re.compile(r"invalid choice: '(.+)' \(choose from (.+)\)$", re.DOTALL)


class Parser(argparse.ArgumentParser):
    """Errors in one line, with the exit code for wrong use. The log's options stand anywhere.

    examples: command lines that are shown under the options.
    """

    def __init__(self, *, examples: Sequence[str] = (), **how: Any) -> None:
        how.setdefault("formatter_class", argparse.RawDescriptionHelpFormatter)
        how.setdefault("epilog", _shown(examples))
        super().__init__(**how)
        self.examples = tuple(examples)
        self.add_argument("-v", "--verbose", action="store_true", default=argparse.SUPPRESS,
                          help="show the log on the error stream")  # fmt: skip
        self.add_argument("--log-words", action="store_true", default=argparse.SUPPRESS,
                          help="let the log hold what is said")  # fmt: skip

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """As it is, but nothing unknown is passed on: each command knows its own options."""
        found, unknown = super().parse_known_args(args, namespace)
        if unknown:
            names = [name for action in self._actions for name in action.option_strings]
            near = did_you_mean(unknown[0].partition("=")[0], names)
            self.error(f"unrecognized arguments: {' '.join(unknown)}{near}")
        return found, unknown

    def error(self, message: str) -> NoReturn:
        """Raise instead of printing the whole usage."""
        found = _CHOICE.search(message)
        near = did_you_mean(found[1], re.findall(r"[\w-]+", found[2])) if found else ""
        raise UsageError(f"{message}{near}; see: {self.prog} --help")


class Renamed(argparse.Action):
    """An old spelling: it still works, and says on stderr what it is called now."""

    def __init__(self, *where: Any, now: str, **how: Any) -> None:
        super().__init__(*where, **{"help": argparse.SUPPRESS, **how})
        self.now = now

    def __call__(self, parser: Any, namespace: Options, values: Any, option: Any = None) -> None:
        """Take the value for the new name."""
        if values is True:  # the same word is a flag now
            setattr(namespace, self.dest, values)
        elif values is not None:
            told = option or self.metavar
            print(f"voice-skill: {told} is now called {self.now}", file=sys.stderr)
            setattr(namespace, self.dest, values)


def add_command(
    commands: Any,
    name: str,
    function: Callable[[Options], int],
    text: str,
    examples: Sequence[str] = (),
) -> argparse.ArgumentParser:
    """A command that works on a dialog, the shipped one or `--dialog DIR`."""
    command: argparse.ArgumentParser = commands.add_parser(
        name, help=text, description=text, examples=examples
    )
    command.set_defaults(command=function)
    command.add_argument("--dialog", type=Path, metavar="DIR", help="a dialog folder of your own")
    return command


class Actions:
    """A command of several actions, such as `sessions list`. Alone it shows its help."""

    def __init__(self, commands: Any, name: str, text: str, examples: Sequence[str] = ()) -> None:
        command = commands.add_parser(name, help=text, description=text, examples=examples)
        command.set_defaults(command=lambda options: print_help(command))
        self._actions = command.add_subparsers(metavar="ACTION", parser_class=Parser)

    def add(self, name: str, function: Callable[[Options], int], text: str,
            on_dialog: bool = False) -> argparse.ArgumentParser:  # fmt: skip
        """One action. on_dialog: it takes `--dialog DIR` too."""
        if on_dialog:
            return add_command(self._actions, name, function, text)
        action: argparse.ArgumentParser = self._actions.add_parser(
            name, help=text, description=text
        )
        action.set_defaults(command=function)
        return action


def print_help(parser: argparse.ArgumentParser) -> int:
    """The help on stdout, as where it is asked for."""
    parser.print_help()
    return 0


def add_model(command: argparse.ArgumentParser) -> None:
    """The speech model that hears."""
    command.add_argument("--model", type=Path, metavar="DIR", help="a Vosk model folder")


def add_devices(command: argparse.ArgumentParser) -> None:
    """The devices of a spoken session, with the old names of their options."""
    for new, old in (("microphone", "input"), ("loudspeaker", "output")):
        command.add_argument(f"--{new}", metavar="NAME", help=f"the {new}, by a part of its name")
        command.add_argument(f"--{old}", dest=new, metavar="NAME", action=Renamed, now=f"--{new}")


def devices_of(options: Options) -> dict[str, str | None]:
    """The devices of this session; None: what is remembered, or the default."""
    return {"microphone": options.microphone, "loudspeaker": options.loudspeaker}


def load_content(options: Options) -> Content:
    """The content that is asked for, with the user's settings in its texts."""
    from voice_skill.storage.settings import texts
    from voice_skill.storage.store import Store

    folder = options.dialog or dialog_folder()
    return Content.from_folder(folder, texts(Store.from_platform()))


def print_json(data: Any) -> None:
    """One JSON value on one line of stdout."""
    print(json.dumps(data, ensure_ascii=False), flush=True)


def _shown(examples: Sequence[str]) -> str | None:
    return "\n".join(["examples:", *(f"  {line}" for line in examples)]) if examples else None
