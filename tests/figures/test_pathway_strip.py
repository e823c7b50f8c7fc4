from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QByteArray
from PySide6.QtSvg import QSvgRenderer
from reportlab.graphics.shapes import Line, Rect, String

from mhtracker.domain.pathway import DEFAULT_STAGES
from mhtracker.domain.records import LegalAndStatus, Placement, Stage, StatusKind
from mhtracker.domain.summary import CaseSummary
from mhtracker.figures import fonts
from mhtracker.figures.palette import CONTRAST, DARK, PAPER
from mhtracker.figures.pathway_strip import draw_pathway_strip, natural_height
from mhtracker.figures.picture import Picture
from mhtracker.figures.stage_heights import stage_heights
from tests.figures import people


def words_in(picture: Picture) -> list[str]:
    return [shape.text for shape in picture.drawing.contents if isinstance(shape, String)]


def boxes_of_words(picture: Picture) -> list[tuple[float, float, float, float, str]]:
    boxes = []
    for shape in picture.drawing.contents:
        if isinstance(shape, String):
            wide = fonts.text_width(shape.text, shape.fontName, shape.fontSize)
            top = shape.y + shape.fontSize * 0.66
            boxes.append((shape.x, shape.y, shape.x + wide, top, shape.text))
    return boxes


def bars_of(picture: Picture, colours: set[str]) -> list[Rect]:
    found = []
    for shape in picture.drawing.contents:
        if isinstance(shape, Rect) and shape.fillColor is not None and shape.strokeColor is not None:
            fill = f"#{shape.fillColor.hexval()[2:]}".upper()
            if fill in colours and shape.height != shape.width:
                found.append(shape)
    return found


STAGE_FILLS = {stage.fill.upper() for stage in PAPER.stages.values()}

stays = st.lists(
    st.tuples(st.sampled_from(list(people.STAGES)), st.integers(0, 3000), st.integers(0, 400)), min_size=1, max_size=12
)


@given(stays, st.floats(300, 1600))
def test_a_bar_is_as_long_as_its_stay_to_within_a_day(drawn: list[tuple[str, int, int]], width: float) -> None:
    placements: list[Placement] = []
    day = people.AS_AT
    for number, (stage, length, gap) in enumerate(drawn):
        start = day - timedelta(days=length)
        placements.append(people.a_stay(stage, start, day, f"House {number}", id=f"stay-{number}"))
        day = start - timedelta(days=gap)
    picture = draw_pathway_strip(people.summary_of(people.a_person(), placements), width=width)
    bars = bars_of(picture, STAGE_FILLS)
    assert len(bars) == len(placements)
    first = min(placement.started_on for placement in placements)
    left, right = min(bar.x for bar in bars), max(bar.x + bar.width for bar in bars)
    days_drawn = (people.AS_AT - first).days
    if days_drawn < 30:
        return
    per_day = (right - left) / days_drawn
    shown = sorted((round((bar.x - left) / per_day, 3), bar.width / per_day) for bar in bars)
    meant = sorted(
        ((p.started_on - first).days, ((p.ended_on or people.AS_AT) - p.started_on).days) for p in placements
    )
    for (begins, lasts), (begun, days) in zip(shown, meant, strict=True):
        assert abs(begins - begun) <= 1
        assert abs(lasts - days) <= 1


MANY = [
    people.a_summary(),
    people.an_empty_summary(),
    people.a_crowded_summary(),
    people.summary_of(people.a_person(), [people.a_stay("enablement", people.AS_AT, None, "Step House")]),
    people.a_summary(
        targets=[
            people.a_target(1, date(2026, 4, 30), date(2025, 1, 30)),
            people.a_target(2, date(2026, 2, 10), date(2025, 3, 30)),
        ]
    ),
]


@pytest.mark.parametrize("width", [260, 380, 521, 760, 1215, 2400])
@pytest.mark.parametrize("summary", MANY, ids=["full", "empty", "crowded", "one day", "brought forward"])
def test_no_words_lie_over_others_at_any_width(summary: CaseSummary, width: float) -> None:
    boxes = boxes_of_words(draw_pathway_strip(summary, width=width))
    for number, one in enumerate(boxes):
        for other in boxes[number + 1 :]:
            apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
            assert apart, (one, other)


@pytest.mark.parametrize("width", [260, 521, 1215])
@pytest.mark.parametrize("summary", MANY, ids=["full", "empty", "crowded", "one day", "brought forward"])
def test_nothing_is_written_outside_the_picture(summary: CaseSummary, width: float) -> None:
    for left, bottom, right, top, words in boxes_of_words(draw_pathway_strip(summary, width=width)):
        assert left >= -0.01, words
        assert right <= width + 0.01, words
        assert bottom >= 0, words
        assert top <= natural_height(8.25), words


