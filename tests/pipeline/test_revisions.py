"""What was forwarded, what changed since, and what moves with it."""

import json
import shutil

import pytest
from docx import Document
from python_calamine import CalamineWorkbook

from pipeline.desk.forwarding import forward
from pipeline.ledger.published import papers_of
from pipeline.outbox.publish.revisions import said
from pipeline.tables.outcome import Outcome
from pipeline.values.files import sha256
from pipeline.values.periods import Month
from schemas.mistake import Mistake
from tests.builders import Desk, Quiet, office_of, sound, sound_items
from tests.pipeline.ruled import digest, rule

pytestmark = pytest.mark.slow

MONTHS = ("2012-01", "2012-02", "2012-03")
AS_OF = "2012-04-02"  # March is not due yet


@pytest.fixture(scope="module")
def forwarded(tmp_path_factory) -> Desk:
    """Two units sent three months, which were forwarded."""
    desk = Desk(tmp_path_factory.mktemp("forwarded"))
    desk.office = office_of(desk.office, map(desk.unit, ("市卫生局", "市教育局")))
    for month in MONTHS:
        for unit in ("市卫生局", "市教育局"):
            desk.send(unit, month, changes={"T2.05": 100 + int(month[-2:])})
    done = forward(request(desk), "", Quiet())
    assert done.new, done.outcome.verdict
    return desk


def request(desk: Desk):
    return desk.request(AS_OF, "2012-03")


@pytest.fixture
def desk(forwarded, tmp_path) -> Desk:
    """A copy of that desk, for one story."""
    shutil.copytree(forwarded.folder, tmp_path, dirs_exist_ok=True)
    return Desk(tmp_path, forwarded.office, list(forwarded.receipts), dict(forwarded.cumulative))


def again(desk: Desk) -> Outcome:
    return desk.examine(AS_OF, "2012-03")


def told(outcome: Outcome) -> list[tuple[str, str, str, int | None, int | None, str]]:
    return [(outcome.office.short(c.unit), c.period, f"{c.table}.{c.line}", c.before, c.after, c.cause)
            for c in outcome.revisions.changes]  # fmt: skip


def test_what_is_forwarded_is_whole_and_its_manifest_names_every_file_in_and_out(forwarded):
    (folder,) = (forwarded.outbox / "上报").iterdir()
    manifest = json.loads((folder / "清单.json").read_text("utf-8"))
    assert (manifest["office"], manifest["region_code"]) == ("jyg", "620200")
    there = {p.relative_to(folder).as_posix(): sha256(p.read_bytes()) for p in folder.rglob("*") if p.is_file()}
    sent = {f"收件夹/{p.relative_to(forwarded.inbox).as_posix()}": sha256(p.read_bytes())
            for p in forwarded.inbox.rglob("*.xlsx")}  # fmt: skip

    assert folder.name == "2012-03_v1"
    assert manifest["out"] == {name: digest for name, digest in there.items() if name != "清单.json"}
    assert set(there) == {
        "嘉峪关市_2012年1—3月_第1版_政府信息公开统计汇总.xlsx", "分析说明/2012-03_分析说明.docx", "报送函.docx", "清单.json",
    }  # fmt: skip
    papers = papers_of(folder)
    kept = {p.relative_to(papers).as_posix(): sha256(p.read_bytes()) for p in papers.rglob("*") if p.is_file()}
    assert manifest["papers"] == kept
    assert {"data/facts.csv", "run.json", "2012年度工作底稿.xlsx", "2012年度报告统计稿.docx"} <= set(kept)
    assert sent.items() <= manifest["in"].items()


def test_nothing_has_changed_yet(forwarded):
    revisions = again(forwarded).revisions

    assert (revisions.published, revisions.changes, revisions.moved) == ("2012-03_v1", (), ())


def test_the_same_is_not_forwarded_twice(desk):
    done = forward(request(desk), "", Quiet())

    assert (done.new, done.folder.name) == (False, "2012-03_v1")
    assert len(list((desk.outbox / "上报").iterdir())) == 1


