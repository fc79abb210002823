"""The command line's own words in Chinese: help pages and what is wrong with a command as typed."""

from typing import Any

from typer.core import TyperCommand, TyperGroup

_WORDS = {
    "Usage: ": "用法：",
    "[OPTIONS]": "[选项]",
    "COMMAND [ARGS]...": "命令 [选项]",
    "Options:": "选项：",
    "Commands:": "命令：",
    "Arguments:": "参数：",
    "Show this message and exit.": "显示这份说明。",
    "[default: ": "[默认：",
    "[required]": "[必填]",
    "Missing command.": "没有写命令。",
    "Missing option": "缺少选项",
    "Missing argument": "缺少参数",
    "No such option: ": "没有这个选项：",
    "No such command": "没有这个命令",
    ". Did you mean": "，最接近的是",
    " (Possible options: ": "，最接近的是 ",
    "Option '": "选项 '",
    " requires an argument": " 后面要写内容",
    " <path>": "",
    " <list[Path]>": "",
    " <int>": "",
    " <str>": "",
    "Input should be a valid integer, unable to parse string as an integer": "应是整数",
    "Input should be greater than or equal to": "应不小于",
    "Invalid value for ": "写法不对：",
    "Got unexpected extra argument": "多出了",
    "Got unexpected extra arguments": "多出了",
}


def chinese(text: str) -> str:
    """The text of the command line library with its fixed words in Chinese."""
    for english, ours in _WORDS.items():
        text = text.replace(english, ours)
    return text


class Command(TyperCommand):
    """A command whose help page is Chinese."""

    def get_help(self, ctx: Any) -> str:
        """The help page."""
        return chinese(super().get_help(ctx))


class Commands(TyperGroup):
    """The list of commands, in Chinese."""

    def get_help(self, ctx: Any) -> str:
        """The help page."""
        return chinese(super().get_help(ctx))
