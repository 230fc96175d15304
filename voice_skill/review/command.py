"""`voice-skill draw`: the suffix of the file decides what is made."""

import os
import sys
from pathlib import Path

from voice_skill.content import Content
from voice_skill.dialog.model import CARE_ORDER, CareLevel
from voice_skill.errors import UsageError
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
    content = Content.from_folder(folder)
    dialog = content.dialog
    if suffix in DOCUMENTS:
        made = _document(content, suffix)
    else:
        found = picture(dialog, care)
        if session:
            walk = kept_walk(dialog, Store.from_platform().find(session))
            found = with_walk(found, dialog, walk)
        made = _picture(part(found, stage) if stage else found, suffix)
    _write(file, made, private=session is not None)
    print(f"written: {file}", file=sys.stderr)
    return 0


def _care(name: str) -> CareLevel:
    for care in CARE_ORDER:
        if care == name.upper():
            return care
    known = ", ".join(reversed(CARE_ORDER))
    raise UsageError(f"there is no care level '{name}'; the levels: {known}")


def _document(content: Content, suffix: str) -> bytes:
    library = content.library if content.has_warm_ups else None
    programme = content.ladder.programme if library and content.has_ladder else None
    made = document(content.dialog, content.safety, library, programme)
    if suffix == ".md":
        return to_markdown(made).encode()
    return to_html(made).encode() if suffix == ".html" else print_pdf(to_html(made))


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
