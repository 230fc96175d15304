"""Proofs over the decision table: every sign comes to its care, whatever else is said."""

from collections.abc import Iterator

from voice_skill.dialog.decision import decide, rank
from voice_skill.dialog.expressions import FLAGS, parse
from voice_skill.dialog.model import CareLevel, Variant
from voice_skill.dialog.search import Claim
from voice_skill.proof.finding import Finding
from voice_skill.proof.table import Table, in_words


def no_disposition(table: Table) -> Iterator[Finding]:
    """Every combination of answers fires a rule; nothing ends in a warm-up by default."""
    said = table.shortest(reversed(table.none_of("WARMUP")))  # what decides last first
    if said is not None:
        yield Finding("every_combination_has_a_disposition", "error",
                      f"no rule holds for: {in_words(said)}",
                      "add a rule for it", said=said)  # fmt: skip


def floors(table: Table) -> Iterator[Finding]:
    """Every sign comes to at least its care."""
    for index, floor in enumerate(table.safety.floors):
        goal = Claim(table.view, parse(floor.when))
        rule = "no_red_flag_reaches_exercise"
        said = table.shortest([goal, *table.none_of("REST")])
        if said is None:
            rule = "floors_hold"
            said = table.shortest([goal, *table.none_of(floor.at_least)])
        if said is None:
            continue
        care = decide(
            table.dialog,
            {n: v for n, v in said.items() if n not in FLAGS},
            frozenset(n for n in said if n in FLAGS),
        ).care
        yield Finding(
            rule,
            "error",
            f"'{floor.when}' must come to {floor.at_least} ({floor.source}), but comes to {care} "
            f"with: {in_words(said)}",
            f"give it a rule of at least {floor.at_least}",
            ("floors", index),
            said,
            least=floor.at_least,
        )


def asked(table: Table) -> Iterator[Finding]:
    """Every question is asked where it must be: what is not asked counts as safe."""
    for index, must in enumerate(table.safety.must_ask):
        situation = [Claim(table.view, parse(must.when))] if must.when else []
        for name in must.ask:
            unasked = Claim(table.view, table.dialog.guards[name], holds=False)
            said = table.shortest([*situation, unasked])
            if said is not None:
                yield Finding(
                    "no_red_flag_reaches_exercise",
                    "error",
                    f"'{name}' must be asked ({must.source}), but is not with: {in_words(said)}",
                    "widen its `when`",
                    ("must_ask", index),
                    said,
                )


def asked_only(table: Table) -> Iterator[Finding]:
    """A question whose answer lowers the care comes up only where it may."""
    for index, must in enumerate(table.safety.ask_only):
        for name in must.ask:
            outside = Claim(table.view, parse(must.when or "incomplete"), holds=False)
            said = table.shortest([Claim(table.view, table.dialog.guards[name]), outside])
            if said is not None:
                yield Finding("floors_hold", "error",
                              f"'{name}' may only be asked where '{must.when}' ({must.source}), "
                              f"but is with: {in_words(said)}", "narrow its `when`",
                              ("ask_only", index), said)  # fmt: skip


def warm_ups(table: Table) -> Iterator[Finding]:
    """Only the allowed warm-ups are given."""
    for index, limit in enumerate(table.safety.warm_ups):
        earlier: list[Claim] = []
        for rule, expression in table.dialog.rules:
            if rule.care != "WARMUP":
                continue
            if rule.variant not in limit.only:
                claims = [Claim(table.view, parse(limit.when)), Claim(table.view, expression)]
                said = table.shortest([*claims, *earlier, *table.none_of("REST")])
                if said is not None:
                    yield Finding(
                        "no_red_flag_reaches_exercise",
                        "error",
                        f"'{limit.when}' allows only {' or '.join(limit.only)} ({limit.source}), "
                        f"but rule {rule.id} gives {rule.variant} with: {in_words(said)}",
                        "order the warm-up rules from the most careful, or narrow this one",
                        ("warm_ups", index),
                        said,
                    )
            earlier.append(Claim(table.view, expression, holds=False))


def offers(table: Table) -> Iterator[Finding]:
    """A warm-up beside a graver advice is offered only where the second entry allows it."""
    for care, end in table.dialog.dispositions.items():
        for variant in end.variants:
            allowed = [o for o in table.safety.offers if variant.warm_up in o.only]
            never = [Claim(table.view, parse(o.when), holds=False) for o in allowed]
            for claims in _comes_to(table, care, variant) if variant.warm_up else ():
                said = table.shortest([*claims, *never])
                if said is not None:
                    yield Finding(
                        "no_red_flag_reaches_exercise",
                        "error",
                        f"{care} offers the warm-up {variant.warm_up} with: {in_words(said)}",
                        "narrow the variant, or allow it under offers in safety.yaml",
                        ("end", care),
                        said,
                    )


def _comes_to(table: Table, care: CareLevel, variant: Variant) -> Iterator[list[Claim]]:
    """By each of its rules: that this variant of the care is what the answers come to."""
    when = [Claim(table.view, parse(variant.when))] if variant.when else []
    for its, expression in table.dialog.rules:
        if its.id not in variant.rules:
            continue
        other = [
            Claim(table.view, against, holds=False)
            for rule, against in table.dialog.rules
            if rank(rule.care) > rank(care)
            or (variant.only and rule.care == care and rule.id not in variant.rules)
        ]
        yield [Claim(table.view, expression), *when, *other]
