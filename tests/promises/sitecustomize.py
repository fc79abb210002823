"""On the path of a process and of every one that it starts: whoever opens a socket to another machine is told, and stopped.

Sockets of one machine's own processes (a path, no address) are let through.
"""

import os
import sys

FORBIDDEN = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.bind", "socket.connect",
             "socket.sendto", "urllib.Request", "http.client.connect", "ftplib.connect", "smtplib.connect"}  # fmt: skip
TOLD = os.environ.get("SOCKETS_TOLD")


def forbid(event: str, arguments: tuple[object, ...]) -> None:
    """Write down what was asked for, and refuse it."""
    if event not in FORBIDDEN or (len(arguments) > 1 and isinstance(arguments[1], str | bytes)):
        return
    with open(TOLD or os.devnull, "a", encoding="utf-8") as file:  # noqa: PTH123  # pathlib may not be there yet
        file.write(f"{event} {arguments[1:]}\n")
    raise PermissionError(f"no sockets at run time: {event}")


if TOLD:
    sys.addaudithook(forbid)
