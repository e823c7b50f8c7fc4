"""The handover sheet from the command line: whose people go to whom, and nothing recorded by it."""

from tests.cli.conftest import AS_AT


def test_the_sheet_of_a_worker_s_people_is_printed_and_nothing_recorded(run, demo, tmp_path):
    workers = [person["worker"] for person in run("list", demo, "--json", "--as-at", AS_AT).json["people"]]
    giver, taker = sorted(set(filter(None, workers)))[:2]
    before = run("history", demo, "--json").json["operations"][0]["id"]
    out = tmp_path / "handover.pdf"
    asked = ("pack", demo, "handover", "--filter", f"worker={giver}", "--to", taker, "-o", out, "--as-at", AS_AT)
    told = run(*asked, "--json").json
    assert told["people"] == workers.count(giver)
    assert told["pages"] > told["people"]
    assert out.read_bytes().startswith(b"%PDF")
    assert run("history", demo, "--json").json["operations"][0]["id"] == before


def test_without_a_worker_to_take_over_or_anybody_to_hand_over_nothing_is_written(run, demo, tmp_path):
    out = tmp_path / "handover.pdf"
    for more in ((), ("--to", "nobody of this name"), ("--to", "a", "--filter", "worker=nobody of this name")):
        ran = run("pack", demo, "handover", "-o", out, *more)
        assert ran.code == 1
        assert not out.exists()
