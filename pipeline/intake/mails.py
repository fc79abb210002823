"""A mail as it is saved (.eml, .msg): each file in it is received for itself, the mail is evidence beside it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta, timezone
from email import policy
from email.header import decode_header
from email.message import EmailMessage, Message
from email.parser import BytesParser
from functools import lru_cache
from mimetypes import guess_extension
from typing import Literal, NamedTuple, cast

from pipeline.intake.attachments import attachment
from pipeline.intake.book import Unreadable
from pipeline.intake.bounds import BEYOND, MOST_BYTES, MOST_FILES, damage_told
from pipeline.intake.children import in_children
from pipeline.intake.containers.decode import decoded
from pipeline.intake.containers.outlook import OLE, as_mail
from pipeline.intake.containers.outlook import SUFFIX as OUTLOOK
from pipeline.intake.containers.sniff import ZIP
from pipeline.intake.naming import shown_inside
from pipeline.intake.received import Received, left_alone
from pipeline.values.files import sha256
from pipeline.values.mails import NO_MAIL, Mail

DEEPEST = 5  # mails within mails that are opened
HEAD = 4096  # bytes by which a file is known for a mail
LONGEST = 200  # characters of what a head says that are kept
CHINA = timezone(timedelta(hours=8))
SUFFIX = ".eml"
_HEADS = (
    rb"received|return-path|from|to|subject|date|message-id|mime-version|delivered-to|x-[a-z-]+|dkim-signature|sender"
)
_FIRST = re.compile(rb"(?:%b):[^\n]*\n" % _HEADS, re.IGNORECASE)
_FROM = re.compile(rb"^from:[^\n]*\n", re.IGNORECASE | re.MULTILINE)
_SENT = re.compile(rb"^(?:received|return-path|message-id|to|delivered-to):", re.IGNORECASE | re.MULTILINE)
_NAMED = re.compile(r"""(?:file)?name\s*=\s*(?:"([^"]*)"|([^;\s]+))""", re.IGNORECASE)


class Opened(NamedTuple):
    """What a look into a mail shows: its head, and the files in it; ``trouble`` why it stays shut."""

    mail: Mail = NO_MAIL
    files: tuple[Received, ...] = ()
    trouble: str = ""


class Part(NamedTuple):
    """A file in a mail, with the names of the mails that it lies in."""

    name: str
    message: Message


def is_mail(name: str, head: bytes) -> bool:
    """Whether a file is a mail: by its ending, or because it begins with the head of one."""
    if name.lower().endswith(OUTLOOK):
        return not head or head.startswith(OLE)
    sent = _FIRST.match(head) and _FROM.search(head) and _SENT.search(head)  # a page saved whole has a head, and no way
    return name.lower().endswith(SUFFIX) or bool(sent)


def opened(files: Sequence[Received], workers: int) -> list[Received]:
    """Mails, each with the files in it behind it; looked into in ``workers`` other processes (0: in this one)."""
    found: list[Received] = []
    for done in in_children(look, files, workers, lambda _: Opened(trouble="损坏，读不完")):
        file, told = files[done.at], done.result
        if told.trouble:
            found.append(replace(file, trouble=f"是邮件，{told.trouble}", kind=BEYOND))
            continue
        found.append(replace(file, mail=told.mail, holds=len(told.files)))
        found += [replace(one, outer=file, mail=told.mail) for one in told.files]
    return found


def look(file: Received) -> Opened:
    """What is in a mail. What is wrong with it is told, never an exception."""
    try:
        with damage_told():
            message = _message(file.content())
            parts = list(parts_of(message))
            if len(parts) > MOST_FILES:
                return Opened(trouble=f"里面有 {len(parts):,} 个附件")
            own = ((n, part) for n, part in enumerate(parts) if not left_alone(shown_inside(part.name)))
            return Opened(_mail(message), tuple(_received(file, n, part) for n, part in own))
    except Unreadable as error:
        return Opened(trouble=str(error))


def content_of(mail: Received, number: int) -> bytes:
    """The bytes of a file in a mail."""
    with damage_told():
        return _bytes(_parts(mail)[number].message)


