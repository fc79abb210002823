"""The data files keep their contract: columns, encoding, figures that agree with the run."""

import json
import re
from functools import cache

import pandas as pd
import pytest

COLUMNS = {
    "revisions": "published period unit table line column label before after difference cause file sheet cell "
    "return_sha256 ruling unit_of_measure",
    "ripple": "published table title row column unit_of_measure before after difference before_state after_state",
    "printed": "table title row label column heading unit_of_measure value decimals there owed why",
    "rulings": "id kind finding unit period digest item amount received expected reason by day until sheet row unit_of_measure lapsed",
    "facts": "period unit table line column measure role value unit_of_measure cell_state quality edition "
    "return_sha256 file sheet cell version ruling",
    "findings": "id level rule unit period file sheet cell value message remedy state",
    "questions": "id level rule unit period file sheet cell value message remedy state",
    "reconciliation": "id title scope unit period left left_value right right_value difference verdict explanation unit_of_measure",
    "returns": "unit period file sha256 received edition version state days_late must verify typed",
    "rules": "rule level period judged not_judged fired open mended explained passed elsewhere",
    "assessment": "period unit owed sent counted on_time late missing days_late first_right sent_back most_rounds "
    "on_time_rate first_right_rate on_time_earlier on_time_later first_right_earlier first_right_later open_questions "
    "oldest_days breadth breadth_of items days peers peers_on_time_rate peers_first_right_rate peers_breadth peers_days",
    "receipts": "unit period file sha256 kind received by check_code version state due closed accepted days_late "
    "sender sent_on message_id",
    "replies": "unit period finding question value answer reason state explanation file sheet cell sha256",
    "changes": "unit period from_file to_file from_version to_version sheet cell table line label measure before after "
    "before_state after_state",
    "lines": "edition table line column name unit_of_measure decimals nature",
    "units": "unit name short group parent valid_from valid_to successor",
    "register_T6": "period unit title number category channel made disclosed reviewer reviewed file return_sha256 "
    "sheet row",
}
FIGURES = {
    "jyg": (
        {"主动公开信息": 19649, "新增规范性文件": 93, "接待访问咨询": 154875, "依申请公开": 0},
        {"owed": 600, "received": 599, "counted": 598, "returned": 1, "missing": 1, "provisional": 0},
    ),
    "shifan": (
        {"主动公开信息": 1126, "新增规范性文件": 14, "接待访问咨询": 6170, "依申请公开": 180},
        {"owed": 96, "received": 96, "counted": 96, "returned": 0, "missing": 0, "provisional": 0},
    ),
}


@pytest.fixture(scope="module")
def data(year):
    return year.folder / "data"


@pytest.fixture(scope="module")
def summary(year):
    return json.loads((year.folder / "run.json").read_text(encoding="utf-8"))


@cache
def read(path):
    return pd.read_csv(path, dtype="str", keep_default_na=False, encoding="utf-8-sig")


def test_the_folder_holds_the_files_of_the_contract_and_no_others(data):
    assert {path.name for path in data.iterdir()} == {
        *(f"{name}.csv" for name in COLUMNS),
        "facts.parquet",
        "datapackage.json",
    }


@pytest.mark.parametrize("name", COLUMNS)
def test_a_data_file_has_a_byte_order_mark_and_the_columns_of_the_contract(data, name):
    first = (data / f"{name}.csv").read_bytes().partition(b"\r\n")[0]

    assert first == b"\xef\xbb\xbf" + COLUMNS[name].replace(" ", ",").encode()


def test_parquet_says_what_the_csv_says_and_what_was_not_asked(data, year):
    whole, text = pd.read_parquet(data / "facts.parquet"), read(data / "facts.csv")
    parquet = whole[whole["cell_state"] != "not_applicable"].reset_index(drop=True)
    numbers = sum(len(entry.measures) for entry in year.outcome.form.entries.values())

    own = whole[whole["role"].isin(["input", "declared", "counted"])]
    assert len(own) == numbers * year.outcome.coverage.counted
    assert list(parquet.drop(columns="decimals").columns) == COLUMNS["facts"].split()
    told = [
        "" if value is None else f"{value:.{decimals}f}"
        for value, decimals in zip(parquet["value"], parquet["decimals"], strict=True)
    ]
    written = parquet.drop(columns="decimals").assign(value=told).astype("str")
    pd.testing.assert_frame_equal(written, text)


