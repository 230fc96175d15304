"""Commands that prove, draw and simulate a dialog: check, draw, simulate."""

from pathlib import Path
from typing import Any

from voice_skill.cli.command import Options, add_command, print_json
from voice_skill.errors import StorageError
from voice_skill.storage.paths import dialog_folder


def register(commands: Any) -> None:
    """Add these commands to the command line."""
    _add_proof(commands)
    _add_draw(commands)
    _add_simulate(commands)


def _add_proof(commands: Any) -> None:
    text = "prove that a dialog is safe, or show the conversation that is not"
    check = commands.add_parser("check", help=text, description=text)
    check.set_defaults(command=_check)
    check.add_argument("folder", nargs="?", type=Path, metavar="DIR", help="a dialog folder")
    check.add_argument("--json", action="store_true", help="print the report as one JSON object")
    check.add_argument("--sarif", type=Path, metavar="FILE", help="write SARIF for a code host")
    check.add_argument(
        "--mutants", action="store_true", help="break the dialog in many ways: what is noticed?"
    )
    _add_dask(check)


def _add_dask(command: Any) -> None:
    command.add_argument("--dask", metavar="ADDRESS", help="work on a Dask cluster")


def _add_draw(commands: Any) -> None:
    draw = add_command(commands, "draw", _draw, "the dialog as a picture, or a document to sign")
    draw.add_argument("-o", "--output", type=Path, required=True, metavar="FILE",
                      help="picture: .mmd .svg .png; document: .md .html")  # fmt: skip
    draw.add_argument("--to", metavar="CARE", help="only what leads to this care: EMERGENCY...")
    draw.add_argument("--session", metavar="ID", help="mark the way of a kept session, or `last`")


def _add_simulate(commands: Any) -> None:
    text = "let virtual patients speak to the real ears, and count what is misheard"
    simulate = add_command(commands, "simulate", _simulate, text)
    simulate.add_argument("--fields", nargs="+", metavar="FIELD", help="of these questions; or all")
    simulate.add_argument("--emergencies", type=int, metavar="N",
                          help="so many spoken emergencies (300 if nothing is chosen)")  # fmt: skip
    simulate.add_argument("--personas", nargs="+", metavar="NAME",
                          help="whole conversations of these personas; or all")  # fmt: skip
    simulate.add_argument("--phrases", type=int, default=1, metavar="N",
                          help="phrases of each kind of answer, twice as many of the "
                               "question's own (1)")  # fmt: skip
    simulate.add_argument("--model", type=Path, metavar="DIR", help="a Vosk model folder")
    simulate.add_argument("--seed", type=int, default=1, metavar="N")
    simulate.add_argument("--workers", type=int, metavar="N", help="processes (one a processor)")
    _add_dask(simulate)
    simulate.add_argument("--work", type=Path, metavar="DIR",
                          help="keep results here, and do again only what is new")  # fmt: skip
    simulate.add_argument("--html", type=Path, metavar="FILE",
                          help="write a page with the sound of failures")  # fmt: skip
    simulate.add_argument("--json", action="store_true", help="print one JSON object")


def _check(options: Options) -> int:
    from voice_skill.proof import output
    from voice_skill.proof.check import check_folder

    folder = options.folder or dialog_folder()
    if options.mutants:
        from voice_skill.proof.suite import run_mutants

        return run_mutants(folder, options.json, options.dask)
    if options.sarif:
        _write(options.sarif, "")  # told before the work, not after it
    report = check_folder(folder, options.dask)
    if options.sarif:
        _write(options.sarif, output.sarif(report) + "\n")
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

    return draw(options.dialog or dialog_folder(), options.to, options.session, options.output)


def _simulate(options: Options) -> int:
    from voice_skill.lab.simulation.command import Wish, simulate

    wish = Wish(options.fields, options.emergencies, options.personas, options.phrases,
                options.seed, options.workers, options.dask)  # fmt: skip
    return simulate(options.dialog or dialog_folder(), options.model, wish, options.work,
                    options.html, options.json)  # fmt: skip
