"""Which numbers any record may hold, whatever they say: what is finite, and what the register's files can keep."""

from __future__ import annotations

import math
from dataclasses import fields

from mhtracker.domain.findings import Findings

MOST_PENCE = 10_000_000_00
"""£10,000,000: more than one amount about one person ever is."""

MOST_SUM_PENCE = 1_000_000_000_00
"""£1,000,000,000, for what many people cost together: a contract's value, a year of a table's line."""

_SUMS = frozenset({"value_pence", "as_is_year_pence", "to_be_year_pence"})

MOST = 1_000_000_000
"""Of any other number."""

TOO_MUCH_MONEY = "That is more than £10,000,000. Check the amount: pounds and pence, such as 712.50."
TOO_LARGE_A_SUM = "That is more than £1,000,000,000. Check the amount: pounds and pence, such as 250,000.00."
NO_NUMBER = "That is no number to reckon with. Write one such as 12.5."


def check_numbers(record: object, findings: Findings) -> None:
    """Refuse amounts beyond the most and numbers that are not finite or out of all reach, each under its field."""
    for item in fields(record):  # type: ignore[arg-type]
        value = getattr(record, item.name)
        if type(value) not in (int, float):
            continue
        if not math.isfinite(value):
            findings.refuse(item.name, NO_NUMBER)
        elif item.name in _SUMS:
            if abs(value) > MOST_SUM_PENCE:
                findings.refuse(item.name, TOO_LARGE_A_SUM)
        elif item.name.endswith("_pence"):
            if abs(value) > MOST_PENCE:
                findings.refuse(item.name, TOO_MUCH_MONEY)
        elif abs(value) > MOST:
            findings.refuse(item.name, "That number is out of range. Check how many figures it has.")
