"""Whatever goes wrong: one plain line, the right exit code, nothing half written, never a traceback."""

import sqlite3
from pathlib import Path

import pytest

from mhtracker.store import open_register


def lines_fit(ran, code):
    assert ran.code == code, ran
    assert ran.out == ""
    assert ran.err.startswith("mhtracker: ")
    assert ran.err.count("\n") == 1
    assert "Traceback" not in ran.err
    return ran.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("guess DEMO", "no command “guess”"),
        ("sar DEMO MHT-00001 out.zip", "There are new, demo, presets, import"),
        ("list", "FILE is missing."),
        ("programme start DEMO X", "--baseline, --stages, --aim and --by are missing."),
        ("due DEMO --until", "--until is given without a value."),
        ("list DEMO --colour blue", "“--colour” and “blue” cannot be typed there. `mhtracker list --help`"),
        ("programme end DEMO X --aim 3", "`mhtracker programme end --help`"),
        ("progress DEMO --from 2026-13-01", "for 13 Jan 2026? `mhtracker"),
        ("demo fresh.mhtracker --seed lucky", "--seed: “lucky” is not a whole number."),
        ("list DEMO extra", "extra"),
        ("list DEMO --filt x", "--filt"),
        ("list DEMO --limit many", "number from 1 up"),
        ("list DEMO --limit 0", "number from 1 up"),
        ("list DEMO --as-at 31/02/2026", "28 days"),
        ("list DEMO --as-known sometime", "not a date"),
        ("list DEMO --filter colour=blue", "The columns are ref"),
        ("list DEMO --filter residential", "not a filter"),
        ("list DEMO --sort colour", "The columns are ref"),
        ("pack DEMO panel -o p.pdf", "there is review"),
        ("pack DEMO review", "-o"),
        ("pack DEMO review -o p.pdf --to Anjali", "--to is for a handover"),
        ("pack DEMO review -o p.pdf --from 1/1/2026", "--from is for the monthly report and a provider’s sheet"),
        ("pack DEMO handover -o p.pdf --to Anjali --provider Larkfield", "--provider is for a provider’s sheet"),
        ("pack DEMO monthly -o p.pdf --provider Larkfield", "--provider is for a provider’s sheet"),
        ("programme chnge-aim DEMO Half --aim 3", "There are start, from-preset, change-aim, end, list, show."),
        ("pack review DEMO -o p.pdf", "the register comes first"),
        ("export DEMO cld out.csv --from 1/1/2026 --to 1/2/2026", "export writes the caseload"),
        ("--sideways", "--sideways"),
    ],
)
def test_wrong_usage_is_said_in_a_line_and_exits_2(run, demo, tmp_path, monkeypatch, words, said):
    monkeypatch.chdir(tmp_path)
    assert said in lines_fit(run(*words.replace("DEMO", demo.name).split()), 2)
    assert sorted(path.name for path in tmp_path.iterdir() if path.name != "config") == ["demo.mhtracker"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("list gone.mhtracker", "There is no file “gone.mhtracker”"),
        ("gone.mhtracker", "There is no file “gone.mhtracker”"),
        ("list text.mhtracker", "not an MHTracker register"),
        ("check empty.mhtracker", "empty"),
        ("list mysql://server/register", "a file or a postgresql:// address"),
        ("import DEMO folder", "“folder” is a folder, not a spreadsheet"),
        ("list other.mhtracker", "another program's database"),
        ("list DEMO --filter stage=blue", "The stages are hospital"),
        ("list DEMO --filter days>many", "number"),
        ("list DEMO --filter days>1e300", "smaller number"),
        ("list DEMO --filter born<never", "born"),
        ("show DEMO nobody", "Nobody in this register"),
        ("due DEMO --worker Nobody", "There is no worker “Nobody”"),
        ("history DEMO --person nobody", "Nobody in this register"),
        ("undo DEMO none", "There is no operation none"),
        ("new DEMO", "exists already"),
        ("new fresh.mhtracker --preset sutton", "There is no preset “sutton”"),
        ("demo DEMO", "exists already"),
        ("demo big.mhtracker --people 100001", "100,000"),
        ("new away/new.mhtracker", "There is no folder"),
        ("new locked.mhtracker --locked", "MHTRACKER_PASSWORD"),
        ("backup DEMO text.mhtracker", "exists already"),
        ("backup DEMO away/copy.mhtracker", "There is no folder"),
        ("restore DEMO text.mhtracker", "--replace"),
        ("restore gone.mhtracker back.mhtracker", "There is no file"),
        ("restore text.mhtracker back.mhtracker", "not an MHTracker register"),
        ("summary DEMO MHT-00001 -o away/s.pdf", "could not be written"),
        ("summary DEMO MHT-00001 -o DEMO", ".pdf"),
        ("summary DEMO nobody -o s.pdf", "Nobody"),
        ("export DEMO away/e.csv", "could not be written"),
        ("import DEMO gone.xlsx", "There is no file “gone.xlsx”"),
        ("import DEMO text.mhtracker --sheet A", "--sheet"),
        ("import DEMO people.csv --mapping gone.toml", "There is no mapping file"),
        ("import DEMO people.csv --mapping text.mhtracker", "no TOML file"),
        ("import DEMO people.csv --mapping number.toml", "needs the name of one field"),
        ("import DEMO people.csv --header-row 99", "--header-row"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line_and_exits_1(run, demo, tmp_path, monkeypatch, words, said):
    monkeypatch.chdir(tmp_path)
    Path("text.mhtracker").write_text("only words, and more words")
    Path("empty.mhtracker").touch()
    Path("folder").mkdir()
    Path("people.csv").write_text("Surname,DOB\nExample,1/2/1980\n")
    Path("number.toml").write_text('"Surname" = 3\n')
    raw = sqlite3.connect("other.mhtracker")
    raw.execute("CREATE TABLE people (id)")
    raw.close()
    there = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    assert said in lines_fit(run(*words.replace("DEMO", demo.name).split()), 1)
    kept = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    # A register that was opened may have had its lines brought up to date; nothing else may change or appear.
    assert set(kept) == set(there)
    assert {name: data for name, data in kept.items() if name != demo.name} == {
        name: data for name, data in there.items() if name != demo.name
    }


def test_a_register_open_elsewhere_is_told_with_its_holder(run, demo):
    with open_register(demo, who="Ewa Fikcyjna"):
        said = lines_fit(run("list", demo), 1)
        assert "open elsewhere: by Ewa Fikcyjna on" in said
        assert "Ewa Fikcyjna" in lines_fit(run("restore", demo, demo, "--replace"), 1)
    assert run("list", demo).code == 0


def test_a_fault_of_ours_is_one_line_with_a_report_that_names_nobody(run, demo, tmp_path, monkeypatch):
    import mhtracker.store.queries.caseload

    def stumble(*_, **__):
        raise ZeroDivisionError("Zelenka, Born 1 Jan 1970")

    monkeypatch.setattr(mhtracker.store.queries.caseload, "count_caseload", stumble)
    monkeypatch.setattr("mhtracker.cli.reading.count_caseload", stumble)
    said = lines_fit(run("list", demo), 1)
    assert "Zelenka" not in said
    (report,) = (tmp_path / "config" / "reports").iterdir()
    assert str(report) in said
    words = report.read_text()
    assert "ZeroDivisionError" in words
    assert "mhtracker/cli/reading.py:" in words
    assert "Zelenka" not in words
    assert str(tmp_path) not in words


def test_a_damaged_row_met_while_reading_is_no_traceback(run, demo):
    raw = sqlite3.connect(demo)
    with raw:
        raw.execute("UPDATE caseload SET born_precision = 'sometimes', review_due_on = 'soon'")
    raw.close()
    lines_fit(run("list", demo, "--as-at", "2026-07-14"), 1)
    assert run("check", demo).code == 1
    assert run("check", demo, "--rebuild-lists").code == 0
    assert run("list", demo).code == 0


def test_a_password_comes_from_the_environment_and_a_wrong_one_is_said(run, tmp_path, monkeypatch):
    path, copy = tmp_path / "locked.mhtracker", tmp_path / "copy.mhtracker"
    monkeypatch.setenv("MHTRACKER_PASSWORD", 'it\'s "secret"; ż')
    assert run("new", path, "--locked").code == 0
    assert run("list", path).code == 0
    assert run("backup", path, copy).code == 0
    assert run("restore", copy, path, "--replace").code == 0
    for locked in (path, copy):
        assert not locked.read_bytes().startswith(b"SQLite")
    monkeypatch.setenv("MHTRACKER_PASSWORD", "guess")
    assert "is not right" in lines_fit(run("list", path), 1)
    monkeypatch.delenv("MHTRACKER_PASSWORD")
    said = lines_fit(run("list", path), 1)
    assert "locked with a password" in said
    assert "Set MHTRACKER_PASSWORD" in said


def test_the_password_of_the_environment_does_not_shut_an_open_register(run, demo, monkeypatch):
    monkeypatch.setenv("MHTRACKER_PASSWORD", "anything")
    assert run("list", demo).code == 0


def test_a_view_that_is_not_there_is_named_with_those_that_are(run, demo):
    ran = run("list", demo, "--view", "nowhere")
    assert ran.code == 1
    assert "There is no view “nowhere”" in ran.err
    assert "Overdue reviews" in ran.err


@pytest.mark.parametrize("kind", ["review", "provider", "handover"])
def test_only_the_monthly_report_can_be_published(run, demo, tmp_path, kind):
    ran = run("pack", demo, kind, "--publish", "-o", tmp_path / "out.pdf")
    assert ran.code == 2
    assert "Only the monthly report can be published" in ran.err
    assert not (tmp_path / "out.pdf").exists()


@pytest.mark.parametrize("typed", ["abc", "nan", "inf"])
def test_a_rate_that_is_no_number_is_said_in_plain_words(run, demo, typed):
    ran = run("forecast", demo, "--rate", typed)
    assert ran.code == 2
    assert f"“{typed}” is not a number" in ran.err
    assert "float" not in ran.err


def test_a_breakdown_without_columns_prints_its_numbers_once_and_progress_names_its_stages(run, demo):
    told = run("breakdown", demo).out
    assert all(len([word for word in line.split() if word.isdigit()]) <= 1 for line in told.splitlines())
    assert not any(line.startswith(("residential ", "supported ")) for line in run("progress", demo).out.splitlines())


@pytest.mark.parametrize("kind", ["monthly", "provider --provider canal", "handover --filter s117=yes --to WORKER"])
def test_paper_takes_the_place_of_what_was_there_in_one_piece(run, demo, tmp_path, kind):
    """What is written into the file that was there is lost when the disk is full half way."""
    worker = next(each["worker"] for each in run("list", demo, "--json").json["people"] if each["worker"])
    out, before = tmp_path / "paper.pdf", tmp_path / "another name of it"
    out.write_text("the month before")
    before.hardlink_to(out)
    ran = run("pack", demo, *(worker if word == "WORKER" else word for word in kind.split()), "-o", out)
    assert (ran.code, before.read_text()) == (0, "the month before"), ran.err
    assert out.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("kind", "chosen"),
    [
        (["monthly"], ["--filter", "stage=residential"]),
        (["provider", "--provider", "canal"], ["--filter", "stage=nix"]),
        (["monthly"], ["--sort", "surname"]),
    ],
)
def test_a_pack_of_everybody_takes_no_choice_of_people(run, demo, tmp_path, kind, chosen):
    out = tmp_path / "out.pdf"
    ran = run("pack", demo, *kind, *chosen, "-o", out)
    assert (ran.code, ran.out, out.exists()) == (2, "", False)
    assert f"{chosen[0]} is not for" in ran.err
