"""How long a routine or a day on the ladder takes in virtual time, for docs/measurements.md."""

import time
from datetime import date, timedelta

from voice_skill.coaching.state import Coach
from voice_skill.content import Content
from voice_skill.dialog.dialog import Dialog
from voice_skill.ladder.progression import Climb, Session, planned
from voice_skill.ladder.session import coach_of
from voice_skill.paths import dialog_folder
from voice_skill.runtime.virtual.person import Person, obliging
from voice_skill.runtime.virtual.warm_up import VirtualWarmUp
from voice_skill.visit.warm_up import WarmUp

DAY = date(2026, 3, 2)
dialog = Dialog.from_folder(dialog_folder())
ladder = Content(dialog_folder(), dialog).ladder
library = ladder.library


def measure(name: str, coach: Coach) -> None:
    began = time.perf_counter()
    warm_up = WarmUp(dialog, coach, library)
    outcome = VirtualWarmUp(warm_up, Person(answer=obliging(None))).run().outcome
    took = time.perf_counter() - began
    print(f"| {name} | {warm_up.rows[-1].at_seconds:.0f} s | {took * 1000:.0f} ms | {outcome} |")


for name in library.routines:
    measure(name, library.coach(dialog, name))
for number, step in enumerate(ladder.programme.steps, 1):
    last = Session(DAY - timedelta(days=3), "yes")
    climb = Climb(number, step.repeats[1], 0, DAY, last)
    plan = planned(ladder, climb, DAY)
    measure(f"ladder, step {number} at the top", coach_of(dialog, ladder, plan)[0])
