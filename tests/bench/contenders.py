"""What is timed, each in a process of its own: `python -m tests.bench.contenders NAME FOLDER` prints JSON."""

import json
import pickle
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import process_time

FIGURES = "cells.pickle"


def pipeline(folder: Path) -> dict[str, float]:
    """The whole run over the demonstration year; CPU seconds by stage."""
    from pipeline.desk.demo import read_plan
    from pipeline.story.run import Request, run
    from schemas.office import read_office

    stages: dict[str, float] = {}

    class Clock:
        @contextmanager
        def stage(self, title: str) -> Iterator[Callable[[int, int], object]]:
            start = process_time()
            yield lambda done, whole: None
            stages[title] = process_time() - start

    office = read_office()
    run(Request(folder / "inbox", folder / "outbox", office, read_plan(office).as_of), Clock())
    return stages


def read(folder: Path) -> dict[str, float]:
    """A bare calamine read of every sheet of the same files."""
    from python_calamine import CalamineWorkbook

    for path in sorted((folder / "inbox").rglob("*.xlsx")):
        book = CalamineWorkbook.from_path(path)
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python()
    return {}


def write(folder: Path) -> dict[str, float]:
    """A bare xlsxwriter write of the finished workbook's cells, without formats."""
    import xlsxwriter

    sheets = pickle.loads((folder / FIGURES).read_bytes())  # noqa: S301  # written by this benchmark
    with xlsxwriter.Workbook(folder / "bare.xlsx") as workbook:
        for name, rows in sheets.items():
            sheet = workbook.add_worksheet(name)
            for r, row in enumerate(rows):
                for c, value in enumerate(row):
                    if isinstance(value, str):
                        if value:
                            sheet.write_string(r, c, value)
                    else:
                        sheet.write_number(r, c, value)
    return {}


def plain(folder: Path) -> dict[str, float]:
    """A script as one would write it: openpyxl for the header's cells, pandas a sheet at a time, to_excel at the end.

    It believes the cells and checks nothing; the sums are pivoted by month and by unit, the register counted.
    """
    import openpyxl
    import pandas as pd

    parts, items = [], []
    for path in sorted((folder / "inbox").rglob("*_*.xlsx")):
        cover = openpyxl.load_workbook(path, data_only=True)["封面"]
        whose = {"unit": cover["B4"].value, "month": cover["B5"].value}
        for sheet in ("主动公开", "基本情况"):
            rows = pd.read_excel(path, sheet_name=sheet, header=3, usecols="A:E", engine="openpyxl")
            rows = rows.set_axis(["code", "name", "measure", "value", "cumulative"], axis=1)
            rows["value"] = pd.to_numeric(rows["value"], errors="coerce")
            parts.append(rows.dropna(subset=["code", "value"]).assign(**whose))
        register = pd.read_excel(path, sheet_name="公开台账", header=2, engine="openpyxl")
        items.append(register.dropna(how="all").assign(**whose))
    facts = pd.concat(parts).drop_duplicates(["unit", "month", "code"], keep="last")
    rows = pd.concat(items)
    with pd.ExcelWriter(folder / "plain.xlsx", engine="openpyxl") as out:
        facts.pivot_table(index="month", columns="code", values="value", aggfunc="sum").to_excel(out, sheet_name="月份")
        facts.pivot_table(index="unit", columns="code", values="value", aggfunc="sum").to_excel(out, sheet_name="单位")
        rows.groupby(["信息类别", "首发渠道"]).size().unstack().to_excel(out, sheet_name="台账")
        facts.to_excel(out, sheet_name="数据", index=False)
    return {}


CONTENDERS: dict[str, Callable[[Path], dict[str, float]]] = {
    "pipeline": pipeline, "read": read, "write": write, "plain": plain,
}  # fmt: skip


def _peak_mib() -> float:
    """The most memory this program held; getrusage would count what its parent held before it began."""
    status = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmHWM"))


def main() -> None:
    """Run one contender; print the peak of its memory and its stages, in CPU seconds of this process."""
    name, folder = sys.argv[1], Path(sys.argv[2])
    stages = CONTENDERS[name](folder)
    sys.stdout.write(json.dumps({"name": name, "peak_mib": _peak_mib(), "stages": stages}))


if __name__ == "__main__":
    main()
