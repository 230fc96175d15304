"""What a warm-up came to (`closing`), and what that and the check come to together."""

from dataclasses import dataclass, replace
from typing import Any

from voice_skill.dialog.decision import rank
from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.model import CARE_ORDER, CareLevel
from voice_skill.visit.conversation import Turn
from voice_skill.visit.report import Report


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