def test_a_corrected_return_is_a_revision_that_moves_every_table_it_is_in(desk):
    desk.send("市卫生局", "2012-02", {"T2.05": 112}, received="2012-04-01", name="更正.xlsx")
    outcome = again(desk)

    assert told(outcome) == [("市卫生局", "2012-02", "T2.05", 102, 112, "第2版代替第1版")]
    (change,) = outcome.revisions.changes
    sheet, cell = desk.cell("T2.05", "2012-02")
    assert (change.file, change.sheet, change.cell) == ("更正.xlsx", sheet, cell)
    moved = {(m.table, m.row): m.difference for m in outcome.revisions.moved if m.column == "网站信息公开页面访问量"}
    assert moved == {
        ("表11", "1—3月"): 10, ("表11", "2月"): 10, ("表11", "第一季度"): 10,
        ("表11续", "合计"): 10, ("表11续", "市政府部门"): 10, ("表11续", "市卫生局"): 10,
    }  # fmt: skip


def test_later_months_whose_cumulative_figure_lacks_it_are_named(desk):
    desk.send("市卫生局", "2012-02", {"T2.05": 112}, received="2012-04-01", name="更正.xlsx")
    later = [m for m in again(desk).revisions.moved if not m.table]

    assert [(m.title, m.row, m.before, m.after) for m in later] == [("本年累计", "市卫生局 2012-03", 306, 316)]


@pytest.fixture
def january(tmp_path) -> Desk:
    """A unit whose January, with line 04 at 4, was forwarded."""
    desk = Desk(tmp_path)
    desk.office = office_of(desk.office, (desk.unit("市卫生局"),))
    desk.send("市卫生局", "2012-01", {"T2.04": 4, "T2.05": 101})
    assert forward(desk.request("2012-02-04", "2012-01"), "", Quiet()).new
    return desk


def test_with_a_month_missing_no_cumulative_figure_is_told_to_lack_anything(january):
    january.send("市卫生局", "2012-01", {"T2.04": 6, "T2.05": 101}, received="2012-03-05", name="更正.xlsx")
    january.send("市卫生局", "2012-03", {"T2.04": 12, "T2.04:year_to_date": 23, "T2.05": 103})

    revisions = january.examine("2012-04-10", "2012-03").revisions

    assert [(c.line, c.before, c.after) for c in revisions.changes] == [("04", 4, 6)]
    assert [m for m in revisions.moved if not m.table] == []
    moved = {(m.table, m.row): (m.before, m.after) for m in revisions.moved}
    assert moved["表11", "1月"] == moved["表11续", "市卫生局"] == (4, 6)


def test_an_adjustment_of_the_offices_says_nothing_of_the_units_cumulative_figures(january):
    january.send("市卫生局", "2012-02", {"T2.04": 5, "T2.05": 102})
    january.run("2012-03-04", "2012-02")
    adjusted = {"单位": "市卫生局", "报告期": "2012-01", "意见": "调整", "内容": "T2.04", "数值": -1, "填的值": "4"}
    rule(january, more=(adjusted,))

    revisions = january.examine("2012-03-05", "2012-02").revisions

    assert [(c.line, c.before, c.after) for c in revisions.changes] == [("04", 4, 3)]
    assert [m for m in revisions.moved if not m.table] == []


def test_items_that_change_places_in_the_register_alone_move_the_printed_cells_of_their_table(january):
    form = january.form()
    items = sound_items(form, Month(2012, 1), sound(form))
    one, other = next(
        (n, m)
        for n, a in enumerate(items)
        for m, b in enumerate(items)
        if a["channel"] and b["channel"] and a["channel"] != b["channel"] and a["category"] != b["category"]
    )
    swapped = (str(items[other]["channel"]), str(items[one]["channel"]))
    items[one], items[other] = ({**items[n], "channel": to} for n, to in zip((one, other), swapped, strict=True))
    january.send(
        "市卫生局", "2012-01", {"T2.04": 4, "T2.05": 101}, items=items, received="2012-03-05", name="更正.xlsx"
    )

    outcome = january.examine("2012-03-06", "2012-01")

    moved = outcome.revisions.moved
    assert {m.table for m in moved} == {"表4"}
    assert sorted(m.difference for m in moved) == [-1, -1, 1, 1]
    assert {c.table for c in outcome.revisions.changes} == {"T6"}
    assert {c.cause for c in outcome.revisions.changes} == {"第2版代替第1版"}


