"""Checks of what support costs and who pays. Problems refuse; cautions ask to look again."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date, timedelta

from mhtracker.domain.dates import write_date
from mhtracker.domain.findings import Caution, Findings
from mhtracker.domain.leaving import gone_on
from mhtracker.domain.legal.orders import check_charge
from mhtracker.domain.money.costs import beyond_cost, line_weekly_pence, runs_on
from mhtracker.domain.money.weekly import BY_UNIT, Frequency
from mhtracker.domain.names import fold
from mhtracker.domain.number_limits import MOST_PENCE, NO_NUMBER, TOO_MUCH_MONEY, check_numbers
from mhtracker.domain.records import CostLine, FundingSplit, LegalAndStatus, Person

MOST_A_WEEK = 10_000_00
"""Above this a week's cost is probably a month's or a year's."""

USUAL_RATES = {
    Frequency.HOURLY.value: (8_00, 80_00, "an hour"),
    Frequency.DAILY.value: (15_00, 1_500_00, "a day"),
    Frequency.SESSION.value: (10_00, 500_00, "a session"),
}
"""Pence for each unit, the least and the most that is usual in England."""

MOST_UNITS = {Frequency.HOURLY.value: (168, "hours"), Frequency.DAILY.value: (7, "days")}
"""What a week has; more is refused. Where two people support one at once, each has a line of their own."""

_MEND = "Write what is paid for a week."

_BY_UNIT = frozenset(each.value for each in BY_UNIT)


def check_line(
    line: CostLine, others: Iterable[CostLine], *, person: Person, known_kinds: dict[str, str] | None = None
) -> tuple[Caution, ...]:
    """Check one line of cost against the person's others; `known_kinds` has the words for kinds."""
    findings = Findings()
    if not line.kind:
        findings.refuse("kind", "Cost is empty. Choose what is paid for.")
    check_numbers(line, findings)
    if not findings.problems.keys() & {"rate_pence", "units"}:
        _check_rate(line, findings)
    _check_days(line.started_on, line.ended_on, person, findings)
    if line.frequency == Frequency.ONE_OFF:
        return findings.settle()
    for other in others:
        same = other.kind == line.kind and fold(other.what) == fold(line.what) and other.id != line.id
        if same and other.frequency != Frequency.ONE_OFF and _meet(line, other):
            label = (known_kinds or {}).get(line.kind, "this")
            until = f"until {write_date(other.ended_on)}" if other.ended_on else "with no end"
            words = f"{label} costs already from {write_date(other.started_on)} {until}."
            findings.refuse("started_on", f"{words} End that line first, or write under What for how this one differs.")
            break
    return findings.settle()


def _check_rate(line: CostLine, findings: Findings) -> None:
    if line.rate_pence < 0:
        findings.refuse("rate_pence", "Rate is below nothing. Write what is paid.")
    elif line.rate_pence == 0:
        findings.caution("rate_pence", "Rate is nil. Leave the line out if nothing is paid.")
    if line.frequency not in _BY_UNIT:
        weekly = line_weekly_pence(line)
        if weekly is not None and weekly > MOST_A_WEEK:
            findings.caution("rate_pence", "This comes to more than £10,000 a week. Check the rate and what it is for.")
        return
    least, most, each = USUAL_RATES[line.frequency]
    if line.rate_pence and not least <= line.rate_pence <= most:
        usual = f"£{least // 100} to £{most // 100:,}"
        findings.caution("rate_pence", f"Rates are usually {usual} {each}. Check the rate and what it is for.")
    if line.units is None or line.units <= 0:
        findings.refuse("units", "Planned is empty. Write how many hours, days or sessions a week.")
        return
    limit, words = MOST_UNITS.get(line.frequency, (50, "sessions"))
    if line.units > (limit if line.frequency == Frequency.HOURLY else 4 * limit):
        second = " For a second worker add another line, and say so under What for." if line.units <= 2 * limit else ""
        words = f"{line.units:g} {words} is more than the {limit} a week has. Write those of one week.{second}"
        findings.refuse("units", words)
    elif line.units > limit:
        findings.caution("units", f"{line.units:g} {words} a week is more than one person can give. Check the number.")
    elif (line_weekly_pence(line) or 0) > MOST_PENCE:
        findings.refuse("rate_pence", TOO_MUCH_MONEY)


def _check_days(started_on: date, ended_on: date | None, person: Person, findings: Findings) -> None:
    if person.born_on is not None and started_on < person.born_on:
        words = f"From {write_date(started_on)} is before the birth on {write_date(person.born_on)}. Check both dates."
        findings.refuse("started_on", words)
    gone = gone_on(person)
    if gone is not None and started_on > gone:
        findings.caution("started_on", f"This is after the case ended on {write_date(gone)}.")
    if ended_on is not None and ended_on <= started_on:
        words = f"Until {write_date(ended_on)} is not after {write_date(started_on)}. It is the first day without it."
        findings.refuse("ended_on", words)


