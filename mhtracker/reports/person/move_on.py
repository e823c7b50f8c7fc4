"""What a move-on rests on, on paper: readiness with its evidence, barriers with their days, what is to be done."""

from __future__ import annotations

from mhtracker import text
from mhtracker.domain.around import barrier_days
from mhtracker.domain.counting.delays import delayed_days
from mhtracker.domain.move_on_rules import HIGHEST, RATING_WORDS
from mhtracker.domain.records import Action, Barrier, Rating
from mhtracker.domain.reviewing.due import due
from mhtracker.domain.summary import CaseSummary
from mhtracker.figures.fonts import SEMIBOLD
from mhtracker.figures.palette import PAPER
from mhtracker.figures.readiness import total_words
from mhtracker.reports.paper import signs
from mhtracker.reports.paper.layout import (
    BODY,
    CAPTION,
    LEADING,
    LEFT,
    RIGHT,
    ROOM,
    Cell,
    Column,
    Flow,
    draw_cell,
    wrapped,
)
from mhtracker.reports.paper.page_frame import label
from mhtracker.reports.person.words import BLANK, said

MOST_ENDED, MOST_STEPS = 6, 6
_LABEL, _BAR, _WAS = 140.0, 92.0, 42.0
_BLOCK, _TALL, _GAP = 10.2, 5.6, 2.0


def draw_readiness(flow: Flow, summary: CaseSummary) -> None:
    """Every domain with three blocks, what it was before, and what shows it; one line where nothing is rated."""
    held, before = summary.around.latest_ratings(), earlier_ratings(summary)
    if not held:
        flow.y -= 4
        flow.facts([("Readiness", BLANK)], left=LEFT, right=RIGHT)
        return
    latest = max(rating.rated_on for rating in held.values())
    was = f", was {sum((before.get(d) or r).rating for d, r in held.items())}" if before else ""
    flow.need(60)
    _readiness_head(flow, f"{text.format_date(latest)}: {total_words(held)}{was}")
    for domain, words in summary.domains:
        _readiness_row(flow, summary, words, held.get(domain), before.get(domain))


def earlier_ratings(summary: CaseSummary) -> dict[str, Rating]:
    """The rating before the one that holds, by domain."""
    held, before = summary.around.latest_ratings(), dict[str, Rating]()
    for rating in summary.around.ratings:
        if rating.id != held[rating.domain].id:
            before.setdefault(rating.domain, rating)
    return before


def _readiness_head(flow: Flow, words: str) -> None:
    flow.y -= 18.0
    for x, title in ((LEFT, "Readiness"), (LEFT + _LABEL, words), (LEFT + _LABEL + _BAR + _WAS + 20, "Evidence")):
        flow.sheet.text(x, flow.y, title, font=SEMIBOLD, size=CAPTION, fill=PAPER.text2)
    flow.y -= 4.6
    flow.sheet.line((LEFT, flow.y, RIGHT, flow.y), stroke=PAPER.line2)


def _readiness_row(flow: Flow, summary: CaseSummary, words: str, rating: Rating | None, before: Rating | None) -> None:
    left = LEFT + _LABEL + _BAR + _WAS + 20
    evidence = Cell(rating.evidence) if rating is not None and rating.evidence else BLANK
    names = wrapped("", words, BODY, _LABEL - 6)
    lines = wrapped("", evidence.words, BODY, RIGHT - left)
    tall = max(len(names), len(lines)) * LEADING + 4.3
    if flow.need(tall):
        _readiness_head(flow, "")
    base = flow.y - 11.6
    draw_cell(flow.sheet, LEFT, base, Cell(words), names)
    x = LEFT + _LABEL
    for number in range(HIGHEST):
        full = rating is not None and number < rating.rating
        edge = PAPER.text if rating is not None else PAPER.line2
        box = (x + number * (_BLOCK + _GAP), base + 0.6, _BLOCK, _TALL)
        flow.sheet.rect(box, fill=PAPER.text if full else None, edge=edge)
    x += HIGHEST * (_BLOCK + _GAP) + 5
    if rating is None:
        flow.sheet.text(x, base, "not rated", fill=PAPER.text3)
    else:
        flow.sheet.text(x, base, str(rating.rating), font=SEMIBOLD)
        flow.sheet.text(x + 8, base, RATING_WORDS[rating.rating])
    if rating is not None and before is not None and before.rating != rating.rating:
        flow.sheet.text_right(left - 8, base, f"was {before.rating}", fill=PAPER.text2)
    if rating is not None:
        draw_cell(flow.sheet, left, base, evidence, lines)
    flow.y -= tall
    flow.sheet.line((LEFT, flow.y, RIGHT, flow.y), stroke=PAPER.line2)


