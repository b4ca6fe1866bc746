"""One exit status for every headline that there can be, and one winner among several."""

from itertools import permutations

import pytest

from labelviewer.cli.exit_status import EXIT_OF_CODE, WORST_FIRST, Exit, worst
from labelviewer.domain.errors import KeepError, LabelViewerError
from tests.labels import words

# Messages that are never the headline of a reading: camera, window, kiosk, voice, alerts beside a headline.
ELSEWHERE = {
    *("S01", "S02", "S03", "S04", "S05", "S06", "S07", "S08", "S10", "S11", "S12", "S14", "S24"),
    *("S15", "S16", "S17", "S18"),
    *("S30", "S31", "S32"),
    *("F03", "F13", "S44H"),
    *("V11", "V12", "V13", "V14", "V15", "V16"),
    *(f"C{number:02}" for number in range(1, 13) if number != 10),
    *(f"A{number:02}" for number in range(1, 12)),
    "A06H",
}


@pytest.mark.parametrize(
    ("code", "status"),
    [
        *(("V01", Exit.CHECKED), ("V18", Exit.CHECKED)),
        *(("S48", Exit.USAGE), ("C10", Exit.USAGE)),
        *(("S26", Exit.FAULT),),
        *(
            (code, Exit.NO_CODE)
            for code in ("S13", "S20", "S21", "S22", "S23", "S25", "S25H", "S40", "S41", "S47", "S49")
        ),
        *((code, Exit.NETWORK) for code in ("F02", "F04", "F07", "F09", "F10", "F15")),
        *((code, Exit.NOT_REAL) for code in ("V03", "V10")),
        *((code, Exit.RAN_OUT) for code in ("V05", "V06", "V07", "V17", "F06")),
        *((code, Exit.UNCHECKED) for code in ("F01", "F05", "F08", "F11", "F12", "F14")),
        *((code, Exit.UNCHECKED) for code in ("V02", "V04", "V08", "V09", "V19", "V20")),
        *((code, Exit.UNCHECKED) for code in ("S42", "S43", "S44", "S45", "S46", "S50")),
    ],
)
def test_a_headline_has_its_exit_status(code: str, status: Exit) -> None:
    assert EXIT_OF_CODE[code] is status


def test_every_message_is_either_a_headline_or_named_as_something_else() -> None:
    assert EXIT_OF_CODE.keys() | ELSEWHERE == words().messages.keys()
    assert not EXIT_OF_CODE.keys() & ELSEWHERE


def leaves(error: type[LabelViewerError]) -> set[type[LabelViewerError]]:
    below = error.__subclasses__()
    return {error} if not below else set().union(*map(leaves, below))


def test_every_problem_on_the_way_is_a_headline() -> None:
    problems = leaves(LabelViewerError) - leaves(KeepError)
    assert len(problems) > 20
    assert {problem.code for problem in problems} <= EXIT_OF_CODE.keys()


def test_numbers_are_those_that_scripts_rely_on() -> None:
    assert {status.name: status.value for status in Exit} == {
        "CHECKED": 0,
        "USAGE": 1,
        "NO_CODE": 2,
        "NETWORK": 3,
        "NOT_REAL": 4,
        "RAN_OUT": 5,
        "UNCHECKED": 6,
        "FAULT": 70,
    }


def test_the_worst_of_several_wins_in_whatever_order_they_come() -> None:
    assert set(WORST_FIRST) == set(Exit)
    assert worst([]) is Exit.CHECKED
    for order in permutations((Exit.CHECKED, Exit.NETWORK, Exit.RAN_OUT, Exit.NOT_REAL)):
        assert worst(order) is Exit.NOT_REAL
    assert worst([Exit.CHECKED, Exit.USAGE, Exit.NO_CODE]) is Exit.NO_CODE
    assert worst([Exit.NETWORK, Exit.UNCHECKED]) is Exit.UNCHECKED
