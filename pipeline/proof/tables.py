"""The report's figures against the tables."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.proof.figure import Doubt, Figure, Group, Sentence
from pipeline.proof.labels import Labels
from pipeline.proof.sums import number
from pipeline.values.numerals import half_width
from pipeline.values.table import Table
from schemas.form import Form
from schemas.rules.terms import Linear

WITHIN = "…"  # in front of words that stand somewhere in the clause


@dataclass(frozen=True)
class Known:
    """What the tables have for a figure that the report prints: where, how much, and the words that count it.

    ``code`` is its code in a list, "" where it is none; ``floor`` where the text gives only a lower limit.
    """

    where: str
    value: Decimal
    unit: str
    says: tuple[str, ...]
    code: str
    floor: bool


def known(form: Form, tables: Iterable[Table], months: Sequence[str]) -> tuple[Known, ...]:
    """Every figure that the edition says the report prints, as far as the annual tables of these months have it."""
    values = dict(_values(tables, months))
    found = []
    for printed in form.edition.report.printed:
        linear = form.expression(printed.of)[0]
        if linear not in values or not linear.refs:
            continue
        where, value = values[linear]
        entry, quantity = form.entry(linear.refs[0]), form.quantity(linear)
        code = entry.code if entry.block and len(linear.refs) == 1 else ""
        unit = half_width(quantity.unit)
        found.append(Known(where, quantity.exact(value), unit, printed.says, code, printed.at_least))
    return tuple(found)


def _values(tables: Iterable[Table], months: Sequence[str]) -> Iterator[tuple[Linear, tuple[str, int]]]:
    """The values of the whole city over all months, by what they count; of two tables the first stands."""
    for table in reversed(list(tables)):
        for row in table.rows:
            for n, linear in enumerate(row.linears):
                column = table.columns[n]
                whole = row.units is None or row.kind == "total"
                if whole and (column.months or row.months) == tuple(months):
                    name = column.name if column.linear else row.label
                    yield linear, (f"汇总{table.annual.id}“{name}”", row.values[n])


@dataclass(frozen=True)
class Matching:
    """Finds the figures of a text that the tables know, by what the sentence says they count."""

    labels: Labels
    known: Sequence[Known]
    year: int
    may_say: tuple[str, ...]

    def matches(self, sentences: Sequence[Sentence], groups: Sequence[Group]) -> dict[Figure, Known]:
        """Each figure that certainly counts what the tables count, with what they have."""
        parents = {part: group.total for group in groups for part in group.parts}
        found: dict[Figure, Known] = {}
        for sentence in sentences:
            before = ""
            for figure in sentence.counts:
                words = figure.before + figure.after if self.labels.core(figure) else before
                one = self._known(figure, words) if self._of_the_year(figure) else None
                if one:
                    found[figure] = one
                before = words
        return {f: one for f, one in found.items() if not one.code or f not in parents or parents[f] in found}

    def _of_the_year(self, figure: Figure) -> bool:
        return figure.year == self.year and all(word in self.may_say for word in figure.span)

    def _known(self, figure: Figure, words: str) -> Known | None:
        key = self.labels.key(figure)
        if self.labels.is_code(key):
            return next((one for one in self.known if one.code == key and one.unit == figure.unit), None)
        able = [one for one in self.known if any(self._says(said, figure, words) for said in one.says)]
        alike = [one for one in able if one.unit == figure.unit] or able
        return alike[0] if len(alike) == 1 else None

    def _says(self, said: str, figure: Figure, words: str) -> bool:
        if said.startswith(WITHIN):
            return self.labels.bare(said) in self.labels.bare(words)
        return self.labels.core(figure) == self.labels.bare(said)


def against_tables(matches: Mapping[Figure, Known]) -> Iterator[Doubt]:
    """Every figure that the tables have otherwise."""
    for figure, one in matches.items():
        if not differs(figure, one):
            continue
        gap = figure.value - one.value
        facts = {
            "written": figure.words, "table": one.where, "expected": number(one.value),
            "more": "多" if gap > 0 else "少", "gap": number(abs(gap)),
        }  # fmt: skip
        meant = ((figure, int(one.value)),) if figure.exact and one.value % 1 == 0 else ()
        yield Doubt("table", figure.paragraph, (figure,), facts, meant)


def differs(figure: Figure, one: Known) -> bool:
    """Whether the tables refute what is printed."""
    if one.floor:
        return figure.low > one.value
    return not figure.low <= one.value <= figure.high
