"""From the inbox to rows: every file read once, every cell as filled in."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial, reduce
from operator import itemgetter

from pipeline.intake.attachments import MAIL, about_attachment, about_mail, attachment, meant
from pipeline.intake.book import Book, Unreadable
from pipeline.intake.bounds import BEYOND
from pipeline.intake.children import in_children
from pipeline.intake.containers import read_book
from pipeline.intake.extract import CoverRow, Extract, Row
from pipeline.intake.forwarded.framing import framed
from pipeline.intake.forwarded.machine_sheet import numbers_of
from pipeline.intake.forwarded.manifests import Manifests, read_manifests
from pipeline.intake.forwarded.reading import held
from pipeline.intake.identify import Identity, identify
from pipeline.intake.kept import Kept
from pipeline.intake.receipts import Receipts
from pipeline.intake.received import Received
from pipeline.intake.register import ItemCell, RegisterReader
from pipeline.intake.register_told import RegisterFindings
from pipeline.intake.replies import TOLD, inquiries_in
from pipeline.intake.unseen import unseen_of
from pipeline.intake.wrong_form import other_form
from pipeline.paper.check_code import check_code
from pipeline.paper.names import REMARKS
from pipeline.values.files import sha256
from pipeline.values.findings import ATTACHED, Finding, Place, tell
from pipeline.values.forwarded import Below
from pipeline.values.mails import NO_MAIL
from pipeline.values.replies import Replies, Reply
from pipeline.values.taken import Taken
from schemas.form import Form
from schemas.office import Office
from schemas.period import in_words

Progress = Callable[[int, int], object]


@dataclass(frozen=True)
class Reading:
    """One file as read."""

    unit: str = ""
    period: str = ""
    edition: str = ""
    rows: tuple[Row, ...] = ()
    items: tuple[ItemCell, ...] = ()
    cover: tuple[CoverRow, ...] = ()
    findings: tuple[Finding, ...] = ()
    code: str = ""
    replies: tuple[Reply, ...] = ()
    below: Below | None = None

    folder: bool = False

    @property
    def attached(self) -> bool:
        """Whether it is no return but came beside one, or is a 核实单, or belongs to a forwarded folder."""
        told = any(finding.rule in {ATTACHED, TOLD, MAIL} for finding in self.findings)
        return self.folder or (not self.edition and told)


PART_OF_A_FOLDER = Reading(folder=True)  # of which its workbook tells
NO_MANIFESTS = Manifests()


def take_in(
    files: Sequence[Received],
    receipts: Receipts,
    forms: tuple[Form, ...],
    office: Office,
    workers: int,
    progress: Progress,
) -> Taken:
    """Read every file, in ``workers`` other processes or (0, for files that can be trusted) in this one."""
    manifests = read_manifests(files, workers)
    read = partial(read_return, forms=forms, office=office, manifests=manifests)
    kept = Kept(files, partial(_too_much, office=office))
    for number, done in enumerate(in_children(read, files, workers, partial(_lost, office=office)), start=1):
        kept.take(done)
        progress(number, len(files))
    return _frames(files, list(kept.results()), receipts, (manifests, office))


def read_return(
    file: Received, forms: tuple[Form, ...], office: Office, manifests: Manifests = NO_MANIFESTS
) -> Reading:
    """Read one file. What is wrong with it is a finding, never an exception."""
    if file.holds is not None:
        return Reading(findings=(about_mail(file, office),))
    if file.name in manifests.by_name or (attachment(file.name) and manifests.known(file.sha256)):
        return PART_OF_A_FOLDER
    try:
        return read_data(file.content(), file.name, forms, office, manifests)
    except Unreadable as error:
        return _refused(file, error.kind, str(error), office)


def read_data(
    data: bytes, name: str, forms: tuple[Form, ...], office: Office, manifests: Manifests = NO_MANIFESTS
) -> Reading:
    """Read the bytes of a file. Raises Unreadable where they are no workbook."""
    book = read_book(data, name).without(REMARKS)
    about = Place(file=name, content=sha256(data))
    if numbers_of(book.sheets):
        sent = held(book, about, manifests, forms, office)
        return Reading(sent.unit, sent.through, findings=sent.findings, below=sent.below)
    inquiries = inquiries_in(book, name, about.content)
    if not inquiries.sheets:
        return _identified(book, about, forms, office)
    told = inquiries.told(about)
    beside = reduce(Book.without, inquiries.sheets, book)
    rest = _identified(beside, about, forms, office)
    own = rest if rest.edition or any(any(row) for rows in beside.sheets.values() for row in rows) else Reading()
    return replace(own, findings=(*own.findings, told), replies=inquiries.replies)


def _identified(book: Book, about: Place, forms: tuple[Form, ...], office: Office) -> Reading:
    """A book as whose return it is, and what is in it."""
    identity = identify(book, about, forms, office)
    unit, period = identity.unit.code if identity.unit else "", str(identity.month or "")
    if not (unit and identity.form):
        return Reading(unit, period, findings=identity.findings)
    form, place = identity.form.of(period, unit), Place(unit, period, about.file)
    wrong = other_form(book, identity.form, forms)
    return _on_another(form, place, *wrong) if wrong else _read(book, identity, form, place)


def _on_another(form: Form, place: Place, used: Form, heading: str) -> Reading:
    """A return on another form: nothing of it is read as numbers of the right one."""
    extract = Extract(Book({}), form, place)
    facts = {"used": used.edition.title, "heading": heading, "wanted": form.edition.title}
    told = tell("E-FRM-01", place, value=heading, period=in_words(place.period), **facts)
    return Reading(place.unit, place.period, form.edition.id, tuple(extract.rows()), (), extract.cover, (told,))


def _read(book: Book, identity: Identity, form: Form, place: Place) -> Reading:
    extract = Extract(book, form, place, identity.beside)
    tables = [table for table in form.edition.tables if table.shape == "register"]
    registers = [RegisterReader(book, form, table, place, identity.beside) for table in tables]
    items = tuple(cell for register in registers for cell in register.cells)
    own = [
        *extract.findings(),
        *unseen_of(extract),
        *(finding for register in registers for finding in RegisterFindings(register).told()),
    ]
    findings = (*_claims(book, place), *identity.findings, *own)
    rows = tuple(extract.rows())
    return Reading(place.unit, place.period, form.edition.id, rows, items, extract.cover, findings, _code(rows))


def _code(rows: tuple[Row, ...]) -> str:
    """The check code of the month's numbers; one written as text is none to the form's formula, and none here."""
    return check_code(
        None if problem else value for (_, _, _, role, _, value, _, problem, *_) in rows if role == "input"
    )


def _claims(book: Book, place: Place) -> Iterator[Finding]:
    """What the sender should know about the file itself."""
    for what in book.said:
        yield tell("N-FIL-01", place, value=what, what=what)


def _refused(file: Received, kind: str, reason: str, office: Office) -> Reading:
    """A file that is not read: an attachment, or what may be a return and has to be asked about."""
    place = Place(file=file.name, content=file.sha256)
    if attachment(file.name):
        return Reading(findings=(about_attachment(place, office),))
    return Reading(findings=(tell(kind, meant(place, office), name=file.name, reason=reason),))


def _lost(file: Received, office: Office) -> Reading:
    """A file whose reader died or took too long."""
    return _refused(file, BEYOND, "读到一半出了问题（太大、太慢或者损坏）", office)


def _too_much(file: Received, office: Office) -> Reading:
    return _refused(file, BEYOND, "内容太多，和收件夹里别的文件合在一起，读不下", office)


def _frames(
    files: Sequence[Received], readings: Sequence[Reading], receipts: Receipts, known: tuple[Manifests, Office]
) -> Taken:
    from schemas.frames import Rows, frame_of
    from schemas.received import Arrivals, Covers, Files, Items

    there = [(file, reading) for file, reading in zip(files, readings, strict=True) if not reading.attached]
    found = framed([(file, reading.below, reading.unit, reading.period) for file, reading in there], *known)
    read = [(n, *there[at]) for n, (at, part) in enumerate(found.places) if part is None]
    about = [(n, r.unit, r.period, f.name, f.sha256, f.size, r.edition, r.code, r.period) for n, f, r in read]
    rows = [(n, *row) for n, _, reading in read for row in reading.rows]
    items = ((n, *cell) for n, _, reading in read for cell in reading.items)
    covers = ((n, *field) for n, _, reading in read for field in reading.cover)
    attached = (finding for reading in readings if reading.attached for finding in reading.findings)
    told = [replace(finding, ret=n) for n, _, reading in read for finding in reading.findings]
    whole = sorted([*about, *found.about([file for file, _ in there])])
    filled = frame_of(Rows, sorted([*rows, *found.rows()], key=itemgetter(0)))
    arrived = frame_of(Arrivals, found.arrivals(receipts.arrivals([file for file, _ in there])))
    mails = {file.name: file.mail for file, _ in there if file.mail != NO_MAIL}
    doubled = found.doubles([(r.unit, r.period) for _, _, r in read if r.edition])
    findings = (*told, *attached, *found.findings, *doubled)
    replies = _replies(files, readings, receipts)
    listed, covered = frame_of(Items, items), frame_of(Covers, covers)
    return Taken(frame_of(Files, whole), filled, listed, covered, findings, arrived, replies, mails, found.slices)


def _replies(files: Sequence[Received], readings: Sequence[Reading], receipts: Receipts) -> Replies:
    """What units replied, in the order in which the files came; a content that lies there twice is one."""
    own = {file.sha256: (file, reading) for file, reading in zip(files, readings, strict=True) if reading.replies}
    arrived = receipts.arrivals([file for file, _ in own.values()])
    last = {one.ret: one for one in sorted(arrived, key=lambda one: one.position)}
    told = [
        replace(reply, order=last[n].position, batch=last[n].batch)
        for n, (_, reading) in enumerate(own.values())
        for reply in reading.replies
    ]
    return Replies(tuple(sorted(told, key=lambda one: (one.order, one.file, one.row))))
