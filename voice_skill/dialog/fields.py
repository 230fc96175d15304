"""What is asked: one frozen class for each kind of field, and what its answers come to."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from voice_skill.dialog.interpretation import Value
from voice_skill.dialog.node import Node, Templates
from voice_skill.dialog.words import Heard

MAX_PAIN = 10
"""The worst pain there is: it is told from 0 to 10 everywhere."""
MAX_DAYS = 100_000
"""Of a duration: more than any life."""


def _elsewhere(written: object) -> object:
    raise ValueError("how it is said stands in answers/, under `heard`")


def _named(written: object) -> object:
    """The values of a choice as a list of names."""
    if not isinstance(written, tuple | list):
        raise ValueError("list the names alone; how each is said stands in answers/, under `heard`")
    return dict.fromkeys(written, ())


_NEVER, _NAMES = WithJsonSchema({"not": {}}), {"type": "array", "items": {"type": "string"}}
Unwritten = Annotated[Templates, BeforeValidator(_elsewhere), _NEVER]
"""How something is said: filled from `answers/`, never written beside the question."""


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
    topic: str | None = None
    """What it is about in a few words, for "you said something about..."."""
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
    yes: Unwritten = ()
    no: Unwritten = ()
    denied: str | None = None
    """How a no is read back: "no numbness"."""
    unsure: Literal["yes", "no"] = "yes"
    """The value taken when doubt remains."""
    safe: Literal["no"] = "no"
    settles: Settles | None = None


class ChoiceField(FieldBase):
    """Answers one of some values, written from the safest to the most severe."""

    kind: Literal["choice"]
    values: Annotated[dict[str, Templates], BeforeValidator(_named), WithJsonSchema(_NAMES)]
    """From the mildest to the gravest; how each is said stands in `answers/`."""
    strict: bool = True
    """Whether the mildest value needs every word of the answer to be understood."""
    unsure: str
    safe: str
    spoken: dict[str, str] = Field({})
    """How a value is named when it is read back: `out_of_blue: "out of the blue"`."""


class NumberField(FieldBase):
    """Answers a whole number."""

    kind: Literal["number"]
    minimum: int
    maximum: int
    safe: int
    rounds: Literal["up", "down"] = "up"
    """Where a half goes: pain goes up, an age is completed years."""
    words: Annotated[dict[str, Templates], BeforeValidator(_elsewhere), _NEVER] = Field({})
    """Number (as text) -> words that stand for it, taken after `ask_number` failed once."""
    ask_number: str | None = None


class DurationField(FieldBase):
    """Answers how long, kept as whole days."""

    kind: Literal["duration"]
    safe: int
    words: Annotated[dict[str, Templates], BeforeValidator(_elsewhere), _NEVER] = Field({})
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


def mildest(field: AnyField) -> str | int | None:
    """The answer that must not be assumed: the reassuring one, or else the safe one."""
    eased = reassuring(field)
    return eased if eased is not None or isinstance(field, FreeField) else field.safe


def grave_unasked(field: AnyField) -> bool:
    """Whether the mildest answer comes to less than leaving the question out does."""
    return not isinstance(field, FreeField) and mildest(field) != field.safe


def could_be_graver(field: AnyField, value: str | int | None) -> bool:
    """Whether another answer to this question is graver than this one."""
    if isinstance(field, ChoiceField) and field.role != "wrong_part":
        return value in field.values and value != list(field.values)[-1]
    return value is not None and value == reassuring(field)


def bounds(field: NumberField | DurationField) -> tuple[int, int]:
    """The lowest and the highest whole number that a field can have; durations are days."""
    return (field.minimum, field.maximum) if isinstance(field, NumberField) else (0, MAX_DAYS)


def possible(field: AnyField) -> tuple[Value, ...] | None:
    """The values a field can have, or None for whole numbers."""
    if isinstance(field, YesNoField):
        return ("yes", "no", "unsure", "skip") if field.skippable else ("yes", "no", "unsure")
    return tuple(field.values) if isinstance(field, ChoiceField) else None


def with_words(field: AnyField, heard: Heard) -> AnyField:
    """The field with the words that are listened for, from `answers/`."""
    if isinstance(field, YesNoField):
        return field.model_copy(update={"yes": heard.yes, "no": heard.no})
    if isinstance(field, ChoiceField):
        values = {value: heard.values.get(value, ()) for value in field.values}
        return field.model_copy(update={"values": values})
    if isinstance(field, NumberField | DurationField):
        return field.model_copy(update={"words": heard.words})
    return field
