"""NHS numbers: the check digit decides, and nothing is padded or guessed."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mhtracker.domain.errors import Invalid
from mhtracker.domain.nhs import check_digit, is_test_number, normalise_nhs_number


@pytest.mark.parametrize(
    "text",
    ["9990000018", "999 000 0018", "999-000-0018", " 999\u00a0000\u2011 0018\u200b", "9990000018.0"],
)
def test_spaces_and_dashes_do_not_matter(text):
    assert normalise_nhs_number(text) == "9990000018"


@pytest.mark.parametrize("number", ["9990000018", "9990000026", "9990000034", "9990000042", "9434765919"])
def test_true_numbers_pass(number):
    assert normalise_nhs_number(number) == number


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("9434765918", "last digit does not fit"),
        ("0000000000", "all alike"),
        ("1111111111", "all alike"),
        ("9999999999", "all alike"),
        ("٩٤٣٤٧٦٥٩١٩", "digits 0 to 9"),
        ("９４３４７６５９１９", "digits 0 to 9"),
        ("434765919", "leading zero may be lost"),
        ("9.43E+09", "shortened by a spreadsheet"),
        ("94347659190", "has 11 digits"),
        ("12", "has 2 digits"),
        ("943 476 591X", "more than digits"),
        ("unknown", "more than digits"),
        ("", "Leave this empty"),
        ("- -", "Leave this empty"),
    ],
)
def test_what_is_no_nhs_number_is_refused_in_words(text, words):
    with pytest.raises(Invalid, match=words):
        normalise_nhs_number(text)


def test_nine_digits_with_no_check_digit_are_never_a_number():
    assert check_digit("999000000") is None
    for last in range(10):
        with pytest.raises(Invalid):
            normalise_nhs_number(f"999000000{last}")


@given(nine=st.from_regex(r"[0-9]{9}", fullmatch=True), place=st.integers(0, 8), other=st.integers(0, 9))
def test_one_mistyped_digit_is_always_caught(nine, place, other):
    digit = check_digit(nine)
    assume(digit is not None and nine[place] != str(other))
    number = f"{nine}{digit}"
    mistyped = number[:place] + str(other) + number[place + 1 :]
    with pytest.raises(Invalid):
        normalise_nhs_number(mistyped)


def test_the_test_range_is_known():
    assert is_test_number("9990000018")
    assert not is_test_number("9434765919")
