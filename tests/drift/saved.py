"""Returns that LibreOffice saved, in each of its formats."""

from tests.drift.case import Case
from tests.drift.grids import BASIC
from tests.drift.layouts import NAMED
from tests.pipeline.drifting import merged, overtype_with_looks, styled
from tests.pipeline.overtype import overtype, together

SUFFIXES = {"xlsx": (), "xls": ("N-FIL-01",), "ods": ("N-FIL-01",)}
LINE, YEAR = "T2.04", "T2.04:year_to_date"
STRUCK = "<r><rPr><strike/></rPr><t>12</t></r><r><t>25</t></r>"
RAISED = '<r><t>25</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>1</t></r>'

AGAIN = {
    "a sheet renamed", "the names lost", "the stamp lost", "names and stamp lost",
    "sheets in another order", "a name over another's code", "title merged",
}  # fmt: skip


def saved(kind: str) -> list[Case]:
    """What LibreOffice makes of a return, and of some that had been drifting before; to save costs a fifth of a second."""
    notes = SUFFIXES[kind]

    def case(name: str, happens, *told: str, reads: int | None = None, year: int = 0, dear: bool = False) -> Case:
        shows = {LINE: reads, YEAR: year}
        return Case(
            f"saved as .{kind}: {name}", happens, (*notes, *told), "", shows, f"a.{kind}", saved_as=kind, dear=dear
        )

    at = f"{BASIC}!D9"
    return [
        Case(f"saved as .{kind}: untouched", told=notes, file=f"a.{kind}", saved_as=kind),
        *(Case(f"saved as .{kind}: {c.name}", c.happens, (*notes, *c.told), "", c.shows, f"a.{kind}", saved_as=kind, dear=True) for c in NAMED if c.name in AGAIN),
        case("a unit behind the digits", overtype(BASIC, D9="25条", E9=0), f"E-NUM-02 {at}", dear=True),
        case("white space inside", overtype(BASIC, D9="2   5", E9=0), f"E-NUM-02 {at}", dear=True),
        case("a new line inside", overtype(BASIC, D9="2\n5", E9=0), f"E-NUM-02 {at}"),
        case("digits as text", overtype(BASIC, D9="25", E9=25), "N-NUM-01", reads=25, year=25),
        case("an error", overtype(BASIC, D9="#DIV/0!", E9=0), f"E-NUM-04 {at}"),
        case("a date", together(styled(BASIC, "D9", 40973, "m月d日"), overtype(BASIC, E9=0)), f"E-NUM-08 {at}", dear=True),
        case("100%", together(styled(BASIC, "D9", 1, "0%"), overtype(BASIC, E9=0)), f"E-NUM-09 {at}"),
        case("a fraction", overtype(BASIC, D9=2.5, E9=0), f"E-NUM-03 {at}", dear=True),
        case("blank", overtype(BASIC, D9=None, E9=0), f"E-MIS-02 {at}", dear=True),
        case("one number struck out, another behind it", together(overtype_with_looks(BASIC, "D9", STRUCK), overtype(BASIC, E9=0)), f"E-NUM-10 {at}"),
        case("a footnote's mark behind the digits", together(overtype_with_looks(BASIC, "D9", RAISED), overtype(BASIC, E9=0)), f"E-NUM-10 {at}"),
        case("an input cell merged with its unit", together(merged(BASIC, "C9:D9"), overtype(BASIC, E9=0)), f"E-LAY-05 {at}", dear=True),
    ]  # fmt: skip


MISNAMED = tuple(
    Case(f"saved as .{kind}, named .xlsx", told=("N-FIL-01",), says=f"文件名是 .xlsx，实际是{called}", saved_as=kind)
    for kind, called in (("xls", "旧格式（.xls）"), ("ods", " .ods 格式"))
)

OF_WPS = (
    Case("an .et that is an .xls", told=("N-FIL-01",), says="旧格式（.xls）", file="a.et", saved_as="xls"),
    Case("an .et that is an .xls: a text", overtype(BASIC, D9="25条", E9=0), ("N-FIL-01", f"E-NUM-02 {BASIC}!D9"), "", {LINE: None, YEAR: 0}, "a.et", saved_as="xls", dear=True),
)  # fmt: skip

SAVED = (*MISNAMED, *OF_WPS, *(case for kind in SUFFIXES for case in saved(kind)))
