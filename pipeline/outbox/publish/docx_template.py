"""Fill in a Word template: its words, then the tables, then what needs an eye is marked. Same values, same bytes."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile, ZipFile

from pipeline.outbox.publish.docx_table import insert_table
from pipeline.outbox.publish.grids import Grid
from pipeline.tables.outcome import Outcome
from pipeline.values.zips import new_part
from schemas.mistake import Mistake, nearest

if TYPE_CHECKING:
    from docx.document import Document

OPEN, CLOSE = "【", "】"
TABLE = "\ue000"  # of the private use area: no text that people write holds it


def fill_in(template: Path, values: Mapping[str, Any], tables: Mapping[str, Grid], about: Mapping[str, Any]) -> bytes:
    """The document made of a template. ``about`` are its properties (docx core properties).

    A value is asked for as {{ name }}, a table by its name in a paragraph of its own. Raises Mistake where the template
    asks for what is not there.
    """
    document = _rendered(template, {**values, **{name: placeholder(name) for name in tables}})
    for paragraph in [p for p in document.paragraphs if TABLE in p.text]:
        name = paragraph.text.split(TABLE)[1]
        if paragraph.text.strip() != placeholder(name):
            raise Mistake(template, None, f"“{name}”是一张表，要单独占一段，同一段里不写别的字。")
        insert_table(paragraph, tables[name])
    for run in _runs(document):
        _mark(run)
    for name, value in about.items():
        setattr(document.core_properties, name, value)
    return _bytes(document)


def unfinished(folder: Path) -> dict[str, list[str]]:
    """By its name in the folder, what stands in 【】 of a paper: left for whoever finishes it."""
    import docx

    found = dict[str, list[str]]()
    for path in sorted(folder.rglob("*.docx")):
        text = "\n".join(run.text for run in _runs(docx.Document(str(path))))
        marks = list(dict.fromkeys(re.findall(f"{OPEN}[^{CLOSE}]*{CLOSE}", text)))
        found |= {path.relative_to(folder).as_posix(): marks} if marks else {}
    return found


def placeholder(name: str) -> str:
    """What stands in a document where the table of that name will."""
    return f"{TABLE}{name}{TABLE}"


def _rendered(template: Path, values: Mapping[str, Any]) -> "Document":
    """The template with its words filled in. The values are data: nothing in them is read as a template or as XML."""
    from docx.opc.exceptions import PackageNotFoundError
    from docxtpl import DocxTemplate
    from jinja2 import StrictUndefined, TemplateSyntaxError, UndefinedError
    from jinja2.sandbox import SandboxedEnvironment

    try:
        draft = DocxTemplate(template)
        draft.render(dict(values), SandboxedEnvironment(undefined=StrictUndefined), autoescape=True)
    except (PackageNotFoundError, BadZipFile, KeyError):
        raise Mistake(template, None, "打不开，请用 Word 或 WPS 另存为 .docx 后再试。") from None
    except UndefinedError as error:
        raise Mistake(template, None, _unknown(str(error.message), values)) from None
    except TemplateSyntaxError as error:
        near = "".join(getattr(error, "docx_context", ())).strip()
        where = f"在“{near[:60]}”附近" if near else ""
        raise Mistake(template, None, f"模板里的花括号写法读不懂，{where}请检查 {{{{ }}}} 是否成对。") from None
    return draft.docx  # type: ignore[no-any-return]  # docxtpl ships no types


def _unknown(told: str, values: Mapping[str, Any]) -> str:
    name = told.split("'")[1] if "'" in told else told
    return f"模板里的“{{{{ {name} }}}}”没有内容可填，{nearest(name, values)}。"


def _runs(document: "Document") -> "Iterator[Any]":
    paragraphs = [*document.paragraphs, *(p for t in document.tables for c in t._cells for p in c.paragraphs)]  # noqa: SLF001  # cells by row are slow
    return (run for paragraph in paragraphs if OPEN in paragraph.text for run in paragraph.runs)


def _mark(run: Any) -> None:
    """Highlight what stands in 【】: the run is cut in front of and behind each."""
    from copy import deepcopy

    from docx.enum.text import WD_COLOR_INDEX

    parts = [part for part in _cut(run.text) if part]
    if not any(part.startswith(OPEN) for part in parts):
        return
    for n, part in enumerate(parts):
        if n:
            element = deepcopy(run._element)  # noqa: SLF001  # python-docx has no way to copy a run
            run._element.addnext(element)  # noqa: SLF001
            run = type(run)(element, run._parent)  # noqa: SLF001  # the next is behind it
        run.text = part
        run.font.highlight_color = WD_COLOR_INDEX.YELLOW if part.startswith(OPEN) else None


def _cut(text: str) -> Iterator[str]:
    while OPEN in text:
        before, _, rest = text.partition(OPEN)
        inside, close, text = rest.partition(CLOSE)
        yield before
        yield OPEN + inside + close
    yield text


def _bytes(document: "Document") -> bytes:
    """The document as a file whose parts carry no clock."""
    made, fixed = BytesIO(), BytesIO()
    document.save(made)
    with ZipFile(made) as parts, ZipFile(fixed, "w") as target:
        for name in parts.namelist():
            target.writestr(new_part(name), parts.read(name))
    return fixed.getvalue()


def properties(outcome: Outcome, title: str) -> dict[str, Any]:
    """The properties of a document of the year, for ``fill_in``; the clock is in none of them."""
    office, day = outcome.office.settings.name, outcome.as_of
    midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001  # Word's properties have no zone
    return {
        "title": title, "author": office, "last_modified_by": office, "created": midnight, "modified": midnight,
        "comments": f"运行编号 {outcome.fingerprint}", "revision": 1,
    }  # fmt: skip
