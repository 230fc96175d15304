"""Commands on words, sounds and devices: decide, understand, hear, devices, voices, doctor..."""

import json
import sys
from pathlib import Path
from typing import Any

from voice_skill.cli.command import Options, add_command, add_model, load_content, print_json
from voice_skill.dialog.dialog import Dialog
from voice_skill.errors import UsageError
from voice_skill.files import MAX_TEXT_BYTES, decoded, read_text, shortened
from voice_skill.log import WORDS
from voice_skill.near import did_you_mean
from voice_skill.paths import dialog_folder


def register(commands: Any) -> None:
    """Add these commands to the command line."""
    _add_plain(commands)
    _add_sound(commands)


def _add_plain(commands: Any) -> None:
    decide = add_command(commands, "decide", _decide, "field values in, disposition out",
                         ("voice-skill decide answers.json",
                          "echo '{\"pain\": 3}' | voice-skill decide -"))  # fmt: skip
    decide.add_argument("file", metavar="FILE", help="a JSON object of field values; - for stdin")
    understand = add_command(commands, "understand", _understand, "how words are understood",
                             ('voice-skill understand saddle "no" "a bit numb"',))  # fmt: skip
    understand.add_argument("field", metavar="FIELD", help="a question, such as saddle")
    understand.add_argument("texts", metavar="TEXT", nargs="+", help="an answer to it")
    schema = add_command(commands, "schema", _schema, "the JSON Schema of a dialog file")
    schema.add_argument("kind", choices=("dialog", "stage", "phrases", "rules", "dispositions",
                                         "messages"), help="the kind of file")  # fmt: skip


def _add_sound(commands: Any) -> None:
    hear = add_command(commands, "hear", _hear, "recognise sound files",
                       ("voice-skill hear --field saddle answer.wav",
                        'voice-skill hear --phrases "yes,no" *.wav'))  # fmt: skip
    hear.add_argument("--phrases", metavar="A,B,C", help="the phrases to listen for")
    hear.add_argument("--field", metavar="FIELD", help="listen for the answers of a question")
    add_model(hear)
    hear.add_argument("wavs", metavar="WAV", nargs="+", type=Path, help="a sound file")
    add_command(commands, "devices", _devices, "list microphones and loudspeakers")
    voices = add_command(commands, "voices", _voices, "list the voices it can speak with",
                         ("voice-skill voices --try", "voice-skill voices --try gmw/en-us",
                          "voice-skill settings set voice gmw/en-us"))  # fmt: skip
    voices.add_argument("--try", dest="tried", nargs="?", const="", metavar="NAME",
                        help="speak a sentence with each of them, or with this one")  # fmt: skip
    voices.add_argument("--json", action="store_true", help="print them as JSON")
    doctor = add_command(commands, "doctor", _doctor, "check model, voice, microphone, loudspeaker")
    add_model(doctor)
    doctor.add_argument("--json", action="store_true", help="one JSON object, for a bug report")


def _decide(options: Options) -> int:
    from voice_skill.visit.facts import decide_facts, read_facts

    if options.file == "-":
        source = "standard input"
        text = decoded(sys.stdin.buffer.read(MAX_TEXT_BYTES + 1), source)
    else:
        source, text = options.file, read_text(Path(options.file))
    found = decide_facts(load_content(options).dialog, read_facts(text, source))
    print_json(
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
    content = load_content(options)
    _known_field(content.dialog, options.field)
    for text in options.texts:
        meaning = content.understander.interpret(options.field, text)
        WORDS.debug("%r for '%s' is %s", text, options.field, meaning.outcome)
        value = meaning.value
        if meaning.outcome == "danger":
            value = meaning.field
        print_json({"text": text, "outcome": meaning.outcome, "value": value,
                     "reason": meaning.reason})  # fmt: skip
    return 0


def _known_field(dialog: Dialog, name: str) -> None:
    if name not in dialog.fields:
        known, near = ", ".join(dialog.fields), did_you_mean(name, dialog.fields)
        raise UsageError(f"there is no field '{shortened(name)}'; the fields: {known}{near}")


def _schema(options: Options) -> int:
    from voice_skill.dialog.schema import schema

    print(json.dumps(schema(options.kind), indent=2))
    return 0


def _hear(options: Options) -> int:
    from voice_skill.cli.hear import hear_field, hear_phrases

    if (options.phrases is None) == (options.field is None):
        raise UsageError('give --phrases "yes,no" or --field FIELD')
    if options.phrases is not None:
        rows = hear_phrases(options.phrases, options.wavs, options.model)
    else:
        content = load_content(options)
        _known_field(content.dialog, options.field)
        rows = hear_field(content, options.field, options.wavs, options.model)
    for row in rows:
        print_json(row)
    return 0


def _devices(options: Options) -> int:
    from voice_skill.audio.devices import list_devices

    found = list_devices()
    for device in found:
        print(device.describe())
    if not found:
        print("no sound devices; plug one in, or use: voice-skill run --text", file=sys.stderr)
        return 3
    return 0


def _voices(options: Options) -> int:
    from voice_skill.cli.voices import show_voices

    return show_voices(load_content(options).dialog, options.tried, options.json)


def _doctor(options: Options) -> int:
    from voice_skill.cli.doctor import examine

    return examine(options.dialog or dialog_folder(), options.model, options.json,
                   lambda: load_content(options).dialog)  # fmt: skip
