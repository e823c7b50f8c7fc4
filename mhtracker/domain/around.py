"""What is kept around a person's pathway, as it stood on a day: facts for screen, paper and command line alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from mhtracker.domain.records import (
    Action,
    Barrier,
    CareWarning,
    Contact,
    Document,
    Goal,
    GoalScore,
    KeyEvent,
    MeasureScore,
    MeasureTool,
    NoteCorrection,
    Rating,
    Record,
    ReviewAttendance,
)

R = TypeVar("R", bound=Record)


@dataclass(slots=True)
class Around:
    """All records around one person. Lists are in no order until `as_it_stood`, which puts newest first."""

    ratings: list[Rating] = field(default_factory=list)
    barriers: list[Barrier] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)
    goals: list[Goal] = field(default_factory=list)
    goal_scores: list[GoalScore] = field(default_factory=list)
    measures: list[MeasureScore] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    warnings: list[CareWarning] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    corrections: list[NoteCorrection] = field(default_factory=list)
    key_events: list[KeyEvent] = field(default_factory=list)
    attendance: list[ReviewAttendance] = field(default_factory=list)
    tools: dict[str, MeasureTool] = field(default_factory=dict)

    def latest_ratings(self) -> dict[str, Rating]:
        """The rating that holds in each domain, by domain; call on what `as_it_stood` gave."""
        held: dict[str, Rating] = {}
        for rating in self.ratings:
            held.setdefault(rating.domain, rating)
        return held

    def open_barriers(self) -> list[Barrier]:
        """The barriers that hold, longest first; call on what `as_it_stood` gave."""
        return sorted((b for b in self.barriers if b.ended_on is None), key=lambda b: (b.started_on, b.id))

    def open_actions(self) -> list[Action]:
        """What is still to be done, soonest first, undated last; call on what `as_it_stood` gave."""
        still = [a for a in self.actions if a.done_on is None and a.dropped_on is None]
        return sorted(still, key=lambda a: (a.due_on or date.max, a.id))


def barrier_days(barrier: Barrier, as_at: date) -> int:
    """Days a barrier held the move up, to its end or to the day asked."""
    end = barrier.ended_on if barrier.ended_on is not None and barrier.ended_on <= as_at else as_at
    return max(0, (end - barrier.started_on).days)


def as_it_stood(around: Around, as_at: date) -> Around:
    """What stood on a day: later beginnings are left out, later endings have not happened yet. Newest first."""
    return Around(
        ratings=_newest((r for r in around.ratings if r.rated_on <= as_at), "rated_on"),
        barriers=_newest(_begun(around.barriers, as_at), "started_on"),
        actions=_newest((_action_on(a, as_at) for a in around.actions if _known(a.set_on, as_at)), "set_on"),
        goals=sorted(
            (_until(g, "ended_on", as_at) for g in around.goals if g.set_on <= as_at), key=lambda g: (g.position, g.id)
        ),
        goal_scores=_newest((s for s in around.goal_scores if s.scored_on <= as_at), "scored_on"),
        measures=_newest((m for m in around.measures if m.taken_on <= as_at), "taken_on"),
        contacts=sorted(_begun(around.contacts, as_at), key=lambda c: (c.ended_on is not None, c.kind, c.name)),
        warnings=_newest((_until(w, "ended_on", as_at) for w in around.warnings if w.raised_on <= as_at), "raised_on"),
        documents=_newest((d for d in around.documents if d.added_at.date() <= as_at), "added_at"),
        corrections=_newest((c for c in around.corrections if c.corrected_at.date() <= as_at), "corrected_at"),
        key_events=_newest((e for e in around.key_events if e.happened_on <= as_at), "happened_on"),
        attendance=list(around.attendance),
        tools=around.tools,
    )


def _known(day: date | None, as_at: date) -> bool:
    return day is None or day <= as_at


def _begun(records: Iterable[R], as_at: date) -> list[R]:
    begun = (each for each in records if _known(getattr(each, "started_on"), as_at))  # noqa: B009
    return _newest((_until(each, "ended_on", as_at) for each in begun), "started_on")


def _until(record: R, name: str, as_at: date) -> R:
    ended = getattr(record, name)
    return replace(record, **{name: None}) if ended is not None and ended > as_at else record


def _action_on(action: Action, as_at: date) -> Action:
    if action.done_on is not None and action.done_on > as_at:
        action = replace(action, done_on=None, outcome="")
    if action.dropped_on is not None and action.dropped_on > as_at:
        action = replace(action, dropped_on=None, drop_reason="")
    return action


def _newest(records: Iterable[R], name: str) -> list[R]:
    found: Sequence[R] = list(records)
    dated = [each for each in found if getattr(each, name) is not None]
    undated = [each for each in found if getattr(each, name) is None]
    return sorted(dated, key=lambda each: (getattr(each, name), each.id), reverse=True) + undated
