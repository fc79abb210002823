"""What is planted: of each kind a text that gives something away, and what of it must be found nowhere."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from stdnum import luhn
from stdnum.cn import ric, uscc

WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
SPOKEN = str.maketrans("0123456789", "〇一二三四五六七八九")
GIVEN = "伟芳娜敏静丽强磊洋艳勇军杰娟涛超霞平刚桂英华玉兰红梅鹏辉健康波宁晶莹"


class Plant(NamedTuple):
    """A text, and the parts of it that must not leave, as a person or a machine would look for them."""

    text: str
    secrets: tuple[str, ...]


def _card(n: int) -> str:
    head = f"6217{n:014d}"
    return head + luhn.calc_check_digit(head)


def _resident(n: int) -> str:
    head = f"620202198{n % 10}0{1 + n % 9}{10 + n % 18}{100 + n}"
    return head + ric.calc_check_digit(f"{head}0")


def _trader(n: int) -> str:
    head = f"92620200MA{n:07d}"
    return head + uscc.calc_check_digit(f"{head}0")


def _name(n: int) -> str:
    return f"诸葛{GIVEN[n % len(GIVEN)]}{GIVEN[n // len(GIVEN)]}"


def _mobile(n: int) -> str:
    return f"138{n:08d}"


def _spaced(n: int) -> Plant:
    number = f"137{n:08d}"
    written = f"{number[:3]}-{number[3:7]}　{number[7:]}"
    return Plant(f"手机{written}的用户", (written, number))


def _wide(n: int) -> Plant:
    number = f"136{n:08d}"
    return Plant(f"手机{number.translate(WIDE)}的用户", (number.translate(WIDE), number))


def _in_words(n: int) -> Plant:
    number = f"135{n:08d}"
    return Plant(f"来电号码是{number.translate(SPOKEN)}。", (number.translate(SPOKEN), number))


def _landline(n: int) -> Plant:
    return Plant(f"打0937-62{n:05d}的群众", (f"0937-62{n:05d}", f"093762{n:05d}"))


def _whole(text: str) -> Plant:
    return Plant(text, (text,))


def _plain(before: str, secret: str, after: str = "") -> Plant:
    return Plant(f"{before}{secret}{after}", (secret,))


# Each kind by a number that makes it the only one of its text.
PLANTS: Mapping[str, Callable[[int], Plant]] = {
    "身份证": lambda n: _plain("关于居民", _resident(n), "户口的答复"),
    "身份证15位": lambda n: _plain("老证号", f"6202018{n % 10}0{1 + n % 9}{10 + n % 18}{100 + n}", "的换证"),
    "手机": lambda n: _plain("请回电", _mobile(n), "再答复"),
    "手机分开写": _spaced,
    "手机全角": _wide,
    "手机中文数字": _in_words,
    "座机": _landline,
    "银行卡": lambda n: _plain("补偿款汇入", _card(n)),
    "邮箱": lambda n: _plain("发到", f"li_ming{n}@example{n}.com"),
    "姓名在后": lambda n: _plain("答复申请人", _name(n), "的申请"),
    "姓名在前": lambda n: _plain("关于", f"南宫{_name(n)[2:]}", "申请公开征地信息的答复"),
    "绝密": lambda n: _whole(f"绝密：甲案{n:04d}号布防"),
    "机密": lambda n: _whole(f"乙案{n:04d}号维稳方案（机　密）"),
    "秘密": lambda n: _whole(f"秘密★10年 丙案{n:04d}号"),
    "内部资料": lambda n: _whole(f"丁案{n:04d}号通报（内部资料）"),
    "护照": lambda n: _plain("护照号", f"E{n:08d}"),
    "微信": lambda n: _plain("微信号", f"lm_{n:05d}x"),
    "车牌": lambda n: _plain("车辆", f"甘B{n:05d}", "违停"),
    "个体户": lambda n: _plain("经营者代码", _trader(n)),
}  # fmt: skip
