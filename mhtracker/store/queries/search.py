"""Finding people as they are typed: every word must begin one of a person's words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, case, select

from mhtracker.domain.caseload import ON_PATHWAY
from mhtracker.domain.names import fold
from mhtracker.domain.records import DatePrecision
from mhtracker.store.derived import caseload, search_words
from mhtracker.store.store import Store


@dataclass(frozen=True, slots=True)
class Found:
    """Someone found. `status` tells those who have left or died."""

    person_id: str
    ref: str
    surname: str
    given_names: str
    known_as: str
    born_on: date | None
    born_precision: DatePrecision
    nhs_number: str | None
    stage_id: str | None
    service: str
    status: str


def typed_words(text: str) -> list[str]:
    """What was typed, folded and cut into words.

    An NHS number typed in groups is one word, and so is a reference or local id: `MHT-00417` is not taken apart.
    """
    digits = text.replace(" ", "").replace("-", "")
    if digits.isdigit() and len(digits) >= 3:
        return [digits]
    words: list[str] = []
    for typed in text.split():
        mark = "".join(filter(str.isprintable, typed)).casefold()
        words += [mark] if any(map(str.isdigit, mark)) else fold(typed).split()
    return words


def search_people(store: Store, text: str, *, limit: int = 20) -> list[Found]:
    """People whose words begin with those typed; those on the pathway first, then by name. No text finds nobody."""
    words = typed_words(text)
    if not words:
        return []
    store.make_ready("found_by")
    # The longest word is the rarest, so it leads and the others only thin out what it finds.
    first, *rest = sorted(words, key=len, reverse=True)
    columns = (
        caseload.c.person_id,
        caseload.c.ref,
        caseload.c.surname,
        caseload.c.given_names,
        caseload.c.known_as,
        caseload.c.born_on,
        caseload.c.born_precision,
        caseload.c.nhs_number,
        caseload.c.stage_id,
        caseload.c.service,
        caseload.c.status,
    )
    query = select(*columns).where(caseload.c.person_id.in_(people_with(first)))
    for word in rest:
        query = query.where(caseload.c.person_id.in_(people_with(word)))
    gone = case((caseload.c.status == ON_PATHWAY, 0), else_=1)
    query = query.order_by(gone, caseload.c.name_key, caseload.c.person_id).limit(limit)
    return [Found(*row[:6], DatePrecision(row[6]), *row[7:]) for row in store.database.connection.execute(query)]


def people_with(word: str) -> Select[tuple[str]]:
    """The ids of those who are found by a word that begins with `word`."""
    end = word[:-1] + chr(ord(word[-1]) + 1)
    return select(search_words.c.person_id).where(search_words.c.word >= word, search_words.c.word < end)
