"""`show` in a terminal: readiness, barriers, actions, goals, measures, warnings and people."""

from __future__ import annotations

from collections.abc import Iterator

from mhtracker import text
from mhtracker.cli import plain
from mhtracker.domain.around import barrier_days
from mhtracker.domain.counting.delays import delayed_days
from mhtracker.domain.move_on_rules import RATING_WORDS
from mhtracker.domain.reviewing.due import due
from mhtracker.domain.summary import CaseSummary


def around_parts(summary: CaseSummary) -> Iterator[str]:
    """A table of each kind of which there is something."""
    around = summary.around
    if around.ratings:
        rows = [
            (
                _words(summary, "readiness_domain", rating.domain),
                f"{rating.rating} {RATING_WORDS[rating.rating]}",
                text.format_date(rating.rated_on),
                rating.rated_by,
                rating.evidence,
            )
            for rating in around.latest_ratings().values()
        ]
        yield "Readiness\n" + plain.table(("Domain", "Rating", "Date", "By", "Evidence"), rows)
    if around.barriers:
        yield "Barriers\n" + _barriers(summary)
    if open_ones := around.open_actions():
        to_do = [
            (
                text.format_date(action.due_on),
                text.due_words(due(action.due_on, summary.as_at)),
                summary.worker_names.get(action.worker_id or "", action.owner),
                action.what,
            )
            for action in open_ones
        ]
        yield "To do\n" + plain.table(("Due", "State", "Who", "What"), to_do)
    yield from _life(summary)


def _barriers(summary: CaseSummary) -> str:
    barriers = summary.around.barriers
    rows = [
        (
            text.format_date(each.started_on),
            text.format_date(each.ended_on),
            text.format_days(barrier_days(each, summary.as_at)),
            _words(summary, "delay_reason", each.code),
            each.note,
        )
        for each in barriers
    ]
    total = delayed_days(barriers, min(each.started_on for each in barriers), summary.as_at).total
    told = plain.table(("From", "To", "Days", "Reason", "More"), rows, right=(2,))
    return f"{told}\n{text.count(total, 'day')} held up in all"


def _life(summary: CaseSummary) -> Iterator[str]:
    around = summary.around
    if around.goals:
        scores = {score.goal_id: score for score in reversed(around.goal_scores)}
        rows = [
            (f"{scores[goal.id].score}/10" if goal.id in scores else "", text.format_date(goal.ended_on), goal.words)
            for goal in around.goals
        ]
        yield "Goals\n" + plain.table(("Now", "Ended", "Goal"), rows)
    if around.measures:
        tools = around.tools
        rows3 = [
            (text.format_date(each.taken_on), tools[each.tool_id].name, f"{each.total:g}")
            for each in around.measures
            if each.tool_id in tools
        ]
        yield "Measures\n" + plain.table(("Date", "Measure", "Total"), rows3, right=(2,))
    if live := [each for each in around.warnings if each.ended_on is None]:
        yield "Warnings\n" + plain.table(
            ("Look again by", "Warning", "Why"),
            [(text.format_date(each.review_on), each.words, each.why) for each in live],
        )
    if around.contacts:
        yield "People\n" + plain.table(
            ("Part", "Name", "Relation", "Telephone", "Until"),
            [
                (
                    _words(summary, "contact_kind", each.kind),
                    each.name,
                    each.relation,
                    each.phone,
                    text.format_date(each.ended_on),
                )
                for each in around.contacts
            ],
        )


def _words(summary: CaseSummary, list_name: str, code: str | None) -> str:
    return summary.labels.get(f"{list_name}/{code}", code or "")
