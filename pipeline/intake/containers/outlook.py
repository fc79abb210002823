"""A mail as Outlook saves it (.msg), as the same mail in the form that mails are sent in: read on as any other.

An old container (OLE) with a folder an attachment; a forwarded mail is a folder within one, built alike.
"""

from collections.abc import Iterator
from email.message import EmailMessage
from email.parser import HeaderParser
from email.utils import format_datetime, formataddr
from typing import TYPE_CHECKING

from pipeline.intake.book import Unreadable
from pipeline.intake.bounds import BEYOND, damage_told
from pipeline.intake.containers.decode import decoded

if TYPE_CHECKING:
    from oxmsg.storage import Storage

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SUFFIX = ".msg"
DEEPEST = 5  # mails within mails that are opened
HEAD, INNER_HEAD = 32, 24  # bytes before the properties of a mail, and of one within another
_STREAM, _WIDE, _NARROW, _BINARY, _FOLDER = "__substg1.0_", "001F", "001E", "0102", "000D"  # texts, bytes, a mail
_HEADERS, _ID, _SENDER, _ADDRESSES = "007D", "1035", "0C1A", ("5D01", "0C1F")
_NAMES, _CONTENT = ("3707", "3704"), "3701"
_SENT = 0x0039
_KEPT = ("from", "date", "message-id")


def as_mail(data: bytes) -> EmailMessage:
    """The mail. Raises Unreadable where it is none, or damaged."""
    from olefile import OleFileIO
    from oxmsg.storage import Storage

    with damage_told(), OleFileIO(data) as old:
        return _mail(Storage.from_ole(old), HEAD, 0)


def _mail(storage: "Storage", head: int, depth: int) -> EmailMessage:
    if depth > DEEPEST:
        raise Unreadable(f"里面一层层转发了 {DEEPEST} 次以上", BEYOND)
    made = EmailMessage()
    for name, value in _head(storage, head):
        made[name] = value
    made.set_content("")
    for attached in storage.iter_attachment_storages():
        inner = next((one for one in attached.storages if one.name == f"{_STREAM}{_CONTENT}{_FOLDER}"), None)
        content, called = _stream(attached, _CONTENT, _BINARY), _text(attached, *_NAMES) or None
        if inner is not None:
            made.add_attachment(_mail(inner, INNER_HEAD, depth + 1), filename=called)
        elif content is not None:
            made.add_attachment(content, maintype="application", subtype="octet-stream", filename=called)
    return made


def _head(storage: "Storage", head: int) -> Iterator[tuple[str, str]]:
    """Who sent it, when, and its Message-Id: as its own head has it, else as Outlook kept it."""
    from oxmsg.properties import Properties

    sent = HeaderParser().parsestr(_text(storage, _HEADERS))
    day, name = Properties(storage, head).date_prop_value(_SENT), _text(storage, _SENDER)
    addresses = [address for tag in _ADDRESSES if "@" in (address := _text(storage, tag))]
    kept = {
        "from": formataddr((name, addresses[0])) if addresses else name,
        "date": format_datetime(day) if day else "",
        "message-id": _text(storage, _ID),
    }
    told = {key: " ".join(str(sent[key] or kept[key]).split()) for key in _KEPT}
    yield from ((key, value) for key, value in told.items() if value)


def _text(storage: "Storage", *tags: str) -> str:
    """The first of some texts that is there; an old one in the code page of the desk that wrote it."""
    for tag in tags:
        if wide := _stream(storage, tag, _WIDE):
            return wide.decode("utf-16-le", "replace").rstrip("\0")
        if narrow := _stream(storage, tag, _NARROW):
            return (decoded(narrow) or narrow.decode("gb18030", "replace")).rstrip("\0")
    return ""


def _stream(storage: "Storage", tag: str, kind: str) -> bytes | None:
    wanted = f"{_STREAM}{tag}{kind}"
    return next((one.bytes_ for one in storage.streams if one.name == wanted), None)
