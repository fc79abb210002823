"""A form as one file, which one office hands to another: packed with all that it needs, unpacked and checked there."""

from pipeline.desk.package.made import packed
from pipeline.desk.package.received import Unpacked, unpack

__all__ = ["Unpacked", "packed", "unpack"]
