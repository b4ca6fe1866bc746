"""The door to the second thread: only the newest question is answered, and no bug is lost."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event, current_thread

import pytest

from labelviewer.ui.jobs import Answer, Done, Failed, LatestJob, OneThread, once
from tests.ui_fixtures import Crank, wait_until


def test_an_answer_comes_back(crank: Crank) -> None:
    answers: list[Answer[int]] = []
    LatestJob(crank).ask(lambda _tell: 7, answers.append)
    assert answers == []
    crank.turn()
    assert answers == [Done(7)]


def test_only_the_newest_question_is_answered(crank: Crank) -> None:
    answers: list[Answer[str]] = []
    job = LatestJob(crank)
    job.ask(lambda _tell: "old", answers.append)
    job.ask(lambda _tell: "new", answers.append)
    crank.turn_all()
    assert answers == [Done("new")]


def test_progress_of_an_old_question_is_dropped(crank: Crank) -> None:
    heard: list[str] = []
    job = LatestJob(crank)
    for name in ("old", "new"):
        job.ask(lambda tell, name=name: tell(name), lambda _answer: None, heard.append)  # type: ignore[misc]
    crank.turn_all()
    assert heard == ["new"]


def test_a_forgotten_question_is_not_answered(crank: Crank) -> None:
    answers: list[Answer[int]] = []
    job = LatestJob(crank)
    job.ask(lambda _tell: 7, answers.append)
    job.forget()
    crank.turn()
    assert answers == []


@pytest.mark.fault("U2")
def test_a_bug_comes_back_as_an_answer(crank: Crank) -> None:
    answers: list[Answer[float]] = []
    LatestJob(crank).ask(lambda _tell: 1 / 0, answers.append)
    crank.turn()
    (answer,) = answers
    assert isinstance(answer, Failed)
    assert isinstance(answer.error, ZeroDivisionError)


def test_work_runs_on_the_other_thread_and_is_answered_on_this_one() -> None:
    thread = OneThread("worker")
    job = LatestJob(thread)
    worked, answered, told = [], [], []

    def work(tell: object) -> str:
        worked.append(current_thread().name)
        tell("half way")  # type: ignore[operator]
        return "done"

    job.ask(
        work,
        lambda answer: answered.append((answer, current_thread().name)),
        lambda progress: told.append((progress, current_thread().name)),
    )
    wait_until(lambda: bool(answered))
    here = current_thread().name
    assert worked == ["worker"]
    assert told == [("half way", here)]
    assert answered == [(Done("done"), here)]
    assert thread.close()


def test_jobs_run_one_at_a_time_in_order() -> None:
    thread, done = OneThread("worker"), Event()
    order: list[int] = []
    for number in range(20):
        thread.submit(lambda number=number: order.append(number))  # type: ignore[misc]
    thread.submit(done.set)
    assert done.wait(5)
    assert order == list(range(20))
    assert thread.close()


def test_a_thread_that_never_worked_is_closed_at_once() -> None:
    assert OneThread("idle").close()


def test_a_thread_that_hangs_does_not_hold_up_the_exit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("labelviewer.ui.jobs.CLOSE_SECONDS", 0.0)
    thread, release = OneThread("stuck"), Event()

    def hang() -> None:
        release.wait(10)

    thread.submit(hang)
    assert not thread.close()
    release.set()


def test_what_is_made_once_is_made_once_for_all_threads() -> None:
    start, made = Barrier(4), Event()
    numbers: list[int] = []

    def make() -> list[int]:
        made.wait(0.05)
        numbers.append(len(numbers))
        return numbers

    get = once(make)

    def ask(_thread: int) -> list[int]:
        start.wait()
        return get()

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(ask, range(4)))
    assert numbers == [0]
    assert all(answer is numbers for answer in answers)
