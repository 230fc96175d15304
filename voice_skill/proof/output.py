"""A report for people, for programs, and for code hosts."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from voice_skill import __version__
from voice_skill.proof.check import Report
from voice_skill.proof.finding import Finding

_SHORT = {"proved": "ok  ", "refuted": "FAIL", "not_checked": "?   "}


def text(report: Report) -> Iterator[str]:
    """Lines for a terminal: properties, findings with place and way out, conversations."""
    data = report.as_json()
    for name, state in data["properties"].items():
        yield f"{_SHORT[state]} {name.replace('_', ' ')}"
    for finding in report.findings:
        if not finding.why:
            yield ""
            yield from _finding(finding)
    yield from _declared(report)
    yield ""
    if report.sessions:
        longest, median = (
            (report.sessions[f"{kind}_questions"], report.sessions[f"{kind}_seconds_of_speech"])
            for kind in ("longest", "median")
        )
        yield (f"longest session: {longest[0]:.0f} questions, {longest[1]:.0f} s of speech; "
               f"median: {median[0]:.0f} questions, {median[1]:.0f} s")  # fmt: skip
    failures = sum(finding.severity != "note" for finding in report.findings)
    findings = "finding" if failures == 1 else "findings"
    verdict = "all holds" if report.passed else f"{failures} {findings}"
    yield f"{report.states} questions and ends, {report.seconds:.1f} s: {verdict}"


def _declared(report: Report) -> Iterator[str]:
    """What the author has declared, a line for each reason."""
    groups: dict[tuple[str, str], dict[str, None]] = {}
    for finding in report.findings:
        if finding.why:
            groups.setdefault((finding.rule, finding.why), {})[str(finding.about[1])] = None
    for (rule, why), about in groups.items():
        yield ""
        yield f"declared: {rule.replace('_', ' ')}, but for {', '.join(about)}: {why}"


def _finding(finding: Finding) -> Iterator[str]:
    yield f"{finding.file}:{finding.line}: {finding.severity}: {finding.message}"
    if finding.suggestion:
        yield f"    {finding.suggestion}"
    if finding.counterexample:
        timed = finding.counterexample[0].startswith("#")  # with the command that plays it
        as_script = "the conversation that shows it (a line an answer, for run --text --script):"
        yield f"    {'the way that shows it:' if timed else as_script}"
        for line in finding.counterexample:
            yield f"    | {line}"


def sarif(report: Report) -> str:
    """SARIF 2.1.0, which code hosts show beside the lines of a change."""
    names = sorted({finding.rule for finding in report.findings})
    driver = {
        "name": "voice-skill check",
        "version": __version__,
        "informationUri": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html",
        "rules": [{"id": name, "name": name} for name in names],
    }
    run: dict[str, Any] = {
        "tool": {"driver": driver},
        "results": [_result(finding) for finding in report.findings],
    }
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    return json.dumps({"$schema": schema, "version": "2.1.0", "runs": [run]}, indent=2)


def _result(finding: Finding) -> dict[str, Any]:
    place = {
        "physicalLocation": {
            "artifactLocation": {"uri": _uri(finding.file)},
            "region": {"startLine": finding.line},
        }
    }
    parts = [finding.message, finding.suggestion, *finding.counterexample]
    return {
        "ruleId": finding.rule,
        "level": finding.severity,
        "message": {"text": "\n".join(part for part in parts if part)},
        "locations": [place],
    }


def _uri(file: str) -> str:
    """Seen from where the command was called, if it lies below: code hosts want it so."""
    path, here = Path(file).resolve(), Path.cwd()
    return (path.relative_to(here) if path.is_relative_to(here) else path).as_posix()
