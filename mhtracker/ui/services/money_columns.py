"""The columns of the lists of rates and of contracts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from mhtracker import text
from mhtracker.domain.money.rates import LEAST_PEOPLE, LEAST_SERVICES
from mhtracker.domain.places.contracts import value_per
from mhtracker.domain.records import Contract
from mhtracker.store.queries.contracts import ContractLine
from mhtracker.store.queries.rates import HIGH, RateLine
from mhtracker.ui.services.columns import Seen, contract_badge, paint_service
from mhtracker.ui.services.filters import ListFilter
from mhtracker.ui.services.grouped_table import Heading
from mhtracker.ui.services.words import contract_words
from mhtracker.ui.table_cells import BadgeFacts, Column
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.shapes import paint_shape

RULE = (
    "A rate is marked where it lies more than one and a half times the width of the middle half above or below that "
    f"half, among {LEAST_PEOPLE} or more people in services of the same stage, paid for by week or by hour alike; an "
    f"agreed rate among {LEAST_SERVICES} or more services."
)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)


def pounds(pence: int | None, by_hour: bool) -> str:
    """Whole pounds a week; pounds and pence an hour."""
    return "" if pence is None else text.format_pence(pence, whole=not by_hour)


# Rates


def range_words(line: RateLine) -> str:
    """`£588 to £712`; one amount where all are alike."""
    low, high = line.lowest_pence, line.highest_pence
    if low is None:
        return ""
    return pounds(low, line.by_hour) if low == high else f"{pounds(low, line.by_hour)} to {pounds(high, line.by_hour)}"


def over_words(line: RateLine) -> str:
    """How far what is paid lies from what was agreed: `12% more`, `as agreed`."""
    percent = line.over_percent
    if percent is None:
        return ""
    return f"{abs(percent)}% {'more' if percent > 0 else 'less'}" if percent else "as agreed"


def beyond_words(line: RateLine) -> str:
    """Who stands out: `2 high, 1 low`; "" for nobody; `too few` where too few are known to say."""
    if line.fences is None:
        return "too few" if line.paid else ""
    high = sum(each.beyond == HIGH for each in line.beyond)
    low = len(line.beyond) - high
    return ", ".join(filter(None, (f"{high} high" if high else "", f"{low} low" if low else "")))


def _outliers(line: RateLine) -> BadgeFacts | None:
    said = beyond_words(line)
    return BadgeFacts("slipped" if line.beyond else "none", said, quiet=True) if said else None


def _over(line: RateLine) -> BadgeFacts | None:
    percent = line.over_percent
    return BadgeFacts("slipped", over_words(line), quiet=True) if percent is not None and percent > 0 else None


def _paint_agreed(painter: QPainter, rect: QRectF, theme: Theme, line: RateLine) -> None:
    said = pounds(line.agreed_pence, line.by_hour) or "not agreed"
    painter.setFont(theme.font("body"))
    token = "text" if line.agreed_pence is not None else "text3"
    painter.setPen(theme.status("warn").text if line.agreed_beyond else theme.color(token))
    painter.drawText(rect, _RIGHT, said)
    if line.agreed_beyond:
        side = theme.px(11)
        left = rect.right() - QFontMetricsF(painter.font()).horizontalAdvance(said) - side - theme.px(5)
        paint_shape(painter, QRectF(left, rect.center().y() - side / 2, side, side), "slipped", theme)


def rate_columns(seen: Seen) -> tuple[Column, ...]:
    """The columns of the list of rates."""
    return (
        Column("service", "Service", 214, lambda each: each.service.name, sort="service", least=164,
               paint=lambda painter, rect, theme, each: paint_service(painter, rect, theme, each.service_line),
               tooltip=lambda each: ", ".join(filter(None, (each.service.name, each.service.locality)))),
        Column("agreed", "Agreed", 84, lambda each: pounds(each.agreed_pence, each.by_hour) or "not agreed", "number",
               sort="agreed", paint=_paint_agreed, tooltip=_agreed_about, accessible=_agreed_about),
        Column("paid", "Paid, middle", 92, lambda each: pounds(each.middle_pence, each.by_hour), "number",
               sort="paid", about="The median of what is paid for those who live there."),
        Column("over", "Against agreed", 112, over_words, "badge", value=_over, sort="over", gives=1),
        Column("range", "From and to", 128, range_words, "quiet", sort="range", gives=3),
        Column("people", "People", 58, lambda each: text.format_number(len(each.paid)), "number", sort="people",
               gives=2),
        Column("not_known", "Not known", 90, lambda each: text.format_number(each.not_known) if each.not_known else "",
               "number", sort="not_known", gives=4, about="People whose cost is not recorded."),
        Column("beyond", "Stands out", 96, beyond_words, "badge", value=_outliers, sort="beyond", about=RULE),
        Column("provider", "Provider", 150, _provider, "quiet", shown=False),
    )  # fmt: skip


def _provider(line: RateLine) -> str:
    provider = line.service_line.provider
    return provider.name if provider is not None else ""


def _agreed_about(line: RateLine) -> str:
    agreed = pounds(line.agreed_pence, line.by_hour)
    unit = "an hour" if line.by_hour else "a week"
    more = " Stands out among like services." if line.agreed_beyond else ""
    return f"Agreed: {agreed} {unit}.{more}" if agreed else "No rate was agreed."


def rate_orders() -> dict[str, Callable[[RateLine], Any]]:
    """What the columns of rates sort by."""
    return {
        "service": lambda each: each.service.name.casefold(),
        "agreed": lambda each: each.agreed_pence,
        "paid": lambda each: each.middle_pence,
        "over": lambda each: each.over_percent,
        "range": lambda each: each.highest_pence,
        "people": lambda each: len(each.paid),
        "beyond": lambda each: -len(each.beyond) or None,
        "not_known": lambda each: -each.not_known or None,
    }


def by_stage(lines: Sequence[RateLine]) -> list[Any]:
    """The lines under their stages; those by the hour under a heading of their own."""
    found: list[Any] = []
    before: tuple[str, bool] | None = None
    for line in lines:
        key = line.service.stage_id or "", line.by_hour
        if key != before:
            before = key
            name = line.stage.label if line.stage is not None else "No usual stage"
            alike = [each for each in lines if (each.service.stage_id or "", each.by_hour) == key]
            people = sum(len(each.paid) for each in alike)
            unit = "an hour" if line.by_hour else "a week"
            more = f"{text.count(len(alike), 'service')}, {text.count(people, 'person', 'people')}, {unit}"
            found.append(Heading(f"{key[0]} {key[1]}", name, more))
        found.append(line)
    return found


RATE_FILTERS = (
    ListFilter("stage", "Stage", lambda each: ((each.stage.id, each.stage.label),) if each.stage is not None else ()),
    ListFilter("locality", "Locality",
               lambda each: ((each.service.locality, each.service.locality),) if each.service.locality else ()),
    ListFilter("beyond", "Stands out", holds=lambda each: bool(each.beyond or each.agreed_beyond)),
    ListFilter("over", "Above agreed", holds=lambda each: (each.over_percent or 0) > 0),
)  # fmt: skip


# Contracts


def value_words(contract: Contract) -> str:
    """`£412,000 a year`; "" where it is not recorded."""
    if contract.value_pence is None:
        return ""
    return f"{text.format_pence(contract.value_pence, whole=True)} {value_per(contract)}"


def covers_words(line: ContractLine) -> str:
    """What it covers: `Beech Lodge, Larkfield`; `all services`."""
    names = [service.name for service in line.services]
    if not line.contract.service_ids:
        return f"All {len(names)} services" if len(names) > 1 else (names[0] if names else "All services")
    return ", ".join(names) or "No service that is open"


def contract_facts(line: ContractLine, as_at: date) -> BadgeFacts | None:
    """How it stands, in word and shape."""
    if line.followed_by is not None:
        return BadgeFacts("in_date", f"{contract_words(line.standing, as_at)}, carried on", quiet=True)
    return contract_badge(line.standing, as_at)


def standing_words(line: ContractLine, as_at: date) -> str:
    """`Ended 30 Jun`, `In 11 weeks`, `Runs`."""
    facts = contract_facts(line, as_at)
    if facts is not None:
        return facts.words
    return contract_words(line.standing, as_at)


def contract_columns(seen: Seen) -> tuple[Column, ...]:
    """The columns of the list of contracts."""
    return (
        Column("provider", "Provider", 140, _contract_provider, "strong", sort="provider", least=118,
               tooltip=_contract_provider),
        Column("name", "Contract", 190, lambda each: each.contract.name, sort="name", least=176,
               tooltip=lambda each: ", ".join(filter(None, (each.contract.name, each.contract.reference)))),
        Column("covers", "Covers", 120, covers_words, "quiet", tooltip=covers_words, gives=3),
        Column("value", "Value", 128, lambda each: value_words(each.contract), "number", sort="value",
               gives=2),
        Column("people", "People", 66, lambda each: text.format_number(each.people), "number", sort="people",
               gives=4),
        Column("to", "To", 128, lambda each: standing_words(each, seen.as_at), "badge", sort="to",
               value=lambda each: contract_facts(each, seen.as_at),
               copy=lambda each: each.standing.last_on.isoformat() if each.standing.last_on else ""),
        Column("more", "Can extend to", 104, lambda each: text.format_date(each.contract.extendable_to), "quiet",
               sort="more", gives=1),
        Column("from", "From", 100, lambda each: text.format_date(each.contract.started_on), "quiet", shown=False,
               sort="from"),
        Column("warn", "Warns ahead", 100, lambda each: text.count(each.contract.warn_months, "month"), "quiet",
               shown=False),
        Column("reference", "Reference", 110, lambda each: each.contract.reference, "quiet", shown=False),
        Column("lot", "Lot", 90, lambda each: each.contract.lot, "quiet", shown=False),
    )  # fmt: skip


def _contract_provider(line: ContractLine) -> str:
    return line.provider.name if line.provider is not None else "No provider"


def contract_orders() -> dict[str, Callable[[ContractLine], Any]]:
    """What the columns of contracts sort by."""
    return {
        "provider": lambda each: _contract_provider(each).casefold(),
        "name": lambda each: each.contract.name.casefold(),
        "to": lambda each: each.standing.last_on,
        "more": lambda each: each.contract.extendable_to,
        "value": lambda each: each.contract.value_pence,
        "people": lambda each: each.people,
        "from": lambda each: each.contract.started_on,
    }


CONTRACT_FILTERS = (
    ListFilter("look", "To be looked at", holds=lambda each: each.wants_looking_at),
    ListFilter("more", "Can be extended", holds=lambda each: (each.contract.extendable_to or date.min)
               > (each.standing.last_on or date.max)),
)  # fmt: skip
