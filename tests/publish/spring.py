"""A spring of four units in which every kind of reason stands: January to April, on a form with ratios.

One sends all; of one February never came; of one January is sent back and two Marches came at once; one never sent
anything. April nobody sent.
"""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import openpyxl

from pipeline.tables.outcome import Outcome
from tests.builders import Desk
from tests.cli.settings import Settings
from tests.publish.reading import Cells, load, shown

WHOLE, GAP, ODD, SILENT = "市教育局", "市科技局", "市卫生局", "雄关区"
COLUMNS = """column = [
    { of = "T2.01", name = "公开" },
    { of = "T1.102" },
    { of = "T1.103" },
    { of = "T2.05", name = "访问" },
    { of = "T1.102", over = "T2.01", name = "网站占比" },
    { of = "T1.102 + T1.103", over = "T2.01 - T1.103", name = "两处占比", decimals = 0 },
    { of = "T2.06", over = "T2.01", name = "每条接待", unit = "人次/条", decimals = 3 },
    { of = "T2.05", over = "T2.01", name = "每条访问", unit = "人次/条", decimals = 2 },
    { of = "T2.18", over = "T2.17", name = "同意率" },
    { of = "T1.103", over = "T1.102", name = "部门比市府", unit = "", decimals = 2 },
    { of = "T9.901", over = "T2.01", name = "每条人数", unit = "人/条" },
    { of = "T9.901", name = "人数" },
]
"""
RATIOS = f"""
[[annual]]
id = "表21"
title = "比例（按月份分）"
sheet = "表21 月份×比例"
rows = "months"
{COLUMNS}
[[annual]]
id = "表22"
title = "比例（按部门分）"
sheet = "表22 部门×比例"
rows = "units"
{COLUMNS}
[[annual]]
id = "表23"
title = "比例（按类别分）"
sheet = "表23 类别×比例"
rows = "codes"
codes = "categories"
column = [
    {{ of = "T6.{{row}}", name = "条数" }},
    {{ of = "T6.{{row}}x" }},
    {{ of = "T6.{{row}}x", over = "T6.{{row}}", name = "占比" }},
    {{ of = "T6.{{row}}", over = "sum(T1.categories)", name = "类别占比" }},
]
"""


@dataclass
class Spring:
    desk: Desk
    outcome: Outcome
    folder: Path

    @property
    def workbook(self) -> Path:
        (path,) = self.folder.glob("*汇总.xlsx")
        return path

    def row(self, table: str, label: str) -> dict[str, object]:
        """What the workbook prints at a row, by the names of the columns."""
        own = next(t for t in self.outcome.tables if t.annual.id == table)
        cells = {at: value for (sheet, at), value in self.cells.items() if sheet == own.annual.sheet}
        (at,) = (at for at, value in cells.items() if at[0] == "A" and at[1:].isdigit() and value == label)
        columns = [chr(ord("B") + n) for n in range(len(own.columns) + 1)]
        return {str(cells[f"{c}3"]).split("\n")[0]: cells[f"{c}{at[1:]}"] for c in columns}

    @cached_property
    def cells(self) -> Cells:
        return shown(self.workbook)

    @cached_property
    def book(self) -> openpyxl.Workbook:
        """The workbook with formulas and formats."""
        return load(self.workbook)

    def texts(self, sheet: str) -> list[str]:
        return [str(value) for (own, _), value in self.cells.items() if own == sheet]


def grown(folder: Path) -> Spring:
    """The city of four units with what they sent, run as of May."""
    city = Settings(folder / "settings").append("jyg-2012.toml", RATIOS).desk().office
    office = city._replace(units=tuple(u for u in city.units if u.short in {WHOLE, GAP, ODD, SILENT}))
    desk = Desk(folder / "desk", office)
    for n, month in enumerate(("2012-01", "2012-02", "2012-03")):
        desk.send(WHOLE, month, {"T2.05": 100 + n})
    desk.send(GAP, "2012-01", {"T2.05": 30})
    desk.send(GAP, "2012-03", {"T2.05": 31})
    desk.send(ODD, "2012-01", {"T2.04": "不详"})
    desk.send(ODD, "2012-02", {"T2.05": 7})
    desk.send(ODD, "2012-03", {"T2.05": 8}, name="甲.xlsx")
    desk.send(ODD, "2012-03", {"T2.05": 9}, name="乙.xlsx")
    outcome, written = desk.run("2012-05-20", "2012-04")
    return Spring(desk, outcome, written.parent)
