"""The caseload's columns: what each says of a person's line on the day looked at."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from mhtracker import text
from mhtracker.domain.caseload import CaseloadLine
from mhtracker.domain.dates import age_on
from mhtracker.domain.fields import label_of
from mhtracker.domain.records import DatePrecision, DueState, Stage
from mhtracker.ui.table_cells import BadgeFacts, Column, StageFacts, TargetFacts
from mhtracker.ui.widgets.shapes import SHAPE_OF_DUE
from mhtracker.ui.widgets.tiny_strip import StripAxis, StripFacts

YEARS_BACK, YEARS_AHEAD = 10, 2


@dataclass
class LineWords:
    """What a line's ids, codes and dates are read with; the page keeps it up to date."""

    as_at: date
    stages: Mapping[str, Stage] = field(default_factory=dict)
    labels: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def label(self, list_name: str, code: str | None) -> str:
        """The council's own words for a code, or the usual ones."""
        return self.labels.get((list_name, code), label_of(list_name, code)) if code else ""


def strip_axis(as_at: date) -> StripAxis:
    """The time that all strips share: from ten years back to somewhat over two years ahead."""
    return StripAxis(date(as_at.year - YEARS_BACK, 1, 1), date(as_at.year + YEARS_AHEAD, 8, 1), as_at)


def name_words(line: CaseloadLine) -> str:
    """`PRZYKŁAD, Marek`."""
    return text.name_in_order(line.surname, line.given_names)


def age_words(line: CaseloadLine, as_at: date) -> str:
    """Full years, with "about" where only the month or year of birth is known."""
    if line.born_on is None:
        return ""
    age = str(age_on(line.born_on, as_at))
    return age if line.born_precision == DatePrecision.DAY else f"c. {age}"


def review_badge(line: CaseloadLine, as_at: date) -> BadgeFacts:
    """The review as it stands: tinted when something is to be done now."""
    due = line.review_due(as_at)
    words = text.review_words_of(
        due,
        as_at,
        never=line.review_never,
        booked_on=line.review_booked_on,
        booked_time=line.review_booked_time,
    )
    if due.state == DueState.OVERDUE:
        return BadgeFacts("overdue", words)
    if words.startswith("Today") or due.state == DueState.DUE_TODAY:
        return BadgeFacts("today", words)
    if words.startswith("Booked"):
        return BadgeFacts("booked", words, quiet=True)
    return BadgeFacts(SHAPE_OF_DUE[due.state], words, quiet=True)


def target_badge(original_on: date | None, current_on: date | None, as_at: date) -> BadgeFacts:
    """How a move-on target stands: none, past, slipped, or on course."""
    words = text.target_words_of(original_on, current_on, as_at)
    if original_on is None or current_on is None:
        shape = "none"
    elif current_on < as_at:
        shape = "overdue"
    else:
        shape = "slipped" if current_on > original_on else "in_date"
    return BadgeFacts(shape, words, quiet=True)


def strip_facts(line: CaseloadLine, words: LineWords) -> StripFacts:
    """The stays of a line as the tiny strip draws them."""
    spans = []
    for part in filter(None, line.strip.split(";")):
        stage_id, start, end = part.split(":")
        stage = words.stages.get(stage_id)
        spans.append(
            (
                stage.colour if stage else stage_id,
                date.fromisoformat(start),
                date.fromisoformat(end) if end else None,
            )
        )
    return StripFacts(tuple(spans), line.target_on)


def strip_words(line: CaseloadLine, words: LineWords) -> str:
    """The stays in words, oldest first, for those who cannot see the strip."""
    said = []
    for part in filter(None, line.strip.split(";")):
        stage_id, start, end = part.split(":")
        stage = words.stages.get(stage_id)
        last = date.fromisoformat(end) if end else None
        said.append(f"{stage.label if stage else stage_id} {text.format_period(date.fromisoformat(start), last)}")
    return "; ".join(said)


