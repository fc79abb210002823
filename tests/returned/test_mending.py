"""A unit mends its returned file: the list ticks itself off, the frames go, and what it sends again is accepted."""

import shutil

import pytest

from pipeline.values.findings import MENDED
from tests.pipeline.reading import read, returns, rules
from tests.publish.reading import by_formualizer, differences, shown
from tests.returned.reading import Returned
from tests.returned.sending import FIRST, MONTH, REST, UNIT, desk_of, mend, send_back, sent

pytestmark = pytest.mark.slow

AGAIN = f"{MONTH}/{UNIT}_{MONTH}_退回修改.xlsx"


@pytest.fixture(scope="module")
def desks(tmp_path_factory):
    """Of each edition a desk with a return full of mistakes."""
    return {edition: sent(tmp_path_factory.mktemp("desk"), edition) for edition in ("jyg-2012", "sfs-2012")}


@pytest.fixture(scope="module")
def paths(desks):
    """The files that go back."""
    return {edition: send_back(desk)[0] for edition, desk in desks.items()}


@pytest.fixture(scope="module", params=["jyg-2012", "sfs-2012"])
def edition(request):
    return request.param


@pytest.fixture
def desk(desks, edition):
    return desks[edition]


@pytest.fixture
def path(paths, edition):
    return paths[edition]


@pytest.fixture(
    scope="module",
    params=[
        ("jyg-2012", "formualizer"),
        ("sfs-2012", "formualizer"),
        pytest.param(("jyg-2012", "libreoffice"), marks=pytest.mark.libreoffice),
    ],
    ids=" ".join,
)
def mended(request, paths, tmp_path_factory):
    """The edition, and its file after two mendings and after all, computed and saved by one program or another."""
    edition, engine = request.param
    folder, path = tmp_path_factory.mktemp("mended"), paths[edition]
    made = [mend(path, folder / "first.xlsx", FIRST), mend(path, folder / "all.xlsx", FIRST, REST)]
    if engine == "libreoffice":
        made = request.getfixturevalue("libreoffice").recalculate(*made)
    else:
        for one in made:
            one.write_bytes(by_formualizer(one))
    return edition, *map(Returned, made)


def test_the_file_shows_what_its_formulas_compute(path):
    assert differences(shown(path), shown(by_formualizer(path))) == {}


def test_it_is_written_to_the_folder_of_its_month(desk, path):
    assert path.relative_to(desk.outbox).as_posix() == f"2012/退回/{MONTH}/{UNIT}_{MONTH}_退回修改.xlsx"


def test_what_must_be_mended_comes_first_sheet_by_sheet(path):
    assert [(line.rule, line.where) for line in Returned(path).lines] == [
        ("E-COV-01", "封面!B13"),
        ("E-NUM-02", "主动公开!D8"),
        ("T4-401", "主动公开!D31"),
        ("E-NEG-01", "基本情况!D9"),
        ("E-MIS-02", "基本情况!D10"),
        ("E-NUM-03", "基本情况!D13"),
        ("E-REG-04", "公开台账!F5"),
        ("T6-01", "公开台账!H7"),
        ("T2-03", "基本情况!D8"),
        ("T8-02", "基本情况!D54"),
    ]
    assert Returned(path).progress == "进度：已改 0 / 10"


def test_two_mendings_are_counted(mended):
    _, first, _ = mended

    assert first.progress == "进度：已改 2 / 10"
    done = {where for (_, where), state in first.states.items() if state == MENDED}
    assert done == {"封面!B13", "主动公开!D8"}


def test_when_all_is_mended_the_list_says_so_and_the_banner_too(mended):
    _, _, whole = mended

    assert whole.progress == "进度：已改 10 / 10"
    assert {line.state for line in whole.lines if line.rule != "T2-03"} == {MENDED}
    assert whole.states["T2-03", "基本情况!D8"] == "已说明"
    assert whole.cells["封面", "A2"] == "校验通过，可以报送。"


def test_sent_again_it_is_accepted_as_version_2(desks, mended, tmp_path):
    edition, _, whole = mended
    desk, own = desks[edition], desk_of(tmp_path, edition)
    shutil.copytree(desk.inbox, own.inbox)
    own.receipts.extend(desk.receipts)
    shutil.copyfile(whole.path, own.inbox / AGAIN)
    own.receive(own.inbox / AGAIN, "2012-03-05")

    outcome = own.examine(through=MONTH)

    assert returns(outcome, "file", "period", "version", "state", "must", unit=UNIT)[1:] == [
        (f"{MONTH}/{UNIT}_{MONTH}.xlsx", MONTH, 1, "退回", 8),
        (AGAIN, MONTH, 2, "核实通过", 0),
    ], outcome.open_findings
    assert {f.state for f in outcome.findings if f.file.endswith(f"{UNIT}_{MONTH}.xlsx")} == {MENDED}
    assert outcome.sent_back == ()


def test_what_was_not_touched_is_read_as_it_was_sent(desk, path):
    """The file that goes back says what the unit wrote, and asks of it what was asked before."""
    before, after = read(desk, desk.inbox / f"{MONTH}/{UNIT}_{MONTH}.xlsx"), read(desk, path)

    assert (after.unit, after.period, after.edition) == (before.unit, before.period, before.edition)
    inputs = [[row for row in reading.rows if row[3] == "input"] for reading in (before, after)]
    assert inputs[0] == inputs[1]
    assert after.cover == before.cover
    assert after.items == before.items
    assert rules(after) == rules(before)
