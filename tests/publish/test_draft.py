"""The drafts: every figure is that of the facts, what does not meet is said, what the office must write is asked."""

import re
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_COLOR_INDEX
from docx.shared import Mm

from pipeline.desk.telling import tell
from pipeline.outbox.fingerprint import declared_inputs
from pipeline.outbox.publish.drafts import NOTE as NOTES
from pipeline.outbox.publish.drafts import drafts, write_drafts
from pipeline.outbox.publish.report_docx import NOTE, REPORT
from pipeline.outbox.publish.shown import growth, increase, share
from pipeline.story.delivering import deliver
from pipeline.story.run import run
from pipeline.tables.answers import Answers
from pipeline.values.answer import Answer, known
from pipeline.values.findings import Place, make
from schemas.draft import TEXTS
from schemas.edition import EDITIONS
from schemas.mistake import Mistake
from schemas.office import read_office
from tests.builders import Desk, Quiet, ref
from tests.cli.settings import Settings
from tests.pipeline.test_wording import HALF_WIDTH, NEVER
from tests.publish.fonts import DESKS, only
from tests.publish.reading import LibreOffice, pages

pytestmark = pytest.mark.slow

CITY = "嘉峪关市"


def read(path: Path):
    return docx.Document(str(path))


def draft_of(year):
    (path,) = year.folder.glob("*年度报告统计稿.docx")
    return read(path)


def lines(document) -> list[str]:
    """Every paragraph and every row of the tables, as text."""
    rows = [" | ".join(cell.text for cell in row.cells) for table in document.tables for row in table.rows]
    return [p.text for p in document.paragraphs if p.text] + rows


@pytest.fixture(scope="module")
def demo_lines(demo):
    return lines(draft_of(demo))


def line_of(texts: list[str], start: str) -> str:
    (found,) = (text for text in texts if text.startswith(start))
    return found


LACKS = "（未收齐，应报600份，有数598份）"  # two returns of the demonstration year are sent back


class Facts:
    """Sums made of the facts alone: months add up, but of a stock each unit's last counts, of an opening its first."""

    def __init__(self, outcome) -> None:
        facts = outcome.facts
        own = facts[(facts["measure"] == "month") & facts["role"].isin(["input", "declared", "adjustment"])].dropna(
            subset=["value"]
        )
        lines = own.groupby(["table", "line", "column"])["value"]
        self.form, self.own, self.flows = outcome.form, own.sort_values("period"), lines.sum().to_dict()

    def sum(self, linear) -> int:
        return linear.constant + sum(times * self._value(one) for times, one in linear.terms)

    def _value(self, one) -> int:
        entry = self.form.entry(one)
        key = (one.table, entry.line, entry.column)
        if entry.kind == "flow":
            return int(self.flows.get(key, 0))
        own = self.own[(self.own["table"] == key[0]) & (self.own["line"] == key[1])].groupby("unit")["value"]
        return int((own.last() if entry.kind == "stock" else own.first()).sum())


def test_every_figure_of_the_tables_is_that_of_the_facts(year):
    outcome, there, facts = year.outcome, draft_of(year).tables, Facts(year.outcome)
    schedules = outcome.form.edition.schedules

    assert len(there) == len(schedules)
    for table, schedule in zip(there, schedules, strict=True):
        linears = [linear for row in schedule.rows for linear in outcome.form.numbers(row.of)]
        column = [cell.text for cell in table.rows[0].cells].index("2012年")
        printed = [float(row.cells[column].text.replace(",", "")) for row in table.rows[1:]]
        expected = [outcome.form.quantity(linear).number(facts.sum(linear)) for linear in linears]
        assert printed == expected, schedule.id


