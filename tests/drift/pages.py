"""Web pages whose cells show otherwise than they read; those that only look as pages look stay silent."""

import html
from collections.abc import Callable, Mapping

from tests.drift.case import NOTHING, Case
from tests.drift.grids import BASIC, Grids, anew, as_html, put
from tests.drift.wherever import NOTE

AT, LINE, YEAR = "网页表格3!D9", "T2.04", "T2.04:year_to_date"
STRUCK, ODD = "E-NUM-10", "E-NUM-22"


def page(name: str, cell: str, style: str = "", told: str = "", says: str = "") -> Case:
    """A page with this in place of the cell where 25 stood, and with this style sheet."""
    head = f"<style>{style}</style>" if style else ""
    write = as_html(head=head, cell=lambda text: "here" if text == "here" else html.escape(text))
    reads = None if told else 25
    shows = {LINE: reads, YEAR: reads or 0}

    def written(grids) -> bytes:
        return write(grids).decode().replace("<td>here</td>", cell).encode()

    rules = (NOTE, f"{told} {AT}") if told else (NOTE,)
    return Case(
        f"a page: {name}",
        anew(put(BASIC, D9="here", E9=shows[YEAR]), write=written),
        rules,
        says,
        shows,
        "市卫生局_2012-01.xls",
    )


def inside(name: str, content: str, style: str = "", told: str = "") -> Case:
    return page(name, f"<td>{content}</td>", style, told)


LINES_THROUGH = (
    inside("struck by a class", '<font class="font6">12</font><font class="font5">25</font>', ".font6{text-decoration:line-through}", STRUCK),
    inside("struck by an id", '<span id="old">12</span>25', "#old{text-decoration:line-through}", STRUCK),
    inside("struck by its element", "<i>12</i>25", "i { text-decoration : underline line-through red }", STRUCK),
    inside("struck in place", '<span style="text-decoration:line-through">12</span>25', "", STRUCK),
    inside("struck by the newer word", '<span style="text-decoration-line:line-through">12</span>25', "", STRUCK),
    inside("struck by a rule in a comment", "<u>12</u>25", "<!-- u{text-decoration:line-through} -->", STRUCK),
    inside("struck by a descendant's rule", "<b><u>12</u></b>25", "td > b u{text-decoration:line-through}", STRUCK),
    inside("struck on a screen", "<u>12</u>25", "@media screen{u{text-decoration:line-through}}", STRUCK),
    inside("struck, the more important rule before", "<u>12</u>25", "u{text-decoration:line-through!important} u{text-decoration:none}", STRUCK),
    page("the whole cell struck", '<td class="x">25</td>', ".x{text-decoration:line-through}", STRUCK),
    inside("struck by an element", "<del>12</del>25", "", STRUCK),
    inside("raised by a class", '25<span class="n">1</span>', ".n{vertical-align:super;font-size:60%}", STRUCK),
    inside("lowered", '25<span style="vertical-align:sub">1</span>', "", STRUCK),
    inside("raised by a length", '25<span style="vertical-align:4pt">1</span>', "", STRUCK),
)  # fmt: skip
UNSEEN = (
    inside("not displayed", '<span style="display:none">7</span>25', "", ODD),
    inside("not displayed, by a class", '<span class="h">7</span>25', ".h{display:none}", ODD),
    inside("hidden by its attribute", "<span hidden>7</span>25", "", ODD),
    inside("not visible", '<span style="visibility:hidden">7</span>25', "", ODD),
    inside("transparent", '<span style="opacity:0">7</span>25', "", ODD),
    inside("of no size", '<span style="font-size:0">7</span>25', "", ODD),
    inside("white on white", '<font color="white">7</font>25', "", ODD),
    inside("white on white by a class", '<span class="w">7</span>25', ".w{color:#ffffff}", ODD),
    inside("moved out of sight", '<span style="position:absolute;left:-999px">7</span>25', "", ODD),
    inside("indented out of sight", '<div style="text-indent:-999px">25</div>', "", ODD),
    inside("turned round", '<bdo style="direction:rtl;unicode-bidi:bidi-override">52</bdo>', "", ODD),
    inside("floating to the other side", '<span style="float:right">2</span>5', "", ODD),
    inside("a sign before it by the style", '<b class="n">25</b>', '.n::before{content:"-"}', ODD),
    inside("a word behind it by the style", "<b>25</b>", 'td b:after{content:"万"}', ODD),
    page("the cell in white", '<td style="color:white">25</td>', "", ODD),
    page("the number that is kept is another", '<td x:num="25.4">25</td>', "", ODD),
)  # fmt: skip
CONTROLS = (
    inside("a field", '<input type="text" value="25">', "", ODD),
    inside("a number's field", '<input type="number" value="25">', "", ODD),
    inside("a field beside a number", '12<input value="25">', "", ODD),
    inside("a choice", "<select><option>12</option><option selected>25</option></select>", "", ODD),
    inside("a text area", "<textarea>25</textarea>", "", ODD),
    inside("a button", "<button>25</button>", "", ODD),
    inside("a table in the cell", "<table><tr><td>12</td></tr></table>25", "", ODD),
    inside("a picture beside the number", '<img src="a.png">25', "", ODD),
    inside("a drawing", "<svg><text>1</text></svg>25", "", ODD),
    inside("a ruby", "<ruby>25<rt>1</rt></ruby>", "", ODD),
    inside("a list", "<ol><li>25</li></ol>", "", ODD),
)  # fmt: skip
HARMLESS = (
    inside("bold", "<b>25</b>"),
    inside("in a font", '<font face="宋体" color="#000000" size="2">25</font>'),
    inside("a link", '<a href="#x">25</a>'),
    inside("in a paragraph", "<p>25</p>"),
    inside("in a division", '<div style="text-align:right">25</div>'),
    inside("underlined", "<u>25</u>"),
    inside("a field that is never seen", '25<input type="hidden" name="v" value="7">'),
    inside("nothing hidden", '25<span style="display:none"></span>'),
    inside("a template", "<template>7</template>25"),
    inside("hidden in print alone", "25", "@media print{td{display:none}}"),
    inside("a selector that no browser knows", "25", "td:nonsense(3){display:none}"),
    inside("shown again by a later rule", '<b class="h">25</b>', ".h{display:none} .h{display:inline}"),
    inside("a mark that another style shows", "<b>25</b>", 'b::selection{color:white} p::before{content:"x"}'),
    page("as Excel saves it", "<td class=xl65 align=right x:num>25</td>", ".xl65{mso-style-parent:style0;mso-number-format:0;text-align:right;border:.5pt solid windowtext;white-space:normal;vertical-align:middle;font-size:9.0pt;color:black;background:#D9D9D9;mso-pattern:black none}"),
    page("white on a dark ground", '<td style="color:#fff;background:#369">25</td>'),
    page("as a framework shows it", '<td><div class="cell">25</div></td>', "*{box-sizing:border-box;-webkit-box-sizing:border-box} .cell{overflow:hidden;text-overflow:ellipsis;line-height:23px;padding:0 10px;word-break:break-all} td{position:relative;transition:background-color .25s ease;-webkit-font-smoothing:antialiased;--main:#fff}"),
    page("a note of spreadsheets", '<td x:num="25">25</td>'),
)  # fmt: skip


