"""What a mail brings beside a return: scans, texts, slides. Each is named, matched with its unit, and no obstacle.

Only what may be a return is asked about. Of a file that says nothing itself its name tells whose it is: that decides
nothing.
"""

from dataclasses import replace

from pipeline.intake.header import units_in
from pipeline.intake.received import Received
from pipeline.values.findings import ATTACHED, Finding, Place, tell
from pipeline.values.spoken_of import period_in
from schemas.office import Office
from schemas.period import Period

MAIL = "N-FIL-04"  # the finding
_CALLED = {
    "图片（扫描件、照片）": ("jpg", "jpeg", "jpe", "png", "gif", "bmp", "tif", "tiff", "webp", "heic", "heif"),
    " PDF 文件": ("pdf",),
    "版式文件（OFD）": ("ofd",),
    "文字文档": ("doc", "docx", "docm", "dot", "dotx", "wps", "wpt", "rtf", "odt", "txt"),
    "演示文稿": ("ppt", "pptx", "pps", "ppsx", "dps", "odp"),
    "录音、录像": ("mp3", "wav", "m4a", "amr", "mp4", "avi", "mov", "wmv"),
}
_BY_SUFFIX = {suffix: called for called, suffixes in _CALLED.items() for suffix in suffixes}


def attachment(name: str) -> str:
    """What a file is called that is no table by its name; "" where it may be a return."""
    return _BY_SUFFIX.get(name.rpartition("/")[2].rpartition(".")[2].lower(), "")


def about_attachment(place: Place, office: Office) -> Finding:
    """That it lies there, and was not read."""
    where = meant(place, office)
    return tell(ATTACHED, where, value=place.content, name=place.file, what=attachment(place.file))


def about_mail(file: Received, office: Office) -> Finding:
    """That a mail lies there, when it was sent, and how many files were taken out of it."""
    place = meant(Place(file=file.name, content=file.sha256), office)
    sent = f"{file.mail.sent} 发出，" if file.mail.sent else ""
    return tell(MAIL, place, value=file.sha256, name=file.name, sent=sent, count=file.holds)


def meant(place: Place, office: Office) -> Place:
    """The place of a file with the unit that its name and folders speak of, where they speak of one, and its period.

    A month without its year is no period: ``ledger.placed`` knows of which year it is.
    """
    steps = place.file.split("/")
    named = next((found for step in reversed(steps) if (found := units_in(step, office))), [])
    lengths = {span[2] or 1 for span in office.spans}
    periods = list(filter(None, (_period(steps, length) for length in lengths)))
    if len(named) != 1:
        return place
    return replace(place, unit=named[0].code, period=periods[0] if len(periods) == 1 else "")


def _period(steps: list[str], length: int) -> str:
    """The one period of so many months that all steps of a path fit; "" where they differ or none tells the year."""
    found = [hint for step in steps if (hint := period_in(step.rpartition(".")[0] or step, length))]
    months, years = {hint.month for hint in found}, {hint.year for hint in found if hint.year}
    return str(Period(years.pop(), months.pop(), length)) if len(months) == len(years) == 1 else ""