def target_words(line: CaseloadLine, as_at: date) -> str:
    """`30 Sep 2026, +8 months`, or `No target`."""
    words = text.target_words_of(line.target_original_on, line.target_on, as_at)
    return f"{text.format_date(line.target_on)}, {words}" if line.target_on else words


def caseload_columns(words: LineWords) -> tuple[Column, ...]:
    """Every column there is, the usual ones first. `shown` marks those shown unless somebody chose otherwise."""
    return (*_usual(words), *_further(words))


def _usual(words: LineWords) -> Sequence[Column]:
    def stage(line: CaseloadLine) -> StageFacts | None:
        found = words.stages.get(line.stage_id or "")
        return StageFacts(found.letter, found.colour, found.label) if found else None

    def target(line: CaseloadLine) -> TargetFacts:
        badge = target_badge(line.target_original_on, line.target_on, words.as_at)
        return TargetFacts(text.format_date(line.target_on), badge)

    def days(line: CaseloadLine) -> str:
        return text.format_days(line.days_in_stage(words.as_at))

    def person_tip(line: CaseloadLine) -> str:
        known = f", known as {line.known_as}" if line.known_as else ""
        nhs = f" · NHS {text.format_nhs(line.nhs_number)}" if line.nhs_number else ""
        return f"{name_words(line)}{known} · {line.ref}{nhs}"

    return (
        Column("person", "Person", 168, name_words, "strong", sort="name", tooltip=person_tip),
        Column(
            "age", "Age", 46, lambda line: age_words(line, words.as_at), "number", sort="age", gives=5,
            copy=lambda line: age_words(line, words.as_at).removeprefix("c. "),
        ),
        Column("stage", "Stage", 132, lambda line: line.stage, "stage", stage, sort="stage", tooltip=_tip("stage")),
        Column("service", "Service", 112, lambda line: line.service, sort="service", tooltip=_tip("service"), gives=1),
        Column(
            "days", "Days", 56, days, "number", sort="days", about="Days in the present stage",
            copy=lambda line: days(line).replace(",", ""),
        ),
        Column(
            "strip", "Pathway", 176, lambda line: strip_words(line, words), "strip",
            lambda line: strip_facts(line, words), about="Placements drawn to scale, with today and the target",
            tooltip=lambda line: strip_words(line, words), gives=3,
        ),
        Column(
            "review", "Review", 158, lambda line: review_badge(line, words.as_at).words, "badge",
            lambda line: review_badge(line, words.as_at), sort="review",
            tooltip=lambda line: review_tip(line, words.as_at), copy=_day_of("review_due_on"),
        ),
        Column(
            "target", "Move-on target", 194, lambda line: target_words(line, words.as_at), "target", target,
            sort="target", tooltip=lambda line: target_tip(line, words.as_at), copy=_day_of("target_on"),
        ),
        Column(
            "s117", "s117", 44, lambda line: "Yes" if line.s117 else "No", "tick", lambda line: line.s117,
            sort="s117", about="Has a right to after-care under section 117", gives=2,
        ),
        Column(
            "worker", "Worker", 96, lambda line: text.short_worker(line.worker), "quiet", sort="worker",
            tooltip=_tip("worker"), accessible=lambda line: line.worker, copy=lambda line: line.worker, gives=4,
        ),
    )  # fmt: skip


