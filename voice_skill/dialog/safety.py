"""What must never go wrong in a dialog, written apart from its rules: `safety.yaml`."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import Field, model_validator

from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.expressions import FLAGS, Expression, names, parse
from voice_skill.dialog.limits import Number
from voice_skill.dialog.model import CareLevel
from voice_skill.dialog.node import Node
from voice_skill.dialog.reader import Document, Path_, read_as
from voice_skill.errors import DialogError, ExpressionError


class Floor(Node):
    """A sign and the least care that it must come to."""

    when: str
    at_least: CareLevel
    source: str


class Must(Node):
    """Questions that must be asked. when: in which situations; without it always."""

    ask: tuple[str, ...]
    when: str | None = None
    source: str


class WarmUpLimit(Node):
    """A situation in which only some warm-ups are allowed."""

    when: str
    only: tuple[str, ...]
    source: str


class End(Node):
    """What a disposition may allow and must say. words: one of `a|b` must stand in each text."""

    activities: tuple[str, ...]
    words: tuple[str, ...]
    safety_net: bool = False


class Bound(Node):
    """What a clinical number may be: within these, both counted in. exactly: of a name."""

    at_least: int | CareLevel | None = None
    at_most: int | None = None
    exactly: str | None = None
    source: str

    @model_validator(mode="after")
    def _bounds(self) -> "Bound":
        if (self.exactly is None) == (self.at_least is None and self.at_most is None):
            raise ValueError("give 'at_least' or 'at_most' or both, or else 'exactly'")
        return self

    def in_words(self) -> str:
        """Such as "at least 7"."""
        sides = [("at least", self.at_least), ("at most", self.at_most)]
        told = " and ".join(f"{word} {side}" for word, side in sides if side is not None)
        return self.exactly or told


class Unordered(Node):
    """A field in which a worse answer may come to less care. rules: by these rules only."""

    field: str
    rules: tuple[str, ...] = ()
    why: str


class Declared(Node):
    """Warnings that the author knows of, and why they stay.

    about: fields, rules or words; each warning of this kind about one of them whose message holds
    `holds` becomes a note.
    """

    rule: str
    about: tuple[str, ...]
    holds: str
    why: str


class Mishearing(Node):
    """A graver answer or a doubt that was once heard as something else."""

    field: str
    said: str
    heard: str
    source: str


class MidDrill(Node):
    """What is said freely in mid-drill: signs, pain that travels, what may be pain and is asked
    about, what stops or pauses the count, and what lets it go on."""

    signs: tuple[str, ...] = ()
    travels: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    stopped: tuple[str, ...] = ()
    goes_on: tuple[str, ...] = ()


class Figures(Node):
    """A sentence with a number, and how many days (or points) each one of it is."""

    text: str
    times: int = 1


class Sentences(Node):
    """Whole sentences that must mean what they say, with {sign} for what a question asks about.

    denials: each is a no. traps: none reassures. signs: each is a sign. beside: answers to other
    questions that hold a sign. figures: sentences with {number}. findings: of each question some
    plain words for what it asks about; the dialog's own words are tried as well. alone: the single
    words that may reassure, by question, and under `anywhere` those that may in every question.
    """

    findings: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    denials: tuple[str, ...] = ()
    traps: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    beside: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    figures: dict[str, tuple[Figures, ...]] = Field(default_factory=dict)
    alone: dict[str, tuple[str, ...]] = Field(default_factory=dict)


class Safety(Node):
    """The second entry of everything that safety hangs on."""

    floors: tuple[Floor, ...] = Field(min_length=1)
    warm_ups: tuple[WarmUpLimit, ...] = ()
    offers: tuple[WarmUpLimit, ...] = ()
    """Warm-ups beside a graver advice: nowhere but here, and only these."""
    ends: Mapping[CareLevel, End] = Field(default_factory=dict)
    limits: Mapping[str, Bound] | None = Field(default_factory=dict)
    """Of every number by its name; None where the dialog has no second entry at all."""
    not_ordered: tuple[Unordered, ...] = ()
    must_be_heard: tuple[str, ...] = ()
    """Silence, noise, doubt and refusal are never the safe answer to these."""
    must_be_clear: tuple[str, ...] = ()
    """Nor is a hedged no ("not really") that was not asked again."""
    must_not_be_assumed: tuple[str, ...] = ()
    """Doubt is never the safe answer to these, and silence never ends in a warm-up."""
    may_be_skipped: tuple[str, ...] = ()
    must_ask: tuple[Must, ...] = ()
    ask_only: tuple[Must, ...] = ()
    """Questions whose answers lower the care, and the only situations in which they may."""
    never_a_no: tuple[str, ...] = ()
    """Words that are no clear no in any of `must_be_heard`."""
    no_no_at_once: tuple[str, ...] = ()
    """Words that are no clear no in any of `must_be_clear`."""
    never_decide: Mapping[str, str] = Field(default_factory=dict)
    misheard: tuple[Mishearing, ...] = ()
    """Measured mishearings that must not come to less care at once."""
    declared: tuple[Declared, ...] = ()
    must_mean: Mapping[str, Mapping[str, tuple[str, ...]]] = Field(default_factory=dict)
    said_anywhere: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    in_mid_drill: MidDrill = MidDrill()
    sentences: Sentences = Sentences.model_validate({})


FILE = "safety.yaml"


def read_safety(folder: Path, dialog: Dialog) -> tuple[Safety, Document]:
    """Read and link `safety.yaml`; without one, the least that any dialog must keep.

    Raises DialogError for a file that names what the dialog does not have.
    """
    if not (folder / FILE).is_file():
        return _least(dialog), Document(folder / FILE)
    safety, document = read_as(folder / FILE, Safety)
    problems = [f"{document.where(path)}: {text}" for path, text in _problems(safety, dialog)]
    if problems:
        raise DialogError("\n".join(problems))
    return safety, document


def _least(dialog: Dialog) -> Safety:
    """Every safety question whose answer is not the safe one must keep from exercise."""
    floors = [
        Floor(when=f"{name} != '{field.safe}'", at_least="REST", source="no safety.yaml")
        for name, field in dialog.fields.items()
        if field.role == "question"
        and dialog.stage_of[name].not_heard != "unknown"
        and field.kind in ("yes_no", "choice")
    ]
    unheard = Floor(when="incomplete", at_least="REST", source="no safety.yaml")
    careful = tuple(n for n, f in dialog.fields.items() if f.role in ("question", "readback")
                    and dialog.stage_of[n].not_heard != "unknown")  # fmt: skip
    skippable = tuple(name for name in careful if dialog.fields[name].skippable)
    return Safety(
        floors=(*floors, unheard), limits=None, must_be_heard=careful, may_be_skipped=skippable
    )


_BY_FIELD = ("must_mean", "said_anywhere", "must_be_heard", "must_be_clear", "may_be_skipped",
             "must_not_be_assumed")  # fmt: skip
"""The sections whose keys are questions."""


def _problems(safety: Safety, dialog: Dialog) -> list[tuple[Path_, str]]:
    found: list[tuple[Path_, str]] = []
    known = {*dialog.fields, *FLAGS}
    sections: dict[str, tuple[Floor | WarmUpLimit | Must, ...]] = {
        "floors": safety.floors,
        "warm_ups": safety.warm_ups,
        "offers": safety.offers,
        "must_ask": safety.must_ask,
        "ask_only": safety.ask_only,
    }
    for key, items in sections.items():
        for index, item in enumerate(items):
            asked = set(item.ask) if isinstance(item, Must) else set()
            try:
                strange = (asked | names(parse(item.when or "incomplete"))) - known
            except ExpressionError as error:
                found.append(((key, index), str(error)))
                continue
            found += [((key, index), f"there is no field '{name}'") for name in sorted(strange)]
    about: dict[str, tuple[Unordered | Mishearing, ...]] = {
        "not_ordered": safety.not_ordered,
        "misheard": safety.misheard,
    }
    for key, named in about.items():
        found += [
            ((key, index), f"there is no field '{item.field}'")
            for index, item in enumerate(named)
            if item.field not in dialog.fields
        ]
    for key in _BY_FIELD:
        found += [((key, name), f"there is no field '{name}'")
                  for name in getattr(safety, key) if name not in dialog.fields]  # fmt: skip
    found += _problems_of_limits(safety, dialog)
    rules = {rule.id for rule, _ in dialog.rules}
    found += [(("never_decide", name), f"there is no rule '{name}'")
              for name in safety.never_decide if name not in rules]  # fmt: skip
    return found


def numbers(dialog: Dialog) -> dict[str, Number]:
    """Every clinical number by its name, those of `limits.yaml` and those beside them."""
    found: dict[str, Number] = {name: value for name, value, _ in dialog.limits.entries()}
    found["fresh_minutes"] = dialog.fresh_minutes
    for care, end in dialog.dispositions.items():
        if end.no_run_days is not None:
            found[f"no_run_days.{care}"] = end.no_run_days
    return found


def _problems_of_limits(safety: Safety, dialog: Dialog) -> Iterator[tuple[Path_, str]]:
    """Bounds of what there is not, and those that do not fit a number or a name."""
    known = {**numbers(dialog), **{f"no_run_days.{care}": 0 for care in dialog.dispositions}}
    for name, bound in (safety.limits or {}).items():
        if name not in known:
            yield ("limits", name), f"there is no limit '{name}'"
            continue
        kinds = {type(side) for side in (bound.at_least, bound.at_most) if side is not None}
        if bound.exactly is None and kinds != {type(known[name])}:
            yield ("limits", name), f"the limit '{name}' is {known[name]!r}: it cannot be compared"


def expressions(safety: Safety) -> list[Expression]:
    """Every expression of the file."""
    floors = [parse(floor.when) for floor in safety.floors]
    asked = [parse(item.when) for item in (*safety.must_ask, *safety.ask_only) if item.when]
    limits = (*safety.warm_ups, *safety.offers)
    return floors + asked + [parse(limit.when) for limit in limits]
