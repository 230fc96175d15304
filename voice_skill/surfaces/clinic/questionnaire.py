"""The dialog's questions as a FHIR R4 Questionnaire, and a session's answers to it.

A question without a clear answer has none here either: its item says why, by the extension
data-absent-reason (https://hl7.org/fhir/R4/extension-data-absent-reason.html). It is never "no".
"""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from voice_skill.dialog.fields import (
    MAX_DAYS,
    AnyField,
    ChoiceField,
    DurationField,
    NumberField,
    YesNoField,
)
from voice_skill.surfaces.clinic.visit import Asked, Standing, Visit

Resource = dict[str, Any]
NAMES = uuid5(NAMESPACE_URL, "voice_skill")
ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
BOUND = "http://hl7.org/fhir/StructureDefinition/{}Value"
UCUM = "http://unitsofmeasure.org"
REASONS: Mapping[Standing, str] = {
    "unsure": "asked-unknown",
    "declined": "asked-declined",
    "not_heard": "unknown",
    "not_asked": "not-asked",
}
"""Codes of http://terminology.hl7.org/CodeSystem/data-absent-reason."""


def name_of(visit: Visit, part: str) -> UUID:
    """A name for a part of a session that is the same each time it is exported."""
    return uuid5(NAMES, f"{visit.session} {part}")


def url(visit: Visit, part: str = "questionnaire") -> str:
    """The canonical name of the questions: another wording of the dialog has another."""
    return f"urn:uuid:{uuid5(NAMES, f'{visit.mark} {part}')}"


def questionnaire(visit: Visit) -> Resource:
    """Every question about the person, in the stages of the dialog."""
    dialog = visit.dialog
    return {
        "resourceType": "Questionnaire",
        "url": url(visit),
        "version": str(dialog.version),
        "title": dialog.title,
        "status": "draft",
        "experimental": True,
        "subjectType": ["Patient"],
        "description": "Information, not a diagnosis. No clinician has reviewed this content.",
        "item": [
            {**group, "type": "group"}
            for group in _in_stages(visit, lambda asked: _question(visit, asked))
        ],
    }


def _in_stages(visit: Visit, made: Callable[[Asked], Resource]) -> list[Resource]:
    groups: dict[str, Resource] = {}
    for asked in visit.asked:
        stage = visit.dialog.stage_of[asked.name]
        named = {"linkId": f"stage-{stage.id}", "text": stage.title}
        group = groups.setdefault(stage.id, {**named, "item": []})
        group["item"].append(made(asked))
    return list(groups.values())


def _question(visit: Visit, asked: Asked) -> Resource:
    item: Resource = {"linkId": asked.name, "text": asked.question, "type": _kind(asked.field)}
    if isinstance(asked.field, ChoiceField):
        item["type"] = "choice"
        item["answerOption"] = [
            {"valueCoding": _coding(visit, asked.field, value)} for value in asked.field.values
        ]
    elif isinstance(asked.field, NumberField):
        ends = (("min", asked.field.minimum), ("max", asked.field.maximum))
        item["extension"] = [{"url": BOUND.format(e), "valueInteger": n} for e, n in ends]
    return item


def _kind(field: AnyField) -> str:
    if isinstance(field, YesNoField):
        return "boolean"
    if isinstance(field, NumberField):
        return "integer"
    return "quantity" if isinstance(field, DurationField) else "text"


def _coding(visit: Visit, field: ChoiceField, value: str) -> Resource:
    shown = field.spoken.get(value, value.replace("_", " "))
    return {"system": url(visit, "answers"), "code": value, "display": shown}


def answers(visit: Visit) -> list[Resource]:
    """The items of a QuestionnaireResponse: all questions, also those that were not asked."""
    return _in_stages(visit, lambda asked: _answered(visit, asked))


def _answered(visit: Visit, asked: Asked) -> Resource:
    item: Resource = {"linkId": asked.name, "text": asked.question}
    absent = REASONS.get(asked.standing)
    if absent is not None:
        return {**item, "extension": [{"url": ABSENT, "valueCode": absent}]}
    return {**item, "answer": [_answer(visit, asked)]}


def _answer(visit: Visit, asked: Asked) -> Resource:
    field, value = asked.field, asked.value
    if isinstance(field, YesNoField):
        return {"valueBoolean": _yes_or_no(value)}
    if isinstance(field, ChoiceField):
        return {"valueCoding": _coding(visit, field, str(value))}
    if isinstance(field, NumberField):
        return {"valueInteger": value}
    if isinstance(field, DurationField):
        days = min(int(value or 0), MAX_DAYS)
        return {"valueQuantity": {"value": days, "unit": "days", "system": UCUM, "code": "d"}}
    return {"valueString": str(value)}


def _yes_or_no(value: object) -> bool:
    """Raises ValueError for anything else: it must never become a no by chance."""
    if value not in ("yes", "no"):
        raise ValueError(f"{value!r} is neither yes nor no")
    return value == "yes"
