"""A picture holds the whole dialog, or exactly what leads to one care level."""

import pytest

from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.expressions import names
from voice_skill.dialog.model import CARE_ORDER, CareLevel
from voice_skill.review.graph import Picture, picture


def shown(found: Picture) -> list[str]:
    return [box.name for group in found.groups for box in group.boxes]


def labels(found: Picture) -> set[str]:
    return {label.rstrip("+") for e in found.edges if e.kind != "way_on" for label in e.labels}


def test_every_question_stands_in_its_stage_in_the_order_asked(dialog: Dialog) -> None:
    found = picture(dialog)
    assert shown(found)[: len(dialog.fields)] == list(dialog.fields)
    assert [g.title for g in found.groups] == [s.title for s in dialog.stages] + ["At any time"]


def test_every_rule_and_every_end_is_drawn(dialog: Dialog) -> None:
    found = picture(dialog)
    assert labels(found) == {rule.id for rule, _ in dialog.rules}
    assert {end.care for end in found.ends} == set(dialog.dispositions)


def test_a_question_has_one_line_to_each_care_however_many_rules(dialog: Dialog) -> None:
    ways = [(e.source, e.target) for e in picture(dialog).edges if e.kind != "way_on"]
    assert len(ways) == len(set(ways))


def test_red_flags_are_the_ways_to_emergency_and_urgent(dialog: Dialog) -> None:
    for edge in picture(dialog).edges:
        red = edge.target in ("care_EMERGENCY", "care_URGENT")
        assert (edge.kind == "red_flag") == red


@pytest.mark.parametrize("care", CARE_ORDER)
def test_only_what_leads_to_a_care_is_drawn(dialog: Dialog, care: CareLevel) -> None:
    found = picture(dialog, care)
    rules = {rule.id for rule, _ in dialog.rules if rule.care == care}
    assert labels(found) == rules
    assert [end.care for end in found.ends] == [care]
    read = {n for rule in rules for n in dialog.readers[rule]}
    for name in set(shown(found)) - read - {"readback", "soreness_only"}:
        opened = {
            n for n in shown(found) if name in names(dialog.guards.get(n, dialog.rules[0][1]))
        }
        assert opened, f"{name} leads nowhere"
    assert read <= set(shown(found))


def test_emergency_leaves_out_questions_about_other_things(dialog: Dialog) -> None:
    found = shown(picture(dialog, "EMERGENCY"))
    assert {"saddle", "bladder", "belly", "symptom_now"} <= set(found)
    assert "soreness_only" in found, "its answer settles legs"
    assert not {"bend_sit", "known_disc", "urine", "readback"} & set(found)


def test_a_rule_that_needs_more_than_one_answer_says_so(dialog: Dialog) -> None:
    ways = {e.labels for e in picture(dialog, "EMERGENCY").edges}
    assert ("E01",) in ways
    assert ("E10+",) in ways


def test_a_warm_up_is_only_reached_through_the_read_back(dialog: Dialog) -> None:
    found = picture(dialog, "WARMUP")
    [box] = [b for g in found.groups for b in g.boxes if b.name == "readback"]
    assert any(e.source == box.id and e.target == "care_WARMUP" for e in found.edges)
