"""The document as PDF, printed by a browser that is installed."""

import os
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from voice_skill.errors import DrawingError

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable",
            "microsoft-edge")  # fmt: skip
"""What is looked for on the path, in this order. All of one family: others print no PDF by hand."""
TIME_LIMIT_SECONDS = 120
_QUIET = ("--headless", "--disable-gpu", "--no-first-run", "--disable-extensions",
          "--disable-background-networking", "--disable-component-update", "--disable-sync",
          "--no-pdf-header-footer")  # fmt: skip
_HINT = "or write the page and print it from any browser: -o FILE.html"


def print_pdf(page: str) -> bytes:
    """The page on paper. Raises DrawingError where no browser can do it."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        raise DrawingError(
            "a PDF is made by Chromium or Chrome, and neither was found (Debian: sudo apt install "
            f"chromium); {_HINT}"
        )
    with TemporaryDirectory(prefix="voice-skill-") as name:
        folder = Path(name)
        source, made = folder / "page.html", folder / "page.pdf"
        source.write_text(page, encoding="utf-8")
        # as root a browser does not start in its sandbox; the page is our own and loads nothing
        root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        command = [program, *_QUIET, *root, f"--user-data-dir={folder / 'profile'}",
                   f"--print-to-pdf={made}", source.as_uri()]  # fmt: skip
        try:
            subprocess.run(command, capture_output=True, timeout=TIME_LIMIT_SECONDS, check=True)
            return made.read_bytes()
        except subprocess.CalledProcessError as error:
            told = error.stderr.decode(errors="replace").strip().splitlines() or ["no reason given"]
            raise DrawingError(f"{program} failed: {told[-1]}; {_HINT}") from None
        except (OSError, subprocess.TimeoutExpired) as error:
            raise DrawingError(f"{program} made no PDF: {error}; {_HINT}") from None
