"""Checks of what is said in mid-drill: the second entry of `safety.yaml`."""

from collections.abc import Iterator, Mapping

from voice_skill.coaching.meaning import Meaning
from voice_skill.dialog.safety import Safety
from voice_skill.proof.coach_text import CoachText
from voice_skill.proof.finding import Finding

RULE = "answers_mean_what_they_say"
GRAVER = ("danger", "travels", "drill")
KINDS: Mapping[str, tuple[str, ...]] = {
    "signs": ("danger",),
    "travels": ("travels", "danger"),
    "asked": ("hurts", "complaint", "unknown", "not_fine", "doubt", *GRAVER),
    "stopped": ("rest", "finish", "stop", "pause", *GRAVER),
    "goes_on": ("fine",),
}
"""What each list of `in_mid_drill` may mean, said freely; pause and stop are the commands."""


def sentences(coach: CoachText, safety: Safety) -> Iterator[Finding]:
    """Whole sentences in mid-drill are understood as what they are."""
    for name, texts in safety.in_mid_drill:
        for text in texts:
            meaning = coach.library.ear.understand(text, free=True)
            if _named(meaning) not in KINDS[name]:
                yield Finding(RULE, "error",
                              f"'{text}' in mid-drill stands under {name}, but is "
                              f"{_named(meaning)}", "see `sentences` of coaching.yaml",
                              ("coach", "coaching.sentences"))  # fmt: skip


def _named(meaning: Meaning) -> str:
    return str(meaning.value) if meaning.kind == "command" else meaning.kind
