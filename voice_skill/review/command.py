"""`voice-skill draw`: the suffix of the file decides what is made."""

import os
import sys
from pathlib import Path

from voice_skill.coaching.library import Library
from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.model import CARE_ORDER, CareLevel
from voice_skill.errors import UsageError
from voice_skill.ladder.programme import FILE, Ladder, Programme
from voice_skill.proof.safety import read_safety
from voice_skill.review.document import document
from voice_skill.review.dot import render, to_dot, told_svg
from voice_skill.review.graph import Picture, picture
from voice_skill.review.markdown import to_markdown
from voice_skill.review.marking import with_walk
from voice_skill.review.mermaid import to_mermaid
from voice_skill.review.page import to_html
from voice_skill.review.pdf import print_pdf
from voice_skill.review.split import part
from voice_skill.review.walk import kept_walk
from voice_skill.storage.store import Store

PICTURES = (".mmd", ".svg", ".png")
DOCUMENTS = (".md", ".html", ".pdf")


def draw(folder: Path, to: str | None, session: str | None, stage: str | None, file: Path) -> int:
    """Draw the dialog of a folder, or write its document. The user's settings play no part."""
    suffix = file.suffix.lower()
    if suffix not in (*PICTURES, *DOCUMENTS):
        raise UsageError(
            f"{file}: what to make is told by the suffix: {', '.join(PICTURES)} for a picture, "
            f"{', '.join(DOCUMENTS)} for a document to sign"
        )
    if suffix in DOCUMENTS and (to or session or stage):
        raise UsageError(f"--to, --session and --stage go with a picture: {', '.join(PICTURES)}")
    care = _care(to) if to else None
    dialog = Dialog.from_folder(folder)
    if suffix in DOCUMENTS:
        content = _document(dialog, folder, suffix)
    else:
        found = picture(dialog, care)
        if session:
            walk = kept_walk(dialog, Store.from_platform().find(session))
            found = with_walk(found, dialog, walk)
        content = _picture(part(found, stage) if stage else found, suffix)
    _write(file, content, private=session is not None)
    print(f"written: {file}", file=sys.stderr)
    return 0


def _care(name: str) -> CareLevel:
    for care in CARE_ORDER:
        if care == name.upper():
            return care
    known = ", ".join(reversed(CARE_ORDER))
    raise UsageError(f"there is no care level '{name}'; the levels: {known}")


def _document(dialog: Dialog, folder: Path, suffix: str) -> bytes:
    safety, _ = read_safety(folder, dialog)
    library, programme = _coaching(folder, dialog)
    made = document(dialog, safety, library, programme)
    if suffix == ".md":
        return to_markdown(made).encode()
    return to_html(made).encode() if suffix == ".html" else print_pdf(to_html(made))


def _coaching(folder: Path, dialog: Dialog) -> tuple[Library | None, Programme | None]:
    """The warm-up and the way back to running, where the folder has them."""
    if not (folder / "drills.yaml").is_file():
        return None, None
    library = Library.from_folder(folder, dialog)
    whole = (folder / FILE).is_file()
    return library, Ladder.from_folder(folder, dialog).programme if whole else None


def _picture(found: Picture, suffix: str) -> bytes:
    if suffix == ".mmd":
        return to_mermaid(found).encode()
    if suffix == ".svg":
        return told_svg(render(to_dot(found), "svg"), found)
    return render(to_dot(found), "png")


def _write(file: Path, content: bytes, private: bool) -> None:
    """Write the file; one that shows a session is for its owner alone."""
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600 if private else 0o666)
        with os.fdopen(handle, "wb") as out:
            if private:
                file.chmod(0o600)
            out.write(content)
    except OSError as error:
        raise UsageError(f"{file}: cannot be written: {error.strerror}") from None
