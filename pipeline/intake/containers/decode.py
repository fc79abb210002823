"""Text of a file whose encoding nobody told."""

import codecs

# What Excel and WPS write under Chinese Windows, most telling first; UTF-8 is hardly ever something else by chance.
_MARKED = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_UNMARKED = ("utf-8", "gb18030")
_CONTROLS = {chr(code) for code in range(32)} - set("\t\r\n\f\x1a")
_CONTROL_BYTES = [control.encode() for control in sorted(_CONTROLS)]


def decoded(data: bytes) -> str | None:
    """The text, or None where the bytes are no text."""
    for mark, encoding in _MARKED:
        if data.startswith(mark):
            return _text(data, encoding)
    if any(control in data for control in _CONTROL_BYTES):  # in both encodings no other letter holds such a byte
        return None
    return next((text for encoding in _UNMARKED if (text := _text(data, encoding)) is not None), None)


def _text(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if _CONTROLS & set(text) else text
