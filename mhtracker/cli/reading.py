"""`list` and `due`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from mhtracker import text
from mhtracker.cli import answers, plain
from mhtracker.cli.filtered import check_filters
from mhtracker.cli.named import find_named
from mhtracker.cli.session import answer, day_of, known_words, opened, who_asks
from mhtracker.domain.caseload import CaseloadLine
from mhtracker.domain.records import DueState, Worker
from mhtracker.store.queries.caseload import CaseloadQuery, Filter, count_caseload, list_caseload
from mhtracker.store.queries.contracts import ContractLine
from mhtracker.store.queries.due import DueItem
from mhtracker.store.queries.views import View, find_view

if TYPE_CHECKING:
    from mhtracker.store import Store


_BY_KEY = {
    "due-soon": Filter("review", "=", f"{DueState.DUE_TODAY}|{DueState.DUE_SOON}"),
    "no-target": Filter("target", "=", DueState.NONE),
}
"""Views of the command line alone."""


def view_of(store: Store, name: str, who: str) -> View:
    """A view as typed: built in by its key or name, or saved in the register. Raises NotFound."""
    if name in _BY_KEY:
        return View(name, name, (_BY_KEY[name],))
    return find_view(store, name, who)


def query_of(asked: argparse.Namespace, store: Store) -> CaseloadQuery:
    """The caseload query of a command with filters, and with a view or a sort where it has them."""
    name = getattr(asked, "view", None)
    view = view_of(store, name, who_asks(asked)) if name else View("", "")
    filters = check_filters(store, asked.filters)
    return CaseloadQuery((*view.filters, *filters), (asked.sort,) if asked.sort else view.sort)


def list_people(asked: argparse.Namespace) -> int:
    """`mhtracker list`."""
    as_at = day_of(asked)
    with opened(asked) as store:
        query = query_of(asked, store)
        count = count_caseload(store, query, as_at)
        lines = list_caseload(store, query, as_at, limit=asked.limit)
        soon_days, demo = store.review_rules().soon_days, store.is_demo
    facts = {"count": count, "people": answers.people_lines(lines, as_at, soon_days) if asked.json else []}
    known = known_words(asked.as_known)
    return answer(asked, facts, lambda: _people(lines, count, as_at, known, demo))


def _people(lines: Sequence[CaseloadLine], count: int, as_at: date, known: str, demo: bool) -> str:
    headings = ("Ref", "Name", "Age", "Stage", "Service", "Days", "Worker", "Target", "Review")
    rows = (
        (
            line.ref,
            text.name_in_order(line.surname, line.given_names),
            str(answers.person_line(line, as_at, 14)["age"] or ""),
            line.stage or {"left": "Left", "died": "Died"}.get(line.status, ""),
            line.service or line.address,
            text.format_days(line.days_in_stage(as_at)),
            line.worker,
            text.target_words_of(line.target_original_on, line.target_on, as_at),
            text.review_words_of(
                line.review_due(as_at),
                as_at,
                never=line.review_never,
                booked_on=line.review_booked_on,
                booked_time=line.review_booked_time,
            ),
        )
        for line in lines
    )
    shown = text.count(count, "person", "people")
    if len(lines) < count:
        shown = f"{text.format_number(len(lines))} of {shown}"
    told = plain.table(headings, rows, right=(2, 5)) + "\n\n" if lines else ""
    return f"{told}{shown} as at {text.format_date(as_at)}{known}{'. Demo register: invented people' if demo else ''}."


def due(asked: argparse.Namespace) -> int:
    """`mhtracker due`."""
    from mhtracker.cli.answers_places import contract_due
    from mhtracker.store.queries.contracts import due_contracts
    from mhtracker.store.queries.due import list_due

    as_at = day_of(asked)
    with opened(asked) as store:
        worker_id = find_worker(store, asked.worker).id if asked.worker is not None else None
        items = list_due(store, as_at, until=asked.until, worker_id=worker_id)
        contracts = due_contracts(store, as_at, until=asked.until) if worker_id is None else []
    told = [*map(answers.due_item, items), *map(contract_due, contracts)]
    facts = {"until": answers.iso(asked.until), "items": sorted(told, key=lambda each: str(each["due_on"]))}
    return answer(asked, facts, lambda: _due(items, contracts, as_at, known_words(asked.as_known)))


def _due(items: Sequence[DueItem], contracts: Sequence[ContractLine], as_at: date, known: str) -> str:
    rows = [
        (
            item.due_on,
            text.format_date(item.due_on, weekday=True),
            _state_words(item),
            item.what,
            item.line.ref,
            text.name_in_order(item.line.surname, item.line.given_names),
            item.line.stage,
            item.line.worker,
            f"Booked {text.format_day(item.booked_on, as_at)}" if item.booked_on else "",
        )
        for item in items
    ]
    rows += [_contract_row(line) for line in contracts]
    rows.sort(key=lambda row: row[0])
    headings = ("Due", "State", "What", "Ref", "Name", "Stage", "Worker", "Booked")
    told = plain.table(headings, [row[1:] for row in rows]) + "\n\n" if rows else ""
    late = sum(item.state == DueState.OVERDUE for item in items)
    late += sum(line.standing.due == DueState.OVERDUE for line in contracts)
    return f"{told}{text.count(len(rows), 'thing')} due, {late} overdue, as at {text.format_date(as_at)}{known}."


def _contract_row(line: ContractLine) -> tuple[date, str, str, str, str, str, str, str, str]:
    last_on, days = line.standing.last_on or date.max, line.standing.days or 0
    provider = line.provider.name if line.provider is not None else ""
    state, day = _late_words(line.standing.due, days), text.format_date(last_on, weekday=True)
    return last_on, day, state, f"Contract ends: {line.contract.name}", "", provider, "", "", ""


def _state_words(item: DueItem) -> str:
    return _late_words(item.state, item.days)


def _late_words(state: DueState, days: int) -> str:
    if state == DueState.OVERDUE:
        return f"{text.count(days, 'day')} overdue"
    return "Due today" if state == DueState.DUE_TODAY else text.in_words(-days)


def find_worker(store: Store, typed: str) -> Worker:
    """A worker by id or name, however it is accented. Raises NotFound, also when several could be meant."""
    return find_named(store.find(Worker, order_by=("name",)), typed, "worker")