def test_the_sentences_of_2012(demo_lines):
    assert line_of(demo_lines, "2012年，我市主动公开").startswith(
        "2012年，我市主动公开政府信息19,649条。其中，通过省级政府及部门网站公开172条，通过市政府网站公开3,555条，"
        "通过各部门网站公开9,088条，通过政府公报公开14条，通过新闻媒体公开3,541条，通过新闻发布会公开15条，"
        "通过其他形式公开3,237条，各渠道合计19,622条（未收齐，应报600份，有数598份）。"
    )
    assert f"接待访问咨询154,875人次，其中现场接待87,200人次，网上咨询519人次，电话咨询67,156人次{LACKS}。" in "".join(
        demo_lines
    )
    assert line_of(demo_lines, "2.公共查阅点").endswith(f"社会公众1,862人次，提供查阅3,320卷（册）{LACKS}。")


def test_what_did_not_happen_reads_well(demo_lines):
    assert {
        f"2012年，我市未收到政府信息公开申请{LACKS}。",
        f"2012年，我市政府信息公开没有收取费用，也没有减免{LACKS}。",
        f"2012年，我市没有因政府信息公开申请行政复议、提起行政诉讼和申诉的情况{LACKS}。",
    } <= set(demo_lines)


def test_what_happened_is_told_with_its_parts(shifan):
    whole = "\n".join(lines(draft_of(shifan)))

    assert re.search(r"收到政府信息公开申请[1-9]\d*条，其中当面申请数\d+条", whole)
    assert re.search(r"政府信息公开收费1,743\.55元（232人次），减免66\.75元（18人次）", whole)
    assert re.search(r"行政复议[1-9]\d*件，提起行政诉讼", whole)


def test_what_does_not_meet_is_marked_beside_its_figures(demo_lines):
    told = "“主动公开信息数”（01行）19,649条，101—107行之和19,622条，相差27条"
    asked = "年报正文 二（一）154,855人次，汇总 06—08行之和154,875人次，相差20人次"

    assert f"【已说明：{told}】" in line_of(demo_lines, "2012年，我市主动公开")
    assert f"【待核对：{asked}】" in line_of(demo_lines, "2012年，我市主动公开")
    assert {f"注：【已说明：{told}】", f"注：【待核对：{asked}】"} <= set(demo_lines)


def test_all_in_brackets_is_highlighted_and_nothing_else(year):
    runs = [run for p in draft_of(year).paragraphs for run in p.runs if run.text]
    marked = [run.text for run in runs if run.font.highlight_color == WD_COLOR_INDEX.YELLOW]

    assert marked
    assert all(text.startswith("【") and text.endswith("】") for text in marked)
    assert "【" not in "".join(run.text for run in runs if run.font.highlight_color is None)


def test_who_is_not_in_it_is_said(demo_lines):
    assert line_of(demo_lines, "汇总范围") == (
        "汇总范围：应报600份，收到599份，入汇598份，退回未改1份，未报1份。"
        "未报：市体育局11月。退回未改：市粮食局12月。以上月报的数字不在本稿内。"
    )


def test_the_offices_texts_have_their_figures_and_what_it_did_not_write_is_asked(demo_lines, shifan):
    assert "合作制作并播出11期医改宣传片，印发100,000份" in line_of(demo_lines, "（二）医疗卫生")
    assert {"【请办公室填写：概述】", "【请办公室填写：民生领域】"} <= set(lines(draft_of(shifan)))


def test_its_words_are_words(year):
    for text in lines(draft_of(year)):
        assert not HALF_WIDTH.search(re.sub(r"![A-Z]+\d", "", text)), text
        assert not NEVER.search(text.replace("我市", "")), text
        assert "{" not in text