def around(name: str, rewrite: Callable[[str], str], *told: str, shows: Mapping[str, int | None] = NOTHING) -> Case:
    """A page that is changed around its cells."""

    def written(grids: Grids) -> bytes:
        whole = as_html()(grids).decode()
        page = rewrite(whole)
        assert page != whole
        return page.encode()

    return Case(f"a page: {name}", anew(write=written), (NOTE, *told), "", shows, "市卫生局_2012-01.xls")


_ROW = "<tr><td>04</td><td>提供服务类信息数</td><td>条</td><td>25</td>"
_WHOLE = {LINE: None, YEAR: None}
AROUND = (
    around("a row struck by its style", lambda page: page.replace(_ROW, _ROW.replace("<tr>", '<tr style="text-decoration:line-through">')), f"{STRUCK} {AT}", shows=_WHOLE),
    around("a row hidden", lambda page: page.replace(_ROW, _ROW.replace("<tr>", '<tr style="display:none">')), f"E-SEE-05 {AT}", shows=_WHOLE),
    around("a number over two rows", lambda page: page.replace(_ROW, _ROW.replace("<td>25", '<td rowspan="2">25')).replace("<td>人次</td><td>120</td>", "<td>人次</td>"), "E-LAY-05 网页表格3!D10", shows={"T2.05": None}),
    around("a row of no look", lambda page: page.replace(_ROW, _ROW.replace("<tr>", "<tr hidden>")), f"E-SEE-05 {AT}", shows=_WHOLE),
    around("the column of a number hidden", lambda page: page.replace("<table><tr><td>政府信息公开基本情况", '<table><col span="3"><col style="display:none"><tr><td>政府信息公开基本情况'), "E-SEE-05 网页表格3!D6"),
    around("an item struck out", lambda page: page.replace("<tr><td>第2号", '<tr style="text-decoration:line-through"><td>第2号'), "E-SEE-06 网页表格4!C5"),
    around("a day of an item in a field", lambda page: page.replace("<td>2012-01-12</td>", '<td><input value="2012-01-12"></td>', 1), "E-SEE-06 网页表格4!E4"),
    around("a category over several rows", lambda page: page.replace("<td>第1号</td><td></td><td>", '<td>第1号</td><td></td><td rowspan="2">').replace("<td>第2号</td><td></td><td>机构职能</td>", "<td>第2号</td><td></td>"), "E-REG-06 网页表格4!C5"),
    around("a layout table around all", lambda page: page.replace("<body>", "<body><table><tr><td>").replace("</body>", "</td></tr></table></body>")),
    around("a table that is not shown", lambda page: page.replace("<body>", '<body><table style="display:none"><tr><td>代码</td><td>本期实际</td></tr><tr><td>04</td><td>99</td></tr></table>')),
)  # fmt: skip

PAGES_THAT_LOOK = (*AROUND, *LINES_THROUGH, *UNSEEN, *CONTROLS, *HARMLESS)
