"""Whether digits come out right as what they look like: check digits, days that exist, area codes that are in use."""

from collections.abc import Callable, Mapping
from datetime import date

EARLIEST = 1880  # nobody was born before


def _resident(number: str) -> bool:
    """The check digit of an identity card, and a day of birth that exists."""
    from stdnum.cn import ric

    return ric.calc_check_digit(number) == number[-1] and _born(number)


def _old_resident(number: str) -> bool:
    """The first generation had no check digit: the day of birth must exist."""
    return _born(f"{number[:6]}19{number[6:]}")


def _born(number: str) -> bool:
    """Whether a person can be born on the day in the number; its place is not asked, for lists of places age."""
    from stdnum.cn import ric
    from stdnum.exceptions import ValidationError

    try:
        return EARLIEST <= ric.get_birth_date(number).year <= date.max.year // 4
    except ValidationError:
        return False


def _trader(number: str) -> bool:
    from stdnum.cn import uscc

    return bool(uscc.is_valid(number))


def _card(number: str) -> bool:
    """Luhn; the code of an organisation is none, though it may come out right."""
    from stdnum import luhn

    return bool(luhn.is_valid(number)) and not _trader(number)


def _landline(number: str) -> bool:
    """An area code that is in use, with as many digits as its numbers have; what follows may be an extension."""
    import phonenumbers

    return any(
        phonenumbers.is_valid_number(phonenumbers.PhoneNumber(country_code=86, national_number=int(number[1:end])))
        for end in (len(number), 12, 11)
        if end <= len(number)
    )


CHECKS: Mapping[str, Callable[[str], bool]] = {
    "": bool,
    "resident": _resident,
    "old_resident": _old_resident,
    "trader": _trader,
    "card": _card,
    "landline": _landline,
}
