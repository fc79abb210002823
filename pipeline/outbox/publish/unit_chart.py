"""The chart of 考核: which units were late, sent back or missing, and in how many months."""

from collections.abc import Mapping, Sequence

from pipeline.outbox.publish.page import Page
from pipeline.paper.theme import ERR, MUTED, NAVY, SONG
from pipeline.values.assessed import Assessed

COLOURS = {"迟报": "#D08A1D", "退过": NAVY, "未报": ERR}
ROWS, PIXELS_A_ROW, PIXELS_A_CHARACTER = 18, 20, 7.6
CAPTION = "图  各单位迟报、退过、未报的份数（单位次序同上表；同一份既迟报又退过的，两处都计）"
NONE_TO_DRAW = "各单位没有迟报、退过和未报的，不画图。"


def draw(page: Page, letters: Mapping[str, str], units: Sequence[Assessed], first: int, row: int, wide: float) -> int:
    """Draw below ``row`` what stands in the table's columns ``letters`` from row ``first`` on; returns the last row.

    It is ``wide`` characters wide, as the table is.
    """
    look = page.styles(font_size=9.5, font_color=MUTED)
    if not any(unit.late + unit.sent_back + unit.missing for unit in units):
        page.sheet.write_string(row, 0, NONE_TO_DRAW, look)
        return row
    page.sheet.write_string(row, 0, CAPTION, look)
    chart = page.workbook.add_chart({"type": "column", "subtype": "stacked"})
    last = first + len(units)
    for name, letter in letters.items():
        chart.add_series(
            {
                "name": name,
                "categories": f"='{page.name}'!$A${first + 1}:$A${last}",
                "values": f"='{page.name}'!${letter}${first + 1}:${letter}${last}",
                "fill": {"color": COLOURS[name]},
                "gap": 40,
            }
        )
    font = {"name": SONG, "size": 8}
    chart.set_x_axis({"num_font": {**font, "rotation": -90}, "interval_unit": 1, "line": {"color": MUTED}})
    chart.set_y_axis(
        {"num_font": font, "major_unit": 1, "min": 0, "num_format": "0", "major_gridlines": {"visible": True,
         "line": {"color": "#E3E3E3"}}, "line": {"none": True}, "name": "份", "name_font": {**font, "bold": False}}
    )  # fmt: skip
    chart.set_legend({"position": "top", "font": font})
    chart.set_size({"width": int(wide * PIXELS_A_CHARACTER), "height": ROWS * PIXELS_A_ROW - 10})
    page.sheet.insert_chart(
        row + 1, 0, chart, {"object_position": 2, "x_offset": 4, "y_offset": 4, "description": alt_text(units)}
    )
    page.sheet.write_string(row + ROWS + 1, 0, "数字见上表各栏。", look)
    return row + ROWS + 1


def alt_text(units: Sequence[Assessed]) -> str:
    """What the chart shows, for who cannot see it."""
    sums = {"迟报": sum(u.late for u in units), "退过": sum(u.sent_back for u in units)}
    sums["未报"] = sum(u.missing for u in units)
    told = "，".join(f"{name}共{count}份" for name, count in sums.items())
    behind = sum(bool(u.late + u.sent_back + u.missing) for u in units)
    return f"堆积柱形图：{len(units)}个单位各自迟报、退过、未报的份数。{told}，出在{behind}个单位。"
