"""Whose return it is, and for which month."""

from datetime import date

from tests.drift.case import Case, refused
from tests.drift.grids import BASIC, COVER, GIVEN, LIST, Change, Grids, anew, put
from tests.drift.untouched import MONTH, UNIT
from tests.pipeline.overtype import lose_stamp, overtype, retouch

NAME, HEADER = "嘉峪关市卫生局", "填报单位：嘉峪关市卫生局（620200-025）    报告期：2012年1月"


def says(unit: str = NAME, month: object = "2012年1月", *, head: str = "") -> Change:
    """The cover and every sheet say this unit and month; there is no stamp."""

    def change(grids: Grids) -> None:
        put(COVER, B3=unit, B4="", B5=month)(grids)
        for sheet in (GIVEN, BASIC, LIST):
            grids[sheet][1][0] = (
                head or f"填报单位：{unit}    报告期：{'2012年1月' if isinstance(month, date) else month}"
            )

    return change


def of(name: str, change: Change, *told: str, says: str = "", whose: tuple[str, str] = (UNIT, MONTH)) -> Case:
    return Case(name, anew(change), told, says, whose=whose)


def no_one(name: str, change: Change, told: str, says: str) -> Case:
    """It is not known whose return it is, or of which month; nothing is read."""
    return Case(name, anew(change), (told,), says, reads=0)


UNITS = (
    of("the unit by its short name", says("市卫生局")),
    of("the unit by its code", says("620200-025")),
    of("the unit with its code in brackets", says("嘉峪关市卫生局（620200-025）")),
    of("the unit with white space", says("嘉峪关市 卫生局")),
    no_one("the unit misspelt", says("嘉峪关市卫生居"), f"E-UNI-02 {COVER}!B3", "最接近的是"),
    no_one("a unit that nobody knows", says("天水市卫生局"), f"E-UNI-02 {COVER}!B3", "不在单位名录里"),
    Case("the stamp is one unit's, the cover another's", overtype(COVER, B3="嘉峪关市教育局"), (f"E-UNI-01 {COVER}!B3",), "写的填报单位是“嘉峪关市教育局”"),
    Case("the stamp is one unit's, the header another's", overtype(GIVEN, A2=HEADER.replace("卫生", "教育")), (f"E-UNI-01 {GIVEN}!A2",), "“嘉峪关市教育局"),
    Case("the cover's unit erased", overtype(COVER, B3=None)),
    Case("the whole header overtyped with another unit", retouch(NAME, "嘉峪关市教育局"), (f"E-UNI-01 {COVER}!B3",), "这份模板是发给“嘉峪关市卫生局”的"),
    refused("two units in one workbook", anew(lambda grids: grids.update({"教": [["填报单位", "嘉峪关市教育局"], ["报告期", "2012年1月"]]})), "E-FIL-08", "市卫生局、市教育局"),
    refused("no unit and no month", anew(says("", "", head="　")), "E-FIL-03", "没有找到报表的表头"),
)  # fmt: skip

MONTHS = (
    of("the month full-width", says(month="２０１２年１月")),
    of("the month in Chinese numerals", says(month="二〇一二年一月")),
    of("the month as 2012-01", says(month="2012-01")),
    of("the month as 2012.1", says(month="2012.1")),
    of("the month with its share", says(month="2012年1月份")),
    of("the month as a date", says(month=date(2012, 1, 1))),
    Case("the stamp says January, the cover has the 31st", overtype(COVER, B5="2012-01-31"), (f"E-PER-01 {COVER}!B5",), "“2012-01-31”"),
    Case("the stamp says January, the cover December", overtype(COVER, B5="2011年12月"), (f"E-PER-01 {COVER}!B5",), "写的报告期是“2011年12月”"),
    Case("the cover's month erased", overtype(COVER, B5=None)),
    no_one("a month that cannot be read", says(month="元月"), f"E-PER-02 {COVER}!B5", "写的是“元月”"),
    no_one("the thirteenth month", says(month="2012年13月"), f"E-PER-02 {COVER}!B5", "读不出是哪年哪月"),
    no_one("a month without a form", says(month="2031年1月"), "E-PER-03", "2031年1月没有可用的月报表式"),
    of("another month altogether", says(month="2012年3月"), "W-PER-01", says="文件名", whose=(UNIT, "2012-03")),
    refused("two months in one workbook", anew(lambda grids: grids.update({"二": [["填报单位", NAME], ["报告期", "2012年2月"]]})), "E-FIL-08", "2012年1月、2012年2月"),
)  # fmt: skip

NAMES = (
    Case("a file name without unit and month", file="月报.xlsx"),
    Case("a file name of another month", told=("W-PER-01",), says="写的是 2012年2月", file="市卫生局2012年2月.xlsx"),
    Case("a file name of another unit", told=("W-UNI-01",), says="写的是市教育局", file="市教育局一月.xlsx"),
    Case("a file name of another unit and month", told=("W-PER-01", "W-UNI-01"), file="市教育局_2012-02.xlsx"),
    Case("a file name with a command", file="=cmd (1).xlsx"),
    Case("a file name that is very long", file=f"{'卫' * 70}.xlsx"),
    Case("a file name in capitals", file="市卫生局_2012-01.XLSX"),
    Case("without the stamp, a file name of another month", lose_stamp, ("W-PER-01",), "2012年2月", file="市卫生局2012年2月.xlsx"),
    Case("a folder of another month", file="2012-02/市卫生局.xlsx"),
)  # fmt: skip

IDENTITY = (*UNITS, *MONTHS, *NAMES)
