"""The sentences of the drafts as values: filled in from the sums, over the year or one month."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from string import Formatter

from pipeline.outbox.publish.marks import Apart, apart
from pipeline.tables.outcome import Outcome
from pipeline.values.answer import Answer, lacking
from pipeline.values.periods import Month, whole_year
from schemas.annual import Sentence
from schemas.counted import headline_of
from schemas.draft import EACH, NAME, OURS, SPAN, UNIT, VALUE, counted, places
from schemas.rules.terms import Linear, Ref

NOTHING = "各项均为0"


@dataclass(frozen=True)
class Prose:
    """What the drafts say about a year (``month`` None) or a month."""

    outcome: Outcome
    month: Month | None = None

    @property
    def span(self) -> str:
        """The months spoken of: 2012年, 2012年1—6月, 2012年6月."""
        if self.month:
            return self.month.words
        return f"{self.outcome.year}年" if whole_year(self.outcome.months) else self.outcome.span

    @cached_property
    def apart(self) -> tuple[Apart, ...]:
        """What does not meet."""
        return apart(self.outcome, str(self.month or ""))

    def value(self, linear: Linear) -> Answer:
        """A sum over the span."""
        return self.outcome.answers.of(linear, [self.month] if self.month else None)

    def number(self, place: str) -> str:
        """The figure that an expression asks for. Raises Misspelt."""
        return self._shown(counted(self.outcome.form, place))

    def fill(self, text: str, **known: str) -> str:
        """A text with its places filled in. Raises Misspelt."""
        known = {SPAN: self.span, OURS: self.outcome.office.settings.ours, **known}
        filled = {place: known[place] if place in known else self.number(place) for place in set(places(text))}
        parts = ((literal, f"{place}:{spec}" if spec else place) for literal, place, spec, _ in Formatter().parse(text))
        return "".join(literal + (filled[place] if place else "") for literal, place in parts)

    def sentence(self, sentence: Sentence) -> str:
        """A sentence, and behind it what does not meet of its figures."""
        parts = self.outcome.form.numbers(sentence.parts) if sentence.parts else ()
        lines = (*self.outcome.form.numbers(sentence.of), *parts)
        refs = {ref for linear in lines for ref in linear.refs}
        if all(self.value(linear).number == 0 for linear in lines):
            return self._marked(self.fill(sentence.none), lines) + self.marks(refs)
        clauses = [self._clause(sentence.each, linear) for linear in parts if self.value(linear).number != 0]
        told = self.fill(sentence.some, **{EACH: "，".join(clauses) or NOTHING})
        return self._marked(told, lines) + self.marks({*self._refs(sentence.some), *refs})

    def _marked(self, sentence: str, lines: Iterable[Linear]) -> str:
        """A sentence that says at its end which returns its figures lack."""
        told = self.lacking(lines) if sentence else ""
        return f"{sentence.removesuffix('。')}（{told}）。" if told else sentence

    def lacking(self, lines: Iterable[Linear]) -> str:
        """The same without brackets."""
        return lacking((self.outcome.form.entry(linear.refs[0]).label, self.value(linear)) for linear in lines)

    def paragraphs(self) -> list[str]:
        """Every sentence of the form, a paragraph each; of a form without any the figures of its headline."""
        sentences = [self.sentence(sentence) for sentence in self.outcome.form.edition.sentences]
        return sentences or [self.headline()]

    def headline(self) -> str:
        """The figures of the headline in one sentence; "" of a form without any."""
        form = self.outcome.form
        figures = [(one.name, *headline_of(form, one)) for one in form.edition.report.headline]
        told = "，".join(f"{name}{self.value(linear).told(quantity)}" for name, quantity, linear in figures)
        return self._marked(f"{self.span}，{told}。", (linear for *_, linear in figures)) if told else ""

    def marks(self, refs: set[Ref]) -> str:
        """What does not meet of the figures that a sentence with these lines prints."""
        return "".join(one.mark for one in self.apart if one.touches(refs))

    def _clause(self, each: str, linear: Linear) -> str:
        entry = self.outcome.form.entry(linear.refs[0])
        unit = self.outcome.form.quantity(linear).unit if self.value(linear).some else ""
        return self.fill(each, **{NAME: entry.label, VALUE: self._shown(linear), UNIT: unit})

    def _shown(self, linear: Linear) -> str:
        """The number; why there is none, marked for whoever finishes the draft."""
        answer = self.value(linear)
        return answer.show(self.outcome.form.quantity(linear)) if answer.some else f"【{answer.why.told}】"

    def _refs(self, text: str) -> set[Ref]:
        asked = [place for place in places(text) if place not in {SPAN, OURS, EACH}]
        return {ref for place in asked for ref in counted(self.outcome.form, place).refs}
