from __future__ import annotations

import re
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdf
import pytest

from mhtracker.domain.errors import Cancelled, Unavailable
from mhtracker.domain.records import Note
from mhtracker.domain.summary import CaseSummary
from mhtracker.reports.packs.pack import write_review_pack
from tests.figures import people
from tests.reports.conftest import PRINTED_AT, flat, pages_of


def some_people(count: int) -> Iterator[CaseSummary]:
    """People of every length: nothing recorded, two pages, many pages."""
    for number in range(count):
        person = people.a_person(f"Mock{number}", "Ada", id=f"p{number}", nhs_number=f"99900000{number:02}")
        if number % 7 == 3:
            yield people.summary_of(person)
        elif number % 7 == 5:
            long = " ".join(["wordy"] * (150 * number))
            yield people.a_summary(person, notes=[Note("n", person.id, "call", people.AS_AT, long, "")])
        else:
            yield people.a_summary(person, **({"reviews": ()} if number % 3 == 0 else {}))


def write(summaries: Iterator[CaseSummary] | list[CaseSummary], out: Path | BytesIO, **options: object) -> int:
    values = {"title": "Review pack", "printed_by": "Ewa Fikcyjna", "council": "Northmoor Council"} | options
    return write_review_pack(summaries, out, printed_at=PRINTED_AT, **values).pages  # type: ignore[arg-type]


def test_every_page_number_in_the_contents_is_right(tmp_path: Path) -> None:
    out = tmp_path / "pack.pdf"
    pages_count = write(some_people(30), out)
    pages = pages_of(out)
    assert len(pages) == pages_count
    listed = re.findall(r"MOCK(\d+), Ada(.*) (\d+)$", pages[1], re.MULTILINE)
    assert len(listed) == 30
    for number, _, page in listed:
        text = pages[int(page) - 1]
        assert f"MOCK{number}, Ada" in text
        assert f"Person {int(number) + 1} of 30, page 1 of" in text
        assert f"MOCK{number}, Ada" not in pages[int(page) - 2] or int(page) == 3


def test_each_person_begins_on_a_page_of_their_own_and_is_named_on_all_of_them(tmp_path: Path) -> None:
    out = tmp_path / "pack.pdf"
    write(some_people(12), out)
    pages = pages_of(out)
    owner = -1
    for number, page in enumerate(pages[2:], 3):
        assert f"Page {number} of {len(pages)}" in page
        own = re.search(r"Person (\d+) of 12, page (\d+) of (\d+)", page)
        assert own is not None
        if own[2] == "1":
            owner += 1
        assert int(own[1]) == owner + 1
        for part in (
            f"MOCK{owner}, Ada",
            "Born 23 Mar 1981 (45 y)",
            f"NHS 999 000 00{owner:02}",
            "OFFICIAL-SENSITIVE",
            "As at 14 Jul 2026 10:41, printed by Ewa Fikcyjna",
            "Northmoor Council",
        ):
            assert flat(part) in flat(page), part
    assert owner == 11


def test_bookmarks_and_links_lead_where_they_say(tmp_path: Path) -> None:
    out = tmp_path / "pack.pdf"
    write(some_people(9), out)
    reader: Any = pypdf.PdfReader(out, strict=True)
    titles = [entry.title for entry in reader.outline if isinstance(entry, pypdf.generic.Destination)]
    assert titles == ["Cover", "Contents", *(f"MOCK{n}, Ada" for n in range(9))]
    for entry in reader.outline[2:]:
        page = reader.get_destination_page_number(entry)
        assert page is not None
        assert f"{entry.title}" in reader.pages[page].extract_text()
    leads_to = [annotation.get_object()["/Dest"][0].idnum for annotation in reader.pages[1]["/Annots"]]
    firsts = [reader.get_destination_page_number(entry) for entry in reader.outline[2:]]
    assert leads_to == [reader.pages[page].indirect_reference.idnum for page in firsts if page is not None]


def test_more_people_than_a_page_of_contents_holds(tmp_path: Path) -> None:
    out = tmp_path / "pack.pdf"
    count = write([people.an_empty_summary()] * 61, out)
    pages = pages_of(out)
    assert count == 1 + 3 + 61
    assert [("Contents" in page) for page in pages[:5]] == [False, True, True, True, False]
    assert re.search(r"61 NOWAK .* 65$", pages[3], re.MULTILINE)


def test_the_cover_says_who_made_it_and_what_needs_doing(tmp_path: Path) -> None:
    out = tmp_path / "pack.pdf"
    write(some_people(30), out, title="Recovery North, July")
    cover = pages_of(out)[0]
    for words in (
        "Recovery North, July",
        "30 people, ",
        "Ewa Fikcyjna",
        "Where the 30 people are now",
        "Supported living",
    ):
        assert words in cover
    said = flat(cover)
    overdue = sum(s.review.due.days > 0 and not s.review.never for s in some_people(30))
    never = sum(s.review.due.days > 0 and s.review.never for s in some_people(30))
    assert overdue
    assert never
    assert f"Reviewoverdue{overdue}" in said
    assert f"Neverreviewed,overdue{never}" in said
    assert "Nomove-ondate4" in said
    assert "4peoplehavenopresentstayrecorded." in said


