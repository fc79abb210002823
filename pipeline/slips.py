"""The slip that most likely turned one number into another: suggested to a person, never corrected.

After the automatic correction of simple typing errors in balance edits (Scholtus, Statistics Netherlands, 2009).
"""


def slip(written: int, expected: int) -> str:
    """How ``written`` differs from ``expected`` if one slip of the pen explains it, else ""."""
    if written == expected:
        return ""
    for factor, what in ((-1, "正负号相反"), (10, "差一个 0"), (10_000, "差一个“万”")):
        if written * factor == expected or expected * factor == written:
            return what
    left, right = str(written), str(expected)
    if len(left) != len(right):
        return ""
    unlike = [i for i, (a, b) in enumerate(zip(left, right, strict=True)) if a != b]
    if len(unlike) == 1:
        return "一位数字之误"
    swapped = len(unlike) == 2 and unlike[1] - unlike[0] == 1 and sorted(left) == sorted(right)
    return "相邻两位数字颠倒" if swapped else ""