def test_page_and_type_are_those_of_an_official_document(demo):
    document = draft_of(demo)
    section = document.sections[0]
    (grid,) = section._sectPr.xpath("w:docGrid")
    styles = {s.name: s for s in document.styles}
    fonts = {
        name: styles[name].element.xpath("string(w:rPr/w:rFonts/@w:eastAsia)")
        for name in ("Normal", "Title", "Heading 1")
    }
    themes = document.styles.element.xpath("//w:rFonts/@*[contains(name(), 'Theme')]")

    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(margin / Mm(1)) for margin in margins] == [37, 35, 28, 26]
    assert sorted(grid.attrib.values()) == ["579", "lines"]
    assert styles["Normal"].paragraph_format.line_spacing.pt == pytest.approx(28.95)
    assert fonts == {"Normal": "仿宋_GB2312", "Title": "方正小标宋简体", "Heading 1": "黑体"}
    assert (themes, document.settings.odd_and_even_pages_header_footer) == ([], True)
    assert document.element.xpath("//w:gridSpan | //w:vMerge") == []
    assert document.core_properties.created.isoformat() == "2013-01-31T00:00:00+00:00"


@pytest.fixture(scope="module")
def settings(tmp_path_factory):
    """Two months of three units, in an office whose settings may be changed."""
    own = Settings(tmp_path_factory.mktemp("draft"))
    (Path(own.office) / TEXTS).unlink()
    desk = own.desk()
    for unit in ("市教育局", "市卫生局", "雄关区"):
        desk.send(unit, "2012-01")
    desk.send("市教育局", "2012-02", {"T2.04": 7, "T2.10": 2, "T2.11": 2, "T3.305": 2})
    own.outcome = desk.examine("2012-02-20", through="2012-02")
    return own


@pytest.fixture
def outcome(settings, tmp_path):
    """What was found there, with a folder of settings of its own."""
    folder = tmp_path / "office"
    folder.mkdir()
    for path in Path(settings.office).iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    return replace(settings.outcome, office=read_office(folder, settings.outcome.office.editions))


def changed(outcome, line: str) -> Answers:
    wide, name = outcome.answers.wide.copy(), str(ref(outcome.form, line))
    wide[name] += 1000
    return replace(outcome.answers, wide=wide)


def texts_of(outcome, folder: Path) -> list[list[str]]:
    return [lines(read(path)) for path in write_drafts(folder, drafts(outcome))]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("T2.04", ["提供服务类信息", "附表1 提供服务类信息"]),
        (
            "T2.06",
            [
                "接待访问咨询",
                "附表1 接待访问咨询",
                "附表4 接待访问咨询",
                "附表4 现场接待",
                "附表4 网上咨询",
                "附表4 电话咨询",
            ],
        ),
        ("T1.105", ["新闻媒体", "附表2 新闻媒体", "附表2 各渠道合计", "附表2 未注明渠道"]),
    ],
)
def test_a_figure_changes_wherever_it_stands_and_nowhere_else(outcome, tmp_path, line, says):
    before, after = (
        read(write_drafts(tmp_path / name, drafts(one))[0])
        for name, one in (("before", outcome), ("after", replace(outcome, answers=changed(outcome, line))))
    )
    prose = [b.text for a, b in zip(before.paragraphs, after.paragraphs, strict=True) if a.text != b.text]
    rows = [
        f"附表{n} {after.cells[0].text}"
        for n, (old, new) in enumerate(zip(before.tables, after.tables, strict=True), start=1)
        for row, after in zip(old.rows, new.rows, strict=True)
        if [c.text for c in row.cells] != [c.text for c in after.cells]
    ]

    assert prose
    assert all(says[0] in text for text in prose)
    assert rows == says[1:]


def test_the_note_tells_the_month_and_what_grew(outcome, tmp_path):
    _, note = texts_of(outcome, tmp_path)

    assert note[0] == f"{CITY}2012年2月政府信息公开情况统计月报分析说明"
    assert "应报50份，收到1份，入汇1份，退回未改0份，未报49份。" in line_of(note, "应报")
    assert "提供服务类信息7条；" in line_of(note, "主动公开政府信息10条")
    assert line_of(note, "主动公开政府信息10条").endswith("等47个单位，增减不可比，没有比较。")
    assert "提供服务类信息 | 条 | 7 | 15 | — | — | 22" in note
    assert "【请办公室填写：本月工作和增减原因】" in note


