"""Pages built with the themes at hand, and a browser to look at them."""

from __future__ import annotations

import importlib.util
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright
from sphinx.cmd.build import build_main

ROOT = Path(__file__).parent / "root"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
Build = Callable[..., Path]
Visit = Callable[..., Page]


@pytest.fixture(scope="session")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Build the pages of the tests once for each theme, builder and set of settings: the folder they are in."""
    made: dict[tuple[str, ...], Path] = {}

    def pages(theme: str = "alabaster", builder: str = "html", **settings: str) -> Path:
        if importlib.util.find_spec(theme) is None:
            pytest.skip(f"the theme {theme} is not installed")
        changed = [f"-D{name}={value}" for name, value in settings.items()]
        key = (theme, builder, *changed)
        if key not in made:
            out = tmp_path_factory.mktemp("pages")
            asked = ["-q", "-W", "-b", builder, "-d", str(out / ".doctrees"), f"-Dhtml_theme={theme}", *changed]
            assert build_main([*asked, str(ROOT), str(out / builder)]) == 0
            made[key] = out / builder
        return made[key]

    return pages


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = os.environ.get("SOUP_CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        pytest.skip(f"no browser: none of {', '.join(BROWSERS)} is on PATH, and SOUP_CHROMIUM is not set")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield launched
        launched.close()


@pytest.fixture
def visit(browser: Browser, build: Build) -> Iterator[Visit]:
    """Open a page as a file on disk. Whatever it complains of, a dialog included, fails the test."""
    contexts = []
    complaints: list[str] = []

    def hear(said: ConsoleMessage) -> None:
        place = said.location["url"]
        if said.type == "error" and "pydata-sphinx-theme.js" not in place:  # it complains of its own first visit
            complaints.append(f"{said.text} ({place})")

    def opened(name: str, theme: str = "alabaster", url: str = "", **settings: object) -> Page:
        context = browser.new_context(**settings)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", hear)
        page.on("dialog", lambda dialog: (complaints.append(dialog.message), dialog.dismiss()))
        page.goto(url or (build(theme) / f"{name}.html").as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not complaints
