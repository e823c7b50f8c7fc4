"""`import`: a spreadsheet in, or what would come of it."""

from __future__ import annotations

import argparse
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mhtracker import text
from mhtracker.cli import plain, streams
from mhtracker.cli.session import as_json, day_of, opened
from mhtracker.domain.errors import NotFound, Refused, Unavailable

if TYPE_CHECKING:
    from mhtracker.operations.importing.rehearsal import Rehearsal


def import_sheet(asked: argparse.Namespace) -> int:
    """`mhtracker import`. Nothing is asked: what cannot be told surely is refused, naming the option for it."""
    from mhtracker.operations.importing.rehearsal import rehearse
    from mhtracker.operations.importing.sheets import read_sheet
    from mhtracker.operations.importing.writing import import_answer, import_rows

    as_at = day_of(asked)
    mapping = read_mapping(Path(asked.mapping)) if asked.mapping else None
    sheet = read_sheet(Path(asked.sheet_file), sheet=asked.sheet, header_row=asked.header_row, encoding=asked.encoding)

    def rehearsed(store: Any) -> Rehearsal:
        return rehearse(store, sheet, mapping=mapping, today=as_at)

    if asked.dry_run:
        with opened(asked, read_only=_may_open_to_read(asked.file)) as store:
            told = import_answer(rehearsed(store), None, as_at)
    else:
        with opened(asked) as store:
            rehearsal = rehearsed(store)
            told = import_answer(rehearsal, import_rows(store, rehearsal), as_at)
    streams.say(as_json(told) if asked.json else _told(told))
    return 0


def _may_open_to_read(address: str) -> bool:
    """Whether a dry run can do without the right to write; a journal left by a killed program needs it to be mended."""
    journal = Path(f"{address}-journal")
    return "://" in address or not journal.exists() or not journal.stat().st_size


def read_mapping(path: Path) -> dict[str, str | None]:
    """A mapping file: `"Their column" = "our_field"`, and "" for a column not to be read. Raises Refused."""
    try:
        read = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise NotFound(f"There is no mapping file “{path.name}”.") from None
    except OSError as error:
        raise Unavailable(f"“{path.name}” cannot be read: {error.strerror or 'the disk did not answer'}.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Refused(f'“{path.name}” is no TOML file ({error}). A line reads "Their column" = "our_field".') from None
    for heading, field in read.items():
        if not isinstance(field, str):
            raise Refused(f"In “{path.name}” the column “{heading}” needs the name of one field in quotes.")
    return read


def _told(facts: dict[str, Any]) -> str:
    would = "Would add" if facts["dry_run"] else "Added"
    numbers = (
        ("Sheet", " ".join(filter(None, (facts["file"], facts["sheet"])))),
        ("Headings in row", str(facts["header_row"])),
        ("Rows", text.format_number(facts["rows"])),
        (f"{would} people", text.format_number(facts["people_added"])),
        ("Changed people", text.format_number(facts["people_updated"])),
        ("Unchanged people", text.format_number(facts["people_unchanged"])),
        (f"{would} stays", text.format_number(facts["placements_added"])),
        (f"{would} reviews", text.format_number(facts["reviews_added"])),
        ("Rows put aside", text.format_number(len({each["row"] for each in facts["quarantined"]}))),
        ("Columns not read", ", ".join(facts["unmapped"])),
        ("Operation", facts["operation"] or ""),
    )
    parts = [plain.pairs(numbers)]
    for title, key in (("Put aside", "quarantined"), ("Warnings", "warnings")):
        if facts[key]:
            rows = [
                (str(each["row"] or ""), each["column"] or "", str(each["value"] or ""), each["reason"])
                for each in facts[key]
            ]
            parts.append(f"{title}\n" + plain.table(("Row", "Column", "Value", "Reason"), rows, right=(0,)))
    return "\n\n".join(parts)
