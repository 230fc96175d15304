"""The first start as a function: `step(plan, dialog, at, event) -> (at, effects)`.

Events and effects are those of the check. Only a clear yes sets a number: doubt, silence and what
is not understood leave "your local emergency number" as it is.
"""

from dataclasses import dataclass, field, replace

from voice_skill.dialog import machine
from voice_skill.dialog.asking import ask, listen
from voice_skill.dialog.commands import obey
from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.effects import Adjust, Earcon, Effect, Finish, Say
from voice_skill.dialog.events import Answered, Device, Event, Started
from voice_skill.dialog.interpretation import Interpretation
from voice_skill.dialog.state import State, Tries
from voice_skill.setup.questions import Plan
from voice_skill.setup.wording import Route, SetupStep

ANYWHERE = ("repeat", "help", "why", "slower", "faster", "louder", "quieter", "pause", "resume")
"""Commands that leave the step as it is."""
AGAIN = ("go_back", "start_over")
MAX_TURNS = 30
"""So many answers in all: what is misheard each time must not go round in circles for good."""


@dataclass(frozen=True)
class Progress:
    """Where the first start is. said: the number that was heard. number: the one that was agreed.

    danger: the question of a sign of danger that was named. unfinished: whether nobody was heard.
    """

    state: State = field(default_factory=State)
    said: str | None = None
    number: str | None = None
    fetch_model: bool = False
    danger: str | None = None
    unfinished: bool = False
    turns: int = 0


Step = tuple[Progress, tuple[Effect, ...]]


def step(plan: Plan, dialog: Dialog, at: Progress, event: Event) -> Step:
    """One event in, the new progress and what is to be done out."""
    if isinstance(event, Started):
        intro = () if plan.number_alone else _say(dialog, plan.file.intro)
        return _go(plan, dialog, Progress(), plan.start, *intro)
    if isinstance(event, Device):
        state, effects = machine.step(dialog, at.state, event)
        return replace(at, state=state), effects
    if at.state.finished:
        return at, ()
    at = replace(at, turns=at.turns + 1)
    if at.turns > MAX_TURNS:
        return _close(plan, dialog, at)
    if isinstance(event, Answered):
        return _answered(plan, dialog, at, event)
    if at.state.paused:
        return at, (listen(at.state),)
    return _failed(plan, dialog, at)


def _answered(plan: Plan, dialog: Dialog, at: Progress, event: Answered) -> Step:
    meaning = event.interpretation
    if meaning.outcome == "universal":
        return _commanded(plan, dialog, at, str(meaning.value))
    if meaning.outcome == "danger" and meaning.field:
        return _end(replace(at, danger=meaning.field), *_say(dialog, (plan.file.danger,)))
    if at.state.paused:
        return at, (listen(at.state),)
    here = plan.file.steps[at.state.current or ""]
    if meaning.reason == "refusal":
        return _follow(plan, dialog, at, here.on_skip)
    route = _route(here, meaning, event.certain)
    if route is None:
        return _failed(plan, dialog, at)
    said = str(meaning.value) if here.kind == "number" else at.said
    return _follow(plan, dialog, replace(at, said=said), route)


def _route(here: SetupStep, meaning: Interpretation, certain: bool) -> Route | None:
    """A yes or no counts only if it is clear and was heard for certain; a number is read back."""
    if meaning.outcome != "match" or meaning.field is not None:
        return None
    if here.kind == "number":
        return here.on_number
    if not certain or meaning.reason != "clear":
        return None
    return here.on_yes if meaning.value == "yes" else here.on_no


def _commanded(plan: Plan, dialog: Dialog, at: Progress, name: str) -> Step:
    if name == "stop":
        return _close(plan, dialog, at)
    if name in AGAIN:
        return _go(plan, dialog, Progress(number=at.number, turns=at.turns), plan.start)
    if name not in ANYWHERE:
        return _failed(plan, dialog, at)
    state, effects = obey(dialog, at.state, name)
    return replace(at, state=state), effects


def _failed(plan: Plan, dialog: Dialog, at: Progress, *before: Effect) -> Step:
    """Silence, noise or no clear answer: ask again in other words, within limits."""
    tries = replace(at.state.tries, failures=at.state.tries.failures + 1)
    if tries.failures >= plan.file.attempts:
        return _follow(plan, dialog, at, plan.file.steps[at.state.current or ""].on_unheard)
    state, effects = ask(
        dialog, replace(at.state, tries=tries), *(before or (Earcon("not_heard"),))
    )
    return replace(at, state=state), effects


def _follow(plan: Plan, dialog: Dialog, at: Progress, route: Route) -> Step:
    before: list[Effect] = []
    if route.do == "louder":
        before.append(Adjust("volume", 1))
    elif route.do == "take_suggested":
        at = replace(at, number=plan.number)
    elif route.do == "take_said":
        at = replace(at, number=at.said)
    elif route.do == "fetch_model":
        at = replace(at, fetch_model=True)
    before += _say(_naming(plan, dialog, at), route.say)
    if route.again:
        return _failed(plan, dialog, at, *before)
    if route.unfinished:
        return _end(replace(at, unfinished=True), *before)
    if route.then is None:
        return _close(plan, dialog, at, *before)
    return _go(plan, dialog, at, route.then, *before)


def _go(plan: Plan, dialog: Dialog, at: Progress, name: str, *before: Effect) -> Step:
    """Ask a step, or what comes instead where it does not apply here."""
    here = plan.file.steps[name]
    if here.needs is not None and here.needs not in plan.facts:
        return _follow_silently(plan, dialog, at, here.on_skip, before)
    state = replace(at.state, current=name, tries=Tries(), reask=None, history=())
    if at.said is not None and here.kind == "yes_no":
        state = replace(state, reask=_naming(plan, dialog, at).text(here.ask))
    state, effects = ask(dialog, state, *before)
    return replace(at, state=state), effects


def _follow_silently(
    plan: Plan, dialog: Dialog, at: Progress, route: Route, before: tuple[Effect, ...]
) -> Step:
    if route.then is None:
        return _close(plan, dialog, at, *before)
    return _go(plan, dialog, at, route.then, *before)


def _naming(plan: Plan, dialog: Dialog, at: Progress) -> Dialog:
    """The dialog whose texts name the number that was said."""
    if at.said is None:
        return dialog
    spoken = plan.file.numbers[at.said].spoken
    return replace(dialog, settings={**dialog.settings, "number": spoken})


def _close(plan: Plan, dialog: Dialog, at: Progress, *before: Effect) -> Step:
    """What is set, and how to go on."""
    file, known = plan.file, _known(plan, dialog, at)
    told = _say(dialog, (file.number_unknown,))
    if known is not None:
        named = replace(dialog, settings={**dialog.settings, "number": known})
        told = _say(named, (file.number_kept,))
    closing = () if plan.number_alone else _say(dialog, file.closing)
    return _end(at, *before, *told, *closing)


def _known(plan: Plan, dialog: Dialog, at: Progress) -> str | None:
    """The number that will be said; None where none is known."""
    if at.number is not None:
        return plan.file.numbers[at.number].spoken
    now = dialog.settings.get("emergency_number", "")
    return now if any(letter.isdigit() for letter in now) else None


def _end(at: Progress, *effects: Effect) -> Step:
    end = Finish(None, None, ())
    state = replace(at.state, finished=end, current=None, pending=None, paused=False)
    return replace(at, state=state), (Earcon("finished"), *effects)


def _say(dialog: Dialog, lines: tuple[str, ...]) -> tuple[Effect, ...]:
    return (Say(tuple(dialog.text(line) for line in lines)),) if lines else ()
