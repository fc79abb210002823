"""datapackage.json describes the data files: the frictionless library reads every cell of them by it, in silence."""

import json
import warnings

import pandas as pd
import pytest

from pipeline.outbox.publish.data import write_data
from pipeline.outbox.publish.package import MODELS, PACKAGE, TITLES
from tests.builders import Desk, a_little_office

pytestmark = pytest.mark.slow


def problems(folder):
    """What frictionless has to say."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the library's own imports
        from frictionless import validate

        report = validate(str(folder / PACKAGE))
    return [(task.name, error.type, error.message) for task in report.tasks for error in task.errors] + report.errors


@pytest.fixture(scope="module")
def little(tmp_path_factory):
    """Two units, two months: a total that is wrong, one that is explained, a month that is missing."""
    desk = Desk(tmp_path_factory.mktemp("package"), a_little_office())
    first, second = (unit.short for unit in desk.office.units)
    desk.send(first, "2012-01")
    desk.send(first, "2012-02", changes={"T1.102": "4条"})
    desk.send(second, "2012-01", changes={"T2.05": 1})
    desk.send(second, "2012-01", changes={"T2.05": 2}, name="再报.xlsx", received="2012-02-20")
    folder = desk.folder / "data"
    folder.mkdir()
    write_data(folder, desk.examine("2012-03-31"))
    return folder


def told(folder):
    return json.loads((folder / PACKAGE).read_text("utf-8"))


def test_every_cell_is_as_it_is_described(little):
    assert problems(little) == []


def test_every_file_and_column_is_described_with_its_meaning(little):
    resources = {one["path"]: one for one in told(little)["resources"]}

    assert set(resources) == {path.name for path in little.glob("*.csv")}
    assert set(TITLES) == set(MODELS)
    for one in resources.values():
        heads = pd.read_csv(little / one["path"], nrows=0, encoding="utf-8-sig").columns
        assert [field["name"] for field in one["schema"]["fields"]] == list(heads)
        assert [field["name"] for field in one["schema"]["fields"] if not field.get("description")] == []


def test_types_codes_units_missing_values_and_keys_are_told(little):
    facts = next(one for one in told(little)["resources"] if one["name"] == "facts")["schema"]
    by_name = {field["name"]: field for field in facts["fields"]}

    assert by_name["value"]["type"] == "number"
    assert by_name["version"]["type"] == "integer"
    assert "not_applicable" in by_name["cell_state"]["constraints"]["enum"]
    assert facts["missingValues"] == [""]
    assert facts["primaryKey"][:3] == ["period", "unit", "table"]
    assert facts["foreignKeys"][0]["reference"]["resource"] == "lines"
    lines = pd.read_csv(little / "lines.csv", dtype="str", encoding="utf-8-sig")
    assert set(lines["unit_of_measure"]) >= {"条"}


@pytest.mark.parametrize(
    ("file", "column", "value", "kind"),
    [
        ("facts.csv", "value", "四条", "type-error"),
        ("facts.csv", "line", "999", "foreign-key"),
        ("findings.csv", "state", "不详", "constraint-error"),
        ("returns.csv", "received", "昨天", "type-error"),
    ],
)
def test_what_is_not_as_described_is_told(little, tmp_path, file, column, value, kind):
    for path in little.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    frame = pd.read_csv(tmp_path / file, dtype="str", keep_default_na=False, encoding="utf-8-sig")
    frame.loc[0, column] = value
    frame.to_csv(tmp_path / file, index=False, lineterminator="\r\n", encoding="utf-8-sig")

    assert (file.removesuffix(".csv"), kind) in {(name, type_) for name, type_, _ in problems(tmp_path)}


def test_a_whole_year_is_as_it_is_described(year):
    assert problems(year.folder / "data") == []