def test_every_stay_review_target_and_status_can_be_pointed_at() -> None:
    summary = people.a_summary()
    marks = draw_pathway_strip(summary, width=1215, text_size=12).marks
    ids = {mark.record_id for mark in marks}
    assert {stay.placement.id for stay in summary.stays} <= ids
    assert {line.review.id for line in summary.reviews} <= ids
    assert {"target-1", "target-3", "status-1", "plan-1"} <= ids
    assert all(mark.w > 0 and mark.h > 0 for mark in marks)


def test_what_lies_under_the_pointer_is_found() -> None:
    picture = draw_pathway_strip(people.a_summary(), width=1215, text_size=12)
    bar = next(mark for mark in picture.marks if "Beech Lodge" in mark.words)
    assert picture.mark_at(bar.x + bar.w / 2, bar.y + bar.h / 2) == bar
    assert picture.mark_at(-5, -5) is None


def test_the_description_tells_what_the_picture_shows() -> None:
    said = draw_pathway_strip(people.a_summary(), width=900).description
    for words in (
        "PRZYKŁAD, Marek",
        "Residential, Beech Lodge, 12 Feb 2018 to 19 Mar 2024, 6 years 1 month",
        "Gap 55 days, stayed with sister while Step House was refitted",
        "Original 30 Jan 2026",
        "Current 30 Sep 2026",
        "Slipped 8 months in 2 changes",
        "Review held 21 Jun 2025",
        "Review booked for 22 Jul 2026 at 10:30",
        "Review due 21 Jun 2026, 23 days overdue",
        "s117 after-care since 12 Feb 2018",
        "Aim: Own tenancy",
    ):
        assert words in said


def test_overdue_says_so_in_words() -> None:
    assert "23 days overdue · booked 22 Jul" in words_in(draw_pathway_strip(people.a_summary(), width=900))


def test_slip_and_both_flags_are_named() -> None:
    words = words_in(draw_pathway_strip(people.a_summary(), width=900))
    assert {"Original 30 Jan 2026", "Current 30 Sep 2026", "+8 months"} <= set(words)


def test_a_plan_that_was_met_is_not_called_a_date_never_recorded() -> None:
    whole = people.a_summary()
    assert whole.move_on is not None
    met = replace(whole.move_on, plan=replace(whole.move_on.plan, ended_on=date(2026, 7, 3), end_reason="met"))
    given_up = replace(met, plan=replace(met.plan, end_reason="given_up"))
    for past, said in (
        ((met,), "No move-on date now; the last plan was met on 3 Jul 2026"),
        ((given_up,), "No move-on date recorded"),
        ((), "No move-on date recorded"),
    ):
        assert said in words_in(draw_pathway_strip(replace(whole, move_on=None, past_plans=past), width=900))


def test_an_end_that_lies_ahead_has_not_happened() -> None:
    ahead = people.a_stay("supported", date(2025, 1, 1), people.AS_AT + timedelta(days=90), "Harbour Court")
    picture = draw_pathway_strip(people.summary_of(people.a_person(), [ahead]), width=900)
    (bar,) = bars_of(picture, STAGE_FILLS)
    assert "to now" in picture.description
    assert bar.x + bar.width == pytest.approx(picture_today(picture), abs=0.5)


def picture_today(picture: Picture) -> float:
    today = next(s for s in picture.drawing.contents if isinstance(s, String) and s.text == "Today")
    return float(today.x + fonts.text_width("Today", fonts.SEMIBOLD, today.fontSize) / 2)


def test_a_hospital_stay_shows_in_front_of_the_place_kept() -> None:
    home = people.a_stay("residential", date(2020, 1, 1), None, "Beech Lodge")
    ward = people.a_stay("hospital", date(2023, 1, 1), date(2023, 6, 1), "Ashdown Ward")
    picture = draw_pathway_strip(people.summary_of(people.a_person(), [home, ward]), width=900)
    under, over = bars_of(picture, STAGE_FILLS)
    assert under.width > over.width
    assert under.height > over.height


def test_after_care_of_unknown_start_reaches_back_to_the_edge() -> None:
    summary = people.a_summary(statuses=[LegalAndStatus("s", "person-1", StatusKind.S117, "3")])
    assert "s117 after-care since before records began" in draw_pathway_strip(summary, width=900).description


