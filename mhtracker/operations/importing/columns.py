"""Which of our fields each column holds: by its heading, confirmed or corrected by what stands in it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import pairwise

from mhtracker.domain.dates import parse_date
from mhtracker.domain.errors import Invalid, Refused
from mhtracker.domain.nhs import normalise_nhs_number
from mhtracker.operations.importing.cells import is_not_known, looks_month_first, shown, text_of_cell
from mhtracker.operations.importing.headings import OUR_FIELDS, REVISED, Kind, hear
from mhtracker.operations.importing.sheets import Sheet
from mhtracker.operations.importing.word_books import Words, place_key
from mhtracker.operations.importing.workbooks import Cell

SAMPLE = 400
_NAMES = ("name", "surname", "given_names")
_SURE = 0.5


@dataclass(frozen=True, slots=True)
class ColumnMatch:
    """What one column was taken for. `field_name` is None when it stays unread; `reason` says why, in a few words.

    `confidence` runs from 0 to 1; a window asks about what lies below 0.7.
    """

    heading: str
    field_name: str | None
    confidence: float
    reason: str


class Profile:
    """What stands in one column, looked at only as far as someone asks."""

    def __init__(self, cells: Sequence[Cell], words: Words, today: date) -> None:
        filled = [cell for cell in cells if cell != "" and not (isinstance(cell, str) and not cell.strip())]
        step = max(1, len(filled) // SAMPLE)
        self._cells = filled[::step]
        self._words = words
        self._today = today
        self.count = len(self._cells)

    @cached_property
    def texts(self) -> list[str]:
        found = (text_of_cell(cell)[0] for cell in self._cells)
        return [text for text in found if text and not is_not_known(text)]

    def _share(self, hits: int) -> float:
        return hits / len(self.texts) if self.texts else 0.0

    @cached_property
    def dates(self) -> list[date]:
        return [day for cell in self._cells if (day := _as_date(cell, self._today)) is not None]

    @cached_property
    def date_share(self) -> float:
        return self._share(len(self.dates))

    @cached_property
    def month_first(self) -> bool:
        return looks_month_first([cell for cell in self._cells if isinstance(cell, str)])

    @cached_property
    def nhs_share(self) -> float:
        return self._share(sum(_is_nhs(text) for text in self.texts))

    def known_share(self, list_name: str) -> float:
        """How many of the cells hold a known word of a code list, or of a stage ("stage")."""
        if list_name == "stage":
            return self._share(sum(map(self._words.is_stage, self.texts)))
        return self._share(sum(self._words.knows(list_name, text) for text in self.texts))

    @cached_property
    def distinct(self) -> int:
        return len({text.casefold() for text in self.texts})

    @cached_property
    def phone_share(self) -> float:
        return self._share(sum(re.fullmatch(r"\+?[\d\s()\-]{6,20}", text) is not None for text in self.texts))

    @cached_property
    def prose_share(self) -> float:
        return self._share(sum(len(text) > 70 or text.count(" ") > 9 for text in self.texts))

    @cached_property
    def is_counter(self) -> bool:
        """Whether the column only numbers the rows."""
        numbers = [int(text) for text in self.texts if text.isascii() and text.isdigit() and len(text) < 6]
        return len(numbers) == len(self.texts) > 2 and all(0 < b - a < 5 for a, b in pairwise(numbers))

    @cached_property
    def comma_share(self) -> float:
        return self._share(sum(re.fullmatch(r"[^\d,]+,\s*[^\d,]+", text) is not None for text in self.texts))


def _as_date(cell: Cell, today: date) -> date | None:
    if isinstance(cell, date):
        return cell
    if isinstance(cell, str) and any(letter.isdigit() for letter in cell):
        try:
            return parse_date(cell, today, allow_approximate=True).value
        except Invalid as invalid:
            return next(iter(invalid.mends.get("", ())), None)
    return None


def _is_nhs(text: str) -> bool:
    try:
        return bool(normalise_nhs_number(text))
    except Invalid:
        return False


def match_columns(
    sheet: Sheet,
    words: Words,
    today: date,
    mapping: Mapping[str, str | None] | None = None,
    known: Sequence[str] = (),
    *,
    names_needed: bool = True,
) -> tuple[ColumnMatch, ...]:
    """One match for each heading. `mapping` settles columns by hand (None or "": not read); the rest is recognised.

    `known` are the register's service names. Raises Refused for a mapping that names what is not there, or when no
    column holds names (unless `names_needed` is False, for a window that goes on to ask).
    """
    given = _checked(sheet, mapping or {})
    profiles = {
        heading: Profile([row.cells[place] for row in sheet.rows], words, today)
        for place, heading in enumerate(sheet.headings)
        if heading
    }
    chosen = {heading: ColumnMatch(heading, name or None, 1.0, "chosen") for heading, name in given.items()}
    taken = {match.field_name for match in chosen.values() if match.field_name}
    offers: list[tuple[float, bool, int, ColumnMatch]] = []
    unread: dict[str, ColumnMatch] = {}
    for place, (heading, profile) in enumerate(profiles.items()):
        if heading in chosen:
            continue
        found = _offers(heading, profile, today)
        unread[heading] = ColumnMatch(heading, None, 0.0, hear(heading, misspelt=True).reason or "not recognised")
        offers += [(-match.confidence, match.reason != REVISED, place, match) for match in found]
    for *_, match in sorted(offers, key=lambda offer: offer[:3]):
        if (
            match.field_name
            and match.field_name not in taken
            and match.heading not in chosen
            and match.confidence >= _SURE
        ):
            chosen[match.heading] = match
            taken.add(match.field_name)
    matches = [chosen.get(heading) or unread[heading] for heading in sheet.headings if heading]
    matches = _targets_settled(_names_settled(matches, profiles, given))
    if names_needed and not any(match.field_name in _NAMES for match in matches):
        wanted = "Name, or Surname and First name"
        raise Refused(f"No column holds people’s names. Head one of them {wanted}, or name it with --mapping.")
    return tuple(_with_reason(match, profiles[match.heading], known) for match in matches)


def _checked(sheet: Sheet, mapping: Mapping[str, str | None]) -> dict[str, str | None]:
    """The mapping by the sheet's own headings."""
    by_key = {heading.strip().casefold(): heading for heading in sheet.headings}
    found: dict[str, str | None] = {}
    for heading, name in mapping.items():
        own = by_key.get(" ".join(heading.split()).casefold())
        if own is None:
            raise Refused(f"The mapping names a column “{heading}”, and the sheet has none so headed.")
        if name and name not in OUR_FIELDS:
            raise Refused(f"The mapping names a field “{name}”. The fields are: {', '.join(OUR_FIELDS)}.")
        if name and name in found.values():
            raise Refused(f"The mapping gives the field “{name}” to two columns.")
        found[own] = name or None
    return found


