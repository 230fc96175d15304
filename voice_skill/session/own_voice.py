"""What a person says into the skill's own voice: a chain of both is heard, and told apart here."""

from voice_skill.hearing.recogniser import Hypothesis
from voice_skill.understanding.text import Tokens


def beyond(heard: Hypothesis, prompt: Tokens) -> Hypothesis:
    """What the prompt does not explain: all but the longest runs of its words at either end.

    "loose never into it hurts", heard while "keep it light and loose, never into pain" is said,
    is "it hurts". Empty where the prompt explains all.
    """
    if not prompt or not heard.text:
        return heard
    words = tuple(heard.text.split())
    first = _run(words, prompt)
    last = len(words) - _run(words[first:][::-1], prompt[::-1])
    return heard.part(first, last)


def _run(words: Tokens, prompt: Tokens) -> int:
    """How many of the words, from the first on, stand in the prompt one after the other."""
    return max(_common(words, prompt[start:]) for start in range(len(prompt)))


def _common(some: Tokens, others: Tokens) -> int:
    count = 0
    for one, other in zip(some, others, strict=False):
        if one != other:
            break
        count += 1
    return count
