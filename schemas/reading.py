"""Read a settings file into a frozen value, or stop with file, line and what is wrong."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from string import Formatter
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from schemas.mistake import Mistake, nearest
from schemas.toml_lines import Location


class Frozen(BaseModel):
    """The base of every value read from a file: unknown keys are refused, nothing changes after loading."""

    model_config = ConfigDict(frozen=True, extra="forbid")


Model = TypeVar("Model", bound=Frozen)
Month = Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]

_WANTED = {
    "string_pattern_mismatch": "月份要写成 2012-07 的样子",
    "date_from_datetime_parsing": "日期要写成 2012-10-01 的样子",
    "string_type": "文字要加引号",
    "int_type": "要写整数",
    "int_parsing": "要写整数",
    "int_from_float": "要写整数",
    "bool_type": "要写 true 或 false，不加引号",
    "bool_parsing": "要写 true 或 false，不加引号",
    "decimal_parsing": "要写数字，不加引号",
    "decimal_type": "要写数字，不加引号",
    "finite_number": "要写数字",
    "float_type": "要写数字",
    "tuple_type": "要写成一列，用方括号：[…, …]",
    "list_type": "要写成一列，用方括号：[…, …]",
    "dict_type": "要写成 {{ 名称 = 值, … }}",
    "model_type": "要写成 {{ 名称 = 值, … }}",
    "model_attributes_type": "要写成 {{ 名称 = 值, … }}",
    "date_type": "日期要写成 2012-10-01 的样子",
    "date_parsing": "日期要写成 2012-10-01 的样子",
    "too_short": "太少",
    "too_long": "太多",
    "less_than_equal": "太大，最大是 {le}",
    "greater_than_equal": "太小，最小是 {ge}",
}


def one_or_several(written: object) -> object:
    """One text for a list of one."""
    return (written,) if isinstance(written, str) else written


def wrong_places(text: str, known: Sequence[str]) -> Iterator[str]:
    """What stands in braces in a text and is filled in by nobody, who fills in only what is ``known``."""
    try:
        for _, place, _, _ in Formatter().parse(text):
            if place is not None and place not in known:
                yield f"“{{{place}}}”没有内容可填，{nearest(place, known)}"
    except ValueError:
        yield "花括号不成对"


def read_text(path: Path) -> str:
    """The text of a settings file, with or without a byte order mark."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise Mistake(path, None, f"找不到这个文件，请检查文件夹“{path.parent.name}”。") from None
    except UnicodeDecodeError:
        raise Mistake(path, None, "文件不是 UTF-8 编码，请另存为 UTF-8（CSV UTF-8）后再试。") from None


def telling(error: ValidationError) -> Any:
    """The complaint to show: a misspelt key is told as such, not as the key that is missing for it."""
    return min(error.errors(), key=lambda one: one["type"] == "missing")


def what_is_wrong(error: Any, model: type[Frozen], called: Mapping[str, str] | None = None) -> str:
    """One complaint of pydantic as a Chinese sentence; ``called`` is what the file calls a key, if otherwise."""
    key = next((step for step in reversed(error["loc"]) if isinstance(step, str)), "")
    name = (called or {}).get(key, key)
    written = error.get("input")
    match error["type"]:
        case "extra_forbidden":
            return f"不认识的项“{name}”，{nearest(name, _keys(_model_at(model, error['loc'])))}。"
        case "missing":
            return f"缺少“{name}”。"
        case "literal_error":
            choices = re.findall(r"'([^']+)'", error["ctx"]["expected"])
            return f"“{name}”写了“{written}”，{nearest(str(written), choices)}。"
        case _:
            wanted = _WANTED.get(error["type"], f"不合要求（{error['msg']}）").format_map(error.get("ctx", {}))
            return f"“{name}”写了“{written}”，{wanted}。"


def _model_at(model: type[Frozen], location: Location) -> type[Frozen]:
    """The model of what stands around ``location``, by walking the fields."""
    for step in location[:-1]:
        if isinstance(step, int):
            continue
        for key, field in model.model_fields.items():
            if step in (key, field.alias):
                inner = [t for t in _types(field.annotation) if issubclass(t, Frozen)]
                model = inner[0] if inner else model
    return model


def _keys(model: type[Frozen]) -> list[str]:
    return [field.alias or key for key, field in model.model_fields.items()]


def _types(annotation: Any) -> list[type]:
    """All classes named in a type annotation."""
    inner = getattr(annotation, "__args__", ())
    if inner:
        return [t for arg in inner for t in _types(arg)]
    return [annotation] if isinstance(annotation, type) else []