def _offers(heading: str, profile: Profile, today: date) -> list[ColumnMatch]:
    """What a column may be, best first, with what stands in it weighed."""
    heard = hear(heading, misspelt=True)
    found: list[ColumnMatch] = []
    for place, name in enumerate(heard.fields):
        confidence = _weighed(name, heard.confidence - 0.05 * place, profile, today, several=len(heard.fields) > 1)
        found.append(ColumnMatch(heading, name, confidence, heard.reason))
    if not heard.fields and not heard.reason:
        found = _by_contents(heading, profile, today)
    elif found and not any(match.confidence for match in found):
        found += [match for match in _by_contents(heading, profile, today) if match.field_name == "stage"]
    return found


def _weighed(name: str, confidence: float, profile: Profile, today: date, several: bool) -> float:
    """The confidence after a look at the cells; 0 when they cannot be what the heading says."""
    field = OUR_FIELDS[name]
    if profile.count == 0:
        return confidence
    if field.kind is Kind.LOCAL_ID and profile.date_share > 0.5:
        return 0.0
    somebody = field.kind is Kind.NAME or name in ("worker", "team", "care_coordinator")
    if (somebody and profile.prose_share > 0.5) or (
        (somebody or field.kind is Kind.PLACE) and profile.phone_share > 0.5
    ):
        return 0.0
    if field.kind in (Kind.DATE, Kind.BIRTH):
        if profile.count >= 3 and profile.date_share < 0.2:
            return 0.0
        if several:
            ahead = any(day > today for day in profile.dates)
            return confidence + (0.2 if ahead == (name == "review_due_on") else 0.0)
        return confidence
    if field.kind is Kind.STAGE and several:
        return confidence + 0.2 if profile.known_share("stage") >= 0.5 else 0.0
    if field.kind is Kind.CODE and (several or profile.distinct > 8):
        share = profile.known_share(field.code_list)
        # "Accommodation" headed over words of the pathway is the stage, where no other column is.
        sure = 0.1 if several and profile.known_share("stage") >= 0.5 else 0.15
        return confidence + sure if share >= 0.5 else 0.0
    if name == "ref":
        ours = sum(re.fullmatch(r"[A-Z]{2,5}-\d{3,}", text) is not None for text in profile.texts)
        return confidence + 0.1 if ours == len(profile.texts) else 0.0
    if name == "local_id" and profile.is_counter:
        return 0.0
    if name == "s117" and several is False and profile.date_share > 0.5:
        return 0.0
    if field.kind in (Kind.PLACE, Kind.NAME) and profile.count >= 3 and profile.date_share > 0.5:
        return 0.0
    return confidence


