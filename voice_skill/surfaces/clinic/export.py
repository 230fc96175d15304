"""`voice-skill sessions export`: a kept session into files for a clinic."""

import json
import sys
from pathlib import Path

from voice_skill.dialog.dialog import Dialog
from voice_skill.errors import StorageError, UsageError
from voice_skill.private import write_private
from voice_skill.surfaces.clinic.bundle import bundle
from voice_skill.surfaces.clinic.letter import letter, to_html
from voice_skill.surfaces.clinic.pdf import to_pdf
from voice_skill.surfaces.clinic.visit import kept_visit
from voice_skill.surfaces.clinic.wording import read_letter

LETTERS = (".html", ".pdf")


def export(
    dialog: Dialog, folder: Path, journal: Path, fhir: Path | None, page: Path | None
) -> int:
    """Write what is asked for, for its owner alone. Raises UsageError and StorageError."""
    if fhir is None and page is None:
        raise UsageError("say what to write: --fhir FILE.json, or --letter FILE.html or FILE.pdf")
    if page is not None and page.suffix.lower() not in LETTERS:
        raise UsageError(f"{page}: name a file that ends in {' or '.join(LETTERS)}")
    for path in filter(None, (fhir, page)):
        if not path.parent.is_dir():
            raise StorageError(f"{path}: there is no such folder; make it first")
    visit, wording = kept_visit(dialog, journal), read_letter(folder)
    made: dict[Path, str | bytes] = {}
    if fhir is not None:
        made[fhir] = json.dumps(bundle(visit, wording), ensure_ascii=False, indent=1) + "\n"
    if page is not None:
        text = letter(visit, wording)
        made[page] = to_pdf(text) if page.suffix.lower() == ".pdf" else to_html(text)
    for path, content in made.items():
        write_private(path, content)
        print(f"written: {path}", file=sys.stderr)
    return 0
