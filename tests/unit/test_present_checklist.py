"""What an owner can do: one task for each question that matters, in the words of the scheme."""

from labelviewer.pipeline.run import inspect_code
from labelviewer.present.checklist import Task, checklist
from tests.desk import ports_of
from tests.labels import packs, words
from tests.simulator import NOW, Authority


def tasks(authority: Authority) -> tuple[Task, ...]:
    return checklist(inspect_code(authority.code(), ports_of(authority)), words(), packs(), NOW.date())


def test_each_question_at_a_glance_has_its_task() -> None:
    found = tasks(Authority().publish())
    assert {"support-until", "default-password", "updates-automatic"} <= {task.criterion for task in found}
    assert len({task.criterion for task in found}) == len(found) <= 8
    assert all(task.text for task in found)


def test_silence_has_a_task_too() -> None:
    assert tasks(Authority().publish(claims=[])) != ()


def test_a_label_whose_facts_are_hidden_has_none() -> None:
    assert tasks(Authority().publish().withdraw()) == ()
