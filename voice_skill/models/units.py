"""The sounds a starter model tells apart, and how its network's outputs are numbered.

A phone is one Kaldi state. Its first frame is scored by an *entry* output, which knows the kind of
sound before it; all further frames by the phone's *loop* output.
"""

PHONES = (
    "AA", "AE", "AH", "AO", "AW", "AY", "B", "CH", "D", "DH", "EH", "ER", "EY", "F", "G", "HH",
    "IH", "IY", "JH", "K", "L", "M", "N", "NG", "OW", "OY", "P", "R", "S", "SH", "T", "TH", "UH",
    "UW", "V", "W", "Y", "Z", "ZH",
)  # fmt: skip
"""ARPAbet without stress, as in the CMU pronouncing dictionary."""
SILENCE, GARBAGE = "SIL", "SPN"
SOUNDS = (*PHONES, SILENCE, GARBAGE)

_AFTER = (
    ("SIL", "SPN"),
    ("IH", "IY", "EH", "EY", "AY", "OY", "Y"),
    ("AA", "AE", "AH"),
    ("AO", "OW", "AW", "UH", "UW", "W"),
    ("ER", "R", "L"),
    ("M", "N", "NG"),
    ("P", "T", "K"),
    ("B", "D", "G"),
    ("F", "TH", "S", "SH", "HH", "CH", "V", "DH", "Z", "ZH", "JH"),
)
CONTEXTS = len(_AFTER)
"""How many kinds of sound before are told apart. Kind 0 is a silence, garbage or the beginning."""
CONTEXT_OF = {sound: kind for kind, sounds in enumerate(_AFTER) for sound in sounds}

OUTPUTS = len(SOUNDS) + 2 + CONTEXTS * len(PHONES)


def loop_output(sound: str) -> int:
    """The output that scores all frames of a sound but its first."""
    return SOUNDS.index(sound)


def entry_output(context: int, sound: str) -> int:
    """The output that scores the first frame of a sound after a kind of sound."""
    if sound == SILENCE:
        return len(SOUNDS)
    if sound == GARBAGE:
        return len(SOUNDS) + 1
    return len(SOUNDS) + 2 + context * len(PHONES) + PHONES.index(sound)
