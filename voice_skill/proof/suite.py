"""`voice-skill check --mutants`: does the check notice every fault that matters?

Whether a fault matters is decided apart from the check: by comparing the broken dialog with the
whole one over all answers, all doubts and all phrases. The check sees only the broken one.
"""

import json
import multiprocessing
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import chain
from pathlib import Path

from tqdm import tqdm

from voice_skill.cluster import on_cluster
from voice_skill.dialog.decision import rank
from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.fields import ChoiceField, YesNoField
from voice_skill.dialog.interpretation import Interpretation
from voice_skill.dialog.safety import Safety
from voice_skill.dialog.search import Claim, find
from voice_skill.dialog.state import decision
from voice_skill.proof.doubt import doubts, settled
from voice_skill.proof.moments import moments
from voice_skill.proof.mutants import Mutant, mutants
from voice_skill.proof.parts import mark_of, opened, safety_findings, word_findings
from voice_skill.proof.table import Table
from voice_skill.proof.talk import Talker
from voice_skill.understanding.generator import sayings
from voice_skill.understanding.lexicon import NO_ANSWERS
from voice_skill.understanding.pattern import Rule
from voice_skill.understanding.templates import expand
from voice_skill.understanding.understander import Understander

PROBES = 2
FRAMES = ("{}", "i have been having some {}", "no but {}", "no end of {}")


@dataclass(frozen=True)
class Outcome:
    """One fault: whether it changes safety, and whether the check noticed."""

    name: str
    changes_safety: bool
    caught: bool


def run_mutants(folder: Path, as_json: bool, dask: str | None = None) -> int:
    """Try every fault, here or on a cluster. Returns 0 if each that matters is noticed, else 1."""
    dialog = Dialog.from_folder(folder)
    total = sum(1 for _ in mutants(dialog))
    judge = partial(_judged, folder.resolve(), mark_of(folder))
    found = _here(judge, total) if dask is None else on_cluster(dask, judge, range(total))
    done = dict(tqdm(found, total=total, desc="faults", file=sys.stderr))
    outcomes = [done[place] for place in range(total)]
    changing = [outcome for outcome in outcomes if outcome.changes_safety]
    survivors = [outcome.name for outcome in changing if not outcome.caught]
    report = {
        "mutants": total,
        "changing_safety": len(changing),
        "caught": len(changing) - len(survivors),
        "survivors": survivors,
    }
    if as_json:
        print(json.dumps(report))
    else:
        print(f"{total} faults, {len(changing)} change safety, {report['caught']} are noticed")
        for name in survivors:
            print(f"not noticed: {name}")
    return 1 if survivors else 0


def _here(judge: Callable[[int], Outcome], total: int) -> Iterator[tuple[int, Outcome]]:
    with multiprocessing.get_context("spawn").Pool() as pool:
        yield from enumerate(pool.imap(judge, range(total), chunksize=4))


@lru_cache(maxsize=1)
def _listed(folder: Path, mark: str) -> list[Mutant]:
    return list(mutants(opened(folder, mark)[0].dialog))


def _judged(folder: Path, mark: str, index: int) -> Outcome:
    table, talker = opened(folder, mark)
    dialog, safety, mutant = table.dialog, table.safety, _listed(folder, mark)[index]
    words = talker if mutant.kind != "words" else Talker.from_dialog(mutant.dialog)
    tests: dict[str, Callable[[], bool]] = {
        "table": partial(_table_differs, dialog, mutant, safety),
        "turns": partial(_turns_differ, dialog, mutant, safety),
        "words": partial(_words_differ, dialog, mutant, talker, words),
        "ends": lambda: True,
        "limits": lambda: mutant.milder,
    }
    changes = tests[mutant.kind]()
    if not changes:
        return Outcome(mutant.name, False, False)
    broken = Talker(mutant.dialog, words.understander)
    found = safety_findings(mutant.dialog, safety, broken)
    if mutant.kind == "words":  # the likely place first
        here = Table(mutant.dialog, safety)
        found = chain(word_findings(here, broken), found)
    return Outcome(mutant.name, True, any(finding.severity == "error" for finding in found))


def _table_differs(dialog: Dialog, mutant: Mutant, safety: Safety) -> bool:
    """Whether some answers come to less care, or to a less careful warm-up."""
    whole, broken = Table(dialog, safety), Table(mutant.dialog, safety)
    domains = {name: tuple(dict.fromkeys((*values, *broken.domains[name])))
               for name, values in whole.domains.items()}  # fmt: skip
    for rule, expression in dialog.rules:
        claims = [Claim(whole.view, expression), *broken.none_of(rule.care)]
        if rule.care != "WARMUP" and find(claims, domains) is not None:
            return True
    return any(find(claims, domains) is not None for claims in _milder_warm_ups(whole, broken))


