"""The report of one session: what was asked, heard, understood and decided, as text and JSON."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from voice_skill.dialog.decision import Decision, rank
from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.interpretation import Value
from voice_skill.dialog.model import CareLevel
from voice_skill.dialog.state import State, decision
from voice_skill.visit.conversation import Turn


@dataclass(frozen=True)
class Report:
    """Everything worth keeping of a session.

    care: None where the session ended before a level was reached; a level below ROUTINE is never
    given for an unfinished session, since the questions still open could raise it.
    rules: (id, why) of each rule that fired.
    """

    started_at: str
    dialog: str
    care: CareLevel | None
    finished: bool
    variant: str | None
    activity: str | None
    time_frame: str | None
    rules: tuple[tuple[str, str], ...]
    spoken: tuple[str, ...]
    safety_net: str
    fields: Mapping[str, Value | None]
    turns: Sequence[Turn]
    warm_up: Mapping[str, Any] | None = None
    ladder: Mapping[str, Any] | None = None

    @classmethod
    def from_session(
        cls, dialog: Dialog, state: State, turns: Sequence[Turn], started_at: str
    ) -> "Report":
        """The report of a conversation as it stands."""
        now = decision(dialog, state)
        care = _care(state, now)
        whys = {rule.id: rule.why for rule, _ in dialog.rules}
        return cls(
            started_at=started_at,
            dialog=f"{dialog.id} {dialog.language} version {dialog.version}",
            care=care,
            finished=state.finished is not None,
            variant=now.variant if care else None,
            activity=now.activity if care else None,
            time_frame=dialog.dispositions[care].time_frame if care else None,
            rules=tuple((rule, whys[rule]) for rule in now.rules) if care else (),
            spoken=now.spoken if care else (),
            safety_net=dialog.text(dialog.safety_net_full),
            fields={name: answer.value for name, answer in state.answers.items()},
            turns=tuple(turns),
        )

    def to_json(self) -> dict[str, Any]:
        """Plain data for machines."""
        data = asdict(self)
        data["rules"] = [rule for rule, _ in self.rules]
        data["why"] = dict(self.rules)
        data["fields"] = dict(self.fields)
        data["spoken"] = list(self.spoken)
        return data

    def to_text(self, dialog: Dialog) -> str:
        """A page for people: a doctor, a physio, or oneself later."""
        lines = [
            f"{dialog.title}",
            f"{self.started_at}",
            "Information, not a diagnosis. No clinician has reviewed this content.",
            "",
            "RESULT",
            f"  {_result(self)}",
            *(f"  {line}" for line in self.spoken),
            *_warmed_up(self),
            "",
            "WHY",
            *([f"  {rule}  {why}" for rule, why in self.rules] or ["  no rule fired"]),
            "",
            "WHAT WAS ASKED",
        ]
        for turn in self.turns:
            asked = dialog.fields[turn.field].ask if turn.field in dialog.fields else "(opening)"
            lines.append(f"  {asked}")
            said = f'"{turn.said}"' if turn.said else "(nothing)"
            meaning = "" if turn.understood is None else f" = {turn.understood}"
            lines.append(
                f"    heard {said}, {turn.outcome}{meaning}, confidence {turn.confidence:.2f}"
            )
        lines += ["", "WARNING SIGNS", f"  {self.safety_net}", ""]
        return "\n".join(lines)


def _care(state: State, now: Decision) -> CareLevel | None:
    if state.finished:
        return state.finished.care
    return now.care if rank(now.care) >= rank("ROUTINE") else None


def _warmed_up(report: Report) -> list[str]:
    ladder = ["", "WAY BACK TO RUNNING", f"  {report.ladder['told']}"] if report.ladder else []
    if report.warm_up is None:
        return ladder
    done, skipped = report.warm_up["done"], report.warm_up["skipped"]
    return [
        "",
        "WARM-UP",
        f"  {report.warm_up['routine']}: {report.warm_up['outcome']}",
        f"  done: {', '.join(done) or 'none'}; left out: {', '.join(skipped) or 'none'}",
        *ladder,
    ]


def _result(report: Report) -> str:
    if report.care is None:
        return "The check was not finished, so there is no result."
    return f"{report.care} ({report.time_frame}); activity: {report.activity}"
