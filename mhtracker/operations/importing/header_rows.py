"""Finding the row of headings in a sheet: below title lines, over two rows, or misspelt."""

from __future__ import annotations

from collections.abc import Sequence

from mhtracker.domain.errors import Refused
from mhtracker.operations.importing.headings import hear
from mhtracker.operations.importing.workbooks import Cell

HEADER_SEARCH = 40
_PEOPLE = frozenset({"name", "surname", "given_names"})


class Unsure(Refused):
    """A sheet that can be read in several ways: `option` settles it on a command line, `choices` in a window."""

    def __init__(self, words: str, option: str, choices: Sequence[str] = ()) -> None:
        self.option = option
        self.choices = tuple(choices)
        super().__init__(words)


def find_headings(
    rows: Sequence[Sequence[Cell]], header_row: int | None, merged: Sequence[tuple[int, int, int, int]] = ()
) -> tuple[int, list[str]]:
    """The number of the (last) row of headings, and the headings. Raises Unsure or Refused."""
    if header_row is not None:
        if not 1 <= header_row <= len(rows) or not any(_words(cell) for cell in rows[header_row - 1]):
            raise Unsure(f"Row {header_row} holds no headings. Name another with --header-row.", "--header-row")
        single = [_words(cell) for cell in rows[header_row - 1]]
        joined = _joined(rows, header_row - 2, merged) if header_row > 1 else None
        return header_row, joined if joined and _worth(joined) > _worth(single) else single
    candidates = _candidates(rows, merged) or _misspelt_candidate(rows) or _bare_candidate(rows)
    if not candidates:
        raise Unsure(
            "No row of headings was found (such as Surname, Date of birth, Placement). Name it with --header-row.",
            "--header-row",
        )
    best = max(worth for worth, _, _ in candidates)
    likely = [(last, headings) for worth, last, headings in candidates if worth >= best - 0.5]
    first_fields = _fields(likely[0][1])
    other = next((last for last, headings in likely[1:] if _fields(headings) != first_fields), None)
    if other is not None:
        choices = [str(last) for last, _ in likely]
        raise Unsure(
            f"Row {likely[0][0]} and row {other} both look like headings. Say which with --header-row.",
            "--header-row",
            choices,
        )
    return likely[0]


def _candidates(
    rows: Sequence[Sequence[Cell]], merged: Sequence[tuple[int, int, int, int]]
) -> list[tuple[float, int, list[str]]]:
    """Rows that may be headings: what they are worth, the number of their last row, the headings."""
    found: list[tuple[float, int, list[str]]] = []
    looked = 0
    for place, row in enumerate(rows):
        if not any(cell != "" for cell in row):
            continue
        looked += 1
        if looked > HEADER_SEARCH:
            break
        single = [_words(cell) for cell in row]
        worth = _worth(single)
        if worth >= 1.5 or (worth >= 0.7 and _fields(single) & _PEOPLE and sum(map(bool, single)) <= 3):
            found.append((worth, place + 1, single))
        if place + 1 < len(rows) and not _looks_like_data(rows[place + 1]):
            joined = _joined(rows, place, merged)
            below = _worth([_words(cell) for cell in rows[place + 1]])
            if joined and _worth(joined) > max(worth, below) + 0.5 and _worth(joined) >= 1.5:
                found.append((_worth(joined), place + 2, joined))
    return found


def _misspelt_candidate(rows: Sequence[Sequence[Cell]]) -> list[tuple[float, int, list[str]]]:
    """The first row with several headings that are nearly known ones."""
    for place, row in enumerate(rows[:10]):
        headings = [_words(cell) for cell in row]
        near = {heard.fields[0] for heading in headings if (heard := hear(heading, misspelt=True)).fields}
        if len(near) >= 3:
            return [(float(len(near)), place + 1, headings)]
    return []


def _bare_candidate(rows: Sequence[Sequence[Cell]]) -> list[tuple[float, int, list[str]]]:
    """A first row of words over a row of data, when at least one of the words is a heading."""
    filled = [place for place, row in enumerate(rows[:10]) if any(cell != "" for cell in row)]
    if len(filled) < 2 or not _looks_like_data(rows[filled[1]]) or _looks_like_data(rows[filled[0]]):
        return []
    headings = [_words(cell) for cell in rows[filled[0]]]
    return [(1.0, filled[0] + 1, headings)] if _fields(headings) and sum(map(bool, headings)) > 1 else []


def _joined(
    rows: Sequence[Sequence[Cell]], place: int, merged: Sequence[tuple[int, int, int, int]]
) -> list[str] | None:
    """Headings read over two rows, the upper one carried over the columns it stands above."""
    upper, lower = [_words(cell) for cell in rows[place]], [_words(cell) for cell in rows[place + 1]]
    if not any(upper) or not any(lower):
        return None
    width = max(len(upper), len(lower))
    upper += [""] * (width - len(upper))
    lower += [""] * (width - len(lower))
    spans = {first: last for top, first, bottom, last in merged if top == place}
    if any(first == 0 and last >= width - 1 for first, last in spans.items()):
        return None
    carried, until = "", 0
    for column in range(width):
        if upper[column]:
            carried, until = upper[column], spans.get(column, width if not spans else column)
        elif carried and lower[column] and column <= until:
            upper[column] = carried
        else:
            carried = ""
    return [_best_heading(*pair, alone=lower.count(pair[1]) == 1) for pair in zip(upper, lower, strict=True)]


def _best_heading(upper: str, lower: str, *, alone: bool) -> str:
    """The lower heading where it says enough by itself, else both."""
    both = " ".join(filter(None, (upper, lower)))
    heard = hear(lower) if lower and alone else None
    said = heard is not None and heard.fields and heard.confidence >= 0.95
    return lower if said and hear(both).reason != "not a field of the register" else both


def _words(cell: Cell) -> str:
    return " ".join(cell.split()) if isinstance(cell, str) else ""


def _fields(headings: Sequence[str]) -> frozenset[str]:
    return frozenset(hear(heading).fields[0] for heading in headings if heading and hear(heading).fields)


def _worth(headings: Sequence[str]) -> float:
    """How many different fields the headings name, each by how surely it is recognised."""
    best: dict[str, float] = {}
    for heading in headings:
        heard = hear(heading) if heading else None
        if heard and heard.fields:
            best[heard.fields[0]] = max(best.get(heard.fields[0], 0.0), heard.confidence)
    return sum(best.values())


def _looks_like_data(row: Sequence[Cell]) -> bool:
    return any((not isinstance(cell, str) or sum(map(str.isdigit, cell)) >= 4) and cell != "" for cell in row)
