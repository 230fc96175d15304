"""Warnings that the author has declared with a reason: they become notes."""

from collections.abc import Iterable
from dataclasses import replace

from voice_skill.proof.finding import Finding
from voice_skill.proof.safety import Safety


def with_reasons(findings: Iterable[Finding], safety: Safety) -> list[Finding]:
    """Each declared warning as a note that carries its reason. Errors cannot be declared."""
    reasons = {(item.rule, about): item.why for item in safety.declared for about in item.about}
    return [
        replace(finding, severity="note", why=why)
        if finding.severity == "warning"
        and (why := reasons.get((finding.rule, str(finding.about[1]))))
        else finding
        for finding in findings
    ]
