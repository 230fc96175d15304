"""Proofs over turns: doubt, silence and commands, said over and over, in every question.

What is not asked later counts as safe, so the decision at once is the mildest that can follow.
"""

from collections.abc import Iterator, Mapping

from voice_skill.dialog.decision import rank
from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.events import Answered, Event, NoInput, NoMatch
from voice_skill.dialog.fields import YesNoField, mildest, reassuring
from voice_skill.dialog.interpretation import Interpretation
from voice_skill.dialog.machine import step
from voice_skill.dialog.model import CareLevel
from voice_skill.dialog.state import State, decision
from voice_skill.proof.finding import Finding
from voice_skill.proof.moments import Moment, floor
from voice_skill.proof.table import Table
from voice_skill.proof.talk import SAFE
from voice_skill.runtime.typed.check import FAINT, PIECES
from voice_skill.understanding.templates import expand

NOT_HEARD: CareLevel = "OUT_OF_SCOPE"
"""The least that a safety question comes to whose value stays unknown: an unknown age may be a
child's; all others come to more (brief 2.1, brief 2.6.3)."""
HEDGES = ("not really", "um, then the safe answer")
"""Enough for a no, except where it must be clear (brief 2.1)."""
SAID: Mapping[str, str] = {
    "um, then the safe answer": f"um, {SAFE}",
    "a faint safe answer": f"{FAINT} {SAFE}",
    "a yes among words that mean nothing here": f"{PIECES} oh, yes, well",
}
"""What is said literally, as a line of a script, where a doubt has a name of its own."""
TURNS = 12
"""More turns than one question ever takes: a question that is still open then has no end."""


def doubts(name: str, dialog: Dialog) -> dict[str, Event]:
    """Everything that is not a clear answer, by name."""
    asked = dialog.fields[name]
    found: dict[str, Event] = {
        "<silence>": NoInput(),
        "<noise>": NoMatch(),
        "i don't know": Answered(Interpretation("unsure", reason="dont_know")),
        "words that mean nothing here": Answered(Interpretation("unsure", reason="unclear")),
        "i'd rather not say": Answered(Interpretation("nomatch", reason="refusal")),
    }
    if isinstance(asked, YesNoField):
        found["a yes among words that mean nothing here"] = NoMatch(alarm="yes")
        found["a bit"] = Answered(Interpretation("match", "yes", name, "hedged_yes"))
        found["yes and no"] = Answered(Interpretation("match", "yes", name, "contradiction"))
        found["skip"] = Answered(Interpretation("match", "skip", name, "refusal"))
    eased = reassuring(asked)
    if eased == "yes":
        found["right"] = Answered(Interpretation("match", eased, name, "weak"))
    elif eased is not None:
        found["um, then the safe answer"] = Answered(
            Interpretation("match", eased, name, "hesitant")
        )
    if asked.kind in ("yes_no", "choice"):
        found["not really"] = Answered(Interpretation("unsure", "no", name, "hedged_no"))
    safe = mildest(asked)
    if safe is not None:
        found["a faint safe answer"] = Answered(Interpretation("match", safe, name), certain=False)
    return found


def never_safe(table: Table, reached: list[Moment]) -> Iterator[Finding]:
    """Silence, noise, doubt or refusal about a safety question is never taken for the safe answer.

    Which questions, and where a hedged no is enough, stands in `safety.yaml`.
    """
    for moment in reached:
        name = moment.name
        safety = table.safety
        late = name in safety.must_not_be_assumed
        if not late and name not in safety.must_be_heard:
            continue
        for words, event in doubts(name, table.dialog).items():
            hedge = words in HEDGES and name not in safety.must_be_clear
            skip = words in ("skip", "i'd rather not say") and name in safety.may_be_skipped
            if hedge or skip or (words == "skip" and not table.dialog.fields[name].skippable):
                continue
            state = settled(table.dialog, moment, event)
            what = _wrong(table, moment, state, "REST" if late else NOT_HEARD)
            if what is not None:
                yield _finding(moment, words, *what)


def _wrong(table: Table, moment: Moment, state: State, least: CareLevel) -> tuple[str, str] | None:
    """What a doubt must not lead to: no end, a yes to the summary, a safe answer, exercise."""
    name, given = moment.name, state.answers.get(moment.name)
    if state.current == name and not state.finished:
        return "every_question_ends", "is asked without end"
    if given is None:
        return None
    rule = "doubt_never_reaches_exercise"
    if table.dialog.fields[name].role == "readback":
        return (rule, "counts as a yes to the summary") if given.value == "yes" else None
    if given.how != "incomplete" and _eased(table.dialog, state, name):
        return rule, f"counts as {given.value}"
    care = decision(table.dialog, state).care
    if given.value is None and rank(care) < rank(least):
        return rule, f"comes to {care} though nothing was heard"
    return None


def _eased(dialog: Dialog, state: State, name: str) -> bool:
    """Whether the answer as it stands is the one that reassures. A follow-up that settles another
    question only does so by what it makes of that one."""
    asked, value = dialog.fields[name], state.answers[name].value
    if isinstance(asked, YesNoField) and asked.settles:
        return state.answers[asked.settles.field].value == asked.settles.yes
    return value in (mildest(asked), "skip")


def settled(dialog: Dialog, moment: Moment, event: Event) -> State:
    """The state once the question is no longer open, the same turn being repeated."""
    state = moment.state
    for _ in range(TURNS):
        state, effects = step(dialog, state, event)
        if state.finished or (floor(effects) != moment.name and not state.pending):
            break
    return state


def commanded(table: Table, reached: list[Moment]) -> Iterator[Finding]:
    """No command but a new start, said over and over, keeps a question open for ever.

    Commands know nothing of a question but its stage, its kind and its role: one of each is tried.
    """
    dialog = table.dialog
    alike: dict[tuple[str, str, str], Moment] = {}
    for moment in reached:
        asked = dialog.fields[moment.name]
        alike.setdefault((dialog.stage_of[moment.name].id, asked.kind, asked.role), moment)
    for moment in alike.values():
        for name, templates in dialog.phrases.universals.items():
            if name == "start_over":
                continue
            state = settled(dialog, moment, Answered(Interpretation("universal", name)))
            if state.current == moment.name and not state.finished and not state.paused:
                words = next(iter(expand(templates[0])))
                yield _finding(moment, words, "every_question_ends", "is asked without end")


def _finding(moment: Moment, words: str, rule: str, what: str) -> Finding:
    return Finding(
        rule,
        "error",
        f"in '{moment.name}', '{words}' {what}",
        "see unsure, not_heard, attempts and hedged_no of its stage and field",
        ("field", moment.name),
        moment.said,
        {moment.name: SAID.get(words, words)},
    )
