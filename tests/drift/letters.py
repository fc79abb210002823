"""Letters that nobody sees, and numbers that a condition, a format or an attribute shows otherwise, in every container."""

import re
from collections.abc import Callable
from dataclasses import replace

from tests.drift.around import LOW
from tests.drift.case import Case
from tests.drift.grids import BASIC, anew
from tests.drift.grids import put as typed
from tests.drift.looked import AT, LINE, SHOWN, SOLID, WHITED, YEAR, case, plain
from tests.drift.lost import ODS, XLSB
from tests.drift.odf import as_ods
from tests.drift.pages import page
from tests.drift.parts import rewritten
from tests.drift.strange import cells_without_addresses
from tests.pipeline.looks import drawn, look, put
from tests.pipeline.looks import on_condition as where
from tests.pipeline.looks import sized as sized_place
from tests.pipeline.overtype import Edit, change, part_of, together

NOTE, CONDITION, HIDDEN, PERCENT, COVERED = "N-FIL-01", "E-SEE-07", "E-SEE-05", "E-NUM-09", "W-SEE-03"
WHITE_INK = '<font><color rgb="FFFFFFFF"/></font>'


def _styled(xml: Callable[[str], str], font: str = "<i/>") -> Edit:
    """25 under a style of its own, and the styles changed."""
    return together(look(BASIC, "D9", 25, font=font), lambda path: change(path, "xl/styles.xml", xml))


def sized(points: str) -> Edit:
    return _styled(lambda xml: re.sub(r'(<font><i/><sz val=)"11"', rf'\1"{points}"', xml))


def coloured(colour: str, ground: str = "") -> Edit:
    return look(BASIC, "D9", 25, font=f"<color {colour}/>", fill=SOLID.format(ground) if ground else "")


repeated = _styled(lambda xml: re.sub(r"/></cellXfs>", '><alignment horizontal="fill"/></xf></cellXfs>', xml))
LOST = {
    "letters of one point": sized("1"),
    "letters of three points": sized("3"),
    "nearly white": coloured('rgb="FFFEFEFE"'),
    "black made white by a tint": coloured('theme="1" tint="0.99"'),
    "white a little darker": coloured('theme="0" tint="-0.02"'),
    "an accent on itself": coloured('theme="4"', 'theme="4"'),
    "yellow on nearly the same": coloured('rgb="FFFFFF00"', 'rgb="FFFFFE10"'),
    "white on cream": coloured('rgb="FFFFFFFF"', 'rgb="FFFFFFCC"'),
}
SEEN = {
    "letters of six points": sized("6"),
    "grey": coloured('theme="0" tint="-0.5"'),
    "light grey": coloured('rgb="FFBFBFBF"'),
    "white on blue": coloured('rgb="FFFFFFFF"', 'rgb="FF0000FF"'),
    "red on green": coloured('rgb="FFFF0000"', 'rgb="FF00B050"'),
    "black on yellow": coloured('rgb="FF000000"', 'rgb="FFFFFF00"'),
}
COLOURS = (
    *(case(name, edit, f"{WHITED} {AT}", says="打开表看不见") for name, edit in LOST.items()),
    *(plain(name, edit) for name, edit in SEEN.items()),
    case("over and over in its cell", repeated, f"{SHOWN} {AT}", says="显示的是“2525…”"),
    *(case(f"25 under {code}", look(BASIC, "D9", 25, code=code), f"{SHOWN} {AT}") for code in ("[White]0", "[白色]0", "[Color2]0")),
    case("a part in white", put(BASIC, "D9", '<c r="D9" t="inlineStr"><is><r><rPr><color rgb="FFFFFFFF"/></rPr><t>1</t></r><r><t>25</t></r></is></c>'), f"E-NUM-10 {AT}"),
    case("a part in tiny letters", put(BASIC, "D9", '<c r="D9" t="inlineStr"><is><r><rPr><sz val="1"/></rPr><t>1</t></r><r><t>25</t></r></is></c>'), f"E-NUM-10 {AT}"),
)  # fmt: skip


