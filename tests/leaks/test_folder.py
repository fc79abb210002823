"""What is planted anywhere is asked about, keeps everything from being forwarded, and leaves in no byte of the folder."""

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.desk.cli import app
from pipeline.desk.forwarding import forward
from pipeline.outbox.guard import covered
from pipeline.tables.outcome import Outcome
from pipeline.values.findings import Finding
from pipeline.values.rulings import RULINGS
from schemas.edition import EDITIONS
from schemas.mistake import CannotRun
from schemas.office import read_office
from tests.assessed import small_office
from tests.builders import Desk, Quiet, a_little_office
from tests.leaks.folder import texts
from tests.leaks.plants import PLANTS
from tests.leaks.world import AS_OF, MONTH, World, on_each, on_the_sheet, ruled, secrets, sent, with_reasons

pytestmark = pytest.mark.slow

COVER = {"意见": "遮盖", "理由": None}
PASS = {"意见": "核实通过", "理由": "是对外公布的咨询电话"}


def left(world: World, folder: Path) -> list[tuple[str, str, str]]:
    """What was planted and is in the folder, with the file."""
    looked_for = list(secrets(world))
    return sorted({(kind, place, name) for name, text in texts(folder) for kind, place, secret in looked_for
                   if secret in text})  # fmt: skip


def forwarded(desk: Desk, reason: str = "月底前必须上报") -> Path | None:
    return forward(desk.request(AS_OF, MONTH), reason, Quiet()).folder


@pytest.fixture(scope="module")
def one(tmp_path_factory):
    """One kind in all places: before the office ruled, and what it forwarded when it had."""
    world = sent(tmp_path_factory.mktemp("one"), ("手机",))
    own = with_reasons(world)
    ruled(world.desk, *own)
    before = world.desk.examine(AS_OF, MONTH)
    ruled(world.desk, *own, *on_each(before, COVER))
    return world, before, forwarded(world.desk)


def test_each_is_asked_about_in_words_that_do_not_tell_it(one):
    world, before, _ = one
    asked = before.withheld

    assert {finding.state for finding in asked} == {"待说明"}
    assert f"其中{len(asked)}处是个人信息或密级标志" in before.verdict
    assert not [f for f in asked for _, _, secret in secrets(world) if secret in f.message + f.value + f.remedy]
    assert all(f.cell for f in asked if f.unit and not f.message.startswith("文件名"))
    assert ("W-LEAK-01", "公开台账", "A4", "138****0001") in {(f.rule, f.sheet, f.cell, f.value) for f in asked}


def test_none_of_it_is_in_any_byte_of_the_forwarded_folder(one):
    world, _, folder = one

    assert len({place for _, place in world.planted}) >= 8
    assert left(world, folder) == []


@pytest.fixture(scope="module")
def every(tmp_path_factory):
    """Every kind in all places, asked about and answered on the sheet that a run writes; and what was forwarded."""
    world = sent(tmp_path_factory.mktemp("every"))
    ruled(world.desk, *with_reasons(world))
    world.desk.run(AS_OF, MONTH)
    on_the_sheet(world.desk, COVER)
    after, _ = world.desk.run(AS_OF, MONTH)
    return world, after, forwarded(world.desk)


def test_nothing_of_nineteen_kinds_in_a_dozen_places_leaves(every):
    world, after, folder = every
    places = {place for _, place in world.planted}
    whole = [place for place in places if {kind for kind, at in world.planted if at == place} == set(PLANTS)]

    assert {finding.state for finding in after.findings if finding.withholds} == {"已遮盖"}
    assert len(PLANTS) >= 12
    assert len(whole) >= 8
    assert left(world, folder) == []


def test_the_years_consolidation_is_covered_too_and_the_rulings_are_as_the_office_wrote_them(every):
    world, *_ = every
    there = {(place, name.partition("/")[0]) for _, place, name in left(world, world.desk.outbox / "2012")}

    assert not {name for _, name in there if "汇总" in name or name.endswith((".docx", ".csv", ".json", ".parquet"))}
    assert ("处理意见.理由", RULINGS) in there


