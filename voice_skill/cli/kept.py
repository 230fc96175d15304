"""Commands on what is kept on this device: sessions, settings, diary, profile."""

from pathlib import Path
from typing import Any

from voice_skill.cli.command import Options, add_command, load_dialog
from voice_skill.errors import UsageError
from voice_skill.storage.paths import dialog_folder


def register(commands: Any) -> None:
    """Add these commands to the command line."""
    _add_kept(commands)
    _add_days(commands)


def _add_kept(commands: Any) -> None:
    sessions = add_command(commands, "sessions", _sessions, "what is kept of earlier sessions")
    sessions.add_argument("action", choices=("list", "show", "delete"))
    sessions.add_argument("name", nargs="?", help="a session, `last`, or (delete) `all`")
    sessions.add_argument("--json", action="store_true")
    settings = add_command(commands, "settings", _settings, "show or change what is remembered")
    settings.add_argument("action", choices=("show", "set", "forget"))
    settings.add_argument("name", nargs="?", help="emergency_number, input, output, voice, ...")
    settings.add_argument("value", nargs="?")


def _add_days(commands: Any) -> None:
    diary = add_command(commands, "diary", _diary, "how the sessions went, day by day")
    diary.add_argument("--html", type=Path, metavar="FILE", help="write a page with a plot")
    diary.add_argument("--csv", type=Path, metavar="FILE", help="write a table")
    diary.add_argument("--json", action="store_true")
    diary.add_argument("--morning", choices=("yes", "no"),
                       help="was it back to yesterday's level this morning?")  # fmt: skip
    profile = add_command(commands, "profile", _profile, "what is known of you between sessions")
    profile.add_argument("action", choices=("show", "set", "forget"))
    profile.add_argument("name", nargs="?", help="age, known_disc, checked, ... or (forget) all")
    profile.add_argument("value", nargs="?")
    profile.add_argument("--json", action="store_true")


def _sessions(options: Options) -> int:
    from voice_skill.cli.sessions import delete_session, list_sessions, show_session

    if options.action == "list":
        return list_sessions(options.json)
    if not options.name:
        raise UsageError(f"name a session: voice-skill sessions {options.action} NAME (or last)")
    if options.action == "show":
        return show_session(options.name, options.json)
    return delete_session(options.name)


def _settings(options: Options) -> int:
    from voice_skill.storage.settings import change, forget, show

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
    from voice_skill.cli.diary import show_diary

    folder = options.dialog or dialog_folder()
    return show_diary(folder, options.html, options.csv, options.json, options.morning)


def _profile(options: Options) -> int:
    from voice_skill.cli.diary import change_profile, forget_profile, show_profile

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
