"""Whether two records speak of one person: the labelled pairs, and the rules one by one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mhtracker.domain.likeness.keys import asked_keys, near_births, near_numbers, stored_keys
from mhtracker.domain.likeness.score import Facts, birth_slip, compare, may_be_slip
from mhtracker.domain.nhs import check_digit
from mhtracker.domain.records import DatePrecision, Person
from tests.domain.name_pairs import read_pairs

BORN = date(1974, 3, 12)
PAIRS = read_pairs()


def person(surname, given="", born=BORN, **more):
    return Facts(surname, given, born_on=born, **more)


def warned(pairs):
    return [pair for pair in pairs if compare(pair.other, pair.one).warns]


def test_the_labelled_set_is_large_and_half_of_it_near_misses():
    assert len(PAIRS) >= 400
    assert sum(not pair.same for pair in PAIRS) >= len(PAIRS) / 2
    assert all(facts.nhs_number[:3] in ("", "999") for pair in PAIRS for facts in (pair.one, pair.other))


@pytest.mark.parametrize("kept_back", [False, True])
def test_unlike_pairs_are_silent_and_like_ones_warn(kept_back):
    like = [pair for pair in PAIRS if pair.same and pair.kept_back is kept_back]
    unlike = [pair for pair in PAIRS if not pair.same and pair.kept_back is kept_back]
    found, mistaken = warned(like), warned(unlike)
    which = "kept back" if kept_back else "seen while writing the rules"
    print(f"\nof pairs {which}: {len(found)} of {len(like)} like ones warn ({len(found) / len(like):.1%}),")
    print(f"{len(mistaken)} of {len(unlike)} unlike ones ({len(mistaken) / len(unlike):.1%})")
    assert len(found) >= 0.95 * len(like), [pair.words for pair in like if pair not in found]
    if not kept_back:
        assert len(mistaken) <= 0.02 * len(unlike), [pair.words for pair in mistaken]


def test_unlike_pairs_raise_a_warning_in_at_most_two_in_a_hundred():
    unlike = [pair for pair in PAIRS if not pair.same]
    mistaken = warned(unlike)
    print(f"\n{len(mistaken)} of {len(unlike)} unlike pairs raise a warning ({len(mistaken) / len(unlike):.1%})")
    assert len(mistaken) <= 0.02 * len(unlike), [pair.words for pair in mistaken]


facts = st.sampled_from([facts for pair in PAIRS for facts in (pair.one, pair.other)])


@given(facts, facts)
def test_likeness_is_the_same_seen_from_either_side(one, other):
    assert compare(one, other).score == compare(other, one).score


@given(facts)
def test_nobody_is_liker_than_oneself(one):
    same = compare(one, one).score
    assert all(compare(one, pair.other).score <= same for pair in PAIRS[::7])


@given(st.text(max_size=12), st.text(max_size=12), st.text(max_size=12), st.text(max_size=12))
def test_any_text_at_all_can_be_compared(surname, given_names, other, number):
    found = compare(Facts(surname, given_names, nhs_number=number), Facts(other, surname, nhs_number=number[::-1]))
    assert 0 <= found.score <= 100


@given(st.dates(date(1930, 1, 1), date(2008, 1, 1)))
def test_a_birth_date_with_day_and_month_changed_round_is_a_slip(day):
    if day.day <= 12 and day.day != day.month:
        assert "day and month" in birth_slip(day, date(day.year, day.day, day.month))[0]
    assert birth_slip(day, day.replace(year=day.year - 25 if day.day != 29 else day.year - 24)) == ("", 0)


def test_reasons_say_in_words_what_is_alike_and_the_weightiest_comes_first():
    found = compare(person("Shchepanski", "Lukasz", date(1974, 12, 3)), person("Szczepański", "Łukasz"))
    assert found.warns
    assert found.reasons == (
        "Same birth date with day and month changed round",
        "“Shchepanski” sounds like “Szczepański”",
        "Same given name",
    )
    assert found.against == ()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("9999981801", "Same NHS number"),
        ("9999918801", "NHS number differs by two digits changed round"),
        ("9999981811", "NHS number differs by one digit"),
    ],
)
def test_a_number_typed_with_a_slip_is_recognised(typed, words):
    found = compare(person("Aaa", "Bbb", nhs_number=typed), person("Aaa", "Bbb", nhs_number="9999981801"))
    assert found.reasons[0] == words or words in found.reasons


def test_two_true_numbers_near_one_another_speak_against_one_person():
    nines = [f"99912345{last}" for last in range(10)]
    numbers = [f"{nine}{check_digit(nine)}" for nine in nines if check_digit(nine) is not None]
    found = compare(person("Gupta", "Rohan", nhs_number=numbers[0]), person("Gupta", "Rina", nhs_number=numbers[1]))
    assert "Another NHS number" in found.against
    assert not found.warns


@pytest.mark.parametrize("fact", ["nhs_number", "local_id"])
def test_the_same_number_always_warns_whatever_else_is_said(fact):
    mine = replace(person("Entwistle", "Doris", gender="female"), **{fact: "9999981801"})
    theirs = replace(person("Xirsi", "Muuse", date(1999, 9, 9), gender="male"), **{fact: "9999981801"})
    found = compare(mine, theirs)
    assert found.warns
    assert "Another surname" in found.against


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (person("Testowska", "Zofia"), person("Testowska", "Ewa")),
        (person("Kowalski", "Piotr", gender="male"), person("Zieliński", "Piotr", gender="male")),
        (person("Mohamed", "Ali", date(1985, 1, 1)), person("Mohamed", "Ali", date(1986, 1, 1))),
        (person("Mohamed", "Ali", None), person("Mohamed", "Ali")),
        (person("Testowska", "", None), person("Testowska", "Zofia")),
        (person("", "Zofia"), person("Testowska", "Zofia")),
        (Facts(), person("Testowska", "Zofia")),
    ],
)
def test_what_is_alike_in_one_thing_only_is_passed_over(one, other):
    assert not compare(one, other).warns


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        (person("Baxter", "Bill"), person("Baxter", "William"), "forms of one name"),
        (person("Castellano", "John"), person("Castellano", "Giovanni", known_as="John"), "Known as John"),
        (person("Ashton", "Marlowe"), person("Marlowe", "Ashton"), "the other way round"),
        (person("Hassan", "Abdi Mohamed"), person("Maxamed", "Cabdi Xasan"), "another order"),
        (person("Hartley", "Alison"), person("Hartley-Webb", "Alison"), "have a name in common"),
        (
            person("Fairbairn", "Beata", gender="female"),
            person("Górecka", "Beata", gender="female"),
            "surname may have changed",
        ),
        (person("Underhill", "G"), person("Underhill", "Geoffrey"), "initial of “Geoffrey”"),
        (person("Robretson", "Pamela"), person("Robertson", "Pamela"), "spelt nearly like"),
        (
            Facts("Ogunleye", "Folake", born_on=date(1974, 3, 1), born_precision=DatePrecision.MONTH),
            person("Ogunleye", "Folake"),
            "Same birth month",
        ),
    ],
)
def test_what_hands_do_to_names_is_recognised(one, other, reason):
    found = compare(one, other)
    assert found.warns
    assert any(reason in words for words in found.reasons), found.reasons


@given(st.dates(date(1930, 1, 1), date(2008, 1, 1)), st.dates(date(1930, 1, 1), date(2008, 1, 1)))
def test_every_slip_of_a_date_is_looked_up(one, other):
    for day in (other, one.replace(year=other.year) if one.day < 29 else other, _turned(one)):
        assert (day in near_births(one)) == (day != one and bool(birth_slip(one, day)[0]))
        assert may_be_slip(one, day) == (day == one or bool(birth_slip(one, day)[0]))


def _turned(day):
    return date(day.year, day.day, day.month) if day.day <= 12 else day


@given(st.integers(0, 999_999), st.integers(0, 9), st.integers(0, 9))
def test_every_slip_of_a_number_is_looked_up(six, place, digit):
    nine = f"999{six:06d}"
    if (last := check_digit(nine)) is None:
        return
    number = f"{nine}{last}"
    for typed in (number, number[:place] + str(digit) + number[place + 1 :], number[:place] + number[place + 1 :]):
        assert number in near_numbers(typed)
    swapped = number[:place] + number[place : place + 2][::-1] + number[place + 2 :]
    assert number in near_numbers(swapped)


def test_nearly_every_like_pair_shares_a_key_a_date_or_a_number():
    def looked_up(pair):
        stored = set(stored_keys(Person("", "", pair.one.surname, pair.one.given_names, pair.one.known_as)))
        born, theirs = pair.other.born_on, pair.one.born_on
        return (
            bool(stored & set(asked_keys(pair.other)))
            or (born is not None and theirs in (born, *near_births(born)))
            or pair.one.nhs_number in near_numbers(pair.other.nhs_number)
        )

    assert not [pair.words for pair in PAIRS if pair.same and not looked_up(pair)]
