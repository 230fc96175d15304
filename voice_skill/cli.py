"""`voice-skill`: thin commands over the rooms of the package.

Output for machines on stdout, all else on stderr. Exit codes: 0 done, 2 wrong use, 3 cannot.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from voice_skill import __version__
from voice_skill.dialog.dialog import Dialog
from voice_skill.errors import UsageError, VoiceSkillError
from voice_skill.session.places import dialog_folder

Options = argparse.Namespace


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
        print("\nvoice-skill: stopped; what was said so far is kept", file=sys.stderr)
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 0


class Parser(argparse.ArgumentParser):
    """Errors in one line, with the exit code for wrong use."""

    def error(self, message: str) -> NoReturn:
        """Raise instead of printing the whole usage."""
        raise UsageError(f"{message}; see: {self.prog} --help")


def parser() -> Parser:
    """The whole command line."""
    top = Parser(prog="voice-skill", description=__doc__)
    top.add_argument("--version", action="version", version=f"voice-skill {__version__}")
    commands = top.add_subparsers(required=True, metavar="COMMAND", parser_class=Parser)
    _add_run(commands)
    _add_coach(commands)
    _add_plain(commands)
    _add_sound(commands)
    _add_kept(commands)
    _add_days(commands)
    _add_model(commands)
    _add_bench(commands)
    _add_proof(commands)
    _add_draw(commands)

    _add_simulate(commands)
    return top


def _command(
    commands: Any, name: str, function: Callable[[Options], int], text: str
) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(name, help=text, description=text)
    command.set_defaults(command=function)
    command.add_argument("--dialog", type=Path, metavar="DIR", help="a dialog folder of your own")
    return command


def _add_run(commands: Any) -> None:
    run = _command(commands, "run", _run, "hold a back check: spoken, or typed with --text")
    run.add_argument("--text", action="store_true", help="keyboard and screen instead of sound")
    run.add_argument("--script", type=Path, metavar="FILE", help="with --text: a line an answer")
    run.add_argument("--persona", type=Path, metavar="FILE", help="with --text: a virtual person")
    run.add_argument("--json", action="store_true", help="print the outcome as one JSON object")
    run.add_argument("--model", type=Path, metavar="DIR", help="a Vosk model folder")
    run.add_argument("--input", metavar="NAME", help="microphone, by a part of its name")
    run.add_argument("--output", metavar="NAME", help="loudspeaker, by a part of its name")
    run.add_argument("--fresh", action="store_true", help="do not offer to go on where you were")
    demo = _command(commands, "demo", _demo, "hear a virtual person hold a whole conversation")
    demo.add_argument("--persona", default="strain", metavar="NAME", help="a name or a file")
    demo.add_argument("--list", action="store_true", help="name the personas")
    demo.add_argument("--model", type=Path, metavar="DIR", help="a Vosk model folder")
    demo.add_argument("-o", "--output", type=Path, metavar="DIR", help="where to save it")
    demo.add_argument("--json", action="store_true", help="print the outcome as one JSON object")


def _add_coach(commands: Any) -> None:
    coach = _command(commands, "coach", _coach, "a guided warm-up: standard, gentle, disc-sparing")
    coach.add_argument("routine", metavar="ROUTINE")
    coach.add_argument("--virtual", action="store_true",
                       help="in virtual time, with a person who is well")  # fmt: skip
    coach.add_argument("--events", type=Path, metavar="FILE",
                       help="what that person says: lines of SECONDS TEXT")  # fmt: skip
    coach.add_argument("--json", action="store_true", help="one JSON object a line")
    coach.add_argument("--model", type=Path, metavar="DIR", help="a Vosk model folder")
    coach.add_argument("--input", metavar="NAME", help="microphone, by a part of its name")
    coach.add_argument("--output", metavar="NAME", help="loudspeaker, by a part of its name")


def _add_plain(commands: Any) -> None:
    decide = _command(commands, "decide", _decide, "field values in, disposition out")
    decide.add_argument("file", metavar="FILE", help="a JSON object of field values; - for stdin")
    understand = _command(commands, "understand", _understand, "how words are understood")
    understand.add_argument("field", metavar="FIELD")
    understand.add_argument("texts", metavar="TEXT", nargs="+")
    schema = _command(commands, "schema", _schema, "the JSON Schema of a dialog file")
    schema.add_argument("kind", choices=("dialog", "stage", "phrases", "rules", "dispositions",
                                         "messages"))  # fmt: skip


def _add_sound(commands: Any) -> None:
    hear = _command(commands, "hear", _hear, "recognise sound files")
    hear.add_argument("--phrases", metavar="A,B,C", help="the phrases to listen for")
    hear.add_argument("--field", metavar="FIELD", help="listen for the answers of a question")
    hear.add_argument("--model", type=Path, metavar="DIR", help="a Vosk model folder")
    hear.add_argument("wavs", metavar="WAV", nargs="+", type=Path)
    _command(commands, "devices", _devices, "list microphones and loudspeakers")
    doctor = _command(commands, "doctor", _doctor, "check model, voice, microphone, loudspeaker")
    doctor.add_argument("--model", type=Path, metavar="DIR", help="a Vosk model folder")


def _add_kept(commands: Any) -> None:
    sessions = _command(commands, "sessions", _sessions, "what is kept of earlier sessions")
    sessions.add_argument("action", choices=("list", "show", "delete"))
    sessions.add_argument("name", nargs="?", help="a session, `last`, or (delete) `all`")
    sessions.add_argument("--json", action="store_true")
    settings = _command(commands, "settings", _settings, "show or change what is remembered")
    settings.add_argument("action", choices=("show", "set", "forget"))
    settings.add_argument("name", nargs="?", help="emergency_number, input, output, voice, ...")
    settings.add_argument("value", nargs="?")


def _add_days(commands: Any) -> None:
    diary = _command(commands, "diary", _diary, "how the sessions went, day by day")
    diary.add_argument("--html", type=Path, metavar="FILE", help="write a page with a plot")
    diary.add_argument("--csv", type=Path, metavar="FILE", help="write a table")
    diary.add_argument("--json", action="store_true")
    diary.add_argument("--morning", choices=("yes", "no"),
                       help="was it back to yesterday's level this morning?")  # fmt: skip
    profile = _command(commands, "profile", _profile, "what is known of you between sessions")
    profile.add_argument("action", choices=("show", "set", "forget"))
    profile.add_argument("name", nargs="?", help="age, known_disc, checked, ... or (forget) all")
    profile.add_argument("value", nargs="?")
    profile.add_argument("--json", action="store_true")


def _add_model(commands: Any) -> None:
    text = "speech models: list, install, verify, use, remove, add words"
    actions = commands.add_parser("model", help=text, description=text).add_subparsers(
        required=True, metavar="ACTION", parser_class=Parser
    )

    def action(name: str, text: str) -> argparse.ArgumentParser:
        found: argparse.ArgumentParser = actions.add_parser(name, help=text, description=text)
        found.set_defaults(command=_model, action=name)
        return found

    action("list", "what is installed and what can be had").add_argument(
        "--json", action="store_true"
    )
    install = action("install", "fetch a model by https, or take it from this machine")
    install.add_argument("name", metavar="NAME")
    install.add_argument("--from", dest="source", type=Path, metavar="FILE",
                         help="an archive or a folder on this machine")  # fmt: skip
    install.add_argument(
        "--mirror", metavar="URL", help="fetch the archive from under this address"
    )
    verify = action("verify", "check that a model is whole")
    verify.add_argument("name", nargs="?", metavar="NAME", help="a name or a folder")
    action("use", "hear with this model from now on").add_argument("name", metavar="NAME")
    action("remove", "delete an installed model").add_argument("name", metavar="NAME")
    words = action("add-words", "build a model that knows more words, without training")
    words.add_argument("file", type=Path, metavar="FILE", help="a word a line, or word and sounds")
    words.add_argument("--base", metavar="NAME", help="the model to start from: a name or a folder")
    words.add_argument("--name", default="starter-with-words", help="what to call the new model")


def _add_bench(commands: Any) -> None:
    text = "measure how well models hear, side by side, on recordings of people"
    bench = commands.add_parser("bench", help=text, description=text)
    bench.set_defaults(command=_bench)
    bench.add_argument("what", choices=("hearing",))
    bench.add_argument("--speech", type=Path, required=True, metavar="MANIFEST",
                       help="a table: path, split, set, speaker, text")  # fmt: skip
    bench.add_argument("--speakers", type=Path, default=Path("models/speakers.tsv"), metavar="FILE",
                       help="which people are for development, which for the test")  # fmt: skip
    bench.add_argument("--part", choices=("development", "test"), default="development")
    bench.add_argument("--models", nargs="+", default=["starter"], metavar="NAME",
                       help="names, folders, or pocketsphinx")  # fmt: skip
    bench.add_argument("--noise", type=Path, metavar="DIR", help="recordings of noise")
    bench.add_argument("--limit", type=int, default=10_000, metavar="N", help="of each task")
    bench.add_argument("--json", type=Path, metavar="FILE", help="write all figures")
    bench.add_argument("--png", type=Path, metavar="FILE", help="draw a picture")


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


def _add_draw(commands: Any) -> None:
    draw = _command(commands, "draw", _draw, "the dialog as a picture, or a document to sign")
    draw.add_argument("-o", "--output", type=Path, required=True, metavar="FILE",
                      help="picture: .mmd .svg .png; document: .md .html")  # fmt: skip
    draw.add_argument("--to", metavar="CARE", help="only what leads to this care: EMERGENCY...")
    draw.add_argument("--session", metavar="ID", help="mark the way of a kept session, or `last`")


def _add_simulate(commands: Any) -> None:
    text = "let virtual patients speak to the real ears, and count what is misheard"
    simulate = _command(commands, "simulate", _simulate, text)
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
    simulate.add_argument("--work", type=Path, metavar="DIR",
                          help="keep results here, and do again only what is new")  # fmt: skip
    simulate.add_argument("--html", type=Path, metavar="FILE",
                          help="write a page with the sound of failures")  # fmt: skip
    simulate.add_argument("--json", action="store_true", help="print one JSON object")


def load_dialog(options: Options) -> Dialog:
    """The dialog that is asked for, with the user's settings in its texts."""
    from voice_skill.session.settings import texts
    from voice_skill.session.store import Store

    folder = options.dialog or dialog_folder()
    return Dialog.from_folder(folder, texts(Store.from_platform()))


