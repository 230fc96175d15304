"""The exact upper bound of a rate (Clopper and Pearson), without scipy."""

from math import exp, lgamma, log

STEPS = 60
"""Halvings of 0..1: more than a float can tell apart."""


def upper_bound(failures: int, trials: int, risk: float = 0.05) -> float:
    """The highest rate at which so few failures would still come about with `risk`; one-sided.

    Without failures it is 1 - risk ** (1 / trials), about 3 / trials at 95 %.
    """
    if failures >= trials:
        return 1.0
    if failures == 0:
        return float(1 - risk ** (1 / trials))
    low, high = failures / trials, 1.0
    for _ in range(STEPS):
        middle = (low + high) / 2
        if _at_most(failures, trials, middle) > risk:
            low = middle
        else:
            high = middle
    return high


def _at_most(failures: int, trials: int, rate: float) -> float:
    """The chance of at most so many failures, by logarithms: the counts of ways are huge."""
    return sum(
        exp(
            lgamma(trials + 1) - lgamma(k + 1) - lgamma(trials - k + 1)
            + k * log(rate) + (trials - k) * log(1 - rate)
        )
        for k in range(failures + 1)
    )  # fmt: skip
