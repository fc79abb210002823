"""What is wrong between the editions of an office: months of two of them, and what their lines say that they were."""

from collections.abc import Iterator, Sequence

from schemas.codes import EVER
from schemas.edition import Edition
from schemas.family import Family
from schemas.form import Form
from schemas.lineage import Lineage, Part, Was, meant, parts_of
from schemas.mistake import nearest
from schemas.pair import Link, Node
from schemas.toml_lines import Location

Wrong = tuple[int, Location, str]  # the how manyth edition, the place in it, what is wrong


def wrong_between(forms: Sequence[Form], known: Sequence[str]) -> Iterator[Wrong]:
    """Everything that editions can only be wrong in together; ``known`` are the ids of all that there are."""
    yield from _overlaps(forms)
    yield from wrong_words(forms, known)


def wrong_words(forms: Sequence[Form], known: Sequence[str]) -> Iterator[Wrong]:
    """What is wrong in what lines of editions say that they were; ``known`` are the ids of all that there are."""
    order = sorted(range(len(forms)), key=lambda n: forms[n].edition.valid.first or "")
    family = Family([forms[n] for n in order])
    for n, place, what in (*_words(family, known), *_unlike(family), *_doubled(family)):
        yield order[n], place, what


def _overlaps(forms: Sequence[Form]) -> Iterator[Wrong]:
    """Months for which there are two forms."""
    for n, form in enumerate(forms):
        for other in forms[:n]:
            own, theirs = _months(form.edition), _months(other.edition)
            alike = form.edition.length == other.edition.length
            if alike and own[0] <= theirs[1] and theirs[0] <= own[1]:
                first, last = max(own[0], theirs[0]), min(own[1], theirs[1])
                span = f"{first or '最早'} 到 {last.replace(EVER, '以后')}"
                told = f"和“{other.edition.id}”的有效期重叠（{span}），这些月份分不清用哪一份表式"
                yield n, ("valid",), f"表式“{form.edition.id}”{told}。请改 valid，让一个月只有一份表式"


def _months(edition: Edition) -> tuple[str, str]:
    return edition.valid.first or "", edition.valid.last or EVER


def _words(family: Family, known: Sequence[str]) -> Iterator[Wrong]:
    """What is not written as it must be, or names what is not there."""
    ids = [form.edition.id for form in family.forms]
    for n, form in enumerate(family.forms):
        for part in parts_of(form.edition):
            told = [
                what for text in part.was or () for what in _word(family, text, part, ids[n], ids[:n], {*ids, *known})
            ]
            yield from ((n, (*part.location, "was"), what) for what in (*told, *_several(part)))


def _word(family: Family, text: str, part: Part, own: str, earlier: Sequence[str], known: set[str]) -> Iterator[str]:
    """What is wrong with one thing that a part says it was."""
    was = Was.read(text)
    if was is None:
        yield f"“was”写了“{text}”，要写成“表式:表.代码”的样子"
    elif was.edition == own:
        yield f"“was”写的“{text}”就是这份表式自己，要写以前的表式；新增的写 was = []"
    elif was.edition in earlier:
        yield from unknown(family.lineages[earlier.index(was.edition)], was, part)
    elif was.edition not in known:
        yield f"“was”写的表式“{was.edition}”不存在，{nearest(was.edition, sorted(known))}"


def unknown(lineage: Lineage, was: Was, part: Part) -> Iterator[str]:
    """What a part says that it was in an earlier edition, and what does not stand in that one."""
    tables = [table.id for table in lineage.form.edition.tables]
    told = f"“was”写了“{was.edition}:{was.table}{was.name and f'.{was.name}'}”"
    if was.table not in tables:
        yield f"{told}，那份表式没有表“{was.table}”，{nearest(was.table, tables)}"
    elif part.address[1] == "line" and was.name:
        codes = [code for table, code in lineage.form.entries if table == was.table]
        if was.name not in codes:
            yield f"{told}，那份表式的表 {was.table} 没有“{was.name}”，{nearest(was.name, codes)}"
    elif bool(part.address[1]) != bool(was.name):
        yield f"{told}，{'要写到行或栏' if part.address[1] else '只写到表'}"
    elif meant(was, lineage, part.address) is None:
        there = [code for table, kind, code in lineage.parts if (table, kind) == (was.table, part.address[1])]
        yield f"{told}，那份表式的表 {was.table} 没有“{was.name}”，{nearest(was.name, there)}"


def _several(part: Part) -> Iterator[str]:
    """Several things of one edition, where only a line can be a sum."""
    editions = [was.edition for text in part.was or () if (was := Was.read(text))]
    if part.address[1] != "line" and len(editions) != len(set(editions)):
        yield "“was”写了同一份表式的几处，只有单独的行可以由几行合并而来"


def _unlike(family: Family) -> Iterator[Wrong]:
    """Numbers that say they continue what is another kind of number."""
    for link in family.unlike:
        if link.said:
            own = family.entry(link.later)
            for node in link.earlier:
                other = family.entry(node)
                why = (
                    f"计量单位是“{own.unit}”，那里是“{other.unit}”"
                    if own.kind == other.kind
                    else "一个是存量，一个不是"
                )
                told = f"“{own.label}”的 was 指向“{other.label}”，但{why}，不是同一种数，不能接着算"
                yield _place(family, link.later, f"{told}。请改 was；新增的指标写 was = []")
                break


def _doubled(family: Family) -> Iterator[Wrong]:
    """Two lines of which both continue the same one, whose numbers would count twice."""
    links = [*family.links]
    for first, one, other in family.doubled():
        before, own = family.entry(first), [family.entry(node) for node in (one, other)]
        lines = "、".join(f"{entry.table}.{entry.code}“{entry.label}”" for entry in own)
        told = f"{lines}都接着以前的“{before.label}”（{before.table}.{before.code}），这个数会算两遍"
        node = next((node for node in (other, one) if _says(links, node)), other)
        yield _place(family, node, f"{told}。请只留一行；新增的那一行写 was = []")


def _says(links: Sequence[Link], node: Node) -> bool:
    return any(link.said and link.later == node for link in links)


def _place(family: Family, node: Node, what: str) -> Wrong:
    """A mistake at what a number says that it was."""
    lineage = family.lineages[node[0]]
    part = lineage.parts[lineage.numbers[node[1]].parts[0]]
    return node[0], (*part.location, "was"), what
