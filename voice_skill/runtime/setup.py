"""`voice-skill setup`, and the first start of `voice-skill run`: led by voice or by keyboard."""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from voice_skill.content import Content
from voice_skill.dialog.dialog import Dialog
from voice_skill.errors import StorageError, VoiceSkillError
from voice_skill.models.shelf import Shelf
from voice_skill.runtime.typed.check import keyboard_reply, run_typed
from voice_skill.setup.machine import Progress
from voice_skill.setup.questions import Plan
from voice_skill.setup.talk import SetupTalk
from voice_skill.setup.wording import FILE, SetupFile, read_setup
from voice_skill.storage.region import region
from voice_skill.storage.settings import remember, usable
from voice_skill.storage.store import Store

if TYPE_CHECKING:
    from voice_skill.runtime.voice.check import Spoken

NAME = "setup"
LARGER_MODEL = "vosk-model-small-en-us-0.15"
Told = Callable[[str], None]


def is_first_start(folder: Path) -> bool:
    """Whether nobody was led through it, chose a number, or held a check on this device yet."""
    store = Store.from_platform()
    try:
        done = bool(store.load(NAME))
    except StorageError:
        return False
    known = "emergency_number" in usable(store)
    return not (done or known or store.journals()) and (folder / FILE).is_file()


def set_up_typed(
    content: Content, screen: TextIO | None = None, number_alone: bool = False
) -> Progress:
    """`voice-skill setup --text`. number_alone: nothing but the emergency number."""
    file, screen = read_setup(content.folder), screen or sys.stdout
    talk = SetupTalk.planned(content.dialog, _plan(file, number_alone=number_alone))
    run_typed(talk, talk.begin(), keyboard_reply(screen), screen)
    _settle(talk.progress, file, lambda line: print(line, file=screen, flush=True))
    return talk.progress


def set_up_spoken(
    content: Content, devices: Mapping[str, str | None], model: Path | None
) -> Progress:
    """The whole first start by voice. Raises AudioError or ModelError before anything is said."""
    from voice_skill.runtime.voice.equipment import own_studio

    file = read_setup(content.folder)
    with own_studio(content, devices, model) as spoken:
        return _hold(spoken, file, _plan(file, may_fetch=model is None), content.dialog)


def change_number_spoken(spoken: "Spoken", content: Content) -> None:
    """The questions on the emergency number alone, with the devices of a check that is over."""
    file = read_setup(content.folder)
    _hold(spoken, file, _plan(file, number_alone=True), content.dialog)


def _hold(spoken: "Spoken", file: SetupFile, plan: Plan, dialog: Dialog) -> Progress:
    from voice_skill.runtime.voice.check import Spoken

    talk = SetupTalk.planned(dialog, plan)
    Spoken(talk, spoken.microphone, spoken.speaker, spoken.recogniser, spoken.caption,
           spoken.adjust, spoken.on_floor).run(talk.begin())  # fmt: skip

    def tell(line: str) -> None:
        spoken.caption(line)
        spoken.speaker.say((line,))

    _settle(talk.progress, file, tell)
    return talk.progress


def _plan(file: SetupFile, may_fetch: bool = True, number_alone: bool = False) -> Plan:
    wanting = may_fetch and LARGER_MODEL not in Shelf.from_platform().installed()
    return Plan.of(file, region(), wanting and not number_alone, number_alone)


def _settle(at: Progress, file: SetupFile, tell: Told) -> None:
    """Keep what was agreed. What cannot be kept is told, and holds nobody up."""
    store = Store.from_platform()
    try:
        if at.number is not None:
            remember(store, {"emergency_number": file.numbers[at.number].spoken})
        if not at.unfinished:
            store.save(NAME, {"done": True})
    except StorageError as error:
        tell(str(error))
    if at.fetch_model:
        _fetch(file, tell)


def _fetch(file: SetupFile, tell: Told) -> None:
    from voice_skill.models import commands as models  # no check needs what it needs
    from voice_skill.models.download import Patience

    tell(file.model_coming)
    try:
        models.install(LARGER_MODEL, None, None, Patience())
        models.use(LARGER_MODEL)
        tell(file.model_there)
    except VoiceSkillError as error:
        print(f"voice-skill: {error}", file=sys.stderr)
        tell(file.model_failed)
