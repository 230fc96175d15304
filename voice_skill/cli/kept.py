"""Commands on what is kept on this device: sessions, settings, diary, profile."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from voice_skill.cli.command import Actions, Options, Renamed, add_command, load_content
from voice_skill.cli.outputs import outputs_of
from voice_skill.paths import dialog_folder


def register(commands: Any) -> None:
    """Add these commands to the command line."""
    _add_diary(commands)
    _add_profile(commands)
    _add_sessions(commands)
    _add_settings(commands)


def _add_diary(commands: Any) -> None:
    diary = add_command(
        commands, "diary", _diary, "how the sessions went, day by day",
        ("voice-skill diary", "voice-skill diary --morning yes", "voice-skill diary -o diary.html",
         "voice-skill diary delete"),
    )  # fmt: skip
    diary.add_argument("-o", "--output", type=Path, action="append", metavar="FILE",
                       help="write a page with a plot (.html) or a table (.csv)")  # fmt: skip
    for old in ("html", "csv"):
        diary.add_argument(f"--{old}", type=Path, action=Renamed, now=f"-o FILE.{old}")
    diary.add_argument("--json", action="store_true", help="print all entries as JSON")
    diary.add_argument("--morning", choices=("yes", "no"),
                       help="was it back to yesterday's level this morning?")  # fmt: skip
    diary.add_argument("do", nargs="?", choices=("delete",), metavar="delete",
                       help="delete all of it, and the place on the way back")  # fmt: skip
    diary.add_argument("--yes", action="store_true", help="delete without asking")


def _add_profile(commands: Any) -> None:
    profile = Actions(
        commands, "profile", "what is known of you between sessions",
        ("voice-skill profile show", "voice-skill profile set age 45",
         "voice-skill profile forget all"),
    )  # fmt: skip
    show = profile.add("show", _show_profile, "print what is known", on_dialog=True)
    show.add_argument("--json", action="store_true", help="print one JSON object")
    change = profile.add("set", _set_profile, "know one value from now on", on_dialog=True)
    _add_value(change, "age, known_disc, checked, ...")
    forget = profile.add("forget", _forget_profile, "forget one value, or all", on_dialog=True)
    forget.add_argument("name", metavar="NAME", help="age, known_disc, checked, ... or all")


def _add_sessions(commands: Any) -> None:
    sessions = Actions(
        commands, "sessions", "what is kept of earlier sessions",
        ("voice-skill sessions list", "voice-skill sessions show last",
         "voice-skill sessions export last --letter letter.pdf",
         "voice-skill sessions delete all"),
    )  # fmt: skip
    listed = sessions.add("list", _list_sessions, "a line a session, oldest first")
    listed.add_argument("--json", action="store_true", help="print them as JSON")
    show = sessions.add("show", _show_session, "print the report of a session")
    show.add_argument("name", metavar="NAME", help="a session, or `last`")
    show.add_argument("--json", action="store_true", help="print one JSON object")
    export = sessions.add("export", _export_session, "write a session for a clinic",
                          on_dialog=True)  # fmt: skip
    export.add_argument("name", nargs="?", default="last", metavar="NAME",
                        help="a session (the last one)")  # fmt: skip
    export.add_argument("--fhir", type=Path, metavar="FILE",
                        help="a FHIR R4 Bundle: questions, answers, what was advised")  # fmt: skip
    export.add_argument("--letter", type=Path, metavar="FILE",
                        help="a letter of one page to hand over: .html or .pdf")  # fmt: skip
    delete = sessions.add("delete", _delete_session, "delete a session, or all")
    delete.add_argument("name", metavar="NAME", help="a session, `last`, or `all`")


def _add_settings(commands: Any) -> None:
    settings = Actions(
        commands, "settings", "show or change what is remembered, and where things are",
        ("voice-skill settings show", "voice-skill settings set emergency_number 112",
         "voice-skill settings forget voice"),
    )  # fmt: skip
    settings.add("show", _show_settings, "print every setting, and where things are")
    names = "emergency_number, microphone, loudspeaker, voice, ..."
    _add_value(settings.add("set", _set_setting, "change one setting"), names)
    forget = settings.add("forget", _forget_setting, "one setting back to its default")
    forget.add_argument("name", metavar="NAME", help=names)


def _add_value(command: ArgumentParser, names: str) -> None:
    command.add_argument("name", metavar="NAME", help=names)
    command.add_argument("value", metavar="VALUE", help="what it is from now on")


def _list_sessions(options: Options) -> int:
    from voice_skill.cli.sessions import list_sessions

    return list_sessions(options.json)


def _show_session(options: Options) -> int:
    from voice_skill.cli.sessions import show_session

    return show_session(options.name, options.json)


def _export_session(options: Options) -> int:
    from voice_skill.storage.store import Store
    from voice_skill.surfaces.clinic.export import export

    path = Store.from_platform().find(options.name)
    content = load_content(options)
    return export(content.dialog, content.folder, path, options.fhir, options.letter)


def _delete_session(options: Options) -> int:
    from voice_skill.cli.sessions import delete_session

    return delete_session(options.name)


def _show_settings(options: Options) -> int:
    from voice_skill.cli.places import show_places
    from voice_skill.storage.settings import show

    show()
    return show_places()


def _set_setting(options: Options) -> int:
    from voice_skill.storage.settings import change

    return change(options.name, options.value)


def _forget_setting(options: Options) -> int:
    from voice_skill.storage.settings import forget

    return forget(options.name)


def _diary(options: Options) -> int:
    from voice_skill.cli.diary import delete_diary, show_diary

    if options.do == "delete":
        return delete_diary(options.yes)
    outputs = outputs_of(options.output, {".html": options.html, ".csv": options.csv})
    folder = options.dialog or dialog_folder()
    return show_diary(folder, outputs[".html"], outputs[".csv"], options.json, options.morning)


def _show_profile(options: Options) -> int:
    from voice_skill.cli.diary import show_profile

    return show_profile(load_content(options).dialog, options.json)


def _set_profile(options: Options) -> int:
    from voice_skill.cli.diary import change_profile

    return change_profile(load_content(options).dialog, options.name, options.value)


def _forget_profile(options: Options) -> int:
    from voice_skill.cli.diary import forget_profile

    return forget_profile(load_content(options).dialog, options.name)
