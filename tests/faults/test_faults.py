"""The table of faults in SECURITY.md says what the counts say."""

import json

import pytest

from tests.faults import BEGIN, END, PAGE, count, rows, table, with_table

ROW = {"kind": "a zip in a zip", "tried": 1200, "outcome": "costs itself alone"}


def test_the_page_holds_the_table_of_the_counts_as_they_are():
    page = PAGE.read_text("utf-8")

    assert with_table(page, table(rows())) == page, "stale: python -m tests.faults makes it again"


def test_a_count_that_has_changed_makes_it_stale(tmp_path):
    (tmp_path / "zips.json").write_text(json.dumps([{**ROW, "tried": 7}]), encoding="utf-8")
    page = f"Before.\n{BEGIN}\n{table(rows(tmp_path))}\n{END}\nAfter.\n"
    (tmp_path / "zips.json").write_text(json.dumps([ROW]), encoding="utf-8")
    made = with_table(page, table(rows(tmp_path)))

    assert made != page
    assert made.startswith("Before.\n")
    assert made.endswith("\nAfter.\n")
    assert "| a zip in a zip | 1,200 | costs itself alone |" in made


def test_every_file_of_the_folder_adds_its_rows(tmp_path):
    for name in ("b", "a"):
        (tmp_path / f"{name}.json").write_text(json.dumps([{**ROW, "kind": name}]), encoding="utf-8")

    assert [row["kind"] for row in rows(tmp_path)] == ["a", "b"]


@pytest.mark.parametrize("row", [{}, {**ROW, "tried": "12"}, {**ROW, "more": 1}])
def test_a_row_that_is_none_is_refused_by_the_name_of_its_file(tmp_path, row):
    (tmp_path / "odd.json").write_text(json.dumps([row]), encoding="utf-8")

    with pytest.raises(ValueError, match=r"odd\.json"):
        list(rows(tmp_path))


def test_a_test_counts_only_when_it_is_asked_to(tmp_path, monkeypatch):
    monkeypatch.delenv("FAULTS", raising=False)
    count("zips", **ROW, folder=tmp_path)
    assert list(rows(tmp_path)) == []

    monkeypatch.setenv("FAULTS", "write")
    count("zips", **{**ROW, "tried": 1}, folder=tmp_path)
    count("zips", **ROW, folder=tmp_path)
    assert list(rows(tmp_path)) == [ROW]
