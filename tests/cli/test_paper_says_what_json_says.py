"""The numbers on paper are the numbers of the commands' JSON, and those of the workbook."""

from __future__ import annotations

import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from mhtracker import text
from mhtracker.domain.pathway import DEFAULT_STAGES
from tests.cli.conftest import AS_AT

LABELS = {stage.id: stage.label for stage in DEFAULT_STAGES}
PERIOD = ("--from", "2026-07-01", "--as-at", AS_AT)


def words_of(path):
    return " ".join(" ".join(page.extract_text() for page in PdfReader(path).pages).split())


def pounds(value):
    return text.format_pence(round(100 * value))


@pytest.fixture
def asked(run, demo, tmp_path):
    """The month on paper, in the workbook and as JSON."""
    for name in ("m.pdf", "m.xlsx"):
        assert run("pack", demo, "monthly", *PERIOD, "-o", tmp_path / name).code == 0
    progress = run("progress", demo, *PERIOD, "--json").json
    costs = run("costs", demo, "--as-at", AS_AT, "--json").json
    services = run("services", demo, "--as-at", AS_AT, "--json").json
    return words_of(tmp_path / "m.pdf"), CalamineWorkbook.from_path(tmp_path / "m.xlsx"), progress, costs, services


def test_the_monthly_report_says_what_progress_costs_and_services_say(asked):
    words, book, progress, costs, services = asked
    flow = []
    for each in progress["stages"]:
        numbers = [each[name] for name in ("opening", "in", "out", "closing")]
        if not any(numbers):
            continue  # nobody was in it: it has no line on paper
        flow.append([LABELS[each["stage"]], *numbers])
        assert " ".join(map(str, [LABELS[each["stage"]], *numbers])) in words
    for each in progress["length_of_stay"]:
        if each["median_days"] is not None:
            assert f"{LABELS[each['stage']]} {each['people']} {each['completed']}" in words
            assert text.format_duration(each["median_days"]) in words
    for each in progress["delays"]:
        assert f"{each['label']} {each['people']} {text.format_number(each['days'])}" in words
    assert f"All together {progress['delayed_people']} {progress['delayed_days']}" in words
    assert f"Stuck: {len(progress['stuck'])}, the first 25 here" in words
    plan = progress["programme"]
    assert f"Baseline {plan['baseline']}" in words
    assert f"Moved on and stayed on {plan['moved_on']} planned by now: {plan['planned']}" in words
    assert f"Still waiting {plan['waiting']} Died or left {plan['gone']}" in words
    for each in progress["measures"].values():
        assert f"{each['name']} {each['numerator']} {each['denominator']}" in words
    for each in costs["by_stage"]:
        if each["people"]:
            money = [pounds(each[f"weekly_{name}"]) for name in ("gross", "person", "health", "net")]
            assert " ".join([LABELS[each["stage"]], str(each["people"]), *money]) in words
    assert f"{costs['on_nhs_wards']} people on NHS wards" in words
    assert costs["on_nhs_wards"] == progress["money"]["on_nhs_wards"] > 0
    assert costs["cost_not_recorded"] == progress["money"]["cost_not_recorded"] == 0
    people = sum(each["people"] for each in services["services"])
    known = ("places", "free", "held", "out_of_use")
    assert " ".join(map(str, ["All", people, *(services[name] for name in known)])) in words
    _, *rows = book.get_sheet_by_name("Flow").to_python()
    assert rows[:-1] == flow


def column(rows):
    return [row[0] for row in rows]


def test_a_plan_on_paper_is_the_one_that_costs_tells(asked):
    words, book, _, costs, _ = asked
    (plan,) = costs["tables"]
    sheet = next(name for name in book.sheet_names if name.startswith("As is and to be"))
    head, *rows = book.get_sheet_by_name(sheet).to_python()
    assert column(rows) == [*(each["label"] for each in plan["rows"]), "All"]
    for row, each in zip(rows, [*plan["rows"], plan["total"]], strict=True):
        found = dict(zip(head, row, strict=True))
        told = [each[f"{name}_people"] for name in ("as_is", "to_be", "now")]
        assert [found[name] for name in ("As is", "To be", "Now")] == ["" if n is None else n for n in told]
        years = [each[f"{name}_year"] for name in ("as_is", "to_be", "now")]
        cells = [found[f"{name}, a year (£)"] for name in ("As is", "To be", "Now")]
        assert cells == ["" if n is None else n for n in years]
        assert found["Planned (£)"] == each["year_difference"]
        said = [text.format_pence(round(100 * n), whole=True) for n in years if n is not None]
        assert " ".join(said) in words


def test_a_provider_s_sheet_says_what_services_says(run, demo, tmp_path):
    assert run("pack", demo, "provider", "--provider", "Pretend", "--as-at", AS_AT, "-o", tmp_path / "p.pdf").code == 0
    words = words_of(tmp_path / "p.pdf")
    services = run("services", demo, "--as-at", AS_AT, "--json").json["services"]
    mine = [each for each in services if each["provider"] == "Pretend Care"]
    people, places = (sum(each[name] for each in mine) for name in ("people", "places"))
    assert f"{len(mine)} services, {places} places, {people} people" in words
    for each in mine:
        assert text.format_pence(round(100 * each["weekly_rate"]), whole=True) in words
