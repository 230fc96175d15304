"""The way of one kept session, marked in a picture of its dialog."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from voice_skill.dialog.dialog import Dialog
from voice_skill.review.graph import Edge, Picture, end_id, question_id
from voice_skill.review.walk import Walk


def with_walk(found: Picture, dialog: Dialog, walk: Walk) -> Picture:
    """The picture with the way of one session marked in it."""
    turns = {
        question_id(dialog, turn.field): f"turn {number}: {turn.value}"
        for number, turn in enumerate(walk.turns, 1)
    }
    groups = tuple(
        replace(g, boxes=tuple(replace(b, walked=turns.get(b.id)) for b in g.boxes))
        for g in found.groups
    )
    boxes = {box.id for g in groups for box in g.boxes}
    pairs = list(pairwise(i for i in turns if i in boxes))
    last = [(list(turns)[-1], end_id(walk.care))] if turns and walk.care else []
    edges = [_marked(edge, [*pairs, *last], walk) for edge in found.edges]
    drawn = {(edge.source, edge.target) for edge in edges}
    edges += [Edge(a, b, "way_on", walked=True) for a, b in pairs if (a, b) not in drawn]
    ends = tuple(replace(end, walked=end.care == walk.care) for end in found.ends)
    legend = (*found.legend, *_walk_legend(walk))
    return replace(found, groups=groups, ends=ends, edges=tuple(edges), legend=legend)


def _walk_legend(walk: Walk) -> Iterator[str]:
    yield (
        f"Bold frames and bold lines: the way of session {walk.name}, with the number of the turn, "
        "the understood value and the rules that held."
    )
    if walk.care is None:
        yield "This session has no result: it was stopped or cut off."
    if walk.later:
        yield f"The warm-up that followed came to {walk.later}."


def _marked(edge: Edge, pairs: list[tuple[str, str]], walk: Walk) -> Edge:
    if edge.kind == "way_on":
        return replace(edge, walked=(edge.source, edge.target) in pairs)
    return replace(edge, walked=any(label.rstrip("+") in walk.rules for label in edge.labels))
