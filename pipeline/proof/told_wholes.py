"""Shares and rates whose whole stands beside them: by its number, as the total of a list, or before the count."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.judge.slips import slip
from pipeline.judge.slips.kinds import SWAPPED
from pipeline.proof.figure import Doubt, Figure, Group, Sentence
from pipeline.proof.labels import Labels
from pipeline.proof.percent import is_of, told_share
from pipeline.proof.ratio import as_digits, fits
from pipeline.proof.sums import total_of
from schemas.proof import Prose

HUNDRED = 100  # of a whole
NEAR = 60  # figures before a rate that it may be of


@dataclass(frozen=True)
class Wholes:
    """Checks the shares and rates of a sentence; ``before`` gives the counts before a figure."""

    prose: Prose
    groups_of: Mapping[Figure, Sequence[Group]]
    before: Callable[[Figure], Sequence[Figure]]
    labels: Labels

    def doubts(self, sentence: Sentence) -> Iterator[Doubt]:
        """Those of one sentence."""
        yield from self._of_told_whole(sentence)
        yield from self._of_bracket(sentence)
        yield from self._of_part(sentence)
        yield from self._of_any_rate(sentence)
        yield from self._of_all(sentence)
        yield from self._of_explained(sentence)
        yield from self._of_subject(sentence)
        yield from self._of_several(sentence)
        yield from self._of_breath(sentence)

    def _of_subject(self, sentence: Sentence) -> Iterator[Doubt]:
        """A share that says of which part of a list in its sentence it is: 网站900条，公报300条；网站占75%.

        Where it says that it is of all, and nothing is the whole of that list, all like counts are.
        """
        for n, share in enumerate(sentence.figures):
            name = share.before.partition(self.prose.change.share[0])[0] if share.role == "share" else ""
            subject = self.labels.bare(name)
            lists = [
                (part, group.total) for part in sentence.figures[max(0, n - NEAR) : n] if len(subject) > 1
                for group in self.groups_of.get(part, []) if self.labels.core(part) == subject
            ]  # fmt: skip
            part, whole = lists[0] if len(lists) == 1 else self._of_all_like(sentence, share, subject)
            if part and whole and part.precise and whole.value and part.unit == whole.unit:
                ratios = [part.value / value * 100 for value in (whole.low, whole.high, whole.value)]
                if not any(fits(share, ratio) for ratio in ratios) and not min(ratios) <= share.value <= max(ratios):
                    yield told_share(share, part, whole)

    def _of_all_like(
        self, sentence: Sentence, share: Figure, subject: str
    ) -> tuple[Figure | None, Figure | None]:  # fmt: skip
        """The count of what a share begins with, and all like counts of its sentence as one, where it says 全部."""
        if share.role != "share" or not re.search(self.prose.change.of_every, share.before):
            return None, None
        before = [f for f in sentence.counts[: 2 * NEAR] if f.start < share.start and f.precise]
        own = [f for f in before if len(subject) > 1 and self.labels.core(f) == subject]
        if len(own) != 1:
            return None, None
        like = [f for f in before if f.unit == own[0].unit]
        made = total_of(like)[0]
        apart = len(like) > 1 and not any(f.value * 2 >= made and f is not own[0] and len(like) > 2 for f in like)
        return own[0], replace(own[0], value=made, low=made, high=made) if apart else None

    def _of_several(self, sentence: Sentence) -> Iterator[Doubt]:
        """A rate that is called by the first letters of several parts of a total: 优秀12家、良好25家，优良率80.4%."""
        for n, rate in enumerate(sentence.figures):
            name = self._name(rate) if rate.role == "rate" else ""
            counts = [f for f in sentence.figures[max(0, n - NEAR) : n] if f.role == "count" and f.precise]
            there = {self.labels.core(f)[:1]: f for f in counts}
            parts = [there[letter] for letter in name if letter in there]
            if not len(set(parts)) == len(name) > 1:
                continue
            whole = next((f for k, f in enumerate(counts) if f.meets(*total_of(counts[k + 1 :]))), None)
            if whole and whole.value and whole not in parts:
                made = total_of(parts)[0]
                if not fits(rate, made / whole.value * 100):
                    yield told_share(rate, replace(parts[0], value=made), whole)

    def _of_told_whole(self, sentence: Sentence) -> Iterator[Doubt]:
        """A share that names its whole with its number: 3268条，占总量9613条的34%."""
        for part, whole, share in zip(sentence.figures, sentence.figures[1:], sentence.figures[2:], strict=False):
            named = share.role == "share" and not share.before.strip("的 约近")
            told = named and whole.role == "count" and whole.before.strip().startswith(self.prose.change.of_goal)
            alike = told and part.role == "count" and self.prose.alike(part.unit, whole.unit)
            before = sentence.figures[: sentence.figures.index(whole)] if alike and whole.value else ()
            any_fits = any(f.role == "count" and is_of((f, share), whole.value) for f in before)
            if alike and part.precise and whole.precise and whole.value and not any_fits:
                yield told_share(share, part, whole.value)

    def _of_bracket(self, sentence: Sentence) -> Iterator[Doubt]:
        """A share that names its whole with its number in brackets: 292件，占申请总量（412件）的70.9%."""
        for n, share in enumerate(sentence.figures):
            part = sentence.figures[n - 1] if n and share.role == "share" else None
            start = share.start - len(share.before)
            if not part or not re.search(r"占[^，;:]*\s{2,}的?(?:约|近)*\s*$", share.before):
                continue
            inside = [a.figures[0] for a in sentence.asides if len(a.figures) == 1 and start <= a.start < share.start]
            whole = inside[0] if len(inside) == 1 else None
            if not whole or part.role != "count" or whole.unit != part.unit:
                continue
            if part.precise and whole.precise and whole.value and not is_of((part, share), whole.value):
                yield told_share(share, part, whole)

    def _of_part(self, sentence: Sentence) -> Iterator[Doubt]:
        """A rate right behind one part of a total before it, that neither the part nor the rest of the total is."""
        for whole, part, rate in zip(sentence.figures, sentence.figures[1:], sentence.figures[2:], strict=False):
            of_it = any(group.total is whole for group in self.groups_of.get(part, [])) and whole.unit == part.unit
            if rate.role != "rate" or not of_it or not (whole.precise and part.precise and whole.value):
                continue
            if not any(is_of((one, rate), whole.value) for one in (part,)) and ";" not in rate.gap:
                rest = (whole.value - part.value) / whole.value * 100
                if not fits(rate, rest) and part.value * 2 > whole.value and rate.value < HUNDRED:
                    yield told_share(rate, part, whole)

    def _of_any_rate(self, sentence: Sentence) -> Iterator[Doubt]:
        """A rate of what its name says (败诉125件，败诉率) that no total gives, and would with two digits exchanged."""
        for n, rate in enumerate(sentence.figures):
            name = self._name(rate)
            known = any(rate.before.strip().startswith(word) for word in self.prose.change.rates)
            made = [
                f for f in sentence.figures[max(0, n - NEAR) : n]
                if f.role == "count" and f.before.endswith((name, name[::-1]))
            ]  # fmt: skip
            if rate.role != "rate" or known or not name or not made:
                continue
            wholes = [f for f in self.before(made[-1]) if f.value >= made[-1].value and f.unit == made[-1].unit]
            ratios = {f: made[-1].value / f.value * 100 for f in wholes}
            if any(is_of((made[-1], rate), f.value) for f in wholes):
                continue
            if whole := self._received(sentence, made[-1], rate):
                yield told_share(rate, made[-1], whole)
                continue
            for whole, ratio in reversed(ratios.items()):
                how = slip(rate.digits, as_digits(rate, ratio))
                if how == SWAPPED or (how and _in_a_breath(sentence, whole, made[-1], rate)):
                    yield told_share(rate, made[-1], whole)
                    break

    def _name(self, rate: Figure) -> str:
        """What a rate is called by: 公开 of 公开率为."""
        words = rate.before.strip().rstrip(self.prose.tail_ends + "是")
        return words[:-1] if words.endswith(self.prose.change.rate) else words

    def _of_breath(self, sentence: Sentence) -> Iterator[Doubt]:
        """A percentage called by what its part is, behind whole and part: 安排500万元，已拨付300万元，拨付进度60%."""
        for whole, part, rate in zip(sentence.figures, sentence.figures[1:], sentence.figures[2:], strict=False):
            counts = whole.role == part.role == "count" and whole.unit == part.unit and not (whole.rough or part.rough)
            called = rate.role in {"rate", "other"} and len(set(rate.before) & set(part.before)) > 1
            if not (counts and called and rate.unit == "%" and 0 < part.value < whole.value):
                continue
            able = [f.value for f in (*self.before(part), whole) if f.unit == part.unit and f.value]
            able += [whole.value + part.value]  # 成交3,120万元，节约780万元，节约率20%
            fits_any = any(is_of((one, rate), value) for value in able for one in (part, whole))
            fits_any = fits_any or fits(rate, 100 - part.value / whole.value * 100)
            breath = _in_a_breath(sentence, whole, part, rate) and rate.value < HUNDRED
            if breath and not fits_any and slip(rate.digits, as_digits(rate, part.value / whole.value * 100)):
                yield told_share(rate, part, whole)

    def _of_explained(self, sentence: Sentence) -> Iterator[Doubt]:
        """A rate that a bracket right behind it explains: 办结率96.3%（受理320件，办结308件）."""
        begins = {aside.start: aside.figures for aside in sentence.asides}
        for rate in (f for f in sentence.figures if f.role == "rate" and begins):
            inside = next((begins[at] for at in range(rate.end, rate.end + 3) if at in begins), ())
            made = [f for f in inside if f.role == "count" and f.before.endswith(self._name(rate))]
            came = [f for f in inside if f.role == "count" and any(w in f.before for w in self.prose.change.came)]
            whole = next((f for f in came if f not in made), None)
            if (
                len(made) == 1
                and whole
                and whole.unit == made[0].unit
                and whole.precise
                and made[0].precise
                and whole.value
            ):
                wholes = [f.value for f in inside if f.role == "count" and f.value >= made[0].value]
                if not any(is_of((made[0], rate), value) for value in wholes if value):
                    yield told_share(rate, made[0], whole)

    def _received(self, sentence: Sentence, part: Figure, rate: Figure) -> Figure | None:
        """What came in, told right before what was done of a part of it: 受理186件，结案184件，结案率98.9%."""
        at = sentence.figures.index(part) if part in sentence.figures else 0
        whole = sentence.figures[at - 1] if at else None
        if whole is None or not _in_a_breath(sentence, whole, part, rate) or not (whole.precise and part.precise):
            return None
        if re.search(
            r"[不未非][^，。;]{0,4}$",
            part.before.removesuffix(self._name(rate)),
        ):
            return None
        came = any(word in whole.before for word in self.prose.change.came) and whole.unit == part.unit
        return whole if came and (part.value < whole.value and rate.value < HUNDRED) else None

    def _of_all(self, sentence: Sentence) -> Iterator[Doubt]:
        """A rate of a hundred behind what came in and what was done, which is as much but for two digits exchanged."""
        for whole, part, rate in zip(sentence.figures, sentence.figures[1:], sentence.figures[2:], strict=False):
            came = any(word in whole.before for word in self.prose.change.came) and whole.unit == part.unit
            all_done = rate.value == HUNDRED and rate.before.strip().endswith(self.prose.change.rate)
            exact = whole.value and whole.precise and part.precise
            swapped = came and all_done and exact and slip(part.digits, whole.digits) == SWAPPED
            if swapped and _in_a_breath(sentence, whole, part, rate):
                yield told_share(rate, part, whole)


def _in_a_breath(sentence: Sentence, *figures: Figure) -> bool:
    """Whether figures follow each other in a sentence without a break: 收到50件，办理48件，办理率96%."""
    at = [sentence.figures.index(f) if f in sentence.figures else -1 for f in figures]
    run = at[0] >= 0 and at == list(range(at[0], at[0] + len(at)))
    return run and not any(sign in f.gap for f in figures[1:] for sign in ";:、")
