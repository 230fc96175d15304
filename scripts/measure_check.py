"""Time of the structural checks against the size of a dialog: python scripts/measure_check.py."""

import time
from dataclasses import replace

from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.expressions import parse
from voice_skill.proof.safety import Floor, Safety
from voice_skill.proof.structure import cycles, questions
from voice_skill.proof.table import Table, questions_in_use
from voice_skill.session.places import dialog_folder

SIZES = (1000, 2000, 5000, 10_000)


def grown(dialog: Dialog, size: int) -> Dialog:
    """The shipped dialog with yes/no questions added, each asked after a yes to one before it."""
    pattern, stage = dialog.fields["saddle"], dialog.stage_of["saddle"]
    names = [f"q{number}" for number in range(size - len(dialog.fields))]
    guards = {name: parse(f"pos({names[index // 2]})" if index else "pos(saddle)")
              for index, name in enumerate(names)}  # fmt: skip
    rule = dialog.rules[0][0]
    rules = [(rule.model_copy(update={"id": f"X{name}"}), parse(f"pos({name})")) for name in names]
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
    safety = Safety(floors=(Floor(when="saddle != 'no'", at_least="EMERGENCY", source="-"),))
    for size in SIZES:
        table = Table(grown(dialog, size), safety)
        begun = time.perf_counter()
        found = [*cycles(table), *questions(table)]
        structure = time.perf_counter() - begun
        begun = time.perf_counter()
        found += questions_in_use(table)
        whole = structure + time.perf_counter() - begun
        print(f"{size:6} questions: structure {structure:.2f} s, with all guards {whole:.2f} s, "
              f"{len(found)} findings")  # fmt: skip


if __name__ == "__main__":
    main()