def test_run_json_has_the_keys_that_others_read(summary):
    assert list(summary) == [
        "year", "through", "as_of", "office", "edition", "ready", "verdict", "headline", "coverage", "files",
        "files_outside", "facts", "findings", "differences", "not_judged", "first_things", "questions",
        "first_questions", "fingerprint", "versions",
    ]  # fmt: skip


def test_run_json_gives_the_figures_of_the_run(summary, year):
    outcome = year.outcome
    headline, counts = FIGURES[outcome.office.settings.id]
    assert summary["headline"] == headline == {name: answer.number for name, answer, _ in outcome.headline}
    assert (summary["ready"], summary["verdict"]) == (False, outcome.verdict)
    assert summary["fingerprint"] == outcome.fingerprint
    assert summary["coverage"] == counts
    assert summary["first_things"] == outcome.first_things()


def test_run_json_counts_what_the_data_files_hold(summary, data):
    findings, returns = read(data / "findings.csv"), read(data / "returns.csv")

    assert summary["facts"] == len(read(data / "facts.csv"))
    assert summary["files"] == (returns["file"] != "").sum()
    assert summary["findings"]["all"] == len(findings)
    for level, state in (("must", "待改"), ("verify", "待说明")):
        assert summary["findings"][level] == ((findings["level"] == level) & (findings["state"] == state)).sum()


def test_returns_has_a_row_for_every_return_owed_and_every_file_received(data, year):
    returns, outcome, inbox = read(data / "returns.csv"), year.outcome, year.folder.parents[1] / "inbox"
    owed = {(u.code, str(m)) for m in outcome.months for u in outcome.office.units_in(str(m))}
    files = {p.relative_to(inbox).as_posix() for p in inbox.glob("*/*.xlsx")}

    assert set(zip(returns["unit"], returns["period"], strict=True)) == owed
    assert set(returns["file"]) - {""} == files
    assert (returns["file"] == "").sum() == outcome.coverage.missing
    assert set(returns.loc[returns["file"] == "", "state"]) <= {"未报"}


def test_every_fact_names_a_file_received_with_its_hash(data):
    facts, returns = read(data / "facts.csv"), read(data / "returns.csv")
    named = facts[["file", "return_sha256", "version"]].drop_duplicates()
    known = returns[["file", "sha256", "version"]].set_axis(named.columns, axis="columns")

    assert len(named.merge(known)) == len(named)


def test_the_register_holds_every_item_of_line_01(data, year):
    items = {"jyg": (19649, 27), "shifan": (1126, 2)}[year.outcome.office.settings.id]
    register, facts = read(data / "register_T6.csv"), read(data / "facts.csv")
    lines = facts.query("table == 'T2' and line == '01' and measure == 'month' and role == 'input'")
    claimed = {(unit, period): int(n) for unit, period, n in lines[["unit", "period", "value"]].itertuples(index=False)}
    listed = register.groupby(["unit", "period"]).size()

    assert (len(register), (register["channel"] == "").sum()) == items
    assert listed.to_dict() == {key: number for key, number in claimed.items() if number}


def test_the_items_of_the_register_are_counted_in_the_facts(data):
    register, facts = read(data / "register_T6.csv"), read(data / "facts.csv")
    pairs = register[register["channel"] != ""].groupby(["unit", "period", "category", "channel"]).size()
    counted = facts[(facts["table"] == "T6") & (facts["column"] != "")]
    counts = counted.set_index(["unit", "period", "line", "column"])["value"].astype(int)

    assert {key: number for key, number in counts.items() if number} == pairs.to_dict()
    assert set(counted["role"]) == {"counted"}


def test_an_item_of_the_register_is_dated_and_names_its_row(data):
    register, returns = read(data / "register_T6.csv"), read(data / "returns.csv")

    for field in ("made", "disclosed", "reviewed"):
        assert register[field].str.fullmatch(r"2012-\d\d-\d\d").all()
        assert (register[field].str[:7] == register["period"]).all()
    assert set(register["sheet"]) == {"公开台账"}
    assert not register.duplicated(["file", "row"]).any()
    assert set(zip(register["file"], register["return_sha256"], strict=True)) <= set(
        zip(returns["file"], returns["sha256"], strict=True)
    )


def test_short_hashes_begin_with_a_letter(data, summary, year):
    ids = read(data / "findings.csv")["id"]
    on_sheet = [
        value
        for (sheet, cell), value in year.papers_cells.items()
        if sheet == "来源与校验码" and re.match(r"E\d", cell)
    ]
    hashes = [*ids, summary["fingerprint"], *on_sheet[1:]]

    assert len(hashes) > 90
    assert [text for text in hashes if not re.fullmatch("h[0-9a-f]{12}", text)] == []
