"""A file is what its bytes say, and what could be run by opening it is not taken."""

import io
import zipfile

import pytest

from mhtracker.domain.errors import Invalid
from mhtracker.domain.file_names import LONGEST, clean_name
from mhtracker.domain.file_types import TYPES, find_type


def zipped(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, content in parts.items():
            file.writestr(name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"), content)
    return out.getvalue()


def word(**more):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("[Content_Types].xml", more.pop("kinds", "<Types/>"))
        file.writestr("word/document.xml", "<w:document/>")
        for name, content in more.items():
            file.writestr(name.replace("__", "/").replace("_bin", ".bin"), content)
    return out.getvalue()


TAKEN = [
    ("care plan.pdf", b"%PDF-1.7\n%", "application/pdf"),
    ("room.png", b"\x89PNG\r\n\x1a\n....", "image/png"),
    ("room.JPG", b"\xff\xd8\xff\xe0....", "image/jpeg"),
    ("room.gif", b"GIF89a....", "image/gif"),
    ("room.webp", b"RIFF\x10\0\0\0WEBPVP8 ", "image/webp"),
    ("fax.tif", b"II*\0....", "image/tiff"),
    ("old.bmp", b"BM\x99\0\0\0\0\0\0\0" + bytes(30), "image/bmp"),
    ("phone.heic", b"\0\0\0\x18ftypheic....", "image/heic"),
    ("letter.rtf", rb"{\rtf1 words}", "application/rtf"),
    ("letter.docx", word(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (
        "letter.odt",
        zipped(mimetype="application/vnd.oasis.opendocument.text"),
        "application/vnd.oasis.opendocument.text",
    ),
    ("notes.txt", "Śliwka, naïve\n".encode(), "text/plain"),
    ("notes.txt", "Caf\xe9".encode("cp1252"), "text/plain"),
    ("notes.txt", "Zażółć".encode("utf-16"), "text/plain"),
    ("costs.csv", b"week,cost\n1,2\n", "text/csv"),
    ("mail.eml", b"From: a@example.org\nSubject: <html>\n\n<html>Hello</html>", "message/rfc822"),
]


@pytest.mark.parametrize(("name", "content", "expected"), TAKEN)
def test_a_paper_or_picture_is_known_by_its_bytes(name, content, expected):
    assert find_type(name, content).media_type == expected


def test_the_bytes_decide_where_the_name_says_another_thing():
    assert find_type("picture.png", b"%PDF-1.4").media_type == "application/pdf"
    assert find_type("no ending", b"\xff\xd8\xff\xdb").media_type == "image/jpeg"


REFUSED = [
    ("setup.exe", b"anything at all", "ends in .exe"),
    ("invoice.pdf.EXE", b"%PDF-1.7", "ends in .exe"),
    ("invoice.pdf", b"MZ\x90\0", "a program"),
    ("invoice.pdf", b"\x7fELF\x02", "a program"),
    ("run.txt", b"#!/bin/sh\nrm", "a script"),
    ("page.txt", b"  <!DOCTYPE html><p>", "web page"),
    ("page.txt", "<HTML>".encode("utf-16"), "web page"),
    ("drawing.png", b'<?xml version="1.0"?><svg onload="x()">', "web page"),
    ("drawing.svg", b"<svg/>", "ends in .svg"),
    ("shortcut.pdf", b"L\0\0\0\x01\x14\x02\0....", "a shortcut"),
    ("link.lnk", b"", "ends in .lnk"),
    ("scripts.js ", b"alert(1)", "ends in .js"),
    ("letter.docm", word(), "ends in .docm"),
    ("letter.docx", word(word__vbaProject_bin=b"x"), "macros"),
    ("letter.docx", word(kinds="application/vnd.ms-word.document.macroEnabled.main+xml"), "macros"),
    ("letter.docx", word(word__embeddings__oleObject1_bin=b"x"), "packed inside"),
    ("letter.odt", zipped(mimetype="application/vnd.oasis.opendocument.text", Basic__Module1_xml="x"), "macros"),
    ("letter.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ends in .doc"),
    ("letter.pdf", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "older Office file"),
    ("papers.zip", zipped(a="b"), "ends in .zip"),
    ("papers.pdf", zipped(a="b"), "an archive"),
    ("papers.pdf", b"PK\x03\x04 broken", "damaged"),
    ("papers.pdf", b"Rar!\x1a\x07", "an archive"),
    ("data.pdf", b"SQLite format 3\0", "a database"),
    ("noise.pdf", bytes(range(256)) * 8, "not known"),
    ("empty.pdf", b"", "empty"),
]


@pytest.mark.parametrize(("name", "content", "why"), REFUSED)
def test_what_could_be_run_is_refused_and_says_why(name, content, why):
    with pytest.raises(Invalid, match=why):
        find_type(name, content)


NAMES = [
    ("care plan.pdf", ".pdf", "care plan.pdf"),
    ("Tenancy (signed) ż.PDF", ".pdf", "Tenancy (signed) ż.PDF"),
    ("../../etc/x.pdf", ".pdf", "x.pdf"),
    (r"..\..\x.pdf", ".pdf", "x.pdf"),
    (r"C:\Users\x\y.pdf", ".pdf", "y.pdf"),
    ("C:y.pdf", ".pdf", "y.pdf"),
    ("letter.pdf:hidden.exe", ".pdf", "letter.pdf"),
    ("CON.pdf", ".pdf", "_CON.pdf"),
    ("nul", ".pdf", "_nul.pdf"),
    ("COM1.pdf", ".pdf", "_COM1.pdf"),
    ("constant.pdf", ".pdf", "constant.pdf"),
    ("  . ", ".pdf", "Document.pdf"),
    ("", ".png", "Document.png"),
    ("letter\u202efdp.exe", ".pdf", "letterfdp.exe.pdf"),
    ("a\0b\nc.pdf", ".pdf", "abc.pdf"),
    ('a<b>"|?*.pdf', ".pdf", "a b.pdf"),
    ("photo.jpeg", ".jpg", "photo.jpeg"),
    ("picture.png", ".pdf", "picture.png.pdf"),
    ("trailing.pdf. .", ".pdf", "trailing.pdf"),
    ("25.6.2026 letter", ".pdf", "25.6.2026 letter.pdf"),
]


@pytest.mark.parametrize(("name", "ending", "expected"), NAMES)
def test_a_name_is_made_fit_for_any_computer(name, ending, expected):
    assert clean_name(name, ending) == expected


def test_a_very_long_name_is_cut_and_keeps_its_ending():
    name = clean_name("ł" * 4_000 + ".pdf", ".pdf")
    assert len(name) == LONGEST
    assert name.endswith("ł.pdf")


@pytest.mark.parametrize("ending", sorted(each.ending for each in TYPES.values()))
def test_a_cleaned_name_stays_as_it_is(ending):
    once = clean_name("A letter.of.sorts", ending)
    assert clean_name(once, ending) == once
