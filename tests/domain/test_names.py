"""Names are matched folded and split without loss."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mhtracker.domain.names import fold, has_hidden_marks, search_words, split_name
from mhtracker.domain.records import Person


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Przykład", "PRZYKLAD"),
        ("O'Brien", "o’brien"),
        ("O’Brien", "OBRIEN"),
        ("D’Arcy-Łoś", "darcy los"),
        ("e\u0301", "\u00e9"),
        ("Søren Ærø", "soren aero"),
        ("Đặng", "dang"),
        ("Groß", "GROSS"),
        ("Þóra Ðorn", "thora dorn"),
        ("Zofia\u200b Testowska", "zofia testowska"),
        ("Zofia\u00a0\u00a0Testowska", "zofia testowska"),
        ("\u202eZofia\u202c", "zofia"),
        ("Ｆｕｌｌ", "full"),
        ("ISTANBUL", "ıstanbul"),
        ("İpek", "ipek"),
        ("St. John", "St John"),
        ("Smith-Jones", "Smith Jones"),
    ],
)
def test_names_alike_to_a_reader_fold_alike(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("Anna", "Ana"), ("की", "का"), ("が", "か"), ("Ö", "U"), ("محمد", "محمود")])
def test_different_names_fold_apart(one, other):
    assert fold(one) != fold(other)


@given(text=st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(text=st.text())
def test_case_never_matters(text):
    assert fold(text.upper().lower()) == fold(text.lower().upper().lower())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PRZYKŁAD, Marek", ("PRZYKŁAD", "Marek")),
        ("Przykład,Marek Jan", ("Przykład", "Marek Jan")),
        ("Marek Przykład", ("Przykład", "Marek")),
        ("Marek Jan Przykład", ("Przykład", "Marek Jan")),
        ("Marek PRZYKŁAD", ("PRZYKŁAD", "Marek")),
        ("PRZYKŁAD Marek", ("PRZYKŁAD", "Marek")),
        ("VAN DYK Anna Maria", ("VAN DYK", "Anna Maria")),
        ("Anna VAN DYK", ("VAN DYK", "Anna")),
        ("Vincent van Gogh", ("van Gogh", "Vincent")),
        ("Ludwig van der Rohe", ("van der Rohe", "Ludwig")),
        ("MAREK PRZYKLAD", ("PRZYKLAD", "MAREK")),
        ("Null", ("Null", "")),
        ("van Gogh", ("Gogh", "van")),
        (", Marek", ("Marek", "")),
        ("X", ("X", "")),
        ("", ("", "")),
        ("  Zofia \u00a0 Testowska ", ("Testowska", "Zofia")),
    ],
)
def test_a_name_is_split_by_how_it_is_written(text, expected):
    assert split_name(text) == expected


@given(text=st.text())
def test_splitting_loses_no_letter(text):
    kept = "".join(split_name(text))
    assert sorted(kept.replace(" ", "")) == sorted("".join(text.replace(",", "").split()))


def test_a_person_is_found_by_every_name_and_number():
    person = Person("p", "MHT-00417", "Przykład-Nowak", "Marek Jan", "Maz", nhs_number="9999981801", local_id="M204417")
    assert search_words(person) == ("przyklad", "nowak", "marek", "jan", "maz", "mht-00417", "9999981801", "m204417")


def test_marks_nobody_sees_are_noticed():
    assert has_hidden_marks("Zofia\u200b")
    assert has_hidden_marks("Zofia\u00a0Testowska")
    assert not has_hidden_marks("D’Arcy-Łoś Ñ")
