"""What a double click does: the command with the folder's own inbox and outbox, and what it made is opened."""

import os
import sys
from datetime import date, timedelta
from pathlib import Path

from pipeline.desk.windows.build import INBOX, OUTBOX

REPORT = "运行报告.html"
_DEMO = "演示"


def usual_month(action: str, today: date) -> str:
    """The month that is meant where none is said: this one to be filled in, the one before to be forwarded."""
    first = today.replace(day=1)
    return f"{first if action == 'templates' else first - timedelta(days=1):%Y-%m}"


def arguments(action: str, given: list[str], today: date, said: str = "") -> list[str]:
    """What would be typed for an action; ``said`` is the month that was asked for."""
    month = said or usual_month(action, today)
    match action:
        case "run":
            return ["run", "--inbox", INBOX, "--outbox", OUTBOX]
        case "templates":
            return ["templates", "--period", month, "--inbox", INBOX, "--outbox", OUTBOX]
        case "publish":
            return ["publish", "--through", month, "--inbox", INBOX, "--outbox", OUTBOX]
        case "demo":
            return ["demo", _DEMO]
        case _:
            return [action, *given]


def opened(action: str) -> Path | None:
    """What is opened when it is done: the newest run report, the folder of what was made."""
    where = {"run": OUTBOX, "demo": f"{_DEMO}/outbox"}.get(action)
    if where:
        return max(Path(where).glob(f"*/{REPORT}"), key=lambda path: path.stat().st_mtime, default=None)
    folder = {"templates": Path(OUTBOX) / "模板", "publish": Path(OUTBOX) / "上报"}.get(action)
    return folder if folder and folder.exists() else None


def main() -> None:
    """Do what was double-clicked."""
    from pipeline.desk.cli import main as command

    action, *given = sys.argv[1:]
    if action == "check" and not given:
        sys.stdout.write("请把要检查的报表拖到这个文件上。\n")
        return
    today = date.today()  # noqa: DTZ011  # the desk's own day
    asked = f"哪一期？直接回车是 {usual_month(action, today)}："
    said = input(asked).strip() if action in {"templates", "publish"} else ""
    sys.argv = ["yuebao", *arguments(action, given, today, said)]
    try:
        command()
    finally:
        shown = opened(action)
        if shown and hasattr(os, "startfile"):
            os.startfile(shown)  # noqa: S606  # a double click opens what it made


if __name__ == "__main__":
    main()
