"""Covering at one place, before anything is written: all that was found and that the office did not let pass."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import PurePosixPath

from pipeline.judge.leaks import search
from pipeline.ledger.published import INBOX
from pipeline.outbox.guard.walk import changed
from pipeline.tables.outcome import Outcome
from pipeline.values.findings import Finding
from pipeline.values.leaks import Hit, Leaks

DISTINCT = 3  # characters of a name that is no ordinary word elsewhere
LEAST, LINK = 3, 40  # characters of a secret that a quotation broke off in, and how long one is followed
AHEAD = 6  # characters before it by which such a quotation is known


@dataclass(frozen=True)
class Covering:
    """What covers texts; ``names`` are file names, each with one of its own in its place."""

    leaks: Leaks
    names: Mapping[str, str]

    def __call__(self, text: str) -> str:
        """A text without what must not leave."""
        if not self._closed:
            return text
        if text not in self.leaks.hits and not self._quoted.search(text):
            return text
        text = self._quoted.sub(lambda found: self._instead[found.lastgroup or ""], text)
        return _spans(text, self._open(search(text)))

    def name(self, name: str) -> str:
        """A file's name without it: one of its own where it is known, else each part of its path covered."""
        return self.names.get(name) or "/".join(map(self._part, name.split("/")))

    def _part(self, name: str) -> str:
        """A folder, or the file; its ending says what it is, and stays."""
        instead, ending = self(name), PurePosixPath(name).suffix
        return instead if instead.endswith(ending) else f"{instead}{ending if self(ending) == ending else ''}"

    def _open(self, hits: tuple[Hit, ...]) -> list[Hit]:
        return [hit for hit in hits if hit.id not in self.leaks.passed]

    @cached_property
    def _closed(self) -> dict[tuple[str, Hit], None]:
        """Every text with what is to be covered in it; one that only quotes a marked text is covered as it does."""
        pairs = ((text, hit) for text, hits in self.leaks.hits.items() for hit in self._open(hits))
        return dict.fromkeys((text, hit) for text, hit in pairs if not hit.whole or hit.secret == text)

    @cached_property
    def _instead(self) -> dict[str, str]:
        return {f"g{n}": instead for n, (_, instead) in enumerate(self._patterns)}

    @cached_property
    def _patterns(self) -> list[tuple[str, str]]:
        found = {pattern: instead for text, hit in self._closed for pattern, instead in _quotations(text, hit)}
        return sorted(found.items(), key=lambda pair: -len(pair[0]))

    @cached_property
    def _quoted(self) -> re.Pattern[str]:
        every = "|".join(f"(?P<g{n}>{pattern})" for n, (pattern, _) in enumerate(self._patterns))
        return re.compile(every or r"(?!)")


def _quotations(text: str, hit: Hit) -> Iterator[tuple[str, str]]:
    """How it may be quoted elsewhere: the whole text or number, or broken off in its middle; a name alone."""
    written = text[hit.start : hit.end]
    if hit.whole:
        yield _begun(text, AHEAD), hit.cover
    elif len(written) > LEAST:
        before = text[max(0, hit.start - AHEAD) : hit.start]
        yield re.escape(before) + _begun(written, LEAST), f"{before}{hit.cover}"
    if not hit.whole and len(hit.secret) >= DISTINCT and not hit.secret.isascii():
        yield re.escape(written), hit.cover


def _begun(text: str, least: int) -> str:
    """A text, or as many of its first characters as a quotation has that ends there."""
    chain = ""
    for sign in reversed(text[least : least + LINK]):
        chain = f"(?:{re.escape(sign)}{chain})?"
    return f"(?:{re.escape(text)}|{re.escape(text[:least])}{chain}(?=[”…]))"


def _spans(text: str, hits: list[Hit]) -> str:
    """A text with something else where something was found in it."""
    whole = next((hit for hit in hits if hit.whole), None)
    if whole:
        return whole.cover
    for hit in sorted(hits, key=lambda one: -one.start):
        text = f"{text[: hit.start]}{hit.cover}{text[hit.end :]}"
    return text


def covering(outcome: Outcome) -> Covering:
    """What covers the texts of an outcome; a file's name that is covered gets a number, so that no two are alike."""
    plain = Covering(outcome.leaks, {})
    if not outcome.leaks.hits:
        return plain
    files = sorted({*outcome.sizes, *outcome.returns["file"], *outcome.facts["file"]} - {""})
    instead = {name: new for name in files if (new := plain.name(name)) != name}
    own = {name: _numbered(new, n) for n, (name, new) in enumerate(instead.items(), start=1)}
    inbox = {f"{INBOX}/{name}": f"{INBOX}/{new}" for name, new in own.items()}
    return Covering(outcome.leaks, own | inbox)


def _numbered(name: str, number: int) -> str:
    ending = PurePosixPath(name).suffix
    return f"{name.removesuffix(ending)}（{number}）{ending}"


def covered(outcome: Outcome) -> Outcome:
    """The outcome as it may leave: what was found is covered wherever it stands, unless the office let it pass.

    The questions about it do not show a part of it either.
    """
    if not outcome.leaks.hits:
        return outcome
    quiet = replace(outcome, findings=tuple(map(_quiet, outcome.findings)))
    about = {finding.id for finding in outcome.findings if finding.withholds}
    every = tuple(replace(r, expected="") if r.finding in about else r for r in outcome.rulings.every)
    quiet = replace(quiet, rulings=replace(outcome.rulings, every=every))
    return changed(quiet, covering(outcome))


def _quiet(finding: Finding) -> Finding:
    return replace(finding, value="") if finding.withholds else finding
