"""A person's story, line by line: everything dated that is recorded of them, with the events chosen for paper.

Built from a case summary alone, so that it says what stood on the summary's day and nothing that was recorded later.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from mhtracker.domain.dates import write_date
from mhtracker.domain.fields import label_of
from mhtracker.domain.names import fold
from mhtracker.domain.notes import first_words, text_now
from mhtracker.domain.records import KeyEvent, NoteCorrection
from mhtracker.domain.reviewing.due import is_not_needed
from mhtracker.domain.summary import CaseSummary, MoveOn, Stay
from mhtracker.domain.words_in_text import typed_words


class Chapter(StrEnum):
    """What a line of the story is about, as it is filtered by."""

    PLACEMENT = "placement"
    REVIEW = "review"
    PLAN = "plan"
    BARRIER = "barrier"
    STATUS = "status"
    GOAL = "goal"
    WARNING = "warning"
    NOTE = "note"
    DOCUMENT = "document"
    EVENT = "event"


CHAPTER_WORDS: dict[Chapter, str] = {
    Chapter.PLACEMENT: "Places and moves",
    Chapter.REVIEW: "Reviews",
    Chapter.PLAN: "Plans and targets",
    Chapter.BARRIER: "Barriers",
    Chapter.STATUS: "Statuses",
    Chapter.GOAL: "Goals and measures",
    Chapter.WARNING: "Warnings",
    Chapter.NOTE: "Notes",
    Chapter.DOCUMENT: "Documents",
    Chapter.EVENT: "Own events",
}


@dataclass(frozen=True, slots=True)
class ChronologyLine:
    """One thing that happened. `source_kind` names the record it comes from, with the part that ended after a slash.

    `key` is the chosen event that stands for it on paper, None where it was not chosen. `order` parts those of one day.
    """

    day: date
    chapter: Chapter
    words: str
    source_kind: str
    source_id: str
    key: KeyEvent | None = None
    order: int = 0
    folded: str = field(default="", compare=False)

    @property
    def paper_words(self) -> str:
        """What is printed where only chosen events are: the author's own words."""
        return self.key.words if self.key is not None else self.words


def build_chronology(summary: CaseSummary) -> list[ChronologyLine]:
    """Every line up to the summary's day, newest first. On one day, what ended stands below what began."""
    chosen = {(event.source_kind, event.source_id): event for event in summary.around.key_events if event.source_id}
    lines = []
    for line in _lines(summary):
        if line.day > summary.as_at:
            continue
        key = chosen.pop((line.source_kind, line.source_id), None)
        lines.append(replace(line, key=key) if key is not None else line)
    own = [event for event in summary.around.key_events if not event.source_id]
    # What was chosen and then taken away stays in the story in the words it was chosen with.
    for event in (*own, *chosen.values()):
        lines.append(ChronologyLine(event.happened_on, Chapter.EVENT, event.words, "key_event", event.id, event, 9))
    return sorted(lines, key=lambda line: (line.day, line.order, line.source_id), reverse=True)


def key_lines(lines: Iterable[ChronologyLine]) -> list[ChronologyLine]:
    """The lines chosen for paper."""
    return [line for line in lines if line.key is not None]


@dataclass(frozen=True, slots=True)
class Choice:
    """What a chronology is narrowed to. No chapters: all of them. The days are both counted in."""

    chapters: frozenset[Chapter] = frozenset()
    first: date | None = None
    last: date | None = None
    typed: str = ""
    only_key: bool = False

    @property
    def narrows(self) -> bool:
        return self != Choice()


def narrowed(lines: Iterable[ChronologyLine], choice: Choice) -> list[ChronologyLine]:
    """The lines that a choice leaves, in their order. Every word typed must begin a word of the line."""
    words = [f" {word}" for word in typed_words(choice.typed)]

    def fits(line: ChronologyLine) -> bool:
        if choice.chapters and line.chapter not in choice.chapters:
            return False
        if (choice.first is not None and line.day < choice.first) or (
            choice.last is not None and line.day > choice.last
        ):
            return False
        if choice.only_key and line.key is None:
            return False
        if not words:
            return True
        folded = line.folded or fold(f"{line.words} {line.key.words if line.key else ''}")
        return all(word in f" {folded} " for word in words)

    return [line for line in lines if fits(line)]


