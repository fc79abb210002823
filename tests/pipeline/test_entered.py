"""What the ledger makes of files that came: versions, copies, what counts, how late it is, and the states that follow."""

from dataclasses import dataclass, field
from datetime import date

import pandas as pd
import pytest

from pipeline.ledger import book, coverage, enter, settle, waiting
from pipeline.ledger.arrivals import AGAIN
from pipeline.values.files import short
from pipeline.values.findings import Finding, Place, make
from pipeline.values.periods import Month
from pipeline.values.rulings import Bear, Exclude, Receive, Ruling, Rulings, SendBack, Waive
from schemas.frames import frame_of
from schemas.received import Arrivals, Files
from tests.builders import a_little_office

OFFICE = a_little_office()
U1, U2 = (unit.code for unit in OFFICE.units)
JAN, FEB = "2012-01", "2012-02"


@dataclass
class Counter:
    """Files that came over some days, and what is entered of them."""

    files: list[dict[str, object]] = field(default_factory=list)
    receipts: list[dict[str, object]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    rulings: list[Ruling] = field(default_factory=list)
    made: dict[tuple[int, ...], pd.DataFrame] = field(default_factory=dict)

    def comes(
        self,
        content: str,
        day: int,
        *,
        unit: str = U1,
        period: str = JAN,
        wrong: bool = False,
        edition: str = "f",
        batch: int | None = None,
        received: str | None = None,
    ) -> int:
        """A file comes on a day of February, in the batch of that day; its number. ``wrong``: it has a must finding."""
        ret = len(self.files)
        name, sha = f"{ret}.xlsx", content * 12
        told = {"ret": ret, "unit": unit, "period": period, "file": name, "sha256": sha, "bytes": 1}
        self.files.append({**told, "edition": edition, "check_code": "", "through": period})
        self.again(ret, day, batch=batch, received=received)
        if wrong:
            self.finds("must", ret)
        return ret

    def again(self, ret: int, day: int, *, batch: int | None = None, received: str | None = None) -> None:
        """The same file comes once more."""
        when = f"2012-02-{day:02}" if received is None else received
        place = len(self.receipts) + 1
        self.receipts.append(
            {"ret": ret, "position": place, "batch": day if batch is None else batch, "received": when}
        )

    def finds(self, level: str, ret: int, rule: str = "R", value: str = "") -> Finding:
        own = self.files[ret]
        place = Place(str(own["unit"]), str(own["period"]), str(own["file"]), "表", f"D{ret}", ret=ret)
        self.findings.append(make(level, rule, place, value, "错了。", "请改。"))
        return self.findings[-1]

    def rules(self, kind: type[Ruling], ret: int | None = None, *, finding: str = "", **more: object) -> None:
        """The office rules on a file, or on a finding."""
        digest = "" if ret is None else short(str(self.files[ret]["sha256"]))
        told = dict.fromkeys(("unit", "period", "item", "expected", "about", "sheet", "cell"), "")
        when = {"day": date(2012, 3, 1), "until": None, "row": 2, "reason": "已核实", "by": "王芳"}
        self.rulings.append(kind(id=f"r{len(self.rulings)}", finding=finding, digest=digest, **told, **when, **more))

    @property
    def entered(self) -> pd.DataFrame:
        """What the ledger enters, made anew once something has come or was ruled."""
        known = tuple(map(len, (self.receipts, self.findings, self.rulings)))
        if known not in self.made:
            self.made[known] = self._enter()
        return self.made[known]

    def _enter(self) -> pd.DataFrame:
        arrivals = frame_of(Arrivals, pd.DataFrame(self.receipts, columns=["ret", "position", "batch", "received"]))
        files = frame_of(Files, self.files)
        return enter(files, arrivals, self.findings, OFFICE, Rulings(tuple(self.rulings)))

    def told(self, column: str) -> list[object]:
        return [None if value is pd.NA else value for value in self.entered[column]]

    @property
    def settled(self) -> tuple[pd.DataFrame, list[Finding]]:
        return settle(self.entered, self.findings, Rulings(tuple(self.rulings)))

    @property
    def states(self) -> list[str]:
        return list(self.settled[0]["state"])


@pytest.fixture
def counter() -> Counter:
    return Counter()


# ---- which version counts


def test_the_newest_accepted_version_counts(counter):
    for content, day in (("a", 1), ("b", 2), ("c", 3)):
        counter.comes(content, day)
    counter.comes("d", 2, unit=U2)

    assert counter.told("version") == [1, 2, 3, 1]
    assert counter.told("in_force") == [False, False, True, True]
    assert counter.told("copy_of") == ["", "", "", ""]
    assert not any(counter.told("tied"))
    assert not any(counter.told("again"))


def test_one_that_was_sent_back_does_not_displace_an_accepted_one(counter):
    counter.comes("a", 1)
    counter.comes("b", 2, wrong=True)

    assert (counter.told("version"), counter.told("in_force"), counter.told("rejected")) == (
        [1, 2], [True, False], [False, True],
    )  # fmt: skip


def test_two_that_came_together_are_tied_and_the_one_before_counts(counter):
    counter.comes("a", 1)
    counter.comes("b", 2)
    counter.comes("c", 2)

    assert counter.told("tied") == [False, True, True]
    assert counter.told("in_force") == [True, False, False]


def test_together_are_those_of_one_batch_of_one_day(counter):
    counter.comes("a", 1, batch=1)
    counter.comes("b", 1, batch=2)

    assert (counter.told("tied"), counter.told("in_force")) == ([False, False], [False, True])


def test_of_two_that_came_together_one_that_was_sent_back_is_no_rival(counter):
    counter.comes("a", 1, wrong=True)
    counter.comes("b", 1)

    assert (counter.told("tied"), counter.told("in_force")) == ([False, False], [False, True])


def test_the_same_content_again_is_a_copy_of_the_first(counter):
    for day in (1, 2, 3):
        counter.comes("a", day)

    assert counter.told("version") == [1, None, None]
    assert counter.told("copy_of") == ["", "0.xlsx", "0.xlsx"]
    assert counter.told("again") == [False, False, False]


def test_an_old_content_after_an_accepted_one_is_a_question(counter):
    counter.comes("a", 1)
    counter.comes("b", 2)
    counter.comes("a", 3)

    assert counter.told("in_force") == [False, True, False]
    assert (counter.told("again"), counter.told("copy_of")) == ([False, False, True], ["", "", "0.xlsx"])


def test_it_is_none_once_a_newer_one_has_come(counter):
    counter.comes("a", 1)
    counter.comes("b", 2)
    counter.again(0, 3)
    assert counter.told("again") == [True, False]

    counter.comes("c", 4)
    assert counter.told("again") == [False, False, False]


def test_a_unit_that_goes_back_to_what_it_had_said_has_a_version_more(counter):
    counter.comes("a", 1)
    counter.comes("b", 2, wrong=True)
    counter.comes("a", 3)

    assert counter.told("version") == [1, 2, 3]
    assert counter.told("in_force") == [False, False, True]


def test_not_so_where_both_came_together(counter):
    counter.comes("a", 1)
    counter.comes("b", 2, wrong=True)
    counter.comes("a", 2)

    assert counter.told("version") == [1, 2, None]
    assert counter.told("copy_of") == ["", "", "0.xlsx"]


def test_months_and_units_have_nothing_to_do_with_each_other(counter):
    counter.comes("a", 1)
    counter.comes("a", 1, period=FEB)
    counter.comes("a", 1, unit=U2)

    assert counter.told("version") == [1, 1, 1]
    assert all(counter.told("in_force"))


@pytest.mark.parametrize("lacks", [{"unit": ""}, {"period": ""}])
def test_what_is_nobodys_is_no_version_and_names_its_copies(counter, lacks):
    counter.comes("a", 1, edition="", **lacks)
    counter.comes("b", 1, edition="", **lacks)
    counter.comes("a", 2, edition="", **lacks)

    assert counter.told("version") == [None, None, None]
    assert counter.told("copy_of") == ["", "", "0.xlsx"]


def test_what_is_of_no_known_form_is_a_version_that_never_counts(counter):
    counter.comes("a", 1, edition="")

    assert (counter.told("version"), counter.told("rejected"), counter.told("in_force")) == ([1], [True], [False])


# ---- what the office rules


def test_what_is_excluded_is_no_version(counter):
    counter.comes("a", 1)
    counter.comes("b", 2)
    counter.rules(Exclude, 1)

    assert (counter.told("excluded"), counter.told("version"), counter.told("in_force")) == (
        [False, True], [1, None], [True, False],
    )  # fmt: skip


@pytest.mark.parametrize(("besides", "borne"), [((), True), ((SendBack,), False)])
def test_what_is_wrong_may_be_borne_for_the_time(counter, besides, borne):
    counter.comes("a", 1, wrong=True)
    for kind in (Bear, *besides):
        counter.rules(kind, 0)

    assert (counter.told("provisional"), counter.told("in_force")) == ([borne], [borne])


def test_what_is_right_or_of_no_known_form_is_not_borne(counter):
    counter.comes("a", 1)
    counter.comes("b", 1, edition="", wrong=True, unit=U2)
    for ret in (0, 1):
        counter.rules(Bear, ret)

    assert counter.told("provisional") == [False, False]
    assert counter.told("in_force") == [True, False]


def test_what_is_right_may_be_sent_back(counter):
    counter.comes("a", 1)
    counter.rules(SendBack, 0)

    assert (counter.told("rejected"), counter.told("in_force"), counter.states) == ([True], [False], ["退回"])


def test_a_corrected_day_moves_a_file_behind_those_that_came_before_it(counter):
    counter.comes("a", 1)
    counter.comes("b", 3)
    counter.rules(Receive, 0, received=date(2012, 2, 5))

    assert counter.told("received") == ["2012-02-05", "2012-02-03"]
    assert counter.told("corrected") == [True, False]
    assert counter.told("in_force") == [True, False]


def test_a_corrected_day_may_lie_before_those_of_others(counter):
    counter.comes("a", 5)
    counter.comes("b", 7)
    counter.rules(Receive, 1, received=date(2012, 2, 2))

    assert counter.told("received") == ["2012-02-05", "2012-02-02"]
    assert counter.told("in_force") == [True, False]


def test_a_corrected_day_is_that_of_the_first_of_two_files_alone(counter):
    counter.comes("a", 1)
    counter.comes("a", 9)
    counter.rules(Receive, 0, received=date(2012, 2, 5))

    assert counter.told("received") == ["2012-02-05", "2012-02-09"]
    assert counter.told("corrected") == [True, False]


@pytest.mark.parametrize(
    ("received", "period", "late"),
    [("2012-02-06", JAN, 0), ("2012-02-07", JAN, 1), ("2012-01-31", JAN, 0), ("2012-03-09", FEB, 4), ("", JAN, None), ("2012-02-07", "", None)],
)  # fmt: skip
def test_how_late_a_file_is(counter, received, period, late):
    counter.comes("a", 1, period=period, received=received, edition="f" if period else "")

    assert counter.told("days_late") == [late]


# ---- what becomes of the findings, and the state that follows


def test_a_version_that_was_replaced_by_an_accepted_one_is_mended(counter):
    counter.comes("a", 1, wrong=True)
    counter.finds("note", 0)
    counter.comes("b", 2)
    counter.finds("verify", 1)

    table, findings = counter.settled
    assert [f.state for f in findings] == ["已改", "知悉", "待说明"]
    assert list(table["state"]) == ["退回", "待核实"]
    assert (list(table["must"]), list(table["verify"])) == ([1, 0], [0, 1])


def test_what_was_sent_back_twice_is_open_in_the_newest_version_alone_and_not_mended_by_another_months(counter):
    counter.comes("a", 1, wrong=True)
    counter.comes("b", 2, wrong=True)
    counter.comes("c", 3, period=FEB)
    counter.comes("d", 3, unit=U2)

    assert [f.state for f in counter.settled[1]] == ["已改", "待改"]


def test_a_question_about_what_counts_stays_open_when_a_later_version_is_sent_back(counter):
    counter.comes("a", 1)
    counter.finds("verify", 0)
    counter.comes("b", 2, wrong=True)

    assert [f.state for f in counter.settled[1] if f.level == "verify"] == ["待说明"]


def test_what_is_wrong_with_a_copy_is_told_once_and_that_it_came_again_at_the_copy(counter):
    counter.comes("a", 1, wrong=True)
    counter.comes("a", 2, wrong=True)
    counter.finds("note", 1)
    counter.finds("verify", 1, AGAIN)

    assert [(f.file, f.level) for f in counter.settled[1]] == [
        ("0.xlsx", "must"),
        ("1.xlsx", "note"),
        ("1.xlsx", "verify"),
    ]
    assert counter.states == ["退回", "作废"]


def test_the_office_closes_a_question_bears_a_fault_and_excludes_a_file(counter):
    for ret, (content, unit, period) in enumerate((("a", U1, JAN), ("b", U1, FEB), ("c", U2, JAN), ("d", U2, FEB))):
        counter.comes(content, 1, unit=unit, period=period)
        counter.finds("verify" if ret in {0, 3} else "must", ret)
    counter.rules(Waive, finding=counter.findings[0].id)
    counter.rules(Bear, 1)
    counter.rules(Exclude, 2)

    table, findings = counter.settled
    assert [f.state for f in findings] == ["核实通过", "暂列", "作废", "待说明"]
    assert [f.message for f in findings] == [
        *(f"错了。办公室{state}：已核实（王芳，2012年3月1日）" for state in ("核实通过", "暂列", "作废")), "错了。",
    ]  # fmt: skip
    assert list(table["state"]) == ["核实通过", "暂列", "作废", "待核实"]
    assert (list(table["must"]), list(table["verify"])) == ([0, 1, 0, 0], [0, 0, 0, 1])


def test_an_explanation_settles_a_question_but_one_on_trial_asks_nothing(counter):
    counter.comes("a", 1)
    counter.comes("b", 1, unit=U2)
    counter.findings = [counter.finds("verify", 0).explained("属实"), counter.finds("trial", 1).explained("属实")]

    assert counter.states == ["核实通过", "通过"]
    assert list(counter.settled[0]["verify"]) == [0, 0]


def test_two_that_came_together_wait(counter):
    counter.comes("a", 1)
    counter.comes("b", 1)

    assert counter.states == ["待核实", "待核实"]


# ---- the book


MONTHS = [Month(2012, 1), Month(2012, 2)]


@pytest.fixture
def spring(counter) -> Counter:
    """One unit's January was mended and its February is borne; the other's January was sent back, February excluded."""
    counter.comes("a", 1, wrong=True)
    counter.comes("b", 2)
    counter.comes("c", 3, period=FEB, wrong=True)
    counter.comes("d", 4, unit=U2, wrong=True)
    counter.comes("e", 5, unit=U2, period=FEB)
    counter.comes("f", 5, unit="", period="", edition="", wrong=True)
    counter.rules(Bear, 2)
    counter.rules(Exclude, 4)
    return counter


def test_the_book_has_a_row_for_what_is_owed_and_not_there(spring):
    table = book(spring.settled[0], OFFICE, MONTHS)

    assert [tuple(row) for row in table[["period", "unit", "file", "state"]].itertuples(index=False)] == [
        ("", "", "5.xlsx", "退回"),
        (JAN, U1, "0.xlsx", "退回"), (JAN, U1, "1.xlsx", "通过"), (JAN, U2, "3.xlsx", "退回"),
        (FEB, U1, "2.xlsx", "暂列"), (FEB, U2, "", "未报"), (FEB, U2, "4.xlsx", "作废"),
    ]  # fmt: skip
    missing = table[table["state"] == "未报"].iloc[0]
    assert (missing["must"], missing["verify"], missing["version"] is pd.NA, missing["days_late"] is pd.NA) == (
        0,
        0,
        True,
        True,
    )
    assert (missing["received"], missing["sha256"], missing["edition"]) == ("", "", "")


def test_the_coverage_counts_units_and_months(spring):
    told = coverage(spring.settled[0], OFFICE, MONTHS)

    assert (told.owed, told.received, told.counted, told.returned, told.missing, told.provisional) == (4, 3, 2, 1, 1, 1)
    assert told.words == "应报4份，收到3份，入汇2份（其中暂列1份），退回未改1份，未报1份"
    assert coverage(spring.settled[0], OFFICE, MONTHS[:1]).words == "应报2份，收到2份，入汇1份，退回未改1份，未报0份"


def test_what_waits_to_be_mended_is_the_newest_of_its_month_and_what_is_of_no_form(spring):
    assert list(waiting(spring.settled[0])["file"]) == ["2.xlsx", "3.xlsx", "5.xlsx"]
    spring.comes("g", 6, unit=U2)
    assert list(waiting(spring.settled[0])["file"]) == ["2.xlsx", "5.xlsx"]
