"""A picture in parts that fit a screen: an overview of the stages, and each stage by itself."""

from collections.abc import Iterable
from dataclasses import replace

from voice_skill.errors import UsageError
from voice_skill.review.graph import Box, Edge, Group, Kind, Picture

OVERVIEW = "overview"
GRAVEST_FIRST: tuple[Kind, ...] = ("red_flag", "rule", "way_on")


def part(whole: Picture, name: str) -> Picture:
    """One part by its name: `overview`, or a stage by its title or the begin of it."""
    if name.lower() == OVERVIEW:
        return overview(whole)
    wanted = name.lower()
    found = [g for g in whole.groups if g.title.lower().startswith(wanted)]
    if len(found) != 1:
        titles = ", ".join(f"'{group.title}'" for group in whole.groups)
        raise UsageError(f"there is no stage '{name}'; the parts: {OVERVIEW}, {titles}")
    return stage(whole, found[0])


def overview(whole: Picture) -> Picture:
    """The stages as boxes, with their questions by name and the care that each can lead to."""
    home = {box.id: group.id for group in whole.groups for box in group.boxes}
    boxes = tuple(_stage_box(group) for group in whole.groups)
    joined: dict[tuple[str, str], list[Edge]] = {}
    for edge in whole.edges:
        target = home.get(edge.target, edge.target)
        if home[edge.source] != target:
            joined.setdefault((home[edge.source], target), []).append(edge)
    edges = tuple(
        Edge(source, target, _gravest(found), _labels(found), any(e.walked for e in found))
        for (source, target), found in joined.items()
    )
    return replace(
        whole, title=f"{whole.title}: overview", groups=(Group("stages", "Stages", boxes),),
        edges=edges,
    )  # fmt: skip


def _stage_box(group: Group) -> Box:
    names = ", ".join(box.name for box in group.boxes)
    walked = any(box.walked is not None for box in group.boxes)
    return Box(group.id, group.title, (names,), "in this session" if walked else None)


def _gravest(edges: Iterable[Edge]) -> Kind:
    """What a joined line is drawn as: the gravest of its kinds."""
    kinds = {edge.kind for edge in edges}
    return next(kind for kind in GRAVEST_FIRST if kind in kinds)


def _labels(edges: Iterable[Edge]) -> tuple[str, ...]:
    """Each rule once; those that read several answers are told so in the stage's own picture."""
    return tuple(dict.fromkeys(label.rstrip("+") for edge in edges for label in edge.labels))


def stage(whole: Picture, group: Group) -> Picture:
    """One stage: its questions in order, and the care that each leads to."""
    own = {box.id for box in group.boxes}
    ends = {end.id for end in whole.ends}
    edges = tuple(e for e in whole.edges if e.source in own and e.target in own | ends)
    led = {edge.target for edge in edges}
    after = whole.groups[whole.groups.index(group) + 1 :]
    next_ = after[0].title if after and after[0].id != "any_time" else None
    follows = (f"After this stage: {next_}.",) if next_ else ()
    return replace(
        whole,
        title=f"{whole.title}: {group.title}",
        legend=(*whole.legend, *follows),
        groups=(group,),
        ends=tuple(end for end in whole.ends if end.id in led),
        edges=edges,
    )
