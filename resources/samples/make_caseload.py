"""Makes caseload.xlsx: sixty invented people as a team might keep them, to try an import with.

Names and numbers are invented; NHS numbers are from the 999 range, which is given to nobody. Run it from the checkout:
`python resources/samples/make_caseload.py`.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

from mhtracker.domain.nhs import check_digit

AS_AT = date(2026, 7, 14)
SURNAMES = (
    "Apeere Drishtant Ejemplo Enghraifft Fictley Kowalex Misaal Mockford Nonesuch Qaybsan Šablona Testerby Tusiye "
    "Kalpanik Pretendy Invent-Hall O’Madeup Namuna Triail Przykład Falsby Sampleton Imagin Notreal Fabula"
).split()
GIVEN = (
    "Tunde Sunil Rosa Gwen Joan Piotr Farida Denise Leroy Marek Nimco Ivana Alan Ayan Dev Ciarán Imran Żaneta Sian "
    "Kofi Maureen Errol Agnes Bilal Cheryl"
).split()
HOMES = {
    "Residential": ("Larkfield", "Beech Lodge", "Priory Court", "The Laurels"),
    "Enablement": ("Step House",),
    "Supported living": ("Canal View", "Mill Street", "Harbour Court"),
    "Independent": ("Own tenancy",),
}
WORDS = {
    "Residential": ("Residential care", "Res", "residential care", "Care home"),
    "Enablement": ("Enablement", "Step down"),
    "Supported living": ("Supported living", "Supp Living", "24hr supported"),
    "Independent": ("Independent", "Own tenancy"),
}
HEADINGS = (
    "SURNAME First DOB NHS@No Mosaic@ID Type@of@placement Home Placed Last@review Next@review Move-on@target "
    "Allocated@to S117? £pw"
).split()


def nhs_numbers() -> list[str]:
    """Sixty numbers of the 999 range that pass their check digit."""
    found = []
    for number in range(300, 500):
        first = f"999{number:06d}"
        digit = check_digit(first)
        if digit is not None:
            found.append(f"{first[:3]} {first[3:6]} {first[6:]}{digit}")
    return found[:60]


def people() -> list[list[Any]]:
    """Sixty rows, right ones first; `main` then spoils a few."""
    chance = random.Random(117)
    rows: list[list[Any]] = []
    for number, nhs in enumerate(nhs_numbers()):
        stage = chance.choices(list(HOMES), (50, 10, 28, 12))[0]
        years = {"Residential": 9, "Enablement": 1, "Supported living": 3, "Independent": 2}[stage]
        started = AS_AT - timedelta(days=chance.randint(20, years * 365))
        reviewed = started + timedelta(days=chance.randint(30, 400))
        if reviewed > AS_AT:
            reviewed = started + (AS_AT - started) / 2
        born = date(chance.randint(1956, 2005), chance.randint(1, 12), chance.randint(1, 28))
        target = AS_AT + timedelta(days=chance.randint(-60, 500)) if stage != "Independent" else None
        rows.append(
            [
                SURNAMES[number % 25], GIVEN[(number * 7 + number // 25) % 25], born, nhs, f"M{204000 + number * 3}",
                chance.choice(WORDS[stage]), chance.choice(HOMES[stage]), started, reviewed,
                reviewed + timedelta(days=365), target, chance.choice(("E. Fikcyjna", "J. Okafor", "M. Kaur")),
                chance.choice(("Yes", "No", "Y", "")), round(chance.uniform(60, 1300), 2),
            ]
        )  # fmt: skip
    return rows


def spoilt(rows: list[list[Any]]) -> list[list[Any]]:
    """The rows as hands leave them: dates as text in many dresses, and a few that must be put aside."""
    dresses = ("{d.day}/{d.month}/{d:%y}", "{d:%d.%m.%Y}", "{d:%d-%b-%Y}", "{d:%Y-%m-%d}", "{d.day} {d:%B %Y}")
    for number, row in enumerate(rows):
        if number % 4 == 1:
            row[7] = dresses[number // 4 % 5].format(d=row[7])
        if number % 9 == 5:
            row[2] = f"{row[2]:%d/%m/%Y}"
        if number % 11 == 3:
            row[3] = None
    rows[4][2] = "31/2/60"
    rows[12][3] = rows[12][3][:-1] + str((int(rows[12][3][-1]) + 1) % 10) if rows[12][3] else "999 000 000"
    rows[20][6] = "Beech Ldge"
    rows[27][5] = "Bedsit"
    rows[33][7] = "tbc"
    rows[41][8] = AS_AT + timedelta(days=30)
    rows[50][13] = "1,50"
    return rows


def main() -> None:
    """Write the sheet beside this file."""
    data = BytesIO()
    book = xlsxwriter.Workbook(data, {"in_memory": True})
    title, bold = book.add_format({"bold": True, "font_size": 14}), book.add_format({"bold": True, "bottom": 1})
    dates, money = book.add_format({"num_format": "dd/mm/yyyy"}), book.add_format({"num_format": "#,##0.00"})
    sheet = book.add_worksheet("Residents")
    sheet.merge_range(0, 0, 0, len(HEADINGS) - 1, "Northmoor recovery team – residents at 14 July 2026", title)
    sheet.write_string(1, 0, "OFFICIAL-SENSITIVE – invented people")
    for column, heading in enumerate(HEADINGS):
        sheet.write_string(3, column, heading.replace("@", " "), bold)
    rows = spoilt(people())
    for place, row in enumerate(rows, 4):
        for column, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(place, column, cell, dates)
            elif isinstance(cell, str):
                sheet.write_string(place, column, cell)
            elif cell is not None:
                sheet.write_number(place, column, cell, money)
    total = sum(row[13] for row in rows if isinstance(row[13], float))
    sheet.write_string(len(rows) + 5, 0, "Total", bold)
    sheet.write_formula(len(rows) + 5, 13, f"=SUM(N5:N{len(rows) + 4})", money, round(total, 2))
    sheet.set_column(0, len(HEADINGS) - 1, 16)
    sheet.freeze_panes(4, 0)
    book.add_worksheet("Lookups").write_column(
        0, 0, ["Residential care", "Enablement", "Supported living", "Independent"]
    )
    book.close()
    Path(__file__).with_name("caseload.xlsx").write_bytes(data.getvalue())


if __name__ == "__main__":
    main()
