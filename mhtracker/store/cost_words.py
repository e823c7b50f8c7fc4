"""Costs and who pays, in words that screen, paper, history and command line share."""

from __future__ import annotations

from mhtracker import text
from mhtracker.domain.money.costs import WeeklyCost, line_weekly_pence
from mhtracker.domain.money.weekly import BY_UNIT, Frequency
from mhtracker.domain.records import CostLine, FundingSplit

_UNITS = {"hourly": ("hour", "hours"), "daily": ("day", "days"), "session": ("session", "sessions")}
_EACH = {
    "weekly": "a week",
    "fortnightly": "every two weeks",
    "four_weekly": "every four weeks",
    "monthly": "a month",
    "quarterly": "a quarter",
    "annually": "a year",
}
_BY_UNIT = frozenset(each.value for each in BY_UNIT)


def rate_words(line: CostLine) -> str:
    """`35 hours a week at £17.96`, `£1,000.00 a month`, `£500.00 once`."""
    rate = text.format_pence(line.rate_pence)
    if line.frequency == Frequency.ONE_OFF:
        return f"{rate} once"
    if line.frequency in _BY_UNIT:
        one, many = _UNITS[line.frequency]
        return f"{line.units or 0:g} {one if line.units == 1 else many} a week at {rate}"
    return f"{rate} {_EACH.get(line.frequency, '')}".strip()


def weekly_words(line: CostLine) -> str:
    """`£628.60 a week`; for a one-off `£500.00 once`."""
    weekly = line_weekly_pence(line)
    return rate_words(line) if weekly is None else f"{text.format_pence(weekly)} a week"


def line_name(line: CostLine, label: str) -> str:
    """`Support: mornings`; the kind alone where nothing says what for."""
    return f"{label}: {line.what}" if line.what else label


def health_words(split: FundingSplit) -> str:
    """What the NHS pays, `50%` or `£300.00 a week`; "" for nothing."""
    if split.health_pence is not None:
        return f"{text.format_pence(split.health_pence)} a week" if split.health_pence else ""
    return f"{split.health_percent:g}%" if split.health_percent else ""


def split_words(split: FundingSplit) -> str:
    """`the person £40.00 a week, the NHS 50%, the council the rest`."""
    person = f"the person {text.format_pence(split.person_pence)} a week" if split.person_pence else ""
    health = f"the NHS {health_words(split)}" if health_words(split) else ""
    paying = [each for each in (person, health) if each]
    return ", ".join([*paying, "the council the rest"]) if paying else "the council all of it"


def cost_words(cost: WeeklyCost | None) -> str:
    """`£684.20 a week, £300.00 net to the council`; "" where it is not recorded."""
    if cost is None:
        return ""
    gross = f"{text.format_pence(cost.gross)} a week"
    return gross if cost.net == cost.gross else f"{gross}, {text.format_pence(cost.net)} net to the council"
