"""The flow within a Sphinx build: read, link, judge, show, keep."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sphinxcontrib_soup import __version__, trace_json
from sphinxcontrib_soup.extension import asked
from sphinxcontrib_soup.extension.checker import CheckBuilder
from sphinxcontrib_soup.extension.config import rejected_settings, settings
from sphinxcontrib_soup.extension.memory import resting
from sphinxcontrib_soup.extension.report import report
from sphinxcontrib_soup.kinds import misfits
from sphinxcontrib_soup.model import Dossier, Item, Provenance, Rejection, RiskMatrix, Table, Trace
from sphinxcontrib_soup.needs import Built, recall, remember
from sphinxcontrib_soup.needs.items import items, parts, set_verdicts
from sphinxcontrib_soup.needs.written import WrittenView, duplicates, pages
from sphinxcontrib_soup.pipeline.gather import code_files
from sphinxcontrib_soup.pipeline.judge import judge
from sphinxcontrib_soup.pipeline.link import link
from sphinxcontrib_soup.pipeline.read import read_patterns
from sphinxcontrib_soup.plugin import discover
from sphinxcontrib_soup.provenance import as_of, commit_of, top_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinxcontrib_soup.needs import Needs


def run(app: Sphinx, env: BuildEnvironment, needs: Needs) -> None:
    """Make the trace of this build, once; what shows it recalls it."""
    provenance = _provenance(app)
    trace = _trace(app, env, needs, provenance.date)
    judgement = judge(trace, discover().rules)
    views = [view for page in pages(env).values() for view in page.views]
    tables, wrong = _tables(views, Dossier(trace=trace, judgement=judgement, provenance=provenance))
    if wrong:  # what a view cannot show of these very facts is a finding, too, and the findings are shown again
        trace = replace(trace, rejections=(*trace.rejections, *wrong))
        judgement = judge(trace, discover().rules)
        tables, _ = _tables(views, Dossier(trace=trace, judgement=judgement, provenance=provenance))
    shown = tuple(sorted(views, key=lambda view: view.key))
    remember(app, Built(trace=trace, judgement=judgement, tables=tables, views=shown, provenance=provenance))
    set_verdicts(app.config, needs, trace.items, trace.verdicts)
    report(judgement, Path(app.confdir))


def _trace(app: Sphinx, env: BuildEnvironment, needs: Needs, date: str | None) -> Trace:
    folder = Path(app.confdir)
    stated = replace(settings(app), as_of=date)
    readers = discover().readers
    found, misfitting = _fitting(items(env, needs), stated.risk_matrix)
    code, lost = code_files(_with_folders(env, found), folder, top_of(folder), readers)
    files = [source for sources in code.values() for source in sources]
    reading = read_patterns(app.config.soup_evidence, folder, top_of(folder), readers, files)
    rejections = [
        *(rejection for page in pages(env).values() for rejection in page.rejections),
        *duplicates(env),
        *rejected_settings(app),
        *misfitting,
    ]
    return link(
        found,
        (*reading.evidence, *lost),
        stated,
        rejections=rejections,
        sources=reading.sources,
        others=needs.keys() - {item.id for item in found},
        parts=parts(needs),
        code={id_: tuple(source.label for source in sources) for id_, sources in code.items()},
    )


def _with_folders(env: BuildEnvironment, items: Iterable[Item]) -> Iterator[tuple[Item, Path]]:
    """The software items that name their code, each with the folder of its page."""
    for item in items:
        if item.kind == "software-item" and item.text("code") and item.document:
            yield item, Path(env.doc2path(item.document)).parent


def _fitting(found: Iterable[Item], matrix: RiskMatrix) -> tuple[list[Item], list[Rejection]]:
    """The items without values that do not fit, such as a dynamic function gave after the page was read, and these."""
    scales = {"severity": matrix.severities, "probability": matrix.probabilities}
    kept: list[Item] = []
    rejections: list[Rejection] = []
    for item in found:
        wrong = misfits(item.kind, item.fields, scales)
        fields = {name: value for name, value in item.fields.items() if name not in wrong}
        kept.append(replace(item, fields=fields) if wrong else item)
        rejections += [
            Rejection(
                id=item.id,
                kind=item.kind,
                title=item.title,
                problem=f"{problem}; the value was left out",
                location=item.location,
                kept=True,
            )
            for problem in wrong.values()
        ]
    return kept, rejections


def _tables(written: Iterable[WrittenView], dossier: Dossier) -> tuple[dict[tuple[str, int], Table], list[Rejection]]:
    """The table of each view, and the views that cannot be shown: their table holds the reason alone."""
    views = {view.name: view for view in discover().views}
    tables: dict[tuple[str, int], Table] = {}
    wrong: list[Rejection] = []
    for one in written:
        try:
            tables[one.key] = asked.table(views[one.view], one, dossier)
        except ValueError as error:
            tables[one.key] = Table(name=one.view, title=one.view, columns=(), rows=(), empty=f"Not shown: {error}.")
            wrong.append(Rejection(id=None, kind=one.view, title=one.view, problem=str(error), location=one.location))
    return tables, wrong


def _provenance(app: Sphinx) -> Provenance:
    commit = commit_of(Path(app.confdir))
    return Provenance(
        project=app.config.project,
        release=app.config.release,
        tool=f"sphinxcontrib-soup {__version__}",
        date=as_of(app.config.soup_date, commit),
        commit=commit.sha if commit else None,
        dirty=commit.dirty if commit else None,
    )


def write_trace(app: Sphinx, exception: Exception | None) -> None:
    """Keep the trace beside the pages, as `trace.json`; `soup-check` writes nothing."""
    if exception is None and app.builder.name != CheckBuilder.name:
        built = recall(app)
        text = trace_json.trace_text(built.trace, built.judgement, built.provenance, built.views)
        path = Path(app.outdir) / "trace.json"
        with resting(), path.open("w", encoding="utf-8", errors="backslashreplace") as kept:
            kept.writelines(text)
