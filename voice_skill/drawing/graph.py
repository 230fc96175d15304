"""What a picture of a dialog shows, apart from how it is written: boxes, ends and ways."""

from dataclasses import dataclass, replace
from typing import Literal

from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.expressions import FLAGS, names
from voice_skill.dialog.model import CARE_ORDER, CareLevel, Stage
from voice_skill.drawing.walk import Walk
from voice_skill.drawing.words import FLAG_WORDS, condition

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


def picture(dialog: Dialog, to: CareLevel | None = None, walk: Walk | None = None) -> Picture:
    """The dialog, or what of it leads to one care level, with the way of one session."""
    ways = _rule_edges(dialog, to)
    shown = _leading(dialog, {edge.source for edge in ways}, to)
    groups = [_group(dialog, stage, shown) for stage in dialog.stages]
    groups.append(_flags({edge.source for edge in ways}))
    ends = [
        End(_end_id(care), care, dialog.dispositions[care].time_frame)
        for care in reversed(CARE_ORDER)
        if care in dialog.dispositions and to in (None, care)
    ]
    found = Picture(
        title=f"{dialog.title} ({dialog.language}, version {dialog.version})"
        + (f": what leads to {to}" if to else ""),
        legend=_LEGEND,
        groups=tuple(group for group in groups if group.boxes),
        ends=tuple(ends),
        edges=(*_ways_on(dialog, shown, to), *ways),
    )
    return _with_walk(found, dialog, walk) if walk else found


_LEGEND = (
    "Information, not a diagnosis; not yet reviewed by a clinician.",
    "Thin plain lines: the usual way on, in the order asked.",
    "Thick double lines: red flags, to EMERGENCY or URGENT. Single lines: other rules.",
    "A label names the rules that read the answer; + means together with other answers.",
    "(!) Danger phrases lead to this question in any turn.",
)


def _id(name: str) -> str:
    return f"question_{name}"


def _end_id(care: CareLevel) -> str:
    return f"end_{care}"


def _rule_edges(dialog: Dialog, to: CareLevel | None) -> list[Edge]:
    labels: dict[tuple[str, CareLevel], list[str]] = {}
    for rule, expression in dialog.rules:
        read = names(expression)
        for name in (*dialog.fields, *sorted(FLAGS)):
            if name in read and to in (None, rule.care):
                label = rule.id if len(read) == 1 else f"{rule.id}+"
                labels.setdefault((name, rule.care), []).append(label)
    order = [*dialog.fields, *sorted(FLAGS)]
    pairs = sorted(labels, key=lambda p: (order.index(p[0]), -CARE_ORDER.index(p[1])))
    return [
        Edge(_id(name), _end_id(care), "red_flag" if care in RED_FLAGS else "rule",
             tuple(labels[name, care]))  # fmt: skip
        for name, care in pairs
    ]


def _leading(dialog: Dialog, sources: set[str], to: CareLevel | None) -> list[str]:
    """The questions to show: all, or those that rules read and those that bring them up."""
    if to is None:
        return list(dialog.fields)
    todo = [name for name in dialog.fields if _id(name) in sources]
    todo += _last_question(dialog) if to == "WARMUP" else []
    found: set[str] = set()
    while todo:
        name = todo.pop()
        if name not in found and name in dialog.fields:
            found.add(name)
            todo += names(dialog.guards[name])
    return [name for name in dialog.fields if name in found]


def _last_question(dialog: Dialog) -> list[str]:
    return [name for name, field in dialog.fields.items() if field.role == "readback"]


def _group(dialog: Dialog, stage: Stage, shown: list[str]) -> Group:
    boxes = (_box(dialog, name) for name in shown if dialog.stage_of[name] is stage)
    return Group(f"stage_{stage.id}", stage.title, tuple(boxes))


def _box(dialog: Dialog, name: str) -> Box:
    field = dialog.fields[name]
    lines = [field.ask]
    if field.when:
        lines.append(f"if {condition(field.when)}")
    if any(danger.field == name for danger in dialog.phrases.danger):
        lines.append("(!) danger phrases, in any turn")
    return Box(_id(name), name, tuple(lines))


def _flags(sources: set[str]) -> Group:
    boxes = (Box(_id(n), n, (FLAG_WORDS[n],)) for n in sorted(FLAGS) if _id(n) in sources)
    return Group("any_time", "At any time", tuple(boxes))


def _ways_on(dialog: Dialog, shown: list[str], to: CareLevel | None) -> list[Edge]:
    """From each question to the next; to a warm-up only from the read-back."""
    asked = [n for n in shown if dialog.fields[n].role not in ("wrong_part", "confirm")]
    edges = [
        Edge(_id(a), _id(b), "way_on") for a, b in zip(asked, asked[1:], strict=False)
    ]
    if to in (None, "WARMUP"):
        edges += [
            Edge(_id(name), _end_id("WARMUP"), "way_on", ("only after a clear yes",))
            for name in _last_question(dialog)
        ]
    return edges


def _with_walk(found: Picture, dialog: Dialog, walk: Walk) -> Picture:
    turns = {_id(turn.field): f"{n}. {turn.value}" for n, turn in enumerate(walk.turns, 1)}
    groups = tuple(
        replace(g, boxes=tuple(replace(b, walked=turns.get(b.id)) for b in g.boxes))
        for g in found.groups
    )
    path = [box.id for g in groups for box in g.boxes]
    steps = [_id(turn.field) for turn in walk.turns if _id(turn.field) in path]
    pairs = list(zip(steps, steps[1:], strict=False))
    edges = [_walked(edge, pairs, walk) for edge in found.edges]
    drawn = {(edge.source, edge.target) for edge in edges}
    edges += [Edge(a, b, "way_on", walked=True) for a, b in pairs if (a, b) not in drawn]
    ends = tuple(replace(end, walked=end.care == walk.care) for end in found.ends)
    legend = (*found.legend, f"Bold frames and bold lines: the way of session {walk.name}, "
              "with the turn and the understood value.")  # fmt: skip
    return replace(found, groups=groups, ends=ends, edges=tuple(edges), legend=legend)


def _walked(edge: Edge, pairs: list[tuple[str, str]], walk: Walk) -> Edge:
    if edge.kind == "way_on":
        return replace(edge, walked=(edge.source, edge.target) in pairs)
    fired = [label for label in edge.labels if label.rstrip("+") in walk.rules]
    return replace(edge, walked=bool(fired))
