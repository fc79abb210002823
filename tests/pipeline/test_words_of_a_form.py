"""Nobody is told of what the form has not: the words are the form's own, and the dictionary lists what can be said."""

import shutil
from pathlib import Path

import pytest

from pipeline.desk.check import check
from pipeline.paper.templates import Draft, Filling, Layout, Prior, Templates
from pipeline.values.periods import parse_month
from schemas.forms import forms_of
from schemas.messages import catalogue
from schemas.office import read_office
from schemas.rules.terms import Ref
from schemas.spoken import names_of, there_is
from tests.builders import Quiet, the_city
from tests.publish.reading import load

OTHERS = (
    "零报告",
    "情况分析说明",
    "“说明”",
    "台账",
    "渠道",
    "类别",
    "信息公开",
)  # what the form of the windows has not
PLAIN = """
id = "plain"
extends = "window"

[without]
table = ["T3"]
rule = ["W-D1"]
agreement = ["WA-1"]
annual = ["表2"]
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """An office whose form has no register, no zero report, and nowhere to tell about a return as a whole."""
    folder, here = tmp_path_factory.mktemp("windows"), Path(__file__).parent.parent / "edition"
    shutil.copytree(here / "office", folder / "office")
    shutil.copy(here / "window.toml", folder)
    (folder / "plain.toml").write_text(PLAIN, "utf-8")
    found = read_office(folder / "office", folder)
    return found._replace(settings=found.settings.model_copy(update={"editions": ("plain",)}))


@pytest.fixture(scope="module")
def form(office):
    return forms_of(office)[0]


def test_what_can_be_said_of_a_form_speaks_only_of_what_it_has(form):
    names, there = names_of(form.edition), there_is([form])
    said = [m for m in catalogue().values() if m.needs is None or m.needs in there]

    assert len(said) < len(catalogue())
    for message in said:
        for text in (message.title, message.says, message.wording(names)):
            assert not [word for word in OTHERS if word in text], message.id
        assert "备注" in message.wording(names).format_map(_Anything(names)) or "note_column" not in message.says


class _Anything(dict):
    def __missing__(self, key):
        return "…"


def test_the_city_is_told_in_the_words_of_its_own_form():
    form = forms_of(the_city())[0]
    names = names_of(form.edition)

    assert there_is([form]) >= {"register", "zero_report", "cover", "owner", "months", "printed", "decimals"}
    assert "“本月零报告”" in catalogue()["E-MIS-02"].advice({**names, "label": "", "code": ""})
    assert "“情况分析说明”" in catalogue()["P-SIL-01"].advice(names)


def test_a_blank_form_and_what_is_asked_of_it_name_nothing_of_another(office, form, tmp_path):
    asked, unit, month = form.of("2012-03", "980000-001"), office.units_in("2012-03")[0], parse_month("2012-03")
    layout = Layout(asked)
    values = {ref: 1 for entry, refs in asked.filled_in for ref in refs if entry.is_input}
    blank, other = Ref("T1", "20"), Ref("T1", "13")
    kept = {ref: value for ref, value in values.items() if ref != blank} | {other: 7}
    draft = Draft(layout, office, unit, month, Prior(), Filling(kept, {"filler": "丙"}))
    path = tmp_path / "return.xlsx"
    Templates(layout).write(path, draft)

    cells = [str(cell.value) for sheet in load(path) for row in sheet.iter_rows() for cell in row if cell.value]
    told = [f.message + f.remedy for one in check([path], office, Quiet()) for f in one.findings]
    assert any("“网上预约数”（20行）没有填。没有发生的填 0，不要留空。" in text for text in told)
    for text in (*cells, *told):
        assert not [word for word in OTHERS if word in text], text
