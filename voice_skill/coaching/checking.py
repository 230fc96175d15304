"""Checks across the coach's files: times that do not add up, drills that must not be met."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from voice_skill.coaching.drill import Drill, DrillsFile
from voice_skill.coaching.exercise import Exercise
from voice_skill.coaching.listening import CoachEar
from voice_skill.coaching.meaning import Meaning
from voice_skill.coaching.routine import RoutineFile
from voice_skill.coaching.wording import Wording
from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.domains import domain
from voice_skill.dialog.expressions import Expression, names, parse
from voice_skill.dialog.reader import Document, Path_
from voice_skill.dialog.texts import COACH_NAMES, check_texts
from voice_skill.errors import DialogError, ExpressionError
from voice_skill.understanding.templates import expand

COACH_FLAGS = ("pain_up", "early")
"""Bare names that a drill's `skip_when` may use beside the fields of the dialog."""
SHORTEST_SECONDS = 5.0
Problem = tuple[Document, Path_, str]


def check(
    drills: tuple[DrillsFile, Document],
    routines: Sequence[tuple[RoutineFile, Document]],
    wording: tuple[Wording, Document],
    ear: CoachEar,
    dialog: Dialog,
) -> None:
    """Raise one DialogError that lists everything wrong, a line each."""
    problems = list(check_drills(*drills, ear, dialog))
    for routine, document in routines:
        problems += _check_routine(routine, document, drills[0].drills, wording[0], dialog)
    for document in (drills[1], wording[1], *(document for _, document in routines)):
        problems += check_texts(document, COACH_NAMES)
    lines = [f"{document.where(path)}: {text}" for document, path, text in problems]
    variants = {routine.variant for routine, _ in routines}
    lines += [
        f"routines: no routine is for the variant '{v.id}' of WARMUP; add one"
        for v in dialog.dispositions["WARMUP"].variants
        if v.id not in variants
    ]
    lines += _check_offers(routines, dialog)
    if wording[0].tells_of_reach and dialog.roles.reach is None:
        lines.append(
            "coaching.yaml: tells of pain that travels, but no question has the role"
            " 'reach'; name it in dialog.yaml"
        )
    if lines:
        raise DialogError("\n".join(lines))


def _check_offers(
    routines: Sequence[tuple[RoutineFile, Document]], dialog: Dialog
) -> Iterator[str]:
    """A warm-up beside a graver advice leads to a walk at most."""
    best = {routine.variant: routine.best for routine, _ in routines}
    for care, end in dialog.dispositions.items():
        for variant in end.variants:
            if variant.warm_up is None:
                continue
            here = f"dispositions: {care}, variant '{variant.id}'"
            if variant.activity != "warm_up_then_walk":
                yield f"{here}: offers a warm-up, so its activity is 'warm_up_then_walk'"
            if best.get(variant.warm_up) != "walk":
                yield f"{here}: there is no routine '{variant.warm_up}' that leads to a walk"


def check_drills(
    file: DrillsFile, document: Document, ear: CoachEar, dialog: Dialog
) -> Iterator[Problem]:
    """Names, conditions and words of drills that lead nowhere."""
    for name, drill in file.drills.items():
        here: Path_ = ("drills", name)
        for form in (drill.easier, drill.standing):
            if form and form.drill and form.drill not in file.drills:
                yield document, here, f"there is no drill '{form.drill}'"
        if drill.skip_when:
            yield from _check_expression(drill.skip_when, document, (*here, "skip_when"), dialog)
        for index, said in enumerate(drill.skip_said):
            place: Path_ = (*here, "skip_said", index)
            if said.field and said.field not in dialog.fields:
                yield document, place, f"there is no field '{said.field}'"
            meant = Meaning("drill", said.then, said.field)
            for phrase in (p for template in said.phrases for p in expand(template)):
                if ear.understand(phrase, name) != meant:
                    yield document, place, f"'{phrase}' is never reached: it means something else"


def _check_expression(
    text: str, document: Document, path: Path_, dialog: Dialog
) -> Iterator[Problem]:
    try:
        expression = parse(text)
    except ExpressionError as error:
        yield document, path, str(error)
        return
    unknown = [n for n in names(expression) if n not in dialog.fields and n not in COACH_FLAGS]
    if unknown:
        yield document, path, f"there is no field '{unknown[0]}'"
    elif not _reachable(expression, dialog):
        yield document, path, "can never hold, so the drill is never left out"


def _reachable(expression: Expression, dialog: Dialog) -> bool:
    read = sorted(names(expression))
    spaces = [
        ("no", "yes") if n in COACH_FLAGS else domain(dialog.fields[n], n, (expression,))
        for n in read
    ]
    return any(expression.holds(dict(zip(read, v, strict=True))) for v in product(*spaces))


def _check_routine(
    routine: RoutineFile,
    document: Document,
    drills: Mapping[str, Drill],
    wording: Wording,
    dialog: Dialog,
) -> Iterator[Problem]:
    ends = {v.id: v for v in dialog.dispositions["WARMUP"].variants}
    if routine.variant not in ends:
        yield document, ("variant",), f"WARMUP has no variant '{routine.variant}'"
    elif (ends[routine.variant].activity == "warm_up_then_run") != (routine.best == "run"):
        yield document, ("best",), "does not fit the activity of the disposition"
    total = sum(step.seconds for step in routine.steps)
    if total != routine.total_seconds:
        yield document, ("total_seconds",), f"the steps add up to {total:g} seconds"
    for index, _ in enumerate(routine.steps):
        yield from _check_step(routine, index, document, drills, wording)


def _check_step(
    routine: RoutineFile,
    index: int,
    document: Document,
    drills: Mapping[str, Drill],
    wording: Wording,
) -> Iterator[Problem]:
    here: Path_ = ("steps", index)
    step = routine.steps[index]
    missing = [name for name in (step.drill, step.swap) if name and name not in drills]
    if missing:
        yield document, here, f"there is no drill '{missing[0]}'"
        return
    own = Exercise.from_step(step, drills, wording)
    for exercise in (own, own.swap) if own.swap else (own,):
        for text in _problems_of(exercise, routine, drills):
            yield document, here, text


def _problems_of(
    exercise: Exercise, routine: RoutineFile, drills: Mapping[str, Drill]
) -> Iterator[str]:
    """What is wrong with a drill in this routine, be it a step's own or its swap."""
    name, step = exercise.id, exercise.step
    if step.reps and exercise.timed:
        yield f"'{name}' is timed and has no reps"
    if exercise.work_seconds < SHORTEST_SECONDS or exercise.breath_seconds < 0:
        needed = exercise.said_seconds + max(exercise.work_seconds, SHORTEST_SECONDS)
        yield f"'{name}' needs {needed:.1f} seconds, not {step.seconds:g}"
    if exercise.drill.impact and routine.best != "run":
        yield f"'{name}' has impact; this routine only leads to a walk"
    for met in _met(name, drills):
        if met in routine.forbidden:
            yield f"'{name}' leads to '{met}', which is forbidden here"


def _met(name: str, drills: Mapping[str, Drill]) -> list[str]:
    """A drill and all that it may turn into."""
    found: list[str] = []
    todo = [name]
    while todo:
        here = todo.pop()
        if here in found or here not in drills:
            continue
        found.append(here)
        forms = (drills[here].easier, drills[here].standing)
        todo += [form.drill for form in forms if form and form.drill]
    return found
