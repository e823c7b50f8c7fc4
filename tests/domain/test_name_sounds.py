"""Names that sound the same are told so however they are spelt; others are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mhtracker.domain.likeness.names import Alike, compare_words, read_name
from mhtracker.domain.likeness.sounds import sound_codes, sound_distance, sounds_like

ALIKE = """
Szczepański Shchepanski; Wiśniewski Vishnievski; Dąbrowska Dombrowska; Jaworski Yavorski; Chmielewski Hmielewski
Gołębiowska Golebiowska; Kaźmierczak Kazmierchak; Xasan Hassan; Xirsi Hersi; Cusmaan Osman; Cabdiraxmaan Abdirahman
Jaamac Jama; Guuleed Guled; Choudhury Chowdhury; Nasreen Nasrin; Qureshi Kureshi; Siddiqui Siddiqi; Begum Begom
Vikramasinghe Wickramasinghe; Caoimhe Keeva; Róisín Rosheen; Quinn Quin; McIntosh Mackintosh
Stephenson Stevenson; Philips Phillips; Clarke Clark; Tremaine Tremayne; Kavanagh Cavanagh; Reid Read
"""
UNLIKE = "Hussain Hassan; Murphy Murray; Barker Parker; Nowak Novotny; Ali Ella; Ciara Tara; Hitesh Jitesh"


def couples(text):
    return [tuple(pair.split()) for pair in text.replace("\n", ";").split(";") if pair.strip()]


@pytest.mark.parametrize(("one", "other"), couples(ALIKE))
def test_spellings_of_one_sound_meet(one, other):
    assert set(sound_codes(one)) & set(sound_codes(other))
    assert sounds_like(one, other)


@pytest.mark.parametrize(("one", "other"), couples(UNLIKE))
def test_names_that_sound_otherwise_do_not(one, other):
    assert not sounds_like(one, other)


@given(st.text(max_size=15), st.text(max_size=15))
def test_any_text_has_a_sound_of_its_own_and_distance_goes_both_ways(one, other):
    assert sound_distance(one, other) == sound_distance(other, one)
    if sound_codes(one):
        assert sound_distance(one, one) == 0


@pytest.mark.parametrize(
    ("surname", "words"),
    [
        ("O’Brien", ("brien",)),
        ("Ó Briain", ("briain",)),
        ("Mac Mahon", ("macmahon",)),
        ("van den Berg", ("berg",)),
        ("Smith-Jones", ("smith", "jones")),
        ("Ul-Haq", ("haq",)),
        ("", ()),
        ("🦊", ("🦊",)),
    ],
)
def test_particles_are_no_part_of_a_name(surname, words):
    assert read_name(surname, "", "").surname.words == words


def test_a_slip_on_the_first_letter_of_a_given_name_makes_another_name():
    assert compare_words("Robretson", "Robertson", surname=True) is Alike.SPELLING
    assert compare_words("Hitesh", "Jitesh", surname=False) is Alike.NOT
