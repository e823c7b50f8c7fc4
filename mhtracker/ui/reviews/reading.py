"""What the Reviews page reads: what is due when, by worker and week, with the load of each week."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mhtracker.domain.dates import week_start
from mhtracker.domain.records import DueState, ReviewType, Stage
from mhtracker.store import Store
from mhtracker.store.queries.due import FOLLOW_UP, REVIEW, DueItem, list_due
from mhtracker.ui.today.reading import Desks, Week, horizon, read_desks

WEEKS = 8
EVERY, OVERDUE, LATE_TO_BOOK, TO_BOOK, BOOKED = "every", "overdue", "late_to_book", "to_book", "booked"
STATES = (
    (EVERY, "All"),
    (OVERDUE, "Overdue"),
    (LATE_TO_BOOK, "Overdue and not booked"),
    (TO_BOOK, "Not booked"),
    (BOOKED, "Booked"),
)
MAIN = "main"


@dataclass(frozen=True, slots=True)
class ReviewsData:
    """Everything due until the last week, overdue first, then by week and worker."""

    as_at: date
    items: tuple[DueItem, ...]
    types: tuple[ReviewType, ...]
    stages: tuple[Stage, ...]
    desks: Desks


def read_reviews_page(store: Store, as_at: date, worker_id: str | None, team_id: str | None) -> ReviewsData:
    """Everything the page shows, in one reading: what is due within the weeks or booked for them."""
    until = week_start(as_at) + timedelta(weeks=WEEKS) - timedelta(days=1)
    items = list_due(store, as_at, until=max(until, horizon(as_at)), worker_id=worker_id, team_id=team_id)
    kept = [item for item in items if item.kind in (REVIEW, FOLLOW_UP) and planned_on(item, as_at) <= until]
    kept.sort(key=lambda item: order_of(item, as_at))
    return ReviewsData(as_at, tuple(kept), store.review_types(), store.stages(), read_desks(store, as_at))


def planned_on(item: DueItem, as_at: date) -> date:
    """The day on which it is work: the booking ahead, or the day it falls due."""
    booked = item.booked_on
    return booked if booked is not None and booked >= as_at else item.due_on


def order_of(item: DueItem, as_at: date) -> tuple[object, ...]:
    """Overdue first, the longest first; then by week, worker and day."""
    late = item.state == DueState.OVERDUE
    planned = planned_on(item, as_at)
    if late:
        return (0, item.due_on, item.line.worker, item.line.name_key)
    return (1, week_start(planned), item.line.worker, planned, item.line.name_key)


def kind_of(item: DueItem) -> str:
    """What kind of review is asked for: `MAIN`, or the key of a further kind."""
    return item.need.kind if item.need is not None else MAIN


def row_id(item: DueItem) -> str:
    """Tells lines apart: one person may have two."""
    return f"{item.person_id} {item.need.key if item.need is not None else MAIN}"


def narrowed(items: Iterable[DueItem], kind: str, state: str, as_at: date) -> list[DueItem]:
    """The items of a kind and a state."""

    def fits(item: DueItem) -> bool:
        booked = item.booked_on is not None and item.booked_on >= as_at
        late = item.state == DueState.OVERDUE
        of_state = {OVERDUE: late, LATE_TO_BOOK: late and not booked, TO_BOOK: not booked, BOOKED: booked}
        return (kind in (EVERY, kind_of(item))) and of_state.get(state, True)

    return [item for item in items if fits(item)]


def of_week(items: Iterable[DueItem], monday: date | None, as_at: date) -> list[DueItem]:
    """The reviews that the week's bar counts; everything where no week is meant."""
    if monday is None:
        return list(items)
    return [item for item in items if _is_ahead(item, as_at) and week_start(planned_on(item, as_at)) == monday]


def _is_ahead(item: DueItem, as_at: date) -> bool:
    """Whether it is a review of some week to come: a contact is nobody's appointment, a late one stands in no week."""
    return item.kind == REVIEW and planned_on(item, as_at) >= as_at


def load_of(items: Sequence[DueItem], as_at: date) -> tuple[Week, ...]:
    """How many reviews stand in each week; what is overdue and not booked stands in none."""
    first = week_start(as_at)
    counted = Counter(week_start(planned_on(item, as_at)) for item in items if _is_ahead(item, as_at))
    return tuple(Week(monday, counted[monday]) for monday in (first + timedelta(weeks=n) for n in range(WEEKS)))
