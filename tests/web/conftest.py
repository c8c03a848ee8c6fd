"""Pages built with the themes at hand, and a browser to look at them."""

from __future__ import annotations

import importlib.util
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page
from sphinx.cmd.build import build_main

ROOT = Path(__file__).parent / "root"
SAMPLE = Path(__file__).parents[2] / "sample_docs"
STRICT = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'"
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
def sample(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Build the sample with a theme, reading its sources once: the folder its pages are in."""
    folder = tmp_path_factory.mktemp("sample")
    made: set[str] = set()

    def pages(theme: str) -> Path:
        if importlib.util.find_spec(theme) is None:
            pytest.skip(f"the theme {theme} is not installed")
        if theme not in made:
            asked = ["-Q", "-b", "html", "-d", str(folder / ".doctrees"), f"-Dhtml_theme={theme}"]
            assert build_main([*asked, str(SAMPLE), str(folder / theme)]) == 0
            made.add(theme)
        return folder / theme

    return pages


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


class StrictHandler(SimpleHTTPRequestHandler):
    """Serves files with a policy that allows nothing inline, and nothing from elsewhere."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", STRICT)
        super().end_headers()

    def do_GET(self) -> None:
        if self.path == "/favicon.ico":
            self.send_response(204)
            self.end_headers()
        else:
            super().do_GET()

    def log_message(self, format: str, *arguments: object) -> None:
        pass


@contextmanager
def served_strictly(folder: Path) -> Iterator[str]:
    """The address of a folder that is served under a strict content security policy."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(StrictHandler, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
