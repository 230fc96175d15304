"""From a triage that ends in a warm-up to the warm-up, and what both come to together."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TextIO, get_args

from voice_skill.coaching.library import Library
from voice_skill.coaching.state import Coach
from voice_skill.coaching.wording import QuestionName
from voice_skill.dialog.decision import complete, rank
from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.interpretation import Value
from voice_skill.dialog.model import CARE_ORDER, CareLevel, YesNoField
from voice_skill.dialog.state import State, situation
from voice_skill.errors import UsageError
from voice_skill.reporting.report import Report
from voice_skill.session.conversation import Turn
from voice_skill.session.persona import Persona, Said
from voice_skill.session.virtual import Answer, Line, Person, VirtualWarmUp, obliging
from voice_skill.session.warm_up import Row, WarmUp

QUESTIONS = get_args(QuestionName)


@dataclass(frozen=True)
class Result:
    """What a warm-up came to. talk_turns: the safety questions asked again in it."""

    routine: str
    outcome: str
    done: tuple[str, ...]
    skipped: tuple[str, ...]
    pain: int | None
    spoken: tuple[str, ...]
    rules: tuple[str, ...] = ()
    talk_turns: tuple[Turn, ...] = ()
    limited: bool = False
    """Whether something in it spoke against running today."""

    @property
    def care(self) -> CareLevel:
        """The outcome as a care level."""
        if self.outcome in CARE_ORDER:
            return self.outcome
        return "REST" if self.outcome == "rest" else "WARMUP"


def routine_for(dialog: Dialog, folder: Path, state: State) -> str | None:
    """The routine that the disposition names or offers, if the folder has any."""
    end = state.finished
    if end is None or end.care is None or not (folder / "drills.yaml").is_file():
        return None
    if end.care == "WARMUP":
        return end.variant
    variants = dialog.dispositions[end.care].variants
    return next((v.warm_up for v in variants if v.id == end.variant), None)


def coach_for(
    dialog: Dialog, library: Library, name: str, state: State, early: bool = False
) -> Coach:
    """The coach of a routine, knowing what the triage found; a doubt counts as a yes."""
    here = situation(dialog, state)
    known: dict[str, Value] = {
        n: v for n, v in complete(dialog, here.answers, here.flags).items() if n in dialog.fields
    }
    for field_name, field in dialog.fields.items():
        if isinstance(field, YesNoField) and field_name not in known:
            known[field_name] = "yes"
    coach = library.coach(dialog, name, known, early)
    is_due = state.finished is None or state.finished.care == "WARMUP"
    return coach if is_due else offered(coach)


def offered(coach: Coach) -> Coach:
    """A warm-up that is not the advice itself: only after a clear yes, and no run after it."""
    offer, routine = coach.wording.offer, coach.routine
    walk_only = routine.branches.get("walk_only", routine.branches["walk"])
    branches = {**routine.branches}
    branches["walk"] = walk_only
    opening = f"{offer.before} {routine.opening}"
    changed = {"opening": opening, "best": "walk", "branches": branches}
    return replace(coach, gate=(offer,), routine=routine.model_copy(update=changed))


def virtual_warm_up(
    dialog: Dialog,
    folder: Path,
    name: str,
    state: State,
    person: Callable[[Coach], Person],
    screen: TextIO | None,
) -> Result:
    """The warm-up of a persona or a script, in virtual time."""
    library = Library.from_folder(folder, dialog)
    coach = coach_for(dialog, library, name, state)
    warm_up = WarmUp(dialog, coach, library)
    held = VirtualWarmUp(warm_up, person(coach), triage=state)
    outcome = held.run()
    for row in warm_up.rows:
        _show(row, screen)
    rules = held.retriage.state.finished if held.retriage else None
    return result_of(
        warm_up,
        outcome,
        rules.rules if rules else (),
        tuple(held.retriage.turns) if held.retriage else (),
    )


def result_of(
    warm_up: WarmUp, outcome: str, rules: tuple[str, ...] = (), turns: tuple[Turn, ...] = ()
) -> Result:
    """What is kept of a warm-up that is over."""
    state = warm_up.state
    last = max((i for i, r in enumerate(warm_up.rows) if r.kind == "heard"), default=-1)
    spoken = tuple(row.text for row in warm_up.rows[last + 1 :] if row.kind == "say")
    name = warm_up.coach.routine.id
    return Result(
        name, outcome, state.done, state.skipped, state.pain, spoken, rules, turns, state.limited
    )


def scripted(lines: list[str]) -> Person:
    """Somebody who answers every question with the next line, and then no more."""

    def answer(question: str) -> str | None:
        return lines.pop(0) if lines else None

    return Person([], answer, answer)


def person_of(persona: Persona, coach: Coach) -> Person:
    """A persona in a warm-up. Raises UsageError for a moment that there is not."""
    lines: list[Line] = []
    in_drill: dict[str, str] = {}
    by_question: dict[str, list[str]] = {}
    in_turn: list[str] = []
    drills = {e.id for own in coach.exercises for e in (own, own.swap) if e}
    for when, text in _moments(persona.file.during_warmup):
        if when is None:
            in_turn.append(text)
        elif when in QUESTIONS:
            by_question.setdefault(when, []).append(text)
        elif when in drills:
            in_drill[when] = text
        elif when.replace(".", "", 1).isdigit():
            lines.append(Line(float(when), text))
        else:
            raise UsageError(
                f"during_warmup: '{when}' is no question, no drill of {coach.routine.id}, no second"
            )
    lines.sort(key=lambda line: line.at_seconds)
    answer = _answers(in_turn, by_question, obliging(coach.start_pain))
    return Person(lines, answer, persona.answer, in_drill)


def _moments(during: Said | Mapping[str, Said]) -> Iterator[tuple[str | None, str]]:
    """(moment, text) pairs; moment None: at the next question, whichever it is."""
    if isinstance(during, Mapping):
        for when, said in during.items():
            for text in (said,) if isinstance(said, str | int) else said:
                yield str(when), str(text)
        return
    for item in (during,) if isinstance(during, str | int) else during:
        if isinstance(item, Mapping):
            yield from _moments(item)
        else:
            yield None, str(item)


def _answers(in_turn: list[str], by_question: dict[str, list[str]], usual: Answer) -> Answer:
    def answer(question: str) -> str | None:
        told = by_question.get(question) or in_turn
        return told.pop(0) if told else usual(question)

    return answer


def _show(row: Row, screen: TextIO | None) -> None:
    if screen is None or row.kind == "earcon":
        return
    mark = {"heard": "> ", "count": "  ", "end": "[", "say": ""}[row.kind]
    print(f"{mark}{row.text}{']' if row.kind == 'end' else ''}", file=screen)


def with_ladder(dialog: Dialog, report: Report, result: Result, told: str) -> Report:
    """The report with a session on the ladder; it can only make the level graver."""
    both = with_warm_up(dialog, report, result)
    ladder = {"told": told, "outcome": result.outcome, "pain": result.pain}
    if result.care == "WARMUP":
        both = report
    return replace(both, warm_up=report.warm_up, ladder=ladder)


def with_warm_up(dialog: Dialog, report: Report, result: Result) -> Report:
    """The report of both: the level is the one that the warm-up came to."""
    warm_up: dict[str, Any] = {
        "routine": result.routine,
        "outcome": result.outcome,
        "done": list(result.done),
        "skipped": list(result.skipped),
        "pain": result.pain,
        "limited": result.limited,
    }
    turns = (*report.turns, *result.talk_turns)
    if result.care == "WARMUP":
        activity = report.activity if result.outcome == "run" else "warm_up_then_walk"
        return replace(report, warm_up=warm_up, activity=activity, turns=turns)
    if report.care is not None and rank(result.care) < rank(report.care):
        return replace(report, warm_up=warm_up, activity="walk", turns=turns)
    whys = {rule.id: rule.why for rule, _ in dialog.rules}
    end = dialog.dispositions[result.care]
    return replace(
        report,
        care=result.care,
        variant=None,
        activity=end.activity,
        time_frame=end.time_frame,
        rules=tuple((rule, whys[rule]) for rule in result.rules if rule in whys),
        spoken=result.spoken,
        turns=turns,
        warm_up=warm_up,
    )
