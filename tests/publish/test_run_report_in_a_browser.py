"""The run report in Debian's chromium: on a screen, on a phone, on paper, without a script."""

import re
from dataclasses import replace

import pytest

from pipeline.outbox.publish.report_html import NAME
from tests.publish.page_reading import Report, drawn
from tests.publish.reading import pages

pytestmark = [pytest.mark.slow, pytest.mark.chromium]

DESK, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}
MANY = 600


@pytest.fixture(scope="module")
def chromium():
    """A browser; as root, which CI is, it runs only without its sandbox. Our own page is all that it opens."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def opened(chromium):
    """Open a report; at the end nothing may have been asked for but the page, and nothing complained about."""
    tabs, asked, complaints = [], [], []

    def opened(path, size=DESK, **more):
        tab = chromium.new_page(viewport=size, **more)
        tabs.append(tab)
        tab.on("request", lambda request: asked.append(request.url))
        tab.on("console", lambda message: complaints.append(message.text))
        tab.on("pageerror", lambda error: complaints.append(str(error)))
        tab.goto(path.as_uri())
        return tab

    yield opened
    for tab in tabs:
        tab.close()
    assert len(asked) == len(tabs)
    assert complaints == []


@pytest.fixture(scope="module")
def path(demo):
    """The report of the demonstration year."""
    return demo.folder / NAME


@pytest.fixture(scope="module")
def long(demo, tmp_path_factory):
    """A report of hundreds of findings: every unit, every month, most of them settled."""
    found, units = [f for f in demo.outcome.findings if f.unit], demo.outcome.office.units
    more = [
        replace(found[n % len(found)], id=f"h{n:012}", unit=units[n % 50].code, period=f"2012-{n % 12 + 1:02}")
        for n in range(MANY)
    ]
    path = tmp_path_factory.mktemp("long") / NAME
    drawn(demo, path, findings=(*demo.outcome.findings, *more))
    return path


def seen(tab, name="state"):
    """What the findings that can be seen carry under a name."""
    rows = "[].filter.call(document.querySelectorAll('#findings tbody tr'), row => row.checkVisibility())"
    return tab.evaluate(f"{rows}.map(row => row.getAttribute('data-{name}'))")


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("name", ["path", "long"])
def test_the_page_does_not_scroll_sideways(opened, request, name, size):
    tab = opened(request.getfixturevalue(name), size)

    assert tab.evaluate("document.documentElement.scrollWidth") == size["width"]
    assert tab.locator("#filter").is_visible()


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_no_word_is_cut_off_or_lies_on_another(opened, path, size):
    tab = opened(path, size)
    cut = (
        "[].filter.call(document.querySelectorAll('td, th, li, h1, h2, button, dd'), function (e) {"
        "return e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== 'inline' }).map(e => e.textContent)"
    )
    names = "[].map.call(document.querySelectorAll('svg text'), t => t.getBBox().x)"

    assert tab.evaluate(cut) == []
    assert min(tab.evaluate(names)) >= 0


@pytest.mark.parametrize(
    ("name", "value"), [("level", "must"), ("level", "note"), ("state", "待改"), ("state", "已说明"), ("state", "已改")]
)
def test_a_button_shows_its_findings_alone(opened, path, demo_outcome, name, value):
    tab = opened(path)
    button = tab.locator(f"#filter button[data-filter={name}][data-value={value}]")
    button.click()
    wanted = [f for f in demo_outcome.findings if getattr(f, name) == value]

    assert set(seen(tab, name)) == {value}
    assert len(seen(tab)) == len(wanted)
    assert button.get_attribute("aria-pressed") == "true"
    assert tab.locator("#shown").inner_text() == f"显示{len(wanted)}条，共{len(demo_outcome.findings)}条。"


@pytest.mark.parametrize("name", ["unit", "month"])
def test_a_list_shows_its_findings_alone(opened, path, name):
    tab = opened(path)
    values = [option.get_attribute("value") for option in tab.query_selector_all(f"#filter-{name} option")][1:]
    for value in values:
        tab.select_option(f"#filter-{name}", value)
        assert set(seen(tab, name)) == {value}
    tab.select_option(f"#filter-{name}", "")

    assert len(values) > 5
    assert len(seen(tab)) == 15


def test_filters_hold_together(opened, path):
    tab = opened(path)
    tab.click("#filter button[data-value=verify]")
    tab.click("#filter button[data-value=待说明]")
    tab.select_option("#filter-month", "2012-05")

    assert seen(tab, "month") == ["2012-05"]
    tab.click("#filter button[data-value=must]")
    assert seen(tab) == []
    assert [table for table in tab.query_selector_all("#findings table") if table.is_visible()] == []
    assert tab.locator("#shown").inner_text() == "显示0条，共15条。"


def test_hundreds_of_findings_begin_with_those_that_wait(opened, long):
    tab = opened(long)

    assert set(seen(tab)) == {"待改", "待说明"}
    tab.click("#filter button[data-value=已说明]")
    assert set(seen(tab)) == {"已说明"}
    tab.click("#filter button[data-filter=state][data-value='']")
    assert set(seen(tab)) == {"待改", "待说明"}


def test_a_mark_leads_to_its_finding_even_where_it_is_hidden(opened, long):
    tab = opened(long)
    tab.click("#filter button[data-value=note]")
    mark = tab.locator("#status td.late a").first
    target = mark.get_attribute("href")
    mark.click()

    assert tab.locator(target).is_visible()
    assert 0 <= tab.locator(target).bounding_box()["y"] < DESK["height"]


def test_without_a_script_everything_is_shown_and_no_filter(opened, long, demo_outcome):
    tab = opened(long, java_script_enabled=False)

    assert not tab.locator("#filter").is_visible()
    assert tab.locator("#findings tbody tr").count() == len(demo_outcome.findings) + MANY
    assert tab.locator("#settled tbody tr").last.is_visible()


def test_the_folds_open_without_a_script(opened, path):
    tab = opened(path, java_script_enabled=False)
    tie = tab.locator("#reconciliation details tbody tr").first

    assert not tie.is_visible()
    tab.click("#reconciliation details summary")
    assert tie.is_visible()


def test_the_ways_of_the_page_lead_somewhere(opened, path):
    tab = opened(path)
    links = tab.query_selector_all("nav a")
    for link in links:
        link.click()
        assert tab.evaluate("document.querySelector(location.hash).getBoundingClientRect().top") < DESK["height"]

    assert len(links) == 8


@pytest.fixture(scope="module")
def paper(chromium, path, tmp_path_factory):
    """The pages of the report on paper."""
    pdf = tmp_path_factory.mktemp("paper") / "report.pdf"
    tab = chromium.new_page(viewport=DESK)
    tab.goto(path.as_uri())
    tab.pdf(path=str(pdf), prefer_css_page_size=True)
    tab.close()
    return pages(pdf)


@pytest.mark.poppler
def test_the_demonstration_year_prints_on_a_few_pages_that_are_numbered(paper):
    feet = [re.search(r"运行编号 (\w+).*第 (\d+) 页，共 (\d+) 页", page) for page in paper]

    assert 4 <= len(paper) <= 7
    assert [(foot[2], foot[3]) for foot in feet] == [(str(n), str(len(paper))) for n in range(1, len(paper) + 1)]


@pytest.mark.poppler
def test_fifty_units_by_twelve_months_print_on_one_page(paper, demo_outcome):
    units = [unit.short for unit in demo_outcome.office.units]
    (page,) = (page for page in paper if "各单位逐期报送情况" in page)

    assert [unit for unit in units if unit not in page] == []


@pytest.mark.poppler
def test_paper_has_the_figures_and_no_buttons(paper, path):
    words = "".join(paper)
    report = Report(path)

    assert {"600", "598", "19,649", "154,855", "154,875"} <= set(re.findall(r"[\d,]+\d", words))
    assert report.said("//*[@id='verdict']/p[1]") in words
    assert "级别 全部" not in words
    assert "显示15条" not in words