def test_a_version_that_kept_no_printed_cells_is_held_against_its_facts_and_that_is_said(january):
    folder = january.outbox / "上报" / "2012-01_v1"
    papers = papers_of(folder)
    for path in (folder / "清单.json", papers / "data" / "printed.csv"):
        path.chmod(0o644)
    manifest = json.loads((folder / "清单.json").read_text("utf-8"))
    del manifest["papers"]["data/printed.csv"]
    (papers / "data").chmod(0o755)
    (papers / "data" / "printed.csv").unlink()
    (folder / "清单.json").write_text(json.dumps(manifest), encoding="utf-8")
    january.send("市卫生局", "2012-01", {"T2.04": 6, "T2.05": 101}, received="2012-03-05", name="更正.xlsx")

    outcome = january.examine("2012-03-06", "2012-01")

    assert [(c.line, c.before, c.after) for c in outcome.revisions.changes] == [("04", 4, 6)]
    assert "那一版没有留存逐格的表" in said(outcome)


def test_what_was_counted_and_is_no_longer_says_why(desk):
    desk.run(AS_OF, "2012-03")
    first = desk.inbox / "2012-01" / "市教育局_2012-01.xlsx"
    rule(desk, more=({"校验码": digest(first), "意见": "作废"},))
    changes = again(desk).revisions.changes

    assert {(c.period, c.after, c.cause) for c in changes} == {("2012-01", None, "不再计入：作废")}
    assert {c.line: c.before for c in changes}["05"] == 101


def test_an_adjustment_is_a_revision_with_the_offices_reason(desk):
    desk.run(AS_OF, "2012-03")
    rule(
        desk,
        more=({"单位": "市教育局", "报告期": "2012-03", "意见": "调整", "内容": "T2.04", "数值": -2, "填的值": "5"},),
    )
    outcome = again(desk)

    assert told(outcome) == [("市教育局", "2012-03", "T2.04", 5, 3, "调整：已电话核实（王芳，2012年2月10日）")]
    assert outcome.revisions.changes[0].file == "处理意见.xlsx"


def test_the_ripple_is_what_the_tables_print_now_less_what_was_forwarded(desk, forwarded):
    before = again(forwarded)
    desk.send("市教育局", "2012-01", {"T2.05": 1000, "T2.08": 70}, received="2012-04-01", name="更正.xlsx")
    after = again(desk)
    differences = {
        (t.annual.id, r.label, c.name): value - old
        for t, then in zip(after.tables, before.tables, strict=True)
        for r, s in zip(t.rows, then.rows, strict=True)
        for c, value, old in zip(t.columns, r.numbers, s.numbers, strict=True)
        if value != old
    }

    assert {(m.table, m.row, m.column): m.difference for m in after.revisions.moved if m.table} == differences != {}


def test_a_new_version_is_forwarded_beside_the_old_one_which_stays(desk):
    old = desk.outbox / "上报" / "2012-03_v1"
    before = {path.name: path.read_bytes() for path in old.rglob("*") if path.is_file()}
    desk.send("市卫生局", "2012-02", {"T2.05": 112}, received="2012-04-01", name="更正.xlsx")

    refused = forward(request(desk), "", Quiet())
    done = forward(request(desk), "3月的累计数等单位重报", Quiet())

    assert (refused.folder, done.folder.name) == (None, "2012-03_v2")
    assert {path.name: path.read_bytes() for path in old.rglob("*") if path.is_file()} == before
    cover = CalamineWorkbook.from_path(next(done.folder.glob("*.xlsx"))).get_sheet_by_name("封面")
    texts = [cell for row in cover.to_python() for cell in row if cell]
    assert texts[texts.index("保留意见") + 1] == "3月的累计数等单位重报"
    assert any("上报稿，第2版" in str(text) for text in texts)
    assert again(desk).revisions.published == "2012-03_v2"
    assert again(desk).revisions.changes == ()


def test_a_version_that_was_tampered_with_is_refused(desk):
    facts = papers_of(desk.outbox / "上报" / "2012-03_v1") / "data" / "facts.parquet"
    facts.chmod(0o644)
    facts.write_bytes(facts.read_bytes() + b" ")

    with pytest.raises(Mistake, match="与清单不符"):
        again(desk)


def test_what_was_forwarded_counts_among_the_inputs(desk):
    with_it = again(desk).fingerprint
    shutil.rmtree(desk.outbox / "上报")

    assert again(desk).fingerprint != with_it


