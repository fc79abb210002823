"""A form that is the difference from another one: what it changes, and where its mistakes are shown."""

import shutil
from pathlib import Path

import pytest

from schemas.document import read_document
from schemas.edition import EDITIONS
from schemas.forms import read_form
from schemas.mistake import Mistake
from schemas.office import OFFICES, read_office

BASE = """title = "甲"
marks = [1, 2]

[head]
number = "1"
office = "办公室"

[[rule]]
id = "R1"
holds = "a"
level = "must"

[[rule]]
id = "R2"
holds = "b"

[[rule]]
id = "R3"
holds = "c"

[[cover]]
code = "date"
"""


def raw_of(folder: Path, difference: str, base: str = BASE) -> dict[str, object]:
    (folder / "base.toml").write_text(base, encoding="utf-8")
    (folder / "own.toml").write_text('extends = "base"\n' + difference, encoding="utf-8")
    return read_document(folder / "own.toml").raw


TABLES = (
    BASE
    + """
[[head.mark]]
id = "m1"
[[head.mark]]
id = "m2"

[[table]]
id = "T1"
line = [{ code = "01", name = "甲" }, { code = "02", name = "乙", months = [6] }]
column = [{ of = "a", name = "一" }, { of = "b", name = "二" }]
"""
)
LINE_1, LINE_2 = {"code": "01", "name": "甲"}, {"code": "02", "name": "乙", "months": [6]}
DEEP = {
    "one line more": ('[[table]]\nid = "T1"\nline = [{ code = "03" }]', ["line"], [LINE_1, LINE_2, {"code": "03"}]),
    "one line changed": (
        '[[table]]\nid = "T1"\nline = [{ code = "01", name = "丙" }]', ["line"], [{"code": "01", "name": "丙"}, LINE_2],
    ),
    "a value of a line": (
        '[[table]]\nid = "T1"\nline = [{ code = "02", months = [12] }]', ["line"], [LINE_1, LINE_2 | {"months": [12]}],
    ),
    "a line taken away": ('[without]\ntable = ["T1.01"]', ["line"], [LINE_2]),
    "a line taken away by the name of its list": ('[without]\nline = ["T1.02"]', ["line"], [LINE_1]),
    "a line taken away and written anew": (
        '[without]\nline = ["T1.02"]\n[[table]]\nid = "T1"\nline = [{ code = "02", name = "丁" }]',
        ["line"], [LINE_1, {"code": "02", "name": "丁"}],
    ),
    "columns without a name of their own are written whole": (
        '[[table]]\nid = "T1"\ncolumn = [{ of = "c", name = "三" }]', ["column"], [{"of": "c", "name": "三"}],
    ),
    "a line told twice stays twice, to be refused": (
        '[[table]]\nid = "T1"\nline = [{ code = "03" }, { code = "03" }]', ["line"],
        [LINE_1, LINE_2, {"code": "03"}, {"code": "03"}],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("difference", "key", "right"), DEEP.values(), ids=DEEP)
def test_a_difference_keeps_what_it_does_not_name_at_every_depth(tmp_path, difference, key, right):
    (table,) = raw_of(tmp_path, difference, TABLES)["table"]

    assert table[key[0]] == right
    assert table["id"] == "T1"


@pytest.mark.parametrize("written", ['without = { head = { mark = ["m1"] } }', '[without.head]\nmark = ["m1"]'])
def test_what_lies_within_a_table_of_single_values_is_taken_away_too(tmp_path, written):
    assert raw_of(tmp_path, written, TABLES)["head"] == {
        "number": "1",
        "office": "办公室",
        "mark": [{"id": "m2"}],
    }


def test_a_single_value_is_taken_away_by_its_key(tmp_path):
    assert "number" not in raw_of(tmp_path, '[without]\nhead = ["number"]', TABLES)["head"]
    assert raw_of(tmp_path, '[without]\nhead = ["number"]\n[head]\nnumber = "2"', TABLES)["head"]["number"] == "2"


def test_each_line_of_a_table_of_two_files_is_known_where_it_stands(tmp_path):
    raw_of(tmp_path, '[without]\nline = ["T1.01"]\n[[table]]\nid = "T1"\nline = [\n    { code = "03" },\n]\n', TABLES)
    (tmp_path / "third.toml").write_text('extends = "own"\n[[table]]\nid = "T1"\ntitle = "丁"\n', encoding="utf-8")
    third, base_line = read_document(tmp_path / "third.toml"), TABLES[: TABLES.index("line = [")].count("\n") + 1

    told = [str(third.mistake(("table", 0, *rest), "错")) for rest in (("line", 0, "name"), ("line", 1), ("title",))]
    assert told == [f"base.toml 第 {base_line} 行：错", "own.toml 第 7 行：错", "third.toml 第 4 行：错"]


RULES = [{"id": "R1", "holds": "a", "level": "must"}, {"id": "R2", "holds": "b"}, {"id": "R3", "holds": "c"}]
CHANGES = {
    "nothing": ("", {}),
    "value": ('title = "乙"', {"title": "乙"}),
    "list": ("marks = []", {"marks": []}),
    "part of a table": ('[head]\nnumber = "2"', {"head": {"number": "2", "office": "办公室"}}),
    "rule": (
        '[[rule]]\nid = "R1"\nholds = "x"',
        {"rule": [{"id": "R1", "holds": "x", "level": "must"}, *RULES[1:]]},
    ),
    "new rule": ('[[rule]]\nid = "R9"\nholds = "x"', {"rule": [*RULES, {"id": "R9", "holds": "x"}]}),
    "by code": (
        '[[cover]]\ncode = "date"\nname = "日期"\n[[cover]]\ncode = "head"',
        {"cover": [{"code": "date", "name": "日期"}, {"code": "head"}]},
    ),
    "rule taken away": ('[without]\nrule = ["R2"]', {"rule": [RULES[0], RULES[2]]}),
    "rule replaced": (
        '[[rule]]\nid = "R2"\nholds = "x"\n[without]\nrule = ["R1", "R2"]',
        {"rule": [RULES[2], {"id": "R2", "holds": "x"}]},
    ),
}


@pytest.mark.parametrize(("difference", "changed"), CHANGES.values(), ids=CHANGES)
def test_a_difference_changes_what_it_names_and_nothing_else(tmp_path, difference, changed):
    whole = {
        "title": "甲",
        "marks": [1, 2],
        "head": {"number": "1", "office": "办公室"},
        "rule": RULES,
        "cover": [{"code": "date"}],
    }

    assert raw_of(tmp_path, difference) == whole | changed


def test_a_difference_may_differ_from_a_difference(tmp_path):
    raw_of(tmp_path, '[without]\nrule = ["R1"]\n[[rule]]\nid = "R3"\nholds = "x"')
    (tmp_path / "third.toml").write_text('extends = "own"\n[without]\nrule = ["R2"]\n', encoding="utf-8")
    third = read_document(tmp_path / "third.toml")

    assert third.raw["rule"] == [{"id": "R3", "holds": "x"}]
    assert str(third.mistake(("rule", 0, "holds"), "错")) == "own.toml 第 6 行：错"
    assert str(third.mistake(("head", "office"), "错")) == "base.toml 第 6 行：错"


@pytest.mark.parametrize(
    ("difference", "says"),
    [
        ('[without]\ntable = ["T1.03"]', "own.toml 第 3 行：“table”里没有“T1.03”，最接近的是“T1.01”。"),
        ('[without]\nfield = ["T1.01"]', "own.toml 第 3 行：没有“field”可以删，最接近的是“head”。"),
        ('without = { head = { mark = ["m3"] } }', "own.toml 第 2 行：“head.mark”里没有“m3”，最接近的是“m1”。"),
        ('[without]\nrule = ["R22"]', "own.toml 第 3 行：“rule”里没有“R22”，最接近的是“R2”。"),
        ('[without]\nrules = ["R2"]', "own.toml 第 3 行：没有“rules”可以删，最接近的是“rule”。"),
    ],
)
def test_what_is_not_there_cannot_be_taken_away(tmp_path, difference, says):
    with pytest.raises(Mistake) as stopped:
        raw_of(tmp_path, difference, TABLES)

    assert str(stopped.value) == says


def mistake_after(folder: Path, file: str, old: str, new: str) -> tuple[str, str]:
    """What the office of the invented city is told once ``new`` stands for ``old``, and where that is."""
    shutil.copytree(EDITIONS, folder, dirs_exist_ok=True)
    before, _, after = (folder / file).read_text(encoding="utf-8").partition(old)
    (folder / file).write_text(before + new + after, encoding="utf-8")
    with pytest.raises(Mistake) as stopped:
        read_form("sfs-2012", read_office(OFFICES / "shifan", folder))
    return str(stopped.value), f"{file} 第 {(before + new).count(chr(10)) + 1} 行："


OWN, INHERITED = "sfs-2012.toml", "jyg-2012.toml"
MISTAKES = {
    "base": (OWN, 'extends = "jyg-2012"', 'extends = "jyg-2021"', "没有“jyg-2021”，最接近的是“jyg-2012”"),
    "rule of its own": (OWN, "T2.05 >= 1 when T1.102", "T2.05 >= 1 when T1.1O2", "没有“1O2”行，最接近的是“102”"),
    "key of the report": (OWN, "printed =", "printd =", "不认识的项“printd”，最接近的是“printed”"),
    "key of a rule": (OWN, "holds =", "hold =", "不认识的项“hold”，最接近的是“holds”"),
    "rule of the base": (INHERITED, "T2.35 <= T2.34", "T2.35 <= T2.3A", "没有“3A”行"),
    "rule after a changed one": (INHERITED, 'ask = "现场接待', 'aks = "现场接待', "不认识的项“aks”，最接近的是“ask”"),
    "level of the base's rule": (
        INHERITED,
        'id = "T2-03"\nlevel = "verify"',
        'id = "T2-03"\nlevel = "verfy"',
        "“level”写了“verfy”，最接近的是“verify”",
    ),
    "column of the base": (INHERITED, 'of = "T2.92", name', 'of = "T2.9z", name', "没有“9z”行，最接近的是"),
}


@pytest.mark.parametrize(("file", "old", "new", "says"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_shown_in_the_file_where_it_stands(tmp_path, file, old, new, says):
    said, place = mistake_after(tmp_path, file, old, new)

    assert said.startswith(place)
    assert says in said