def _lines(summary: CaseSummary) -> Iterator[ChronologyLine]:
    for part in (_stays, _reviews, _plans, _barriers, _statuses, _goals, _measures, _warnings, _notes, _documents):
        yield from part(summary)


def _said(summary: CaseSummary, list_name: str, code: str | None) -> str:
    if not code:
        return ""
    return summary.labels.get(f"{list_name}/{code}") or label_of(list_name, code)


def _why(*parts: str) -> str:
    """`: reason. More` from what there is."""
    there = [part.strip().rstrip(".") for part in parts if part.strip()]
    return f": {'. '.join(there)}" if there else ""


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:] if words[1:2].islower() else words


def _place(stay: Stay) -> str:
    place = stay.service.name if stay.service else ""
    return f"{_lower(stay.stage.label)}{f', {place}' if place else ''}"


def _stays(summary: CaseSummary) -> Iterator[ChronologyLine]:
    before: Stay | None = None
    for stay in summary.stays:
        placement = stay.placement
        moved = before is not None and before.placement.ended_on is not None
        back = before is not None and stay.stage.level < before.stage.level
        words = f"Moved {'back ' if back else ''}to {_place(stay)}" if moved else f"Began in {_place(stay)}"
        if stay.gap_days:
            words += _why(f"after {stay.gap_days} days elsewhere", placement.gap_reason)
        yield ChronologyLine(placement.started_on, Chapter.PLACEMENT, words, "placement", placement.id, order=6)
        if placement.ended_on is not None:
            planned = {True: "planned", False: "unplanned", None: ""}[placement.planned]
            ended = f"Left {_place(stay)}" + _why(planned, _said(summary, "end_reason", placement.end_reason))
            went = _said(summary, "destination", placement.destination)
            ended += f". To {_lower(went)}" if went else ""
            yield ChronologyLine(placement.ended_on, Chapter.PLACEMENT, ended, "placement/ended", placement.id, order=5)
        before = stay


def _reviews(summary: CaseSummary) -> Iterator[ChronologyLine]:
    for line in summary.reviews:
        review = line.review
        kind = _said(summary, "review_kind", review.kind) or "Review"
        name = kind if "review" in kind.casefold() else f"{kind} review"
        if review.held_on is not None:
            outcome = _said(summary, "review_outcome", review.outcome)
            words = f"{name} held" + _why(outcome, first_words(review.summary))
            yield ChronologyLine(review.held_on, Chapter.REVIEW, words, "review", review.id, order=7)
        elif review.abandoned_on is not None:
            words = f"{kind} not needed" if is_not_needed(review) else f"{name} abandoned"
            words += _why(review.abandon_reason)
            yield ChronologyLine(review.abandoned_on, Chapter.REVIEW, words, "review", review.id, order=7)


def _plans(summary: CaseSummary) -> Iterator[ChronologyLine]:
    plans: list[MoveOn] = [*summary.past_plans, *([summary.move_on] if summary.move_on else [])]
    for move_on in plans:
        plan, before = move_on.plan, None
        aim = plan.aim or (move_on.aim_stage.label if move_on.aim_stage else "")
        for target in (move_on.original, *move_on.slips):
            if target is None:
                continue
            to = write_date(target.target_on)
            why = _why(_said(summary, "slip_reason", target.reason_code), target.reason)
            if before is None:
                words = f"Target set for {to}{f', to move to {_lower(aim)}' if aim else ''}{why}"
            else:
                how = (
                    "slipped"
                    if target.target_on > before
                    else "brought forward"
                    if target.target_on < before
                    else "kept"
                )
                words = f"Target {how} from {write_date(before)} to {to}{why}"
            before = target.target_on
            yield ChronologyLine(target.set_on, Chapter.PLAN, words, "target", target.id, order=4)
        if plan.ended_on is not None and plan.ended_on <= summary.as_at:
            words = "Move-on plan ended" + _why(_said(summary, "plan_end_reason", plan.end_reason))
            yield ChronologyLine(plan.ended_on, Chapter.PLAN, words, "plan/ended", plan.id, order=4)


