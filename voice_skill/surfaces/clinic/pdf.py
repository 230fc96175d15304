"""The letter as a PDF of one page of A4. fpdf2 is loaded here alone (the extra `clinic`)."""

from typing import Any

from voice_skill.errors import UsageError
from voice_skill.surfaces.clinic.letter import Letter

MARGIN_MM = 16
SIZES_PT = (10.0, 9.0, 8.0, 7.0, 6.0)
"""The largest one is taken with which all of it fits on one page."""


def to_pdf(made: Letter) -> bytes:
    """The letter. Raises UsageError where fpdf2 is missing, or the letter is too long for a page.

    The fonts of every reader are used, so letters beyond Latin-1 are shown as a question mark.
    """
    try:
        from fpdf import FPDF
    except ImportError:
        raise UsageError(
            "a PDF needs fpdf2: pip install 'voice-skill[clinic]'; or write a .html and print it"
        ) from None
    for size_pt in SIZES_PT:
        pdf = FPDF(format="A4")
        _lay_out(pdf, made, size_pt)
        if pdf.pages_count == 1:
            return bytes(pdf.output())
    raise UsageError("the letter is too long for a page; write a .html and print it")


def _lay_out(pdf: Any, made: Letter, size_pt: float) -> None:
    pdf.set_margin(MARGIN_MM)
    pdf.set_auto_page_break(True, MARGIN_MM)
    pdf.set_title(made.title)
    pdf.set_lang("en")
    pdf.add_page()
    _line(pdf, made.title, size_pt * 1.6, "B")
    _line(pdf, made.when, size_pt)
    _line(pdf, made.about, size_pt, "I")
    for section in made.sections:
        pdf.ln(size_pt * 0.12)
        _line(pdf, section.heading, size_pt * 1.1, "B")
        for line in ("; ".join(section.lines),) if section.aside else section.lines:
            _line(pdf, line, size_pt)


def _line(pdf: Any, text: str, size_pt: float, style: str = "") -> None:
    pdf.set_font("Helvetica", style, size_pt)
    shown = text.encode("latin-1", "replace").decode("latin-1")
    pdf.multi_cell(0, size_pt * 0.45, shown, new_x="LMARGIN", new_y="NEXT")
