"""The questions of the first start, as questions of the dialog: the same ears hear the answers.

All that a dialog understands at every turn - commands, signs of danger - is understood here too.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.expressions import ALWAYS
from voice_skill.dialog.fields import AnyField, ChoiceField, YesNoField, with_words
from voice_skill.dialog.model import Stage
from voice_skill.dialog.words import Answers, Heard
from voice_skill.setup.wording import Fact, SetupFile, SetupStep

SOURCE = "brief 1"
"""`{emergency_number}` must be a setting, with no number that is spoken by accident."""


@dataclass(frozen=True)
class Plan:
    """A first start for one machine. suggested: a region of `regions`, or None.

    begin_at: the first step. number_alone: whether nothing but the emergency number is asked.
    """

    file: SetupFile
    suggested: str | None
    facts: frozenset[Fact]
    number_alone: bool = False

    @classmethod
    def of(
        cls, file: SetupFile, region: str | None, model: bool = False, number_alone: bool = False
    ) -> "Plan":
        """region: where the system says it is; one that the file does not know is none."""
        known = region if region in file.regions else None
        facts: set[Fact] = {"suggestion" if known else "no_suggestion"}
        if model:
            facts.add("model")
        return cls(file, known, frozenset(facts), number_alone)

    @property
    def start(self) -> str:
        """The first step."""
        return self.file.start_number if self.number_alone else self.file.start

    @property
    def number(self) -> str | None:
        """The number that is suggested."""
        return self.file.regions[self.suggested].number if self.suggested else None


def asking(dialog: Dialog, plan: Plan) -> Dialog:
    """The dialog with the questions of the first start beside its own, which nobody asks for."""
    file = plan.file
    stage = Stage(id="setup", title="Setup", attempts=file.attempts, not_heard="unknown",
                  hedged_no="reask")  # fmt: skip
    answers = {n: _answers(file, step) for n, step in file.steps.items()}
    fields = {n: with_words(_field(file, s), answers[n].heard) for n, s in file.steps.items()}
    return replace(
        dialog,
        settings={**dialog.settings, **_settings(plan)},
        fields={**dialog.fields, **fields},
        stage_of={**dialog.stage_of, **dict.fromkeys(fields, stage)},
        guards={**dialog.guards, **dict.fromkeys(fields, ALWAYS)},
        answers={**dialog.answers, **answers},
    )


def _settings(plan: Plan) -> Mapping[str, str]:
    if plan.suggested is None:
        return {}
    region = plan.file.regions[plan.suggested]
    return {"region": region.name, "number": plan.file.numbers[region.number].spoken}


def _answers(file: SetupFile, step: SetupStep) -> Answers:
    if step.kind == "yes_no":
        return Answers.model_validate({})
    said = {name: number.heard for name, number in file.numbers.items()}
    heard = Heard.model_validate({"values": said})
    return Answers.model_validate({"values": said, "heard": heard, "around": file.around_number})


def _field(file: SetupFile, step: SetupStep) -> AnyField:
    if step.kind == "yes_no":
        return YesNoField(kind="yes_no", ask=step.ask, reask=step.reask, help=step.help,
                          why=step.why, source=SOURCE)  # fmt: skip
    first = next(iter(file.numbers))
    return ChoiceField.model_validate(
        {
            "kind": "choice",
            "ask": step.ask,
            "reask": step.reask,
            "help": step.help,
            "why": step.why,
            "source": SOURCE,
            "values": list(file.numbers),
            "unsure": first,
            "safe": first,
            "spoken": {name: number.spoken for name, number in file.numbers.items()},
        }
    )
