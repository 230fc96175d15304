"""What a picture of a dialog shows, apart from how it is written: boxes, ends and ways."""

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from string import ascii_uppercase
from typing import Literal

from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.expressions import FLAGS, names
from voice_skill.dialog.fields import YesNoField
from voice_skill.dialog.model import CARE_ORDER, CareLevel
from voice_skill.review.words import FLAG_WORDS, condition

RED_FLAGS: tuple[CareLevel, ...] = ("EMERGENCY", "URGENT")
Kind = Literal["way_on", "rule", "red_flag"]


@dataclass(frozen=True)
class Box:
    """One question. walked: its turn and its understood value in a kept session."""

    id: str
    name: str
    lines: tuple[str, ...]
    walked: str | None = None


@dataclass(frozen=True)
class Group:
    """A stage with its questions in the order asked."""

    id: str
    title: str
    boxes: tuple[Box, ...]


@dataclass(frozen=True)
class End:
    """A disposition."""

    id: str
    care: CareLevel
    time_frame: str
    walked: bool = False


@dataclass(frozen=True)
class Edge:
    """A way from a question. labels: the rules that read its answer, `+` if not it alone."""

    source: str
    target: str
    kind: Kind
    labels: tuple[str, ...] = ()
    walked: bool = False


@dataclass(frozen=True)
class Picture:
    """A whole picture."""

    title: str
    legend: tuple[str, ...]
    groups: tuple[Group, ...]
    ends: tuple[End, ...]
    edges: tuple[Edge, ...]


def picture(dialog: Dialog, to: CareLevel | None = None) -> Picture:
    """The dialog, or what of it leads to one care level."""
    shown = _leading(dialog, to)
    ends = [
        End(end_id(care), care, dialog.dispositions[care].time_frame)
        for care in reversed(CARE_ORDER)
        if care in dialog.dispositions and to in (None, care)
    ]
    name = f"{dialog.title} ({dialog.language}, version {dialog.version})"
    where = (f"{letter}: {condition(when)}." for when, letter in _shared(dialog).items())
    return Picture(
        title=f"{name}: what leads to {to}" if to else name,
        legend=(*_LEGEND, *where),
        groups=_groups(dialog, shown),
        ends=tuple(ends),
        edges=(*_ways_on(dialog, shown, to), *_rule_edges(dialog, to)),
    )


_LEGEND = (
    "Information, not a diagnosis; not yet reviewed by a clinician.",
    "Thin lines and arrows: the usual way on, in the order asked.",
    "Thick lines, double in SVG and PNG: red flags, to EMERGENCY or URGENT.",
    "Dashed lines: all other rules.",
    "A label names the rules that read the answer; + means together with other answers.",
    "(!) Danger phrases lead to this question in any turn.",
)
SHARED = 4
"""A condition of at least so many questions is written once, in the legend."""


def question_id(dialog: Dialog, name: str) -> str:
    """A name for the picture's own language, whatever the field is called."""
    return f"q{_order(dialog).index(name)}"


def _order(dialog: Dialog) -> list[str]:
    return [*dialog.fields, *sorted(FLAGS)]


def end_id(care: CareLevel) -> str:
    """The name of an end for the picture's own language."""
    return f"care_{care}"


def _shared(dialog: Dialog) -> dict[str, str]:
    """Conditions that many questions share, with the letter that stands for each."""
    found = Counter(field.when for field in dialog.fields.values() if field.when)
    many = [when for when, count in found.items() if count >= SHARED]
    return dict(zip(many, ascii_uppercase, strict=False))


def _rule_edges(dialog: Dialog, to: CareLevel | None) -> list[Edge]:
    labels: dict[tuple[str, CareLevel], list[str]] = {}
    for rule, expression in dialog.rules:
        read = names(expression)
        for name in read:
            if to in (None, rule.care):
                label = rule.id if len(read) == 1 else f"{rule.id}+"
                labels.setdefault((name, rule.care), []).append(label)
    return [
        Edge(question_id(dialog, name), end_id(care), "red_flag" if care in RED_FLAGS else "rule",
             tuple(labels[name, care]))
        for name in _order(dialog) for care in reversed(CARE_ORDER) if (name, care) in labels
    ]  # fmt: skip


def _leading(dialog: Dialog, to: CareLevel | None) -> list[str]:
    """The questions to show: all, or those that rules read, bring these up or settle them."""
    if to is None:
        return _order(dialog)
    todo = [n for rule, _ in dialog.rules if rule.care == to for n in dialog.readers[rule.id]]
    todo += _last_question(dialog) if to == "WARMUP" else []
    found: set[str] = set()
    while todo:
        name = todo.pop()
        if name not in found:
            found.add(name)
            todo += names(dialog.guards[name]) if name in dialog.guards else ()
            todo += [n for n in dialog.fields if _settles(dialog, n) == name]
    return [name for name in _order(dialog) if name in found]


def _settles(dialog: Dialog, name: str) -> str | None:
    """The field whose value a follow-up question settles."""
    field = dialog.fields[name]
    return field.settles.field if isinstance(field, YesNoField) and field.settles else None


def _last_question(dialog: Dialog) -> list[str]:
    return [name for name, field in dialog.fields.items() if field.role == "readback"]


def _groups(dialog: Dialog, shown: list[str]) -> tuple[Group, ...]:
    found = [
        Group(f"s{number}", stage.title, tuple(
            _box(dialog, n) for n in shown if dialog.stage_of.get(n) is stage))
        for number, stage in enumerate(dialog.stages)
    ]  # fmt: skip
    flags = tuple(Box(question_id(dialog, n), n, (FLAG_WORDS[n],)) for n in shown if n in FLAGS)
    found.append(Group("any_time", "At any time", flags))
    return tuple(group for group in found if group.boxes)


def _box(dialog: Dialog, name: str) -> Box:
    field = dialog.fields[name]
    lines = [field.ask]
    if field.when:
        lines.append(f"if {_shared(dialog).get(field.when) or condition(field.when)}")
    settled = _settles(dialog, name)
    if settled:
        lines.append(f"settles {settled}")
    if any(danger.field == name for danger in dialog.phrases.danger):
        lines.append("(!) danger phrases")
    return Box(question_id(dialog, name), name, tuple(lines))


def _ways_on(dialog: Dialog, shown: list[str], to: CareLevel | None) -> list[Edge]:
    """From each question to the next; to a warm-up only from the read-back."""
    ids = [
        question_id(dialog, name)
        for name in shown
        if name in dialog.fields and dialog.fields[name].role not in ("wrong_part", "confirm")
    ]
    edges = [Edge(a, b, "way_on") for a, b in pairwise(ids)]
    if to in (None, "WARMUP"):
        edges += [
            Edge(question_id(dialog, name), end_id("WARMUP"), "way_on", ("only after a clear yes",))
            for name in _last_question(dialog)
        ]
    return edges
