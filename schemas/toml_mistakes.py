"""What is wrong in a text that is no TOML, said in Chinese: tomllib says where it stopped, in English."""

import re
from typing import NamedTuple

_AT = re.compile(r"\(at (?:line (\d+), column (\d+)|end of document)\)")
_WIDE = dict(zip("，：＝“”‘’［］【】｛｝．。；　", ",:=\"\"''[][]{}..; ", strict=True))
_HEADER = re.compile(r"\s*\[\[?\s*([^\]\s]+)")
_KEY = re.compile(r"\s*([^\s=]+)\s*=")
_VALUES = "文字要加半角引号，是否只写 true 或 false，数字不带单位和引号"
_IN_ONE_LINE = "“{whole}”：花括号 {{ }} 里的各项要写在同一行，用半角逗号隔开，最后一项后面不写逗号"
_KINDS = (  # what tomllib says of each kind of mistake, and what is said for it
    (
        "Illegal character|Unterminated|Expected [\"']{2,}",
        "“{whole}”的引号没有配对：一段文字写在同一行，用一对半角引号",
    ),
    ("declaration", "“{whole}”的方括号没有配对：可以写几次的一类是 [[名称]]，只写一次的是 [名称]"),
    ("Expected '='", "“{whole}”里名称后面要写“=”"),
    ("inline table", _IN_ONE_LINE),
    ("key part", _IN_ONE_LINE),
    ("Unescaped|Escaped|hex", "“{whole}”里的“\\”在双引号里有别的意思，请写成“/”，或把文字放在单引号里"),
    ("Invalid value|date", f"“{{rest}}”读不懂：{_VALUES}"),
    ("", f"从“{{rest}}”起读不懂：一行写一项，写成 名称 = 值；{_VALUES}"),
)


class Stop(NamedTuple):
    """Where a reader of TOML stopped: the place in the text, and what stands from there on in its line."""

    text: str
    at: int

    @property
    def line(self) -> int:
        """The line, from 1."""
        return self.text.count("\n", 0, self.at) + 1

    @property
    def whole(self) -> str:
        """The whole line."""
        return self.text[self.text.rfind("\n", 0, self.at) + 1 :].partition("\n")[0]

    @property
    def rest(self) -> str:
        """The rest of the line."""
        return self.text[self.at :].partition("\n")[0].strip()

    def before(self) -> "Stop":
        """The last sign before it."""
        return Stop(self.text, max(len(self.text[: self.at].rstrip()) - 1, 0))


def unreadable(text: str, error: str) -> tuple[int, str]:
    """The line at which a text stops being TOML, and what is wrong there, for what tomllib said."""
    found = _AT.search(error)
    stop = Stop(text, _place(text, int(found[1]), int(found[2])) if found and found[1] else len(text.rstrip()))
    sign = text[stop.at : stop.at + 1]
    if sign in _WIDE and sign:
        if _WIDE[sign] in "\"'":
            return stop.line, f"{stop.rest} 的引号是全角的，请改用半角的 {_WIDE[sign]}"
        return stop.line, f"“{stop.rest}”里的“{sign}”是全角的，请改用半角的“{_WIDE[sign]}”"
    if "Unclosed array" in error:
        return _open_array(stop, ended=not stop.rest or stop.whole.lstrip().startswith("["))
    return stop.line, _told(error, stop, sign)


def _place(text: str, line: int, column: int) -> int:
    return sum(len(one) + 1 for one in text.split("\n")[: line - 1]) + column - 1


def _open_array(stop: Stop, *, ended: bool) -> tuple[int, str]:
    """An array whose items are not told apart by commas, or which has no end."""
    last = stop.before()
    if ended:
        return last.line, "方括号没有关上，缺少“]”"
    return last.line, f"这一项后面缺少逗号，下一项“{stop.rest}”接不上"


def _told(error: str, stop: Stop, sign: str) -> str:
    """What is wrong where the reader stopped at a ``sign``."""
    if re.search("twice|overwrite|redefine|mutate|Duplicate", error):
        return _again(error, stop)
    in_table = "{" in stop.whole and sign in "\n}"
    words = next(words for kind, words in _KINDS if re.search(kind, error) and (in_table or "key part" not in kind))
    told = words.format(whole=stop.whole.strip(), rest=stop.rest or stop.whole.strip())
    return f"{told}，不写“:”" if "Expected '='" in error and sign == ":" else told


def _again(error: str, stop: Stop) -> str:
    """What is written twice: a key, or a table in two ways."""
    if header := _HEADER.match(stop.whole):
        return f"“{header[1]}”已经写过：可以写几次的一类，每次都写 [[{header[1]}]]；只有一处的 [{header[1]}] 不能写两次"
    inside = re.search(r"key '([^']+)'", error)
    key = inside or _KEY.match(stop.whole)
    return f"“{key[1] if key else stop.whole.strip()}”在同一处写了两次，请只留一个"
