"""Invented people can never be taken for real ones: the demo says so on every page, at every size, and on paper."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from mhtracker.domain.records import Person
from mhtracker.ui.pages import PAGES
from tests.stories.worker import Worker, pages_of

DAY = date(2026, 7, 14)


@pytest.mark.parametrize(("width", "scale"), [(1440, 1.0), (900, 1.0), (1100, 2.0)])
def test_every_page_of_the_demo_says_so(
    worker: Worker, demo_made: Path, tmp_path: Path, width: int, scale: float
) -> None:
    worker.starts(DAY, shutil.copy(demo_made, tmp_path / "demo.mhtracker"))
    person_id = worker.asks(lambda store: store.find(Person)[0].id)
    worker.window.resize(width, 800)
    worker.window.context.theme.change(scale=scale)
    for entry in PAGES:
        worker.window.open_page(entry.key, **({"person_id": person_id} if entry.key == "person" else {}))
        worker.waits()
        assert "Demo" in worker.reads(worker.window.header), entry.key
        assert worker.window.header.demo_badge.visibleRegion().boundingRect().width() > 20, entry.key
        assert "invented people" in worker.window.windowTitle(), entry.key
    worker.window.context.theme.change(scale=1.0)


def test_paper_from_the_demo_says_so_on_every_page(worker: Worker, demo_made: Path, tmp_path: Path) -> None:
    worker.starts(DAY, shutil.copy(demo_made, tmp_path / "demo.mhtracker"))
    people = worker.asks(lambda store: [person.id for person in store.find(Person)[:2]])
    worker.window.open_person(people[0])
    worker.waits()
    summary, pack = tmp_path / "summary.pdf", tmp_path / "pack.pdf"
    worker.presses("Ctrl+P")
    with worker.chooses_file(summary):
        worker.clicks("Save as PDF", worker.dialog)
    worker.waits_until(summary.exists)
    worker.clicks("Close", worker.dialog)
    worker.window.open_page("packs", person_ids=tuple(people))
    with worker.chooses_file(pack):
        worker.waits_until(lambda: worker.can_press("Save as PDF"))
        worker.clicks("Save as PDF")
    worker.waits_until(pack.exists)
    for paper in (summary, pack):
        for number, page in enumerate(pages_of(paper), 1):
            assert "nvented" in page or "Demo" in page, (paper.name, number, page[:300])
