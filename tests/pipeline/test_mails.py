"""Mails dropped into the inbox: what came in them is received as if it lay there, and the mail is evidence beside it."""

import base64
import io
import zipfile
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from pipeline.intake.listing import list_files
from pipeline.intake.mails import look, parts_of
from pipeline.outbox.publish.rulings import offered
from tests.builders import Desk, a_little_office
from tests.pipeline.reading import returns

UNIT, OTHER = (unit.short for unit in a_little_office().units)
MONTH, XLSX = "2012-01", ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")
SHOWN = {"N-FIL-04", "E-FIL-09"}
SCAN = b"\xff\xd8\xff\xe0" + bytes(99)


def mail(*files, sent="Fri, 03 Feb 2012 23:30:00 +0000", text="请查收。"):
    """A mail with these files (name, content)."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "张三 <zhang@example.cn>", "office@example.cn", "1月月报"
    made["Date"], made["Message-ID"] = sent, "<a.1@example.cn>"
    made.set_content(text)
    for name, content in files:
        kind = XLSX if name.endswith(".xlsx") else ("application", "octet-stream")
        made.add_attachment(content, maintype=kind[0], subtype=kind[1], filename=name)
    return made


def raw(disposition: bytes, content=b"PK"):
    """A mail whose attachment's head is as some program wrote it."""
    body = base64.encodebytes(content)
    return (
        b"From: a@b.cn\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n"
        b"Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n"
        b"Content-Disposition: attachment; " + disposition + b"\r\n\r\n" + body + b"\r\n--x--\r\n"
    )


@pytest.fixture(scope="module")
def sent(tmp_path_factory):
    """The bytes of a return, and the desk that it is for, where the other unit's lies."""
    desk = Desk(tmp_path_factory.mktemp("mails"), a_little_office())
    desk.send(OTHER)
    path = desk.send(UNIT)
    data = path.read_bytes()
    path.unlink()
    return desk, data


@pytest.fixture
def lay(sent):
    """A mail (bytes) put into the inbox under a name, and what is then found."""
    desk, _ = sent
    laid = []

    def lay(data, name="来件.eml", as_of="2012-02-10"):
        path = desk.inbox / name
        path.write_bytes(data)
        laid.append(path)
        return desk.examine(as_of, MONTH)

    yield lay
    for path in laid:
        path.unlink(missing_ok=True)


def test_a_return_in_a_mail_counts_and_what_lies_beside_it_is_named(sent, lay):
    outcome = lay(mail(("月报.xlsx", sent[1]), ("盖章.jpg", SCAN)).as_bytes(policy=SMTP))

    assert returns(outcome, "file", unit=UNIT) == [("来件.eml/月报.xlsx",)]
    assert sorted((f.rule, f.file) for f in outcome.findings if f.file) == [
        ("N-FIL-03", "来件.eml/盖章.jpg"), ("N-FIL-04", "来件.eml"),
    ]  # fmt: skip
    assert outcome.ready


def test_the_mail_is_evidence_and_decides_no_day(sent, lay):
    outcome = lay(mail(("月报.xlsx", sent[1])).as_bytes(policy=SMTP))
    (row,) = outcome.receipts[outcome.receipts["sender"] != ""].to_dict("records")

    assert (row["sender"], row["sent_on"], row["message_id"]) == (
        "张三 <zhang@example.cn>",
        "2012-02-04",
        "<a.1@example.cn>",
    )
    assert row["received"] != row["sent_on"]
    assert not [f for f in outcome.findings if "example.cn" in f.message]


@pytest.mark.slow
def test_its_day_is_offered_where_the_return_came_late_and_is_taken_only_when_the_office_says_so(sent, lay):
    path = sent[0].send(UNIT, changes={"T2.05": 130}, received="2012-02-10", name="后.xlsx")
    late = path.read_bytes()
    path.unlink()
    outcome = lay(mail(("月报.xlsx", late)).as_bytes(policy=SMTP), as_of="2012-02-10")
    (row,) = offered(outcome)

    assert (row["内容"], row["数值"], row["单位"]) == ("电子件", "2012-02-04", UNIT)
    assert returns(outcome, "days_late", unit=UNIT) == [(4,)]


