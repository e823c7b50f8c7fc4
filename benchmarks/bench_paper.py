"""Printing one case summary and a pack of 500 people, against platypus laying out the same text on as many pages."""

from __future__ import annotations

import tempfile
import tracemalloc
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from xml.sax.saxutils import escape

from pypdf import PdfReader
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate

from benchmarks.day import AS_AT
from benchmarks.measure import Figure, in_turn, median
from benchmarks.registers import register_of
from mhtracker.domain.summary import CaseSummary
from mhtracker.figures.fonts import register_fonts
from mhtracker.reports.packs.pack import write_review_pack
from mhtracker.reports.person.case_summary import write_case_summary
from mhtracker.store import FixedClock, open_register
from mhtracker.store.lines import read_names
from mhtracker.store.queries.caseload import CaseloadQuery, caseload_ids
from mhtracker.store.queries.person import build_case_summary
from mhtracker.store.store import Store

_AT = datetime(2026, 7, 14, 10, 41)  # noqa: DTZ001 - paper shows the local time
_PEOPLE = 500


def figures() -> Iterator[Figure]:
    register_fonts()
    with (
        tempfile.TemporaryDirectory() as folder,
        open_register(register_of(1_000), who="bench", clock=FixedClock(AS_AT)) as store,
    ):
        ids = caseload_ids(store, CaseloadQuery(), AS_AT, limit=_PEOPLE)
        out, plain = Path(folder) / "ours.pdf", Path(folder) / "platypus.pdf"
        one = build_case_summary(store, ids[0], AS_AT)
        write_case_summary(one, out, printed_by="bench", printed_at=_AT)
        text = _text_of(out)
        ours, floor = in_turn(
            lambda: write_case_summary(one, out, printed_by="bench", printed_at=_AT), lambda: _platypus(text, plain), 9
        )
        yield _figure("case summary", ours, floor)
        _write_pack(store, ids, out)
        text = _text_of(out)
        ours, floor = in_turn(lambda: _write_pack(store, ids, out), lambda: _platypus(text, plain), 3)
        yield _figure(f"review pack of {_PEOPLE} people, {len(text)} pages", ours, floor)
        growth = _peak(store, ids, out) - _peak(store, ids[:100], out)
        each = growth / (len(ids) - 100) * 100
        yield Figure("memory of a pack, for each 100 people more", each, "MB", None, "", "<= 1 MB", each <= 1)


def _figure(name: str, ours: list[float], floor: list[float]) -> Figure:
    value, least = median(ours) * 1000, median(floor) * 1000
    return Figure(name, value, "ms", least, "platypus, same text", "<= 2x", value <= 2 * least)


def _summaries(store: Store, ids: list[str]) -> Iterator[CaseSummary]:
    names = read_names(store)
    for person_id in ids:
        yield build_case_summary(store, person_id, AS_AT, names=names)


def _write_pack(store: Store, ids: list[str], out: Path) -> None:
    write_review_pack(
        _summaries(store, ids),
        out,
        title="Reviews",
        printed_by="bench",
        printed_at=_AT,
        council="Northmoor",
        total=len(ids),
    )


def _peak(store: Store, ids: list[str], out: Path) -> float:
    tracemalloc.start()
    _write_pack(store, ids, out)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1e6


def _text_of(pdf: Path) -> list[list[str]]:
    return [page.extract_text().splitlines() for page in PdfReader(pdf).pages]


def _platypus(pages: list[list[str]], out: Path) -> None:
    style = ParagraphStyle("plain", fontName="Helvetica", fontSize=9, leading=9.5)
    story: list[Flowable] = []
    for page in pages:
        story += [Paragraph(escape(line), style) for line in page if line.strip()]
        story.append(PageBreak())
    SimpleDocTemplate(str(out), pagesize=A4, topMargin=20, bottomMargin=20).build(story)
