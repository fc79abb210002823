"""Work grows in step with the text: twice the text is twice the work, whatever its shape, up to a megabyte."""

import sys
import tracemalloc
from time import process_time

import pytest

from pipeline.proof.pasted import blocks_of
from pipeline.proof.proof import compare

MORE = 1.35  # how much more than twice the work twice the text may be


def district(n: int) -> str:
    name = f"{chr(0x4E00 + n % 90)}{chr(0x5000 + n // 90)}区"
    share = f"{(50 + n) / (100 + n) * 100:.1f}"
    return (
        f"{name}新收申请{100 + n}件，上年结转{n % 7}件，办结{95 + n + n % 7}件，结转下年5件。"
        f"收到来信{100 + n}件，其中网上{50 + n}件，占{share}%，信函50件。"
    )


SHAPES = {
    "a paragraph each": lambda n: "\n".join(map(district, range(n))),
    "one paragraph": lambda n: "".join(map(district, range(n))),
    "one sentence": lambda n: "".join(map(district, range(n))).replace("。", "，"),
    "one clause of digits": lambda n: "1 " * n * 20,
    "one bracket": lambda n: "公开9条（" * n * 5,
    "a table": lambda n: (
        "区\t甲\t乙\t总计\n" + "\n".join(f"{district(k)[:3]}\t{k}\t{k + 1}\t{2 * k + 1}" for k in range(n))
    ),
    "a cell a line": lambda n: "\n".join(f"{district(k)[:3]}\n{k}\n{k + 1}" for k in range(n)),
}


def work(text: str) -> int:
    """How many lines of the program run for a text, and calls into compiled code."""
    counted = 0

    def count(_frame, event, _argument):
        nonlocal counted
        counted += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        compare(blocks_of(text.splitlines()), 2022)
    finally:
        sys.setprofile(None)
    return counted


@pytest.mark.slow
@pytest.mark.parametrize(
    "shape",
    [shape if n == 0 else pytest.param(shape, marks=pytest.mark.slow) for n, shape in enumerate(SHAPES.values())],
    ids=SHAPES,
)
def test_twice_the_text_is_twice_the_work(shape):
    few, many = work(shape(100)), work(shape(200))

    assert many <= 2 * MORE * few


@pytest.mark.long
@pytest.mark.parametrize("name", ["a paragraph each", "one sentence"])
def test_a_megabyte_takes_as_long_a_letter_as_a_tenth_of_it(name):
    taken = []
    for districts in (1_480, 14_800):
        text = SHAPES[name](districts)
        began = process_time()
        compare(blocks_of(text.splitlines()), 2022)
        taken.append((process_time() - began) / len(text))

    assert len(text) >= 1_000_000
    assert taken[1] <= 2 * taken[0]


@pytest.mark.slow
def test_memory_grows_in_step_with_the_text():
    peaks = []
    for districts in (150, 600):
        tracemalloc.start()
        compare(blocks_of(SHAPES["one sentence"](districts).splitlines()), 2022)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()

    assert peaks[1] <= 4 * MORE * peaks[0]