def test_what_counts_for_the_time_being_is_said(outcome, tmp_path):
    borne = outcome.returns["period"].eq("2012-02") & outcome.returns["file"].ne("")
    returns = outcome.returns.assign(state=outcome.returns["state"].mask(borne, "暂列"))
    report, note = texts_of(replace(outcome, returns=returns), tmp_path)

    assert any("【暂列：市教育局2月的月报暂列入汇，有关数字待核实】" in text for text in report)
    assert "入汇1份（其中暂列1份）" in line_of(note, "应报")


def test_january_is_compared_with_nothing(outcome, tmp_path):
    _, note = texts_of(replace(outcome, months=outcome.months[:1]), tmp_path)

    assert "上月数据不在本年度汇总内，未作比较。" in note


@pytest.mark.parametrize(
    ("place", "says"),
    [
        ("{{ 主动公开数 }}", "模板里的“{{ 主动公开数 }}”没有内容可填，最接近的是“主动公开”。"),
        ('{{ 数("T2.9") }}', '模板里的“{{ 数("T2.9") }}”：表 T2 没有“9”行，最接近的是“91”。'),
        ("{{ 主动公开 }", "模板里的花括号写法读不懂"),
        ("见{{ 附表1 }}", "“附表1”是一张表，要单独占一段，同一段里不写别的字。"),
    ],
)
def test_a_mistake_in_the_template_is_told_by_its_name(outcome, tmp_path, place, says):
    template = read(EDITIONS / "jyg-2012" / REPORT)
    template.add_paragraph(place)
    template.save(str(outcome.office.folder / REPORT))

    with pytest.raises(Mistake) as told:
        drafts(outcome)

    assert str(told.value).startswith(f"{REPORT}：{says}")


def test_a_template_that_is_no_document_is_told(outcome):
    (outcome.office.folder / NOTE).write_bytes(b"not a document")

    with pytest.raises(Mistake, match=r"分析说明模板\.docx：打不开，请用 Word 或 WPS 另存为"):
        drafts(outcome)


def test_what_a_department_wrote_is_words_and_nothing_more(outcome, tmp_path):
    place = Place(period="2012-02", file="<w:t>.xlsx")
    written = make("must", "E-NUM-02", place, "", "写了“{{ 年 }}<&>\ue000\a\x0b14”。", "请改。")
    _, note = texts_of(replace(outcome, findings=(written, *outcome.findings)), tmp_path)

    assert any("<w:t>.xlsx" in text and "写了“{{ 年 }}<&>14”。请改】" in text for text in note)


def test_an_offices_own_template_is_used_and_is_one_of_its_files(outcome, tmp_path):
    template = docx.Document()
    template.add_paragraph("服务类信息{{ 数(“T2.04”) }}条<&>，{{ 文字.概述 }}")
    template.add_paragraph("{{ 表6 }}")
    template.save(str(outcome.office.folder / REPORT))
    report, _ = texts_of(outcome, tmp_path)

    assert report[0] == "服务类信息22条<&>，【请办公室填写：概述】"
    assert "1月 | 0 | 0" in report
    assert f"设置/{REPORT}" in declared_inputs(tmp_path, [], outcome.office, outcome.walk.forms, ())


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[[text]]\nid = "概叙"\ntext = "甲"', "第 2 行：模板里没有“{{ 文字.概叙 }}”，最接近的是“概述”。"),
        ('[[text]]\nid = "概述"\ntext = "{T2.4}条"', "第 2 行：表 T2 没有“4”行，最接近的是“04”。"),
        ('[[text]]\nid = "概述"\ntxt = "甲"', "第 3 行：不认识的项“txt”，最接近的是“text”。"),
    ],
)
def test_a_mistake_in_the_offices_texts_is_told_with_its_line(outcome, text, says):
    (outcome.office.folder / TEXTS).write_text(text, encoding="utf-8")

    with pytest.raises(Mistake) as told:
        drafts(outcome)

    assert f"{TEXTS} {says}" in str(told.value)


