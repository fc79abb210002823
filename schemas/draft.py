"""What the drafts are made of besides figures: the sentences of the edition, the office's own texts, the templates."""

from collections.abc import Iterator
from pathlib import Path
from string import Formatter

from pydantic import Field

from schemas.annual import Sentence
from schemas.document import Document, read_document, validated
from schemas.edition import EDITIONS, Edition
from schemas.form import Form
from schemas.mistake import nearest
from schemas.office import Office
from schemas.reading import Frozen
from schemas.rules.parse import Misspelt
from schemas.rules.terms import Linear
from schemas.toml_lines import Location

DEFAULTS = Path(__file__).parent / "drafts"
TEXTS = "年报文字.toml"
TEMPLATES = REPORT, NOTE, CORRECTION, LETTER = (
    "年度报告模板.docx", "分析说明模板.docx", "更正说明模板.docx", "报送函模板.docx",
)  # fmt: skip
SPAN, OURS, EACH, NAME, VALUE, UNIT = "span", "ours", "each", "name", "value", "unit"
IN_A_CLAUSE = (NAME, VALUE, UNIT)
# What every template may ask for; a sentence, a schedule or an annual table is asked for by its id.
ALWAYS = (
    *("数", "文字", "年", "期间", "地区", "办公室", "表式", "联系", "截至", "运行编号"),
    *("汇总范围", "未入汇", "暂列", "待核对", "增减", "待办", "正文", "附表", "其他文字"),
)


class Text(Frozen):
    """A text that the office wrote, by the name that the template asks for it with; a line is a paragraph."""

    id: str
    text: str


class Texts(Frozen):
    """The office's own texts for the report of one year."""

    year: int = 0
    texts: tuple[Text, ...] = Field((), alias="text")


def read_texts(office: Office) -> tuple[Texts, Document | None]:
    """The office's texts and where they stand; none where the office has no such file. Raises Mistake."""
    path = office.folder / TEXTS
    if not path.exists():
        return Texts(), None
    document = read_document(path)
    return validated(document, Texts), document


def template_of(office: Office, edition: Edition, name: str) -> Path:
    """The template of that name: the office's own, or else its form's, or else the one that all share."""
    of_form = [folder / name for folder in folders_of(office, edition)]
    return next((path for path in (office.folder / name, *of_form) if path.exists()), DEFAULTS / name)


def folders_of(office: Office, edition: Edition) -> tuple[Path, ...]:
    """Where the templates of a form lie: beside its edition, or beside the shipped one that it extends."""
    name = edition.report.templates
    return tuple(place / name for place in dict.fromkeys((*office.shelves, EDITIONS))) if name else ()


def places(text: str) -> Iterator[str]:
    """What stands in braces in a sentence. Raises Misspelt where a brace is left open."""
    try:
        for _, place, spec, _ in Formatter().parse(text):
            if place is not None:
                yield f"{place}:{spec}" if spec else place
    except ValueError:
        raise Misspelt("花括号不成对") from None


def counted(form: Form, place: str, known: tuple[str, ...] = ()) -> Linear:
    """The sum that a place asks for. Raises Misspelt of what is none, with the nearest of the ``known`` places."""
    if "." not in place:
        near = f"{nearest(place, known)}，" if known else ""
        raise Misspelt(f"“{place}”没有内容可填，{near}指标写成 T2.01 的样子")
    sums = form.numbers(place)
    if len(sums) != 1:
        raise Misspelt(f"“{place}”是 {len(sums)} 个数，这里填一个数，合计写成 sum({place})")
    return sums[0]


def mistakes_in_drafts(form: Form) -> Iterator[tuple[Location, str]]:
    """Everything in the sentences and schedules of an edition that is wrong."""
    yield from _doubles(form.edition)
    for n, sentence in enumerate(form.edition.sentences):
        yield from _in_sentence(form, ("sentence", n), sentence)
    for n, schedule in enumerate(form.edition.schedules):
        for r, row in enumerate(schedule.rows):
            yield from _misread(form, ("schedule", n, "row", r), row.of)
        if schedule.share_of:
            yield from _misspelt(form, ("schedule", n, "share_of"), f"{{{schedule.share_of}}}", ())


def _doubles(edition: Edition) -> Iterator[tuple[Location, str]]:
    """Names that a template could mean two things by."""
    for n, annual in enumerate(edition.annual):
        if annual.id in ALWAYS:
            yield ("annual", n, "id"), f"年度表的 id“{annual.id}”是稿子模板自己用的，请换一个"
    taken = [*ALWAYS, *(annual.id for annual in edition.annual)]
    sentences: list[tuple[Location, str]] = [(("sentence", n, "id"), s.id) for n, s in enumerate(edition.sentences)]
    schedules: list[tuple[Location, str]] = [(("schedule", n, "id"), s.id) for n, s in enumerate(edition.schedules)]
    for at, name in (*sentences, *schedules):
        if name in taken:
            yield at, f"名称“{name}”已经有了"
        taken.append(name)


def _in_sentence(form: Form, at: Location, sentence: Sentence) -> Iterator[tuple[Location, str]]:
    yield from _misread(form, (*at, "of"), sentence.of)
    if sentence.parts:
        yield from _misread(form, (*at, "parts"), sentence.parts)
    if bool(sentence.parts) != bool(sentence.each):
        yield at, f"“{sentence.id}”的“parts”和“each”要一起写"
    yield from _misspelt(form, (*at, "some"), sentence.some, (SPAN, OURS, EACH) if sentence.each else (SPAN, OURS))
    yield from _misspelt(form, (*at, "none"), sentence.none, (SPAN, OURS))
    yield from _misspelt(form, (*at, "each"), sentence.each, IN_A_CLAUSE)


def _misspelt(form: Form, at: Location, text: str, known: tuple[str, ...]) -> Iterator[tuple[Location, str]]:
    """What a text asks for in braces and does not get."""
    try:
        for place in places(text):
            if place not in known:
                counted(form, place, known)
    except Misspelt as error:
        yield at, f"“{at[-1]}”：{error}"


def _misread(form: Form, at: Location, of: str) -> Iterator[tuple[Location, str]]:
    """An expression that names no lines."""
    try:
        form.numbers(of)
    except Misspelt as error:
        yield at, f"“{of}”：{error}"
