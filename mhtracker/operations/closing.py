"""What closing a case would end, and what opening it again would bring back, in words for the forms."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from mhtracker import text
from mhtracker.domain.dates import write_date
from mhtracker.domain.errors import Invalid
from mhtracker.domain.money.weekly import Frequency
from mhtracker.domain.records import (
    CostLine,
    FundingSplit,
    Hold,
    MoveOnPlan,
    Offer,
    Person,
    Placement,
    Record,
    Review,
    Service,
    Unit,
    Waiting,
)
from mhtracker.operations.drafting import Consequence, Preview
from mhtracker.operations.money.coming_back import comes_back, ended_with_case
from mhtracker.store import Store
from mhtracker.store.cost_words import line_name, split_words, weekly_words

KEPT = Consequence("history", "Everything recorded is kept, and the case can be opened again")


def preview_closing(store: Store, person_id: str, *, left_on: date | None) -> Preview:
    """What ends when a case is closed on a day; it is checked when it is recorded."""
    day = left_on or store.today
    found = [*_stays_end(store, person_id), *_money_ends(store, person_id, day), *_places_end(store, person_id)]
    return Preview(consequences=(*found, KEPT))


def _stays_end(store: Store, person_id: str) -> Iterable[Consequence]:
    for stay in store.find(Placement, person_id=person_id, ended_on=None):
        yield Consequence("place", f"The stay ends that day: {_where(store, stay)}")
        if stay.unit_id is not None:
            yield Consequence("place", f"{store.get(Unit, stay.unit_id).name} comes free")
    if store.find(MoveOnPlan, person_id=person_id, ended_on=None):
        yield Consequence("plan", "The move-on plan ends that day")
    reviews = len(store.find(Review, person_id=person_id, held_on=None, abandoned_on=None))
    if reviews:
        yield Consequence("review", f"{text.count(reviews, 'open review')} {'is' if reviews == 1 else 'are'} given up")


def _money_ends(store: Store, person_id: str, day: date) -> Iterable[Consequence]:
    lines = [each for each in store.find(CostLine, person_id=person_id) if each.frequency != Frequency.ONE_OFF]
    for line in lines:
        if line.started_on < day < (line.ended_on or date.max):
            yield Consequence("gap", f"This cost ends: {_name(store, line)}, {weekly_words(line)}")
    for split in store.find(FundingSplit, person_id=person_id):
        if split.started_on < day < (split.ended_on or date.max):
            yield Consequence("gap", f"Who pays ends: {split_words(split)}")
    later = sum(each.started_on >= day for each in lines)
    if later:
        steps = sum(each.started_on >= day and each.taper_id is not None for each in lines)
        if steps:
            yield Consequence("gap", f"{text.count(steps, 'later step')} of the taper will go")
        if later > steps:
            yield Consequence("gap", f"{text.count(later - steps, 'cost')} planned for later will go")


def _places_end(store: Store, person_id: str) -> Iterable[Consequence]:
    for offer in store.find(Offer, person_id=person_id, answer=None):
        yield Consequence("place", f"The offer of {store.get(Service, offer.service_id).name} lapses")
    if store.find(Waiting, person_id=person_id, ended_on=None):
        yield Consequence("place", "No longer on the waiting list")
    for hold in store.find(Hold, person_id=person_id, ended_on=None):
        yield Consequence("place", f"No place is held any more at {store.get(Service, hold.service_id).name}")


def check_reopening(person: Person, *, never_left: bool) -> None:
    """Raises Invalid for a case that is open, and for a death that nobody says was a mistake."""
    if person.died_on is not None and not never_left:
        died = write_date(person.died_on)
        raise Invalid({"never_left": f"A death is recorded on {died}. Tick this if it was recorded by mistake."})
    if person.died_on is None and person.left_on is None:
        raise Invalid({"": "This case is open already."})


def preview_reopening(store: Store, person_id: str, *, never_left: bool) -> Preview:
    """What comes back with a case, and what stays as it ended."""
    person = store.get(Person, person_id)
    try:
        check_reopening(person, never_left=never_left)
    except Invalid as invalid:
        return Preview(invalid.problems)
    back = comes_back(store, person, never_left=never_left)
    found = [Consequence(_icon(each), _told(store, each)) for each in back]
    if never_left and not ended_with_case(store, person):
        found.append(Consequence("gap", "What ended with the case is not in the history, or was changed since"))
    if not any(isinstance(each, Placement) for each in back):
        found.append(Consequence("place", "The stay stays ended: record where they live now"))
    found.append(Consequence("review", "Reviews, the waiting list, offers and held places stay ended"))
    return Preview(consequences=tuple(found))


def _told(store: Store, record: Record) -> str:
    if isinstance(record, Placement):
        return f"The stay goes on: {_where(store, record)}"
    if isinstance(record, CostLine):
        since = f", from {text.format_date(record.started_on)}" if record.started_on > store.today else ""
        return f"This cost goes on: {_name(store, record)}, {weekly_words(record)}{since}"
    if isinstance(record, FundingSplit):
        return f"Who pays goes on: {split_words(record)}"
    return "The move-on plan goes on"


def _icon(record: Record) -> str:
    return {Placement: "place", MoveOnPlan: "plan"}.get(type(record), "gap")


def _where(store: Store, stay: Placement) -> str:
    if stay.service_id is not None:
        return store.get(Service, stay.service_id).name
    labels = {stage.id: stage.label for stage in store.stages()}
    return stay.address or labels.get(stay.stage_id, stay.stage_id)


def _name(store: Store, line: CostLine) -> str:
    return line_name(line, store.code_label("cost_kind", line.kind))
