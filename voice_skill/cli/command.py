"""What the rooms of commands share: the parser, the dialog that is asked for, JSON on stdout."""

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from voice_skill.dialog.dialog import Dialog
from voice_skill.errors import UsageError
from voice_skill.storage.paths import dialog_folder

Options = argparse.Namespace


class Parser(argparse.ArgumentParser):
    """Errors in one line, with the exit code for wrong use. The log's options stand anywhere."""

    def __init__(self, **how: Any) -> None:
        super().__init__(**how)
        self.add_argument("-v", "--verbose", action="store_true", default=argparse.SUPPRESS,
                          help="show the log on the error stream")  # fmt: skip
        self.add_argument("--log-words", action="store_true", default=argparse.SUPPRESS,
                          help="let the log hold what is said")  # fmt: skip

    def error(self, message: str) -> NoReturn:
        """Raise instead of printing the whole usage."""
        raise UsageError(f"{message}; see: {self.prog} --help")


def add_command(
    commands: Any, name: str, function: Callable[[Options], int], text: str
) -> argparse.ArgumentParser:
    """A command that works on a dialog, the shipped one or `--dialog DIR`."""
    command: argparse.ArgumentParser = commands.add_parser(name, help=text, description=text)
    command.set_defaults(command=function)
    command.add_argument("--dialog", type=Path, metavar="DIR", help="a dialog folder of your own")
    return command


def load_dialog(options: Options) -> Dialog:
    """The dialog that is asked for, with the user's settings in its texts."""
    from voice_skill.storage.settings import texts
    from voice_skill.storage.store import Store

    folder = options.dialog or dialog_folder()
    return Dialog.from_folder(folder, texts(Store.from_platform()))


def print_json(data: Any) -> None:
    """One JSON value on one line of stdout."""
    print(json.dumps(data, ensure_ascii=False), flush=True)
