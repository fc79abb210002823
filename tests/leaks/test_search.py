"""What a text gives away: each kind however it is written, and ordinary texts that look like it."""

import re

import pytest

from pipeline.judge.leaks import search
from schemas.leaks import leaks
from tests.bench.leaks import false_alarms, found
from tests.leaks.plants import PLANTS


def told(text: str) -> list[tuple[str, str]]:
    return [(hit.kind, hit.secret) for hit in search(text)]


@pytest.mark.parametrize("written", [
    "13812345678", "138 1234 5678", "138-1234-5678", "138.1234.5678", "１３８１２３４５６７８", "１３８　１２３４　５６７８", "一三八一二三四五六七八",
    "幺三八幺二三四五六七八", "+86 138 1234 5678", "（86）13812345678", "1 3 8 1 2 3 4 5 6 7 8", "138\u200b12345678", "138\n12345678", "①③⑧①②③④⑤⑥⑦⑧",
    "壹叁捌壹贰叁肆伍陆柒捌", "手机13812345678转王", "Tel13812345678", "100件，13812345678",
])  # fmt: skip
def test_a_mobile_number_is_one_number_however_it_is_written(written):
    assert ("mobile", "13812345678") in told(written)


@pytest.mark.parametrize(("text", "kind", "secret"), [
    ("证号110101199003077758", "id18", "110101199003077758"), ("11010519491231002x", "id18", "11010519491231002X"),
    ("110101 19900307 7758", "id18", "110101199003077758"), ("130503670401001", "id15", "130503670401001"),
    ("电话0937-6328025", "landline", "09376328025"), ("（0937）6328025转12", "landline", "09376328025"),
    ("宅电：6328025", "landline", "6328025"), ("6222 0212 3456 7890 128", "bank", "6222021234567890128"),
    ("账号 2710101040012345", "account", "2710101040012345"), ("QQ：12345678", "account", "12345678"),
    ("ｌｉ＿ming＠163．com", "email", "li_ming@163.com"), ("护照：E12345678", "document", "E12345678"),
    ("甘B·12345", "plate", "甘B·12345"), ("申请人：张三", "person", "张三"), ("申请人张 三，男", "person", "张三"),
    ("李建国申请公开征地信息", "person", "李建国"), ("关于欧阳明等3人申请公开的答复", "person", "欧阳明"), ("阿不都·热合曼先生来电", "person", "阿不都·热合曼"),
    ("原告王强诉市政府案", "person", "王强"), ("张某某申请公开低保名单", "person", "张某某"), ("村民“马福”要求公开账目", "person", "马福"),
])  # fmt: skip
def test_each_kind_is_found_by_itself(text, kind, secret):
    assert (kind, secret) in told(text)


@pytest.mark.parametrize("text", [
    "机密★5年", "秘　密★10年　某方案", "绝密：某方案", "某方案（机密）", "【秘密】某方案", "某方案 内部资料", "内部文件，注意保存", "秘密", "国家秘密★长期",
    "密级：机密",
])  # fmt: skip
def test_a_mark_is_said_of_the_whole_text(text):
    (hit, *_) = search(text)

    assert (hit.whole, hit.start, hit.end) == (True, 0, len(text))


@pytest.mark.parametrize("text", [
    "嘉政发〔2012〕38号", "2012-09-05至2012-10-01", "20120905", "预算13,812,345,678元", "编号20120000123", "110101199003077757", "6217000000000000",
    "130503679901001", "保守国家秘密", "商业秘密和个人隐私", "内部资料性出版物管理办法", "申请人须知", "任何人申请公开", "依申请公开", "当事人应当提交材料",
    "村民强烈要求修路", "职工包括临时工", "投诉电话向社会公布", "QQ群管理规定", "h13812345678a", "3f138123456789ab", "邮箱容量@公告",
])  # fmt: skip
def test_what_only_looks_like_it_is_left_alone(text):
    assert search(text) == ()


def test_every_kind_says_what_it_rests_on_and_finds_something():
    made = {hit.kind for make in PLANTS.values() for n in range(3) for hit in search(make(n).text)}

    assert all(kind.source and kind.name for kind in leaks().kinds)
    assert {kind.id for kind in leaks().kinds} - made == {"address"}
    assert told("住址：雄关区新华路12号3室") == [("address", "住址:雄关区新华路12号3室")]


def test_a_part_of_it_tells_the_office_which_it_is_and_no_more():
    (hit,) = search("请打13812345678")

    assert (hit.partly, hit.cover) == ("138****5678", "〔手机号码已遮盖〕")
    assert re.fullmatch(r"h[0-9a-f]{12}", hit.id)
    assert hit.id == search("１３８－１２３４－５６７８")[0].id != search("13812345679")[0].id


def test_few_ordinary_titles_are_asked_about_and_next_to_nothing_is_missed():
    assert len(false_alarms(1000, 2012)) <= 3
    assert min(found(1000, 2012).values()) >= 98
