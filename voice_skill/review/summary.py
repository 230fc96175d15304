"""The first page of the document: what the dialog holds, at a glance. No part of what is signed."""

from collections.abc import Iterator

from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.model import CARE_ORDER
from voice_skill.review.blocks import Block, Heading, Paragraph, Table, lines


def summary(dialog: Dialog) -> Iterator[Block]:
    """The stages with their questions, and the care levels with their times and rules."""
    yield Heading(2, "At a glance")
    yield Paragraph(
        "This page is made from the content that follows. The mark covers that content, and a "
        "signature means that content, not this page."
    )
    yield Table("What is asked, in this order", ("Stage", "Questions"), tuple(
        (stage.title, ", ".join(n for n in dialog.fields if dialog.stage_of[n] is stage))
        for stage in dialog.stages
    ))  # fmt: skip
    heads = ("Care, the most acute first", "How soon", "Activity at most", "Rules")
    yield Table("What it can come to", heads, tuple(
        (care, dialog.dispositions[care].time_frame, _activities(dialog, care),
         str(sum(rule.care == care for rule, _ in dialog.rules)))
        for care in reversed(CARE_ORDER) if care in dialog.dispositions
    ))  # fmt: skip


def _activities(dialog: Dialog, care: str) -> str:
    """The activity of a disposition and of its variants, in words."""
    end = dialog.dispositions[care]  # type: ignore[index]
    found = [end.activity, *(v.activity for v in end.variants if v.activity)]
    return lines(name.replace("_", " ") for name in dict.fromkeys(found))
