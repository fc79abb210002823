"""Two of several forms: what the numbers of the later are in the earlier, as they say or as one extends the other."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from schemas.edition import Address
from schemas.lineage import WHOLE, Key, Lineage, Member, Number, Was, meant

Node = tuple[int, Key]  # a number of one of several forms


@dataclass(frozen=True, slots=True)
class Link:
    """What a number continues of one earlier form, several being added; ``said`` by ``was``, or else by ``extends``."""

    later: Node
    earlier: tuple[Node, ...]
    said: bool


@dataclass(frozen=True)
class Pair:
    """Two of the forms, and what the numbers of the later are in the earlier."""

    lineages: Sequence[Lineage]
    later_: int
    earlier_: int

    @property
    def later(self) -> Lineage:
        """The later of them."""
        return self.lineages[self.later_]

    @property
    def earlier(self) -> Lineage:
        """The earlier of them."""
        return self.lineages[self.earlier_]

    def links(self) -> Iterator[Link]:
        """What each number continues."""
        for key, number in self.later.numbers.items():
            said = self._said(number)
            found = tuple(self._keys(number)) if said is None else said
            there = tuple((self.earlier_, other) for other in found if other in self.earlier.form.entries)
            if there:
                yield Link((self.later_, key), there, said is not None or self._is_said(number))

    def renamed(self) -> Iterator[tuple[Key, Key]]:
        """The numbers of parts, or codes of lists, that stand where others stood and are called otherwise."""
        for key, number in self.later.numbers.items():
            parts = [self._beside(address) for address in number.parts]
            before = self.earlier.keys.get(Number(tuple(p for p in parts if p), self._listed(number, parts)))
            if before and None not in parts and not self._silent(number):
                yield key, before

    def _silent(self, number: Number) -> bool:
        """Whether a part says itself what it was, or that it is new."""
        return any(self.later.parts[address].was is not None for address in number.parts)

    def _said(self, number: Number) -> tuple[Key, ...] | None:
        """The numbers that a line says it was; None where it says nothing of this form."""
        own = self.later.parts[number.parts[0]]
        if own.address[1] != "line" or own.was is None:
            return None
        named = [(was.table, was.name) for was in self._was(own.address) if was.name]
        return tuple(named) if named else None

    def _is_said(self, number: Number) -> bool:
        return any(self._was(address) for address in number.parts)

    def _was(self, address: Address) -> list[Was]:
        """What a part says it was in this earlier form."""
        texts = self.later.parts[address].was or ()
        read = (Was.read(text) for text in texts)
        return [was for was in read if was and was.edition == self.earlier.form.edition.id]

    def _keys(self, number: Number) -> Iterator[Key]:
        """The numbers of the earlier form that have its parts and codes."""
        parts = tuple(part for address in number.parts if (part := self.part(address)))
        if len(parts) == len(number.parts) and parts in self._lists:
            codes = (self._codes(own, list_) for own, list_ in zip(number.members, self._lists[parts], strict=False))
            for members in product(*codes):
                key = self.earlier.keys.get(Number(parts, members))
                if key:
                    yield key

    def part(self, address: Address) -> Address | None:
        """What part of the earlier form one is: what it says, or what it stood as, or what its table says."""
        own, said = self.later.parts[address], self._was(address)
        if said:
            return meant(said[0], self.earlier, address)
        beside = self._beside(address)
        if beside:
            other = self.earlier.parts[beside]
            new = own.was == () and other.was != ()
            return beside if own.name == other.name and not new else None
        tables = self._was((address[0], "", "")) if own.was is None else []
        there = self.earlier.parts.get((tables[0].table, *address[1:])) if tables else None
        return there.address if there and there.name == own.name else None

    def _beside(self, address: Address) -> Address | None:
        """The part of the earlier form that stood first where this one did."""
        return self._roots.get(self.later.root(address))

    @cached_property
    def _roots(self) -> Mapping[object, Address]:
        return {self.earlier.root(address): address for address in self.earlier.parts}

    @cached_property
    def _lists(self) -> Mapping[tuple[Address, ...], tuple[str, ...]]:
        """By parts of the earlier form the code lists of their numbers."""
        return {number.parts: tuple(name for name, _ in number.members) for number in self.earlier.numbers.values()}

    def _listed(self, number: Number, parts: Sequence[Address | None]) -> tuple[Member, ...]:
        lists = self._lists.get(tuple(part for part in parts if part), ())
        return tuple((list_, code) for (_, code), list_ in zip(number.members, lists, strict=False))

    def _codes(self, member: Member, list_: str) -> list[Member]:
        """What a code is in the list of the earlier form: itself; in another list what it says, or of the same name."""
        own, code = member
        if own == list_ or code == WHOLE:
            return [(list_, code)]
        said = self.later.earlier_codes(own, code)
        alike = self.later.named(own, code) == self.earlier.named(list_, code) != ""
        return [(list_, was) for was in said] or ([(list_, code)] if alike else [])
