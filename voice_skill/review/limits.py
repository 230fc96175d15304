"""Every clinical number with its meaning and its source, for the reviewer of a dialog."""

from collections.abc import Iterator

from voice_skill.dialog.limits import Limits
from voice_skill.review.blocks import Block, Heading, Paragraph, Table

CAPTIONS = {
    "stop_rule": "When a warm-up changes or stops, and what its end allows",
    "asked_again": "What is asked again after a warning sign, and the least care",
    "ladder": "How fast somebody comes back to running",
    "looking_back": "How far the diary looks back",
}


def limits(found: Limits) -> Iterator[Block]:
    """A table for each section of `limits.yaml`."""
    yield Heading(2, "Clinical numbers")
    yield Paragraph(
        "Pain is from 0 to 10. Every number stands a second time in the safety floors below; the "
        "check fails where it is milder than allowed there."
    )
    for section, caption in CAPTIONS.items():
        yield Table(caption, ("Name", "Value", "What it does", "Source"), tuple(
            (name.partition(".")[2].replace("_", " "), str(value), limit.means, limit.source)
            for name, value, limit in found.entries() if name.startswith(f"{section}.")
        ))  # fmt: skip
