"""Chosen documents follow a person's pages in a pack, framed like them; what cannot be printed is named."""

import io
from dataclasses import replace
from datetime import UTC, datetime

import pikepdf
import pypdf
import pytest
from PIL import Image
from reportlab.pdfgen import canvas

from mhtracker.domain.records import Document, KeyEvent
from mhtracker.reports.packs.case_summaries import write_case_summaries
from mhtracker.reports.packs.pack import write_review_pack
from tests.figures.people import a_summary
from tests.reports.conftest import PRINTED_AT, flat


@pytest.fixture
def marek():
    return a_summary()


def pdf_of(*pages, size=(595, 842)):
    out = io.BytesIO()
    drawn = canvas.Canvas(out, pagesize=size)
    for words in pages:
        drawn.drawString(72, size[1] / 2, words)
        drawn.acroForm.textfield(value="filled in", x=80, y=80, width=200, height=20)
        drawn.showPage()
    drawn.save()
    return out.getvalue()


def locked(content):
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as file:
        file.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    return out.getvalue()


def picture(kind="PNG", size=(300, 200), **more):
    out = io.BytesIO()
    Image.new("RGBA" if kind == "PNG" else "RGB", size, "#336699").save(out, kind, **more)
    return out.getvalue()


def chosen(summary, *files):
    documents, papers = [], {}
    for number, (name, media_type, content) in enumerate(files):
        sha256 = f"{number:064}"
        at = datetime(2026, 7, 1, 9, number, tzinfo=UTC)
        person = summary.person.id
        documents.append(
            Document(f"d{number}", person, name, media_type, len(content), sha256, at, "Ewa", "tenancy", in_packs=True)
        )
        papers[sha256] = content
    around = replace(summary.around, documents=documents[::-1])
    return replace(summary, around=around, papers=papers)


def printed(summary):
    out = io.BytesIO()
    written = write_review_pack(
        [summary], out, title="Review pack", printed_by="Ewa", printed_at=PRINTED_AT, council="Northmoor"
    )
    pages = [page.extract_text() for page in pypdf.PdfReader(out).pages]
    assert len(pages) == written.pages
    return pages


PDF, PNG = "application/pdf", "image/png"


def test_the_pages_of_a_document_follow_under_the_person_s_banner(marek):
    summary = chosen(marek, ("Lease.pdf", PDF, pdf_of("First invented page", "Second")), ("Room.png", PNG, picture()))
    pages = printed(summary)
    first, second, third = pages[-3:]
    assert "First invented page" in first
    assert "Second" in second
    assert "Room.png" in third
    for page in (first, second, third):
        assert marek.person.surname.upper() in page
        assert f"of {len(pages)}" in page
        assert "OFFICIAL-SENSITIVE" in page
    assert "page 1 of 2 of this document" in first
    assert any("2 pages follow" in page for page in pages[:-3])


@pytest.mark.parametrize(
    ("media_type", "content", "words"),
    [
        (PDF, locked(pdf_of("x")), "locked with a password"),
        (PDF, b"%PDF-1.4 and then nothing", "damaged"),
        (PDF, pdf_of("x")[:300], "damaged"),
        (PNG, picture()[:60], "damaged"),
        (PNG, b"\x89PNG\r\n\x1a\n", "damaged"),
        ("text/plain", b"words", "its type is not printed"),
    ],
)
def test_what_cannot_be_printed_is_named_and_the_pack_is_made(marek, media_type, content, words):
    summary = chosen(marek, ("Broken", media_type, content), ("Room.png", PNG, picture()))
    pages = printed(summary)
    assert any(flat(f"Not printed: {words}") in flat(page) for page in pages)
    assert "Room.png" in pages[-1]


def test_a_document_too_large_to_be_read_is_named(marek):
    summary = chosen(marek, ("Lease.pdf", PDF, pdf_of("x")))
    pages = printed(replace(summary, papers={}))
    assert any(flat("Not printed: too large for this pack") in flat(page) for page in pages)


def test_scripts_links_and_files_inside_a_pdf_do_not_come_along(marek):
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf_of("Words"))) as file:
        file.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        file.pages[0].AA = pikepdf.Dictionary(O=pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(2)"))
        file.attachments["secret.exe"] = b"MZ"
        file.save(out)
    made = io.BytesIO()
    summary = chosen(marek, ("Lease.pdf", PDF, out.getvalue()))
    write_case_summaries([summary], made, printed_by="Ewa", printed_at=PRINTED_AT)
    assert b"JavaScript" not in made.getvalue()
    assert b"secret.exe" not in made.getvalue()
    with pikepdf.open(made) as file:
        assert "/Names" not in file.Root


def test_what_was_filled_into_a_form_is_printed(marek):
    pages = printed(chosen(marek, ("Form.pdf", PDF, pdf_of("Words"))))
    assert "filled in" in pages[-1]


def test_pages_turned_or_larger_than_paper_are_fitted(marek):
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf_of("Plan of the flat", size=(1_684, 1_191)))) as file:
        file.pages[0].rotate(90, relative=True)
        file.save(out)
    made = io.BytesIO()
    write_case_summaries(
        [chosen(marek, ("Plan.pdf", PDF, out.getvalue()))], made, printed_by="Ewa", printed_at=PRINTED_AT
    )
    page = pypdf.PdfReader(made).pages[-1]
    assert "Plan of the flat" in page.extract_text()
    assert [float(edge) for edge in page.mediabox] == pytest.approx([0, 0, 595.276, 841.89])


def test_a_pack_without_documents_is_the_same_to_the_byte(marek):
    def made(summary):
        out = io.BytesIO()
        write_case_summaries([summary], out, printed_by="Ewa", printed_at=PRINTED_AT)
        return out.getvalue()

    assert made(marek) == made(replace(marek, papers={}))


def test_key_events_are_printed_in_their_authors_words(marek):
    event = KeyEvent("k", marek.person.id, PRINTED_AT.date(), "Own <b>words</b>, first weekend away")
    pages = printed(replace(marek, around=replace(marek.around, key_events=[event])))
    assert any("Key events" in page and "Own <b>words</b>, first weekend away" in page for page in pages)
