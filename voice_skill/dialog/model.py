"""The dialog as written in YAML: one frozen class for each noun of the language.

The classes are also the source of the JSON Schema that editors use (`schema.py`).
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Templates = tuple[str, ...]
"""Sentence templates in hassil's notation: `(yes|yeah) [i do]`."""


class Node(BaseModel):
    """Base of all: immutable, no unknown keys, no silent conversion of types."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Stage(Node):
    """A block of fields that share how doubt is handled."""

    id: str
    title: str
    say: str | None = None
    """Spoken once when the stage begins."""
    attempts: int = Field(ge=1, le=5)
    """How often a field is asked in all before silence or noise ends it."""
    not_heard: Literal["incomplete", "unknown"]
    """What a field becomes when it is never heard: incomplete ends in rule U10."""
    hedged_no: Literal["reask", "accept"]
    """What "not really" does: ask again (a second hedge is a yes), or take as no."""


class ReaskOn(Node):
    """Words that need one particular question before they mean yes or no."""

    phrases: Templates
    ask: str


class AskWhen(Node):
    """Another wording of the question for some situations."""

    when: str
    ask: str


class Settles(Node):
    """A follow-up whose answer settles the value of the field that led to it."""

    field: str
    yes: str
    otherwise: str


class FieldBase(Node):
    """What every field has."""

    ask: str
    ask_when: tuple[AskWhen, ...] = ()
    """The first one whose expression holds replaces `ask`."""
    reask: tuple[str, ...] = ()
    """Tapered: the second, third... way of asking. The last one repeats."""
    help: str | None = None
    why: str
    """Spoken on "why do you ask"."""
    source: str
    """Where the question comes from, for the clinician who reviews it."""
    when: str | None = None
    """Expression: asked only if true. Absent = always."""
    again_when: str | None = None
    """Expression: asked in this session although the profile knows it, if true."""
    profile: bool = False
    """Kept on the device between sessions."""
    told: str | None = None
    """How what is kept of it is told on request: `your age is {value}`."""
    role: Literal[
        "question", "gate", "opening", "readback", "wrong_part", "health_changed", "confirm"
    ] = "question"
    reask_on: tuple[ReaskOn, ...] = ()
    read_back: bool = False
    """By ear, any number and any answer but the gravest is read back, plain or not."""
    skippable: bool = False
    """A refusal ("skip") is accepted and changes nothing."""


class YesNoField(FieldBase):
    """Answers yes or no; `no` is the safe one."""

    kind: Literal["yes_no"]
    yes: Templates = ()
    no: Templates = ()
    unsure: Literal["yes", "no"] = "yes"
    """The value taken when doubt remains."""
    safe: Literal["no"] = "no"
    settles: Settles | None = None


class ChoiceField(FieldBase):
    """Answers one of some values, written from the safest to the most severe."""

    kind: Literal["choice"]
    values: dict[str, Templates]
    strict: bool = True
    """Whether the mildest value needs every word of the answer to be understood."""
    unsure: str
    safe: str
    spoken: dict[str, str] = {}
    """How a value is named when it is read back: `out_of_blue: "out of the blue"`."""


class NumberField(FieldBase):
    """Answers a whole number."""

    kind: Literal["number"]
    minimum: int
    maximum: int
    safe: int
    unit_words: tuple[str, ...] = ()
    """Words that may follow the number: "out of ten"."""
    words: dict[str, Templates] = {}
    """Number (as text) -> words that stand for it, taken after `ask_number` failed once."""
    ask_number: str | None = None


class DurationField(FieldBase):
    """Answers how long, kept as whole days."""

    kind: Literal["duration"]
    safe: int
    words: dict[str, Templates] = {}
    """Days (as text) -> phrases that stand for them."""


class FreeField(FieldBase):
    """Takes anything; only positive findings are drawn from it."""

    kind: Literal["free"]


AnyField = Annotated[
    YesNoField | ChoiceField | NumberField | DurationField | FreeField,
    Field(discriminator="kind"),
]


def reassuring(field: AnyField) -> str | int | None:
    """The answer that can only make the outcome milder, or None where no answer can."""
    if field.role in ("wrong_part", "opening"):
        return None
    if isinstance(field, YesNoField):
        return "yes" if field.settles or field.role in ("readback", "confirm") else "no"
    if isinstance(field, ChoiceField):
        return next(iter(field.values))
    if isinstance(field, NumberField) and field.safe == field.minimum:
        return field.safe
    return None


def could_be_graver(field: AnyField, value: str | int | None) -> bool:
    """Whether another answer to this question is graver than this one."""
    if isinstance(field, ChoiceField) and field.role != "wrong_part":
        return value in field.values and value != list(field.values)[-1]
    return value is not None and value == reassuring(field)


class StageFile(Node):
    """A file of one stage: its handling and its fields in the order they are asked."""

    stage: Stage
    fields: dict[str, AnyField]


class Danger(Node):
    """Phrases that jump to a field from any turn."""

    field: str
    value: str
    explicit: bool
    """True: sets the value at once. False: the field is asked at once."""
    phrases: Templates


class Courtesies(Node):
    """What politely stands before and after an answer and means nothing: "oh", "thank you"."""

    before: Templates = ()
    after: Templates = ()


class Phrases(Node):
    """What people say, whatever the question."""

    yes: Templates
    weak_yes: Templates
    """A yes only when no "no" stands beside it: "right", "sure". Where a yes reassures it is
    confirmed, since "right" sounds like "wrong"."""
    hedged_yes: Templates
    no: Templates
    hedged_no: Templates
    dont_know: Templates
    refusal: Templates
    out_of_scope: Templates
    """Complaints that the skill does not cover: neck, between the shoulder blades."""
    plain: Templates = ()
    """Answers that sound like none that is graver: by ear only these and the gravest count at once.
    Every other one is read back, since "can walk" is "can't walk" with one sound lost."""
    hesitations: Templates = ()
    """What fills a pause before an answer: "um", "let me see". It never weakens a sign, and an
    answer that reassures is confirmed after it."""
    courtesies: Courtesies = Courtesies()
    """What may be heard around an answer. By ear a no among them is read back, unless all of it is
    `plain`. Their words are fillers too."""
    fillers: tuple[str, ...]
    """Words that may stand around a clear no without clouding it."""
    correction: Templates
    """What opens a correction of the last answer: "i meant"."""
    decoys: tuple[str, ...]
    """Words that strangers say, so that they are heard as themselves and not as answers."""
    universals: dict[str, Templates]
    danger: tuple[Danger, ...]


CareLevel = Literal["EMERGENCY", "URGENT", "OUT_OF_SCOPE", "SOON", "ROUTINE", "REST", "WARMUP"]
CARE_ORDER: tuple[CareLevel, ...] = (
    "WARMUP",
    "REST",
    "ROUTINE",
    "SOON",
    "OUT_OF_SCOPE",
    "URGENT",
    "EMERGENCY",
)
"""From the least to the most acute (brief, sections 1 and 2.6)."""


class Rule(Node):
    """One line of the decision table."""

    id: str
    care: CareLevel
    when: str
    why: str
    variant: str | None = None


class RulesFile(Node):
    """The decision table. All rules are evaluated; the highest care wins."""

    rules: tuple[Rule, ...]


class Variant(Node):
    """Another wording or permission of a disposition, for some of its rules."""

    id: str
    rules: tuple[str, ...]
    only: bool = False
    """True: every fired rule of this care level must be listed. False: one is enough."""
    when: str | None = None
    time_frame: str | None = None
    activity: str | None = None
    warm_up: str | None = None
    """The variant of WARMUP whose routine is offered before the walk, though the care is more."""
    say: str


class Disposition(Node):
    """Where to go and how soon, with its wording."""

    time_frame: str
    activity: str
    say: str
    then: tuple[str, ...] = ()
    """Further lines: self-care, what to expect."""
    safety_net: bool
    no_run_days: int | None = None
    variants: tuple[Variant, ...] = ()
    """For WARMUP in order of care: from the fullest to the most careful."""
    doubt_variant: str | None = None
    """The variant given at most when some value is not known."""


class DispositionsFile(Node):
    """All dispositions and the warning signs that follow them."""

    safety_net: str
    safety_net_full: str
    dispositions: dict[CareLevel, Disposition]


class DialogFile(Node):
    """The frame of a dialog: `dialog.yaml`."""

    id: str
    language: str
    title: str
    version: int
    intro: str
    settings: dict[str, str]
    """Named texts that prompts may use in braces; a user's settings replace them."""
    stages: tuple[str, ...]
    """The files of the stages, in order, without `.yaml`."""


class MessagesFile(Node):
    """Everything else the skill says, by name."""

    messages: dict[str, str]
