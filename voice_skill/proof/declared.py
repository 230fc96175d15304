"""Warnings that the author has declared with a reason: they become notes."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from voice_skill.proof.finding import Finding
from voice_skill.proof.safety import Declared, Safety


def with_reasons(findings: Iterable[Finding], safety: Safety) -> list[Finding]:
    """Each declared warning as a note that carries its reason. Errors cannot be declared; what is
    declared and not found is told, since it could hide another fault one day."""
    needed: set[tuple[int, str]] = set()
    found = [_noted(finding, safety, needed) for finding in findings]
    return [*found, *_idle(safety, needed)]


def _noted(finding: Finding, safety: Safety, needed: set[tuple[int, str]]) -> Finding:
    about = str(finding.about[1])
    for index, item in enumerate(safety.declared):
        if finding.severity == "warning" and _covers(item, finding, about):
            needed.add((index, about))
            return replace(finding, severity="note", why=item.why)
    return finding


def _covers(item: Declared, finding: Finding, about: str) -> bool:
    return item.rule == finding.rule and about in item.about and item.holds in finding.message


def _idle(safety: Safety, needed: set[tuple[int, str]]) -> Iterator[Finding]:
    for index, item in enumerate(safety.declared):
        for about in item.about:
            if (index, about) not in needed:
                yield Finding("every_declaration_is_needed", "warning",
                              f"declared of '{about}' but not found: {item.rule}, {item.holds}",
                              "delete it", ("declared", index))  # fmt: skip