def saved(kind: str, name: str, edit: Edit, *told: str) -> Case:
    """The same as LibreOffice saves it."""
    reads = None if told else 25
    return case(f"saved as .{kind}: {name}", edit, NOTE, *told, reads=reads, file=f"a.{kind}", saved_as=kind, dear=True)


SAVED = tuple(
    saved(kind, name, edit, *told)
    for kind in ("xls", "ods")
    for name, edit, *told in (
        *((name, edit, f"{WHITED} {AT}") for name, edit in LOST.items()),
        *((name, edit) for name, edit in SEEN.items()),
        ("over and over in its cell", repeated, f"{SHOWN} {AT}"),
        ("white on a condition", where(BASIC, "D9", "D9>1", dxf=WHITE_INK), f"{CONDITION} {AT}"),
    )
)


LITTLE = tuple(
    Case(f"letters: saved as .{kind}: a row one point high", sized_place(BASIC, LOW, '<row r="9" spans="1:8" ht="1"'), (NOTE, f"{HIDDEN} {BASIC}!D9"), shows={LINE: None, YEAR: None}, file=f"a.{kind}", saved_as=kind, dear=True)
    for kind in ("xls", "ods")
)  # fmt: skip


def met(name: str, formula: str, *, holds: bool | None, cells: str = "D9", **more: str) -> Case:
    """A strike on a condition that holds, that may (None), or that does not."""
    edit = where(BASIC, cells, formula, **more)
    says = "按条件格式可能加了删除线" if holds is None else "按条件格式加了删除线"
    return (
        plain(f"a condition: {name}", edit)
        if holds is False
        else case(f"a condition: {name}", edit, f"{CONDITION} {AT}", says=says)
    )


GREATER, LESS, EQUAL = (f'type="cellIs" operator="{how}"' for how in ("greaterThan", "lessThan", "equal"))
CONDITIONS = (
    met("the text of another cell", '$B$9="提供服务类信息数"', holds=True),
    met("another text than that of the cell", '$B$9="别的"', holds=False),
    met("a text in small letters", '"ABC"="abc"', holds=True),
    met("a shared text before a number", "$C$9<1000", holds=False),
    met("a shared text behind a number", "$C$9>1000", holds=True),
    met("more than an empty cell", "$K$60", rule=GREATER, holds=True),
    met("less than an empty cell", "$K$60", rule=LESS, holds=False),
    met("an empty cell is 0", "$K$60=0", holds=True),
    met("an empty cell is no text", '$K$60=""', holds=True),
    met("an empty cell is true of nothing", "$K$60", holds=False),
    met("its own digits as a text", '"25"', rule=EQUAL, holds=False),
    met("less than a text", "$C$9", rule=LESS, holds=None),
    met("both of two", "AND(D9>1,D9<3)", holds=False),
    met("one of two", "OR(D9>100,$D$9=25)", holds=True),
    met("not so", "NOT(D9>100)", holds=True),
    met("one of two that is not plain", "OR(D9>100,MOD(D9,2)=1)", holds=None),
    case("a condition: in white", where(BASIC, "D9", "D9>1", dxf=WHITE_INK), f"{CONDITION} {AT}", says="和底色分不开，看不见"),
    case("a condition: nearly white", where(BASIC, "D9", "D9>1", dxf='<font><color rgb="FFFDFDFD"/></font>'), f"{CONDITION} {AT}"),
    plain("a condition: upon yellow", where(BASIC, "D9", "D9>1", dxf='<fill><patternFill><bgColor rgb="FFFFFF99"/></patternFill></fill>')),
)  # fmt: skip


def by_place(path) -> None:
    """A hidden row, and no row says its number."""

    def rows(xml: str) -> str:
        return re.sub(r'<row r="\d+"', "<row", xml.replace('<row r="9"', '<row r="9" hidden="1"'))

    change(path, part_of(path, BASIC), rows)


def nowhere(path) -> None:
    """A hidden row, and nothing has an address."""
    change(path, part_of(path, BASIC), lambda xml: xml.replace('<row r="9"', '<row r="9" hidden="1"'))
    cells_without_addresses(path)
    rewritten(lambda xml: re.sub(r'<row r="\d+"', "<row", xml), part_of(path, BASIC))(path)


