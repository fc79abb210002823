"""The columns of 考核, and how each of their figures is made."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from pipeline.tables.outcome import Outcome
from pipeline.values.assessed import Assessed

Kind = Literal["count", "share", "middle", "change", "text"]


@dataclass(frozen=True)
class Column:
    """A column: its heading, width, what stands in a unit's row, and in the row of its kind's medians (None: nothing).

    ``adds``: the first row shows the sum. ``over``: it is a live share of one heading's column by another's.
    """

    head: str
    wide: float
    kind: Kind
    value: Callable[[Assessed], float | str | None]
    median: Callable[[Assessed], float | None] = lambda _: None
    adds: bool = False
    over: tuple[str, str] | None = None


def columns_of(outcome: Outcome) -> list[Column]:
    """The columns that the edition has something to show in."""
    asked, short = outcome.form.edition.assessment, outcome.office.short
    columns = [
        Column("单    位", 14, "text", lambda u: short(u.unit)),
        Column("应报", 5.5, "count", lambda u: u.owed, adds=True),
        Column("收到", 5.5, "count", lambda u: u.sent, adds=True),
        Column("入汇", 5.5, "count", lambda u: u.counted, adds=True),
        Column("按时", 5.5, "count", lambda u: u.on_time, adds=True),
        Column("迟报", 5.5, "count", lambda u: u.late, adds=True),
        Column("未报", 5.5, "count", lambda u: u.missing, adds=True),
        Column("迟报\n天数", 6, "count", lambda u: u.days_late, adds=True),
        Column("一次\n通过", 5.5, "count", lambda u: u.first_right, adds=True),
        Column("退过", 5.5, "count", lambda u: u.sent_back, adds=True),
        Column("最多报\n几次", 7, "count", lambda u: u.most_rounds),
        Column("按时率", 7.5, "share", lambda u: u.on_time_rate, lambda u: u.peers.on_time_rate, over=("按时", "应报")),
        Column(
            "一次\n通过率", 7.5, "share", lambda u: u.first_right_rate, lambda u: u.peers.first_right_rate,
            over=("一次\n通过", "收到"),
        ),
        Column("按时\n后比前", 7, "change", lambda u: u.on_time_change),
        Column("一次通过\n后比前", 8.5, "change", lambda u: u.first_right_change),
        Column("待答", 5.5, "count", lambda u: u.open_questions, adds=True),
        Column("最久\n（天）", 6.5, "count", lambda u: u.oldest_days or 0),
    ]  # fmt: skip
    if asked.breadth:
        name = asked.breadth.name
        columns.append(Column(f"用到的\n{name}", 9, "middle", lambda u: u.breadth, lambda u: u.peers.breadth))
    if asked.delay:
        name = asked.delay.name
        columns.append(Column("台账\n条数", 7, "count", lambda u: u.items, adds=True))
        columns.append(Column(f"{name}\n（天，中位）", 12.5, "middle", lambda u: u.days, lambda u: u.peers.days))
    return [*columns, Column("与同类比", 24, "text", lambda u: beside(u, outcome))]


def beside(unit: Assessed, outcome: Outcome) -> str:
    """In which figures a unit is behind three quarters of its kind, in words."""
    peers, asked = unit.peers, outcome.form.edition.assessment
    wide = unit.breadth if unit.counted >= outcome.office.settings.thresholds.assessed_returns else None
    pairs = [
        ("按时率低", unit.on_time_rate, peers.on_time_low),
        ("一次通过率低", unit.first_right_rate, peers.first_right_low),
        (f"{asked.breadth.name if asked.breadth else ''}少", wide, peers.breadth_low),
    ]
    if unit.on_time_rate is None and unit.first_right_rate is None:
        return "份数少，不评"
    judged = [(said, own, theirs) for said, own, theirs in pairs if own is not None and theirs is not None]
    behind = [said for said, own, theirs in judged if own < theirs]
    days, middle, high = unit.days, peers.days, peers.days_high
    if asked.delay and days is not None and middle is not None and high is not None and days > high:
        behind.append(f"{asked.delay.name}多{days - middle:g}天")
    return "、".join(behind) or ("不落后" if judged else "同类单位少，不比")


def method(outcome: Outcome) -> list[str]:
    """How each figure is made, printed with the table."""
    limits, asked = outcome.office.settings.thresholds, outcome.form.edition.assessment
    least, peers = limits.assessed_returns, limits.assessed_peers
    lines = [
        "只算应报日期已过的各期。按时：第一次报送不迟，且没有停在退回未改；迟报和迟报天数按第一次报送算；催报次数不计入。",
        "一次通过：第一次报送就通过（有待核实的也算）；退过：有一版退回的；最多报几次：最慢的一份报到第几次才通过，“·”为还没有。",
        f"按时率＝按时÷应报；一次通过率＝一次通过÷收到。不足{least}份的写“不评”：份数少，不评。",
        "后比前：应报的各期对半分，后一半的份数减前一半的份数（期数为单数时，中间一期不计）。",
        f"待答：还等单位改正或说明的问题；最久：从收到那份{outcome.spoken['report']}到截至日期的天数。",
    ]
    if asked.breadth:
        kinds = max((unit.breadth_of for unit in outcome.assessed), default=0)
        lines.append(
            f"用到的{asked.breadth.name}：全年至少有一个月不是 0 的有几类，一共{kinds}类；类别多少与单位职责有关。"
        )
    if asked.delay:
        lines.append(f"{asked.delay.name}：台账里两个日期都有的各条，相隔天数的中位数；不足{least}条的不评。")
    lines.append(
        f"同类：名录里同一类的单位，含本单位；能评的不足{peers}个的，不比。比同类四分之三的单位都低（少）的写“低”“少”，"
        "相隔天数比四分之三的单位都多的写比中位数多几天。各数不加权、不合成总分，也不排名次。"
    )
    return [f"{'注：' if n == 1 else '        '}{n}.{line}" for n, line in enumerate(lines, start=1)]
