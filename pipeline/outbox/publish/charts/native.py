"""A chart as Excel draws it: columns for months, lying bars for parts and units, a line for the year before."""

from typing import Any

from pipeline.outbox.publish.charts.figure import Figure
from pipeline.paper.theme import AXIS, HEI, INK, LAST_YEAR, NAVY, NUMBER, PALE, ROW_LINE, SONG, number_format, width

TEXT = {"name": SONG, "size": 10, "bold": False, "color": INK}
DIGITS = {"name": NUMBER, "size": 10, "color": INK}
WIDTH = 900  # pixels: a sheet of A4 lying
ABOVE, BELOW, LEGEND, RIGHT = 42, 52, 36, 70  # pixels around the plot: title, names of the axes, legend, the last label
DIGIT = 6.7  # pixels of half a Chinese character
GAPS = {"months": 60, "parts": 45, "units": 45}


def draw(workbook: Any, figure: Figure, title: str, ranges: dict[str, str], years: tuple[str, str], height: int) -> Any:
    """The chart of ``ranges`` (categories, values, last_year), ``height`` pixels tall.

    ``years`` name this year's series and last year's.
    """
    columns = figure.by == "months"
    chart = workbook.add_chart({"type": "column" if columns else "bar"})
    looks = [{"fill": {"color": PALE}} if point.rest else None for point in figure.points]
    chart.add_series(
        {
            "name": years[0],
            "categories": ranges["categories"],
            "values": ranges["values"],
            "fill": {"color": NAVY},
            "gap": GAPS[figure.by],
            "points": looks if any(looks) else None,
            "data_labels": {"value": True, "num_format": _format(figure), "font": DIGITS},
        }
    )
    if figure.last_year:
        chart.combine(_line(workbook, ranges, years[1]))
    chart.set_legend({"position": "top", "font": TEXT} if figure.last_year else {"none": True})
    font = {"name": HEI, "size": 13, "bold": False, "color": INK}
    chart.set_title({"name": title, "name_font": font, "layout": {"x": 0.01, "y": 0.02}})
    upright = {"name": figure.axis, "name_font": TEXT, "num_font": TEXT, "line": {"color": AXIS}, "interval_unit": 1}
    if columns:
        chart.set_x_axis(upright)
        chart.set_y_axis(_values(figure))
    else:  # the largest bar on top, the axis of values below
        chart.set_y_axis(upright | {"reverse": True, "crossing": "max", "major_gridlines": {"visible": False}})
        chart.set_x_axis(_values(figure) | {"label_position": "none", "major_gridlines": {"visible": False}})
    chart.set_chartarea({"border": {"none": True}})
    chart.set_plotarea({"layout": _plot(figure, height)})
    chart.set_size({"width": WIDTH, "height": height})
    return chart


def _plot(figure: Figure, height: int) -> dict[str, float]:
    """Where the plot stands, as shares of the chart: as large as title, names and labels leave room for."""
    names = [figure.quantity.show(max(p.value for p in figure.points))]
    names = names if figure.by == "months" else [point.name for point in figure.points]
    left = 44 + DIGIT * max(map(width, names))
    above = ABOVE + (LEGEND if figure.last_year else 0)
    across, down = WIDTH - left - (16 if figure.by == "months" else RIGHT), height - above - BELOW
    return {"x": left / WIDTH, "y": above / height, "width": across / WIDTH, "height": down / height}


def _values(figure: Figure) -> dict[str, Any]:
    """The axis of values: from 0, its unit as its name."""
    lines = {"visible": True, "line": {"color": ROW_LINE, "width": 0.75}}
    look = {"num_font": DIGITS, "num_format": _format(figure), "line": {"none": True}, "major_gridlines": lines}
    return {"name": figure.quantity.unit, "name_font": TEXT, "min": 0, "major_tick_mark": "none", **look}


def _line(workbook: Any, ranges: dict[str, str], name: str) -> Any:
    line = workbook.add_chart({"type": "line"})
    marker = {"type": "circle", "size": 5, "fill": {"color": "#FFFFFF"}, "border": {"color": LAST_YEAR}}
    look = {"line": {"color": LAST_YEAR, "width": 2}, "marker": marker}
    line.add_series({"name": name, "categories": ranges["categories"], "values": ranges["last_year"], **look})
    return line


def _format(figure: Figure) -> str:
    return number_format(figure.quantity.decimals).removesuffix("_)")
