"""What counts as a reason: words. A sign, a number, a unit or a word for nothing explains nothing."""

import re

from pipeline.values.numerals import visible

LONGEST = 20  # characters of what is quoted

_WORDS = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]{2,}|[^\W\d_]{3,}(?:\W+[^\W\d_]{2,})+")
_SIGNS = re.compile(r"[\W\d_]+")
_WHAT = (
    "说明|情况|原因|理由|变化|变动|内容|事项|数据|问题|异常|备注|其他|其它|特殊|特别|需要|需|须|要|可|此项|该项|本项|此|该"
    "|的|了|填|写|报"
)
_NOTHING = re.compile(
    rf"(?:(?:暂时|暂|均|皆|全|都)?(?:没有|没|无|未|不|非|空|零|否)(?:适用|详|明|涉及|发生|存在|用)?(?:{_WHAT})*"
    rf"|(?:已|请|待|未)?(?:说明|解释)|(?:同|如|见|参见|详见|参照)(?:上|下|前|后|左|右)(?:行|栏|表|列|面|述|文|一|条|格|项)*"
    rf"|(?:上|下|前)同|略|是|对|正确|正常|{_WHAT})+"
)

# What the form takes away from a note, words first, before it asks whether anything is left. Excel nests 64 of it.
IDLE = (
    *("没有", "变化", "变动", "说明", "情况", "原因", "正常", "正确", "涉及", "发生", "适用", "解释"),
    *"无暂未不同如见上下前行略是否对需此项（）",
    *"0123456789 　√×-—/.。、",
)


def is_reason(note: str) -> bool:
    """Whether a 说明 says something: words of which not all are words for nothing (无, 没有, 同上, 无需说明)."""
    said = visible(note)
    if not _WORDS.search(said if _has_han(said) else note):
        return False
    return not _NOTHING.fullmatch(_SIGNS.sub("", said))


def reason_in(note: str) -> str:
    """The 说明 where it is a reason, else ""."""
    return note if is_reason(note) else ""


def no_reason(note: str, column: str) -> str:
    """What to say of a 说明 that settles nothing, as a sentence; "" where there is none or it is a reason.

    ``column`` is what the form calls the place.
    """
    return f"（“{column}”里现在写的“{note[:LONGEST]}”不是原因。）" if note and not is_reason(note) else ""


def explains(note: str) -> bool:
    """What ``explained`` comes to for a note."""
    for idle in IDLE:
        note = note.replace(idle, "")
    return len(note) >= 2


def explained(cell: str) -> str:
    """The condition, as a formula of any spreadsheet, that a cell holds a reason.

    A spreadsheet knows no patterns; so it asks whether anything is left of the note besides words for
    nothing and signs.
    """
    left = cell
    for idle in IDLE:
        left = f'SUBSTITUTE({left},"{idle}","")'
    return f"LEN({left})>=2"


def _has_han(text: str) -> bool:
    return any("\u3400" <= sign <= "\u9fff" for sign in text)
