"""A provider's quarter as a workbook: a sheet for each table of its paper sheet, and one of definitions."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from mhtracker.analysis.provider_tables import provider_tables
from mhtracker.reports.manager.provider_sheet import TITLE, ProviderPaper
from mhtracker.reports.manager.tables_workbook import BookFacts, write_tables


def write_provider_book(facts: ProviderPaper, out: str | Path, *, printed_by: str, printed_at: datetime) -> int:
    """Writes it whole or not at all; gives how many tables. Raises Invalid unless the name ends in .xlsx."""
    quarter = facts.quarter
    title, period = f"{TITLE}: {quarter.provider.name}", (quarter.from_on, quarter.as_at)
    book = BookFacts(title, *period, facts.council, facts.demo, as_known=facts.as_known)
    return write_tables(provider_tables(quarter), book, out, printed_by=printed_by, printed_at=printed_at)