def _meet(one: CostLine | FundingSplit, other: CostLine | FundingSplit) -> bool:
    return one.started_on < (other.ended_on or date.max) and other.started_on < (one.ended_on or date.max)


def check_split(
    split: FundingSplit,
    others: Iterable[FundingSplit],
    statuses: Iterable[LegalAndStatus],
    *,
    person: Person,
    gross: int | None,
    today: date,
) -> tuple[Caution, ...]:
    """Check who pays against the person's other splits. `gross` is a week's cost as the split begins, if known."""
    findings, statuses = Findings(), list(statuses)
    check_numbers(split, findings)
    if split.person_pence < 0:
        findings.refuse("person_pence", "What the person pays is below nothing. Write what they pay for a week.")
    if split.health_percent is not None and not 0 <= split.health_percent <= 100:
        findings.refuse("health_percent", f"{split.health_percent:g}% is no share. Write a number from 0 to 100.")
    if split.health_pence is not None and split.health_pence < 0:
        findings.refuse("health_pence", "What the NHS pays is below nothing. Write what it pays for a week.")
    if split.health_percent is not None and split.health_pence is not None:
        findings.refuse("health_pence", "The NHS pays a share or an amount, not both. Empty one of the two.")
    _check_days(split.started_on, split.ended_on, person, findings)
    if split.agreed_on is not None and split.agreed_on > today:
        words = f"Agreed on {write_date(split.agreed_on)} lies ahead. Write today or earlier."
        findings.refuse("agreed_on", words, (today,))
    for other in others:
        if other.id != split.id and _meet(split, other):
            words = f"Who pays is settled already from {write_date(other.started_on)}. Correct that one, or end it."
            findings.refuse("started_on", words)
            break
    days = [split.started_on] + ([today] if runs_on(split, today) else [])
    charged = {found.words: found for day in days if split.person_pence >= 0
               for found in check_charge(split.person_pence, statuses, day)}  # fmt: skip
    for found in charged.values():
        findings.caution("person_pence", found.words)
    if not findings.problems and gross is not None:
        _check_against(split, gross, findings)
    return findings.settle()


def _check_against(split: FundingSplit, gross: int, findings: Findings) -> None:
    """One share above the whole cost is a slip; both together may be a charge that is not taken back yet."""
    more = f"more than the {_amount(gross)} a week it costs."
    if split.person_pence > gross:
        findings.refuse("person_pence", f"The person pays {more} {_MEND}")
    if split.health_pence is not None and split.health_pence > gross:
        findings.refuse("health_pence", f"The NHS pays {more} {_MEND}")
    over = beyond_cost(split, gross)
    if over and not findings.problems:
        words = f"Together they pay more than it costs: {_amount(over)} a week of the charge does not count."
        findings.caution("person_pence", f"{words} Check the amounts.")


def _amount(pence: int) -> str:
    return f"£{pence // 100:,}.{pence % 100:02d}"


def check_taper(from_on: date, from_units: float, to_units: float, steps: int, every_weeks: int) -> None:
    """Check how hours come down. Raises Invalid with the form's fields."""
    findings = Findings()
    most, _ = MOST_UNITS[Frequency.HOURLY.value]
    for name, units in (("from_units", from_units), ("to_units", to_units)):
        if not math.isfinite(units):
            findings.refuse(name, NO_NUMBER)
        elif units > most:
            findings.refuse(name, f"{units:g} hours are more than the {most} a week has. Write those of one week.")
    if from_units <= 0:
        findings.refuse("from_units", "The number of hours is empty. Write how many hours a week it begins with.")
    if to_units < 0:
        findings.refuse("to_units", "Down to is below nothing. Write how many hours a week are left; 0 for none.")
    elif to_units >= from_units > 0:
        words = f"{to_units:g} is no less than {from_units:g}. Write the fewer hours that are left in the end."
        findings.refuse("to_units", words)
    if not 1 <= steps <= 52:
        findings.refuse("steps", "Steps are 1 to 52. Write in how many steps the hours come down.")
    if not 1 <= every_weeks <= 104:
        findings.refuse("every_weeks", "Weeks between steps are 1 to 104. Write how long each step lasts.")
    if not findings.problems and from_on > date.max - timedelta(weeks=steps * every_weeks):
        findings.refuse("from_on", "The last step would begin after every calendar ends. Write an earlier first day.")
    findings.settle()
