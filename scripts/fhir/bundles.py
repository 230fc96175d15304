"""Writes bundles for the validator: `python -m scripts.fhir.bundles GOOD BAD`.

GOOD gets sessions of every persona: answered plainly, with silence, noise, doubt and refusals, and
broken off. BAD gets the same ones, each with one planted error, named by its file.
"""

import copy
import json
import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.effects import Listen
from voice_skill.paths import dialog_folder
from voice_skill.runtime.people.persona import Persona, personas
from voice_skill.runtime.typed.check import NOISE, SILENCE, run_typed
from voice_skill.storage.record import fingerprint
from voice_skill.surfaces.clinic.bundle import bundle
from voice_skill.surfaces.clinic.visit import Visit, asked_in
from voice_skill.surfaces.clinic.wording import read_letter
from voice_skill.understanding.understander import Understander
from voice_skill.visit.conversation import Conversation
from voice_skill.visit.report import Report

TROUBLES = (SILENCE, NOISE, "i don't know", "i'd rather not say", "skip", "xyzzy")
MANNERS = (0.0, 0.15, 0.4, 0.8)
"""How often somebody says one of these instead of the answer."""
BREAKS_OFF = 0.05


def visits(seed: int = 1) -> Iterator[Visit]:
    """Sessions of every persona in every manner."""
    dialog = Dialog.from_folder(dialog_folder())
    understander = Understander.from_dialog(dialog)
    chance = random.Random(seed)
    for name in personas(dialog_folder()):
        for trouble in MANNERS:
            who = Persona.named(name, dialog_folder())
            talk = Conversation(dialog, understander)
            run_typed(talk, talk.begin(), _reply(who, chance, trouble), None)
            began = "2026-03-01T08:00:00+00:00"
            report = Report.from_session(dialog, talk.state, talk.turns, began)
            yield Visit(f"{name}-{trouble}", dialog, fingerprint(dialog),
                        asked_in(dialog, talk.state), report.to_json())  # fmt: skip


def _reply(who: Persona, chance: random.Random, trouble: float) -> Callable[[Listen], str | None]:
    def reply(floor: Listen) -> str | None:
        if trouble and chance.random() < BREAKS_OFF:
            return None
        if chance.random() < trouble:
            return chance.choice(TROUBLES)
        return who.answer(floor.field)

    return reply


def _resource(made: dict[str, Any], kind: str) -> dict[str, Any]:
    found: dict[str, Any] = next(
        e["resource"] for e in made["entry"] if e["resource"]["resourceType"] == kind
    )
    return found


def _answers(made: dict[str, Any], key: str) -> dict[str, Any]:
    """The first item of the answers whose answer has this key."""
    groups = _resource(made, "QuestionnaireResponse")["item"]
    found: dict[str, Any] = next(
        item for group in groups for item in group["item"] if key in item.get("answer", [{}])[0]
    )
    return found


def _unknown_link(made: dict[str, Any]) -> None:
    _answers(made, "valueBoolean")["linkId"] = "nothing_like_it"


def _wrong_type(made: dict[str, Any]) -> None:
    _answers(made, "valueBoolean")["answer"] = [{"valueString": "no"}]


def _foreign_code(made: dict[str, Any]) -> None:
    _answers(made, "valueCoding")["answer"][0]["valueCoding"] = {"system": "urn:x", "code": "no"}


def _nobody(made: dict[str, Any]) -> None:
    del _resource(made, "RiskAssessment")["subject"]


def _no_such_status(made: dict[str, Any]) -> None:
    _resource(made, "QuestionnaireResponse")["status"] = "fine"


def _no_such_reason(made: dict[str, Any]) -> None:
    groups = _resource(made, "QuestionnaireResponse")["item"]
    item = next(item for group in groups for item in group["item"] if "extension" in item)
    item["extension"][0]["valueCode"] = "probably-no"


def _no_link(made: dict[str, Any]) -> None:
    del _answers(made, "valueBoolean")["linkId"]


def _two_of_one(made: dict[str, Any]) -> None:
    groups = _resource(made, "Questionnaire")["item"]
    groups[1]["item"].append(copy.deepcopy(groups[1]["item"][0]))


def _script(made: dict[str, Any]) -> None:
    text = _resource(made, "RiskAssessment")["text"]
    text["div"] = text["div"].replace("<p>", "<script>x</script><p>", 1)


ERRORS = (_unknown_link, _wrong_type, _foreign_code, _nobody, _no_such_status, _no_such_reason,
          _no_link, _two_of_one, _script)  # fmt: skip


def main() -> int:
    """Write both folders."""
    good, bad = map(Path, sys.argv[1:3])
    wording = read_letter(dialog_folder())
    made = [bundle(visit, wording) for visit in visits()]
    for number, one in enumerate(made):
        (good / f"{number:03}.json").write_text(json.dumps(one), encoding="utf-8")
    for plant in ERRORS:
        one = copy.deepcopy(next(m for m in made if _takes(plant, m)))
        plant(one)
        path = bad / f"{plant.__name__.strip('_')}.json"
        path.write_text(json.dumps(one), encoding="utf-8")
    return 0


def _takes(plant: Callable[[dict[str, Any]], None], made: dict[str, Any]) -> bool:
    try:
        plant(copy.deepcopy(made))
    except (StopIteration, KeyError):
        return False
    return True


if __name__ == "__main__":
    raise SystemExit(main())
