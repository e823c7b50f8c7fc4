"""Who a row is about: someone the register knows, someone in a row above, someone new, or a question.

A reference, local id or NHS number settles it where names or birth dates do not speak against it; else the same name
and birth date do. What only looks alike is asked, with the reasons, and never decided here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from mhtracker.domain.dates import write_date
from mhtracker.domain.likeness.names import read_name
from mhtracker.domain.likeness.score import Facts, compare, facts_of, may_be_one
from mhtracker.domain.names import fold
from mhtracker.domain.near import is_near, slips
from mhtracker.domain.records import Person
from mhtracker.operations.importing.mends import Decision, Mend, MendKind
from mhtracker.operations.importing.row_facts import Problem, RowFacts, Table

_MARKS = re.compile(r"[\W_]+")


@dataclass(slots=True, eq=False)
class Known:
    """Someone a row may be about. `row` is the first row that speaks of them (0: only the register does)."""

    person: Person
    row: int = 0
    key: str = ""
    folded: str = ""

    @property
    def words(self) -> str:
        """How they are named to the reader: "MHT-00417 PRZYKŁAD, Marek", or by their row when new."""
        name = f"{self.person.surname.upper()}, {self.person.given_names}".rstrip(", ")
        return f"{self.person.ref} {name}" if self.person.version else f"row {self.row}, {name}"

    @property
    def sign(self) -> str:
        """What stands for them in a decision."""
        return self.person.id if self.person.version else f"row:{self.row}"


@dataclass(frozen=True, slots=True)
class Match:
    """What was found: a person, nobody (someone new), or a problem to be asked about."""

    known: Known | None = None
    problem: Problem | None = None


def name_key(surname: str, given_names: str) -> str:
    """A name with its letters as they are, and no case, spaces or marks: O’Brien is OBRIEN, Ł is not L."""
    text = surname + given_names
    if text.isascii():
        return _MARKS.sub("", text).lower()
    return _MARKS.sub("", unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text).casefold()))


@dataclass(slots=True)
class People:
    """Everyone known so far, by what can tell them apart."""

    by_ref: dict[str, Known] = field(default_factory=dict)
    by_local: dict[str, Known] = field(default_factory=dict)
    by_nhs: dict[str, Known] = field(default_factory=dict)
    by_key: dict[str, list[Known]] = field(default_factory=dict)
    by_folded: dict[str, list[Known]] = field(default_factory=dict)
    by_born: dict[object, list[Known]] = field(default_factory=dict)
    by_sign: dict[str, Known] = field(default_factory=dict)
    services: dict[str, str | None] = field(default_factory=dict)
    """Where each person lives now, to be told as a reason."""

    @classmethod
    def of(cls, people: Iterable[Person]) -> People:
        """The register's people. The numbers of those merged into others lead to the ones who stayed."""
        found, merged = cls(), []
        for person in people:
            if person.merged_into is None:
                found.add(person)
            else:
                merged.append(person)
        for person in merged:
            found._lead_on(person)
        return found

    def _lead_on(self, merged: Person) -> None:
        if (known := self.by_sign.get(merged.merged_into or "")) is None:
            return
        self.by_ref.setdefault(merged.ref.casefold(), known)
        if merged.local_id:
            self.by_local.setdefault(merged.local_id.casefold(), known)
        if merged.nhs_number:
            self.by_nhs.setdefault(merged.nhs_number, known)

    def add(self, person: Person, row: int = 0) -> Known:
        """Make someone known."""
        key = name_key(person.surname, person.given_names)
        known = Known(person, row, key, key if key.isascii() else _folded(person.surname, person.given_names))
        self.by_key.setdefault(key, []).append(known)
        self.by_folded.setdefault(known.folded, []).append(known)
        if person.born_on is not None:
            self.by_born.setdefault(person.born_on, []).append(known)
        if person.local_id:
            self.by_local.setdefault(person.local_id.casefold(), known)
        if person.nhs_number:
            self.by_nhs.setdefault(person.nhs_number, known)
        if person.ref:
            self.by_ref[person.ref.casefold()] = known
        self.by_sign[known.sign] = known
        return known

    def match(self, facts: RowFacts, table: Table, decision: Decision | None = None) -> Match:
        """Who a row is about. `decision` is what was said of it on screen."""
        if decision is not None and decision.kind is MendKind.SAME_PERSON and decision.value in self.by_sign:
            return Match(self.by_sign[decision.value])
        by_ref = self.by_ref.get(facts.ref.casefold()) if facts.ref else None
        by_local = self.by_local.get(facts.local_id.casefold()) if facts.local_id else None
        by_nhs = self.by_nhs.get(facts.nhs_number) if facts.nhs_number else None
        named = next((each for each in (by_ref, by_local, by_nhs) if each is not None), None)
        if named is not None:
            return self._match_by_number(facts, table, named, by_local, by_nhs)
        if decision is not None and decision.kind is MendKind.SOMEONE_ELSE:
            return Match()
        return self._match_by_name(facts, table)

    def _match_by_number(
        self, facts: RowFacts, table: Table, named: Known, by_local: Known | None, by_nhs: Known | None
    ) -> Match:
        """A number points to somebody: believe it unless something else speaks against it."""
        person = named.person
        if by_local is not None and by_nhs is not None and by_local is not by_nhs:
            words = f"The local id belongs to {by_local.words}, the NHS number to {by_nhs.words}. Check both numbers."
            return Match(problem=_asked(table.heading("nhs_number"), facts.nhs_number, words, [by_local, by_nhs]))
        if facts.nhs_number and person.nhs_number and facts.nhs_number != person.nhs_number:
            words = f"{_capital(named.words)} has another NHS number. Check both."
            return Match(problem=_asked(table.heading("nhs_number"), facts.nhs_number, words, [named], else_too=False))
        if (
            by_nhs is named
            and facts.local_id
            and person.local_id
            and facts.local_id.casefold() != person.local_id.casefold()
        ):
            words = f"This NHS number belongs to {named.words}, whose local id is {person.local_id}. Check both."
            return Match(problem=_asked(table.heading("local_id"), facts.local_id, words, [named], else_too=False))
        if _is_name_of(facts, named) or (facts.born_on is not None and facts.born_on == person.born_on):
            return Match(named)
        which = "ref" if by_local is None and by_nhs is None else "local_id" if by_local is not None else "nhs_number"
        words = f"This number belongs to {named.words}{_born(person)}. The name here is another."
        return Match(problem=_asked(table.heading(which), getattr(facts, which), words, [named], else_too=False))

    def _match_by_name(self, facts: RowFacts, table: Table) -> Match:
        key = name_key(facts.surname, facts.given_names)
        alike: list[tuple[Known, list[str]]] = []
        for known in self.by_key.get(key, ()):
            if known.person.born_on == facts.born_on:
                against = _numbers_differ(facts, known.person)
                if not against:
                    return Match(known)
                alike.append((known, ["same name", _same_birth(facts), f"another {against}"]))
        alike += self._lookalikes(facts, key)
        if not alike:
            return Match()
        known, reasons = alike[0]
        if facts.service is not None and self.services.get(known.person.id) == facts.service:
            reasons.append("same service")
        words = f"Looks like {known.words}: {', '.join(reason for reason in reasons if reason)}."
        heading = table.heading("surname", "name", "given_names")
        return Match(problem=_asked(heading, facts.surname, words, [each for each, _ in alike[:3]]))

    def _lookalikes(self, facts: RowFacts, key: str) -> list[tuple[Known, list[str]]]:
        """Those who may be the same, with what speaks for it."""
        found: list[tuple[Known, list[str]]] = []
        folded = key if key.isascii() else _folded(facts.surname, facts.given_names)
        born = facts.born_on
        for known in self.by_folded.get(folded, ()):
            other = known.person.born_on
            if other == born and known.key == key:
                continue
            same = "same name" if known.key == key else "same name but for accents"
            if other == born:
                found.append((known, [same, _same_birth(facts)]))
            elif born is None or other is None:
                found.append((known, [same, "birth date not known" if born is None else "no birth date there"]))
            elif _near_births(born, other):
                found.append((known, [same, f"nearly the same birth date, {write_date(other)}"]))
        for known in self.by_born.get(born, ()) if born is not None else ():
            if known.folded == folded or _numbers_differ(facts, known.person):
                continue
            if reason := _near_names(facts, known.person) or _likeness(facts, known.person):
                found.append((known, [reason, _same_birth(facts)]))
        return found


