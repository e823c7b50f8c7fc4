"""What several parts of a person's pages say in the same words."""

from __future__ import annotations

from mhtracker import text
from mhtracker.domain.records import LegalAndStatus, Stage
from mhtracker.domain.summary import CaseSummary, Stay
from mhtracker.figures.palette import PAPER
from mhtracker.reports.paper.layout import Cell, Flow, Pill
from mhtracker.reports.paper.page_frame import label

BLANK = Cell(text.NOT_RECORDED, fill=PAPER.text3)


def said(words: str) -> Cell:
    """The words, or "Not recorded" where there are none."""
    return Cell(words) if words.strip() else BLANK


def place_of(stay: Stay) -> str:
    """Room or address, service and provider, as far as they are recorded."""
    parts = (
        stay.placement.address,
        stay.service.name if stay.service else "",
        stay.provider.name if stay.provider else "",
    )
    return ", ".join(part for part in parts if part)


def pill_of(stage: Stage) -> Pill:
    """A stage's letter on its colour."""
    return Pill(stage.letter[:2], PAPER.stage(stage))


def status_words(summary: CaseSummary, status: LegalAndStatus) -> str:
    """The words of a status in its own code list."""
    return label(summary, status.kind, status.code)


def say_blank(flow: Flow) -> None:
    """A section of which nothing is recorded says so."""
    flow.y -= 3
    flow.words(text.NOT_RECORDED, fill=PAPER.text3)
