"""`python -m pipeline.desk.windows`: build the folder from an embeddable Python and wheels, both by path."""

import argparse
import sys
from pathlib import Path

from pipeline.desk.windows.build import LIST, build
from schemas.mistake import CannotRun


def main() -> int:
    """Build it, and say what it came to."""
    asked = argparse.ArgumentParser(
        prog="python -m pipeline.desk.windows", description="做一个 Windows 上解开就能用的文件夹"
    )
    asked.add_argument("--python", type=Path, required=True, help="嵌入式 Python 的 .zip")
    asked.add_argument("--wheels", type=Path, required=True, help="放 .whl 文件的文件夹")
    asked.add_argument("--to", type=Path, required=True, help="做在哪里")
    given = asked.parse_args()
    try:
        made = build(given.python, given.wheels, given.to)
    except CannotRun as trouble:
        sys.stderr.write(f"不能做：{trouble}\n")
        return 2
    told = (
        f"做好了“{given.to}”：{len(made.files)} 个文件，{made.size / 1e6:.0f} MB，最长的路径 {len(made.longest)} 个字。"
    )
    sys.stdout.write(f"{told}\n{LIST} 的 SHA-256：{made.sha256}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
