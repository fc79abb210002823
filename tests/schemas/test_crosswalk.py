"""What a number of one edition is in another: by extends, by was, through several editions; and what cannot be."""

import shutil

import pytest

from schemas.crosswalk import Crosswalk
from schemas.edition import EDITIONS
from schemas.family import Family
from schemas.forms import forms_of
from schemas.mistake import Mistake
from schemas.office import OFFICES, read_office


class Offices:
    """An office whose editions are written by a test."""

    def __init__(self, folder):
        self.office, self.editions = folder / "office", folder / "editions"
        shutil.copytree(OFFICES / "jyg", self.office)
        shutil.copytree(EDITIONS, self.editions)

    def forms(self, *written):
        """The forms of editions given as (id, from, to, base, more)."""
        ids = []
        for name, first, last, base, more in written:
            text = f'id = "{name}"\nextends = "{base}"\nvalid = {{ from = "{first}", to = "{last}" }}\n{more}'
            (self.editions / f"{name}.toml").write_text(text, "utf-8")
            ids.append(name)
        settings = (OFFICES / "jyg" / "office.toml").read_text("utf-8")
        listed = ", ".join(f'"{name}"' for name in ids)
        settings = settings.replace('editions = ["jyg-2012"]', f"editions = [{listed}]")
        settings = settings.replace("[codes]\n", '[codes]\nkinds = "kinds.csv"\n' if self.kinds else "[codes]\n")
        (self.office / "office.toml").write_text(settings, "utf-8")
        return forms_of(read_office(self.office, self.editions))

    kinds = False

    def list_(self, text):
        """Another list of categories, called kinds."""
        (self.office / "kinds.csv").write_text(text, "utf-8")
        self.kinds = True


@pytest.fixture
def offices(tmp_path):
    return Offices(tmp_path)


def a(more=""):
    return "a", "2012-01", "2012-06", "jyg-2012", more


def b(more="", base="a"):
    return "b", "2012-07", "2012-12", base, more


def line(text, table="T2"):
    return f'[[table]]\nid = "{table}"\nline = [{{ {text} }}]\n'


def sources(forms, text):
    """What a line of the last form is in each of the earlier ones, as table.code with how many steps one is."""
    walk, key = Crosswalk(forms[-1], forms), tuple(text.split("."))
    return [[(n, ".".join(one)) for n, one in walk.sources(form).get(key, ())] for form in forms[:-1]]


@pytest.mark.parametrize(
    "key",
    [
        "T1.101", "T3.305", "T8.total_payers", "T6.201_102",
        *(pytest.param(key, marks=pytest.mark.slow) for key in (
            "T1.100", "T2.06", "T8.801_charged", "T6.rows", "T6.201", "T7.620200-025_102", "T5.501"
        )),
    ],
)  # fmt: skip
def test_what_extends_leaves_untouched_is_the_same(offices, key):
    assert sources(offices.forms(a(), b()), key) == [[(1, key)]]


def test_it_is_so_whichever_of_the_two_extends_the_other_and_when_both_extend_a_third(offices):
    old_from_new = offices.forms(
        ("old", "2012-01", "2012-06", "new", ""), ("new", "2012-07", "2012-12", "jyg-2012", "")
    )

    assert sources(old_from_new, "T2.06") == [[(1, "T2.06")]]
    assert sources(offices.forms(a(), b(base="jyg-2012")), "T8.801_charged") == [[(1, "T8.801_charged")]]


def test_heading_months_and_duty_may_change(offices):
    forms = offices.forms(a(), b(line('code = "06", section = "别的", months = [1, 12]')))

    assert sources(forms, "T2.06") == [[(1, "T2.06")]]


def test_codes_that_were_swapped_and_swapped_again_keep_their_meaning(offices):
    swap = '[[table]]\nid = "T2"\nline = [{{ code = "11", name = "{0}", was = "{2}:T2.12" }}, {{ code = "12", name = "{1}", was = "{2}:T2.11" }}]\n'
    names = "其中：1.当面申请数", "2.传真申请数"
    forms = offices.forms(
        ("a", "2012-01", "2012-03", "jyg-2012", ""),
        ("b", "2012-04", "2012-06", "a", swap.format(*reversed(names), "a")),
        ("c", "2012-07", "2012-12", "b", swap.format(*names, "b")),
    )

    assert sources(forms, "T2.11") == [[(1, "T2.11")], [(1, "T2.12")]]
    assert sources(forms[:2], "T2.11") == [[(1, "T2.12")]]


