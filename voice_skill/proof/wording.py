"""Checks of prompts: short enough to keep in mind, and one question at a time."""

from collections.abc import Iterator

from voice_skill.proof.finding import Finding, Severity
from voice_skill.proof.table import Table
from voice_skill.understanding.templates import phrases_of
from voice_skill.understanding.text import tokens

LONGEST_WORDS = 28
"""Listeners keep about ten seconds of speech in mind; this is that at 165 words a minute."""


def prompts(table: Table) -> Iterator[Finding]:
    """Every wording of every question."""
    phrases = table.dialog.phrases
    commands = {p[0]: name for name, texts in phrases.universals.items()
                for p in phrases_of(texts) if len(p) == 1}  # fmt: skip
    for name, field in table.dialog.fields.items():
        texts = [field.ask, *field.reask, *(w.ask for w in field.ask_when)]
        for text in texts:
            words = tokens(text)
            about = ("field", name)
            if len(words) > LONGEST_WORDS:
                yield Finding("prompts_fit_in_the_ear", "warning",
                              f"a prompt of '{name}' has {len(words)} words: {text}",
                              f"keep to {LONGEST_WORDS}", about)  # fmt: skip
            if text.count("?") > 1:
                severity: Severity = "note" if field.kind == "choice" else "warning"
                yield Finding("prompts_fit_in_the_ear", severity,
                              f"a prompt of '{name}' asks more than one question: {text}",
                              "ask one at a time", about)  # fmt: skip
            own = sorted({word for word in words if word in commands})
            if own:
                yield Finding("the_skill_does_not_answer_itself", "note",
                              f"a prompt of '{name}' holds the command '{own[0]}', which is not "
                              "heard while it sounds", "use another word", about)  # fmt: skip
