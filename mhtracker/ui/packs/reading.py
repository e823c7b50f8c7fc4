"""What the packs page asks of the register."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from mhtracker import text
from mhtracker.domain.caseload import ON_PATHWAY, CaseloadLine
from mhtracker.domain.errors import NotFound
from mhtracker.domain.records import DueState, Stage
from mhtracker.domain.summary import CaseSummary
from mhtracker.store import Store
from mhtracker.store.lines import read_names
from mhtracker.store.queries.caseload import CaseloadQuery, Filter, caseload_ids, lines_of
from mhtracker.store.queries.papers import with_papers
from mhtracker.store.queries.person import build_case_summary
from mhtracker.store.queries.search import Found, search_people


@dataclass(frozen=True, slots=True)
class PackPerson:
    """Someone in the pack, as the list shows them; `stage` is None without a stay."""

    person_id: str
    ref: str
    name: str
    stage: Stage | None
    on_pathway: bool
    has_target: bool
    never_reviewed: bool

    def words(self, place: int, page: int | None) -> str:
        """The line as it is read out."""
        stage = self.stage.label if self.stage else "no stay"
        return f"{place}, {self.name}, {stage}" + (f", page {page}" if page else "")


@dataclass(frozen=True, slots=True)
class PackPeople:
    """The people of a pack in order; `missing` are ids that the register no longer has."""

    people: tuple[PackPerson, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PrintFacts:
    """Who prints, when (local time) and for whom."""

    who: str
    at: datetime
    council: str


def read_people(store: Store, person_ids: Sequence[str], as_at: date) -> PackPeople:
    """The people of a pack, in the order given."""
    stages = {stage.id: stage for stage in store.stages()}
    people = tuple(_person(line, stages.get(line.stage_id or ""), as_at) for line in lines_of(store, person_ids, as_at))
    known = {person.person_id for person in people}
    return PackPeople(people, tuple(each for each in person_ids if each not in known))


def _person(line: CaseloadLine, stage: Stage | None, as_at: date) -> PackPerson:
    return PackPerson(
        person_id=line.person_id,
        ref=line.ref,
        name=text.name_in_order(line.surname, line.given_names),
        stage=stage,
        on_pathway=line.status == ON_PATHWAY,
        has_target=line.target_on is not None,
        never_reviewed=line.review_never and line.review_due(as_at).state is DueState.OVERDUE,
    )


def read_summaries(store: Store, person_ids: Sequence[str], as_at: date) -> list[CaseSummary]:
    """Some people's summaries; whoever is no longer in the register is left out."""
    names = read_names(store)
    found = []
    for person_id in person_ids:
        try:
            found.append(with_papers(store, build_case_summary(store, person_id, as_at, names=names)))
        except NotFound:
            continue
    return found


def read_print_facts(store: Store, worker: str = "") -> PrintFacts:
    """Who would print now: the worker who sits here, else the name under which this computer records."""
    return PrintFacts(worker or store.who, store.clock.now().astimezone(), store.council)


def read_view(store: Store, filters: Sequence[Filter], as_at: date) -> list[str]:
    """Everyone a view of the caseload lists, by name."""
    return caseload_ids(store, CaseloadQuery(tuple(filters), (("name", False),)), as_at)


def read_by_name(store: Store, person_ids: Sequence[str], as_at: date) -> list[str]:
    """The same people in order of name."""
    lines = sorted(lines_of(store, person_ids, as_at), key=lambda line: (line.name_key, line.person_id))
    return [line.person_id for line in lines]


def find_people(store: Store, typed: str) -> list[Found]:
    """People to add, as they are typed."""
    return search_people(store, typed, limit=8)


def warnings_of(people: Sequence[PackPerson]) -> list[str]:
    """What the pages will leave blank, a sentence each."""
    found = []
    no_target = sum(1 for each in people if each.on_pathway and not each.has_target)
    if no_target:
        found.append(f"{text.count(no_target, 'person has', 'people have')} no target: it prints as “not recorded”")
    never = sum(each.never_reviewed for each in people)
    if never:
        found.append(f"{text.count(never, 'person has', 'people have')} never been reviewed, and the page says so")
    gone = sum(not each.on_pathway for each in people)
    if gone:
        found.append(f"{text.count(gone, 'person is', 'people are')} not on the pathway on this day")
    return found
