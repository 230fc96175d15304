"""The warm-up and the way back to running, for the reviewer: drills, routines, the stop rule."""

from collections.abc import Iterable, Iterator

from voice_skill.coaching.drill import Drill
from voice_skill.coaching.library import Library
from voice_skill.coaching.routine import Asked, RoutineFile
from voice_skill.coaching.wording import CoachDanger, Sentences, StopRule, Wording
from voice_skill.ladder.programme import Programme
from voice_skill.review.blocks import Block, Heading, Paragraph, Table, facts, lines, named
from voice_skill.review.words import condition


def warm_up(library: Library) -> Iterator[Block]:
    """Everything that is said and understood in a warm-up."""
    yield Heading(2, "The warm-up")
    for routine in library.routines.values():
        yield from _routine(routine)
    yield from _stop_rule(library.wording.stop_rule)
    yield Heading(3, "Drills")
    for name, drill in library.drills.items():
        yield _drill(name, drill)
    yield from _coach(library.wording)
    yield from _sentences(library.wording.sentences)


def way_back(programme: Programme) -> Iterator[Block]:
    """Everything that is said on the way back to running."""
    yield Heading(2, "The way back to running")
    rules, days = programme.clinician_decides.rules, programme.clinician_decides.days
    yield facts("When and how", (
        ("Not offered after these rules", f"{', '.join(rules)}, for {days} days"),
        ("At the end of the warm-up before it", lines(programme.after_warm_up)),
        ("Opening", programme.opening),
        ("Today's step", programme.today),
        ("Walk before it", f"{programme.warm_walk_seconds:g} s"),
        ("While running", programme.keep_running),
        ("Check-in", _check_in(programme.check_in.every, programme.check_in)),
        ("At the end", _asked(programme.end)),
    ))  # fmt: skip
    gate = (programme.offer, programme.morning, *programme.gate)
    yield Table("Only a clear yes gets past these", ("Question", "Asked", "Wait", "Without a yes"),
                tuple((q.id, _asked(q), _seconds(q.wait_seconds), lines(q.closed))
                      for q in gate))  # fmt: skip
    yield Table("Steps", ("Run", "Walk", "Times", "Said"), tuple(
        (f"{s.run_seconds:g} s", f"{s.walk_seconds:g} s", "{} to {}".format(*s.repeats), s.say)
        for s in programme.steps
    ))  # fmt: skip
    for name, drill in programme.drills.items():
        yield _drill(name, drill)
    yield _branches("Where the way back leads", programme.branches.items())
    yield named("Messages on the way back", "Name", "Text", _texts(programme.messages.items()))


def _routine(routine: RoutineFile) -> Iterator[Block]:
    yield Heading(3, routine.title)
    yield facts(f"The routine {routine.id}", (
        ("For the variant", routine.variant),
        ("In all", f"{routine.total_seconds:g} s"),
        ("Opening", routine.opening),
        ("Early in the day", routine.opening_early),
        ("Check-in", _check_in(routine.check_in.every, routine.check_in)),
        ("At the end", _asked(routine.end)),
        ("Leads at most to", routine.best),
        ("Drills that must not be met", ", ".join(routine.forbidden)),
    ))  # fmt: skip
    heads = ("Drill", "Time", "Repetitions", "Said instead", "Cue instead", "Swap")
    yield Table(f"Steps of {routine.id}", heads, tuple(
        (step.drill, f"{step.seconds:g} s", "" if step.reps is None else str(step.reps),
         step.say or "", step.cue or "", step.swap or "")
        for step in routine.steps
    ))  # fmt: skip
    yield _branches(f"Where {routine.id} leads", routine.branches.items())


def _drill(name: str, drill: Drill) -> Table:
    standing, reps = drill.standing, drill.reps
    pace = f"{reps} times, hold {drill.hold_seconds:g} s, pace {drill.rep_seconds:g} s"
    skips = (f"{lines(s.phrases)}\n-> {s.then} {s.field or ''}".rstrip() for s in drill.skip_said)
    return facts(f"The drill {name}", (
        ("Name", drill.name),
        ("Said", drill.say),
        ("Cues", lines(drill.cues)),
        ("How often", "for the time of the routine" if reps is None else pace),
        ("Sides", drill.sides),
        ("With impact", "yes" if drill.impact else ""),
        ("Lying down", "yes" if drill.floor else ""),
        ("Easier", _form(drill.easier.say, drill.easier.drill)),
        ("Standing instead", _form(standing.say, standing.drill) if standing else ""),
        ("Left out if", condition(drill.skip_when) if drill.skip_when else ""),
        ("Said in it, and what follows", lines(skips)),
        ("How", drill.how),
        ("Why", drill.why),
    ))  # fmt: skip


