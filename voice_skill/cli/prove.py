"""Commands that prove, draw and simulate a dialog: check, draw, simulate."""

from pathlib import Path
from typing import Any

from voice_skill.cli.command import Options, Renamed, add_command, add_model, print_json
from voice_skill.cli.outputs import outputs_of
from voice_skill.errors import StorageError
from voice_skill.paths import dialog_folder


def register(commands: Any) -> None:
    """Add these commands to the command line."""
    _add_proof(commands)
    _add_draw(commands)
    _add_simulate(commands)


def _add_proof(commands: Any) -> None:
    text = "prove that a dialog is safe, or show the conversation that is not"
    check = add_command(
        commands, "check", _check, text,
        ("voice-skill check", "voice-skill check --dialog my-dialog",
         "voice-skill check --mutants"),
    )  # fmt: skip
    check.add_argument("folder", nargs="?", type=Path, metavar="DIR", action=Renamed,
                       now="--dialog DIR")  # fmt: skip
    check.add_argument("--json", action="store_true", help="print the report as one JSON object")
    check.add_argument("-o", "--output", type=Path, action="append", metavar="FILE",
                       help="write SARIF for a code host (.sarif)")  # fmt: skip
    check.add_argument("--sarif", type=Path, action=Renamed, now="-o FILE.sarif")
    check.add_argument(
        "--mutants", action="store_true", help="break the dialog in many ways: what is noticed?"
    )
    _add_dask(check)


def _add_dask(command: Any) -> None:
    command.add_argument("--dask", metavar="ADDRESS", help="work on a Dask cluster")


def _add_draw(commands: Any) -> None:
    draw = add_command(
        commands, "draw", _draw, "the dialog as a picture, or a document to sign",
        ("voice-skill draw -o dialog.mmd", "voice-skill draw -o review.html",
         "voice-skill draw --stage overview -o stages.svg",
         "voice-skill draw --session last -o way.svg"),
    )  # fmt: skip
    draw.add_argument("-o", "--output", type=Path, required=True, metavar="FILE",
                      help="picture: .mmd .svg .png; document: .md .html .pdf")  # fmt: skip
    draw.add_argument("--stage", metavar="NAME", help="one stage by its title, or `overview`")
    draw.add_argument("--to", metavar="CARE", help="only what leads to this care: EMERGENCY...")
    draw.add_argument("--session", metavar="ID", help="mark the way of a kept session, or `last`")


def _add_simulate(commands: Any) -> None:
    text = "let virtual patients speak to the real ears, and count what is misheard"
    simulate = add_command(
        commands, "simulate", _simulate, text,
        ("voice-skill simulate --fields saddle legs -o page.html",
         "voice-skill simulate --emergencies 300"),
    )  # fmt: skip
    simulate.add_argument("--fields", nargs="+", metavar="FIELD", help="of these questions; or all")
    simulate.add_argument("--emergencies", type=int, metavar="N",
                          help="so many spoken emergencies (300 if nothing is chosen)")  # fmt: skip
    simulate.add_argument("--personas", nargs="+", metavar="NAME",
                          help="whole conversations of these personas; or all")  # fmt: skip
    simulate.add_argument("--phrases", type=int, default=1, metavar="N",
                          help="phrases of each kind of answer, twice as many of the "
                               "question's own (1)")  # fmt: skip
    add_model(simulate)
    simulate.add_argument("--seed", type=int, default=1, metavar="N",
                          help="draws another sample (1)")  # fmt: skip
    simulate.add_argument("--workers", type=int, metavar="N", help="processes (one a processor)")
    _add_dask(simulate)
    simulate.add_argument("--work", type=Path, metavar="DIR",
                          help="keep results here, and do again only what is new")  # fmt: skip
    simulate.add_argument("-o", "--output", type=Path, action="append", metavar="FILE",
                          help="write a page with the sound of failures (.html)")  # fmt: skip
    simulate.add_argument("--html", type=Path, action=Renamed, now="-o FILE.html")
    simulate.add_argument("--json", action="store_true", help="print one JSON object")


def _check(options: Options) -> int:
    from voice_skill.proof import output
    from voice_skill.proof.check import check_folder

    folder = options.folder or options.dialog or dialog_folder()
    sarif = outputs_of(options.output, {".sarif": options.sarif})[".sarif"]
    if options.mutants:
        from voice_skill.proof.suite import run_mutants

        return run_mutants(folder, options.json, options.dask)
    if sarif:
        _write(sarif, "")  # told before the work, not after it
    report = check_folder(folder, options.dask)
    if sarif:
        _write(sarif, output.sarif(report) + "\n")
    if options.json:
        print_json(report.as_json())
    else:
        print("\n".join(output.text(report)))
    return 0 if report.passed else 1


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise StorageError(f"{path}: cannot be written: {error.strerror}") from None


def _draw(options: Options) -> int:
    from voice_skill.review.command import draw

    return draw(options.dialog or dialog_folder(), options.to, options.session,
                options.stage, options.output)  # fmt: skip


def _simulate(options: Options) -> int:
    from voice_skill.lab.simulation.command import Wish, simulate

    page = outputs_of(options.output, {".html": options.html})[".html"]
    wish = Wish(options.fields, options.emergencies, options.personas, options.phrases,
                options.seed, options.workers, options.dask)  # fmt: skip
    return simulate(options.dialog or dialog_folder(), options.model, wish, options.work,
                    page, options.json)  # fmt: skip
