"""Documents come into the register whole, are kept once, and leave it when that is undone."""

import pytest

from mhtracker.domain.errors import Conflict, Invalid, NotFound
from mhtracker.domain.records import Document
from mhtracker.operations import documents
from mhtracker.store.check import check
from mhtracker.store.queries.person import build_case_summary
from tests.operations.conftest import TODAY

PDF = b"%PDF-1.4\n% an invented tenancy"


def added(case, name="Tenancy.pdf", content=PDF, **more):
    return documents.add_document(case.store, case.id, name=name, content=content, **more)


def test_a_document_is_kept_with_its_type_size_and_who_added_it(case):
    document = added(case, "../Tenancy.PDF", about="tenancy", dated_on=TODAY, in_packs=True)
    kept = case.store.get(Document, document.id)
    assert kept == document
    assert (kept.name, kept.media_type, kept.size) == ("Tenancy.PDF", "application/pdf", len(PDF))
    assert (kept.added_by, kept.added_at) == ("Ewa Fikcyjna", case.store.clock.now())
    assert case.store.content(kept.sha256) == PDF
    assert build_case_summary(case.store, case.id, TODAY).around.documents == [kept]
    assert case.store.next_undo().label == "Add document"


def test_undo_leaves_no_document_and_redo_brings_it_back_whole(case):
    document = added(case)
    case.store.undo()
    assert case.store.find(Document) == []
    assert check(case.store).ok
    case.store.redo()
    assert case.store.content(case.store.get(Document, document.id).sha256) == PDF
    assert check(case.store).ok


def test_the_same_bytes_are_stored_once_and_refused_twice_for_one_person(case):
    added(case)
    with pytest.raises(Invalid, match=r"already, as Tenancy\.pdf"):
        added(case, "Another name.pdf")
    assert len(case.store.find(Document)) == 1


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("letter.pdf", b"MZ\0\0", "a program"),
        ("letter.exe", PDF, r"ends in \.exe"),
        ("large.pdf", PDF + bytes(1_000_000), "the most is 1 MB"),
        ("empty.pdf", b"", "empty"),
    ],
)
def test_what_is_not_taken_leaves_nothing_behind(case, name, content, words):
    documents.set_largest_size(case.store, 1)
    before = case.store.last_seq()
    with pytest.raises(Invalid, match=words):
        added(case, name, content)
    assert (case.store.find(Document), case.store.last_seq()) == ([], before)


def test_a_date_ahead_is_refused_and_its_bytes_are_not_kept(case):
    with pytest.raises(Invalid) as caught:
        added(case, dated_on=TODAY.replace(year=2027))
    assert set(caught.value.problems) == {"dated_on"}
    assert check(case.store).ok


def test_a_document_is_renamed_but_keeps_the_ending_of_what_it_holds(case):
    document = added(case)
    changed = documents.edit_document(
        case.store, document.id, base=document, name="Lease.exe", note="Signed.", in_packs=True
    )
    assert (changed.name, changed.note, changed.in_packs) == ("Lease.exe.pdf", "Signed.", True)
    with pytest.raises(Conflict):
        documents.edit_document(case.store, document.id, base=document, note="Not signed.")
    with pytest.raises(Invalid):
        documents.edit_document(case.store, document.id, name="  ")
    with pytest.raises(Invalid):
        documents.edit_document(case.store, document.id, about="cloud")


def test_a_document_removed_comes_back_with_undo(case):
    document = added(case)
    documents.remove_document(case.store, document.id)
    assert case.store.find(Document) == []
    case.store.undo()
    assert case.store.content(case.store.find(Document)[0].sha256) == PDF


def test_the_largest_size_is_the_office_s_to_choose(case):
    assert documents.largest_size(case.store) == 25_000_000
    documents.set_largest_size(case.store, 40)
    assert documents.largest_size(case.store) == 40_000_000
    with pytest.raises(Invalid):
        documents.set_largest_size(case.store, 0)


def test_bytes_that_are_not_there_are_said_not_to_be(case):
    with pytest.raises(NotFound):
        case.store.content("0" * 64)
