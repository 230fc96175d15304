"""Checks of what each end allows and says."""

from collections.abc import Iterator

from voice_skill.proof.finding import Finding
from voice_skill.proof.table import Table


def wording(table: Table) -> Iterator[Finding]:
    """Every disposition allows no more than it may, and says what it must, in each variant."""
    for care, must in table.safety.ends.items():
        end = table.dialog.dispositions[care]
        about = ("end", care)
        for activity in (end.activity, *(v.activity for v in end.variants if v.activity)):
            if activity not in must.activities:
                yield Finding("no_red_flag_reaches_exercise", "error",
                              f"{care} allows '{activity}'; at most "
                              f"{' or '.join(must.activities)}", "", about)  # fmt: skip
        for text in (end.say, *(variant.say for variant in end.variants)):
            for words in must.words:
                if not any(word in text.lower() for word in words.split("|")):
                    yield Finding("every_end_says_what_it_must", "error",
                                  f"{care} does not say '{words.replace('|', ' or ')}': {text}",
                                  "", about)  # fmt: skip
        if must.safety_net and not end.safety_net:
            yield Finding("every_end_says_what_it_must", "error",
                          f"{care} does not say the warning signs", "set safety_net: true",
                          about)  # fmt: skip
