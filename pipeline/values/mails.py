"""The mail that a file came in: evidence of who sent it and when, which decides nothing by itself."""

from typing import NamedTuple


class Mail(NamedTuple):
    """``sender`` as its head has it, ``sent`` the day it says (ISO, by the clock of China), ``id`` its Message-Id."""

    sender: str = ""
    sent: str = ""
    id: str = ""


NO_MAIL = Mail()
