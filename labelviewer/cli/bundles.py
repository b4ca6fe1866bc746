"""Bundles on the command line: a file in, a file out, and how far it has come."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from labelviewer import __version__
from labelviewer.adapters.files import writing
from labelviewer.adapters.library import Library
from labelviewer.cli.exit_status import Exit
from labelviewer.cli.options import UsageError
from labelviewer.cli.screen import indented, notice_row, plain
from labelviewer.domain.errors import CannotSaveError, KeepError
from labelviewer.pipeline.bundle import BundleError, OnProgress, export_bundle, import_bundle
from labelviewer.present.bundle_lines import bundle_lines
from labelviewer.present.notice import notice

if TYPE_CHECKING:
    from labelviewer.cli import Job
    from labelviewer.pipeline.run import Ports


def bundle(job: Job, ports: Ports) -> Exit:
    """Raises UsageError where the file cannot be opened."""
    use, name = job.options.sources
    if not isinstance(ports.keeper, Library):
        raise UsageError("cli.bundle-no-library")
    try:
        if use == "import":
            return _import(job, ports, ports.keeper, Path(name))
        return _export(job, ports, ports.keeper, Path(name))
    except KeepError as problem:
        _tell(job, Exit.UNCHECKED, {}, problem.code)
        job.desk.show(indented(notice_row(notice(job.words, problem.code, problem.facts))))
        return Exit.UNCHECKED


def _import(job: Job, ports: Ports, library: Library, path: Path) -> Exit:
    try:
        file = path.open("rb")
    except OSError as error:
        raise UsageError("cli.bundle-no-file", name=path.name) from error
    with file, _progress(job, path.name) as on_progress:
        try:
            done = import_bundle(
                file,
                library,
                ports.trust.trust,
                ports.clock.now(),
                take_trust=ports.carried.take_trust if ports.carried else None,
                on_progress=on_progress,
            )
        except BundleError as error:
            done = None
            reason: str | None = error.reason
        else:
            reason = None
    if done is None:
        _tell(job, Exit.UNCHECKED, {}, reason)
        job.desk.complain(job.words.say(f"bundle.{reason}", name=path.name))
        return Exit.UNCHECKED
    status = Exit.UNCHECKED if done.refused else Exit.CHECKED
    _tell(job, status, asdict(done), None)
    if not job.options.json:
        job.desk.show(*(plain(line) for line in bundle_lines(done, job.words)))
    return status


def _export(job: Job, ports: Ports, library: Library, path: Path) -> Exit:
    """Whole or not at all: written beside it, then put in its place."""
    try:
        parts = ports.carried.trust_parts() if ports.carried else ()
        with writing(path) as file:
            labels, statuses = export_bundle(file, library, ports.trust.trust(), ports.clock.now(), parts=parts)
    except CannotSaveError as error:
        if isinstance(error.__cause__, OSError):
            raise UsageError("cli.bundle-no-place", name=str(path)) from error
        raise
    _tell(job, Exit.CHECKED, {"labels": labels, "statuses": statuses}, None)
    if not job.options.json:
        job.desk.show(plain(job.words.say("bundle.exported", n=labels, name=path.name)))
    return Exit.CHECKED


def _tell(job: Job, status: Exit, counts: dict[str, object], problem: str | None) -> None:
    if job.options.json:
        record = {"labelviewer": __version__, "exit_status": int(status), "problem": problem, **counts}
        job.desk.hand_over(record)


@contextmanager
def _progress(job: Job, name: str) -> Iterator[OnProgress]:
    """A bar on a terminal; nothing elsewhere."""
    console = Console(file=job.desk.stderr, markup=False, emoji=False, width=job.desk.width)
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not job.desk.stderr.isatty()) as bar:
        task = bar.add_task(plain(name).plain, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
