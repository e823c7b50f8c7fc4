"""What `show` says of a person's money."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from mhtracker import text
from mhtracker.cli import plain
from mhtracker.domain.money.costs import line_weekly_pence
from mhtracker.domain.records import CostLine, FundingSplit
from mhtracker.domain.summary import CaseSummary
from mhtracker.store.cost_words import line_name, rate_words, split_words


def money_of_person(summary: CaseSummary) -> dict[str, Any]:
    """The "money" of `show --json`."""
    cost = summary.cost
    return {
        "weekly_gross": _pounds(cost.gross if cost else None),
        "weekly_person": _pounds(cost.person if cost else None),
        "not_charged": _pounds(cost.not_charged if cost else None),
        "weekly_health": _pounds(cost.health if cost else None),
        "weekly_net": _pounds(cost.net if cost else None),
        "lines": [_line(line, summary) for line in summary.costs],
        "funding": [_split(split) for split in summary.splits],
    }


def _line(line: CostLine, summary: CaseSummary) -> dict[str, Any]:
    return {
        "kind": line.kind,
        "label": summary.labels.get(f"cost_kind/{line.kind}", line.kind),
        "what": line.what or None,
        "rate": _pounds(line.rate_pence),
        "frequency": line.frequency,
        "units": line.units,
        "weekly": _pounds(line_weekly_pence(line)),
        "started_on": _iso(line.started_on),
        "ended_on": _iso(line.ended_on),
        "taper": line.taper_id is not None,
    }


def _split(split: FundingSplit) -> dict[str, Any]:
    return {
        "started_on": _iso(split.started_on),
        "ended_on": _iso(split.ended_on),
        "person": _pounds(split.person_pence),
        "health_percent": split.health_percent,
        "health": _pounds(split.health_pence),
        "agreed_on": _iso(split.agreed_on),
        "agreed_by": split.agreed_by or None,
        "note": split.note or None,
    }


def money_parts(summary: CaseSummary) -> Iterator[str]:
    """The same as text; nothing where the stays alone say what they cost."""
    if summary.costs:
        rows = [
            (
                text.format_date(line.started_on),
                text.format_date(line.ended_on),
                line_name(line, summary.labels.get(f"cost_kind/{line.kind}", line.kind)),
                rate_words(line),
                text.format_pence(line_weekly_pence(line)),
            )
            for line in summary.costs
        ]
        yield "Costs\n" + plain.table(("From", "Until", "Cost", "Rate", "A week"), rows, right=(4,))
    if summary.splits:
        paid = [
            (text.format_date(s.started_on), text.format_date(s.ended_on), split_words(s), s.agreed_by)
            for s in summary.splits
        ]
        yield "Who pays\n" + plain.table(("From", "Until", "Pays", "Agreed by"), paid)


def _pounds(pence: int | None) -> float | None:
    return pence / 100 if pence is not None else None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