def parts_of(message: Message, within: str = "", depth: int = 0) -> Iterator[Part]:
    """The files in a mail, those of the mails that are forwarded in it among them; its own text is none."""
    if depth > DEEPEST:
        raise Unreadable(f"里面一层层转发了 {DEEPEST} 次以上", BEYOND)
    kind = message.get_content_type()
    if kind == "message/rfc822" and message.is_multipart():
        own = _name(message) or f"转发的邮件{SUFFIX}"
        for inner in cast("list[Message]", message.get_payload()):
            yield from parts_of(inner, f"{within}{own}/", depth + 1)
    elif message.is_multipart():
        for inner in cast("list[Message]", message.get_payload()):
            yield from parts_of(inner, within, depth)
    elif name := _name(message) or _unnamed(message):
        if is_mail(name, _bytes(message)[:HEAD]):  # a mail that is attached as any file is
            yield from parts_of(_message(_bytes(message)), f"{within}{name}/", depth + 1)
        else:
            yield Part(within + name, message)


def _unnamed(message: Message) -> str:
    """What an attachment is called that has no name; "" of the mail's own text and the pictures in it."""
    is_file = message.get_content_maintype() == "application" or message.get_content_disposition() == "attachment"
    return f"没有名称的附件{guess_extension(message.get_content_type()) or ''}" if is_file else ""


def _received(file: Received, number: int, part: Part) -> Received:
    name = shown_inside(part.name)
    data = _bytes(part.message)
    too_large = "太大，不像一份报表" if len(data) > MOST_BYTES else ""
    box: Literal["", "zip"] = "zip" if data.startswith(ZIP) and not attachment(name) else ""
    return Received(
        f"{file.name}/{name}", file.path, sha256(data), len(data), member=number, trouble=too_large, box=box
    )


def _message(data: bytes) -> EmailMessage:
    if data.startswith(OLE):
        return as_mail(data)
    return BytesParser(policy=policy.default).parsebytes(data)


@lru_cache(maxsize=1)
def _parts(mail: Received) -> list[Part]:
    return list(parts_of(_message(mail.content())))


def _bytes(message: Message) -> bytes:
    """What a part holds, out of base64 or quoted-printable."""
    data = message.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _name(message: Message) -> str:
    """The name of a file: RFC 2231, RFC 2047 in quotes, or bytes as Chinese Windows writes them."""
    for key, value in message.raw_items():
        if key.lower() in {"content-disposition", "content-type"} and _is_raw(str(value)):
            found = _NAMED.search(_from_raw(str(value)))
            if found:
                return found[1] or found[2]
    return _words(message.get_filename() or "")


def _words(text: str) -> str:
    """Words of RFC 2047 as they are read; anything else as it is."""
    if "=?" not in text:
        return text
    with damage_told():
        return "".join(_word(word, charset) for word, charset in decode_header(text))


def _word(word: bytes | str, charset: str | None) -> str:
    if isinstance(word, str):
        return word
    try:
        return word.decode("gb18030" if (charset or "").lower() in {"gb2312", "gbk"} else charset or "ascii")
    except (LookupError, UnicodeDecodeError):
        return decoded(word) or ""


def _mail(message: EmailMessage) -> Mail:
    """What the head of a mail says of itself."""
    raw = {key.lower(): str(value) for key, value in reversed(list(message.raw_items()))}
    return Mail(_told(raw.get("from", "")), _day(message), _told(raw.get("message-id", "")))


def _told(value: str) -> str:
    text = _words(" ".join(_from_raw(value).split()))
    return shown_inside(text.replace("/", "／"))[:LONGEST] if text else ""


def _day(message: EmailMessage) -> str:
    """The day on which a mail says that it was sent, by the clock of China; "" where it says none."""
    try:
        when = message["Date"].datetime if message["Date"] else None
    except Exception:  # noqa: BLE001  # whatever stands there: a day that cannot be read is none
        return ""
    if when is None:
        return ""
    return str((when.astimezone(CHINA) if when.tzinfo else when).date())


def _is_raw(value: str) -> bool:
    return any("\udc80" <= letter <= "\udcff" for letter in value)


def _from_raw(value: str) -> str:
    """A line of a head whose bytes no encoding was named for."""
    if not _is_raw(value):
        return value
    return decoded(value.encode("utf-8", "surrogateescape")) or value.encode("ascii", "ignore").decode()
