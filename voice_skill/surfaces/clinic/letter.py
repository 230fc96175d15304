"""A letter of one page that a person can hand over: what was asked, answered and advised."""

from dataclasses import dataclass

from voice_skill.dialog.fields import YesNoField
from voice_skill.pages.render import render
from voice_skill.surfaces.clinic.visit import Asked, Visit
from voice_skill.surfaces.clinic.wording import LetterWording

_TO_THE_MINUTE = len("2026-01-01T08:00")


@dataclass(frozen=True)
class Section:
    """A heading with its lines. aside: they may stand in one paragraph, in small letters."""

    heading: str
    lines: tuple[str, ...]
    aside: bool = False


@dataclass(frozen=True)
class Letter:
    """The whole page, before it is laid out."""

    title: str
    when: str
    about: str
    sections: tuple[Section, ...]


def letter(visit: Visit, wording: LetterWording) -> Letter:
    """Sections that hold nothing are left out, but for what was denied and what was not asked."""
    outcome, heads = visit.outcome, wording.headings
    told = [asked for asked in visit.asked if asked.value is not None]
    rules = [f"{rule}: {why}" for rule, why in outcome["why"].items()]
    sections = [
        Section(heads.result, (wording.result(outcome["care"], outcome["time_frame"]),)),
        Section(heads.rules, tuple(rules) or (_no_rules(visit, wording),), aside=True),
        Section(heads.reported, tuple(_told(a, wording) for a in told if not a.reassuring)),
        Section(heads.denied, _topics([a for a in told if a.reassuring], wording), aside=True),
        Section(heads.unsure, _questions(visit, "unsure")),
        Section(heads.not_heard, _questions(visit, "not_heard")),
        Section(heads.declined, _questions(visit, "declined")),
        Section(heads.not_asked, _topics(_standing(visit, "not_asked"), wording), aside=True),
        Section(heads.warm_up, _warm_up(visit)),
        Section(heads.advice, tuple(outcome["spoken"]), aside=True),
        Section(heads.signs, (str(outcome["safety_net"]),), aside=True),
    ]
    always = (heads.reported, heads.denied, heads.not_asked)
    filled = [
        s if s.lines else Section(s.heading, (wording.none,))
        for s in sections
        if s.lines or s.heading in always
    ]
    when = str(outcome["started_at"])[:_TO_THE_MINUTE].replace("T", " ")
    return Letter(wording.title, when, wording.about, tuple(filled))


def _no_rules(visit: Visit, wording: LetterWording) -> str:
    return wording.none if visit.outcome["care"] is None else wording.no_rules


def _told(asked: Asked, wording: LetterWording) -> str:
    known = f" {wording.standing['known']}" if asked.standing == "known" else ""
    return f"{asked.question} {asked.shown}{known}"


def _topics(found: list[Asked], wording: LetterWording) -> tuple[str, ...]:
    """Each in few words; what stands only in an earlier session says so."""
    rows = []
    for asked in found:
        text = asked.topic
        if asked.value is not None and not isinstance(asked.field, YesNoField):
            text = f"{asked.topic}: {asked.shown}"
        known = f" {wording.standing['known']}" if asked.standing == "known" else ""
        rows.append(f"{text}{known}")
    return tuple(rows)


def _standing(visit: Visit, standing: str) -> list[Asked]:
    return [asked for asked in visit.asked if asked.standing == standing]


def _questions(visit: Visit, standing: str) -> tuple[str, ...]:
    return tuple(asked.question for asked in _standing(visit, standing))


def _warm_up(visit: Visit) -> tuple[str, ...]:
    done = visit.outcome.get("warm_up")
    if not done:
        return ()
    drills = ", ".join(name.replace("_", " ") for name in done["done"])
    return (f"{done['routine']}: {done['outcome']}" + (f" ({drills})" if drills else ""),)


def to_html(made: Letter) -> str:
    """A page that prints on one sheet."""
    return render("letter.html", title=made.title, letter=made)
