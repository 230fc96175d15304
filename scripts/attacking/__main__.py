"""`scripts/attack`: everything that is tried, in turn, and the table of it."""

import argparse
import random
import sys
import time

from scripts.attacking import clocks, growth, inputs, kept_files, kills, spoken, starving
from scripts.attacking.tally import Attack, Tally


def main() -> int:
    """Returns 1 where a fault was found, else 0."""
    options = _options()
    load()
    tally = Tally(time.monotonic() + options.seconds)
    for number, (name, attack) in enumerate(_attacks(options.kills, options.inputs, options.seed)):
        print(f"{name}...", file=sys.stderr, flush=True)
        left = tally.until - time.monotonic()
        part = Tally(time.monotonic() + left / max(1, len(SHARES) - number) * SHARES[name])
        if part.over:
            part.skip(name, "no time was left")
        else:
            attack(part)
        tally.take(part)
    print(f"seed {options.seed}")
    print("\n".join(tally.lines()))
    return 1 if tally.found else 0


SHARES = {
    "kills": 3.0, "signals": 1.0, "warm-ups": 1.0, "kept files": 2.0, "starving": 1.0,
    "clocks": 1.0, "two at once": 1.0, "demonstrations": 1.0, "long use": 1.0, "noise": 1.0,
    "inputs": 1.0,
}  # fmt: skip
"""Of the time that is left, what an attack may take, where an even share is one."""


def _attacks(kill: int, put_in: int, seed: int) -> list[tuple[str, Attack]]:
    """Each with a generator of its own, so that one does not change what the next one tries."""

    def rng(name: str) -> random.Random:
        return random.Random(f"{seed} {name}")

    few = max(1, kill // 20)
    return [
        ("kills", lambda t: kills.kill_sessions(t, kill, rng("kills"))),
        ("signals", lambda t: kills.send_signals(t, few, rng("signals"))),
        ("warm-ups", lambda t: kills.kill_warm_ups(t, few, rng("warm-ups"))),
        ("kept files", lambda t: kept_files.damage_kept_files(t, put_in // 10, rng("kept files"))),
        ("starving", lambda t: starving.starve(t, few * 2, rng("starving"))),
        ("clocks", lambda t: clocks.change_clocks(t, few, rng("clocks"))),
        ("two at once", lambda t: clocks.hold_two(t, few, rng("two at once"))),
        ("demonstrations", lambda t: spoken.kill_demos(t, max(1, kill // 100), rng("demos"))),
        ("long use", lambda t: growth.converse_on(t, max(1, put_in // 20), rng("long use"))),
        ("noise", lambda t: growth.make_noise(t, put_in // 10, rng("noise"))),
        ("inputs", lambda t: inputs.attack_inputs(t, put_in - put_in // 10, rng("inputs"))),
    ]  # fmt: skip


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="scripts/attack",
        description="Kills, damaged files, bad input, starved resources and clocks, tried on the "
        "program as it stands. Exit code 1: a fault was found.",
    )
    parser.add_argument("--kills", type=int, default=100, metavar="N", help="killed sessions (100)")
    parser.add_argument("--inputs", type=int, default=1000, metavar="N",
                        help="damaged inputs, a tenth of them kept files (1000)")  # fmt: skip
    parser.add_argument("--seconds", type=float, default=900, metavar="S",
                        help="stop after about so long (900)")  # fmt: skip
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="which ones are tried (1)")
    return parser.parse_args()


def load() -> None:
    """Everything that a command imports, once, so that a forked one begins at once."""
    import numpy
    import soundfile
    import soxr
    import vosk

    import voice_skill.cli
    import voice_skill.cli.diary
    import voice_skill.models.commands
    import voice_skill.runtime.start
    from voice_skill.content import Content
    from voice_skill.proof.talk import Talker

    content = Content.load()
    assert content.ladder  # what is cached
    Talker(content.dialog, content.understander).read_templates()
    del numpy, soundfile, soxr, vosk, voice_skill


if __name__ == "__main__":
    sys.exit(main())
