"""Processor time of the checks of structure and of the proofs over turns, by the size of a dialog.

python scripts/measure_check.py
"""

import time
from collections.abc import Callable, Iterable
from dataclasses import replace

from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.expressions import parse
from voice_skill.dialog.safety import read_safety
from voice_skill.paths import dialog_folder
from voice_skill.proof import doubt, structure, turns, use
from voice_skill.proof.moments import Moment, moments
from voice_skill.proof.table import Table
from voice_skill.proof.witness import Witnesses

SIZES = (1000, 2000, 5000, 10_000, 20_000)
SIZES_OF_TURNS = (100, 1000, 10_000)
Check = Callable[[], Iterable[object]]


def grown(dialog: Dialog, size: int) -> Dialog:
    """The shipped dialog with a tree of yes/no questions added.

    Each is asked after a yes to the one above it, and each without another below has a rule.
    """
    pattern, stage = dialog.fields["saddle"], dialog.stage_of["saddle"]
    names = [f"q{number}" for number in range(size - len(dialog.fields))]
    guards = {name: parse(f"pos({names[(index - 1) // 2]})" if index else "pos(known_disc)")
              for index, name in enumerate(names)}  # fmt: skip
    rule = dialog.rules[0][0]
    rules = [(rule.model_copy(update={"id": f"X{name}"}), parse(f"pos({name})"))
             for name in names[(len(names) - 1) // 2 :]]  # fmt: skip
    return replace(
        dialog,
        fields={**dialog.fields, **dict.fromkeys(names, pattern)},
        stage_of={**dialog.stage_of, **dict.fromkeys(names, stage)},
        guards={**dialog.guards, **guards},
        rules=(*dialog.rules, *rules),
    )


def structural(table: Table) -> dict[str, Check]:
    """The checks of structure."""
    stay, said = Witnesses(table, table.domains), Witnesses(table, table.dialog.domains)
    return {
        "loops and wordings": lambda: [*use.cycles(table), *structure.questions(table)],
        "every question": lambda: use.questions(table, said),
        "every rule": lambda: use.rules(table, stay),
    }


def over_turns(table: Table) -> dict[str, Check]:
    """The proofs over turns."""
    reached: list[Moment] = []
    return {
        "every question reached": lambda: reached.extend(moments(table)) or [],
        "doubts": lambda: doubt.never_safe(table, reached),
        "danger phrases": lambda: turns.danger(table, reached),
        "commands": lambda: doubt.commanded(table, reached),
        "after emergencies": lambda: turns.emergency(table),
    }


def tell(table: Table, checks: dict[str, Check]) -> None:
    """One line: each check with its seconds."""
    took = {}
    for name, check in checks.items():
        begun = time.process_time()
        list(check())
        took[name] = time.process_time() - begun
    parts = ", ".join(f"{name} {seconds:.2f} s" for name, seconds in took.items())
    size = f"{len(table.dialog.fields):6} questions, {len(table.dialog.rules)} rules"
    print(f"{size}: {parts}, {sum(took.values()):.2f} s in all", flush=True)


def main() -> None:
    """One line a size."""
    dialog = Dialog.from_folder(dialog_folder())
    safety, _ = read_safety(dialog_folder(), dialog)
    for size in SIZES:
        table = Table(grown(dialog, size), safety)
        tell(table, structural(table))
    for size in SIZES_OF_TURNS:
        table = Table(grown(dialog, size), safety)
        tell(table, over_turns(table))


if __name__ == "__main__":
    main()
