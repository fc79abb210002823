"""A folder for Windows that works when unpacked: Python, packages, program, and files to double-click."""
