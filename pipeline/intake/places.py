"""How an amount is written in the places of a section of a number format, and among its literals."""

from decimal import ROUND_HALF_UP, Decimal

from pipeline.intake.number_format import Token

_LARGE = Decimal(10) ** 15


def in_places(tokens: tuple[Token, ...], amount: Decimal) -> str:
    """An amount in the places of a section, with what stands between them."""
    whole, places, grouped, amount = _laid_out(tokens, amount)
    near = rounded(amount, sum(token.kind == "digit" for token in places))
    left, _, right = f"{near:f}".partition(".")
    return _whole(whole, left.lstrip("0"), grouped=grouped) + _decimals(places, right)


def between(tokens: tuple[Token, ...], number: str, sign: str) -> str:
    """A number among the literals of its section."""
    kinds = [token.kind for token in tokens]
    first, last = kinds.index("digit"), len(kinds) - 1 - kinds[::-1].index("digit")
    before, after = ("".join(map(literal, part)) for part in (tokens[:first], tokens[last + 1 :]))
    return f"{sign}{before}{number}{after}".strip()


def _laid_out(tokens: tuple[Token, ...], amount: Decimal) -> tuple[list[Token], list[Token], bool, Decimal]:
    """The tokens before the point and from it on, whether thousands are set apart, and the amount as it is scaled."""
    kinds = [token.kind for token in tokens]
    last = len(kinds) - 1 - kinds[::-1].index("digit")
    point = kinds.index("point") if "point" in kinds else len(kinds)
    ends = max((n for n in range(min(point, len(kinds))) if kinds[n] == "digit"), default=-1)
    commas = [n for n, kind in enumerate(kinds) if kind == "comma"]
    scaling = [n for n in commas if ends < n < point or n > last]
    kept = [(n, token) for n, token in enumerate(tokens) if token.kind != "comma"]
    whole = [token for n, token in kept if n < point]
    places = [token for n, token in kept if n >= point]
    return whole, places, len(commas) > len(scaling), amount.scaleb(-3 * len(scaling))


def _whole(tokens: list[Token], digits: str, *, grouped: bool) -> str:
    """The digits before the point, set from the right; those for which no place is left stand at the first one."""
    out, count = list[str](), 0
    first = next((n for n, token in enumerate(tokens) if token.kind == "digit"), None)
    for n, token in reversed(list(enumerate(tokens))):
        if token.kind != "digit":
            out.append(literal(token)[::-1])
            continue
        here = digits if n == first else digits[-1:]
        digits = digits[: len(digits) - len(here)]
        for digit in reversed(here or {"0": "0", "?": " "}.get(token.text, "")):
            out.append("," if grouped and count and count % 3 == 0 and digit != " " else "")
            out.append(digit)
            count += 1
    without_place = digits if first is None else ""
    return without_place + "".join(out)[::-1]


def _decimals(tokens: list[Token], digits: str) -> str:
    """The point and the digits behind it; noughts at the end of which the format shows none are left out."""
    out = ""
    for token in tokens:
        if token.kind == "digit":
            digit, digits = digits[:1], digits[1:]
            out += digit if token.text == "0" or (digit + digits).strip("0") else {"?": " "}.get(token.text, "")
        else:
            out += "." if token.kind == "point" else literal(token)
    return out


def literal(token: Token) -> str:
    """What a piece shows by itself."""
    return {"pad": " ", "literal": token.text, "slash": "/", "comma": ","}.get(token.kind, "")


def rounded(number: Decimal, places: int) -> Decimal:
    """A number to so many places, halves up, as spreadsheets do; one beyond all digits as it is."""
    if number > _LARGE * _LARGE:
        return number
    return number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
