"""How alike the names of two people are: the same, forms of one name, alike in sound or spelling, or different."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from mhtracker.domain.likeness.common_names import COMMON
from mhtracker.domain.likeness.sounds import sound_codes, sound_distance, sounds_like
from mhtracker.domain.likeness.variants import given_sets, surname_sets
from mhtracker.domain.names import fold
from mhtracker.domain.near import is_near, slips

_O = re.compile(r"\b[oó]['’‘ʼʻ`´]\s*", re.IGNORECASE)
_PARTS = re.compile(r"[\s\-‐‑–—.]+")
_MAC = frozenset({"mac", "mc", "mag"})
_PARTICLES = frozenset("o ni nic ui van von den der de da di dos al el ul ur bin ibn bint st".split())
_HARDLY_HEARD = 0.35
"""One vowel for another: below this, two spellings are one sound."""

_FEMININE = re.compile("(sk|ck|dzk|n)a$")


class Alike(Enum):
    """How two words, or two names, are alike; the nearest first."""

    SAME = "same"
    FORM = "form"
    SOUND = "sound"
    SPELLING = "spelling"
    PART = "part"
    BEGINNING = "beginning"
    INITIAL = "initial"
    ROUGHLY = "roughly"
    UNKNOWN = "unknown"
    NOT = "not"


_CLOSE = frozenset({Alike.SAME, Alike.FORM, Alike.SOUND, Alike.SPELLING})


@dataclass(frozen=True, slots=True)
class Name:
    """A surname or given names taken apart. `words` leave particles out ("O’", "van den"), `whole` joins everything."""

    words: tuple[str, ...]
    whole: str

    @property
    def common(self) -> bool:
        """Whether so many bear it that sharing it says little."""
        return bool(self.words) and all(word in COMMON for word in map(fold, self.words))


@dataclass(frozen=True, slots=True)
class PersonName:
    """Someone's names, taken apart once."""

    surname: Name
    given: Name
    known: Name


@lru_cache(maxsize=32768)
def read_name(surname: str, given_names: str, known_as: str) -> PersonName:
    """Names as they are typed, taken apart."""
    return PersonName(_read(surname), _read(given_names), _read(known_as))


def _read(text: str) -> Name:
    words, joined = [], ""
    for word in _PARTS.split(_O.sub("", text.casefold())):
        if not (folded := fold(word).replace(" ", "")):
            continue
        if folded in _MAC and not joined:
            joined = folded
        elif joined or folded not in _PARTICLES:
            words.append(joined + word)
            joined = ""
    if joined:
        words.append(joined)
    whole = fold(text).replace(" ", "")
    return Name(tuple(words) or ((whole,) if whole else ()), whole)


@lru_cache(maxsize=65536)
def compare_words(one: str, other: str, *, surname: bool) -> Alike:
    """How alike two words of names are."""
    (mine, my_forms, my_codes), (theirs, their_forms, their_codes) = _known_of(one, surname), _known_of(other, surname)
    if mine == theirs:
        return Alike.SAME
    if not my_forms.isdisjoint(their_forms):
        return Alike.FORM
    if len(mine) == 1 or len(theirs) == 1:
        return Alike.INITIAL if mine[:1] == theirs[:1] else Alike.NOT
    far = None if my_codes.isdisjoint(their_codes) else sound_distance(one, other)
    if far is not None and far <= _HARDLY_HEARD:
        return Alike.SOUND
    # Slips of the keys seldom fall on the first letter; given names that differ there ("Hitesh", "Jitesh") are others.
    if is_near(mine, theirs) and (surname or mine[0] == theirs[0]):
        return Alike.SPELLING
    if far is not None and sounds_like(one, other):
        return Alike.SOUND
    if _near_in_sound(one, other, mine, theirs):
        return Alike.SPELLING
    if not surname and min(len(mine), len(theirs)) >= 3 and (mine.startswith(theirs) or theirs.startswith(mine)):
        return Alike.BEGINNING
    return Alike.ROUGHLY if far is not None else Alike.NOT


