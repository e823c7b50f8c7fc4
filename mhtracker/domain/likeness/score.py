"""How likely two records speak of one person: a score from 0 to 100, and in words what speaks for it and against it.

Each fact that two people share, or do not, weighs as much as it tells: a birth date more than a name, a rare name
more than one that thousands bear, an NHS number most. The weights are powers of two: one point more makes it twice as
likely that the two are one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mhtracker.domain.likeness.names import (
    Alike,
    PersonName,
    are_reordered,
    are_turned_round,
    compare_given,
    compare_surnames,
    read_name,
)
from mhtracker.domain.names import fold
from mhtracker.domain.near import slips
from mhtracker.domain.nhs import check_digit
from mhtracker.domain.records import DatePrecision, Person

WARN_AT = 50
"""From this score on, people are asked whether it is the same person."""

_ENOUGH = 14.5
"""The weight at which a warning is right more often than not, in a register of some thousands."""

_SURNAME = {
    Alike.SAME: 9.0, Alike.FORM: 6.0, Alike.SOUND: 6.0, Alike.SPELLING: 5.0, Alike.PART: 5.0, Alike.ROUGHLY: 3.0,
    Alike.BEGINNING: 3.0, Alike.INITIAL: -2.0, Alike.UNKNOWN: -4.0, Alike.NOT: -6.0,
}  # fmt: skip
_GIVEN = {
    Alike.SAME: 6.0, Alike.FORM: 4.5, Alike.SOUND: 5.0, Alike.SPELLING: 4.5, Alike.PART: 4.5, Alike.BEGINNING: 1.0,
    Alike.INITIAL: 2.0, Alike.ROUGHLY: 2.0, Alike.UNKNOWN: 0.0, Alike.NOT: -10.0,
}  # fmt: skip
_COMMON_SURNAME, _COMMON_GIVEN = 0.6, 0.75


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known, or typed so far, of who somebody is. Numbers may be half typed or mistyped."""

    surname: str = ""
    given_names: str = ""
    known_as: str = ""
    born_on: date | None = None
    born_precision: DatePrecision = DatePrecision.DAY
    nhs_number: str = ""
    local_id: str = ""
    gender: str = ""

    @property
    def name(self) -> PersonName:
        return read_name(self.surname, self.given_names, self.known_as)


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two people are. `reasons` speak for one person, the weightiest first; `against` do not."""

    score: int
    reasons: tuple[str, ...] = ()
    against: tuple[str, ...] = ()

    @property
    def warns(self) -> bool:
        return self.score >= WARN_AT


_NEAR_AT = 42


def is_near(one: Facts, other: Facts, likeness: Likeness) -> bool:
    """Whether two written-out names are near with nothing against it, where a birth date is missing to tell more.

    Too little to be asked about among all people; enough to be said while somebody is being added.
    """
    if one.born_on is not None and other.born_on is not None:
        return False
    written_out = all(len(name.strip(" .")) > 1 for name in (one.given_names, other.given_names))
    return written_out and likeness.score >= _NEAR_AT and not likeness.against


def is_double(one: Facts, other: Facts) -> bool:
    """Whether two bear one name and one birth date, known to the day: nobody adds the second without meaning to."""
    exact = one.born_precision is DatePrecision.DAY and other.born_precision is DatePrecision.DAY
    same_day = one.born_on is not None and one.born_on == other.born_on and exact
    names = [(fold(each.surname), fold(each.given_names)) for each in (one, other)]
    return same_day and names[0] == names[1]


@dataclass(frozen=True, slots=True)
class _Mark:
    weight: float
    words: str = ""


def facts_of(person: Person) -> Facts:
    """What a person's record says of who they are."""
    return Facts(
        person.surname,
        person.given_names,
        person.known_as,
        person.born_on,
        person.born_precision,
        person.nhs_number or "",
        person.local_id or "",
        person.gender or "",
    )


def compare(one: Facts, other: Facts) -> Likeness:
    """How alike two people are."""
    born, number = _birth_mark(one, other), _number_mark(one.nhs_number, other.nhs_number)
    local = _local_mark(one.local_id, other.local_id)
    marks = [*_name_marks(one, other, born, number), born, number, local, _gender_mark(one, other)]
    weight = sum(mark.weight for mark in marks)
    if _is_same(one.nhs_number, other.nhs_number) or _is_same(one.local_id, other.local_id):
        weight = max(weight, _ENOUGH)  # two people cannot share a number, so one of the two records is mistaken
    score = max(0, min(100, round(WARN_AT + 2 * (weight - _ENOUGH))))
    told = sorted((mark for mark in marks if mark.words), key=lambda mark: -mark.weight)
    return Likeness(
        score,
        tuple(mark.words for mark in told if mark.weight > 0),
        tuple(mark.words for mark in reversed(told) if mark.weight <= 0),
    )


