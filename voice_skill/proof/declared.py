"""Warnings that the author has declared with a reason: they become notes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from voice_skill.dialog.safety import Declared, Safety
from voice_skill.proof.finding import Finding


def with_reasons(findings: Iterable[Finding], safety: Safety) -> list[Finding]:
    """Each declared warning as a note that carries its reason. Errors cannot be declared."""
    return [_noted(finding, safety) for finding in findings]


def idle(findings: Sequence[Finding], safety: Safety) -> Iterator[Finding]:
    """What is declared and not among all findings: it could hide another fault one day."""
    for index, item in enumerate(safety.declared):
        for about in item.about:
            if not any(_covers(item, finding, about) for finding in findings):
                yield Finding("every_declaration_is_needed", "warning",
                              f"declared of '{about}' but not found: {item.rule}, {item.holds}",
                              "delete it", ("declared", index))  # fmt: skip


def _noted(finding: Finding, safety: Safety) -> Finding:
    covering = (item for item in safety.declared
                if any(_covers(item, finding, about) for about in item.about))  # fmt: skip
    item = next(covering, None) if finding.severity == "warning" else None
    return finding if item is None else replace(finding, severity="note", why=item.why)


def _covers(item: Declared, finding: Finding, about: str) -> bool:
    same = (item.rule, about) == (finding.rule, str(finding.about[1]))
    return same and item.holds in finding.message