def _run(options: Options) -> int:
    if (options.script or options.persona) and not options.text:
        raise UsageError("--script and --persona go with --text")
    if options.script and options.persona:
        raise UsageError("give --script or --persona, not both")
    if options.text:
        from voice_skill.session.start import run_text

        return run_text(load_dialog(options), options.dialog or dialog_folder(), options.script,
                        options.persona, options.json, options.fresh)  # fmt: skip
    from voice_skill.session.start import run_spoken

    return run_spoken(load_dialog(options), options.dialog or dialog_folder(), options.model,
                      options.input, options.output, options.fresh)  # fmt: skip


def _coach(options: Options) -> int:
    from voice_skill.session.coach import check_use, coach_spoken, coach_virtual

    check_use(options.virtual, options.events)
    folder = options.dialog or dialog_folder()
    if not options.virtual:
        devices = {"input": options.input, "output": options.output}
        return coach_spoken(load_dialog(options), folder, options.routine, options.json, devices,
                            options.model)  # fmt: skip
    return coach_virtual(
        load_dialog(options), folder, options.routine, options.events, options.json
    )


def _demo(options: Options) -> int:
    from voice_skill.session.demo import personas, run_demo

    folder = options.dialog or dialog_folder()
    if options.list:
        for name in personas(folder):
            print(name)
        return 0
    return run_demo(
        load_dialog(options), folder, options.persona, options.model, options.output, options.json
    )


