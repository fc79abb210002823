"""Mails as Outlook saves them, and mails that are attached as any file is: opened as every other mail."""

from email.policy import SMTP

import pytest

from pipeline.intake.listing import list_files
from tests.builders import Desk, a_little_office
from tests.pipeline.outlook import Outlook
from tests.pipeline.reading import returns
from tests.pipeline.test_mails import MONTH, OTHER, UNIT, mail

pytestmark = pytest.mark.slow

HEAD = "From: =?gb2312?B?1cXI/Q==?= <zhang@example.cn>\r\nDate: Sat, 04 Feb 2012 07:30:00 +0800\r\nMessage-ID: <a.1@example.cn>\r\n\r\n"


@pytest.fixture(scope="module")
def sent(tmp_path_factory):
    desk = Desk(tmp_path_factory.mktemp("outlook"), a_little_office())
    desk.send(OTHER)
    path = desk.send(UNIT)
    data = path.read_bytes()
    path.unlink()
    return desk, data


@pytest.fixture
def lay(sent):
    """A file put into the inbox under a name, and what is then found."""
    desk, _ = sent
    laid = []

    def lay(data, name):
        path = desk.inbox / name
        path.write_bytes(data)
        laid.append(path)
        return desk.examine("2012-02-10", MONTH)

    yield lay
    for path in laid:
        path.unlink(missing_ok=True)


@pytest.mark.parametrize(("code_page", "head", "known"), [(False, HEAD, "<a.1@example.cn>"), (True, "", "")])
def test_a_return_in_an_outlook_mail_counts_and_the_mail_is_evidence(sent, lay, code_page, head, known):
    inner = Outlook([("月报.xlsx", sent[1])], code_page=code_page)
    outcome = lay(
        Outlook([("转发.msg", inner), ("说明.jpg", b"\xff\xd8\xff\xe0x")], head, code_page=code_page).data(), "来件.msg"
    )
    (row,) = outcome.receipts[outcome.receipts["sender"] != ""].to_dict("records")

    assert returns(outcome, "file", unit=UNIT) == [("来件.msg/转发.msg/月报.xlsx",)]
    assert (row["sender"], row["sent_on"], row["message_id"]) == ("张三 <zhang@example.cn>", "2012-02-04", known)
    assert outcome.ready


def test_mails_that_are_attached_as_any_file_are_opened_too(sent, lay):
    """A mail client that knows nothing of the attached kind sends it as application/octet-stream."""
    own = mail(("月报.xlsx", sent[1]))
    as_eml = mail(("转发.eml", own.as_bytes(policy=SMTP))).as_bytes(policy=SMTP)
    as_msg = mail(("转发.msg", Outlook([("月报.xlsx", sent[1])]).data())).as_bytes(policy=SMTP)
    unnamed = mail(("转发", own.as_bytes(policy=SMTP))).as_bytes(policy=SMTP)

    assert returns(lay(as_eml, "一.eml"), "file", unit=UNIT) == [("一.eml/转发.eml/月报.xlsx",)]
    sent[0].inbox.joinpath("一.eml").unlink()
    assert returns(lay(as_msg, "二.eml"), "file", unit=UNIT) == [("二.eml/转发.msg/月报.xlsx",)]
    sent[0].inbox.joinpath("二.eml").unlink()
    assert returns(lay(unnamed, "三.eml"), "file", unit=UNIT) == [("三.eml/转发/月报.xlsx",)]


@pytest.mark.parametrize(
    ("name", "cut", "says"),
    [("来件.msg", 3000, "是邮件，"), ("月报.xls", None, "是 Outlook 存的邮件，名称不以 .msg 结尾")],
)
def test_one_that_cannot_be_opened_is_told_with_what_to_do(lay, name, cut, says):
    told = [f for f in lay(Outlook([("a.xlsx", b"PK" * 3000)]).data()[:cut], name).open_findings if f.file == name]

    assert [says in f.message for f in told] == [True]
    assert all(f.remedy for f in told)


def test_mails_within_mails_without_end_stay_shut(tmp_path):
    deep = Outlook([("a.xlsx", b"x")])
    for _ in range(8):
        deep = Outlook([("转发.msg", deep)])
    path = tmp_path / "a.msg"
    path.write_bytes(deep.data())
    (file,) = list_files({"a.msg": path}, 0).files

    assert "转发了" in file.trouble
