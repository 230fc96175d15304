"""The whole check of a dialog: every property, its findings, and how long it took."""

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from voice_skill.cluster import on_cluster
from voice_skill.content import Content
from voice_skill.dialog.decision import rank
from voice_skill.dialog.dialog import Dialog
from voice_skill.errors import DialogError
from voice_skill.proof import structure, use
from voice_skill.proof.coach_text import CoachText
from voice_skill.proof.declared import idle, with_reasons
from voice_skill.proof.finding import Finding, Places
from voice_skill.proof.parts import PARTS, mark_of, part_there
from voice_skill.proof.table import Table
from voice_skill.proof.talk import Talker
from voice_skill.runtime.typed.check import NOISE
from voice_skill.understanding.templates import expand

PROPERTIES = (
    "no_red_flag_reaches_exercise",
    "floors_hold",
    "limits_hold",
    "a_warm_up_stops_when_it_must",
    "every_branch_of_a_warm_up_is_reached",
    "the_way_back_never_hurries",
    "every_step_of_the_way_back_is_reached",
    "every_combination_has_a_disposition",
    "worse_answers_never_lower_the_care",
    "doubt_never_reaches_exercise",
    "danger_phrases_reach_their_question",
    "an_emergency_is_never_lowered",
    "answers_mean_what_they_say",
    "answers_sound_different",
    "every_answer_can_be_heard",
    "every_end_says_what_it_must",
    "every_rule_can_hold",
    "every_rule_can_decide",
    "every_question_can_come_up",
    "every_question_ends",
    "every_question_can_be_asked_again",
    "prompts_fit_in_the_ear",
    "prompts_hold_no_answer",
    "every_declaration_is_needed",
)


@dataclass(frozen=True)
class Report:
    """The outcome of one check. states: questions and ends. seconds: the time it took.

    whole: whether everything was checked. What cannot be read, or waits for itself, proves nothing.
    """

    findings: tuple[Finding, ...]
    states: int
    seconds: float
    sessions: dict[str, float]
    whole: bool = True

    @property
    def passed(self) -> bool:
        """Whether nothing but notes was found."""
        return all(finding.severity == "note" for finding in self.findings)

    def as_json(self) -> dict[str, Any]:
        """Plain data, as `check --json` prints it."""
        refuted = {finding.rule for finding in self.findings if finding.severity != "note"}
        names = [*PROPERTIES, *sorted(refuted - set(PROPERTIES))]
        otherwise = "proved" if self.whole else "not_checked"
        return {
            "properties": {n: "refuted" if n in refuted else otherwise for n in names},
            "findings": [finding.as_json() for finding in self.findings],
            "states": self.states,
            "sessions": self.sessions,
            "seconds": round(self.seconds, 3),
        }


def check_folder(folder: Path, dask: str | None = None) -> Report:
    """Check a dialog folder. What cannot be read is a finding as well, not an exception.

    dask: a cluster that does the work; the result is the same. Raises ClusterError.
    """
    start = time.monotonic()
    try:
        content = Content.from_folder(folder)
        dialog, safety = content.dialog, content.safety
        places = Places.from_folder(folder, dialog)
        here = Table(dialog, safety, CoachText.of(content))
        talker = Talker(dialog, content.understander)
        talker.read_templates()
    except DialogError as error:
        unread = tuple(unreadable(folder, error))
        return Report(unread, 0, time.monotonic() - start, {}, whole=False)
    cyclic = list(use.cycles(here))
    everything = cyclic or _findings(folder, here, talker, dask)
    told = cyclic or [*with_reasons(everything, safety), *idle(everything, safety)]
    found = [places.placed(finding) for finding in told]
    explained = tuple(with_script(finding, talker) for finding in found)
    states = len(dialog.fields) + len(dialog.dispositions)
    sessions = {} if cyclic else structure.sessions(here)
    return Report(explained, states, time.monotonic() - start, sessions, whole=not cyclic)


def unreadable(folder: Path, error: DialogError) -> Iterator[Finding]:
    """One finding for each line of a reading error."""
    for text in str(error).splitlines():
        file, _, message = text.partition(":")
        line, _, placed = message.partition(":")
        if line.isdigit():  # and then the column
            message = placed.partition(":")[2]
        if not Path(file).is_relative_to(folder) or not message:
            file, line, message = *_place_of_template(folder, text), text
        yield Finding(
            "the_dialog_can_be_read",
            "error",
            message.strip(),
            file=file,
            line=int(line) if line.isdigit() else 1,
        )


def _place_of_template(folder: Path, text: str) -> tuple[str, str]:
    """File and line of the template that an error is about, since it is read once all files are."""
    quoted = re.match(r"the template '(.+)' (?:cannot|stands)", text)
    for file in sorted(folder.rglob("*.yaml")) if quoted else ():
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            if quoted and quoted[1] in line:
                return str(file), str(number)
    return str(folder), "1"


def _findings(folder: Path, here: Table, talker: Talker, dask: str | None) -> list[Finding]:
    """Everything that is found, safety first."""
    if dask is None:
        return [finding for part in PARTS for finding in part(here, talker)]
    work = partial(part_there, folder.resolve(), mark_of(folder))
    done = dict(on_cluster(dask, work, range(len(PARTS))))
    return [finding for place in range(len(PARTS)) for finding in done[place]]


def _uncovered(dialog: Dialog) -> dict[str, str]:
    """A complaint that the dialog does not cover, where free speech is asked for."""
    opening = next((n for n, asked in dialog.fields.items() if asked.role == "opening"), None)
    said = [text for t in dialog.phrases.out_of_scope for text in expand(t)]
    return {opening: min(said, key=len)} if opening and said else {}


def with_script(finding: Finding, talker: Talker) -> Finding:
    """The finding with the conversation that shows it.

    A rule table may be broken where no conversation is: the questions end once no answer could
    raise the care, and what is not asked counts as safe. Then there is no script.
    """
    if finding.said is None:
        return finding
    dialog = talker.dialog
    said = dict(finding.said)
    instead = {name: talker.line(name, line) for name, line in finding.words.items()}
    if said.pop("incomplete", None):
        first = next(n for n in dialog.fields if dialog.fields[n].role == "question"
                     and dialog.stage_of[n].not_heard == "incomplete"
                     and n not in finding.said)  # fmt: skip
        instead[first] = NOISE
    if said.pop("not_covered", None):
        instead |= _uncovered(dialog)
    state, lines = talker.hold(said, instead)
    care = state.finished.care if state.finished else None
    if care and finding.least and rank(care) >= rank(finding.least):
        message = f"{finding.message}; a conversation ends before, at {care}: see `decide`"
        return replace(finding, message=message)
    return replace(finding, counterexample=tuple(lines))