def test_someone_who_died_is_shown_so() -> None:
    person = people.a_person(died_on=date(2026, 6, 1))
    assert "Died 1 Jun 2026" in words_in(draw_pathway_strip(people.a_summary(person), width=900))


HOSTILE = ["<b>", "<Zelenka>", "O'Brien", "R&D", "a]]>b", 'x"y', "محمد", "😀", "e\u0301", "\u202eabc", "nul\0l"]


@pytest.mark.parametrize("name", HOSTILE)
def test_svg_is_well_formed_whatever_the_names_are(name: str) -> None:
    stay = people.a_stay("residential", date(2020, 1, 1), None, name)
    picture = draw_pathway_strip(people.summary_of(people.a_person(name, name), [stay]), width=900)
    drawn = "".join(ElementTree.fromstring(picture.svg()).itertext())
    assert fonts.printable(name) in drawn


@pytest.mark.parametrize("palette", [PAPER, DARK, CONTRAST], ids=["paper", "dark", "contrast"])
@pytest.mark.parametrize("summary", MANY, ids=["full", "empty", "crowded", "one day", "brought forward"])
def test_qt_reads_the_svg(summary: CaseSummary, palette: object, qapp: object) -> None:
    picture = draw_pathway_strip(summary, palette, width=900, text_size=12)  # type: ignore[arg-type]
    renderer = QSvgRenderer(QByteArray(picture.svg()))
    assert renderer.isValid()
    assert renderer.defaultSize().width() == 900


def test_palettes_colour_the_same_stages() -> None:
    assert set(PAPER.stages) == set(DARK.stages) == set(CONTRAST.stages) == {stage.id for stage in DEFAULT_STAGES}


def test_looking_back_is_not_called_today() -> None:
    from datetime import UTC, datetime

    summary = replace(people.a_summary(), read_at=datetime(2026, 11, 2, 9, 0, tzinfo=UTC))
    assert "As at 14 Jul 2026" in words_in(draw_pathway_strip(summary, width=900))


def test_the_usual_stages_keep_their_heights_and_others_stand_between() -> None:
    heights = stage_heights(DEFAULT_STAGES)
    usual = [heights[key] for key in ("hospital", "residential", "enablement", "supported", "independent")]
    assert usual == [0.38, 0.50, 0.66, 0.83, 1.0]
    assert heights["hospital"] < heights["nursing"] < heights["residential"]
    assert heights["supported"] < heights["visiting"] < heights["floating"] < heights["independent"]


@given(st.lists(st.tuples(st.text("abcd", min_size=1, max_size=3), st.integers(-5, 90)), min_size=1, max_size=12))
def test_heights_never_fall_as_levels_rise(made: list[tuple[str, int]]) -> None:
    named = dict(made)
    known = {"residential": 30, "hospital": 50} if len(made) % 2 else {"supported": 40}
    stages = [Stage(key, key, "x", "x", level) for key, level in (named | known).items()]
    heights = stage_heights(stages)
    ordered = [heights[stage.id] for stage in sorted(stages, key=lambda stage: (stage.level, stage.id))]
    assert ordered == sorted(ordered)
    assert all(0.38 <= height <= 1 for height in ordered)


def test_a_booking_given_up_after_the_day_shown_still_stands_on_it() -> None:
    booked = people.a_review(
        1, booked_on=people.AS_AT + timedelta(days=9), abandoned_on=people.AS_AT + timedelta(days=2)
    )
    stay = people.a_stay("supported", date(2025, 1, 1))
    picture = draw_pathway_strip(people.summary_of(people.a_person(), [stay], reviews=[booked]), width=900)
    assert "Review booked for 23 Jul 2026" in [mark.words for mark in picture.marks]


@pytest.mark.parametrize("stage", list(people.STAGES))
@pytest.mark.parametrize("width", [300, 520, 900])
def test_the_aim_is_not_struck_through_by_its_own_line(stage: str, width: float) -> None:
    whole = people.a_summary()
    assert whole.move_on is not None
    aim = people.STAGES[stage]
    summary = replace(
        whole, move_on=replace(whole.move_on, aim_stage=aim, plan=replace(whole.move_on.plan, aim="Home"))
    )
    picture = draw_pathway_strip(summary, width=width)
    dashed = [s for s in picture.drawing.contents if isinstance(s, Line) and s.strokeDashArray and s.y1 == s.y2]
    assert dashed
    for left, bottom, right, top, words in boxes_of_words(picture):
        for line in dashed:
            assert not (left < line.x2 and line.x1 < right and bottom < line.y1 < top), words