@pytest.fixture(scope="module")
def closed(tmp_path_factory) -> tuple[Desk, Outcome]:
    """One unit's whole year, which was forwarded."""
    desk = Desk(tmp_path_factory.mktemp("closed"))
    desk.office = office_of(desk.office, (desk.unit("市卫生局"),))
    for number in range(1, 13):
        desk.send("市卫生局", f"2012-{number:02d}", changes={"T2.05": 100})
    done = forward(desk.request("2013-01-08", "2012-12"), "年底上报", Quiet())
    assert done.folder.name == "2012-12_v1"
    return desk, done.outcome


def test_a_closed_year_stays_the_base_of_the_next_when_its_files_leave_the_inbox(closed, tmp_path):
    desk, _ = closed
    shutil.copytree(desk.folder, tmp_path, dirs_exist_ok=True)
    own = Desk(tmp_path, desk.office, list(desk.receipts), dict(desk.cumulative))
    own.send("市卫生局", "2013-01", {"T2.05": 50}, received="2013-02-05")
    before = own.examine("2013-06-02", "2013-01")
    (own.inbox / "2012-05" / "市卫生局_2012-05.xlsx").unlink()
    (own.inbox / "2012-12" / "市卫生局_2012-12.xlsx").unlink()

    after = own.examine("2013-06-02", "2013-01")

    assert after.growth == before.growth
    assert (after.closed.changes, after.closed.moved) == ((), ())
    assert [(f.rule, f.period) for f in after.findings] == [(f.rule, f.period) for f in before.findings]


def test_a_closed_year_is_not_moved_by_a_late_return(closed):
    desk, before = closed
    desk.send("市卫生局", "2012-05", {"T2.05": 900}, received="2013-03-01", name="迟来的更正.xlsx")

    after = desk.examine("2013-03-02", "2012-12")

    assert [t.rows for t in after.tables] == [t.rows for t in before.tables]
    assert [(f.rule, f.file) for f in after.findings if f.rule == "N-CLO-01"] == [("N-CLO-01", "迟来的更正.xlsx")]
    assert after.revisions.changes == ()


def test_the_effect_of_what_came_late_is_told_in_the_next_year(closed):
    desk, _ = closed
    if not (desk.inbox / "迟来的更正.xlsx").exists():
        desk.send("市卫生局", "2012-05", {"T2.05": 900}, received="2013-03-01", name="迟来的更正.xlsx")
    desk.send("市卫生局", "2013-01", {"T2.05": 50}, received="2013-02-05")

    outcome = desk.examine("2013-06-02", "2013-05")
    late = outcome.closed

    assert [(c.period, c.line, c.before, c.after, c.cause) for c in late.changes] == [
        ("2012-05", "05", 100, 900, "第2版代替第1版")
    ]
    assert {m.difference for m in late.moved} == {800}
    assert {m.row for m in late.moved} >= {"全年", "5月", "市卫生局"}
    views = next(row for row in outcome.growth.yearly if row.label == "网站信息公开页面访问量")
    assert views.growth.base == 500  # what was forwarded, as the level above has it


def test_a_ruling_after_the_closing_does_not_move_the_year_either(closed):
    desk, before = closed
    desk.run("2013-01-08", "2012-12")
    rule(desk, more=({"单位": "市卫生局", "报告期": "2012-03", "意见": "调整", "内容": "T2.04", "数值": -2},))

    after = desk.examine("2013-03-02", "2012-12")

    assert [t.rows for t in after.tables] == [t.rows for t in before.tables]


def test_the_letter_of_correction_says_what_changed_and_what_moves(desk):
    desk.send("市卫生局", "2012-02", {"T2.05": 112}, received="2012-04-01", name="更正.xlsx")
    desk.run(AS_OF, "2012-03")
    letter = Document(desk.outbox / "2012" / "更正" / "2012-03_v1_更正说明.docx")
    texts = [paragraph.text for paragraph in letter.paragraphs]
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in letter.tables]

    assert "1.市卫生局2012年2月月报的1个数有更正（第2版代替第1版）。" in texts
    assert "以后各期的本年累计还有1处没有随之改正（市卫生局 2012-03），还要请单位重报。" in texts
    assert ["2012-02", "市卫生局", "网站专栏页面访问量", "人次", "102", "112", "10"] in tables[0]
    assert ["表11", "2月", "网站信息公开页面访问量", "人次", "204", "214", "10"] in tables[1]


def test_without_a_change_there_is_no_letter(desk):
    desk.run(AS_OF, "2012-03")

    assert not (desk.outbox / "2012" / "更正").exists()
