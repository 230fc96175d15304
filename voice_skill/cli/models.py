"""Commands on speech models: model, bench."""

import argparse
from pathlib import Path
from typing import Any

from voice_skill.cli.command import Actions, Options, Renamed, add_command
from voice_skill.cli.outputs import outputs_of
from voice_skill.paths import dialog_folder


def register(commands: Any) -> None:
    """Add these commands to the command line."""
    _add_model(commands)
    _add_bench(commands)


def _add_model(commands: Any) -> None:
    text = "speech models: list, install, verify, use, remove, add words"
    model = Actions(
        commands, "model", text,
        ("voice-skill model list", "voice-skill model install vosk-model-small-en-us-0.15",
         "voice-skill model use starter"),
    )  # fmt: skip

    def action(name: str, text: str) -> argparse.ArgumentParser:
        found = model.add(name, _model, text)
        found.set_defaults(action=name)
        return found

    action("list", "what is installed and what can be had").add_argument(
        "--json", action="store_true", help="print them as JSON"
    )
    install = action("install", "fetch a model by https, or take it from this machine")
    install.add_argument("name", metavar="NAME", help="one of: voice-skill model list")
    install.add_argument("--from", dest="source", type=Path, metavar="FILE",
                         help="an archive or a folder on this machine")  # fmt: skip
    install.add_argument(
        "--mirror", metavar="URL", help="fetch the archive from under this address"
    )
    verify = action("verify", "check that a model is whole")
    verify.add_argument("name", nargs="?", metavar="NAME", help="a name or a folder")
    action("use", "hear with this model from now on").add_argument(
        "name", metavar="NAME", help="an installed model, or starter"
    )
    action("remove", "delete an installed model").add_argument(
        "name", metavar="NAME", help="an installed model"
    )
    words = action("add-words", "build a model that knows more words, without training")
    words.add_argument("file", type=Path, metavar="FILE", help="a word a line, or word and sounds")
    words.add_argument("--base", metavar="NAME", help="the model to start from: a name or a folder")
    words.add_argument("--name", default="starter-with-words", help="what to call the new model")


def _add_bench(commands: Any) -> None:
    text = "measure how well models hear, side by side, on recordings of people"
    bench = add_command(
        commands, "bench", _bench, text,
        ("voice-skill bench hearing --speech manifest.tsv -o figures.json",),
    )  # fmt: skip
    bench.add_argument("what", choices=("hearing",), help="the bench there is")
    bench.add_argument("--speech", type=Path, required=True, metavar="MANIFEST",
                       help="a table: path, split, set, speaker, text")  # fmt: skip
    bench.add_argument("--speakers", type=Path, default=Path("models/speakers.tsv"), metavar="FILE",
                       help="which people are for development, which for the test")  # fmt: skip
    bench.add_argument("--part", choices=("development", "test"), default="development",
                       help="whose recordings (development)")  # fmt: skip
    bench.add_argument("--models", nargs="+", default=["starter"], metavar="NAME",
                       help="names, folders, or pocketsphinx")  # fmt: skip
    bench.add_argument("--noise", type=Path, metavar="DIR", help="recordings of noise")
    bench.add_argument("--limit", type=int, default=10_000, metavar="N", help="of each task")
    bench.add_argument("-o", "--output", type=Path, action="append", metavar="FILE",
                       help="write all figures (.json) or draw a picture (.png)")  # fmt: skip
    bench.add_argument("--json", type=Path, nargs="?", const=True, action=Renamed,
                       now="-o FILE.json", help="print all figures as JSON")  # fmt: skip
    bench.add_argument("--png", type=Path, metavar="FILE", action=Renamed, now="-o FILE.png")


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
    from voice_skill.lab.bench.command import bench_hearing

    as_json = options.json is True
    old = {".json": None if as_json else options.json, ".png": options.png}
    outputs = outputs_of(options.output, old)
    return bench_hearing(options.speech, options.speakers, options.part, options.models,
                         options.dialog or dialog_folder(), options.noise, options.limit,
                         outputs[".json"], outputs[".png"], as_json)  # fmt: skip
