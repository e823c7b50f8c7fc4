"""Which of two records of one person says a thing more fully, and why: what is chosen until somebody chooses."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date

from mhtracker.domain.dates import write_date
from mhtracker.domain.names import fold
from mhtracker.domain.nhs import check_digit
from mhtracker.domain.records import DatePrecision, Person

_NAMES = ("surname", "given_names", "known_as")
_CASE = ("worker_id", "team_id", "care_coordinator", "locality", "primary_support")
"""What changes as time goes on: the record that was worked on last knows it."""

_CODED = ("gender", "ethnicity")
_SAYS_NOTHING = frozenset({"unknown", "not_known", "not_stated", "refused", "other", "X", "Z", "99"})
NEVER_FILLED = frozenset({"left_on", "left_reason"})
"""The end of one of two cases says nothing of the other, so it is never taken over unasked."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Whether the other record's value is the better one, and why it is, or why the kept one's is; "" for no reason."""

    other: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class WorkedOn:
    """The last day on which something was recorded of each of the two as having happened."""

    keep: date | None = None
    other: date | None = None


def better_value(keep: Person, other: Person, name: str, worked_on: WorkedOn) -> Choice:
    """Whose value of a field is to be kept. With nothing to tell them apart it is the kept record's."""
    mine, theirs = getattr(keep, name), getattr(other, name)
    if not mine or not theirs:
        return Choice(bool(theirs) and not mine and name not in NEVER_FILLED)
    if mine == theirs and name != "born_on":
        return Choice()
    if name in _NAMES:
        return _better_name(mine, theirs)
    if name == "born_on":
        return _greater(_exactness(keep), _exactness(other), "the more exact date")
    if name == "nhs_number":
        return _greater(_is_right(mine), _is_right(theirs), "its check digit is right")
    if name in _CODED:
        return _greater(mine not in _SAYS_NOTHING, theirs not in _SAYS_NOTHING, "the other says nothing")
    if name in _CASE:
        days = (worked_on.keep or date.min, worked_on.other or date.min)
        return _greater(days[0].toordinal(), days[1].toordinal(), f"worked on last, {write_date(max(days))}")
    return Choice()


def _greater(mine: int, theirs: int, why: str) -> Choice:
    """The one that scores higher; the kept one's, and without a reason, where they are alike."""
    return Choice(theirs > mine, why) if mine != theirs else Choice()


def _better_name(mine: str, theirs: str) -> Choice:
    """“Ciarán Seán” says more than “Ciaran S.”; of two different names the longer says no more than the other."""
    one, two = fold(mine).split(), fold(theirs).split()
    if _says_more(one, two) or _says_more(two, one):
        return _greater(_says_more(one, two), _says_more(two, one), "the fuller name")
    return _greater(_accents(mine), _accents(theirs), "written with its accents")


def _says_more(one: list[str], two: list[str]) -> bool:
    """Whether each word of the second begins one of the first, and the first says more than them."""
    return len("".join(one)) > len("".join(two)) and all(any(w.startswith(word) for w in one) for word in two)


def _accents(name: str) -> int:
    return sum(unicodedata.combining(letter) > 0 for letter in unicodedata.normalize("NFD", name))


def _exactness(person: Person) -> int:
    """1 January is what papers say where no birth date was known."""
    born_on = person.born_on
    if born_on is None:
        return 0
    if person.born_precision is not DatePrecision.DAY:
        return 2 if person.born_precision is DatePrecision.MONTH else 1
    return 3 if born_on.month == born_on.day == 1 else 4


def _is_right(number: str) -> bool:
    return len(number) == 10 and number.isdigit() and check_digit(number[:9]) == int(number[9])