def written(desk: Desk, text: str, **more: str) -> None:
    """A return in which one cell for a number has a text."""
    desk.send(desk.office.units[0].rows[0].short, MONTH, {"T1.102": text}, **more)


@pytest.fixture
def phone(tmp_path) -> Desk:
    desk = Desk(tmp_path, a_little_office())
    written(desk, "4条，见13812345678")
    return desk


def number(outcome: Outcome) -> Finding:
    (finding,) = [f for f in outcome.findings if f.withholds]
    return finding


def answered(desk: Desk, answer: dict[str, object]) -> Outcome:
    ruled(desk, *on_each(desk.examine(AS_OF, MONTH), answer))
    return desk.examine(AS_OF, MONTH)


def test_the_command_refuses_whatever_the_reservation_and_says_what_to_do(phone):
    told = CliRunner().invoke(app, ["publish", "--through", MONTH, "--with-reservations", "确需上报", "--as-of", AS_OF,
                                    "--inbox", str(phone.inbox), "--outbox", str(phone.outbox)])  # fmt: skip

    assert told.exit_code == 1
    assert "加上 --with-reservations 也不能上报" in told.output
    assert "13812345678" not in told.output.replace("见13812345678", "")


def test_what_the_office_lets_pass_with_a_reason_leaves_as_it_is(phone):
    after = answered(phone, PASS)

    assert number(after).state == "核实通过"
    assert not [f for f in after.findings if f.rule == "N-RUL-01"]
    assert [f.message for f in covered(after).findings] == [f.message for f in after.findings]


def test_a_reason_that_says_nothing_lets_nothing_pass(phone):
    finding = number(answered(phone, {**PASS, "理由": "无"}))

    assert finding.state == "待说明"
    assert "没有说明为什么可以公开" in finding.message


def test_another_number_in_its_place_is_asked_about_again(phone):
    answered(phone, PASS)
    written(phone, "4条，见13812345679", name="2012-01/重报.xlsx", received="2012-02-08")

    assert [(f.state, f.value) for f in phone.examine(AS_OF, MONTH).withheld] == [("待说明", "138****5679")]


def test_a_ruling_to_cover_what_is_no_text_is_told(tmp_path):
    desk = Desk(tmp_path, a_little_office())
    unit = desk.office.units[0].rows[0].short
    desk.send(unit, MONTH, {"T2.05": 13812345678})
    finding = number(desk.examine(AS_OF, MONTH))
    after = number(answered(desk, COVER))

    assert (finding.rule, finding.cell) == ("W-LEAK-04", desk.cell("T2.05", MONTH, unit)[1])
    assert (after.state, "数字不能遮盖" in after.message) == ("待说明", True)


def test_a_reason_on_the_command_line_is_not_printed_with_a_number_in_it(phone):
    with pytest.raises(CannotRun, match="手机号码"):
        forwarded(phone, "王芳13812345678已同意")


def test_a_table_that_the_form_calls_one_about_applicants_is_asked_about_where_cells_are_few(tmp_path):
    table = '[[annual]]\nid = "表7"\napplicants = true\n'
    (tmp_path / "next.toml").write_text(f'id = "next"\nextends = "jyg-2012"\n{table}', encoding="utf-8")
    shutil.copy(EDITIONS / "jyg-2012.toml", tmp_path)
    city, small = read_office(editions=tmp_path), small_office()
    office = small._replace(editions=city.editions, settings=small.settings.model_copy(update={"editions": ("next",)}))
    desk = Desk(tmp_path / "desk", office)
    desk.send("市教育局", MONTH, {"T2.10": 2, "T2.11": 2, "T2.17": 2, "T2.18": 2, "T3.302": 2, "T3.303": 2})
    asked = [f for f in desk.examine(AS_OF, MONTH).findings if f.withholds]

    assert [(f.rule, f.sheet) for f in asked] == [("W-LEAK-03", "表7 依申请公开")]
    assert "1—2 之间" in asked[0].message
    assert [f.state for f in answered(desk, {**PASS, "理由": "省里要求公开这张表"}).findings if f.withholds] == [
        "核实通过"
    ]
