"""The command line's own words in Chinese: help pages and what is wrong with a command as typed.

What typer marks for translation is translated by gettext (words/zh/LC_MESSAGES/typer.po). What it does not mark is said
here, from the parts of its pages and exceptions, never by looking for its English.
"""

import gettext
import os
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from typer._click.core import Context
from typer._click.exceptions import BadOptionUsage, BadParameter, MissingParameter, NoSuchOption
from typer._click.formatting import HelpFormatter
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

WORDS = Path(__file__).parent / "words"
OPTIONS, COMMANDS = "[选项]", "命令 [选项]"
_KINDS = {"option": "选项", "argument": "参数"}
_WRONG = {"int_parsing": "应是整数", "greater_than_equal": "应不小于 {ge}"}


def speak_chinese() -> None:
    """Let gettext find our words for what typer marks, whatever language the desk is set to."""
    os.environ["LANGUAGE"] = "zh"
    gettext.bindtextdomain("typer", str(WORDS))
    gettext.textdomain("typer")


def said(trouble: TyperException) -> str:
    """What is wrong with a command as typed, without a full stop."""
    match trouble:
        case NoSuchOption():
            near = "、".join(sorted(trouble.possibilities or ()))
            return f"没有这个选项：{trouble.option_name}" + (f"，最接近的是 {near}" if near else "")
        case MissingParameter(param=param) if param:
            return f"缺少{_KINDS[param.param_type_name]} {param.get_error_hint()}"
        case BadParameter(param=param) if param:
            return f"{param.get_error_hint()} 写法不对：{_wrong(trouble)}"
    return trouble.format_message().rstrip(".")


def _wrong(trouble: BadParameter) -> str:
    """What is wrong with a value: by the kind of error that pydantic found, not by its English."""
    from pydantic import ValidationError

    if isinstance(trouble.__cause__, ValidationError):
        error = trouble.__cause__.errors()[0]
        if error["type"] in _WRONG:
            return _WRONG[error["type"]].format(**error.get("ctx", {}))
    return trouble.message


class _Page(HelpFormatter):
    """A help page with Chinese headings."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or "用法：")

    def write_heading(self, heading: str) -> None:
        self.write(f"{'':>{self.current_indent}}{heading}：\n")


class _Context(Context):
    """What a command is called in, with our help page."""

    formatter_class = _Page


class Command(TyperCommand):
    """A command that speaks Chinese."""

    context_class = _Context
    allow_extra_args = True  # so that we can say what is too much

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """What was typed behind the command. Raises TyperException where it cannot be."""
        try:
            extra = super().parse_args(ctx, args)
        except BadOptionUsage as trouble:
            flags = {name for param in self.params if getattr(param, "is_flag", False) for name in param.opts}
            how = "不写内容" if trouble.option_name in flags else "要写内容"
            ctx.fail(f"选项 '{trouble.option_name}' 后面{how}")
        if extra:
            ctx.fail(f"多出了 {' '.join(extra)}")
        return extra

    def get_help_option(self, ctx: Any) -> Any:
        """The option that asks for help."""
        return _in_chinese(super().get_help_option(ctx))

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """The arguments, without their Python types, and the options."""
        for title, kind in ((gettext.gettext("Arguments"), "argument"), (gettext.gettext("Options"), "option")):
            params = [param for param in self.get_params(ctx) if param.param_type_name == kind]
            records = [(param, param.get_help_record(ctx)) for param in params]
            lines = [(param.metavar if kind == "argument" else r[0], r[1]) for param, r in records if r]
            if lines:
                with formatter.section(title):
                    formatter.write_dl(lines)


class Commands(TyperGroup):
    """The list of commands, in Chinese."""

    context_class = _Context

    def get_help_option(self, ctx: Any) -> Any:
        """The option that asks for help."""
        return _in_chinese(super().get_help_option(ctx))

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that was typed. Raises TyperException, with the nearest one, where there is none."""
        near = [] if args[0] in self.commands else get_close_matches(args[0], self.commands)
        if near:
            ctx.fail(f"没有这个命令 {args[0]!r}，最接近的是 {near[0]!r}")
        return super().resolve_command(ctx, args)


def _in_chinese(option: Any) -> Any:
    if option is not None:
        option.help = "显示这份说明。"
    return option
