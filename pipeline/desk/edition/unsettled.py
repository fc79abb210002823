"""What a draft leaves to a person: each of its questions, at its line."""

from collections.abc import Iterator

from pipeline.desk.edition.subject import MUST, Concern, Subject
from schemas.drafting import questions
from schemas.reading import read_text

_SETTLE = "请定好，改过来，再删去“#”后面的这一句"


def unsettled(subject: Subject) -> Iterator[Concern]:
    """The questions that a draft still has (# 待定：…), and units of measure that nobody has written."""
    for line, asked in questions(read_text(subject.file)):
        yield Concern(MUST, subject.file.name, line, f"还没有定：{asked}", _SETTLE)
