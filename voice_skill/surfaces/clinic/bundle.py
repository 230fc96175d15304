"""A session as one FHIR R4 Bundle: questions, answers, and what came of them.

It names nobody: the Patient in it has no name, and whoever files it says who it is.
"""

from html import escape
from typing import Any
from uuid import UUID

from voice_skill import __version__
from voice_skill.surfaces.clinic.questionnaire import (
    Resource,
    answers,
    name_of,
    questionnaire,
    url,
)
from voice_skill.surfaces.clinic.visit import Visit
from voice_skill.surfaces.clinic.wording import LetterWording

_XHTML = "http://www.w3.org/1999/xhtml"


def bundle(visit: Visit, wording: LetterWording) -> Resource:
    """Questionnaire, QuestionnaireResponse, RiskAssessment, the person and the program."""
    parts = {
        "patient": _patient(wording),
        "device": _device(),
        "questionnaire": {
            **questionnaire(visit),
            "text": _narrative([wording.about, *(asked.question for asked in visit.asked)]),
        },
        "response": _response(visit, wording),
        "risk": _risk(visit, wording),
    }
    entries = []
    for part, resource in parts.items():
        named = name_of(visit, part)
        entries.append({"fullUrl": _urn(named), "resource": {"id": str(named), **resource}})
    return {
        "resourceType": "Bundle",
        "type": "collection",
        "timestamp": visit.outcome["started_at"],
        "entry": [{**e, "resource": _ordered(e["resource"])} for e in entries],
    }


def _ordered(resource: Any) -> Resource:
    """The type first, as people read it."""
    return {"resourceType": resource["resourceType"], **resource}


def _urn(name: UUID) -> str:
    return f"urn:uuid:{name}"


def _to(visit: Visit, part: str) -> Resource:
    return {"reference": _urn(name_of(visit, part))}


def _patient(wording: LetterWording) -> Resource:
    return {"resourceType": "Patient", "text": _narrative([wording.nobody])}


def _device() -> Resource:
    return {
        "resourceType": "Device",
        "text": _narrative([f"voice_skill {__version__}"]),
        "deviceName": [{"name": "voice_skill", "type": "model-name"}],
        "version": [{"value": __version__}],
    }


def _response(visit: Visit, wording: LetterWording) -> Resource:
    lines = [wording.about]
    for asked in visit.asked:
        told = f"{asked.shown}. {wording.standing[asked.standing]}"
        lines.append(f"{asked.question} {told.removeprefix('. ')}")
    return {
        "resourceType": "QuestionnaireResponse",
        "text": _narrative(lines),
        "questionnaire": f"{url(visit)}|{visit.dialog.version}",
        "status": "completed" if visit.outcome["finished"] else "stopped",
        "subject": _to(visit, "patient"),
        "authored": visit.outcome["started_at"],
        "author": _to(visit, "device"),
        "source": _to(visit, "patient"),
        "item": answers(visit),
    }


def _risk(visit: Visit, wording: LetterWording) -> Resource:
    """What was advised, and by which rules. Where no level was reached, there is no prediction."""
    outcome = visit.outcome
    told = wording.result(outcome["care"], outcome["time_frame"])
    advice = list(outcome["spoken"])
    rules = [f"{rule}: {why}" for rule, why in outcome["why"].items()]
    found: Resource = {
        "resourceType": "RiskAssessment",
        "text": _narrative([wording.about, told, *advice, *rules]),
        "status": "final" if outcome["finished"] else "preliminary",
        "method": {"text": f"{outcome['dialog']}, {visit.mark}"},
        "subject": _to(visit, "patient"),
        "occurrenceDateTime": outcome["started_at"],
        "performer": _to(visit, "device"),
        "basis": [_to(visit, "response")],
        "note": [{"text": wording.about}],
    }
    if outcome["care"] is None:
        return found
    prediction: Resource = {"outcome": {"text": told}}
    if rules:
        prediction["rationale"] = "; ".join(rules)
    found["prediction"] = [prediction]
    if advice:
        found["mitigation"] = " ".join(advice)
    return found


def _narrative(lines: list[str]) -> Resource:
    body = "".join(f"<p>{escape(line, quote=False)}</p>" for line in lines)
    return {"status": "generated", "div": f'<div xmlns="{_XHTML}">{body}</div>'}