def _decide(options: Options) -> int:
    from voice_skill.session.facts import decide_facts

    source = "standard input" if options.file == "-" else options.file
    try:
        text = sys.stdin.read() if options.file == "-" else Path(options.file).read_text("utf-8")
        facts = json.loads(text)
    except OSError as error:
        raise UsageError(f"{source}: cannot be read: {error.strerror}") from None
    except ValueError as error:
        raise UsageError(f"{source}: not JSON: {error}") from None
    found = decide_facts(load_dialog(options), facts)
    _print_json(
        {
            "care": found.care,
            "activity": found.activity,
            "variant": found.variant,
            "rules": list(found.rules),
            "spoken": list(found.spoken),
        }
    )
    return 0


def _understand(options: Options) -> int:
    from voice_skill.understanding.understander import Understander

    dialog = load_dialog(options)
    _known_field(dialog, options.field)
    understander = Understander.from_parts(dialog.phrases, dialog.fields)
    for text in options.texts:
        meaning = understander.interpret(options.field, text)
        value = meaning.value
        if meaning.outcome == "danger":
            value = meaning.field
        _print_json({"text": text, "outcome": meaning.outcome, "value": value,
                     "reason": meaning.reason})  # fmt: skip
    return 0


def _known_field(dialog: Dialog, name: str) -> None:
    if name not in dialog.fields:
        raise UsageError(f"there is no field '{name}'; the fields: {', '.join(dialog.fields)}")


