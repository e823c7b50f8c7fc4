"""What the Services page says, in words; nothing here draws."""

from __future__ import annotations

from datetime import date

from mhtracker import text
from mhtracker.domain.places.contracts import ContractStanding, ContractState, last_day
from mhtracker.domain.places.units import Place, PlaceState
from mhtracker.domain.records import Contract
from mhtracker.store.queries.services import (
    OF_COUNCIL,
    OUT_OF_AREA,
    ServiceGroup,
    ServiceLine,
    ServiceList,
)
from mhtracker.store.queries.waiting import WaitingLine
from mhtracker.ui.services.reading import ServicesData

STATES = {
    PlaceState.TAKEN: "taken",
    PlaceState.LEAVING: "leaving",
    PlaceState.HELD: "held",
    PlaceState.OUT: "out of use",
    PlaceState.FREE: "free",
}


def short_day(day: date, as_at: date) -> str:
    """`20 Jul`; with its year where that is another than the one looked at."""
    return text.format_date(day, year=day.year != as_at.year)


def place_name(place: Place) -> str:
    """What to call a place: `Flat 5`, `Place 3`."""
    return place.name or f"Place {place.number}"


def held_words(line: WaitingLine, as_at: date) -> str:
    """Which place is held for somebody: `held: Canal View, Flat 6, until 6 Dec`; "" for none."""
    if line.hold is None:
        return ""
    until = line.hold.until_on
    return f"held: {line.held_at}" + (f", until {short_day(until, as_at)}" if until is not None else "")


def hours_words(hours: float) -> str:
    """`140 h`, `17.5 h`."""
    return f"{round(hours, 1):g} h"


# One service


def free_words(line: ServiceLine, as_at: date) -> str:
    """What is free at a service, now and soon: `1 now, 1 in Aug`; `none`; `20 h of 140`; `not ours`."""
    if not line.service.in_area:
        return "not ours"
    if line.hours is not None:
        return f"{hours_words(line.hours.free)} of {round(line.hours.capacity, 1):g}"
    if not line.places and not line.coming:
        return "not known"
    parts: list[str] = []
    free = [place for place in line.places if place.state == PlaceState.FREE]
    if free:
        days = free[0].empty_days(as_at) if len(free) == 1 else None
        parts.append(f"{len(free)} now" + (f", {text.count(days, 'day')}" if days and len(parts) == 0 else ""))
    soon = soon_words(line, as_at, short=bool(free))
    if soon:
        parts = [f"{len(free)} now", soon] if free else [soon]
    if parts:
        return ", ".join(parts)
    return _kept_words(line, as_at) or "none"


def free_about(line: ServiceLine, as_at: date) -> str:
    """The same for the tooltip, with how long what is free has stood empty."""
    free = [place for place in line.places if place.state == PlaceState.FREE]
    days = [(place_name(place), place.empty_days(as_at)) for place in free] if line.service.in_area else []
    known = [f"{name}: {text.count(empty, 'day')} empty" for name, empty in days if empty]
    said = [free_words(line, as_at)]
    if free and line.service.in_area and (soon := soon_words(line, as_at)) and soon not in said[0]:
        said.append(f"later: {soon}")
    return ". ".join([*said, *known])


def soon_words(line: ServiceLine, as_at: date, *, short: bool = False) -> str:
    """Places that become free on a day that is known: `1 on 12 Aug`; `2, first 1 Sep`; "" for none.

    `short` stands behind what is free now, with less room: `1 in Aug`, `2 later`.
    """
    wanted = (PlaceState.LEAVING, PlaceState.OUT)
    coming = [p for p in line.places if p.state in wanted and p.free_from is not None and p.hold is None]
    coming += [p for p in line.places if p.state == PlaceState.OUT and p.hold is not None and p.free_from is not None]
    days = sorted(p.free_from for p in (*coming, *line.coming) if p.free_from is not None)
    if not days:
        return ""
    first, last = days[0], days[-1]
    if short and (first.year, first.month) != (last.year, last.month):
        return f"{len(days)} later"
    if short and first.year == as_at.year:
        return f"{len(days)} in {first:%b}"
    return (
        f"{len(days)} on {short_day(first, as_at)}"
        if first == last
        else f"{len(days)}, first {short_day(first, as_at)}"
    )


def _kept_words(line: ServiceLine, as_at: date) -> str:
    held = [p for p in line.places if p.state == PlaceState.HELD]
    out = [p for p in line.places if p.state == PlaceState.OUT]
    if held:
        until = held[0].hold.until_on if held[0].hold is not None else None
        return f"{len(held)} held" + (f" to {short_day(until, as_at)}" if until and len(held) == 1 else "")
    return f"{len(out)} out of use" if out else ""


def is_free(line: ServiceLine) -> bool:
    """Whether somebody could move in now, or on a day that is known."""
    return line.next_free is not None


def week_words(line: ServiceLine) -> str:
    """What a week costs there, whole pounds; an hour where it is paid by the hour."""
    if line.hour_rate_pence is not None:
        return f"{text.format_pence(line.hour_rate_pence)} h"
    return text.format_pence(line.week_pence, whole=True) if line.week_pence is not None else ""


