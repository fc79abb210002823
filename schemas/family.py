"""What numbers of several editions continue of each other, as they say or as one edition extends another."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from schemas.edition import Address
from schemas.entry import Entry
from schemas.form import Form
from schemas.lineage import Key, Lineage
from schemas.pair import Link, Node, Pair
from schemas.quantity import NoMultiple, Quantity, common


@dataclass(frozen=True, slots=True)
class Unsaid:
    """A line of the form ``later`` that stands where one of ``earlier`` stood, and does not say whether it is the same.

    ``code`` is its own, ``was`` that of the other; ``after`` and ``before`` are what the two are called.
    """

    later: str
    earlier: str
    table: str
    code: str
    was: str
    after: str
    before: str


class Family:
    """Forms in the order of time, with everything that their numbers continue of each other."""

    def __init__(self, forms: Sequence[Form]) -> None:
        self.forms = tuple(forms)
        self.lineages = [Lineage(form) for form in forms]
        self.links, self.unlike = list[Link](), list[Link]()
        for later in range(len(forms)):
            for earlier in range(later):
                for link in Pair(self.lineages, later, earlier).links():
                    (self.links if self._alike(link) else self.unlike).append(link)

    @cached_property
    def classes(self) -> Mapping[Node, frozenset[Node]]:
        """By number all that are the same number of other forms."""
        found: dict[Node, set[Node]] = {}
        for link in self.links:
            if len(link.earlier) == 1:
                ends = (link.later, link.earlier[0])
                whole = {node for end in ends for node in found.get(end, {end})}
                found |= dict.fromkeys(whole, whole)
        return {node: frozenset(own) for node, own in found.items()}

    @cached_property
    def sums(self) -> Mapping[Node, tuple[tuple[Node, ...], ...]]:
        """By number what it continues as a sum of several."""
        found: dict[Node, tuple[tuple[Node, ...], ...]] = {}
        for link in self.links:
            if len(link.earlier) > 1:
                found[link.later] = (*found.get(link.later, ()), link.earlier)
        return found

    def sources(self, node: Node, form: int) -> tuple[Key, ...]:
        """The numbers of one of the forms that make up this one; none where it has nothing of the kind."""
        same = self.classes.get(node, frozenset((node,)))
        own = sorted(key for n, key in same if n == form)
        if own:
            return tuple(own[:1])
        for parts in (parts for one in sorted(same) for parts in self.sums.get(one, ())):
            found = [self.sources(part, form) for part in parts]
            if all(found):
                return tuple(key for keys in found for key in keys)
        return ()

    def parts(self, later: int, earlier: int) -> Iterator[tuple[Address, Address]]:
        """The parts of one form, each with the one of an earlier form that it is."""
        pair = Pair(self.lineages, later, earlier)
        return ((address, found) for address in self.lineages[later].parts if (found := pair.part(address)))

    def entry(self, node: Node) -> Entry:
        """The line of a number."""
        return self.forms[node[0]].entries[node[1]]

    def doubled(self) -> Iterator[tuple[Node, Node, Node]]:
        """Two numbers of one form that both continue the same one, which comes first."""
        for same in dict.fromkeys(self.classes.values()):
            own: dict[int, Node] = {}
            for node in sorted(same):
                if node[0] in own:
                    yield min(same), own[node[0]], node
                own[node[0]] = node

    def unsaid(self) -> list[Unsaid]:
        """Every line that kept its code and not its name, or not what it is counted in, and says nothing of it.

        Of a block or column that was renamed, or a code of a list, the first of its numbers stands for all.
        """
        found: dict[object, Unsaid] = {}
        for link in self.unlike:
            if not link.said:
                found.setdefault(link.later, self._unsaid(link.later, link.earlier[0]))
        for later in range(1, len(self.forms)):
            for earlier in range(later):
                for key, before in Pair(self.lineages, later, earlier).renamed():
                    if not any(self.sources((later, key), n) for n in range(later)) and (later, key) not in found:
                        what = self._renamed((later, key), (earlier, before))
                        found.setdefault(what, self._unsaid((later, key), (earlier, before)))
        return list(found.values())

    def _renamed(self, later: Node, earlier: Node) -> object:
        """What it is that is called otherwise: the parts that both belong to, or codes of a list."""
        (own, number), (other, before) = (
            (self.lineages[n], self.lineages[n].numbers[key]) for n, key in (later, earlier)
        )
        names = [[line.parts[at].name for at in one.parts] for line, one in ((own, number), (other, before))]
        pairs = zip(number.members, before.members, strict=True)
        codes = tuple(one for one, was in pairs if own.named(*one) != other.named(*was))
        return (later[0], number.parts if names[0] != names[1] else codes)

    def _unsaid(self, later: Node, earlier: Node) -> Unsaid:
        after, before = self.entry(later), self.entry(earlier)
        own, other = (self.forms[node[0]].edition.id for node in (later, earlier))
        words = [f"{e.label}（{e.unit}）" if after.label == before.label else e.label for e in (after, before)]
        return Unsaid(own, other, after.table, after.code, before.code, *words)

    def _alike(self, link: Link) -> bool:
        """Whether what is continued is of the same kind, and counted in the same or a multiple of it."""
        own = self.entry(link.later)
        return all(
            own.kind == other.kind and _comparable(own.quantity, other.quantity)
            for other in map(self.entry, link.earlier)
        )


def _comparable(*quantities: Quantity) -> bool:
    try:
        common(quantities)
    except NoMultiple:
        return False
    return True
