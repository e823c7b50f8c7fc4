"""A provider's quarter as tables: what its sheet prints, with true dates and numbers for a workbook."""

from __future__ import annotations

from mhtracker import text
from mhtracker.analysis.provider_meeting_tables import actions_table, delays_table, moves_table, stays_table
from mhtracker.analysis.share import percent
from mhtracker.analysis.tables import FigureTable, Kind, make_table
from mhtracker.domain.places.contracts import value_per
from mhtracker.domain.places.units import PlaceState
from mhtracker.domain.places.voids import PlaceDays
from mhtracker.domain.records import DueState
from mhtracker.store.queries.contracts import ContractLine, state_words
from mhtracker.store.queries.provider_quarter import ProviderQuarter, ServiceQuarter

_W, _DAY, _DAYS, _PEOPLE, _NUMBER, _PENCE = Kind.WORDS, Kind.DATE, Kind.DAYS, Kind.PEOPLE, Kind.NUMBER, Kind.PENCE
_STATES = {
    PlaceState.TAKEN: "lived in",
    PlaceState.LEAVING: "soon left",
    PlaceState.HELD: "held",
    PlaceState.OUT: "out of use",
    PlaceState.FREE: "free",
}
Row = tuple[object, ...]


def provider_tables(quarter: ProviderQuarter) -> list[FigureTable]:
    """All of them, in the order of the sheet."""
    return [
        _figures(quarter),
        _contracts(quarter),
        _use(quarter),
        _places(quarter),
        _costs(quarter),
        stays_table(quarter),
        moves_table(quarter),
        delays_table(quarter),
        actions_table(quarter),
    ]


def _figures(quarter: ProviderQuarter) -> FigureTable:
    days = quarter.days
    asked = sum(quarter.reviews.get(state, 0) for state in DueState if state != DueState.NONE)
    late = quarter.reviews.get(DueState.OVERDUE, 0)
    rows: list[Row] = [
        ("Places lived in", _rounded(days.occupancy_percent), days.lived, days.usable,
         "Days of places on which somebody lived there, of all days of places that were open and not out of use."),
        ("Places empty", _rounded(days.void_percent), days.void, days.usable,
         "Days on which a place stood empty and was kept for nobody, of the same days."),
        ("Empty between two stays", None, days.turnaround, days.void,
         "Of the empty days those between one stay and the next; the rest are of places not let again yet."),
        ("Days empty between stays, mean", _rounded(days.mean_relet_days), sum(days.relets), len(days.relets),
         "The empty days before each stay begun in the period in a place that had been left; of so many stays."),
        ("Main reviews in date", percent(asked - late, asked), asked - late, asked,
         "People there who need a main review and whose main review is not overdue, of all who need one."),
    ]  # fmt: skip
    return make_table(
        "figures",
        "Figures",
        "The figures at the head of the sheet; each says what is counted.",
        "Services, units, holds, placements and reviews",
        [("Figure", _W), ("Percent or mean", Kind.PERCENT), ("Counted", _NUMBER), ("Of", _NUMBER), ("Meaning", _W)],
        rows,
        named=True,
    )


def _contracts(quarter: ProviderQuarter) -> FigureTable:
    return make_table(
        "contracts",
        "Contracts",
        "The provider’s contracts as at the last day. To: the last day as things stand. Look at it: it ends soon or "
        "has ended, and nothing carries it on.",
        "Contracts",
        [
            ("Contract", _W),
            ("Reference", _W),
            ("For", _W),
            ("From", _DAY),
            ("To", _DAY),
            ("Extendable to", _DAY),
            ("Value", _PENCE),
            ("Value is", _W),
            ("State", _W),
            ("People there", _PEOPLE),
        ],
        [_contract(line) for line in quarter.contracts],
        named=True,
    )


def _contract(line: ContractLine) -> Row:
    contract = line.contract
    return (
        contract.name,
        contract.reference,
        text.join_words([service.name for service in line.services]) if contract.service_ids else "all services",
        contract.started_on,
        line.standing.last_on,
        contract.extendable_to,
        contract.value_pence,
        value_per(contract),
        state_words(line),
        line.people,
    )


def _use(quarter: ProviderQuarter) -> FigureTable:
    total = quarter.days
    people = sum(each.line.people for each in quarter.services)
    places = sum(each.line.count.total for each in quarter.services)
    return make_table(
        "use",
        "Places and their use",
        "Days of places in the period, both days included: lived in, held for somebody, empty, and out of use. Lived "
        "in %: of the days that are not out of use.",
        "Services, units, holds and placements",
        [
            ("Service", _W),
            ("Stage", _W),
            ("Locality", _W),
            ("People", _PEOPLE),
            ("Places", _NUMBER),
            ("Days lived in", _DAYS),
            ("Days held", _DAYS),
            ("Days empty", _DAYS),
            ("Between stays", _DAYS),
            ("Days out of use", _DAYS),
            ("Lived in %", Kind.PERCENT),
            ("Hours planned", _NUMBER),
            ("Hours a week", _NUMBER),
        ],
        [_service(each) for each in quarter.services],
        last=("All", "", "", people, places, *_days(total), None, None) if quarter.services else (),
        named=True,
    )


def _service(each: ServiceQuarter) -> Row:
    line = each.line
    hours = line.hours
    return (
        line.service.name,
        line.stage.label if line.stage is not None else "",
        line.service.locality,
        line.people,
        line.count.total if line.places else None,
        *(_days(each.days) if line.places else (None,) * 6),
        hours.planned if hours is not None else None,
        hours.capacity if hours is not None else None,
    )


def _days(days: PlaceDays) -> Row:
    return (days.lived, days.held, days.void, days.turnaround, days.out, _rounded(days.occupancy_percent))


def _rounded(value: float | None) -> float | None:
    return round(value, 1) if value is not None else None


def _places(quarter: ProviderQuarter) -> FigureTable:
    rows: list[Row] = [
        (each.line.service.name, place.name or str(place.number), _STATES[place.state], place.leaving_on,
         place.free_since, place.hold.until_on if place.hold is not None else None)
        for each in quarter.services
        for place in each.line.places
    ]  # fmt: skip
    return make_table(
        "places",
        "Places now",
        "Every place as it stands on the last day. Who lives there is not told.",
        "Units, holds and placements",
        [("Service", _W), ("Place", _W), ("State", _W), ("Left on", _DAY), ("Free since", _DAY), ("Held until", _DAY)],
        rows,
        named=True,
    )


def _costs(quarter: ProviderQuarter) -> FigureTable:
    rows: list[Row] = []
    for line in (each.line for each in quarter.services):
        like = line.like
        three = (like.lowest, like.middle, like.highest, like.services) if like is not None else (None,) * 4
        paid = (line.median_cost_pence, line.costs_known, line.people)
        rows.append((line.service.name, line.rate_pence, line.hour_rate_pence, *paid, *three))
    return make_table(
        "costs",
        "Costs and rates",
        "Pounds a week. Paid: the middle of what it costs those whose cost is known. Like services: the lowest, middle "
        "and highest agreed rates of services of the same stage, where there are two.",
        "Services and costs",
        [
            ("Service", _W),
            ("Agreed rate", _PENCE),
            ("Agreed for an hour", _PENCE),
            ("Paid, middle", _PENCE),
            ("Cost known of", _PEOPLE),
            ("People", _PEOPLE),
            ("Like, lowest", _PENCE),
            ("Like, middle", _PENCE),
            ("Like, highest", _PENCE),
            ("Like services", _NUMBER),
        ],
        rows,
        named=True,
    )
