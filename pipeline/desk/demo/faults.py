"""How returns go wrong: one function a kind of fault."""

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from pipeline.desk.demo.plan import Fault
from pipeline.desk.demo.year import Sending
from pipeline.values.periods import due_day

ONE_DAY = timedelta(days=1)


def text(sending: Sending, fault: Fault) -> None:
    """A text in a number cell, mended in a second version."""
    draft, ref = sending.draft, sending.year.ref(fault.line)
    written = fault.written.format(value=draft.filling.values[ref])
    filling = replace(draft.filling, values={**draft.filling.values, ref: written})
    sending.send(replace(draft, filling=filling), sending.path, sending.day)
    sending.send(draft, _again(sending.path, "重报"), sending.day + ONE_DAY)
    sending.plant("E-NUM-02", *sending.address(ref), f"数字格里写了“{written}”，第2版已改")
    sending.plant("N-VER-01", "", "", "第2版改了1处")


def month(sending: Sending, _: Fault) -> None:
    """Last month's sheets pasted over the form, header and all; mended in a second version."""
    draft, before = sending.draft, sending.draft.month.plus(-1).words
    sending.templates.write(sending.path, draft)
    _overtype(sending.path, draft.month.words, before)
    sending.year.receive(sending.path, sending.day)
    sending.send(draft, _again(sending.path, "重报"), sending.day + ONE_DAY)
    sheet = draft.layout.form.edition.words.cover_sheet
    sending.plant("N-VER-01", "", "", "第2版改了表头")
    sending.plant("E-PER-01", sheet, "B5", f"表头写成{before}，第2版已改")


def late(sending: Sending, fault: Fault) -> None:
    """A sound return after the due day."""
    due = due_day(sending.draft.month, sending.year.office)
    sending.send(sending.draft, sending.path, due + timedelta(days=fault.days))
    sending.plant("N-LATE-01", "", "", f"迟报{fault.days}天")


def copied(sending: Sending, _: Fault) -> None:
    """The numbers of the month before once more."""
    sending.send(sending.draft, sending.path, sending.day)
    sending.plant("W-DUP-01", "", "", "各项数字与上月完全相同")


def again(sending: Sending, _: Fault) -> None:
    """The same file sent again under another name."""
    sending.send(sending.draft, sending.path, sending.day)
    copy = _again(sending.path, "副本")
    copy.write_bytes(sending.path.read_bytes())
    sending.year.receive(copy, sending.day + ONE_DAY)
    sending.plant("N-DUP-01", "", "", "同一文件又报了一次")


def missing(sending: Sending, _: Fault) -> None:
    """Nothing is sent."""
    sending.plant("E-ABS-01", "", "", "没有报送")


def returned(sending: Sending, fault: Fault) -> None:
    """A total that its parts do not add up to, never mended."""
    draft, ref = sending.draft, sending.year.ref(fault.line)
    filling = replace(draft.filling, values={**draft.filling.values, ref: fault.value})
    sending.send(replace(draft, filling=filling), sending.path, sending.day)
    balances = (s for s in sending.year.form.statements if s.at == ref and s.level == "must")
    rule = next(s.rule for s in balances if s.claim.operator == "=")
    sending.plant(rule, *sending.address(ref), f"填了{fault.value}，分项之和是0，年底仍未改")


FAULTS: Mapping[str, Callable[[Sending, Fault], None]] = {
    "text": text, "month": month, "late": late, "copied": copied, "again": again, "missing": missing,
    "returned": returned,
}  # fmt: skip


def _again(path: Path, how: str) -> Path:
    return path.with_stem(f"{path.stem}_{how}")


def _overtype(path: Path, old: str, new: str) -> None:
    """Replace a text everywhere in a workbook, as somebody does who pastes last month's sheets over the form."""
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as source, zipfile.ZipFile(path, "w") as target:
        for part in source.infolist():
            data = source.read(part)
            if part.filename == "xl/sharedStrings.xml":
                data = data.replace(old.encode(), new.encode())
            target.writestr(part, data, zipfile.ZIP_DEFLATED)
