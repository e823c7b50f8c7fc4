"""What all records share, and the values several of them hold."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING


def new_id() -> str:
    """A fresh record id: a uuid (version 7), which begins with the time, so that new rows go to the end of an index."""
    return uuid_at(time.time_ns() // 1_000_000, os.urandom(10))


def uuid_at(milliseconds: int, entropy: bytes) -> str:
    """The version 7 uuid of a time and ten bytes of randomness (RFC 9562, section 5.7)."""
    h = f"{milliseconds:012x}{entropy.hex()}"
    variant = "89ab"[entropy[2] & 3]
    return f"{h[:8]}-{h[8:12]}-7{h[13:16]}-{variant}{h[17:20]}-{h[20:32]}"


@dataclass(frozen=True, slots=True)
class Record:
    """What all records share."""

    if TYPE_CHECKING:

        @property
        def id(self) -> str: ...

        @property
        def version(self) -> int: ...


class DatePrecision(StrEnum):
    """How exactly a birth date is known. For `MONTH` and `YEAR` the date holds the first day of the period."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class DueState(StrEnum):
    """Where something stands against its due date. Given out by `reviews.due_state` alone."""

    OVERDUE = "overdue"
    DUE_TODAY = "due_today"
    DUE_SOON = "due_soon"
    IN_DATE = "in_date"
    NONE = "none"
