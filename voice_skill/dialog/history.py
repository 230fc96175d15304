"""What earlier days say about today, as the rules see it.

Every flag only adds rules, so a diary can make a result graver and never milder (`voice-skill
check` proves it). Without a diary all flags are down, and everything is asked.
"""

from dataclasses import dataclass

from voice_skill.dialog.interpretation import Value

FLAGS = frozenset(
    {
        "morning_due",
        "felt_next_morning",
        "check_due",
        "three_weeks",
        "steady_before",
        "pain_up",
        "no_less_pain",
    }
)
"""Names that rules and guards may use: morning_due and check_due bring up a question, the others
stand for something that the diary shows."""


@dataclass(frozen=True)
class Week:
    """The last seven days in figures. Pain: 0 to 10, None where none was told."""

    checks: int = 0
    warm_ups: int = 0
    first_pain: int | None = None
    last_pain: int | None = None
    worst_pain: int | None = None
    mornings_bad: int = 0


@dataclass(frozen=True)
class Past:
    """What the diary of this device holds.

    flags: those that are up whatever is said today. last_pain: of the last session that told one,
    if it is recent. rest_pain: of the session that began the rest which still goes on.
    rest_days: how long ago that was.
    """

    flags: frozenset[str] = frozenset()
    last_pain: int | None = None
    rest_pain: int | None = None
    rest_days: int = 0
    week: Week = Week()

    def flags_with(self, pain: Value | None, rise: int) -> frozenset[str]:
        """The flags once today's pain was asked. None: it was asked and stays unknown.

        rise: pain that is up by so much since the last session counts as worse. What is not known
        is taken for risen: the careful side.
        """
        found = set(self.flags)
        known = isinstance(pain, int)
        if self.last_pain is not None and not (known and pain < self.last_pain + rise):  # type: ignore[operator]
            found.add("pain_up")
        if self.rest_pain is not None and not (known and pain < self.rest_pain):  # type: ignore[operator]
            found.add("no_less_pain")
        return frozenset(found)


NO_PAST = Past()
"""Of a first session, and of scripts and personas."""
