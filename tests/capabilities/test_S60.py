"""S60: documents are read by every newcomer. From a risk to the execution that proves its control in three clicks."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from sphinx.cmd.build import build_main

from tests.capabilities.conftest import Dossier

REACH = 3
"""How many clicks may lie between the first page and the execution."""


class Newcomer:
    """Somebody who opens the first page, and clicks."""

    def __init__(self, page: Page, start: Path) -> None:
        self.page, self.clicks = page, 0
        page.goto(start.as_uri())

    def click(self, what: Locator) -> None:
        self.clicks += 1
        what.click()

    def to_the_control_of_a_risk(self) -> Locator:
        """Over the page of risks to the chain of the first one: its executions."""
        self.click(self.page.get_by_role("link", name="Risks", exact=True).first)
        self.click(self.page.get_by_role("button", name="Chain of RISK_1"))
        return self.page.locator(".soup-chain .soup-steps")


@pytest.fixture
def newcomer(dossier: Dossier, tmp_path: Path, browser: Browser) -> Newcomer:
    out = tmp_path / "html"
    assert build_main(["-q", "-d", str(tmp_path / "doctrees"), str(dossier.folder), str(out)]) == 0
    return Newcomer(browser.new_page(), out / "index.html")


def test_from_the_first_page_to_the_execution_that_proves_a_control(newcomer: Newcomer) -> None:
    chain = newcomer.to_the_control_of_a_risk()
    expect(chain).to_contain_text("controlled by Mitigation RCM_1 Insulin on board is taken off")
    expect(chain.locator("li", has_text="results/unit-python.xml").last).to_contain_text("passed")
    newcomer.click(chain.get_by_role("link", name="RCM_1").first)
    expect(newcomer.page.locator("#RCM_1")).to_be_in_viewport()
    assert newcomer.clicks <= REACH


def test_what_fails_is_seen_at_the_risk(dossier: Dossier, tmp_path: Path, browser: Browser) -> None:
    results = dossier.read("results/unit-python.xml")
    case = next(part for part in results.split("<testcase ") if "RCM_1" in part or "TC_1" in part)
    name = case.partition(' name="')[2].partition('"')[0]
    failing = case.replace("</testcase>", '<failure message="no"/></testcase>')
    dossier.write("results/unit-python.xml", results.replace(case, failing))
    out = tmp_path / "html"
    build_main(["-q", "-d", str(tmp_path / "doctrees"), str(dossier.folder), str(out)])
    chain = Newcomer(browser.new_page(), out / "index.html").to_the_control_of_a_risk()
    expect(chain.locator("li", has_text=name).last).to_contain_text("failed")