def test_a_pack_of_nobody_is_a_pack_all_the_same(tmp_path: Path) -> None:
    assert write([], tmp_path / "pack.pdf") == 2
    assert "0 people, 2 pages" in pages_of(tmp_path / "pack.pdf")[0]


def test_hostile_names_stand_in_contents_and_bookmarks_as_typed(tmp_path: Path) -> None:
    names = ["<b>", "<Zelenka>", "O'Brien", "R&D", "محمد", "😀", "王", "a) (b\\"]
    out = tmp_path / "pack.pdf"
    write([people.a_summary(people.a_person("X", name)) for name in names], out)
    reader: Any = pypdf.PdfReader(out)
    assert [entry["/Title"] for entry in reader.outline[2:]] == [f"X, {name}" for name in names]
    contents = reader.pages[1].extract_text()
    assert all(name in contents for name in names)
    assert "\u25a0" not in contents


def test_demonstration_is_marked_on_cover_and_contents_too(tmp_path: Path) -> None:
    out = tmp_path / "pack.pdf"
    write([people.a_summary(demo=True)], out)
    assert all("Demonstration: invented people" in page for page in pages_of(out))


def test_the_decision_can_be_written_by_hand(tmp_path: Path) -> None:
    out = tmp_path / "pack.pdf"
    write([people.a_summary(), people.summary_of(people.a_person())], out)
    first, second = "".join(pages_of(out)[2:-1]), pages_of(out)[-1]
    assert all(words in first for words in ("Decision at this meeting", "s117 continues", "Marek Przykład", "Manager"))
    assert "Decision at this meeting" in second
    assert "s117 continues" not in second


def test_the_same_people_give_the_same_bytes() -> None:
    first, second = BytesIO(), BytesIO()
    for out in (first, second):
        write(some_people(5), out)
    assert first.getvalue() == second.getvalue()


class StopsAt:
    def __init__(self, person: int) -> None:
        self.person = person

    def step(self, done: int, total: int, words: str) -> None:
        if done == self.person:
            raise Cancelled


def test_stopping_leaves_the_old_file_and_nothing_beside_it(tmp_path: Path) -> None:
    out = tmp_path / "pack.pdf"
    out.write_bytes(b"the old one")
    with pytest.raises(Cancelled):
        write(some_people(10), out, progress=StopsAt(4))
    assert out.read_bytes() == b"the old one"
    assert list(tmp_path.iterdir()) == [out]


def test_a_fault_half_way_leaves_nothing(tmp_path: Path) -> None:
    def broken() -> Iterator[CaseSummary]:
        yield people.a_summary()
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        write(broken(), tmp_path / "pack.pdf")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_told_plainly(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match=r"pack\.pdf could not be written: the folder is not there\."):
        write([people.a_summary()], tmp_path / "nowhere" / "pack.pdf")


def test_progress_counts_people(tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []

    class Counts:
        def step(self, done: int, total: int, words: str) -> None:
            steps.append((done, total))

    write(some_people(4), tmp_path / "pack.pdf", progress=Counts(), total=4)
    assert steps == [(0, 4), (1, 4), (2, 4), (3, 4), (4, 4)]


def test_memory_grows_by_less_than_a_megabyte_per_hundred_people(tmp_path: Path) -> None:
    def peak(count: int) -> int:
        tracemalloc.start()
        write((people.a_summary() for _ in range(count)), tmp_path / "pack.pdf")
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(5)
    assert peak(120) - peak(20) < 1_000_000


def test_golden_text_of_a_pack(tmp_path: Path, golden: Callable[[str, str], None]) -> None:
    out = tmp_path / "pack.pdf"
    first = people.a_person("Misali", "Halima", nhs_number="9990000026", born_on=date(1990, 2, 28))
    booked = people.a_review(1, held_on=people.AS_AT - timedelta(days=300))
    shown = [people.a_summary(demo=True), people.a_summary(first, reviews=[booked], targets=(), demo=True)]
    write(shown, out)
    golden("review-pack.txt", "\n\f\n".join(pages_of(out)) + "\n")


def test_where_each_person_begins_is_told(tmp_path: Path) -> None:
    out = tmp_path / "pack.pdf"
    told = [people.a_summary(people.a_person(id=f"p{n}", surname=f"Namuna{n}")) for n in range(3)]
    written = write_review_pack(
        told, out, title="Review pack", printed_by="Ewa Fikcyjna", printed_at=PRINTED_AT, council="Northmoor Council"
    )
    pages = pages_of(out)
    assert written.pages == len(pages)
    assert list(written.first_pages) == ["p0", "p1", "p2"]
    for person_id, first in written.first_pages.items():
        assert f"NAMUNA{person_id[1:]}" in pages[first]
