"""What a contract's value is for, in words: an amount without them may be a year's or all there is."""

from __future__ import annotations

import pytest

from mhtracker.domain.lists.place_and_cost_lists import PLACE_AND_COST_LISTS
from mhtracker.domain.places.contracts import value_per
from mhtracker.domain.records import Contract

NOT_FOR_CONTRACTS = {"hourly", "daily", "session"}


@pytest.mark.parametrize(("frequency", "words"), [("annually", "a year"), ("one_off", "in all"), ("weekly", "a week")])
def test_a_value_says_what_it_is_for(frequency: str, words: str) -> None:
    assert value_per(Contract("c", "p", "Support", value_pence=585_000_00, value_frequency=frequency)) == words


def test_every_span_a_contract_may_have_has_words_of_its_own_and_no_value_has_none() -> None:
    spans = [code for code, _ in PLACE_AND_COST_LISTS["frequency"] if code not in NOT_FOR_CONTRACTS]
    contracts = [Contract("c", "p", "Support", value_pence=1, value_frequency=code) for code in spans]
    words = [value_per(each) for each in contracts]
    assert len(set(words)) == len(spans)
    assert all(each.startswith(("a ", "every ", "in ")) for each in words)
    assert value_per(Contract("c", "p", "Support", value_frequency="annually")) == ""