def _milder_warm_ups(whole: Table, broken: Table) -> Iterator[list[Claim]]:
    order = [variant.id for variant in whole.dialog.dispositions["WARMUP"].variants]
    for variant, claims in _warm_ups(whole):
        for other, its in _warm_ups(broken):
            if order.index(other or order[0]) < order.index(variant or order[0]):
                yield [*claims, *its]


def _warm_ups(table: Table) -> Iterator[tuple[str | None, list[Claim]]]:
    earlier: list[Claim] = []
    for rule, expression in table.dialog.rules:
        if rule.care == "WARMUP":
            holds = [Claim(table.view, expression), *earlier, *table.none_of("REST")]
            yield rule.variant, holds
            earlier.append(Claim(table.view, expression, holds=False))


def _turns_differ(dialog: Dialog, mutant: Mutant, safety: Safety) -> bool:
    """Whether some doubt comes to less care."""
    for moment in moments(Table(dialog, safety)):
        if mutant.about not in ("", moment.name):
            continue
        for event in doubts(moment.name, dialog).values():
            before = decision(dialog, settled(dialog, moment, event)).care
            after = decision(mutant.dialog, settled(mutant.dialog, moment, event)).care
            if rank(after) < rank(before):
                return True
    return False


def _words_differ(dialog: Dialog, mutant: Mutant, whole: Talker, broken: Talker) -> bool:
    """Whether something said does not alarm any more: a phrase whose template was moved or dropped
    in any question, a finding or a sign in its own question and in one of another kind."""
    if dialog.answers != mutant.dialog.answers or dialog.signs != mutant.dialog.signs:
        said = _probes(dialog, whole.understander, mutant.about)
    else:
        moved = sorted(_alarming(dialog) - _alarming(mutant.dialog))
        texts = [text for template in moved for text in expand(template)]
        said = ((name, text) for name in _questions(dialog) for text in texts)
    for name, text in said:
        before = whole.understander.interpret(name, text)
        after = broken.understander.interpret(name, text)
        if _alarm(dialog, name, before) > _alarm(dialog, name, after):
            return True
    return False


def _questions(dialog: Dialog) -> list[str]:
    kinds = YesNoField | ChoiceField
    return [n for n, f in dialog.fields.items() if f.role == "question" and isinstance(f, kinds)]


def _probes(dialog: Dialog, understander: Understander, about: str) -> Iterator[tuple[str, str]]:
    """Findings and signs as they are said, alone and after a no."""
    for name in [about] if about else _questions(dialog):
        own = dialog.answers.get(name, NO_ANSWERS)
        rules = understander.lexicon.parser(name).rules
        for templates in ([own.rules.get("noun", "")], own.yes):
            for text in sayings(
                Rule.of(filter(None, templates), understander.language), rules, PROBES
            ):
                yield from ((name, frame.format(text)) for frame in FRAMES)
    asked = _questions(dialog)
    other = next((n for n in asked if dialog.stage_of[n].not_heard == "unknown"), asked[-1])
    for listed in () if about else understander.net.signs:
        rules = understander.net.rules
        parts = [[sayings(part, rules, 1) for part in group] for group in listed.groups]
        texts = [" ".join(words[0] for words in group) for group in parts if all(group)]
        for text in (*sayings(listed.phrases, rules, PROBES), *texts):
            yield from ((name, frame.format(text)) for name in (listed.sign.field, other)
                        for frame in FRAMES)  # fmt: skip


def _alarming(dialog: Dialog) -> set[str]:
    """Templates of signs and doubts."""
    phrases = dialog.phrases
    found = {*phrases.hedged_yes, *phrases.hedged_no, *phrases.dont_know}
    found |= {template for item in phrases.danger for template in item.phrases}
    yes_no = [field for field in dialog.fields.values() if isinstance(field, YesNoField)]
    return found | {template for field in yes_no for template in field.yes}


def _alarm(dialog: Dialog, name: str, meaning: Interpretation) -> int:
    """2: a sign, 1: a doubt, 0: nothing or the safe answer."""
    if meaning.outcome == "danger":
        return 2
    if meaning.outcome == "match":
        return 0 if meaning.value == dialog.safe_values.get(name) else 2
    return 1
