"""Numbers in what a runner says: pain from nought to ten, or a count said along."""

import math
from collections.abc import Container

from voice_skill.coaching.sentences import counted
from voice_skill.dialog.fields import MAX_PAIN
from voice_skill.understanding.numbers import Numbers
from voice_skill.understanding.text import Tokens


def figure(words: Tokens, numbers: Numbers) -> int | None:
    """The highest number, if it may be one of pain."""
    highest = max((math.ceil(number.value) for number in numbers.all(words)), default=-1)
    return highest if 0 <= highest <= MAX_PAIN else None


def only_figures(words: Tokens, around: Container[str], numbers: Numbers) -> bool:
    """Whether there is nothing beside numbers but the words around them."""
    return all(numbers.read(words, i) or word in around for i, word in enumerate(words))


def counts_along(words: Tokens, numbers: Numbers) -> bool:
    """Whether it is nothing but the numbers of a count."""
    found: list[int] = []
    index = 0
    while index < len(words):
        read = numbers.read(words, index)
        if read is None and words[index] != numbers.words.joint:
            return False
        found += [math.ceil(read.value)] if read else []
        index = read.end if read else index + 1
    return counted(found)
