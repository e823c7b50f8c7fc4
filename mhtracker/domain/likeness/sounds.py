"""How a name sounds, however it is spelt: Polish, Somali, Irish, South Asian and English spellings of one sound meet.

A word has one spoken form for each tradition it may be spelt in ("Xasan" is "hasan" read as Somali, "ksasan" as
English), and each form a code: the consonants in rough classes, the vowels left out. Words are looked up by their
codes and compared by their forms.
"""

from __future__ import annotations

import re
from functools import lru_cache

from mhtracker.domain.names import fold

Rules = tuple[tuple[re.Pattern[str], str], ...]


def _rules(*pairs: tuple[str, str]) -> Rules:
    return tuple((re.compile(pattern), becomes) for pattern, becomes in pairs)


# What the marks on Polish letters say, before folding takes them off.
_POLISH_MARKS = _rules(
    ("ą(?=[bp])", "om"), ("ą", "on"), ("ę(?=[bp])", "em"), ("ę", "en"), ("ó", "u"), ("[żź]", "zh"), ("ś", "sh"),
    ("ć", "ch"), ("ń", "n"), ("ł", "l"),
)  # fmt: skip
_POLISH = _rules(
    ("szcz", "shch"), ("sz", "sh"), ("ch", "h"), ("cz", "tch"), ("rz", "zh"), ("ck", "tsk"), ("dz", "z"),
    ("(?<=[nlr])c(?=[aou])", "ts"), ("c(?=[eiy])", "ts"), ("w", "v"), ("j", "y"),
)  # fmt: skip
_SOMALI = _rules(("x", "h"), ("kh", "k"), ("c", ""), ("q", "k"))
_IRISH = _rules(
    ("^o(?=[bcdfghlmnrst])", ""), ("dhbh|bhf", "v"), ("[bm]h", "v"), ("(?<=.)[dg]h(?=[aeiou]|$)", ""),
    ("(?<=[^t])h|^fh", ""), ("aoi|ao", "i"), ("c", "k"),
)  # fmt: skip
_SPOKEN = _rules(
    ("^(?:mac|mc)c?k?(?=[a-z]{2})", "mk"), ("^[kg]n", "n"), ("^wr", "r"), ("t?sch", "sh"), ("tch", "ch"),
    ("dg(?=[ei])", "j"), ("ph", "f"), ("gh(?=t|$)", ""), ("gh", "g"), ("x", "ks"), ("qu(?=[aeiou])|q", "k"),
    ("ck", "k"), ("c(?=[eiy])", "s"), ("ch", "C"), ("c", "k"), ("[sz]h|z", "s"), ("([bdjkt])h", r"\1"),
    ("[oa]w(?![aeiouy])", "o"), ("w", "v"), ("(?<=[^aeiou])y(?![aeiou])|(?<=[aeiou])y(?![aeiou])", "i"),
    ("aa+", "a"), ("ee|ea|ie|ei|ii+", "i"), ("oo|ou|uu+", "u"), ("ai", "e"), ("au", "o"), ("(?<!^)h", ""),
    (r"(.)\1+", r"\1"), ("(?<=..[^aeiouy])e$", ""),
)  # fmt: skip

_LOOKS_SOMALI = re.compile("x|^c[aeiou]|[aeiou]c|aa|uu|ii|oo|ee|q")
_LOOKS_POLISH = re.compile("sz|cz|rz|w|j|ck|ch|dz|c[iey]|^y|c[aou]")
_LOOKS_IRISH = re.compile("[bcdfgmst]h|ao|^o[bcdfghlmnrst]")
_VOWELS = frozenset("aeiouy")
_CLASSES = str.maketrans("bvgdCjzm", "ffktsssn")
_CODE_LENGTH = 6


@lru_cache(maxsize=16384)
def spoken_forms(word: str) -> tuple[str, ...]:
    """How a word may be said, the plainest reading first. The word may carry its marks."""
    plain = fold(word).replace(" ", "")
    if not plain.isascii():
        return (plain,)
    readings = [plain]
    lower = word.casefold()
    if lower != plain and (marked := fold(_apply(_POLISH_MARKS, lower)).replace(" ", "")) != plain:
        readings.append(_apply(_POLISH, marked))
    if _LOOKS_POLISH.search(plain):
        readings.append(_apply(_POLISH, plain))
    if _LOOKS_SOMALI.search(plain):
        readings.append(_apply(_SOMALI, plain))
    if _LOOKS_IRISH.search(plain):
        readings.append(_apply(_IRISH, plain))
    return tuple(dict.fromkeys(form for reading in readings if (form := _apply(_SPOKEN, reading))))


@lru_cache(maxsize=16384)
def sound_codes(word: str) -> tuple[str, ...]:
    """The codes of a word's forms: words whose codes differ in all do not sound alike."""
    return tuple(dict.fromkeys(map(_code, spoken_forms(word))))


@lru_cache(maxsize=65536)
def sound_distance(one: str, other: str) -> float | None:
    """How far two words that share a code are from sounding the same; None when they share none.

    A vowel for another counts 0.3, so that 0 is the same sound and 1 about one clear difference.
    """
    if not set(sound_codes(one)).intersection(sound_codes(other)):
        return None
    return min(
        _distance(mine, theirs)
        for mine in spoken_forms(one)
        for theirs in spoken_forms(other)
        if _code(mine) == _code(theirs)
    )


def sounds_like(one: str, other: str) -> bool:
    """Whether two words sound nearly the same: the same consonants, and vowels that ears confuse."""
    far = sound_distance(one, other)
    if far is None:
        return False
    letters = min(len(form) for word in (one, other) for form in spoken_forms(word))
    return far <= max(0.35, 0.11 * letters)


def _apply(rules: Rules, text: str) -> str:
    for pattern, becomes in rules:
        text = pattern.sub(becomes, text)
    return text


@lru_cache(maxsize=16384)
def _code(form: str) -> str:
    if not form.isascii():
        return form
    kept = "A" if form[0] in _VOWELS else ""
    consonants = "".join(letter for letter in form if letter not in _VOWELS).translate(_CLASSES)
    return kept + re.sub(r"(.)\1+", r"\1", consonants)[:_CODE_LENGTH]


def _distance(one: str, other: str) -> float:
    row = [0.0]
    for letter in other:
        row.append(row[-1] + _cost_of_one(letter))
    for letter in one:
        before, row = row, [row[0] + _cost_of_one(letter)]
        for place, theirs in enumerate(other, 1):
            row.append(
                min(
                    before[place] + _cost_of_one(letter),
                    row[place - 1] + _cost_of_one(theirs),
                    before[place - 1] + _cost_of_two(letter, theirs),
                )
            )
    return row[-1]


def _cost_of_one(letter: str) -> float:
    return 0.1 if letter in "hy" else 0.3 if letter in _VOWELS else 1.0


def _cost_of_two(one: str, other: str) -> float:
    if one == other:
        return 0.0
    if one in _VOWELS and other in _VOWELS:
        return 0.3
    return 0.4 if one.translate(_CLASSES) == other.translate(_CLASSES) else 1.3
