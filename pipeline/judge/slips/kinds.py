"""How one number turns into another by one slip of the pen."""

from collections.abc import Iterator

ONE_DIGIT, SWAPPED = "一位数字之误", "相邻两位数字颠倒"
TENFOLD = "差一个 0"
TWICE, LEFT_STANDING = "算了两次", "仍是上月的数"

_FACTORS = ((-1, "正负号相反"), (10, TENFOLD), (10_000, "差一个“万”"))


def slip(written: int, expected: int) -> str:
    """How ``written`` differs from ``expected`` if one slip of the pen explains it, else ""."""
    if written == expected:
        return ""
    for factor, what in _FACTORS:
        if written * factor == expected or expected * factor == written:
            return what
    left, right = str(written), str(expected)
    if len(left) != len(right):
        return ""
    unlike = [i for i, (a, b) in enumerate(zip(left, right, strict=True)) if a != b]
    if len(unlike) == 1:
        return ONE_DIGIT
    swapped = len(unlike) == 2 and unlike[1] - unlike[0] == 1 and sorted(left) == sorted(right)
    return SWAPPED if swapped else ""


def says_little(how: str, size: int) -> bool:
    """Whether a number of this size would fit the slip by chance: a fifth of all pairs below 100 share a digit."""
    return how in {ONE_DIGIT, TWICE, LEFT_STANDING} and abs(size) < 100


def unslipped(written: int) -> Iterator[int]:
    """What may have been meant, where no balance says it: not a changed digit, which could be any, and no negative."""
    for factor, _ in _FACTORS:
        if written % factor == 0:
            yield written // factor
        yield written * factor
    digits = str(written)
    for i in range(len(digits) - 1):
        yield int(f"{digits[:i]}{digits[i + 1]}{digits[i]}{digits[i + 2 :]}") if written > 0 else 0