def may_be_one(mine: PersonName, theirs: PersonName, *, may_have_married: bool) -> bool:
    """Whether the names of two born on one day leave it open that `compare` warns, where no number is known.

    A quick look before the full comparison: with neither the surname alike nor a way round it, nothing outweighs it.
    """
    surnames = compare_surnames(mine.surname, theirs.surname)
    if surnames not in (Alike.NOT, Alike.UNKNOWN):
        return True
    if may_have_married and compare_given(mine, theirs) in (Alike.SAME, Alike.FORM):
        return True
    return are_turned_round(mine, theirs) or are_reordered(mine, theirs)


# Names


def _name_marks(one: Facts, other: Facts, born: _Mark, number: _Mark) -> list[_Mark]:
    mine, theirs = one.name, other.name
    surnames, given = compare_surnames(mine.surname, theirs.surname), compare_given(mine, theirs)
    straight = [_surname_mark(one, other, surnames), _given_mark(one, other, given)]
    if surnames is Alike.SAME and given is Alike.SAME:
        straight = [_Mark(straight[0].weight + straight[1].weight, "Same name")]
    ways = [straight]
    if are_turned_round(mine, theirs):
        common = sum(name.common for name in (mine.surname, mine.given, theirs.surname, theirs.given))
        ways.append([_Mark(14.0 - common, "Surname and given name the other way round")])
    if are_reordered(mine, theirs):
        common = mine.surname.common and mine.given.common
        ways.append([_Mark(7.5 if common else 10.0, "The same names in another order, or one more of them")])
    if surnames is Alike.NOT and _may_have_married(one, other, given, born, number):
        ways.append([_Mark(4.0, "Same given name, and the surname may have changed")])
    return max(ways, key=lambda marks: sum(mark.weight for mark in marks))


def _surname_mark(one: Facts, other: Facts, alike: Alike) -> _Mark:
    weight = _SURNAME[alike]
    if weight > 0 and one.name.surname.common and other.name.surname.common:
        weight *= _COMMON_SURNAME
    return _Mark(weight, _words(alike, one.surname, other.surname, "surname"))


def _given_mark(one: Facts, other: Facts, alike: Alike) -> _Mark:
    weight = _GIVEN[alike]
    if weight > 0 and one.name.given.common and other.name.given.common:
        weight *= _COMMON_GIVEN
    if alike is Alike.FORM and (called := _known_as(one, other)):
        return _Mark(weight, f"Known as {called}")
    mine, theirs = one.given_names or one.known_as, other.given_names or other.known_as
    return _Mark(weight, _words(alike, mine, theirs, "given name"))


def _known_as(one: Facts, other: Facts) -> str:
    """The name by which one is known and the other goes; "" when it is not that which makes them alike."""
    for known, called in ((one.known_as, other), (other.known_as, one)):
        if known and known.casefold() in (called.given_names.casefold(), called.known_as.casefold()):
            return known
    return ""


def _words(alike: Alike, mine: str, theirs: str, what: str) -> str:
    """What is said of two surnames, or two given names; `theirs` stands in the register."""
    mine, theirs = " ".join(mine.split()), " ".join(theirs.split())
    return {
        Alike.SAME: f"Same {what}",
        Alike.FORM: f"“{mine}” and “{theirs}” are forms of one name",
        Alike.SOUND: f"“{mine}” sounds like “{theirs}”",
        Alike.SPELLING: f"“{mine}” is spelt nearly like “{theirs}”",
        Alike.PART: f"“{mine}” and “{theirs}” have a name in common",
        Alike.BEGINNING: f"“{mine}” and “{theirs}” begin alike",
        Alike.INITIAL: f"The initial of “{theirs}” is the same",
        Alike.ROUGHLY: f"“{mine}” and “{theirs}” are a little alike",
        Alike.UNKNOWN: "",
        Alike.NOT: f"Another {what}",
    }[alike]