def _barriers(summary: CaseSummary) -> Iterator[ChronologyLine]:
    for barrier in summary.around.barriers:
        what = _lower(_said(summary, "delay_reason", barrier.code))
        words = f"Held up by {what}" + _why(barrier.note)
        yield ChronologyLine(barrier.started_on, Chapter.BARRIER, words, "barrier", barrier.id, order=3)
        if barrier.ended_on is not None:
            days = (barrier.ended_on - barrier.started_on).days
            words = f"No longer held up by {what}, after {days:,} day{'' if days == 1 else 's'}"
            yield ChronologyLine(barrier.ended_on, Chapter.BARRIER, words, "barrier/ended", barrier.id, order=3)


def _statuses(summary: CaseSummary) -> Iterator[ChronologyLine]:
    for status in summary.statuses:
        name = _STATUS_WORDS.get(status.kind.value, status.kind.value.capitalize())
        code = _said(summary, status.kind.value, status.code)
        words = f"{name}{f': {_lower(code)}' if code else ''}"
        if status.started_on is not None:
            began = words + (f". {status.note.strip()}" if status.note.strip() else "")
            yield ChronologyLine(status.started_on, Chapter.STATUS, began, "status", status.id, order=2)
        if status.ended_on is not None and status.ended_on <= summary.as_at:
            ended = f"{words}, ended" + _why(status.end_reason)
            yield ChronologyLine(status.ended_on, Chapter.STATUS, ended, "status/ended", status.id, order=2)


_STATUS_WORDS = {
    "s117": "s117 after-care",
    "cto": "Community treatment order",
    "dols": "DoLS or community order",
    "court": "Court order",
    "capacity": "Capacity assessed",
}


def _goals(summary: CaseSummary) -> Iterator[ChronologyLine]:
    for goal in summary.around.goals:
        yield ChronologyLine(
            goal.set_on, Chapter.GOAL, f"Goal set: {first_words(goal.words)}", "goal", goal.id, order=2
        )
        if goal.ended_on is not None:
            ended = _lower(_said(summary, "goal_end", goal.end_reason))
            words = f"Goal {ended or 'ended'}: {first_words(goal.words)}"
            yield ChronologyLine(goal.ended_on, Chapter.GOAL, words, "goal/ended", goal.id, order=2)


def _measures(summary: CaseSummary) -> Iterator[ChronologyLine]:
    for measure in summary.around.measures:
        tool = summary.around.tools.get(measure.tool_id)
        words = f"{tool.name if tool else 'Measure'}: {measure.total:g}" + _why(measure.note)
        yield ChronologyLine(measure.taken_on, Chapter.GOAL, words, "measure", measure.id, order=2)


def _warnings(summary: CaseSummary) -> Iterator[ChronologyLine]:
    for warning in summary.around.warnings:
        words = f"Warning raised: {first_words(warning.words)}"
        yield ChronologyLine(warning.raised_on, Chapter.WARNING, words, "warning", warning.id, order=8)
        if warning.ended_on is not None:
            ended = f"Warning ended: {first_words(warning.words)}" + _why(warning.end_reason)
            yield ChronologyLine(warning.ended_on, Chapter.WARNING, ended, "warning/ended", warning.id, order=8)


def _notes(summary: CaseSummary) -> Iterator[ChronologyLine]:
    put_right: dict[str, list[NoteCorrection]] = {}
    for correction in summary.around.corrections:
        put_right.setdefault(correction.note_id, []).append(correction)
    for note in summary.notes:
        text = text_now(note, put_right.get(note.id, ()))
        kind = _said(summary, "note_kind", note.kind) or "Note"
        unfinished = "" if note.finished_at is not None else " (unfinished)"
        words = f"{kind}{unfinished}: {first_words(text)}"
        yield ChronologyLine(
            note.noted_on, Chapter.NOTE, words, "note", note.id, order=1, folded=fold(f"{kind} {text}")
        )


def _documents(summary: CaseSummary) -> Iterator[ChronologyLine]:
    for document in summary.around.documents:
        about = _said(summary, "document_kind", document.about)
        words = f"{about or 'Document'}: {document.name}" + (
            f". {document.note.strip()}" if document.note.strip() else ""
        )
        day = document.dated_on or document.added_at.date()
        yield ChronologyLine(day, Chapter.DOCUMENT, words, "document", document.id, order=0)