def _schema(options: Options) -> int:
    from voice_skill.dialog.schema import schema

    print(json.dumps(schema(options.kind), indent=2))
    return 0


def _hear(options: Options) -> int:
    from voice_skill.session.hearing_test import hear_field, hear_phrases

    if (options.phrases is None) == (options.field is None):
        raise UsageError('give --phrases "yes,no" or --field FIELD')
    if options.phrases is not None:
        rows = hear_phrases(options.phrases, options.wavs, options.model)
    else:
        dialog = load_dialog(options)
        _known_field(dialog, options.field)
        rows = hear_field(dialog, options.field, options.wavs, options.model)
    for row in rows:
        _print_json(row)
    return 0


def _devices(options: Options) -> int:
    from voice_skill.hearing.devices import list_devices

    found = list_devices()
    for device in found:
        print(device.describe())
    if not found:
        print("no sound devices; plug one in, or use: voice-skill run --text", file=sys.stderr)
        return 3
    return 0


def _doctor(options: Options) -> int:
    from voice_skill.session.doctor import examine

    return examine(load_dialog(options), options.dialog or dialog_folder(), options.model)


def _sessions(options: Options) -> int:
    from voice_skill.session.kept import delete_session, list_sessions, show_session

    if options.action == "list":
        return list_sessions(options.json)
    if not options.name:
        raise UsageError(f"name a session: voice-skill sessions {options.action} NAME (or last)")
    if options.action == "show":
        return show_session(options.name, options.json)
    return delete_session(options.name)


def _settings(options: Options) -> int:
    from voice_skill.session.settings import change, forget, show

    if options.action == "show":
        return show()
    if not options.name:
        raise UsageError("name a setting; see: voice-skill settings show")
    if options.action == "forget":
        return forget(options.name)
    if options.value is None:
        raise UsageError(f"give a value: voice-skill settings set {options.name} VALUE")
    return change(options.name, options.value)


def _diary(options: Options) -> int:
    from voice_skill.diary.command import show_diary

    return show_diary(options.html, options.csv, options.json, options.morning)


def _profile(options: Options) -> int:
    from voice_skill.diary.command import change_profile, forget_profile, show_profile

    dialog = load_dialog(options)
    if options.action == "show":
        return show_profile(dialog, options.json)
    if not options.name:
        raise UsageError("name a value; see: voice-skill profile show")
    if options.action == "forget":
        return forget_profile(dialog, options.name)
    if options.value is None:
        raise UsageError(f"give a value: voice-skill profile set {options.name} VALUE")
    return change_profile(dialog, options.name, options.value)


def _model(options: Options) -> int:
    from voice_skill.models import commands
    from voice_skill.models.download import Patience

    if options.action == "list":
        return commands.list_models(options.json)
    if options.action == "install":
        return commands.install(options.name, options.source, options.mirror, Patience())
    if options.action == "add-words":
        return commands.extend(options.file, options.base, options.name)
    function = {"verify": commands.verify, "use": commands.use, "remove": commands.remove}
    return function[options.action](options.name)


def _bench(options: Options) -> int:
    from voice_skill.measuring.command import bench_hearing

    return bench_hearing(options.speech, options.speakers, options.part, options.models,
                         options.noise, options.limit, options.json, options.png)  # fmt: skip


def _check(options: Options) -> int:
    from voice_skill.proof import output
    from voice_skill.proof.check import check_folder

    folder = options.folder or dialog_folder()
    if options.mutants:
        from voice_skill.proof.suite import run_mutants

        return run_mutants(folder, options.json)
    report = check_folder(folder)
    if options.sarif:
        options.sarif.write_text(output.sarif(report) + "\n", encoding="utf-8")
    if options.json:
        _print_json(report.as_json())
    else:
        print("\n".join(output.text(report)))
    return 0 if report.passed else 1


def _draw(options: Options) -> int:
    from voice_skill.drawing.command import draw

    return draw(options.dialog or dialog_folder(), options.to, options.session, options.output)


def _simulate(options: Options) -> int:
    from voice_skill.simulating.command import Wish, simulate

    wish = Wish(options.fields, options.emergencies, options.personas, options.phrases,
                options.seed, options.workers)  # fmt: skip
    return simulate(options.dialog or dialog_folder(), options.model, wish, options.work,
                    options.html, options.json)  # fmt: skip


def _print_json(data: Any) -> None:
    print(json.dumps(data, ensure_ascii=False), flush=True)
