"""The open page in Debian's chromium: axe finds nothing, it asks nobody for anything, it fits a phone and a keyboard."""

import pytest

from tests.publish.test_open import folder, outcome
from tests.publish.test_run_report_in_a_browser import DESK, PHONE, chromium, opened

pytestmark = [pytest.mark.slow, pytest.mark.chromium]
__all__ = ["chromium", "folder", "opened", "outcome"]


@pytest.fixture(scope="module")
def page(folder):
    return folder / "index.html"


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_axe_finds_nothing(opened, page, size):
    from axe_playwright_python.sync_playwright import Axe

    tab = opened(page, size, bypass_csp=True)
    found = Axe().run(tab)

    assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found.response["violations"]] == []
    assert len(found.response["passes"]) > 15


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_it_does_not_scroll_sideways(opened, page, size):
    tab = opened(page, size)

    assert tab.evaluate("document.documentElement.scrollWidth") <= size["width"]


def test_the_first_key_leads_past_the_contents_and_tables_can_be_reached(opened, page):
    tab = opened(page)
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.textContent") == "跳到统计表"
    tab.keyboard.press("Enter")

    assert tab.url.endswith("#tables")
    regions = tab.locator("[role=region]")
    assert regions.count() == tab.locator("table").count()
    assert all(region.get_attribute("tabindex") == "0" for region in regions.all())


def test_each_file_can_be_had_from_the_page(opened, page):
    tab = opened(page)
    links = [link.get_attribute("href") for link in tab.locator("a[download]").all()]

    assert len(links) == len(list(page.parent.glob("*.csv")))
    assert all((page.parent / link).is_file() for link in links)
