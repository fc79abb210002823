"""来源与版本: what the run was made from."""

from collections import Counter
from dataclasses import dataclass

from pipeline.tables.outcome import Outcome
from schemas.day import in_words


@dataclass(frozen=True)
class Received:
    """The files of a period (or of none that is known): how many, how large, and how many of each state."""

    period: str
    files: int
    size: int
    states: str


def facts_of(outcome: Outcome) -> list[tuple[str, str]]:
    """What to quote when somebody asks: the run's number, dates, form, program."""
    edition, settings = outcome.form.edition, outcome.office.settings
    outside = f"；另有其他报告期的报表{outcome.outside:,}份，没有计入" if outcome.outside else ""
    return [
        ("运行编号", f"{outcome.fingerprint}（由收到的文件、设置、截至日期和程序版本算出，同样的输入编号不变）"),
        ("截至日期", in_words(outcome.as_of)),
        ("统计期间", outcome.span),
        ("编制单位", settings.name),
        ("表式", f"{edition.title}，版本 {edition.id}"),
        ("程序", "，".join(f"{name} {version}" for name, version in outcome.versions.items())),
        ("收到文件", f"{len(outcome.sizes):,}个，共{sum(outcome.sizes.values()):,}字节{outside}"),
        ("汇总范围", f"{outcome.coverage.words}。退回未改和未报的不计入任何合计"),
        ("没有判断的", f"因为缺数而没有判断的校验{sum(outcome.not_judged.values()):,}次，未当作通过"),
    ]


def received(outcome: Outcome) -> list[Received]:
    """The files received, by period."""
    returns = outcome.returns[outcome.returns["file"] != ""]
    found = []
    for period, own in returns.groupby("period", sort=True):
        states = "，".join(f"{state} {n:,}" for state, n in Counter(own["state"]).most_common())
        size = sum(outcome.sizes[file] for file in own["file"])
        found.append(Received(str(period) or "报告期认不出的", len(own), size, states))
    return found
