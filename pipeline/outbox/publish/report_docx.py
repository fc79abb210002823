"""The draft of the yearly report and the note to the last month's table, each by the office's Word template."""

from pathlib import Path
from typing import Any

from pipeline.outbox.guard import covering
from pipeline.outbox.publish import standing
from pipeline.outbox.publish.docx_template import fill_in, placeholder, properties
from pipeline.outbox.publish.grids import of_schedule, of_table
from pipeline.outbox.publish.prose import Prose
from pipeline.tables.outcome import Outcome
from schemas.day import in_words
from schemas.document import Document
from schemas.draft import NOTE, REPORT, Texts, read_texts, template_of
from schemas.mistake import Mistake, nearest
from schemas.rules.parse import Misspelt


def report(outcome: Outcome) -> bytes:
    """The draft of the yearly report. Raises Mistake where the template or the office's texts are wrong."""
    prose = Prose(outcome)
    texts, document = read_texts(outcome.office)
    own = _Own(prose, texts, document)
    made = _made(prose, REPORT, own)
    own.all_asked()
    return made


def note(outcome: Outcome) -> bytes:
    """The note to the table of the last month. Raises Mistake where the template is wrong."""
    prose = Prose(outcome, outcome.months[-1])
    return _made(prose, NOTE, _Own(prose, Texts(), None))


class _Own(dict[str, str]):
    """The office's own texts, as a template asks for them: one that is not there is asked of the office, visibly."""

    def __init__(self, prose: Prose, texts: Texts, document: Document | None) -> None:
        super().__init__()
        self.prose, self.texts = prose, texts
        self.document = document or Document({}, {})
        self.asked: set[str] = set()
        self.cover = covering(prose.outcome)

    def __missing__(self, name: str) -> str:
        self.asked.add(name)
        if self.texts.year not in {0, self.prose.outcome.year}:
            return f"【请办公室填写：{name}（现有文字是{self.texts.year}年的）】"
        for n, own in enumerate(self.texts.texts):
            if own.id == name and own.text.strip():
                return self._filled(n)
        return f"【请办公室填写：{name}】"

    def all_asked(self) -> None:
        """Raise Mistake of a text that the template does not ask for: it would be lost unnoticed."""
        for n, own in enumerate(self.texts.texts):
            if own.id not in self.asked:
                raise self._mistake(n, f"模板里没有“{{{{ 文字.{own.id} }}}}”，{nearest(own.id, sorted(self.asked))}。")

    def others(self) -> list[str]:
        """The texts that the template has not asked for by name, for one that asks for whatever there is."""
        named = [own.id for own in self.texts.texts if own.id not in self.asked]
        return [self[name] for name in named]

    def _filled(self, n: int) -> str:
        lines = [line.strip() for line in self.texts.texts[n].text.splitlines() if line.strip()]
        try:
            return "\a".join(self.prose.fill(self.cover(line)) for line in lines)
        except Misspelt as error:
            raise self._mistake(n, f"{error}。") from None

    def _mistake(self, n: int, what: str) -> Mistake:
        return self.document.mistake(("text", n, "id"), what)


def _made(prose: Prose, name: str, own: _Own) -> bytes:
    outcome, edition = prose.outcome, prose.outcome.form.edition
    template = template_of(outcome.office, edition, name)
    tables = {schedule.id: of_schedule(schedule, prose) for schedule in edition.schedules}
    tables |= {} if prose.month else {table.annual.id: of_table(table, prose) for table in outcome.tables}
    about = properties(outcome, f"{outcome.office.settings.area}{prose.span}{edition.title}")
    return fill_in(template, _values(prose, template, own), tables, about)


def _listed(prose: Prose) -> list[str]:
    """The tables of a draft: the schedules; of a form that has none the annual tables, in the yearly report."""
    edition = prose.outcome.form.edition
    annual = [] if prose.month else [table.annual.id for table in prose.outcome.tables]
    return [schedule.id for schedule in edition.schedules] or annual


def _values(prose: Prose, template: Path, own: _Own) -> dict[str, Any]:
    """Everything a template may ask for, but for the tables."""
    outcome, settings = prose.outcome, prose.outcome.office.settings
    schedules = outcome.form.edition.schedules

    def number(place: str) -> str:
        try:
            return prose.number(place)
        except Misspelt as error:
            raise Mistake(template, None, f'模板里的“{{{{ 数("{place}") }}}}”：{error}。') from None

    return {
        "数": number,
        "文字": own,
        "年": str(outcome.year),
        "期间": prose.span,
        "地区": settings.area,
        "办公室": settings.name,
        "表式": outcome.form.edition.title,
        "联系": settings.contact,
        "截至": in_words(outcome.as_of),
        "运行编号": outcome.fingerprint,
        "汇总范围": standing.coverage(prose),
        "未入汇": standing.left_out(prose),
        "暂列": standing.provisional(prose),
        "待核对": standing.not_met(prose),
        "增减": standing.grown(schedules[0], prose) if schedules else "",
        "待办": standing.to_do(prose),
        "正文": prose.paragraphs(),
        "附表": [placeholder(name) for name in _listed(prose)],
        "其他文字": own.others,
        **{sentence.id: prose.sentence(sentence) for sentence in outcome.form.edition.sentences},
    }
