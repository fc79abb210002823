"""The report's figures against the tables."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.proof.figure import Doubt, Figure, Group, Sentence
from pipeline.proof.grids import Tables
from pipeline.proof.labels import Labels
from pipeline.proof.sums import number
from pipeline.values.answer import Answer
from pipeline.values.numerals import half_width
from pipeline.values.table import Table
from schemas.form import Form
from schemas.period import spoken
from schemas.proof import Prose
from schemas.rules.terms import Linear, Ratio

WITHIN = "…"  # in front of words that stand somewhere in the clause


@dataclass(frozen=True)
class Known:
    """What the tables have for a figure that the report prints: where, how much, and the words that count it.

    ``code`` is its code in a list, "" where it is none; ``floor`` where the text gives only a lower limit; ``within``
    the title of the report's table in which it is printed under these words, "" where it is of the text.
    """

    where: str
    value: Decimal
    unit: str
    says: tuple[str, ...]
    code: str
    floor: bool
    within: str = ""


def known(
    form: Form, tables: Iterable[Table], months: Sequence[str], year: Callable[[Linear], Answer] | None = None
) -> tuple[Known, ...]:
    """Every figure that the edition says the report prints, as far as the annual tables of these months have it.

    The report's own schedules are held against the sums of the year; what has no number, none can be held against.
    """
    values = dict(_values(tables, months))
    found = []
    for printed in form.edition.report.printed:
        linear = form.expression(printed.of)[0]
        if linear in values and linear.refs:
            entry = form.entry(linear.refs[0])
            code = entry.code if entry.block and len(linear.refs) == 1 else ""
            found.append(_known(form, linear, values[linear], printed.says, code=code, floor=printed.at_least))
    return (*found, *_listed(form, values), *(_of_schedules(form, values, year) if year else ()))


def _known(
    form: Form, linear: Linear, at: tuple[str, Answer], says: tuple[str, ...], *, code: str = "", floor: bool = False,
    within: str = "",
) -> Known:  # fmt: skip
    quantity = form.quantity(linear)
    return Known(at[0], quantity.exact(at[1].steps), half_width(quantity.unit), says, code, floor, within)


def _listed(form: Form, values: Mapping[Linear, tuple[str, Answer]]) -> Iterator[Known]:
    """The codes of a list that the tables have, whether the edition says that they are printed or not."""
    told = {form.expression(printed.of)[0] for printed in form.edition.report.printed}
    for linear, at in values.items():
        if linear not in told and len(linear.refs) == 1 and form.entry(linear.refs[0]).block:
            entry = form.entry(linear.refs[0])
            if not entry.row:
                yield _known(form, linear, at, (), code=entry.code)


def _of_schedules(
    form: Form, values: Mapping[Linear, tuple[str, Answer]], year: Callable[[Linear], Answer]
) -> Iterator[Known]:
    """The rows of the report's schedules, each by its name under the schedule's title."""
    for schedule in form.edition.schedules:
        for row in schedule.rows:
            for linear in form.numbers(row.of):
                name = row.name or form.entry(linear.refs[0]).label
                at = values.get(linear, (f"{spoken(form.edition.length)['report']}汇总“{name}”", year(linear)))
                if at[1].some:
                    yield _known(form, linear, at, (name,), within=schedule.title)


def _values(tables: Iterable[Table], months: Sequence[str]) -> Iterator[tuple[Linear, tuple[str, Answer]]]:
    """The values of the whole city over all months, by what they count; of two tables the first stands."""
    for table in reversed(list(tables)):
        for row in table.rows:
            for n, linear in enumerate(row.counts):
                column = table.columns[n]
                whole = row.units is None or row.kind == "total"
                if isinstance(linear, Ratio):
                    continue  # a share that the report prints is held against its own two figures (proof.shares)
                if whole and row.answers[n].some and (column.months or row.months) == tuple(months):
                    name = column.name if column.linear else row.label
                    yield linear, (f"汇总{table.annual.id}“{name}”", row.answers[n])


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

    def of_tables(self, tables: Tables) -> dict[Figure, Known]:
        """Each figure of the report's own tables that the annual tables have: those of its schedules by their names."""
        found: dict[Figure, Known] = {}
        for panel in tables.panels:
            title = self.labels.bare(panel.grid.title)
            own = [one for one in self.known if one.within and self.labels.bare(one.within) in title]
            names = {self.labels.bare(name): one for one in reversed(own) for name in one.says}
            for line in panel.lines:
                figure = next((cell for cell in line.cells[:1] if cell and cell.unit != "%"), None)
                one = names.get(self.labels.bare(line.label)) or names.get(
                    self.labels.bare(line.path.rpartition(">")[2])
                )
                if figure and one and (self.prose.alike(figure.unit, one.unit) or not figure.unit):
                    found[figure] = one
        return found

    @property
    def prose(self) -> Prose:
        """The vocabulary of the labels."""
        return self.labels.prose

    def _of_the_year(self, figure: Figure) -> bool:
        return figure.year == self.year and all(word in self.may_say for word in figure.span)

    def _known(self, figure: Figure, words: str) -> Known | None:
        key = self.labels.key(figure)
        of_text = [one for one in self.known if not one.within]
        if self.labels.is_code(key):
            return next((one for one in of_text if one.code == key and one.unit == figure.unit), None)
        able = [one for one in of_text if any(self._says(said, figure, words) for said in one.says)]
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