def _may_have_married(one: Facts, other: Facts, given: Alike, born: _Mark, number: _Mark) -> bool:
    """A woman of the same first name, not a common one, and the same birth date."""
    genders = {one.gender, other.gender} - {""}
    known_birth = one.born_on == other.born_on and born.weight >= _BORN_SAME
    rare = given in (Alike.SAME, Alike.FORM) and not (one.name.given.common or other.name.given.common)
    return genders == {"female"} and known_birth and rare and number.weight >= 0


# Birth dates

_BORN_SAME, _BORN_FIRST_OF_YEAR, _BORN_OTHER = 12.0, 7.0, -10.0


def _birth_mark(one: Facts, other: Facts) -> _Mark:
    mine, theirs = one.born_on, other.born_on
    if mine is None or theirs is None:
        return _Mark(0)
    if one.born_precision is not DatePrecision.DAY or other.born_precision is not DatePrecision.DAY:
        return _rough_birth_mark(one, other, mine, theirs)
    # Where no birth date was known, papers say 1 January: very many share it.
    first = mine.month == mine.day == 1
    if mine == theirs:
        return _Mark(_BORN_FIRST_OF_YEAR if first else _BORN_SAME, "Same birth date")
    if first and theirs.month == theirs.day == 1:
        return _Mark(-6, "Another birth year")
    words, weight = birth_slip(mine, theirs)
    return _Mark(weight, words) if words else _Mark(_BORN_OTHER, "Another birth date")


def birth_slip(mine: date, theirs: date) -> tuple[str, float]:
    """How one date may be the other mistyped, in words, and what that weighs; ("", 0) when it may not."""
    if (mine.year, mine.month, mine.day) == (theirs.year, theirs.day, theirs.month):
        return "Same birth date with day and month changed round", 8
    a, b = f"{mine:%d%m}{mine.year:04}", f"{theirs:%d%m}{theirs.year:04}"
    unlike = [place for place in range(8) if a[place] != b[place]]
    if len(unlike) == 1:
        return "Birth dates differ by one digit", 7
    if (
        len(unlike) == 2
        and unlike[1] - unlike[0] == 1
        and a[unlike[0]] == b[unlike[1]]
        and a[unlike[1]] == b[unlike[0]]
    ):
        return "Birth dates differ by two digits changed round", 8
    if (mine.day, mine.month) == (theirs.day, theirs.month) and abs(mine.year - theirs.year) == 1:
        return "Same birthday, one year apart", 6
    return "", 0


def may_be_slip(mine: date, theirs: date) -> bool:
    """Whether two dates are the same or a slip apart: every slip leaves the day, the month or the year as it was."""
    if mine.year != theirs.year and mine.month != theirs.month and mine.day != theirs.day:
        return False
    return mine == theirs or bool(birth_slip(mine, theirs)[0])


def _rough_birth_mark(one: Facts, other: Facts, mine: date, theirs: date) -> _Mark:
    if mine.year != theirs.year:
        return _Mark(-8, "Another birth year")
    if DatePrecision.YEAR in (one.born_precision, other.born_precision):
        return _Mark(3, "Same birth year, as far as it is known")
    if mine.month != theirs.month:
        return _Mark(-8, "Another birth month")
    return _Mark(6, "Same birth month, as far as it is known")


# Numbers


def _number_mark(mine: str, theirs: str) -> _Mark:
    if len(mine) < 9 or len(theirs) < 9:
        return _Mark(0)  # not there, or still being typed
    if mine == theirs:
        return _Mark(22, "Same NHS number")
    # Two whole numbers are never a slip apart: their last digits would not both fit.
    if not (_is_whole(mine) and _is_whole(theirs)) and slips(mine, theirs, 1) <= 1:
        turned = len(mine) == len(theirs) and sorted(mine) == sorted(theirs)
        return _Mark(12, f"NHS number differs by {'two digits changed round' if turned else 'one digit'}")
    return _Mark(-11.5, "Another NHS number")


def _is_whole(number: str) -> bool:
    return len(number) == 10 and number.isdigit() and check_digit(number[:9]) == int(number[9])


def _local_mark(mine: str, theirs: str) -> _Mark:
    if not mine or not theirs:
        return _Mark(0)
    return _Mark(14, "Same local id") if _is_same(mine, theirs) else _Mark(-4, "Another local id")


def _is_same(mine: str, theirs: str) -> bool:
    return bool(mine) and mine.casefold() == theirs.casefold()


def _gender_mark(one: Facts, other: Facts) -> _Mark:
    differ = {one.gender, other.gender} == {"male", "female"}
    return _Mark(-8, "Another gender recorded") if differ else _Mark(0)
