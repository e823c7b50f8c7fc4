"""Every figure a manager is given says what it counts and from what, and is as large as the people behind it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

import pytest

from mhtracker.analysis.figures_told import FIGURES
from mhtracker.analysis.month import read_month
from mhtracker.analysis.month_tables import month_tables
from mhtracker.analysis.progress import complete_figures, first_figures
from mhtracker.analysis.provider_tables import provider_tables
from mhtracker.analysis.returned import who_returned
from mhtracker.analysis.share import percent
from mhtracker.analysis.stay_ranges import stay_ranges
from mhtracker.analysis.tables import Kind
from mhtracker.cli import main
from mhtracker.domain.counting.spells import Exit
from mhtracker.domain.records import Person, Provider
from mhtracker.operations.demo.making import make_demo
from mhtracker.store import FixedClock, open_register
from mhtracker.store.queries.provider_quarter import read_provider_quarter

TODAY, FROM = date(2026, 7, 14), date(2025, 7, 15)


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    path = tmp_path_factory.mktemp("told") / "demo.mhtracker"
    make_demo(path, people=120, as_at=TODAY).close()
    return path


@pytest.fixture(scope="module")
def answer(path, tmp_path_factory):
    out = tmp_path_factory.mktemp("answer") / "progress.json"
    with pytest.MonkeyPatch.context() as patch, out.open("w", encoding="utf-8") as file:
        patch.setattr("sys.stdout", file)
        assert main(["progress", str(path), "--from", FROM.isoformat(), "--as-at", TODAY.isoformat(), "--json"]) == 0
    return json.loads(out.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def store(path):
    with open_register(path, who="Ann", clock=FixedClock(TODAY)) as store:
        yield store


@pytest.fixture(scope="module")
def figures(store):
    return first_figures(store, FROM, TODAY)


@pytest.fixture(scope="module")
def progress(store, figures):
    return complete_figures(store, figures, FROM, TODAY)


def leaves(value, path=()):
    """(path without places in lists, number) of everything that is a number."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, (*path, key))
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner, path)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield ".".join(path), value


def test_every_number_of_the_answer_has_a_definition_and_a_source(answer):
    told = {each["figure"]: each for each in answer["definitions"]}
    paths = {path for path, _ in leaves({key: value for key, value in answer.items() if key != "definitions"})}
    measured = {path for path in paths if path.startswith("measures.")}
    assert len(paths) > 60
    assert paths - measured - set(told) == set()
    for each in (*told.values(), *answer["measures"].values()):
        assert each["definition"].endswith(".")
        assert each["definition"][0].isupper()
        assert each["source"]
    assert {path: (each.definition, each.source) for path, each in FIGURES.items()} == {
        path: (each["definition"], each["source"]) for path, each in told.items()
    }


def test_every_definition_is_of_a_figure_that_is_there(answer):
    def keys(value, path=()):
        if isinstance(value, dict):
            for key, inner in value.items():
                yield from keys(inner, (*path, key))
        elif isinstance(value, list):
            for inner in value:
                yield from keys(inner, path)
        yield ".".join(path)

    assert set(FIGURES) <= set(keys(answer))


def people_behind(figures, progress):
    """The people counted by each figure that counts people, by its path and the line it stands in."""
    found: dict[tuple[str, str], Sequence[str]] = {}
    for each in progress.flow.stages:
        parts = {"opening": each.opening, "in": each.came, "out": each.went, "closing": each.closing}
        found |= {("stages." + name, each.stage_id): people for name, people in parts.items()}
    moves = progress.flow.moves
    for name, wanted in (("onward", Exit.ONWARD), ("back", Exit.BACK)):
        found["moves." + name, ""] = [move.person_id for move in moves if move.way == wanted]
    for name, planned in (("planned", True), ("unplanned", False)):
        found["moves." + name, ""] = [move.person_id for move in moves if move.planned is planned]
    for stage_id, stays in stay_ranges(figures.spells).items():
        found["length_of_stay.people", stage_id] = stays.of
        found["length_of_stay.completed", stage_id] = stays.ended
    for delay in progress.delays:
        found["delays.people", delay.code] = delay.people
    found["delayed_people", ""] = progress.delayed_people
    for name in ("in_date", "due_soon", "overdue", "never"):
        found["reviews." + name, ""] = getattr(progress.reviews, name)
    returned, money, programme = who_returned(figures.spells), progress.money, progress.programme
    found |= {("returns.within_a_year", ""): returned.back, ("returns.watched", ""): returned.of}
    found |= {("money.by_stage.people", each.key): each.people for each in money.stages}
    found["money.cost_not_recorded", ""] = money.unknown
    found["money.on_nhs_wards", ""] = money.on_wards
    found["money.moves_saved", ""] = [each.person_id for each in money.saved]
    found["money.moves_not_counted", ""] = money.not_counted
    found["money.moves_back_counted", ""] = [each.person_id for each in money.savings.back]
    found["money.moves_back_not_counted", ""] = money.savings.back_unknown
    for name in ("moved", "waiting", "gone"):
        found[f"programme.{name}{'_on' if name == 'moved' else ''}", ""] = getattr(programme.now, name)
    found["programme.entered_since", ""] = programme.entered
    found["programme.entered_moved_on", ""] = programme.entered_moved
    return found


def number_at(answer, path, line):
    """The number of a path; in a list, of the line that bears a key."""
    value = answer
    for part in path.split("."):
        if isinstance(value, list):
            value = next(each for each in value if line in (each.get("stage"), each.get("code")))
        value = value[part]
    return value


def test_every_figure_that_counts_people_is_as_many_as_the_people_behind_it(answer, figures, progress, store):
    known = {person.id for person in store.find(Person)}
    behind = people_behind(figures, progress)
    for (path, line), people in behind.items():
        assert number_at(answer, path, line) == len(people), (path, line)
        assert set(people) <= known
    assert {path for path, _ in behind} <= set(FIGURES)
    for key, share in progress.measures.items():
        told = answer["measures"][key]
        assert (told["numerator"], told["denominator"]) == (len(share.counted), len(share.of)), key
        assert told["percent"] == percent(len(share.counted), len(share.of))
        assert (told["name"], told["definition"], told["source"]) == (share.name, share.definition, share.source)
        assert set(share.of) <= known
        rest = list(share.of)
        for person_id in share.counted:
            rest.remove(person_id)  # nobody is counted who is not in the whole
        assert not {who for people in share.left_out.values() for who in people} & set(share.counted)


def test_every_table_of_the_month_and_of_a_provider_is_told_and_every_percentage_has_its_two_counts(store):
    month = month_tables(read_month(store, FROM, TODAY))
    providers = [provider_tables(read_provider_quarter(store, each.id, TODAY)) for each in store.find(Provider)]
    assert providers
    for table in (*month, *(table for tables in providers for table in tables)):
        assert table.definition.endswith("."), table.key
        assert table.definition[0].isupper()
        assert table.source
        assert all(column.title for column in table.columns[1:]), table.key
        for column in table.columns:
            if column.kind == Kind.PERCENT and not table.named:
                assert column.of is not None
                part, whole = (table.column(title) for title in column.of)
                for row in table.rows:
                    shown, counted, of = row[table.column(column.title)], row[part], row[whole]
                    assert isinstance(counted, int)
                    assert isinstance(of, int)
                    assert shown is None or shown == percent(counted, of)
