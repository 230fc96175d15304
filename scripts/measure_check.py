"""Time of the structural checks against the size of a dialog: python scripts/measure_check.py."""

import time
from dataclasses import replace

from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.expressions import parse
from voice_skill.proof import structure, use
from voice_skill.proof.safety import Floor, Safety
from voice_skill.proof.table import Table
from voice_skill.proof.witness import Witnesses
from voice_skill.session.places import dialog_folder

SIZES = (1000, 2000, 5000, 10_000, 20_000)
SAFETY = Safety(floors=(Floor(when="saddle != 'no'", at_least="EMERGENCY", source="-"),))


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


def main() -> None:
    """One line a size."""
    dialog = Dialog.from_folder(dialog_folder())
    for size in SIZES:
        table = Table(grown(dialog, size), SAFETY)
        took: list[float] = []
        found = []
        stay, said = Witnesses(table, table.domains), Witnesses(table, table.dialog.domains)
        for check in (
            lambda table=table: [*use.cycles(table), *structure.questions(table)],
            lambda table=table, known=said: use.questions(table, known),
            lambda table=table, known=stay: use.rules(table, known),
        ):
            begun = time.perf_counter()
            found += list(check())
            took.append(time.perf_counter() - begun)
        parts = "loops and wordings {:.2f} s, every question {:.2f} s, every rule {:.2f} s"
        print(f"{size:6} questions, {len(table.dialog.rules)} rules: {parts.format(*took)}, "
              f"{sum(took):.2f} s in all; {len(found)} findings")  # fmt: skip


if __name__ == "__main__":
    main()