def week_about(line: ServiceLine) -> str:
    """What was agreed, what is paid, and what services like it cost."""
    parts = []
    if line.hour_rate_pence is not None:
        parts.append(f"Agreed: {text.format_pence(line.hour_rate_pence)} an hour.")
    if line.rate_pence is not None:
        parts.append(f"Agreed: {text.format_pence(line.rate_pence)} a week.")
    if line.median_cost_pence is not None:
        paid = text.format_pence(line.median_cost_pence)
        parts.append(f"Paid, in the middle of {text.count(line.costs_known, 'person', 'people')}: {paid} a week.")
    if line.dear:
        parts.append("That is more than was agreed.")
    if line.like is not None:
        low, high = (text.format_pence(each, whole=True) for each in (line.like.lowest, line.like.highest))
        parts.append(f"Agreed rates of the {line.like.services} services of this stage: {low} to {high}.")
    return " ".join(parts)


def contract_words(standing: ContractStanding, as_at: date) -> str:
    """`31 Mar 2027`, `Ended 30 Jun`, `own staff`, `by person`, `none`."""
    last = standing.last_on
    match standing.state:
        case ContractState.OWN:
            return "own staff"
        case ContractState.BY_PERSON:
            return "by person"
        case ContractState.NONE:
            return "none"
        case ContractState.NOT_BEGUN:
            begins = standing.contract.started_on if standing.contract is not None else None
            return f"from {text.format_date(begins)}"
        case ContractState.ENDED if last is not None:
            return f"Ended {short_day(last, as_at)}"
    return text.format_date(last) if last is not None else "no end"


def contract_about(standing: ContractStanding, as_at: date) -> str:
    """The same as a sentence, for the tooltip and the panel's warning; "" where there is nothing to say."""
    last, contract = standing.last_on, standing.contract
    if contract is None or last is None:
        return "There is no contract." if standing.state == ContractState.NONE else ""
    more = contract.extendable_to
    option = f" It can be extended to {text.format_date(more)}." if more is not None and more > last else ""
    if standing.state == ContractState.ENDED:
        return f"The contract ended on {text.format_date(last)}. Check before offering.{option}"
    if standing.state == ContractState.ENDING:
        return f"The contract ends on {text.format_date(last)}, {text.in_words((last - as_at).days).lower()}.{option}"
    if standing.followed_by is not None:
        return f"The contract runs until {text.format_date(last)}. {_follower_words(standing.followed_by)}"
    return f"The contract runs until {text.format_date(last)}.{option}"


def _follower_words(contract: Contract) -> str:
    ends = last_day(contract)
    until = f", until {text.format_date(ends)}" if ends is not None else ", without an end"
    return f"{contract.name} carries it on{until}."


# Groups and totals


def group_words(group: ServiceGroup) -> tuple[str, str]:
    """A group's heading and what stands after it: ("Larkfield Care", "2 services, 32 places")."""
    services = text.count(len(group.lines), "service")
    people = text.count(group.people, "person", "people")
    if group.kind == OUT_OF_AREA:
        return "Outside our area", f"{people} in {services}"
    name = group.provider.name if group.provider is not None else "No provider named"
    hours = sum(line.hours.capacity for line in group.lines if line.hours is not None)
    room = [text.count(group.places, "place")] if group.places else []
    room += [f"{text.format_number(round(hours))} hours a week"] if hours else []
    without = sum(line.without_place for line in group.lines)
    more = [without_words(without)] if without else []
    more += ["run by the council"] if group.kind == OF_COUNCIL else []
    return name, ", ".join([services, *(room or [people]), *more])


def without_words(people: int) -> str:
    """`3 people without a place named`."""
    return f"{text.count(people, 'person', 'people')} without a place named"


def group_of(line: ServiceLine, groups: tuple[ServiceGroup, ...]) -> ServiceGroup | None:
    """The group a line stands in."""
    return next((group for group in groups if any(each is line for each in group.lines)), None)


def tab_counts(data: ServicesData) -> dict[str, tuple[int | str, int | str]]:
    """What each tab counts by its key, in full and shortened; what is paid is not counted."""
    ending = data.services.ending
    counts = {"services": len(data.services.lines), "vacancies": len(data.vacancies), "waiting": data.waiting.people}
    contracts = (f"{ending} to look at", ending) if ending else (len(data.contracts), len(data.contracts))
    return {**{key: (count, count) for key, count in counts.items()}, "contracts": contracts}


def total_parts(found: ServiceList) -> list[tuple[str, str]]:
    """The page's first line as (number, words after it)."""
    count = found.count
    parts = [(text.format_number(count.total), f"{'place' if count.total == 1 else 'places'} in our area,")]
    parts += [(text.format_number(count.free), "free,"), (text.format_number(count.held), "held,")]
    parts.append((text.format_number(found.free_soon), "more within a month"))
    return parts