PLACES = tuple(
    Case(f"letters: {name}", edit, (f"{HIDDEN} {AT}",), "第 9 行是隐藏的，里面有 2 格数字（D9 是 25）", {LINE: None, YEAR: None})
    for name, edit in (("a hidden row by its place", by_place), ("a hidden row without addresses", nowhere))
)  # fmt: skip


PAGES = (
    *(page(f"letters of {size}", f'<td style="font-size:{size}">25</td>', told="E-NUM-22") for size in ("1px", ".05em", "5%", "3.9pt", "calc(1px)")),
    *(page(f"letters of {size}", f'<td style="font-size:{size}">25</td>') for size in ("9px", "x-small", ".8em", "75%", "smaller")),
    page("a font of one point", '<td style="font:bold 1pt/2 宋体">25</td>', told="E-NUM-22"),
    page("a font of nine points", '<td style="font:400 9pt 宋体">25</td>'),
    *(page(f"in {ink}", f'<td style="color:{ink}">25</td>', told="E-NUM-22") for ink in ("snow", "#fefefe", "rgba(0,0,0,.01)", "hsl(0,0%,99%)")),
    page("black on a black ground", '<td bgcolor="#000000">25</td>', told="E-NUM-22"),
    page("black on a ground that hardly covers", '<td style="background:rgba(0,0,0,.05)">25</td>'),
    page("nearly the same by a class", "<td class=x>25</td>", ".x{color:#ffff00;background:#ffff01}", "E-NUM-22"),
    *(page(f"another value in {name}", f'<td {name}="30">25</td>', told="E-NUM-22") for name in ("sdval", "data-value", "value", "x:str", "x:err", "data-num")),
    *(page(f"the same value in {name}", f'<td {name}="25.0">25</td>') for name in ("sdval", "data-value", "value")),
    page("a boolean kept", '<td x:bool="TRUE">25</td>', told="E-NUM-22"),
    page("a number that is none of the cell's value", '<td data-id="4711" data-row="9" title="30">25</td>'),
    *(page(f"a format: {code}", f"<td style='mso-number-format:{code}'>25</td>", told=SHOWN) for code in ('"0\\0022万\\0022"', '"\\;\\;\\;"', '"\\#\\,\\#\\#0\\,"', "Short Date")),
    page("a format of percentages", "<td style='mso-number-format:Percent'>25</td>", told=PERCENT),
    page("LibreOffice's format", '<td sdval="25" sdnum="2052;0;0&quot;万&quot;">25</td>', told=SHOWN),
    *(page(f"a format: {code}", f"<td style='mso-number-format:{code}'>25</td>") for code in ("General", "Fixed", "0", '"0_ "', '"\\@"', "\\@", '"0\\0022条\\0022"')),
    page("LibreOffice's plain format", '<td sdval="25" sdnum="2052;">25</td>'),
)  # fmt: skip
RING = f'<draw:ellipse table:end-cell-address="{BASIC}.D9" svg:width="1cm" svg:height="0.4cm"/>'


def ringed(path) -> None:
    """A ring drawn around a number."""
    drawn(BASIC, "D9", "")(path)
    ring = '</xdr:nv><xdr:spPr><a:prstGeom prst="ellipse"/><a:noFill/></xdr:spPr>'
    change(path, "xl/drawings/drawing9.xml", lambda xml: xml.replace("</xdr:nv>", ring))


RINGS = (
    Case("letters: a ring around a number", ringed, (f"{COVERED} {AT}",), "盖在 D9 这 1 格数字上面"),
    Case("letters: .ods: a ring around a number", anew(typed(BASIC, D9=25.0, E9=25.0), write=as_ods(within={(BASIC, "D9"): RING})), (NOTE, f"{COVERED} {AT}"), file="a.ods"),
)  # fmt: skip
LETTERS = tuple(
    replace(one, name=f"letters: {one.name}") if not one.name.startswith("letters") else one
    for one in (*COLOURS, *CONDITIONS, *PLACES, *RINGS, *ODS, *XLSB, *PAGES, *SAVED, *LITTLE)
)
