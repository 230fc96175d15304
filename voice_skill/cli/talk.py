"""Commands that hold a conversation: run, demo, coach, ladder."""

import argparse
from pathlib import Path
from typing import Any

from voice_skill.cli.command import (
    Options,
    add_command,
    add_devices,
    add_model,
    devices_of,
    load_content,
)
from voice_skill.errors import UsageError
from voice_skill.paths import dialog_folder


def register(commands: Any) -> None:
    """Add these commands to the command line."""
    _add_run(commands)
    _add_setup(commands)
    _add_coach(commands)
    _add_ladder(commands)


def _add_run(commands: Any) -> None:
    run = add_command(
        commands, "run", _run, "hold a back check: spoken, or typed with --text",
        ("voice-skill run", "voice-skill run --captions", "voice-skill run --text",
         "voice-skill run --text --persona strain"),
    )  # fmt: skip
    run.add_argument("--text", action="store_true", help="keyboard and screen instead of sound")
    run.add_argument(
        "--script", type=Path, metavar="FILE", help="with --text: a line an answer; -: from a pipe"
    )
    run.add_argument("--captions", nargs="?", type=int, const=0, metavar="PORT",
                     help="a page on this computer with captions, which takes answers too; with "
                     "--text on the page alone")  # fmt: skip
    run.add_argument("--persona", metavar="NAME", help="with --text: a virtual person, or a file")
    run.add_argument("--json", action="store_true", help="print the outcome as one JSON object")
    add_model(run)
    add_devices(run)
    run.add_argument("--fresh", action="store_true", help="do not offer to go on where you were")
    demo = add_command(
        commands, "demo", _demo, "hear a virtual person hold a whole conversation",
        ("voice-skill demo --persona strain", "voice-skill demo --list"),
    )  # fmt: skip
    demo.add_argument("--persona", default="strain", metavar="NAME", help="a name or a file")
    demo.add_argument("--list", action="store_true", help="name the personas")
    add_model(demo)
    demo.add_argument("-o", "--output", type=Path, metavar="DIR", help="where to save it")
    demo.add_argument("--json", action="store_true", help="print the outcome as one JSON object")


def _add_setup(commands: Any) -> None:
    setup = add_command(
        commands, "setup", _setup, "the first start again: hearing, emergency number, model",
        ("voice-skill setup", "voice-skill setup --text"),
    )  # fmt: skip
    setup.add_argument("--text", action="store_true", help="keyboard and screen instead of sound")
    add_model(setup)
    add_devices(setup)


def _add_coach(commands: Any) -> None:
    coach = add_command(
        commands, "coach", _coach, "a guided warm-up: standard, gentle, disc-sparing",
        ("voice-skill coach standard", "voice-skill coach gentle --virtual"),
    )  # fmt: skip
    coach.add_argument("routine", metavar="ROUTINE", help="standard, gentle or disc-sparing")
    _add_led(coach)


def _add_ladder(commands: Any) -> None:
    ladder = add_command(
        commands, "ladder", _ladder, "the way back to running: today's step of runs and walks",
        ("voice-skill ladder", "voice-skill ladder --virtual"),
    )  # fmt: skip
    _add_led(ladder)


def _add_led(command: argparse.ArgumentParser) -> None:
    """What every session that is led in time can be told."""
    command.add_argument("--virtual", action="store_true",
                         help="in virtual time, with a person who is well")  # fmt: skip
    command.add_argument("--events", type=Path, metavar="FILE",
                         help="what that person says: lines of SECONDS TEXT")  # fmt: skip
    command.add_argument("--json", action="store_true", help="one JSON object a line")
    add_model(command)
    add_devices(command)
    command.add_argument("--fresh", action="store_true", help="do not go on where it was cut off")


def _run(options: Options) -> int:
    if (options.script or options.persona) and not options.text:
        raise UsageError("--script and --persona go with --text")
    if options.script and options.persona:
        raise UsageError("give --script or --persona, not both")
    if options.captions is not None:
        return _run_captioned(options)
    if options.text:
        from voice_skill.runtime.start import run_text

        return run_text(
            load_content(options), options.script, options.persona, options.json, options.fresh
        )
    from voice_skill.runtime.setup import is_first_start
    from voice_skill.runtime.start import run_spoken
    from voice_skill.runtime.voice.equipment import sound_available

    asks: tuple[str, ...] = ()
    if is_first_start(options.dialog or dialog_folder()) and sound_available() is None:
        asks = _set_up(options)
    return run_spoken(load_content(options), options.model, devices_of(options), options.fresh,
                      asks)  # fmt: skip


def _set_up(options: Options) -> tuple[str, ...]:
    """The first start by voice. Questions to ask first, where a sign of danger was named."""
    from voice_skill.runtime.setup import set_up_spoken

    danger = set_up_spoken(load_content(options), devices_of(options), options.model).danger
    return () if danger is None else (danger,)


def _setup(options: Options) -> int:
    from voice_skill.runtime.setup import set_up_typed
    from voice_skill.runtime.start import run_spoken, run_text

    if options.text:
        danger = set_up_typed(load_content(options)).danger
        if danger is None:
            return 0
        return run_text(load_content(options), None, None, False, True, (danger,))
    asks = _set_up(options)
    if not asks:
        return 0
    return run_spoken(load_content(options), options.model, devices_of(options), True, asks)


def _run_captioned(options: Options) -> int:
    if options.script or options.persona or options.json:
        raise UsageError("--captions goes with people; leave out --script, --persona and --json")
    from voice_skill.surfaces.captions.session import run_captioned

    return run_captioned(load_content(options), options.model, devices_of(options), options.fresh,
                         options.captions, options.text)  # fmt: skip


def _coach(options: Options) -> int:
    from voice_skill.runtime.coach import check_use, coach_spoken, coach_virtual

    check_use(options.virtual, options.events)
    content = load_content(options)
    if not options.virtual:
        return coach_spoken(content, options.routine, options.json,
                            devices_of(options), options.model, options.fresh)  # fmt: skip
    return coach_virtual(content, options.routine, options.events, options.json)


def _ladder(options: Options) -> int:
    from voice_skill.runtime.coach import check_use
    from voice_skill.runtime.ladder import ladder_spoken, ladder_virtual

    check_use(options.virtual, options.events)
    content = load_content(options)
    if options.virtual:
        return ladder_virtual(content, options.events, options.json)
    return ladder_spoken(content, options.json, devices_of(options), options.model, options.fresh)


def _demo(options: Options) -> int:
    from voice_skill.runtime.demo import run_demo
    from voice_skill.runtime.people.persona import personas

    folder = options.dialog or dialog_folder()
    if options.list:
        for name in personas(folder):
            print(name)
        return 0
    return run_demo(
        load_content(options), options.persona, options.model, options.output, options.json
    )
