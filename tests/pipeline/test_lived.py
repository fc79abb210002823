"""A year lived month by month: what arrives, is sent back, mended, explained, ruled on, forwarded, and corrected.

At the end everything is as if all had been run at once.
"""

import csv
import shutil
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from pipeline.desk.forwarding import Forwarded, forward
from pipeline.intake import Receipts, list_inbox
from pipeline.story.run import Request, run
from pipeline.tables.outcome import Outcome
from pipeline.values.periods import Month, parse_month
from schemas.office import OFFICES, read_office
from tests.builders import Desk, Quiet
from tests.pipeline.overtype import overtype
from tests.pipeline.reading import read, values
from tests.pipeline.ruled import rule

pytestmark = pytest.mark.slow

MENDED, LATE, CORRECTED = "示范国土局", "示范卫计局", "西区"
CORRECTION = "2012-08-28"  # after the run of July


@dataclass
class Life:
    """The office's year: what lies ready to arrive on which day, and what every month came to."""

    desk: Desk
    mail: dict[str, list[tuple[str, Path]]]
    months: dict[str, Outcome]
    forwarded: dict[str, Forwarded]


@pytest.fixture(scope="module")
def life(shifan_folder, tmp_path_factory) -> Life:
    folder = tmp_path_factory.mktemp("life")
    desk = Desk(folder / "office", office=read_office(OFFICES / "shifan"))
    year = Life(desk, posted(shifan_folder / "inbox", folder / "mail", desk), {}, {})
    desk.inbox.mkdir(parents=True)
    for month in Month(2012, 1).until(Month(2012, 12)):
        day = date(month.plus(1).year, month.plus(1).month, 25).isoformat()
        arrive(year, day)
        year.months[str(month)], *_ = run(asked(desk, day, month), Quiet())
        answer(year, str(month))
        if month.month == 6:
            year.forwarded["2012-06"] = forward(asked(desk, day, month), "", Quiet())
    year.months["end"], *_ = run(asked(desk, "2013-01-31", Month(2012, 12)), Quiet())
    return year


def asked(desk: Desk, day: str, month: Month) -> Request:
    return Request(desk.inbox, desk.outbox, desk.office, date.fromisoformat(day), through=month, workers=0)


def posted(inbox: Path, mail: Path, desk: Desk) -> dict[str, list[tuple[str, Path]]]:
    """Every return by the day on which it arrives: as the demonstration has it, and three events more."""
    shutil.copytree(inbox, mail)
    book = (inbox / "收件登记.csv").read_text(encoding="utf-8-sig")
    days = {row[1]: row[2] for row in csv.reader(book.splitlines())}
    post: dict[str, list[tuple[str, Path]]] = {}
    for path in sorted(mail.rglob("*.xlsx")):
        name = path.relative_to(mail).as_posix()
        if name in days:
            post.setdefault(days[name], []).append((name, path))
    late = next(p for day in post.values() for p in day if p[0] == f"2012-05/{LATE}_2012-05.xlsx")
    for day in post.values():
        if late in day:
            day.remove(late)
    post.setdefault("2012-06-28", []).append(late)  # after the run of May

    wrong = copied(mail, f"2012-02/{MENDED}_2012-02.xlsx", f"2012-02/{MENDED}_第一次.xlsx")
    overtype("主动公开", D8="4条")(wrong)
    post.setdefault("2012-03-02", []).append((wrong.relative_to(mail).as_posix(), wrong))

    correction = copied(mail, f"2012-03/{CORRECTED}_2012-03.xlsx", f"2012-03/{CORRECTED}_更正.xlsx")
    sheet, cell = desk.cell("T2.05", "2012-03", CORRECTED)
    _, cumulative = desk.cell("T2.05:year_to_date", "2012-03", CORRECTED)
    overtype(sheet, **{cell: 1200, cumulative: 1200 + before_march(mail, desk)})(correction)
    post.setdefault(CORRECTION, []).append((correction.relative_to(mail).as_posix(), correction))
    return post


def copied(mail: Path, name: str, again: str) -> Path:
    return Path(shutil.copyfile(mail / name, mail / again))


def before_march(mail: Path, desk: Desk) -> int:
    """What the unit had reported by February."""
    path = mail / f"2012-02/{CORRECTED}_2012-02.xlsx"
    return values(read(desk, path))["T2.05:year_to_date"] or 0


def arrive(year: Life, today: str) -> None:
    """The mail of the days up to ``today`` comes in; the office looks into the inbox each of these days."""
    for day in sorted(day for day in year.mail if day <= today):
        for name, path in year.mail.pop(day):
            target = year.desk.inbox / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
        files, _ = list_inbox(year.desk.inbox, 0)
        Receipts.read(year.desk.inbox).with_new(files, date.fromisoformat(day)).enter(year.desk.outbox)


