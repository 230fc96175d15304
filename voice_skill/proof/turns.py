"""Proofs over turns: questions that are never asked, danger phrases, what follows an emergency.

At each moment of `moments` every kind of turn is tried; doubt and commands are in `doubt`.
"""

from collections.abc import Iterator

from voice_skill.dialog.decision import rank
from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.effects import Finish
from voice_skill.dialog.events import Answered, Event, NoInput, NoMatch
from voice_skill.dialog.fields import mildest
from voice_skill.dialog.interpretation import Interpretation
from voice_skill.dialog.machine import step
from voice_skill.dialog.search import Claim
from voice_skill.proof.finding import Finding
from voice_skill.proof.moments import Moment, Walks, answer, floor
from voice_skill.proof.table import Table


def unreached(table: Table, reached: list[Moment]) -> Iterator[Finding]:
    """Every question that may come up is asked in some conversation, not in the table alone."""
    asked = {moment.name for moment in reached}
    for name, field in table.dialog.fields.items():
        if name in asked or field.role == "confirm":
            continue
        if table.brought_up(name) is not None:
            yield Finding("every_question_can_come_up", "warning",
                          f"'{name}' is asked in no conversation: what its answer could bring "
                          "about holds already", "delete it, or declare why it stays",
                          ("field", name))  # fmt: skip


def danger(table: Table, reached: list[Moment]) -> Iterator[Finding]:
    """Danger phrases reach their question, or set their value, from every question."""
    dialog = table.dialog
    for index, item in enumerate(dialog.phrases.danger):
        value = item.value if item.explicit else None
        event = Answered(Interpretation("danger", value, item.field, "explicit"))
        for moment in reached:
            state, effects = step(dialog, moment.state, event)
            given = state.answers.get(item.field)
            taken = given is not None and given.value == item.value
            if not taken and floor(effects) != item.field:
                yield Finding("danger_phrases_reach_their_question", "error",
                              f"a danger phrase of '{item.field}' leads nowhere from "
                              f"'{moment.name}'", "", ("danger", index))  # fmt: skip
                break
    yield from _in_pieces(dialog, reached)


def _in_pieces(dialog: Dialog, reached: list[Moment]) -> Iterator[Finding]:
    """The same of a danger phrase that is heard among words which make no answer."""
    for name in dict.fromkeys(item.field for item in dialog.phrases.danger):
        for moment in reached:
            _, effects = step(dialog, moment.state, NoMatch(mentioned=name))
            if name not in moment.state.answers and floor(effects) != name:
                yield Finding("danger_phrases_reach_their_question", "error",
                              f"in '{moment.name}', a danger phrase of '{name}' among words that "
                              "make no answer leads nowhere", "", ("field", name))  # fmt: skip


def emergency(table: Table) -> Iterator[Finding]:
    """Nothing that is said after an emergency lowers it; only an explicit restart begins anew."""
    dialog, walks = table.dialog, Walks(table.dialog)
    for rule, expression in dialog.rules:
        if rule.care != "EMERGENCY":
            continue
        said = table.shortest([Claim(table.view, expression)])
        if said is None:  # it never holds: `use.rules` tells
            continue
        *_, last = [moment.state for moment in walks.of(said)]
        name = last.current or ""
        end, _ = step(dialog, last, answer(dialog, name, said))
        if end.finished is None or end.finished.care != "EMERGENCY":
            yield Finding("an_emergency_is_never_lowered", "error",
                          f"rule {rule.id} holds, but the conversation goes on or ends elsewhere",
                          "", ("rule", rule.id), said)  # fmt: skip
            continue
        for event in _after(dialog):
            state, effects = step(dialog, end, event)
            ends = [e for e in (*effects, state.finished) if isinstance(e, Finish)]
            if any(e.care is None or rank(e.care) < rank("EMERGENCY") for e in ends) or not ends:
                yield Finding("an_emergency_is_never_lowered", "error",
                              f"after the emergency of rule {rule.id}, {event} lowers it",
                              "", ("rule", rule.id), said)  # fmt: skip
                break


def _after(dialog: Dialog) -> list[Event]:
    commands = [n for n in dialog.phrases.universals if n != "start_over"]
    return [
        NoInput(),
        NoMatch(),
        Answered(Interpretation("match", "no")),
        Answered(Interpretation("match", "yes")),
        *(
            Answered(Interpretation("match", mildest(asked), name, "correction"))
            for name, asked in dialog.fields.items()
            if asked.role == "question"
        ),
        *(Answered(Interpretation("universal", name)) for name in commands),
    ]
