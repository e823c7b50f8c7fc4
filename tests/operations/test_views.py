"""Views of the caseload kept in the register."""

from __future__ import annotations

import pytest

from mhtracker.domain.errors import Invalid, NotFound
from mhtracker.domain.records import SavedView
from mhtracker.operations.views import delete_view, rename_view, save_view, share_view, update_view
from mhtracker.store import Store
from mhtracker.store.queries.caseload import Filter
from mhtracker.store.queries.views import find_view, list_views

HOMES = (Filter("stage", "=", "residential|nursing"), Filter("since", "<", "2025-01-01"))
ME = "Ewa Fikcyjna"


def save(store: Store, name: str, **options: object) -> SavedView:
    return save_view(store, name=name, filters=HOMES, **options)  # type: ignore[arg-type]


def test_a_view_comes_back_as_it_was_saved(store: Store) -> None:
    save(store, "Homes", sort=(("days", True), ("name", False)), columns=("person", "days"))
    (view,) = list_views(store, ME)
    assert (view.label, view.filters, view.sort) == ("Homes", HOMES, (("days", True), ("name", False)))
    assert view.columns == ("person", "days")


def test_one_s_own_views_come_first_and_others_only_when_shared(store: Store) -> None:
    save(store, "Zebra")
    save(store, "Theirs", owner="R. Ffug")
    save(store, "All of us", owner="R. Ffug", shared=True)
    assert [view.label for view in list_views(store, "ewa fikcyjna")] == ["Zebra", "All of us"]


def test_renaming_updating_sharing_and_deleting_are_each_undone(store: Store) -> None:
    view = save(store, "Homes")
    rename_view(store, view.id, "Care homes")
    update_view(store, view.id, filters=HOMES[:1])
    share_view(store, view.id, shared=True)
    (found,) = list_views(store, "somebody else")
    assert (found.label, found.filters) == ("Care homes", HOMES[:1])
    delete_view(store, view.id)
    assert list_views(store, ME) == ()
    for _ in range(4):
        store.undo()
    (found,) = list_views(store, ME)
    assert (found.label, found.filters) == ("Homes", HOMES)
    assert list_views(store, "somebody else") == ()


def test_a_name_must_be_there_short_and_free(store: Store) -> None:
    save(store, "Homes")
    always_there = ("My caseload", "Overdue reviews", "overdue", "No plan", "due-soon")
    for name in ("", "  ", "x" * 41, "homes", "HÓMES", *always_there):
        with pytest.raises(Invalid):
            save(store, name)
    assert len(store.find(SavedView)) == 1


def test_two_people_may_use_one_name_for_themselves(store: Store) -> None:
    save(store, "Homes")
    save(store, "Homes", owner="R. Ffug")
    with pytest.raises(Invalid):
        save(store, "Homes", owner="R. Ffug")


def test_a_view_is_found_by_any_name_it_goes_by(store: Store) -> None:
    save(store, "September panel")
    for typed in ("September panel", "september-panel", "SEPTEMBER PANEL"):
        assert find_view(store, typed, ME).filters == HOMES
    assert find_view(store, "my caseload", ME).filters == (Filter("worker", "=", ME),)
    assert find_view(store, "no-plan", ME) == find_view(store, "No move-on plan", ME)
    with pytest.raises(NotFound, match="September panel"):
        find_view(store, "October panel", ME)


def test_a_filter_that_this_version_does_not_know_is_left_out(store: Store) -> None:
    view = save(store, "Homes")
    with store.operation("Save view") as work:
        work.save(
            SavedView(view.id, "Homes", ME, filters='["moon=full", "s117=yes"]', sort="[3]", version=view.version)
        )
    (found,) = list_views(store, ME)
    assert (found.filters, found.sort) == ((Filter("s117", "=", "yes"),), ())