def _by_contents(heading: str, profile: Profile, today: date) -> list[ColumnMatch]:
    """What a column without a known heading plainly holds."""
    if len(profile.texts) < 3:
        return []
    if profile.nhs_share >= 0.8:
        return [ColumnMatch(heading, "nhs_number", 0.65, "by its numbers")]
    if profile.known_share("stage") >= 0.8 and profile.distinct >= 2:
        return [ColumnMatch(heading, "stage", 0.6, "by its words")]
    grown = [day for day in profile.dates if today.year - 100 < day.year < today.year - 17]
    if profile.date_share >= 0.8 and len(grown) == len(profile.dates) and len({day.year // 10 for day in grown}) > 2:
        return [ColumnMatch(heading, "born_on", 0.55, "by its dates")]
    if profile.comma_share >= 0.8 and profile.distinct >= 0.5 * len(profile.texts):
        return [ColumnMatch(heading, "name", 0.55, "by its words")]
    return []


def _targets_settled(matches: list[ColumnMatch]) -> list[ColumnMatch]:
    """Beside a revised target, the plain one is the original."""
    if any(match.field_name == "target_original_on" for match in matches):
        return matches
    if not any(match.field_name == "target_on" and match.reason == REVISED for match in matches):
        return matches
    for n, match in enumerate(matches):
        heard = hear(match.heading)
        plain = heard.fields == ("target_on",) and heard.reason != REVISED
        if match.field_name is None and match.reason != "chosen" and plain:
            matches[n] = replace(match, field_name="target_original_on", confidence=0.8)
            break
    return matches


def _names_settled(
    matches: list[ColumnMatch], profiles: Mapping[str, Profile], given: Mapping[str, str | None]
) -> list[ColumnMatch]:
    """Beside “Surname”, a “Name” is the given name; and a surname column may hold whole names."""
    held = {match.field_name: n for n, match in enumerate(matches) if match.field_name in _NAMES}
    if {"name", "surname"} <= held.keys() and "given_names" not in held:
        other = matches[held["name"]]
        if other.heading not in given:
            whole = profiles[other.heading].comma_share > 0.5
            matches[held["name"]] = replace(
                other, field_name=None if whole else "given_names", reason="beside a surname"
            )
            if whole:
                matches[held["name"]] = replace(other, field_name="name")
                matches[held["surname"]] = replace(matches[held["surname"]], field_name=None, reason="part of the name")
    elif held.keys() == {"surname"}:
        only = matches[held["surname"]]
        if only.heading not in given and profiles[only.heading].comma_share > 0.5:
            matches[held["surname"]] = replace(only, field_name="name", reason="whole names")
    elif "name" in held and {"surname", "given_names"} & held.keys() and "surname" in held:
        extra = matches[held["name"]]
        if extra.heading not in given:
            matches[held["name"]] = replace(extra, field_name=None, reason="surname and given names are there")
    if "provider" in (match.field_name for match in matches) and "service" not in (
        match.field_name for match in matches
    ):
        place = next(n for n, match in enumerate(matches) if match.field_name == "provider")
        if matches[place].heading not in given:
            matches[place] = replace(matches[place], field_name="service", reason="the only column of places")
    return matches


def _with_reason(match: ColumnMatch, profile: Profile, known: Sequence[str]) -> ColumnMatch:
    """What the cells confirm, in the few words that stand below the heading."""
    field = OUR_FIELDS.get(match.field_name or "")
    if field is None or not profile.count:
        return match
    reason = match.reason
    if field.kind is Kind.NHS:
        reason = "checked" if profile.nhs_share == 1 else f"{round(profile.nhs_share * 100)}% checked"
    elif field.kind in (Kind.DATE, Kind.BIRTH):
        text = any(isinstance(cell, str) for cell in profile._cells)
        reason = "month first?" if profile.month_first else "day first" if text else "real dates"
    elif field.kind is Kind.MONEY:
        reason = "amount"
    elif field.kind is Kind.STAGE:
        unknown = {text.casefold() for text in profile.texts if not profile._words.is_stage(text)}
        reason = (
            f"{profile.distinct - len(unknown)} of {profile.distinct} words known"
            if unknown
            else f"{profile.distinct} words known"
        )
    elif match.field_name == "service" and known:
        keys = {place_key(name) for name in known}
        mine = {place_key(text) for text in profile.texts}
        reason = f"{len(mine & keys)} of {len(mine)}"
    return replace(match, reason=reason)


def sample_of(sheet: Sheet, heading: str, count: int = 5) -> list[str]:
    """The first few different values of a column, for showing beside its menu."""
    place = sheet.headings.index(heading)
    return list(dict.fromkeys(text for row in sheet.rows if (text := shown(row.cells[place]).strip())))[:count]
