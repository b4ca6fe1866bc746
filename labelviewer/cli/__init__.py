"""The command line: reads, compares, explains; opens the window when asked for nothing else. It works without Qt."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, NamedTuple, TextIO

from labelviewer import __version__, resources
from labelviewer.adapters.system_language import system_languages
from labelviewer.cli.display import has_display
from labelviewer.cli.exit_status import Exit, worst
from labelviewer.cli.options import MOST_COLUMNS, Command, Options, UsageError, parse
from labelviewer.words.catalogue import ENGLISH, Words, load_words
from labelviewer.words.languages import Tongues, best_of, offered, speak

if TYPE_CHECKING:
    from rich.console import RenderableType

    from labelviewer.adapters.first_window import Note
    from labelviewer.adapters.profile import Profile
    from labelviewer.adapters.proxy import FindProxy
    from labelviewer.cli.answer import Answer
    from labelviewer.pipeline.ports import PictureReader
    from labelviewer.pipeline.run import Ports
    from labelviewer.present.compare_page import ComparePage

INTERRUPTED: Final = 130


MakePorts = Callable[["PictureReader"], "Ports"]
"""Everything else that reaches outside, around the reader of pictures that is handed in."""


class Desk(NamedTuple):
    """Where is read and written. `width` in columns; None leaves it to the terminal."""

    stdin: BinaryIO
    stdout: TextIO
    stderr: TextIO
    width: int | None = None

    def show(self, *parts: RenderableType) -> None:
        from labelviewer.cli.screen import show

        show(self.stdout, *parts, width=self.width)

    def hand_over(self, value: object) -> None:
        from labelviewer.cli.record import to_ascii

        self.stdout.write(f"{to_ascii(value)}\n")

    def complain(self, *lines: str) -> None:
        from labelviewer.cli.screen import plain, show

        show(self.stderr, *map(plain, lines), width=self.width)


class Job(NamedTuple):
    options: Options
    profile: Profile
    words: Words
    desk: Desk
    make_ports: MakePorts


def script() -> None:
    """The command `labelviewer`."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError):
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        status = main(sys.argv[1:], Desk(sys.stdin.buffer, sys.stdout, sys.stderr))
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = Exit.CHECKED
    sys.exit(status)


def main(arguments: Sequence[str], desk: Desk, make_ports: MakePorts | None = None) -> int:
    """Everything but the process. Returns the exit status; no traceback is ever shown."""
    try:
        options = parse(arguments)
        words = _speak(options.language)
    except UsageError as error:
        words = _speak(None)
        desk.complain(words.say(error.key, **error.facts), words.say("cli.see-help"))
        return Exit.USAGE
    return _guarded(options, words, desk, make_ports)


def _speak(language: str | None) -> Words:
    """The language or its base; that of the terminal where none was named. Raises UsageError."""
    known = offered(resources.LANGUAGES)
    if language is None:
        return load_words(resources.WORDS, best_of(system_languages(), known) or ENGLISH)
    words = speak(resources.WORDS, language, known)
    if words is None:
        raise UsageError("cli.unknown-language", name=language, languages=", ".join(known))
    return words


def _tongues(job: Job) -> Tongues:
    asked = None if job.options.language is None else job.words.language
    return Tongues(offered(resources.LANGUAGES), _speak, asked)


def _guarded(options: Options, words: Words, desk: Desk, make_ports: MakePorts | None) -> int:
    from labelviewer.adapters.profile import find_profile

    profile = find_profile(options.profile)
    try:
        return _run(Job(options, profile, words, desk, make_ports or partial(_real_ports, options, profile)))
    except UsageError as error:
        desk.complain(words.say(error.key, **error.facts))
        return Exit.USAGE
    except BrokenPipeError:
        raise
    except KeyboardInterrupt:
        desk.complain(words.say("cli.stopped"))
        return INTERRUPTED
    except Exception as fault:  # noqa: BLE001
        from labelviewer.cli.faults import note

        noted = [words.say("cli.log", place=str(profile.log))] if note(profile.log, fault) else []
        desk.complain(words.message("A05", {}).title, words.say("cli.fault"), *noted)
        return Exit.FAULT


def _real_ports(options: Options, profile: Profile, pictures: PictureReader) -> Ports:
    from labelviewer.cli.ports import compose

    return compose(profile, pictures, offline=options.offline, find_proxy=_find_proxy(options))


@contextmanager
def _open_ports(job: Job) -> Iterator[Ports]:
    """The process that opens pictures starts with the first picture, and is gone afterwards."""
    from labelviewer.adapters.picture_worker import WorkerReader

    with closing(WorkerReader()) as pictures:
        yield job.make_ports(pictures)


