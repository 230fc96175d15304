"""Checks of what is said between the questions: help, read-backs, news of lost devices."""

from collections.abc import Iterator

from voice_skill.proof.finding import Finding
from voice_skill.proof.table import Table
from voice_skill.proof.wording import EAR, ITSELF, TAIL, deaf_to, hard, syllables_of
from voice_skill.understanding.grammar import barge_in_phrases
from voice_skill.understanding.text import spelled
from voice_skill.understanding.understander import Understander

SHOWN = frozenset(("report_saved", "phrases_left_out"))
"""For the screen alone."""
ASKED = frozenset(("confirm_value", "resume_offer"))
"""Questions themselves: a yes is listened for right after them."""
STOPS = ("stop", "pause")
"""To obey these by mistake costs a word."""


def messages(table: Table, understander: Understander) -> Iterator[Finding]:
    """Every sentence of `messages.yaml` that is spoken. A value repeated in it may be a yes."""
    dialog = table.dialog
    said = {
        name: text.replace("{value}", "yes")
        for name, text in dialog.messages.items()
        if name not in SHOWN
    }
    syllables = syllables_of({word for text in said.values() for word in spelled(text)})
    phrases = barge_in_phrases(dialog.phrases)
    signs = frozenset(spelled(p.text) for p in phrases if p.origin.startswith("danger"))
    for name, text in said.items():
        found = [(EAR, *what) for what in hard(text, syllables)]
        found += [(ITSELF, *what) for what in _echoed(table, understander, name, text)]
        found += [(ITSELF, *what) for what in deaf_to(text, signs)]
        for rule, what, advice in found:
            yield Finding(rule, "warning", f"the message '{name}' {what}: {text}", advice,
                          ("message", f"messages.{name}"))  # fmt: skip


def _echoed(
    table: Table, understander: Understander, name: str, text: str
) -> Iterator[tuple[str, str]]:
    """Whether a message ends in a command, or in the yes that it asks for."""
    words, confirm = spelled(text), table.dialog.by_role("confirm")
    for size in range(1, min(TAIL, len(words)) + 1):
        tail = " ".join(words[-size:])
        meaning = understander.interpret(confirm, tail)
        if meaning.outcome == "universal" and meaning.value not in STOPS:
            yield f"ends in the command '{tail}'", "end in another word, or it obeys its own echo"
            return
        if name in ASKED and (meaning.outcome, meaning.value) == ("match", "yes"):
            yield f"ends in its own answer '{tail}'", "end in another word"
            return
