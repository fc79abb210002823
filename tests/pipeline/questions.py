"""An example for every kind of question: nine units send five months, and in the fifth something looks odd."""

from pathlib import Path
from typing import NamedTuple

from pipeline.tables.outcome import Outcome
from tests.builders import Desk

MONTHS = ("2012-01", "2012-02", "2012-03", "2012-04", "2012-05")
LINES = ("T2.04", "T2.05", "T2.06", "T2.07", "T2.08", "T2.91", "T2.92")
CELLS, MORE, ROWS_DOWN, ROWS_UP, SO_FAR, SILENT, WAKES, TWIN, BACK, ROUND = (
    "市教育局", "市科技局", "市卫生局", "市公安局", "市民政局", "市司法局", "市财政局", "市人社局", "市建设局", "市交通局",
)  # fmt: skip
UNITS = (CELLS, MORE, ROWS_DOWN, ROWS_UP, SO_FAR, SILENT, WAKES, TWIN, BACK, ROUND)


class Asked(NamedTuple):
    unit: str
    line: str  # "" where it is the whole return
    says: str


QUESTIONS = {
    "P-TEN-01": Asked(MORE, "T2.05", "“网站专栏页面访问量”（05行）填了 43,100 人次，是上月 3,891 人次的 11 倍，可能多写了一个 0。"),
    "P-TEN-02": Asked(CELLS, "T2.07", "只有上月 209 人次的 9.5 分之一，可能少写了一个 0。"),
    "P-WAN-01": Asked(CELLS, "T2.06", "倍，可能把以“万”为单位的数又乘了一万。"),
    "P-WAN-02": Asked(CELLS, "T2.05", "可能是以“万”为单位填的。"),
    "P-YTD-01": Asked(CELLS, "T2.91", "和本年到这个月的累计相近，可能把累计填在了“本期实际”栏。"),
    "P-YTD-02": Asked(SO_FAR, "T2.04", "从“提供服务类信息数”（04行）到“提供查阅卷（册）数”（92行）有 7 个数和本年到这个月的累计相近"),
    "P-USU-01": Asked(MORE, "T2.06", "与这个单位其他月份和其他单位这个月的增减都不相称。"),
    "P-USU-02": Asked(MORE, "T2.08", "分之一，与这个单位其他月份"),
    "P-USU-03": Asked(CELLS, "T2.92", "填了 5,003 卷（册），这个单位其他月份多半是 0"),
    "P-SIL-01": Asked(SILENT, "", "这份表各项都是 0，这个单位其他月份有数。"),
    "P-SIL-02": Asked(CELLS, "T2.08", "“咨询电话接听数”（08行）填了 0，这个单位其他月份都有数，通常是 "),
    "P-WAK-01": Asked(WAKES, "", "这份表有 14 个数不是 0，这个单位其他月份各项都是 0。"),
    "P-ROW-01": Asked(ROWS_DOWN, "T2.05", "从“网站专栏页面访问量”（05行）到“网上咨询数”（07行）的数，更像平时各自上面一行的数"),
    "P-ROW-02": Asked(ROWS_UP, "T2.04", "从“提供服务类信息数”（04行）到“现场接待人数”（06行）的数，更像平时各自下面一行的数"),
    "P-DUP-01": Asked(BACK, "", "和2012年2月的完全相同，可能用错了底表。"),
    "P-DUP-02": Asked(TWIN, "", "和市科技局这个月的完全相同，可能用错了底表。"),
    "P-RND-01": Asked(ROUND, "", "这份表两位以上的 8 个数里有 8 个是整十的数，可能是估计的。"),
}  # fmt: skip


def usual(unit: str, month: int) -> list[int]:
    """What a unit has in LINES in a month of the year, about the same from month to month."""
    n = UNITS.index(unit)
    base = (47, 3820, 871, 209, 317, 63, 57)
    numbers = [int(b * (1 + 0.07 * n)) + (b // 40 + 1) * ((month + k) % 3 - 1) + month % 2 for k, b in enumerate(base)]
    if unit == CELLS:
        numbers[1], numbers[6] = 381_000 + 700 * month, 0
    if unit == MORE:
        numbers[1] = 3861 + 10 * (month - 1)
    return numbers


def in_may() -> dict[str, list[int]]:
    """What the units have in the fifth month."""
    found = {unit: usual(unit, 5) for unit in UNITS}
    so_far = {unit: [sum(one) for one in zip(*(usual(unit, m) for m in range(1, 6)), strict=True)] for unit in UNITS}
    services, _, visits, online, *_ = found[CELLS]
    found[CELLS] = [services, 39, visits * 10_000, (online + 9) // 10, 0, so_far[CELLS][5], 5003]
    found[MORE][1:5] = [43_100, found[MORE][2] * 30 + 1, found[MORE][3], found[MORE][4] // 30]
    found[TWIN] = found[MORE]
    down, up = found[ROWS_DOWN], found[ROWS_UP]
    found[ROWS_DOWN] = [down[0], *down[:4], *down[5:]]
    found[ROWS_UP] = [*up[1:5], up[4], *up[5:]]
    found[SO_FAR], found[SILENT], found[BACK] = so_far[SO_FAR], [0] * 7, usual(BACK, 2)
    found[ROUND] = [-10 * (-number // 10) for number in found[ROUND]]
    return found


def send_the_questions(folder: Path) -> Outcome:
    """What is found when all have sent what they have; one explains a number."""
    desk, may = Desk(folder), in_may()
    for n, month in enumerate(MONTHS, start=1):
        for unit in UNITS:
            numbers = may[unit] if n == len(MONTHS) else usual(unit, n)
            notes = {"T2.08": "热线改由市政务中心接听。"} if (unit, n) == (MORE, len(MONTHS)) else {}
            changes = dict(zip(LINES, numbers, strict=True))
            idle = (unit == SILENT and n == len(MONTHS)) or (unit == WAKES and n < len(MONTHS))
            nothing = {f"{t}.{c}": 0 for (t, c), e in desk.layout(month, unit).form.entries.items() if e.is_input}
            cover = {"zero": "是", "secrecy": "本月无公开信息"} if idle else {}
            desk.send(unit, month, nothing if idle else changes, cover=cover, notes=notes, items=[] if idle else None)
    return desk.examine(through=MONTHS[-1])
