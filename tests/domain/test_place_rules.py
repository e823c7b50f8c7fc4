"""What may be recorded of a service and of a place kept free."""

from datetime import date

import pytest

from mhtracker.domain.errors import Invalid
from mhtracker.domain.places.place_rules import check_hold, check_service
from mhtracker.domain.records import Hold, Service


def test_a_cqc_location_is_in_its_form_or_left_out():
    for good in ("", "1-101728442"):
        check_service(Service("s9", "Elm House", cqc_id=good), [], [], today=date(2026, 7, 14))
    for bad in ("2-101728442", "101728442", "1-abc"):
        with pytest.raises(Invalid) as caught:
            check_service(Service("s9", "Elm House", cqc_id=bad), [], [], today=date(2026, 7, 14))
        assert set(caught.value.problems) == {"cqc_id"}


def test_a_place_held_for_more_than_a_year_is_questioned():
    hold = Hold("h9", "s9", date(2026, 7, 14), until_on=date(2027, 9, 1))
    found = check_hold(hold, Service("s9", "Elm House", capacity=4), [], [], [], today=date(2026, 7, 14))
    assert "That is more than a year empty. Check the year." in [each.words for each in found]