def _find_proxy(options: Options) -> FindProxy:
    """The window goes the way its system is set to, as every program with a window does; a command when told to."""
    from labelviewer.adapters.proxy import configured_proxy, no_proxy

    if options.command is Command.WINDOW:
        from labelviewer.adapters.system_proxy import system_proxy

        return system_proxy
    return configured_proxy if options.proxy else no_proxy


def _run(job: Job) -> int:
    match job.options.command:
        case Command.WINDOW:
            return _window(job)
        case Command.READ:
            return _read(job)
        case Command.COMPARE:
            return _compare(job)
        case Command.BUNDLE:
            return _bundle(job)
        case Command.TRUST:
            return _trust(job)
        case Command.DOCTOR:
            return _doctor(job)
        case Command.PUBLISH:
            from labelviewer.cli.publish import publish

            return publish(job.options.sources, job.words, job.desk)
        case Command.HELP:
            from labelviewer.cli.help_view import help_view

            job.desk.show(help_view(job.words))
        case Command.VERSION:
            job.desk.stdout.write(f"labelviewer {__version__}\n")
    return Exit.CHECKED


@contextmanager
def _no_sweeping() -> Iterator[None]:
    """What is loaded for the first page stays; to look for garbage among it only costs time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _window(job: Job) -> int:
    if not has_display():
        raise UsageError("cli.needs-window")
    with _no_sweeping():
        try:
            from labelviewer.adapters.first_window import FirstWindow
            from labelviewer.ui.opening import SETTINGS, open_window
        except ImportError as missing:
            if not (missing.name or "").startswith(("PySide6", "shiboken6")):
                raise
            raise UsageError("cli.no-window") from missing
        given, first = _note(job.options), FirstWindow(job.profile.state)
        if not first.claim() and not job.options.offline and first.hand_over(given):
            return Exit.CHECKED
        opened = open_window(job.profile.config / SETTINGS, job.words, _tongues(job))
        is_open = opened.wait_for_first_frame()
    if not is_open:
        opened.close()
        first.close()
        return Exit.CHECKED
    from labelviewer import app

    return app.run(opened, job.make_ports, job.profile, first, given)


def _note(options: Options) -> Note:
    from labelviewer.adapters.first_window import Note
    from labelviewer.cli.options import is_link

    files = tuple(os.path.abspath(word) for word in options.sources if not is_link(word))  # noqa: PTH100
    link = next(filter(is_link, options.sources), "")
    return Note(files, link, options.samples)


def _read(job: Job) -> int:
    from labelviewer.cli.record import record

    answers = []
    with _open_ports(job) as ports:
        for answer in _answers(job, ports):
            answers.append(answer)
            if job.options.proof is not None:
                _save_proof(job.options.proof, answer, job, ports)
            if not job.options.json:
                job.desk.show(*_shown(answer, job, ports))
        _on_paper(answers, job, ports)
    if job.options.json:
        records = [record(answer, explain=job.options.explain) for answer in answers]
        job.desk.hand_over(records[0] if len(records) == 1 else records)
    return worst(answer.status for answer in answers)


def _save_proof(place: Path, answer: Answer, job: Job, ports: Ports) -> None:
    """Never over something that is there. Raises UsageError."""
    from labelviewer.pipeline.proof import make_proof

    if len(job.options.sources) > 1 or answer.inspection.report is None:
        raise UsageError("cli.nothing-to-prove")
    _write_new(place, make_proof(answer.inspection, ports))


def _save_comparison(place: Path, answers: Sequence[Answer], ports: Ports) -> None:
    """What can be put side by side. Raises UsageError, also where something is there already."""
    from labelviewer.pipeline.saved_comparison import can_be_saved, make_comparison

    sides = [answer.inspection for answer in answers if answer.can_be_compared]
    if not can_be_saved(sides):
        raise UsageError("cli.nothing-to-compare")
    _write_new(place, make_comparison(sides, ports))


def _on_paper(answers: Sequence[Answer], job: Job, ports: Ports) -> None:
    """What to ask, and the page; never over something that is there. Raises UsageError."""
    options = job.options
    if not options.ask and options.pdf is None:
        return
    from labelviewer.cli.paper_out import as_pdf, papers, questions_view

    if options.ask and not options.json:
        job.desk.show(*questions_view(answers, job.words, ports.packs, _today(ports)))
    if options.pdf is not None:
        made = papers(answers, job.words, ports.packs, _today(ports), ask=options.ask, anyway=options.anyway)
        _write_new(options.pdf, as_pdf(made))


def _write_new(place: Path, data: bytes) -> None:
    try:
        with place.open("xb") as file:
            file.write(data)
    except OSError as fault:
        raise UsageError("cli.not-written", place=str(place)) from fault


def _trust(job: Job) -> int:
    from labelviewer.cli.trust_view import trust

    with _open_ports(job) as ports:
        return trust(job.options, ports, job.words, job.desk.show)


def _bundle(job: Job) -> int:
    from labelviewer.cli.bundles import bundle

    with _open_ports(job) as ports:
        return bundle(job, ports)


def _compare(job: Job) -> int:
    from labelviewer.cli.compare_view import compare_view
    from labelviewer.cli.record import comparison

    with _open_ports(job) as ports:
        answers = list(_answers(job, ports))
        if not 2 <= len(answers) <= MOST_COLUMNS:
            raise UsageError("cli.how-many")
        if job.options.save is not None:
            _save_comparison(job.options.save, answers, ports)
    status = worst(answer.status for answer in answers)
    page = _side_by_side(answers, job, ports)
    if job.options.json:
        job.desk.hand_over(comparison(answers, page, status, explain=job.options.explain))
        _on_paper(answers, job, ports)
        return status
    for answer in answers:
        if not answer.can_be_compared:
            job.desk.show(*_shown(answer, job, ports))
    if page is None:
        job.desk.complain(job.words.say("cli.nothing-to-compare"))
    else:
        job.desk.show(compare_view(page, job.words, explain=job.options.explain))
    _on_paper(answers, job, ports)
    return status


def _side_by_side(answers: Sequence[Answer], job: Job, ports: Ports) -> ComparePage | None:
    from labelviewer.present.compare_page import compare_page

    sides = [answer.inspection for answer in answers if answer.can_be_compared]
    if len(sides) < 2:
        return None
    return compare_page(sides, job.words, ports.packs, _today(ports), show_hidden=job.options.anyway)


def _doctor(job: Job) -> int:
    if job.options.pack is not None:
        return _look_over(job.options.pack, job)
    from labelviewer.cli.doctor import doctor_record, doctor_view, examine, status_of

    checks = examine(job.profile, job.words)
    if job.options.json:
        job.desk.hand_over(doctor_record(checks))
    else:
        job.desk.show(doctor_view(checks, job.words))
    return status_of(checks)


def _look_over(folder: Path, job: Job) -> int:
    from labelviewer.cli.pack_view import check_pack, pack_record, pack_view

    check = check_pack(folder, job.profile)
    if job.options.json:
        job.desk.hand_over(pack_record(check))
    else:
        job.desk.show(pack_view(check, job.words, explain=job.options.explain))
        if job.options.explain and check.status is Exit.CHECKED:
            from labelviewer.adapters.clock import SystemClock
            from labelviewer.cli.pack_preview import preview

            job.desk.show(preview(check, job.words, SystemClock().now().astimezone().date()))
    return check.status


def _answers(job: Job, ports: Ports) -> Iterator[Answer]:
    from labelviewer.cli.answer import answer
    from labelviewer.cli.sources import inspect_saved, inspect_source, name_of

    for source in job.options.sources:
        name = name_of(source, job.words.say("cli.standard-input"))
        saved = inspect_saved(source, ports, name=name)
        found = saved or (inspect_source(source, ports, job.desk.stdin, name=name, options=job.options),)
        for place, look in enumerate(found, 1):
            called = name if len(found) == 1 else job.words.say("compare.numbered", product=name, number=place)
            yield answer(source, called, look, job.words, ports.packs, _today(ports), show_hidden=job.options.anyway)


def _today(ports: Ports) -> date:
    """The day where the person is."""
    return ports.clock.now().astimezone().date()


def _shown(answer: Answer, job: Job, ports: Ports) -> Iterator[RenderableType]:
    """A name above each answer where there are several."""
    from labelviewer.cli.label_view import choice_view, label_view, problem_view
    from labelviewer.cli.screen import indented, notice_row, title
    from labelviewer.present.notice import notice

    if len(job.options.sources) > 1:
        yield title(answer.name)
    if answer.page is not None:
        yield label_view(answer.page, job.words, explain=job.options.explain)
    elif answer.inspection.needs_choice:
        yield choice_view(answer.headline, answer.inspection, job.words, answer.name, ports.trust.trust().route)
    else:
        yield problem_view(answer.headline, answer.inspection, job.words)
    kept = answer.inspection.not_kept
    if kept is not None and answer.page is None:
        yield indented(notice_row(notice(job.words, kept.code, kept.facts)))