def test_what_was_says_goes_on_through_the_editions_between(offices):
    forms = offices.forms(
        ("a", "2012-01", "2012-03", "jyg-2012", ""),
        ("b", "2012-04", "2012-06", "a", line('code = "06", name = "接待人数", was = "a:T2.06"')),
        ("c", "2012-07", "2012-12", "b", line('code = "06", name = "来访人数", was = "b:T2.06"')),
    )

    assert sources(forms, "T2.06") == [[(1, "T2.06")], [(1, "T2.06")]]


TWO = '[[table]]\nid = "T2"\nline = [{ code = "41", name = "查阅", unit = "人次" }, { code = "42", name = "查询", unit = "人次" }]\n'


def test_a_line_may_move_to_another_table_and_one_may_be_gone(offices):
    table = '[[table]]\nid = "T20"\ntitle = "查阅"\nsheet = "主动公开"\nshape = "list"\nmeasures = ["month"]\n'
    table += 'line = [{ code = "991", name = "来查阅的", unit = "人次", was = "a:T2.41" }]\n'
    forms = offices.forms(a(TWO), b('without = { line = ["T2.41", "T2.42"] }\n' + table))
    walk = Crosswalk(forms[1], forms)

    assert sources(forms, "T20.991") == [[(1, "T2.41")]]
    assert [entry.code for entry in walk.gone(forms[0])] == ["42"]
    assert walk.listed("a", "T20", "991")


KINDS = "code,name,short,valid_from,valid_to,aliases,was\n{}\n"
CATEGORIES = (OFFICES / "jyg" / "categories.csv").read_text("utf-8-sig").splitlines()[1:]


def kinds(*rows):
    return KINDS.format("\n".join(rows))


def other_list(offices):
    """July's block and register take their categories from another list: 201 is called otherwise, 202 is now 252."""
    names = [row.split(",")[:3] for row in CATEGORIES]
    rows = [",".join([*one, "", "", ""]) for one in names if one[0] not in {"201", "202"}]
    second = next(one for one in names if one[0] == "202")
    offices.list_(
        kinds("201,全然不同类,不同,,,,", f"252,{second[1]}甲,{second[2]}甲,,,,202", *(f"{row}," for row in rows))
    )
    return (
        '[[table]]\nid = "T1"\nblock = [{ id = "categories", codes = "kinds" }]\n'
        '[[table]]\nid = "T6"\nfield = [{ code = "category", codes = "kinds" }]\n'
    )


def test_another_list_of_codes_goes_on_by_name_or_by_what_it_says(offices):
    more = other_list(offices)
    annual = ["表3", "表4", "表5", "表5续"]
    forms = offices.forms(a(), b(f"without = {{ annual = {annual} }}\n".replace("'", '"') + more))

    assert sources(forms, "T1.203") == [[(1, "T1.203")]]
    assert sources(forms, "T1.252") == [[(1, "T1.202")]]
    assert sources(forms, "T1.201") == [[]]
    assert sources(forms, "T1.200") == [[(1, "T1.200")]]
    assert sources(forms, "T6.252_102") == [[(1, "T6.202_102")]]
    assert sources(forms, "T6.201_102") == [[]]
    assert "201" in {one.code for one in Family(forms).unsaid()}


def test_a_unit_that_is_a_multiple_goes_on_in_steps_fine_enough(offices):
    column = '[[table]]\nid = "T8"\ncolumn = [{ code = "charged", unit = "万元", decimals = 2 }]\n'
    forms = offices.forms(a(), b(column))
    walk = Crosswalk(forms[1], forms)

    assert sources(forms, "T8.801_charged") == [[(1, "T8.801_charged")]]
    assert walk.form.entries["T8", "801_charged"].quantity.decimals == 6
    assert walk.rounding(("T8", "801_charged")) == 10_000
    assert walk.sources(forms[1])["T8", "801_charged"] == ((10_000, ("T8", "801_charged")),)


