"""Text is kept exactly but for what cannot be seen, and findings are gathered by field."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mhtracker.domain.clean_text import clean_line, clean_record, clean_text
from mhtracker.domain.errors import Invalid
from mhtracker.domain.findings import Caution, Findings
from mhtracker.domain.records import Note, Person

VISIBLE = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cf")))


@given(text=VISIBLE)
def test_visible_text_is_kept_exactly(text):
    assert clean_text(text) == text


@given(text=st.text())
def test_cleaned_text_is_clean(text):
    try:
        kept = clean_text(text)
    except Invalid:
        assert any("\ud800" <= c <= "\udfff" for c in text)
    else:
        assert clean_text(kept) == kept
        assert "\x00" not in kept
        assert "\r" not in kept


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("one\r\ntwo\rthree\n", "one\ntwo\nthree\n"),
        ("nul\x00 bell\x07 tab\t", "nul bell tab\t"),
        ("\u202etxet\u202c", "txet"),
        ("'; DROP TABLE people; --", "'; DROP TABLE people; --"),
        ("=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0"),
        ("👩‍👩‍👧 e\u0301", "👩‍👩‍👧 e\u0301"),
        ("Zofia\u200b\u00a0T", "Zofia\u200b\u00a0T"),
    ],
)
def test_only_what_harms_is_taken_out(text, kept):
    assert clean_text(text) == kept


@pytest.mark.parametrize("text", ["half \ud83d", "x" * 1_000_001])
def test_what_cannot_be_kept_is_refused(text):
    with pytest.raises(Invalid):
        clean_text(text)


def test_a_line_has_no_line_ends():
    assert clean_line("  Elm\n House\t ") == "Elm  House"


def test_a_record_is_cleaned_field_by_field():
    note = Note("n", "p", "call", date(2026, 7, 14), "one\r\n\x00two ", author=" Ewa ")
    assert clean_record(note) == Note("n", "p", "call", date(2026, 7, 14), "one\ntwo ", author="Ewa")
    clean = Person("p", "MHT-00001", "Przykład")
    assert clean_record(clean) is clean


def test_a_record_s_refusals_name_their_fields():
    with pytest.raises(Invalid) as caught:
        clean_record(Person("p", "MHT-00001", "\ud800", "\udfff"))
    assert set(caught.value.problems) == {"surname", "given_names"}


def test_the_first_problem_of_a_field_stands():
    findings = Findings()
    findings.refuse("started_on", "First.", (1,))
    findings.refuse("started_on", "Second.")
    findings.caution("note", "Look.")
    with pytest.raises(Invalid) as caught:
        findings.settle()
    assert (caught.value.problems, caught.value.mends) == ({"started_on": "First."}, {"started_on": (1,)})


def test_cautions_alone_are_given_back_and_fields_can_be_renamed():
    inner, outer = Findings(), Findings()
    inner.caution("ended_on", "Look.")
    outer.add(inner, {"ended_on": "left_on"})
    assert outer.settle() == (Caution("left_on", "Look."),)
