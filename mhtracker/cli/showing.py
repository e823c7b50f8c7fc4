"""`show`: one person's case summary, in a terminal."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from mhtracker import text
from mhtracker.cli import answers, plain
from mhtracker.cli.answers_money import money_parts
from mhtracker.cli.session import answer, day_of, known_words, opened
from mhtracker.cli.showing_around import around_parts
from mhtracker.domain.legal.orders import CHARGED, is_charged_after_care
from mhtracker.domain.notes import corrections_of, is_finished, text_now
from mhtracker.domain.records import Note
from mhtracker.domain.summary import CaseSummary


def show(asked: argparse.Namespace) -> int:
    """`mhtracker show`."""
    from mhtracker.store.queries.person import build_case_summary, find_person

    with opened(asked) as store:
        summary = build_case_summary(store, find_person(store, asked.person).id, day_of(asked))
    return answer(asked, answers.case_summary(summary), lambda: "\n\n".join(_parts(summary)))


def _parts(summary: CaseSummary) -> Iterator[str]:
    yield _head(summary)
    if summary.stays:
        yield "Placements\n" + _placements(summary)
    yield from money_parts(summary)
    yield "Move-on\n" + _move_on(summary)
    yield from around_parts(summary)
    if summary.reviews:
        yield "Reviews\n" + _reviews(summary)
    if summary.notes:
        rows = [
            (text.format_date(n.noted_on), _words(summary, "note_kind", n.kind), n.author, _note(n, summary))
            for n in summary.notes
        ]
        yield "Notes\n" + plain.table(("Date", "Kind", "By", "Note"), rows)


def _note(note: Note, summary: CaseSummary) -> str:
    put_right = corrections_of(note, summary.around.corrections)
    told = text_now(note, put_right)
    if put_right:
        last = put_right[-1]
        told += f" [Corrected {text.format_date(last.corrected_at.astimezone().date())}, {last.author}: {last.reason}]"
    return told if is_finished(note) else f"[Unfinished] {told}"


def _words(summary: CaseSummary, list_name: str, code: str | None) -> str:
    return summary.labels.get(f"{list_name}/{code}", code or "")


def _head(summary: CaseSummary) -> str:
    person, current, as_at = summary.person, summary.current, summary.as_at
    review = text.review_words(summary.review, as_at)
    due_on = summary.review.due.due_on
    facts = (
        ("Born", text.format_born(person, as_at)),
        ("NHS number", text.format_nhs(person.nhs_number)),
        ("Local id", person.local_id or ""),
        ("Stage", current.stage.label if current else summary.status.replace("_", " ").capitalize()),
        ("Service", current.service.name if current and current.service else ""),
        ("Worker", summary.worker),
        ("Team", summary.team),
        ("s117", _words(summary, "s117", summary.s117.code) if summary.s117 else ""),
        ("Person pays", _pays(summary)),
        ("Review", f"{review} (due {text.format_date(due_on)})" if due_on else review),
        ("Last reviewed", text.format_date(summary.review.last_held_on) or "Never"),
    )
    known = known_words(summary.as_known)
    demo = "\nDemo register: invented people." if summary.demo else ""
    title = f"{text.full_name(person)}  {person.ref}\nAs at {text.format_date(as_at)}{known}.{demo}"
    return f"{title}\n\n{plain.pairs(facts)}"


def _pays(summary: CaseSummary) -> str:
    charge = summary.charge_pence
    if charge is None:
        return ""
    told = f"{text.format_pence(charge)} a week" if charge else "Nil"
    return f"{told}. {CHARGED}" if is_charged_after_care(charge, summary.statuses, summary.as_at) else told


def _placements(summary: CaseSummary) -> str:
    rows = []
    for stay in summary.stays:
        ended_on, cost = stay.placement.ended_on, summary.cost_of(stay)
        ended = ended_on is not None and ended_on <= summary.as_at
        rows.append(
            (
                text.format_date(stay.placement.started_on),
                text.format_date(ended_on) if ended else "",
                text.format_days(stay.days),
                stay.stage.label,
                stay.service.name if stay.service else stay.placement.address,
                _words(summary, "end_reason", stay.placement.end_reason) if ended else "",
                text.format_pence(cost.gross) if cost is not None else "",
            )
        )
    headings = ("From", "To", "Days", "Stage", "Service", "Why it ended", "Cost a week")
    return plain.table(headings, rows, right=(2, 6))


def _move_on(summary: CaseSummary) -> str:
    plan = summary.move_on
    if plan is None:
        return "No plan"
    facts = (
        ("Aim", plan.aim_stage.label if plan.aim_stage else ""),
        ("In their words", plan.plan.aim),
        ("Original target", text.format_date(plan.original.target_on if plan.original else None)),
        ("Current target", text.format_date(plan.current.target_on if plan.current else None)),
        ("Stands", text.target_words(plan, summary.as_at)),
        ("Changes", text.slip_words(plan)),
        ("Forecast", text.forecast_words(plan.forecast)),
    )
    told = plain.pairs(facts)
    for slip in plan.slips:
        why = slip.reason or _words(summary, "slip_reason", slip.reason_code)
        told += f"\n  {text.format_date(slip.set_on)}: to {text.format_date(slip.target_on)}" + (
            f" – {why}" if why else ""
        )
    return told


def _reviews(summary: CaseSummary) -> str:
    rows = [
        (
            text.format_date(line.due.due_on),
            f"{text.format_date(line.review.booked_on)} {line.review.booked_time}".strip(),
            text.format_date(line.review.held_on)
            if line.review.held_on and line.review.held_on <= summary.as_at
            else "",
            _words(summary, "review_kind", line.review.kind),
            _words(summary, "review_outcome", line.review.outcome),
            text.due_words(line.due),
        )
        for line in summary.reviews
    ]
    return plain.table(("Due", "Booked", "Held", "Kind", "Outcome", "State"), rows)
