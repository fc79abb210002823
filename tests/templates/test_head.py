"""What a form prints of who sends it out and until when is the office's own: another office's form prints nothing of it."""

from itertools import groupby

import pytest

from pipeline.paper.templates import Draft, Layout, Templates
from pipeline.values.periods import parse_month
from schemas.edition import Head
from schemas.forms import forms_of
from schemas.head import head_of
from schemas.office import OFFICES, OwnHead, Receipt, read_office
from tests.publish.reading import load

MONTH = "2012-03"


def another(of: str = "shifan", **changes):
    """The office of another city that uses that office's form."""
    office = read_office(OFFICES / of)
    own = {"name": "白杨市人民政府办公室", "area": "白杨市", "contact": "白杨市 000", "head": OwnHead()}
    return office._replace(settings=office.settings.model_copy(update=own | changes))


def printed(office, folder) -> list[str]:
    """The texts of the cover of a blank form."""
    form, unit = forms_of(office)[0], office.units_in(MONTH)[0]
    month = parse_month(MONTH)
    layout = Layout(form.of(MONTH, unit.code))
    path = folder / "blank.xlsx"
    Templates(layout).write(path, Draft(layout, office, unit, month))
    return [str(cell.value) for row in load(path).worksheets[0].iter_rows() for cell in row if cell.value]


def test_another_citys_form_bears_its_own_name_and_day(tmp_path):
    texts = printed(another(), tmp_path)

    assert "制表机关：白杨市人民政府办公室" in texts
    assert "报送时间：次月8日前" in texts
    assert "电子件于次月8日前报送。" in texts
    assert any("请先与白杨市人民政府办公室联系。" in text for text in texts)
    assert not [text for text in texts if "示范市" in text or "信公" in text or "表    号" in text or "纸质件" in text]


def test_an_office_that_asks_for_paper_says_so_with_the_day_it_has(tmp_path):
    texts = printed(another(receipt=Receipt(paper=True)), tmp_path)

    assert "打印一份由单位负责人签字、加盖公章，电子件和纸质件于次月8日前同时报送。" in texts
    own = printed(another(receipt=Receipt(paper=False, sending="请于{due}前交。")), tmp_path)
    assert "请于次月8日前交。" in own


def test_number_approval_and_validity_are_printed_where_the_office_has_them(tmp_path):
    head = OwnHead(form_no="白信1表", of={"sfs-2012": Head(approval="白统制〔2012〕1号", valid_until="2013年12月")})
    texts = printed(another(head=head), tmp_path)

    legal = ["表    号：白信1表", "制表机关：白杨市人民政府办公室", "批准文号：白统制〔2012〕1号（有效期至2013年12月）"]
    assert [text for text in texts if text in legal] == legal
    assert "报送时间：次月8日前" in texts


@pytest.mark.parametrize(
    ("of", "edition", "whole", "wanted"),
    [
        ("表甲", "表乙", "表丙", "表甲"),
        ("", "表乙", "表丙", "表乙"),
        ("", "", "表丙", "表丙"),
        ("", "", "", ""),
    ],
)
def test_the_offices_word_about_the_form_comes_first_then_the_form_then_the_office_of_all(of, edition, whole, wanted):
    office = another(head=OwnHead(form_no=whole, of={"sfs-2012": Head(form_no=of)}))
    form = forms_of(office)[0].edition.model_copy(update={"head": Head(form_no=edition)})

    assert head_of(form, office).form_no == wanted
    assert head_of(form, office).authority == "白杨市人民政府办公室"


@pytest.mark.parametrize(
    "office", sorted(folder for folder in OFFICES.iterdir() if folder.is_dir()), ids=lambda p: p.name
)
def test_a_form_tells_one_due_day(office, tmp_path):
    texts = printed(read_office(office), tmp_path)
    days = [text.partition("次月")[2].partition("日")[0].strip() for text in texts if "次月" in text]

    assert len(days) > 1
    assert len(list(groupby(sorted(days)))) == 1