def answer(year: Life, month: str) -> None:
    """The office passes the questions that the month raised, after it has asked the units."""
    asked = {f.file for f in year.months[month].open_findings if f.level == "verify" and f.file}
    if asked:
        rule(year.desk, *((file, {"意见": "核实通过"}) for file in sorted(asked)))


def of(outcome: Outcome, unit: str, month: str) -> list[tuple[str, str]]:
    own = outcome.returns[
        (outcome.returns["unit"].map(outcome.office.short) == unit) & (outcome.returns["period"] == month)
    ]
    return list(own[["file", "state"]].itertuples(index=False, name=None))


def test_each_month_everything_received_is_accepted_superseded_rejected_or_excluded(life):
    for month, outcome in life.months.items():
        files = outcome.returns[outcome.returns["file"] != ""]
        counted = outcome.facts.drop_duplicates(["unit", "period"])
        accepted = len(counted)
        states = Counter(files["state"])
        rejected, excluded = states["退回"], states["作废"]
        superseded = len(files) - accepted - rejected - excluded
        passing = files[~files["state"].isin(["退回", "作废"])]

        assert accepted == len(passing.drop_duplicates(["unit", "period"])), month
        assert superseded == len(passing) - accepted >= 0, month


def test_a_return_that_was_wrong_was_sent_back_and_mended_within_the_month(life):
    assert of(life.months["2012-02"], MENDED, "2012-02") == [
        (f"2012-02/{MENDED}_第一次.xlsx", "退回"), (f"2012-02/{MENDED}_2012-02.xlsx", "通过"),
    ]  # fmt: skip
    assert life.months["2012-02"].sent_back == ()


def test_a_return_that_had_not_come_was_asked_for_and_came_late(life):
    assert of(life.months["2012-05"], LATE, "2012-05") == [("", "未报")]
    assert "E-ABS-01" in {f.rule for f in life.months["2012-05"].open_findings}
    assert [state for _, state in of(life.months["2012-06"], LATE, "2012-05")] == ["通过"]
    june = life.months["2012-06"].returns
    own = june[(june["unit"] == life.desk.unit(LATE).code) & (june["period"] == "2012-05")]
    assert own["days_late"].tolist() == [20]


def test_what_was_asked_was_ruled_on_and_stayed_settled(life):
    april = [f for f in life.months["2012-04"].findings if f.rule == "W-OWN-01"]
    end = [f for f in life.months["end"].findings if f.rule == "W-OWN-01"]

    assert [f.state for f in april] == ["待说明"]
    assert [f.state for f in end] == ["核实通过"]
    assert end[0].message.endswith("办公室核实通过：已电话核实（王芳，2012年2月10日）")


def test_june_was_forwarded_without_reservations(life):
    june = life.forwarded["2012-06"]

    assert (june.new, june.folder and june.folder.name) == (True, "2012-06_v1")
    assert june.outcome.ready
    assert life.months["2012-07"].revisions.changes == ()


def test_the_correction_of_march_in_august_is_a_revision_with_its_ripple(life):
    revisions = life.months["2012-08"].revisions
    (change,) = revisions.changes

    assert (change.published, change.period, change.line) == ("2012-06_v1", "2012-03", "05")
    assert (change.cause, change.file) == ("第2版代替第1版", f"2012-03/{CORRECTED}_更正.xlsx")
    printed = {m.row for m in revisions.moved if m.table and m.column == "网站信息公开页面访问量"}
    assert printed >= {"1—6月", "3月", "第一季度", CORRECTED}  # as they were printed in June
    assert {m.difference for m in revisions.moved if m.table} == {change.difference}
    later = [m.row for m in revisions.moved if not m.table]
    assert later == [f"{CORRECTED} 2012-{month:02d}" for month in range(4, 9)]


def test_at_the_end_everything_equals_the_single_run_over_all_files(life, tmp_path):
    shutil.copytree(life.desk.inbox, tmp_path / "inbox")
    for name in ("上报", "上报底稿"):
        shutil.copytree(life.desk.outbox / name, tmp_path / "outbox" / name)
    once = Request(
        tmp_path / "inbox", tmp_path / "outbox", life.desk.office, date(2013, 1, 31), through=parse_month("2012-12"),
        workers=0,
    )  # fmt: skip
    run(once, Quiet())
    lived, single = (
        {
            p.relative_to(folder).as_posix(): p.read_bytes()
            for p in folder.rglob("*")
            if p.is_file() and "改过的" not in p.name
        }
        for folder in (life.desk.outbox / "2012", tmp_path / "outbox" / "2012")
    )

    assert {name for name in lived if lived[name] != single.get(name)} == set()
    assert set(lived) == set(single)