@pytest.mark.slow
def test_forwarded_mails_and_zips_in_mails_and_mails_in_zips_are_opened(sent, lay):
    inner = mail(("月报.xlsx", sent[1]))
    outer = EmailMessage()
    outer["From"] = "b@example.cn"
    outer.set_content("转发")
    outer.add_attachment(inner)
    assert returns(lay(outer.as_bytes(policy=SMTP)), "file", unit=UNIT) == [("来件.eml/转发的邮件.eml/月报.xlsx",)]

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("月报.xlsx", sent[1])
    zipped = mail(("附件.zip", packed.getvalue())).as_bytes(policy=SMTP)
    assert returns(lay(zipped), "file", unit=UNIT) == [("来件.eml/附件.zip/月报.xlsx",)]

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("信.eml", inner.as_bytes(policy=SMTP))
    (_, mailed) = [one.name for one in list_files({"邮件.zip": written(sent[0].folder / "邮件.zip", packed)}, 0).files]
    assert mailed == "邮件.zip/信.eml/月报.xlsx"


def written(path, data):
    path.write_bytes(data.getvalue())
    return path


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        (b"filename*=utf-8''%E6%9C%88%E6%8A%A5.xlsx", "月报.xlsx"),
        (b"filename*0*=gbk''%D4%C2;\r\n filename*1*=%B1%A8.xlsx", "月报.xlsx"),
        (b'filename="=?utf-8?B?5pyI5oqlLnhsc3g=?="', "月报.xlsx"),
        (b'filename="=?GBK?B?1MKxqC54bHN4?="', "月报.xlsx"),
        (b'filename="=?gb2312?Q?=D4=C2=B1=A8.xlsx?="', "月报.xlsx"),
        (b'filename="' + "月报.xlsx".encode("gbk") + b'"', "月报.xlsx"),
        (b'filename="' + "月报.xlsx".encode() + b'"', "月报.xlsx"),
        (b'filename="../../x.xlsx"', "x.xlsx"),
    ],
)
def test_names_are_read_however_they_were_written(tmp_path, disposition, name):
    path = tmp_path / "a.eml"
    path.write_bytes(raw(disposition))
    names = [one.name for one in list_files({"a.eml": path}, 0).files]

    assert names == ["a.eml", f"a.eml/{name}"]


def test_a_mail_is_known_without_its_ending(tmp_path):
    path = tmp_path / "信"
    path.write_bytes(mail(("a.xlsx", b"x")).as_bytes(policy=SMTP))

    assert [one.name for one in list_files({"信": path}, 0).files] == ["信", "信/a.xlsx"]


@pytest.mark.slow
def test_a_page_that_was_saved_whole_is_no_mail(lay):
    page = b"From: <Saved by Windows>\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n<table><tr><td>1"
    told = [f for f in lay(page, "月报.xls").open_findings if f.file == "月报.xls"]

    assert [f.rule for f in told] == ["E-FIL-02"]


@pytest.mark.parametrize(
    ("name", "content", "rule", "what"),
    [
        ("winmail.dat", b"\x78\x9f\x3e\x22" + bytes(50), "E-FIL-09", "winmail.dat"),
        ("表.xlsx", b"", "E-FIL-01", "0 字节"),
    ],
)
@pytest.mark.slow
def test_what_cannot_be_read_in_it_is_told_as_such(lay, name, content, rule, what):
    outcome = lay(mail((name, content)).as_bytes(policy=SMTP))
    told = [f for f in outcome.open_findings if f.file == f"来件.eml/{name}"]

    assert [(f.rule, what in f.message) for f in told] == [(rule, True)]


@pytest.mark.slow
def test_mails_within_mails_without_end_and_too_many_files_stay_shut(tmp_path):
    deep = mail(("a.xlsx", b"x"))
    for _ in range(8):
        outer = EmailMessage()
        outer["From"] = "a@b.cn"
        outer.add_attachment(deep)
        deep = outer
    for made in (deep, mail(*((f"{n}.xlsx", b"x") for n in range(501)))):
        path = tmp_path / "a.eml"
        path.write_bytes(made.as_bytes(policy=SMTP))
        (shut,) = list_files({"a.eml": path}, 0).files

        assert shut.trouble.startswith("是邮件，里面")


@pytest.mark.parametrize(
    "data", [b"", b"\x00" * 50, b"From: \xff\xfe\r\nContent-Type: multipart/mixed\r\n\r\n", b"Date: x\r\n" * 9]
)
def test_what_is_broken_costs_itself_alone(tmp_path, data):
    path = tmp_path / "a.eml"
    path.write_bytes(data)
    (file, *_) = list_files({"a.eml": path}, 0).files

    assert look(file).files == ()


def test_an_attachment_without_a_name_is_there_all_the_same():
    made = mail(("月报.xlsx", b"PK"))
    made.add_attachment(b"PK", maintype=XLSX[0], subtype=XLSX[1])
    made.add_attachment("附言", disposition="attachment")

    assert [part.name for part in parts_of(made)] == ["月报.xlsx", "没有名称的附件.xlsx", "没有名称的附件.txt"]
