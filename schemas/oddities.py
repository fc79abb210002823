"""What is written and says nothing: a text that is empty or has spaces at its ends, one thing twice in a list."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from schemas.toml_lines import Location

Wrong = Iterator[tuple[Location, str]]


def oddities(value: BaseModel, at: Location = ()) -> Wrong:
    """Everything odd in a value read from a file and in all that it is made of."""
    for name, field in type(value).model_fields.items():
        key = field.alias or name
        yield from _odd(getattr(value, name), field, (*at, key), key)


def _odd(value: Any, field: FieldInfo, at: Location, key: str) -> Wrong:
    if isinstance(value, BaseModel):
        yield from oddities(value, at)
    elif isinstance(value, str):
        yield from ((at, what) for what in _text(value, key, needed=field.is_required()))
    elif isinstance(value, tuple) and value and isinstance(value[0], BaseModel):
        for n, one in enumerate(value):
            yield from oddities(one, (*at, n))
    elif isinstance(value, tuple):
        yield from _listed(value, at, key)


def _text(text: str, key: str, *, needed: bool) -> Iterator[str]:
    if not text.strip() and (needed or text):
        yield f"“{key}”是空的，请写上内容"
    elif text != text.strip() and "\n" not in text:
        yield f"“{key}”写了“{text}”，首尾有空格，请去掉"


def _listed(values: tuple[Any, ...], at: Location, key: str) -> Wrong:
    """A list of texts or numbers: none empty, none twice."""
    if key == "months" and not values:
        yield at, "“months”是空的，一个月也不问。请写上月份，如 [6, 12]；每个月都问的，删去 months"
    for n, value in enumerate(values):
        if isinstance(value, str):
            yield from (((*at, n), what) for what in _text(value, key, needed=True))
        if value in values[:n]:
            yield at, f"“{key}”里“{value}”写了两次，请删去一个"
