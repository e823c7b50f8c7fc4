"""Reads name_pairs.csv, the labelled pairs of invented people."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from mhtracker.domain.likeness.score import Facts
from mhtracker.domain.records import DatePrecision

FILE = Path(__file__).with_name("name_pairs.csv")


@dataclass(frozen=True)
class Pair:
    """Two records, and whether they are of one person. Those `kept_back` played no part in writing the rules."""

    same: bool
    group: str
    one: Facts
    other: Facts
    kept_back: bool

    @property
    def words(self) -> str:
        return f"{self.one.surname}, {self.one.given_names} ~ {self.other.surname}, {self.other.given_names}"


def read_pairs() -> list[Pair]:
    return list(_pairs())


def _pairs() -> Iterator[Pair]:
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        met = {"same": 0, "other": 0}
        for row in rows:
            met[row["verdict"]] += 1
            kept_back = met[row["verdict"]] % 3 == 0
            yield Pair(row["verdict"] == "same", row["group"], _facts(row, ""), _facts(row, "_2"), kept_back)


def _facts(row: dict[str, str], which: str) -> Facts:
    born = row[f"born_on{which}"]
    precision = DatePrecision.MONTH if len(born) == 7 else DatePrecision.DAY
    return Facts(
        row[f"surname{which}"],
        row[f"given_names{which}"],
        row[f"known_as{which}"],
        date.fromisoformat(f"{born}-01" if len(born) == 7 else born) if born else None,
        precision,
        row[f"nhs_number{which}"],
        "",
        row[f"gender{which}"],
    )