def _near_births(one: date, other: date) -> bool:
    """Whether two dates are a slip apart: one digit, or the digits of day and month in another order."""
    if one.year == other.year and sorted(f"{one:%d%m}") == sorted(f"{other:%d%m}"):
        return True
    return slips(f"{one:%d%m%Y}", f"{other:%d%m%Y}", 1) <= 1


def _folded(surname: str, given_names: str) -> str:
    return fold(f"{surname} {given_names}").replace(" ", "")


def _same_birth(facts: RowFacts) -> str:
    return "same birth date" if facts.born_on is not None else ""


def _born(person: Person) -> str:
    return f", born {write_date(person.born_on)}" if person.born_on else ""


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _numbers_differ(facts: RowFacts, person: Person) -> str:
    if facts.nhs_number and person.nhs_number and facts.nhs_number != person.nhs_number:
        return "NHS number"
    if facts.local_id and person.local_id and facts.local_id.casefold() != person.local_id.casefold():
        return "local id"
    return ""


def _is_name_of(facts: RowFacts, known: Known) -> bool:
    """Whether a name may be the person's, given that a number says so: a part of it is enough."""
    mine = set(fold(f"{facts.surname} {facts.given_names}").split())
    theirs = set(fold(f"{known.person.surname} {known.person.given_names} {known.person.known_as}").split())
    return bool(mine & theirs) or any(is_near(one, other) for one in mine for other in theirs)


