from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mhtracker.figures import fonts
from mhtracker.figures.right_to_left import visual_order


@pytest.mark.parametrize("text", ["Zażółć gęślą jaźń", "Nguyễn Thị Đào", "Київ Їжак", "Ελλάδα", "£684.20 – “x” … →"])
def test_source_sans_itself_has_the_letters_of_europe_and_vietnam(text: str) -> None:
    fonts.register_fonts()
    for name in (fonts.REGULAR, fonts.SEMIBOLD):
        known = fonts._font(name).face.charToGlyph
        assert [letter for letter in text if ord(letter) not in known] == []


@pytest.mark.parametrize("text", ["محمد", "שלום", "😀", "ქართული", "王"])
def test_letters_it_lacks_have_a_width_all_the_same(text: str) -> None:
    assert fonts.text_width(text, fonts.REGULAR, 10) > 2


@given(st.text(max_size=60))
def test_printable_text_holds_nothing_unseen_and_prints_as_itself_again(text: str) -> None:
    once = fonts.printable(text)
    assert fonts.printable(once) == once
    assert not {unicodedata.category(letter) for letter in once} & {"Cc", "Cf", "Cs"}


def test_accents_typed_apart_are_composed() -> None:
    assert fonts.printable("Rene\u0301e") == "Renée"


@given(st.text(max_size=80), st.floats(0, 300))
def test_shortened_text_fits(text: str, room: float) -> None:
    assert fonts.text_width(fonts.shortened(text, fonts.REGULAR, 9.5, room), fonts.REGULAR, 9.5) <= room + 0.001


def test_text_that_fits_is_left_alone() -> None:
    assert fonts.shortened("Beech Lodge", fonts.REGULAR, 9.5, 200) == "Beech Lodge"


def test_hebrew_is_turned_round_and_its_digits_are_not() -> None:
    assert visual_order("Born שלום 12") == "Born םולש 12"
    assert visual_order("שלום 123 עליכם") == "םכילע 123 םולש"


def test_arabic_letters_join() -> None:
    # meem initial, hah medial, meem medial, dal final; from right to left
    assert visual_order("محمد") == "\ufeaa\ufee4\ufea4\ufee3"


def test_lam_and_alef_become_one() -> None:
    assert visual_order("لا") == "\ufefb"
