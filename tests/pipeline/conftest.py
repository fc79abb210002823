"""The order of the tests: the demonstration year takes longest to build, and nobody shall wait for it."""


def pytest_collection_modifyitems(items):
    """Begin with one test of the demonstration year, and come back to the others when it is built."""
    first, *later = [item for item in items if "demo_folder" in getattr(item, "fixturenames", ())] or [None]
    if first:
        items[:] = [first, *(item for item in items if item is not first and item not in set(later)), *later]