def _stop_rule(rule: StopRule) -> Iterator[Block]:
    yield Heading(3, "The stop rule, at any moment")
    yield Paragraph(
        "It hurts: a number is asked for; the drill is made easier, left out, or the warm-up ends. "
        "It travels down a leg: the warm-up ends and the safety questions are asked again. A sign "
        "is taken as in the back check. Nothing that is said here lowers what was found before."
    )
    yield facts("Words of the stop rule", (
        ("It hurts", lines(rule.hurts)),
        ("Asks whether it hurts", lines(rule.complaint)),
        ("It travels", lines(rule.travels)),
        ("Asks whether it goes down a leg", ", ".join(rule.fragments)),
        ("It moved up", lines(rule.moved_up)),
    ))  # fmt: skip
    yield Table("Signs in mid-drill", ("Question", "Answer", "Phrases"), _signs(rule.danger))


def _coach(wording: Wording) -> Iterator[Block]:
    yield Heading(3, "What the coach asks, says and understands")
    asked = {str(name): _asked(question) for name, question in wording.questions.items()}
    yield named("Questions of the coach", "Question", "Asked", asked)
    offer = wording.offer
    yield facts("A warm-up offered beside a graver advice", (
        ("Before it", offer.before),
        ("Asked", _asked(offer)),
        ("Without a clear yes", lines(offer.closed)),
    ))  # fmt: skip
    answers = {name: lines(templates) for name, templates in wording.answers}
    yield named("Answers to the coach", "Meaning", "Words", answers)
    yield facts("Of these answers", (
        ("Asked about once more by ear", ", ".join(wording.asked_again_by_ear)),
        ("May stand around a number of pain", ", ".join(wording.around_figures)),
    ))  # fmt: skip
    commands = {str(name): lines(templates) for name, templates in wording.commands.items()}
    yield named("Commands in the warm-up", "Command", "Words", commands)
    yield named("Messages of the coach", "Name", "Text", _texts(wording.messages.items()))


def _sentences(said: Sentences) -> Iterator[Block]:
    yield Heading(3, "Whole sentences in mid-drill")
    yield Paragraph(
        "Typed, or heard by a recogniser of free speech. What is not understood as a whole stops "
        "the count and asks whether it hurts; the count goes on only if every word is contentment, "
        "an aside, or may stand around them."
    )
    yield facts("Words of whole sentences", (
        ("Feels well", lines(said.content)),
        ("Compares with before", ", ".join(said.comparisons)),
        ("Asides", lines(said.asides)),
        ("Around these", lines(said.around)),
        ("Before a command", lines(said.openers)),
        ("After a command", lines(said.closers)),
        ("A rest", lines(said.rest)),
        ("It hurts", lines(said.hurts)),
        ("A complaint", lines(said.complaint)),
        ("A doubt", lines(said.doubt)),
        ("It does not hurt", lines(said.painless)),
        ("It travels", lines(said.travels)),
        ("Asks whether it goes down a leg", ", ".join(said.fragments)),
        ("Left out of what travels, and of signs", ", ".join(said.degrees)),
    ))  # fmt: skip
    yield Table("Signs in whole sentences", ("Question", "Answer", "Phrases"), _signs(said.danger))
    commands = {str(name): lines(templates) for name, templates in said.commands.items()}
    yield named("Commands in whole sentences", "Command", "Words", commands)


def _signs(dangers: Iterable[CoachDanger]) -> tuple[tuple[str, str, str], ...]:
    return tuple((d.field, d.value or "it is asked", lines(d.phrases)) for d in dangers)


def _branches(caption: str, branches: Iterable[tuple[str, tuple[str, ...]]]) -> Table:
    return named(caption, "End", "Said", {str(name): lines(said) for name, said in branches})


def _texts(items: Iterable[tuple[str, str]]) -> dict[str, str]:
    return {str(name): text for name, text in items}


def _asked(question: Asked) -> str:
    return lines((question.ask, question.reask))


def _check_in(every: int, question: Asked) -> str:
    return lines((f"after every {every}", _asked(question)))


def _form(say: str, drill: str | None) -> str:
    return f"{say} ({drill})" if drill else say


def _seconds(seconds: float) -> str:
    return f"{seconds:g} s" if seconds else ""