def test_last_years_texts_are_not_used(outcome, tmp_path):
    text = 'year = 2011\n[[text]]\nid = "概述"\ntext = "去年的话"'
    (outcome.office.folder / TEXTS).write_text(text, encoding="utf-8")
    report, _ = texts_of(outcome, tmp_path)

    assert "【请办公室填写：概述（现有文字是2011年的）】" in report
    assert "去年的话" not in "".join(report)


def test_a_note_of_another_month_goes_away(outcome, tmp_path):
    for months in (outcome.months[:1], outcome.months):
        written, _ = deliver(replace(outcome, months=months), tmp_path)

    (note,) = (path for path in written if path.parent.name == NOTES)
    assert list(note.parent.iterdir()) == [note]


def test_a_draft_that_somebody_edited_is_kept_and_said(settings, tmp_path, capsys):
    desk = Desk(tmp_path, settings.outcome.office)
    desk.send("市教育局", "2012-01")
    desk.run("2012-02-20", through="2012-01")
    folder = desk.outbox / "2012"
    note = folder / "分析说明" / "2012-01_分析说明.docx"
    document = read(note)
    document.add_paragraph("办公室写的话")
    document.save(str(note))
    outcome, written, kept = run(desk.request("2012-03-20", "2012-02"), Quiet())
    tell(outcome, written, kept)

    first, last = sorted(note.parent.iterdir())
    assert first.name.startswith("2012-01_分析说明_改过的_h")
    assert "办公室写的话" in lines(read(first))
    assert last.name == "2012-02_分析说明.docx"
    said = capsys.readouterr().out
    assert f"发件夹里的“2012-01_分析说明.docx”有人改过，没有覆盖，另存为“{first.name}”。" in said
    assert f"年度报告统计稿：{folder / '2012年度报告统计稿.docx'}" in said
    assert f"分析说明：{last}" in said


@pytest.mark.parametrize(
    ("value", "whole", "parts", "grows"),
    [
        (1, 3, "33.3", "-66.7"),
        (0, 7, "0.0", "-100.0"),
        (5, 0, "—", "—"),
        (27, 19649, "0.1", "-99.9"),
        (3, 2, "150.0", "+50.0"),
        (9999, 10000, "99.9以上", "-0.0"),
        (1, 9999, "不到0.1", "-100.0"),
    ],
)
def test_shares_and_growth_are_rounded_half_up_and_nothing_is_divided_by_nothing(value, whole, parts, grows):
    assert (share(known(value), known(whole)), growth(known(value), known(whole))) == (parts, grows)


@pytest.mark.parametrize(("value", "whole"), [(Answer(), known(3)), (known(3), Answer()), (Answer(), Answer())])
def test_of_what_is_not_there_is_no_share_and_no_growth(value, whole):
    assert (share(value, whole), growth(value, whole), increase(value, whole)) == ("—", "—", None)


@pytest.mark.slow
@pytest.mark.libreoffice
@pytest.mark.poppler
def test_the_draft_prints_twenty_two_lines_a_page(demo, tmp_path):
    """Where its own fonts are, or such as have their measures: others make higher lines."""
    (path,) = demo.folder.glob("*年度报告统计稿.docx")
    (pdf,) = LibreOffice(tmp_path, only(tmp_path / "fonts", *DESKS["Liberation"])).to_pdf(path)
    printed = pages(pdf)

    assert 7 <= len(printed) <= 10
    assert [re.search(r"—\s*(\d+)\s*—\s*$", page)[1] for page in printed] == [
        str(n) for n in range(1, len(printed) + 1)
    ]
    lines = {len([line for line in page.splitlines() if line.strip()]) for page in printed[1:4]}
    assert lines <= {21, 22, 23}  # 22 and the number; a substitute font may be higher
