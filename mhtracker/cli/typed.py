"""Option values as typed: what cannot be read is wrong usage, said in the words the domain has for it."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from mhtracker.domain.errors import Invalid


def typed_date(text: str) -> date:
    """A date of an option, read as strictly as everywhere."""
    from mhtracker.cli.session import CLOCK
    from mhtracker.domain.dates import parse_date

    try:
        return parse_date(text, CLOCK.today()).value
    except Invalid as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def typed_filter(text: str) -> Any:
    """A filter. Its value is read later, against the register."""
    from mhtracker.store.queries.caseload import parse_filter

    try:
        return parse_filter(text)
    except Invalid as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def typed_sort(text: str) -> tuple[str, bool]:
    """A column to sort by, and whether the largest come first."""
    from mhtracker.store.queries.caseload import parse_sort

    try:
        return parse_sort(text)
    except Invalid as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def typed_count(text: str) -> int:
    """A whole number from 1 up."""
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:12]) <= 1_000_000_000:
        raise argparse.ArgumentTypeError(f"“{text}” is not a number from 1 up")
    return int(text)


def typed_seed(text: str) -> int:
    """Any whole number: the same one makes the same people again."""
    if not text.isascii() or not text.removeprefix("-").isdigit():
        raise argparse.ArgumentTypeError(f"“{text}” is not a whole number")
    return int(text[:18])


def typed_rate(text: str) -> float:
    """How many moves for every 100 people waiting, over a year."""
    import math

    try:
        rate = float(text)
    except ValueError:
        rate = math.nan
    if not math.isfinite(rate):
        raise argparse.ArgumentTypeError(f"“{text}” is not a number: write how many moves for every 100, such as 12.5")
    return rate


def typed_ages(text: str) -> tuple[int, ...]:
    """Ages at which bands begin, parted by commas and rising."""
    ages = [part.strip() for part in text.split(",")]
    if not all(age.isascii() and age.isdigit() and 1 <= int(age[:4]) <= 120 for age in ages):
        raise argparse.ArgumentTypeError(f"“{text}” is not ages such as 25,45,65")
    found = tuple(int(age) for age in ages)
    if list(found) != sorted(set(found)):
        raise argparse.ArgumentTypeError(f"“{text}” does not rise: write the lowest age first, such as 25,45,65")
    return found


def one_of(what: str, *names: str) -> Callable[[str], str]:
    """A reader of one of a few words."""

    def read(text: str) -> str:
        if text not in names:
            raise argparse.ArgumentTypeError(f"there is no {what} “{text}”; there is {', '.join(names)}")
        return text

    return read


def names_a_register(word: str) -> bool:
    """Whether a word could only be meant as a register: an address, a path, or a file that is there."""
    return "://" in word or Path(word).suffix != "" or "/" in word or "\\" in word or Path(word).exists()


def typed_pack_kind(text: str) -> str:
    """Which pack is to be made."""
    kinds = ("review", "provider", "monthly", "handover")
    if text not in kinds and names_a_register(text):
        raise argparse.ArgumentTypeError("the register comes first, then the kind: mhtracker pack FILE KIND")
    return one_of("pack", *kinds)(text)


def typed_sheet_path(text: str) -> Path:
    """Where a spreadsheet is to be written."""
    if Path(text).suffix.lower() not in (".xlsx", ".csv"):
        raise argparse.ArgumentTypeError(f"“{text}” must end in .xlsx or .csv: export writes the caseload")
    return Path(text)