def _near_names(facts: RowFacts, person: Person) -> str:
    """How two names of people born on one day are alike; "" when they are not."""
    mine, theirs = (fold(facts.surname), fold(facts.given_names)), (fold(person.surname), fold(person.given_names))
    if mine == theirs[::-1]:
        return "names the other way round"
    if sorted(" ".join(mine).split()) == sorted(" ".join(theirs).split()):
        return "same names"
    near_surname = mine[0] == theirs[0] or is_near(mine[0], theirs[0])
    one, other = mine[1].split(), theirs[1].split()
    if near_surname and (not one or not other):
        return "same surname" if mine[0] == theirs[0] else ""
    if not near_surname:
        return ""
    if one[0] == other[0] or is_near(one[0], other[0]) or one[0] == other[0][0] or other[0] == one[0][0]:
        return "nearly the same name"
    return ""


def _likeness(facts: RowFacts, person: Person) -> str:
    """How two names of people born on one day are alike in sound or form; "" when they are not."""
    mine = read_name(facts.surname, facts.given_names, "")
    theirs = read_name(person.surname, person.given_names, person.known_as)
    if not may_be_one(mine, theirs, may_have_married=person.gender == "female"):
        return ""
    found = compare(Facts(facts.surname, facts.given_names, born_on=facts.born_on), facts_of(person))
    names = [reason for reason in found.reasons if reason != "Same birth date"]
    return names[0][:1].lower() + names[0][1:] if found.warns and names else ""


def _asked(heading: str, value: str | None, words: str, people: list[Known], *, else_too: bool = True) -> Problem:
    """A question about who it is. Someone who bears the same number cannot be somebody else."""
    mends = [
        Mend(MendKind.SAME_PERSON, "Same person" if len(people) == 1 else f"Is {each.words}", heading, each.sign)
        for each in people
    ]
    if else_too:
        mends.append(Mend(MendKind.SOMEONE_ELSE, "Someone else", heading))
    else:
        mends.append(Mend(MendKind.BLANK, "Leave the number blank", heading))
    return Problem(heading, value or "", words, tuple(mends))
