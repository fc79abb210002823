"""What the public may have of a forwarded version: the annual tables as CSV, and one page that explains them."""

from pipeline.outbox.publish.open_release.release import FOLDER, release

__all__ = ["FOLDER", "release"]
