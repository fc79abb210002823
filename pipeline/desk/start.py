"""Where a command begins. A process that reads returns loads this module too, and must not load the command line."""


def main() -> None:
    """Run the command line (pipeline.desk.cli)."""
    from pipeline.desk.cli import main as command

    command()
