"""What changed since one last looked, as Today shows it: sentences by person, the newest first."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from mhtracker.domain.records import Stage
from mhtracker.store import Store
from mhtracker.store.queries import since as query
from mhtracker.store.queries.caseload import lines_of
from mhtracker.text import count, name_in_order

AT_FIRST_DAYS = 7
ICONS = {
    "placement": "arrow-right-bold",
    "review": "calendar-check-outline",
    "target": "flag-outline",
    "plan": "flag-outline",
    "note": "note-text-outline",
    "status": "gavel",
    "person": "account-outline",
    "action": "checkbox-marked-outline",
    "warning": "shield-alert-outline",
    "barrier": "timer-sand",
    "contact": "account-group-outline",
    "document": "file-pdf-box",
    "goal": "flag-checkered",
    "goal_score": "flag-checkered",
    "measure": "chart-timeline-variant",
    "rating": "stairs-up",
}


@dataclass(slots=True)
class PersonNews:
    """What changed for one person: (icon, words) lines, newest first, with who did the newest and when (local time)."""

    person_id: str
    name: str
    letter: str
    colour: str
    who: str
    at: datetime
    lines: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Since:
    """The news. `seq` is the newest operation: what to remember when all this was seen."""

    people: tuple[PersonNews, ...]
    changes: int
    seq: int
    seen_at: datetime | None


def read_since(
    store: Store, people: frozenset[str] | None, me: frozenset[str], seen_seq: int, seen_at: datetime | None
) -> Since:
    """News of `people` (None: everyone) after operation `seen_seq`; of the last seven days if nothing was seen yet."""
    seq = seen_seq or query.seq_before(store, store.clock.now() - timedelta(days=AT_FIRST_DAYS))
    found = query.since(store, seq, not_by=me, person_ids=people)
    stages: dict[str | None, Stage] = {stage.id: stage for stage in store.stages()}
    lines = {line.person_id: line for line in lines_of(store, [each.person_id for each in found.people], store.today)}
    news = []
    for each in found.people:
        line, first = lines.get(each.person_id), each.happened[0]
        stage = stages.get(line.stage_id) if line is not None else None
        letter, colour = (stage.letter, stage.colour) if stage is not None else ("–", "other")
        name = name_in_order(line.surname, line.given_names) if line is not None else each.name
        told = PersonNews(each.person_id, name, letter, colour, first.who, first.at.astimezone())
        told.lines = [(ICONS.get(one.kind, "pencil-outline"), one.words) for one in each.happened]
        if each.more:
            told.lines.append(("dots-horizontal", f"and {count(each.more, 'more change')}"))
        news.append(told)
    return Since(tuple(news), found.steps, found.seq, seen_at)
