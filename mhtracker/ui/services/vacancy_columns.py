"""The columns of the lists of vacancies and of those who wait."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from mhtracker import text
from mhtracker.store.queries.vacancies import Vacancy
from mhtracker.store.queries.waiting import WaitingLine
from mhtracker.ui.icons import paint_icon
from mhtracker.ui.services.columns import OTHER, contract_badge, paint_after
from mhtracker.ui.services.filters import ListFilter
from mhtracker.ui.services.grouped_table import Heading
from mhtracker.ui.services.words import contract_about, contract_words, held_words
from mhtracker.ui.table_cells import BadgeFacts, Column, StageFacts
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.stage_pill import paint_block


@dataclass(slots=True)
class Words:
    """What the columns are read by: the day, and the words of features and priorities by code."""

    as_at: date
    features: dict[str, str] = field(default_factory=dict)
    priorities: dict[str, str] = field(default_factory=dict)

    def features_of(self, codes: Sequence[str] | frozenset[str]) -> str:
        """Features in the order of their list: `Ground floor, step-free`."""
        found = [words for code, words in self.features.items() if code in codes]
        return ", ".join([*found[:1], *(text.first_lower(each) for each in found[1:])])


# Vacancies


def vacancy_id(vacancy: Vacancy) -> str:
    """Tells free places apart."""
    return f"{vacancy.service.id} {vacancy.place.number}"


def from_words(vacancy: Vacancy, as_at: date) -> str:
    """`now`, `Wed 12 Aug`."""
    if vacancy.free_from <= as_at:
        return "now"
    return text.format_date(vacancy.free_from, weekday=True, year=vacancy.free_from.year != as_at.year)


def why_words(vacancy: Vacancy) -> str:
    """Why it is not free yet: `lived in`, `out of use`, `opens then`."""
    if vacancy.expected:
        return "lived in"
    return "opens then" if vacancy.place.hold is None and vacancy.place.stay is None else "out of use"


def empty_words(vacancy: Vacancy, as_at: date) -> str:
    """How long it has stood empty: `23 days`; "not known" where nobody is recorded to have left."""
    if vacancy.free_from > as_at:
        return why_words(vacancy)
    days = vacancy.place.empty_days(as_at)
    return text.count(days, "day") if days is not None else "not known"


def paint_vacancy(painter: QPainter, rect: QRectF, theme: Theme, vacancy: Vacancy) -> None:
    """Its stage's letter, what it is called, and where it is."""
    stage = vacancy.line.stage
    letter, colour = (stage.letter, stage.colour) if stage is not None else ("", OTHER)
    left = paint_block(painter, rect.left() + theme.px(14), rect.center().y(), theme, letter, colour)
    room = QRectF(left, rect.top(), rect.right() - left, rect.height())
    paint_after(painter, room, theme, vacancy.name, vacancy.service.locality)


def vacancy_columns(seen: Words) -> tuple[Column, ...]:
    """The columns of the list of vacancies."""

    def contract(vacancy: Vacancy) -> str:
        return contract_words(vacancy.line.contract, seen.as_at)

    return (
        Column("place", "Place", 238, lambda each: each.name, paint=paint_vacancy, sort="place", least=190,
               tooltip=lambda each: ", ".join(filter(None, (each.name, each.service.locality)))),
        Column("from", "Free from", 92, lambda each: from_words(each, seen.as_at), sort="from",
               copy=lambda each: each.free_from.isoformat()),
        Column("empty", "Empty", 84, lambda each: empty_words(each, seen.as_at), "quiet", sort="empty",
               copy=lambda each: str(each.place.empty_days(seen.as_at) or ""),
               about="Days since the last person left."),
        Column("has", "It has", 214, lambda each: seen.features_of(each.features) or "not recorded", "quiet",
               gives=3, least=150, tooltip=lambda each: seen.features_of(each.features)),
        Column("week", "A week", 66, lambda each: text.format_pence(each.week_pence, whole=True), "number",
               sort="week", gives=2),
        Column("contract", "Contract to", 128, contract, "badge", sort="contract", gives=1,
               value=lambda each: contract_badge(each.line.contract, seen.as_at),
               tooltip=lambda each: contract_about(each.line.contract, seen.as_at)),
        Column("provider", "Provider", 150, _provider, "quiet", shown=False, sort="provider"),
    )  # fmt: skip


