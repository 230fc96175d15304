"""`voice-skill run --captions`: a session with its page."""

from collections.abc import Mapping
from pathlib import Path

from voice_skill.content import Content
from voice_skill.runtime.start import run_spoken
from voice_skill.surfaces.captions.desk import Desk
from voice_skill.surfaces.captions.on_page import run_on_page
from voice_skill.surfaces.captions.server import serving
from voice_skill.surfaces.captions.wording import read_wording


def run_captioned(
    content: Content,
    model: Path | None,
    devices: Mapping[str, str | None],
    fresh: bool,
    port: int,
    silent: bool,
) -> int:
    """Hold a session by voice and on the page. silent: on the page alone, as without a device.

    port: 0 is any that is free. Raises UsageError where it is taken.
    """
    from voice_skill.runtime.voice.equipment import sound_available, to_screen
    from voice_skill.surfaces.captions.spoken import CaptionedCheck, CaptionedWarmUp

    words = read_wording(content.folder)
    desk = Desk.from_folder(content.folder, words)
    with serving(desk.board, words, desk.pictures, port) as server:
        to_screen(f"captions: {server.address}")
        no_sound = None if silent else sound_available()
        if no_sound:
            to_screen(f"voice-skill: {no_sound}; answer on the page")
        if silent or no_sound:
            return run_on_page(content, fresh, desk)
        digits = " ".join(str(server.port))
        return run_spoken(
            content, model, devices, fresh,
            make=CaptionedCheck.at(desk), coached=CaptionedWarmUp,
            first=words.spoken.format(port=digits),
        )  # fmt: skip
