"""Words in notes, and documents on paper, without a window."""

from datetime import date

import pytest
from pypdf import PdfReader

from mhtracker.domain.records import Person
from mhtracker.operations.documents import add_document
from mhtracker.operations.notes import add_note, correct_note
from mhtracker.operations.people import add_person
from mhtracker.store import FixedClock, create_register, open_register
from tests.cli.conftest import AS_AT

DAY = date(2026, 7, 14)


@pytest.fixture
def register(tmp_path):
    """Two people with notes; the first words of one were corrected."""
    path = tmp_path / "notes.mhtracker"
    with create_register(path, who="Ewa Fikcyjna", clock=FixedClock(DAY)) as store:
        born = date(1974, 3, 12)
        one = add_person(
            store, surname="Szczepański", given_names="Łukasz", born_on=born, stage_id="supported",
            started_on=date(2026, 1, 5),
        )  # fmt: skip
        other = add_person(
            store, surname="Inventada", given_names="Rosa", born_on=born, stage_id="supported",
            started_on=date(2026, 1, 5),
        )  # fmt: skip
        add_note(store, one.id, kind="visit", noted_on=date(2026, 7, 1), text="Łukasz lubi żurek.")
        note = add_note(store, one.id, kind="call", noted_on=date(2026, 7, 3), text="Wants a garden.")
        correct_note(store, note.id, text="Wants a balcony.", reason="Misheard")
        add_note(store, other.id, kind="visit", noted_on=date(2026, 7, 5), text="A balcony garden, she says.")
    return path


def test_notes_are_found_by_how_their_words_begin_newest_first(run, register):
    answer = run("search", register, "balc", "--as-at", AS_AT, "--json").json
    assert [(each["ref"], each["noted_on"]) for each in answer["notes"]] == [
        ("MHT-00002", "2026-07-05"),
        ("MHT-00001", "2026-07-03"),
    ]
    assert answer["notes"][0]["name"] == "INVENTADA, Rosa"
    assert answer["notes"][0]["author"] == "Ewa Fikcyjna"
    assert run("search", register, "lubi", "ZUREK", "--as-at", AS_AT, "--json").json["count"] == 1
    assert run("search", register, "lubi", "balcony", "--as-at", AS_AT, "--json").json["count"] == 0


def test_a_corrected_note_is_found_by_what_it_says_now(run, register):
    found = run("search", register, "garden", "--as-at", AS_AT, "--json").json["notes"]
    assert [each["ref"] for each in found] == ["MHT-00002"]


def test_the_plain_answer_counts_what_it_leaves_out(run, register):
    ran = run("search", register, "balcony", "--limit", 1, "--as-at", AS_AT)
    assert "A balcony garden, she says." in ran.out
    assert "1 of 2 notes, newest first." in ran.out
    assert run("search", register, "xylophone", "--as-at", AS_AT).out == "No note holds “xylophone”.\n"


def test_one_person_s_notes_can_be_searched_alone(run, register):
    answer = run("search", register, "balcony", "--person", "MHT-00001", "--as-at", AS_AT, "--json").json
    assert [each["ref"] for each in answer["notes"]] == ["MHT-00001"]


def test_signs_alone_are_refused_in_plain_words(run, register):
    ran = run("search", register, "?!")
    assert (ran.code, ran.out) == (1, "")
    assert "“?!” holds no word to look for." in ran.err


def test_documents_ticked_for_packs_follow_in_summaries_and_packs(run, register, tmp_path):
    out = tmp_path / "before.pdf"
    run("summary", register, "MHT-00001", "--as-at", AS_AT, "-o", out)
    before = len(PdfReader(out).pages)
    tenancy = tmp_path / "tenancy.pdf"
    run("summary", register, "MHT-00002", "--as-at", AS_AT, "-o", tenancy)
    with open_register(register, who="Ewa Fikcyjna", clock=FixedClock(DAY)) as store:
        person_id = store.find(Person, ref="MHT-00001")[0].id
        add_document(store, person_id, name="Tenancy.pdf", content=tenancy.read_bytes(), in_packs=True)
    after, pack = tmp_path / "after.pdf", tmp_path / "pack.pdf"
    run("summary", register, "MHT-00001", "--as-at", AS_AT, "-o", after)
    assert len(PdfReader(after).pages) > before
    assert any("INVENTADA" in page.extract_text() for page in PdfReader(after).pages)
    run("pack", register, "review", "--as-at", AS_AT, "-o", pack)
    assert sum("Tenancy.pdf" in page.extract_text() for page in PdfReader(pack).pages) >= 1
