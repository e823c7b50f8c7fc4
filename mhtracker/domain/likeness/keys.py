"""The keys by which those who may be the same person are found, without comparing everybody with everybody.

A key joins the sound of one surname and one given name, in alphabetical order, so that names the other way round have
the same. What is stored is what a name sounds like; what is looked up is also what its other forms sound like.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import lru_cache

from mhtracker.domain.likeness.names import Name, read_name
from mhtracker.domain.likeness.score import Facts, birth_slip
from mhtracker.domain.likeness.sounds import sound_codes
from mhtracker.domain.likeness.variants import forms_of_given, forms_of_surname
from mhtracker.domain.names import fold
from mhtracker.domain.nhs import check_digit
from mhtracker.domain.records import Person

_MOST_STORED, _MOST_ASKED = 12, 300


def stored_keys(person: Person) -> tuple[str, ...]:
    """The keys of a person, kept beside the record; none without given names."""
    return _stored(person.surname, person.given_names, person.known_as)


@lru_cache(maxsize=16384)
def _stored(surname: str, given_names: str, known_as: str) -> tuple[str, ...]:
    name = read_name(surname, given_names, known_as)
    called = (*name.given.words[:2], *name.known.words[:1])
    return tuple(_joined(_codes(name.surname.words[:3]), _codes(called)))[:_MOST_STORED]


def asked_keys(facts: Facts) -> tuple[str, ...]:
    """The keys under which somebody like this may be stored."""
    name = facts.name
    surnames = _codes((*_with_forms(name.surname, surname=True), name.surname.whole))
    called = Name((*name.given.words[:3], *name.known.words[:1]), "")
    straight = _joined(surnames, _codes(_with_forms(called, surname=False)))
    # A surname typed as the given name has the forms of surnames, not of given names.
    turned = _joined(_codes(_with_forms(name.given, surname=True)), _codes(name.surname.words))
    return tuple(dict.fromkeys((*straight, *turned)))[:_MOST_ASKED]


def name_sounds(facts: Facts) -> frozenset[str]:
    """The codes of every word of a name: people who share none are not alike in name."""
    name = facts.name
    return frozenset(_codes((*name.surname.words, *name.given.words, *name.known.words)))


def _with_forms(name: Name, *, surname: bool) -> Iterator[str]:
    yield from name.words
    for word in name.words:
        yield from forms_of_surname(fold(word)) if surname else forms_of_given(fold(word))


def _codes(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(code for word in words if word for code in sound_codes(word)))


def _joined(surnames: list[str], given: list[str]) -> list[str]:
    return list(dict.fromkeys("|".join(sorted((one, other))) for one in surnames for other in given))


def near_births(born_on: date) -> list[date]:
    """The dates that a birth date may have been meant for, the date itself left out."""
    found = {born_on + timedelta(days=days) for days in range(-31, 32)}
    tens = born_on.year // 10 * 10
    years = {*range(tens, tens + 10), *range(born_on.year % 10 + 1800, 2200, 10), *_years_turned(born_on.year)}
    found |= {day for year in years if (day := _day(year, born_on.month, born_on.day))}
    found |= {day for month in range(1, 13) if (day := _day(born_on.year, month, born_on.day))}
    if day := _day(born_on.year, born_on.day, born_on.month):
        found.add(day)
    for year in (born_on.year - 1, born_on.year + 1):
        if day := _day(year, born_on.month, born_on.day):
            found.add(day)
    return sorted(day for day in found - {born_on} if birth_slip(born_on, day)[0])


def _years_turned(year: int) -> Iterator[int]:
    text = f"{year:04}"
    for place in range(3):
        yield int(text[:place] + text[place + 1] + text[place] + text[place + 2 :])


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def near_numbers(typed: str) -> list[str]:
    """The true NHS numbers that a typed one may have been meant for; itself first when it is one."""
    if not typed.isascii() or not typed.isdigit() or not 9 <= len(typed) <= 11:
        return []
    found = dict.fromkeys(each for each in _slips_of(typed) if len(each) == 10)
    return [number for number in found if check_digit(number[:9]) == int(number[9])]


def _slips_of(typed: str) -> Iterator[str]:
    yield typed
    for place in range(len(typed)):
        before, digit, after = typed[:place], typed[place], typed[place + 1 :]
        yield before + after
        if after:
            yield before + after[0] + digit + after[1:]
        for other in "0123456789":
            yield before + other + after
            yield before + other + digit + after
    yield from (typed + other for other in "0123456789")