def _provider(vacancy: Vacancy) -> str:
    return vacancy.line.provider.name if vacancy.line.provider is not None else ""


def vacancy_orders(seen: Words) -> dict[str, Callable[[Vacancy], Any]]:
    """What the columns of vacancies sort by."""
    return {
        "place": lambda each: (each.service.name.casefold(), each.place.number),
        "from": lambda each: each.free_from,
        "empty": lambda each: each.place.empty_days(seen.as_at),
        "week": lambda each: each.week_pence,
        "contract": lambda each: each.line.contract.last_on,
        "provider": lambda each: _provider(each).casefold(),
    }


VACANCY_FILTERS = (
    ListFilter(
        "stage", "Stage", lambda each: ((each.line.stage.id, each.line.stage.label),) if each.line.stage else ()
    ),
    ListFilter(
        "locality",
        "Locality",
        lambda each: ((each.service.locality, each.service.locality),) if each.service.locality else (),
    ),
    ListFilter(
        "step_free", "Step-free", holds=lambda each: bool(each.features & {"step_free", "ground_floor", "lift"})
    ),
)


def in_two_parts(found: Sequence[Vacancy], as_at: date) -> list[Any]:
    """What is free now, then what will be within a month, under headings."""
    parts: list[Any] = []
    now = [each for each in found if each.free_from <= as_at]
    later = [each for each in found if each.free_from > as_at]
    if now:
        parts += [Heading("now", "Free now", "longest empty first"), *now]
    if later:
        parts += [Heading("later", "Within a month", "by day"), *later]
    return parts


# Those who wait

_SHAPES = {"urgent": "overdue", "high": "today"}


def since_words(line: WaitingLine) -> str:
    """`96 days`."""
    return text.count(line.days, "day") if line.days else "today"


def wants_words(line: WaitingLine) -> str:
    """What they wait for: `Mill Street`, `Supported living`, `any stage`."""
    if line.service is not None:
        return line.service.name
    return line.stage.label if line.stage is not None else "any stage"


def now_words(line: WaitingLine) -> str:
    """Where they are meanwhile: `Beech Lodge`, `Hospital`, `no placement`."""
    return line.line.service or line.line.stage or "no placement"


def state_words(line: WaitingLine, as_at: date) -> str:
    """What has happened to them on the list: an offer accepted or open, a place held, refusals; "" for nothing."""
    if line.accepted is not None and line.accepted.answered_on is not None:
        return f"Accepted {text.format_day(line.accepted.answered_on, as_at)}"
    if line.hold is not None:
        until = line.hold.until_on
        return f"Place held to {text.format_day(until, as_at)}" if until is not None else "Place held"
    if line.open_offer is not None:
        return f"Offered {text.format_day(line.open_offer.offered_on, as_at)}"
    return f"{text.count(line.refused, 'refusal')}" if line.refused else ""


def state_about(line: WaitingLine, as_at: date) -> str:
    """The same for the tooltip: `Accepted 22 Nov: Canal View, Flat 6; held until 6 Dec`."""
    held, accepted = held_words(line, as_at), line.accepted
    if accepted is None:
        return held or state_words(line, as_at)
    said = f"{state_words(line, as_at)}: {line.accepted_at}"
    return f"{said}. {held[:1].upper()}{held[1:]}" if held else f"{said}. No place is held."


def _wants(line: WaitingLine) -> StageFacts | None:
    if line.stage is None:
        return None
    return StageFacts(line.stage.letter, line.stage.colour, wants_words(line))


