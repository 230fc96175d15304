"""The dialog as written in YAML: one frozen class for each noun of the language.

What is asked stands in `fields`. The classes are also the source of the JSON Schema that editors
use (`schema.py`).
"""

from typing import Literal

from pydantic import Field

from voice_skill.dialog.fields import AnyField
from voice_skill.dialog.node import Node, Templates
from voice_skill.dialog.roles import AfterASign, Roles


class Stage(Node):
    """A block of fields that share how doubt is handled."""

    id: str
    title: str
    say: str | None = None
    """Spoken once when the stage begins."""
    attempts: int = Field(ge=1, le=5)
    """How often a field is asked in all before silence or noise ends it."""
    not_heard: Literal["incomplete", "unknown", "unsure"]
    """What a field becomes when it is never heard: incomplete ends in the rule of what is
    `incomplete`; unsure is doubt, so that the longer way is asked."""
    hedged_no: Literal["reask", "accept"]
    """What "not really" does: ask again (a second hedge is a yes), or take as no."""


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
    begins: Templates = ()
    """What asks for a check, where something waits to be asked: an assistant, a service."""
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
"""From the least to the most acute (brief 1, brief 2.6)."""


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
    fresh_minutes: int = Field(30, ge=1, le=60)
    """So long a check or a warm-up that was cut off is gone on with; then its answers are old."""
    roles: Roles = Roles()
    """Which questions the warm-up, the way back and the diary read."""
    after_a_sign: tuple[AfterASign, ...] = ()
    """What is known once a warm-up met a warning sign."""
    stages: tuple[str, ...]
    """The files of the stages, in order, without `.yaml`."""


class MessagesFile(Node):
    """Everything else the skill says, by name."""

    messages: dict[str, str]
