"""Three versions of a form brought together: nothing typed is left out."""

from mhtracker.ui.dialogs.merging import Differing, merge


def test_fields_that_one_side_changed_settle_by_themselves():
    before = {"a": "1", "b": "1", "c": "1", "d": "1"}
    merged = merge(before, {**before, "a": "2", "d": "2"}, {**before, "b": "3", "d": "2"})
    assert (merged.keep, merged.both, merged.theirs_only) == ({"a": "2"}, (), ("b",))


def test_a_field_that_both_changed_shows_all_three():
    merged = merge({"a": "1"}, {"a": "2"}, {"a": "3"})
    assert merged.both == (Differing("a", "2", "3", "1"),)
    assert merged.keep == {"a": "2"}


def test_what_was_typed_into_a_field_that_is_gone_is_kept_apart():
    merged = merge({}, {"reason": "He is ill", "other": " "}, {})
    assert merged.homeless == {"reason": "He is ill"}
