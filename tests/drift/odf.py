"""Writes grids as an .ods, with what stands around the cells there."""

from collections.abc import Callable, Mapping
from datetime import date
from html import escape

from tests.drift.grids import Grids
from tests.drift.grids import text as said
from tests.drift.parts import zipped

_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_SPACES = "".join(
    f' xmlns:{name}="{_ODF}:{name}:1.0"' for name in ("office", "table", "text", "style", "number", "config")
) + (
    f' xmlns:draw="{_ODF}:drawing:1.0" xmlns:svg="{_ODF}:svg-compatible:1.0" xmlns:fo="{_ODF}:xsl-fo-compatible:1.0"'
    ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
)
Place = tuple[str, str]  # sheet and address


def as_ods(
    *, within: Mapping[Place, str] = {}, behind: Mapping[str, str] = {}, styles: str = "", noughts: bool = True
) -> Callable[[Grids], bytes]:
    """The grids as an .ods; ``within`` cells, and ``behind`` the rows of sheets, stands more XML."""

    def write(grids: Grids) -> bytes:
        sheets = "".join(_sheet(sheet, rows, within, behind.get(sheet, "")) for sheet, rows in grids.items())
        shown = str(noughts).lower()
        setting = f'<config:config-item config:name="ShowZeroValues" config:type="boolean">{shown}</config:config-item>'
        return zipped(
            {
                "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
                "styles.xml": f"<office:document-styles{_SPACES}>{styles}</office:document-styles>".encode(),
                "settings.xml": f"<office:document-settings{_SPACES}>{setting}</office:document-settings>".encode(),
                "content.xml": f"<office:document-content{_SPACES}>{sheets}</office:document-content>".encode(),
            }
        )

    return write


def _sheet(name: str, rows: list[list[object]], within: Mapping[Place, str], behind: str) -> str:
    cells = {place: xml for (sheet, place), xml in within.items() if sheet == name}
    written = (
        "".join(_cell(value, cells.get(f"{chr(65 + column)}{row}", "")) for column, value in enumerate(values))
        for row, values in enumerate(rows, 1)
    )
    table = "".join(f"<table:table-row>{row}</table:table-row>" for row in written)
    return f'<table:table table:name="{name}">{table}{behind}</table:table>'


def _cell(value: object, more: str) -> str:
    shown = f"<text:p>{escape(said(value))}</text:p>"
    if value == "":
        return f"<table:table-cell>{more}</table:table-cell>"
    if isinstance(value, date):
        return f'<table:table-cell office:value-type="date" office:date-value="{value.isoformat()[:10]}">{more}{shown}</table:table-cell>'
    if isinstance(value, float | int) and not isinstance(value, bool):
        return (
            f'<table:table-cell office:value-type="float" office:value="{value:.15g}">{more}{shown}</table:table-cell>'
        )
    return f'<table:table-cell office:value-type="string">{more}{shown}</table:table-cell>'
