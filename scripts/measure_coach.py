"""How long a whole routine takes in virtual time, for docs/measurements.md."""

import time

from voice_skill.coaching.library import Library
from voice_skill.dialog.dialog import Dialog
from voice_skill.session.places import dialog_folder
from voice_skill.session.virtual import Person, VirtualWarmUp, obliging
from voice_skill.session.warm_up import WarmUp, make_coach

dialog = Dialog.from_folder(dialog_folder())
library = Library.from_folder(dialog_folder(), dialog)
for name in library.routines:
    coach = make_coach(dialog, library, name)
    began = time.perf_counter()
    warm_up = WarmUp(dialog, coach, library)
    outcome = VirtualWarmUp(warm_up, Person(answer=obliging(None))).run()
    took = time.perf_counter() - began
    print(f"| {name} | {warm_up.rows[-1].at_seconds:.0f} s | {took * 1000:.0f} ms | {outcome} |")
