"""What is wrong in a source, and where; the words for it live in the catalogue."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from labelviewer.domain.errors import Fact


@dataclass(frozen=True, slots=True)
class Problem:
    """`code` names the phrase `publish.problem.<code>`; `line` counts from 1, `member` is a JSON pointer.

    0 and "" where the whole file is meant.
    """

    code: str
    file: str
    line: int = 0
    member: str = ""
    facts: Mapping[str, Fact] = field(default_factory=dict)


class PublishError(Exception):
    """Nothing can be published from here until it is put right; nothing was changed."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


def refuse(code: str, file: str = "", **facts: Fact) -> PublishError:
    return PublishError(Problem(code, file, facts=facts))