def waiting_columns(seen: Words) -> tuple[Column, ...]:
    """The columns of the waiting list."""

    def priority(line: WaitingLine) -> str:
        return seen.priorities.get(line.waiting.priority, line.waiting.priority)

    def badge(line: WaitingLine) -> BadgeFacts | None:
        shape = _SHAPES.get(line.waiting.priority)
        return BadgeFacts(shape, priority(line), quiet=line.waiting.priority != "urgent") if shape else None

    def needs(line: WaitingLine) -> str:
        return seen.features_of(line.features)

    return (
        Column("name", "Name", 172, lambda each: text.name_in_order(each.line.surname, each.line.given_names),
               "strong", sort="name", least=140,
               tooltip=lambda each: text.name_in_order(each.line.surname, each.line.given_names)),
        Column("days", "Waits", 76, since_words, "number", sort="days", copy=lambda each: str(each.days),
               tooltip=lambda each: f"Since {text.format_date(each.waiting.since_on, weekday=True)}"),
        Column("for", "For", 146, wants_words, "stage", value=_wants, sort="for", least=124, tooltip=wants_words),
        Column("priority", "Priority", 90, priority, "badge", value=badge, sort="priority",
               tooltip=lambda each: each.waiting.priority_reason),
        Column("now", "Lives now", 134, now_words, sort="now", paint=_paint_now, gives=1, tooltip=now_words,
               accessible=lambda each: f"Lives now: {now_words(each)}"),
        Column("state", "So far", 134, lambda each: state_words(each, seen.as_at), "quiet", sort="state", gives=2,
               tooltip=lambda each: state_about(each, seen.as_at)),
        Column("where", "Where", 130, lambda each: ", ".join(each.localities) or "anywhere", "quiet", gives=3,
               tooltip=lambda each: ", ".join(each.localities)),
        Column("needs", "Needs", 200, needs, "quiet", tooltip=needs, gives=4, least=140),
        Column("home", "Needs a home", 110, lambda each: "yes" if each.waiting.needs_home else "support only",
               "quiet", shown=False),
        Column("funding", "Funding agreed", 120, lambda each: yes_no(each.waiting.funding_agreed), "quiet",
               shown=False),
        Column("worker", "Worker", 140, lambda each: each.line.worker or "Nobody", "quiet", shown=False,
               sort="worker"),
        Column("since", "Since", 100, lambda each: text.format_date(each.waiting.since_on), "quiet", shown=False,
               sort="days"),
    )  # fmt: skip


def yes_no(value: bool | None) -> str:
    """`yes`, `no`, `not asked`."""
    return "not asked" if value is None else "yes" if value else "no"


def _paint_now(painter: QPainter, rect: QRectF, theme: Theme, line: WaitingLine) -> None:
    left = rect.left()
    if line.in_hospital:
        side = theme.px(16)
        box = QRectF(left, rect.center().y() - side / 2, side, side)
        paint_icon(painter, box, "mdi6.hospital-box-outline", theme.color("text2"))
        left += side + theme.px(5)
    paint_after(painter, QRectF(left, rect.top(), rect.right() - left, rect.height()), theme, now_words(line), "")


def waiting_orders(seen: Words) -> dict[str, Callable[[WaitingLine], Any]]:
    """What the columns of the waiting list sort by."""
    return {
        "name": lambda each: each.line.name_key,
        "days": lambda each: -each.days,
        "for": lambda each: (each.stage.level if each.stage is not None else -1, wants_words(each).casefold()),
        "now": lambda each: now_words(each).casefold(),
        "state": lambda each: state_words(each, seen.as_at) or None,
        "worker": lambda each: each.line.worker.casefold() or None,
    }


WAITING_FILTERS = (
    ListFilter("stage", "For", lambda each: ((each.stage.id, each.stage.label),) if each.stage is not None else ()),
    ListFilter("locality", "Where", lambda each: tuple((name, name) for name in each.localities)),
    ListFilter("team", "Team", lambda each: ((each.line.team, each.line.team),) if each.line.team else ()),
    ListFilter("worker", "Worker", lambda each: ((each.line.worker, each.line.worker),) if each.line.worker else ()),
    ListFilter("hospital", "From hospital", holds=lambda each: each.in_hospital),
    ListFilter("home", "Needs a home", holds=lambda each: each.waiting.needs_home),
    ListFilter("no_place", "No place held", holds=lambda each: each.hold is None),
)