def draw_barriers(flow: Flow, summary: CaseSummary) -> None:
    """Open barriers, longest first, then the latest that ended, with their days; one line where there are none."""
    around, as_at = summary.around, summary.as_at
    if not around.barriers:
        flow.facts([("Barriers", Cell("None recorded", fill=PAPER.text3))], left=LEFT, right=RIGHT)
        return
    ended = [barrier for barrier in around.barriers if barrier.ended_on is not None]
    flow.need(60)
    flow.y -= 5
    columns = (
        Column("Barrier", ROOM - 292),
        Column("From", 66),
        Column("To", 66),
        Column("Days", 46, right=True),
        Column("Put down to", 114),
    )
    flow.table(columns, [_barrier(summary, each) for each in (*around.open_barriers(), *ended[:MOST_ENDED])])
    delays = delayed_days(around.barriers, min(b.started_on for b in around.barriers), as_at)
    held = [f"{label(summary, 'delay_reason', code)} {text.format_days(n)}" for code, n in delays.by_reason.items()]
    more = f" {text.count(len(ended) - MOST_ENDED, 'earlier barrier')} left out." if len(ended) > MOST_ENDED else ""
    total = f"{text.count(delays.total, 'day')} held up in all"
    spread = f" ({'; '.join(held)})" if len(held) > 1 else ""
    flow.y -= 1
    flow.words(f"{total}{spread}.{more}", size=CAPTION, fill=PAPER.text2)


def _barrier(summary: CaseSummary, barrier: Barrier) -> tuple[Cell, ...]:
    words = label(summary, "delay_reason", barrier.code)
    more = f". {barrier.note}" if barrier.note else ""
    is_open = barrier.ended_on is None
    state = "Open " if is_open else "Ended "
    return (
        Cell(f"{words}{more}", lead=state, sign=signs.STUCK if is_open else signs.IN_DATE),
        Cell(text.format_date(barrier.started_on)),
        Cell(text.format_date(barrier.ended_on) or "–"),
        Cell(text.format_days(barrier_days(barrier, summary.as_at))),
        said(label(summary, "attributable", barrier.attributable)),
    )


def draw_actions(flow: Flow, summary: CaseSummary) -> None:
    """What is still to be done, soonest first, of ready-made steps the next few; one line where nothing is."""
    still = summary.around.open_actions()
    steps = [each for each in still if each.phase]
    later = steps[MOST_STEPS:]
    still = [each for each in still if each not in later]
    if not still:
        flow.facts([("Actions", Cell("Nothing open", fill=PAPER.text3))], left=LEFT, right=RIGHT)
        return
    flow.need(60)
    flow.y -= 5
    columns = (Column("Action", ROOM - 296), Column("Who", 104), Column("By", 88), Column("Status", 104))
    flow.table(columns, [_action(summary, each) for each in still])
    if later:
        last = text.format_date(later[-1].due_on)
        flow.y -= 1
        flow.words(f"{text.count(len(later), 'later step')}, to {last}.", size=CAPTION, fill=PAPER.text2)


def _action(summary: CaseSummary, action: Action) -> tuple[Cell, ...]:
    stands = due(action.due_on, summary.as_at)
    sign, fill = signs.sign_of(stands.state)
    words = text.due_words(stands) if stands.state != "in_date" else text.in_words(-stands.days)
    return (
        Cell(action.what),
        said(summary.worker_names.get(action.worker_id or "", action.owner)),
        Cell(text.format_date(action.due_on, weekday=True)) if action.due_on else Cell("No day set", fill=PAPER.text3),
        Cell(lead=words, fill=fill, sign=sign) if action.due_on else Cell("Open"),
    )