def _further(words: LineWords) -> Sequence[Column]:
    def hidden(
        key: str,
        title: str,
        width: int,
        say: Callable[[CaseloadLine], str],
        kind: str = "text",
        copy: Callable[[CaseloadLine], str] | None = None,
    ) -> Column:
        return Column(key, title, width, say, kind, sort=key, tooltip=say, shown=False, copy=copy)

    def day(key: str, title: str, width: int, name: str) -> Column:
        return hidden(key, title, width, lambda line: text.format_date(getattr(line, name)), copy=_day_of(name))

    return (
        hidden("ref", "Ref", 88, lambda line: line.ref),
        hidden("nhs_number", "NHS number", 108, lambda line: text.format_nhs(line.nhs_number)),
        hidden("local_id", "Local id", 88, lambda line: line.local_id or ""),
        hidden("born", "Born", 92, born_words, copy=born_to_copy),
        hidden("gender", "Gender", 84, lambda line: words.label("gender", line.gender)),
        hidden("locality", "Locality", 104, lambda line: line.locality),
        hidden("provider", "Provider", 120, lambda line: line.provider),
        hidden("team", "Team", 112, lambda line: line.team),
        day("since", "Since", 92, "since_on"),
        day("original_target", "Original target", 100, "target_original_on"),
        hidden("slips", "Target changes", 100, lambda line: str(line.slips) if line.slips else "", "number"),
        day("last_review", "Last reviewed", 98, "last_reviewed_on"),
        day("booked", "Review booked", 98, "review_booked_on"),
        hidden("accommodation", "Accommodation", 170, lambda line: words.label("accommodation", line.accommodation)),
        hidden("employment", "Employment", 170, lambda line: words.label("employment", line.employment)),
        hidden(
            "weekly_cost",
            "Cost a week",
            88,
            lambda line: text.format_pence(line.weekly_cost_pence),
            "number",
            lambda line: pounds(line.weekly_cost_pence),
        ),
        hidden(
            "weekly_charge",
            "Pays a week",
            88,
            lambda line: "Nil: s117" if line.charge else text.format_pence(line.weekly_charge_pence),
            "number",
            lambda line: pounds(0 if line.charge else line.weekly_charge_pence),
        ),
        hidden("charge", "Charged on s117", 116, _not_charged),
        hidden("barrier", "Held up by", 170, lambda line: words.label("delay_reason", line.barrier)),
        hidden("barriers", "Barriers", 72, lambda line: str(line.barriers) if line.barriers else "", "number"),
        day("left", "Left", 92, "left_on"),
    )


def _not_charged(line: CaseloadLine) -> str:
    return f"Recorded {text.format_pence(line.weekly_charge_pence)}" if line.charge else ""


def _day_of(name: str) -> Callable[[CaseloadLine], str]:
    def told(line: CaseloadLine) -> str:
        day: date | None = getattr(line, name)
        return day.isoformat() if day is not None else ""

    return told


def pounds(pence: int | None) -> str:
    """An amount as a spreadsheet reads it."""
    return f"{pence / 100:.2f}" if pence is not None else ""


def born_to_copy(line: CaseloadLine) -> str:
    """A birth date as a date, or in words as far as it is known."""
    exact = line.born_on is not None and line.born_precision == DatePrecision.DAY
    return line.born_on.isoformat() if exact and line.born_on is not None else born_words(line)


def _tip(name: str) -> Callable[[CaseloadLine], str]:
    return lambda line: str(getattr(line, name))


def born_words(line: CaseloadLine) -> str:
    """The birth date as exactly as it is known."""
    if line.born_on is None:
        return ""
    if line.born_precision == DatePrecision.MONTH:
        return text.format_month(line.born_on)
    return str(line.born_on.year) if line.born_precision == DatePrecision.YEAR else text.format_date(line.born_on)


def review_tip(line: CaseloadLine, as_at: date) -> str:
    """The dates behind the review's badge."""
    if line.review_due_on is None:
        return "No review is due"
    what = "First review" if line.review_first else "Review"
    said = [f"{what} due {text.format_date(line.review_due_on, weekday=True)}"]
    if line.review_booked_on is not None:
        said.append(text.first_lower(text.booking_words(line.review_booked_on, line.review_booked_time, as_at)))
    if line.last_reviewed_on is not None:
        said.append(f"last held {text.format_date(line.last_reviewed_on)}")
    return ", ".join(said)


def target_tip(line: CaseloadLine, as_at: date) -> str:
    """The dates behind the target's words."""
    if line.target_on is None:
        return "No move-on target is set"
    said = [f"Target {text.format_date(line.target_on, weekday=True)}"]
    if line.target_original_on and line.target_original_on != line.target_on:
        said.append(f"originally {text.format_date(line.target_original_on)}")
    if line.slips:
        said.append(text.count(line.slips, "change"))
    return ", ".join(said)
