"""What the pathway page asks of the register."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from mhtracker import text
from mhtracker.domain.caseload import CaseloadLine
from mhtracker.domain.errors import Invalid
from mhtracker.domain.records import Stage
from mhtracker.store import Store
from mhtracker.store.queries.board import Board, read_board
from mhtracker.store.queries.caseload import CaseloadQuery, Filter, count_caseload, lines_of, list_caseload
from mhtracker.ui.board.cards import Card, make_card

FIRST, STEP = 12, 30
"""How many cards of a column are read at once: at first, and each time more are asked for."""

SORTS: dict[str, tuple[tuple[str, bool], ...]] = {
    "target": (("target", False),),
    "days": (("days", True),),
    "name": (("name", False),),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the board shows: for which people, in which order, and how far each column was grown."""

    filters: tuple[Filter, ...] = ()
    sort: str = "target"
    shown: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BoardData:
    """The board with its cards by stage. `anybody` is whether anyone at all is on the pathway, filters aside.

    `asked` is what was read: a filter that no longer means anything is left out of it.
    """

    asked: Asked
    board: Board
    cards: Mapping[str, Sequence[Card]]
    soon_days: int
    anybody: bool


def read_pathway(store: Store, asked: Asked, as_at: date) -> BoardData:
    """Read the whole board, every column as far as it was grown."""
    sort = SORTS[asked.sort]
    try:
        board = read_board(store, as_at, filters=asked.filters, sort=sort, cards=FIRST)
    except Invalid:
        asked = Asked((), asked.sort, asked.shown)
        board = read_board(store, as_at, sort=sort, cards=FIRST)
    soon_days = store.review_rules().soon_days
    reasons = _reasons(store)
    cards: dict[str, Sequence[Card]] = {}
    for column in board.columns:
        lines: Sequence[CaseloadLine] = column.cards
        wanted = asked.shown.get(column.stage.id, FIRST)
        if wanted > len(lines) and column.people > len(lines):
            lines = list_caseload(store, _column_query(column.stage, asked), as_at, limit=wanted)
        cards[column.stage.id] = [make_card(line, column.stage, as_at, soon_days, reasons) for line in lines]
    anybody = board.people > 0 or count_caseload(store, CaseloadQuery(), as_at) > 0
    return BoardData(asked, board, cards, soon_days, anybody)


def read_more(store: Store, stage: Stage, asked: Asked, as_at: date, offset: int, limit: int) -> list[Card]:
    """The next cards of one column."""
    lines = list_caseload(store, _column_query(stage, asked), as_at, offset=offset, limit=limit)
    soon_days = store.review_rules().soon_days
    return [make_card(line, stage, as_at, soon_days, _reasons(store)) for line in lines]


def _reasons(store: Store) -> dict[str, str]:
    """The council's own words for what holds moves up."""
    return {item.code: item.label for item in store.codes("delay_reason")}


def read_names(store: Store, person_ids: Sequence[str], as_at: date) -> list[tuple[str, str, str]]:
    """People by id, name and where they are, in order of name."""
    lines = sorted(lines_of(store, person_ids, as_at), key=lambda line: (line.name_key, line.person_id))
    return [
        (line.person_id, text.name_in_order(line.surname, line.given_names), line.service or line.stage)
        for line in lines
    ]


def _column_query(stage: Stage, asked: Asked) -> CaseloadQuery:
    return CaseloadQuery((*asked.filters, Filter("stage", "=", stage.id)), SORTS[asked.sort])