@lru_cache(maxsize=32768)
def _known_of(word: str, surname: bool) -> tuple[str, frozenset[int | str], frozenset[str]]:
    """A word folded, the forms it shares with others (a surname's masculine one too), and its sounds."""
    folded = fold(word)
    forms: frozenset[int | str] = frozenset(given_sets(folded))
    if surname:
        forms = frozenset({*surname_sets(folded), _FEMININE.sub(r"\1i", folded)})
    return folded, forms, frozenset(sound_codes(word))


def _near_in_sound(one: str, other: str, mine: str, theirs: str) -> bool:
    """Whether long words are a consonant apart in sound ("Jędrzejczak", "Yendjeychak")."""
    if min(len(mine), len(theirs)) < 6 or slips(mine, theirs, 4) > 4:
        return False
    return any(
        len(code) >= 5 and slips(code, another, 1) <= 1 and code[0] == another[0]
        for code in sound_codes(one)
        for another in sound_codes(other)
        if len(another) >= 5
    )


def compare_surnames(one: Name, other: Name) -> Alike:
    """How alike two surnames are, double ones included."""
    if not one.words or not other.words:
        return Alike.UNKNOWN
    if one.whole == other.whole or one.words == other.words:
        return Alike.SAME
    pairs = [(mine, theirs, compare_words(mine, theirs, surname=True)) for mine in one.words for theirs in other.words]
    if len(one.words) == len(other.words) == 1:
        return pairs[0][2]
    shared = {theirs for _, theirs, alike in pairs if alike in _CLOSE}
    if len(one.words) == len(other.words) == len(shared):
        return Alike.FORM
    joined = compare_words(one.whole, other.whole, surname=True)
    if joined in _CLOSE:
        return joined
    if shared:
        return Alike.PART if 1 in (len(one.words), len(other.words)) else Alike.ROUGHLY
    return Alike.NOT


_GIVEN_ORDER = (
    Alike.SAME, Alike.FORM, Alike.SOUND, Alike.SPELLING, Alike.PART, Alike.BEGINNING, Alike.INITIAL, Alike.ROUGHLY,
)  # fmt: skip


def compare_given(one: PersonName, other: PersonName) -> Alike:
    """How alike what two people are called by is: first names, names they are known by, middle names."""
    mine, theirs = one.given.words or one.known.words, other.given.words or other.known.words
    if not mine or not theirs:
        return Alike.UNKNOWN
    if one.given.whole and one.given.whole == other.given.whole:
        return Alike.SAME
    found = {compare_words(mine[0], theirs[0], surname=False)}
    for known, called in ((one.known.words, theirs), (other.known.words, mine)):
        if known and compare_words(known[0], called[0], surname=False) in _CLOSE:
            found.add(Alike.FORM)
    if compare_words(one.given.whole, other.given.whole, surname=False) in _CLOSE:
        found.add(Alike.SOUND)
    several = (len(mine) > 1) != (len(theirs) > 1)
    if several and any(compare_words(a, b, surname=False) in _CLOSE for a in mine for b in theirs):
        found.add(Alike.PART)
    return next((alike for alike in _GIVEN_ORDER if alike in found), Alike.NOT)


def are_turned_round(one: PersonName, other: PersonName) -> bool:
    """Whether the surname of each stands where the other's given names do."""
    if not all((one.surname.words, one.given.words, other.surname.words, other.given.words)):
        return False
    crossed = (one.surname, other.given), (one.given, other.surname)
    return all(compare_surnames(*pair) in (Alike.SAME, Alike.FORM, Alike.SOUND) for pair in crossed)


def are_reordered(one: PersonName, other: PersonName) -> bool:
    """Whether all words of one name are among the other's, at least two of them, in whatever places."""
    mine, theirs = (*one.surname.words, *one.given.words), (*other.surname.words, *other.given.words)
    if len(mine) > len(theirs):
        mine, theirs = theirs, mine
    if len(mine) < 2 or len(theirs) < 3:
        return False
    left = list(theirs)
    for word in mine:
        match = next((each for each in left if _same_name(word, each)), None)
        if match is None:
            return False
        left.remove(match)
    return True


def _same_name(one: str, other: str) -> bool:
    return min(len(one), len(other)) > 1 and any(
        compare_words(one, other, surname=surname) in (Alike.SAME, Alike.FORM, Alike.SOUND) for surname in (True, False)
    )
