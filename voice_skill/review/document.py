"""The whole dialog as a document that a clinician can review on paper and sign."""

from collections.abc import Iterable, Iterator
from itertools import chain

from voice_skill.coaching.library import Library
from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.safety import Safety
from voice_skill.ladder.programme import Programme
from voice_skill.review.advice import (
    common_words,
    danger_phrases,
    dispositions,
    messages,
    rules,
)
from voice_skill.review.blocks import (
    Block,
    Document,
    Form,
    Heading,
    Paragraph,
    Table,
    digest,
    facts,
)
from voice_skill.review.floors import floors
from voice_skill.review.limits import limits
from voice_skill.review.questions import questions
from voice_skill.review.summary import summary
from voice_skill.review.warm_up import warm_up, way_back


def document(
    dialog: Dialog,
    safety: Safety,
    library: Library | None = None,
    programme: Programme | None = None,
) -> Document:
    """The document. The same dialog gives the same document, to the letter.

    library, programme: the warm-up and the way back to running, where the dialog has them.
    """
    more = chain(warm_up(library) if library else (), way_back(programme) if programme else ())
    content = tuple(_not_empty(chain(_content(dialog, safety), more)))
    mark = digest((*content, *_head(dialog, "")))
    return Document(
        title=f"{dialog.title}: content for clinical review",
        language=dialog.language,
        running=f"{dialog.title}, {dialog.language}, version {dialog.version}, content {mark}",
        blocks=(*_head(dialog, mark), *content, *_sign(mark)),
        summary=tuple(summary(dialog)),
    )


def _head(dialog: Dialog, mark: str) -> Iterator[Block]:
    yield Heading(1, f"{dialog.title}: content for clinical review")
    yield Paragraph("This content gives information, not a diagnosis.", strong=True)
    yield Paragraph("It has not yet been reviewed by a clinician.", strong=True)
    yield facts("This document", (
        ("Dialog", dialog.id),
        ("Language", dialog.language),
        ("Version", str(dialog.version)),
        ("A check that was cut off goes on for", f"{dialog.fresh_minutes} minutes"),
        ("Content mark (changes with any letter below)", mark),
        ("Questions", str(len(dialog.fields))),
        ("Rules", str(len(dialog.rules))),
        ("Dispositions", str(len(dialog.dispositions))),
    ))  # fmt: skip


def _content(dialog: Dialog, safety: Safety) -> Iterator[Block]:
    yield from questions(dialog)
    yield from rules(dialog)
    yield from dispositions(dialog)
    yield from danger_phrases(dialog.phrases)
    yield from limits(dialog.limits)
    yield from floors(safety)
    yield from common_words(dialog.phrases)
    yield from messages(dialog)


def _not_empty(blocks: Iterable[Block]) -> Iterator[Block]:
    return (block for block in blocks if not isinstance(block, Table) or block.rows)


def _sign(mark: str) -> Iterator[Block]:
    yield Heading(2, "Review and signature")
    yield Paragraph(
        f"I have reviewed the content with the mark {mark}. A change of any letter needs a new "
        "review."
    )
    yield Form("Findings", (
        "Approved as it stands (yes or no)",
        "Approved with these changes",
        "Not approved, because",
    ))  # fmt: skip
    yield Form("Reviewer", (
        "Name",
        "Profession",
        "Registration body and number",
        "Place and date",
        "Signature",
    ))  # fmt: skip