@pytest.mark.parametrize("change", ['unit = "条"', 'kind = "stock"'])
def test_what_is_another_kind_of_number_now_is_new_and_asked_about(offices, change):
    table = '[[table]]\nid = "T20"\ntitle = "查阅"\nsheet = "主动公开"\nshape = "list"\nmeasures = ["month"]\n'
    forms = offices.forms(
        a(table + 'line = [{ code = "991", name = "查阅", unit = "人次" }]\n'),
        b(line(f'code = "991", {change}', "T20")),
    )

    assert sources(forms, "T20.991") == [[]]
    assert [(one.table, one.code) for one in Family(forms).unsaid()] == [("T20", "991")]


def test_what_is_not_connected_has_no_counterpart_but_by_table_where_that_says_so(offices):
    whole = (EDITIONS / "jyg-2012.toml").read_text("utf-8")
    (offices.editions / "copy.toml").write_text(whole.replace('id = "jyg-2012"', 'id = "copy"', 1), "utf-8")
    said = '[[table]]\nid = "T2"\nwas = "a:T2"\nline = [{ code = "07", name = "别的咨询数" }]\n'
    forms = offices.forms(a(), b(said, base="copy"))

    assert sources(forms, "T2.06") == [[(1, "T2.06")]]
    assert sources(forms, "T2.07") == [[]]
    assert sources(forms, "T1.101") == [[]]


def test_a_line_is_not_asked_in_the_months_of_a_form_that_had_it_not(offices):
    forms = offices.forms(a(), b(line('code = "41", name = "新", unit = "条"')))
    entry = Crosswalk(forms[1], forms).form.entries["T2", "41"]

    assert [entry.asked(month) for month in ("2012-06", "2012-07")] == [False, True]
    assert forms[1].entries["T2", "41"].asked("2012-06")


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (line('code = "06", was = "T2.06"'), "b.toml 第 6 行：“was”写了“T2.06”，要写成“表式:表.代码”的样子"),
        (line('code = "06", was = "aa:T2.06"'), "“was”写的表式“aa”不存在，最接近的是“a”"),
        (line('code = "06", was = "a:T22.06"'), "那份表式没有表“T22”，最接近的是“T2”"),
        (line('code = "06", was = "a:T2.66"'), "那份表式的表 T2 没有“66”，最接近的是“06”"),
        (line('code = "06", was = "a:T2.01"'), "“现场接待人数”的 was 指向“主动公开信息数”，但计量单位是“人次”，那里是“条”"),
        (line('code = "41", name = "甲", unit = "人次", was = "a:T2.06"'), "都接着以前的“现场接待人数”（T2.06），这个数会算两遍"),
        ('[[table]]\nid = "T2"\nwas = "a:T2.06"\n', "只写到表"),
        ('[[table]]\nid = "T8"\ncolumn = [{ code = "charged", was = ["a:T8.charged", "a:T8.waived"] }]\n', "只有单独的行可以由几行合并而来"),
    ],
)  # fmt: skip
def test_what_was_cannot_be_is_a_mistake_at_its_line(offices, more, says):
    with pytest.raises(Mistake) as told:
        offices.forms(a(), b(more))

    assert says in str(told.value)
    assert str(told.value).startswith("b.toml 第 ")


def test_two_forms_for_one_month_are_a_mistake(offices):
    with pytest.raises(Mistake) as told:
        offices.forms(a(), ("b", "2012-06", "2012-12", "a", ""))

    assert str(told.value) == (
        "b.toml 第 3 行：表式“b”和“a”的有效期重叠（2012-06 到 2012-06），这些月份分不清用哪一份表式。"
        "请改 valid，让一个月只有一份表式。"
    )


def test_was_may_name_an_edition_that_this_office_does_not_use(offices):
    assert sources(offices.forms(a(), b(line('code = "06", was = "sfs-2012:T2.06"'))), "T2.06") == [[(1, "T2.06")]]
