"""What is told to a wish that the rule language cannot fulfil: what it can do instead."""

import re

ONLY = "比较号只用 =、<=、>="
_WIDE = "＋－＊／＝＜＞（）：，．＠　" + "".join(map(chr, range(ord("０"), ord("９") + 1)))
_SIGNS = {"≤": "<=", "≥": ">=", "×": "*", "—": "-", "–": "-", "−": "-", "、": ",", "。": ".", "…": ".."}
_LINE = r"[A-Za-z]\w*\.[\w*]+(\.\.\w+)?(:\w+)?(@-\d+)?"
# The first that is found in the whole text, or with ^ at the place from which it cannot be read.
_WISHES = (
    (r"(?i)\bif\b|\bthen\b|如果", "条件写在后面：A >= 1 when B >= 1"),
    (r"!=|<>|≠", "没有“不等于”，只能写 =、<=、>=；不能是 0 写成 … >= 1"),
    (r"==", "相等只写一个 ="),
    (r"=>", "不小于写成 >="),
    (r"=<", "不大于写成 <="),
    (r">(?!=)", "没有“大于”，只能写 =、<=、>=：整数的 A > B 写成 A >= B + 1"),
    (r"<(?!=)", "没有“小于”，只能写 =、<=、>=：整数的 A < B 写成 A + 1 <= B"),
    (r"@\s*\+?\s*\d", "不能看以后的月份，只能看以前的：上月写 @-1，上年同月写 @-12"),
    (r"@", "以前的月份写成 @-1（上月）、@-12（上年同月），数的是几个月"),
    (r"(?i)\bor\b|\|\|?|或", "没有“或”：请分成两条规则，或把条件写在 when 后面"),
    (r"(?i)\bnot\b|!|非", "没有“非”，请把要成立的写出来，只能写 =、<=、>="),
    (r"&|且", "“并且”写成 and，只用在 when 的条件里；两件事请分成两条规则"),
    (r"当", "条件写在后面：A >= 1 when B >= 1"),
    (r"/|÷|除以", "不能相除：规则两边同乘；年度表的比例写成一栏，of 是分子，over 是分母"),
    (rf"({_LINE}|\))\s*\*\s*({_LINE}|\(|sum)", "两个指标不能相乘，只能乘整数，如 2*T2.02"),
    (rf"{_LINE}\s*\*|\)\s*\*", "倍数要写在前面，只能是整数，如 2*T2.02"),
    (r"\d*\.\d+\s*\*", "倍数只能是整数，两边可以同乘，如 2*T2.02 <= T2.01"),
    (r"\*\*|\^", "不能乘方，只能乘整数，如 2*T2.02"),
    (r"%|‰", "不写百分数：两边同乘，如 10%  写成 10*T2.02 <= T2.01"),
    (r"(?i)\b(?!sum\b)[a-z]+\s*\(", "函数只有 sum(…)；差多少以内写 tolerance，见规则的其他项"),
    (r"\bSUM\b|\bSum\b|\bWHEN\b|\bWhen\b|\bAND\b|\bEACH\b", "sum、when、and、each 要用小写字母"),
    (r"(?<!sum)\s*\(|\)", "除了 sum(…) 不能用括号，请把括号拆开写"),
    (r"\.\.\.+|~|～|至|到", "一段写成 T2.11..16，两个点"),
    (r"^,|;", "几行相加写 sum(T2.01, T2.03)；两件事请分成两条规则"),
    (r"^(<=|>=|=)", "一条规则只比较一次，请分成两条规则"),
    (r"^and\b", "and 只用在 when 的条件里；两件事请分成两条规则"),
    (r"[\"'“”{}\[\]]", "行写成 表.代码，如 T2.01，不加引号和别的括号"),
    (r"[\u4e00-\u9fff]", "行写代码，不写名称，如 T2.01"),
    (r"^\d", "行要连表一起写，如 T2.01"),
)


def advice(text: str, rest: str) -> str:
    """The clause that says what of a text is not possible and what is; "" where nothing is known of it.

    ``rest`` is the end of the text from which it cannot be read.
    """
    wide = next((sign for sign in text if sign in _WIDE), "")
    if wide:
        half = " " if wide == "　" else chr(ord(wide) - 0xFEE0)
        return f"“{wide}”是全角的，请改用半角的“{half}”"
    odd = next((sign for sign in text if sign in _SIGNS), "")
    if odd:
        return f"“{odd}”请改写成半角的“{_SIGNS[odd]}”"
    return next((told for wish, told in _WISHES if re.search(wish, rest if wish.startswith("^") else text)), "")
