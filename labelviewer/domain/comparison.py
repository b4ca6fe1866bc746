"""Labels side by side: what they say alike, unlike, and where one of them does not answer; never a score."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import combinations

from labelviewer.domain.label import Answer, Kind, Label, Stated


class Contrast(StrEnum):
    """DIFFERENT: two labels answer, and not alike. GAP: one answers, another does not. UNANSWERED: none does."""

    SAME = "same"
    DIFFERENT = "different"
    GAP = "gap"
    UNANSWERED = "unanswered"


class Axis(StrEnum):
    """What a row is: labels of one scheme meet criterion by criterion, others topic by topic."""

    CRITERION = "criterion"
    TOPIC = "topic"


_ANSWERS = (Stated.YES, Stated.NO, Stated.UNDISCLOSED)


@dataclass(frozen=True, slots=True)
class Cell:
    """What one label says to all that its scheme asks in one row; no answers where it asks nothing there."""

    answers: tuple[Answer, ...]

    @property
    def given(self) -> tuple[Answer, ...]:
        return tuple(answer for answer in self.answers if answer.stated in _ANSWERS)

    @property
    def open(self) -> int:
        """How many questions of the row the label leaves without an answer."""
        return len(self.answers) - len(self.given)

    @property
    def stated(self) -> Stated:
        """The one word for the cell; a yes among several answers counts before a no, and any answer before none."""
        said = {answer.stated for answer in self.answers}
        order = (*_ANSWERS, Stated.UNREADABLE, Stated.SILENT)
        return next((stated for stated in order if stated in said), Stated.NOT_ASKED)


@dataclass(frozen=True, slots=True)
class Row:
    """`id` is a criterion or a topic, as the comparison's axis says. One cell for each label, in their order.

    `reference` is the cell that the others are held against; without one, each is held against each.
    """

    id: str
    topic: str
    cells: tuple[Cell, ...]
    reference: int | None = None

    @property
    def contrast(self) -> Contrast:
        """Held against a reference, others who differ only among themselves count as a gap, never as the same."""
        answered = [cell for cell in self.cells if cell.given]
        if not answered:
            return Contrast.UNANSWERED
        if any(self.unlike_reference) if self.reference is not None else _any_unlike(answered):
            return Contrast.DIFFERENT
        if len(answered) < len(self.cells) or _any_unlike(answered):
            return Contrast.GAP
        return Contrast.SAME

    @property
    def unlike_reference(self) -> tuple[bool, ...]:
        """For each cell, whether it answers, and not as the reference does."""
        if self.reference is None:
            return (False,) * len(self.cells)
        held = self.cells[self.reference]
        return tuple(bool(held.given and cell.given) and _unlike(held, cell) for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Comparison:
    labels: tuple[Label, ...]
    axis: Axis
    rows: tuple[Row, ...]

    def having(self, contrast: Contrast) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.contrast is contrast)

    @property
    def same_product(self) -> bool:
        """Two of the columns are the same label of the same product."""
        products = [(label.issuer, label.subject) for label in self.labels]
        return len(set(products)) < len(products)


def compare(
    labels: Sequence[Label], topics: Sequence[str], *, by_topic: bool = False, reference: int | None = None
) -> Comparison:
    """`topics` are the shared questions in the order in which they matter; others follow by name.

    `by_topic` is what labels of different schemes are compared by in any case.
    """
    axis = Axis.TOPIC if by_topic or not same_scheme(labels) else Axis.CRITERION
    rows = _by_topic(labels, topics) if axis is Axis.TOPIC else _by_criterion(labels)
    return Comparison(tuple(labels), axis, tuple(replace(row, reference=reference) for row in rows))


def same_scheme(labels: Iterable[Label]) -> bool:
    return len({label.scheme for label in labels}) <= 1


def _by_criterion(labels: Sequence[Label]) -> tuple[Row, ...]:
    topics = {answer.criterion: answer.topic for label in labels for answer in label.answers}
    sheets = [_by_question(label) for label in labels]
    return tuple(
        Row(criterion, topic, tuple(_cell(answers.get(criterion, ())) for answers in sheets))
        for criterion, topic in topics.items()
    )


def _by_question(label: Label) -> dict[str, list[Answer]]:
    answers: dict[str, list[Answer]] = {}
    for answer in label.answers:
        answers.setdefault(answer.criterion, []).append(answer)
    return answers


def _by_topic(labels: Sequence[Label], topics: Sequence[str]) -> tuple[Row, ...]:
    asked = dict.fromkeys(answer.topic for label in labels for answer in label.answers)
    ordered = [topic for topic in topics if topic in asked]
    ordered += sorted(topic for topic in asked if topic not in topics)
    return tuple(Row(topic, topic, tuple(_cell(label.on_topic(topic)) for label in labels)) for topic in ordered)


def _cell(answers: Iterable[Answer]) -> Cell:
    return Cell(tuple(answer for answer in answers if answer.stated is not Stated.NOT_ASKED))


def _any_unlike(cells: Iterable[Cell]) -> bool:
    return any(_unlike(one, other) for one, other in combinations(cells, 2))


def _unlike(one: Cell, other: Cell) -> bool:
    """Values are weighed against each other only where both are asked one thing, of one kind.

    Several answers are unlike where no answer to the open questions could make them alike: then a claim that is
    left out can take a difference away, and can never make one.
    """
    match one.answers, other.answers:
        case (a,), (b,) if a.kind is b.kind:
            return a.stated is not b.stated or (a.stated is Stated.YES and _gist(a) != _gist(b))
        case _:
            mine, theirs = ({answer.stated for answer in cell.given} for cell in (one, other))
            return len(theirs - mine) > one.open or len(mine - theirs) > other.open


def _gist(answer: Answer) -> object:
    """What counts of a value. Every maker has an address of its own: that there is one is what counts."""
    match answer.kind, answer.value:
        case (Kind.LINK | Kind.CONTACT, _):
            return None
        case (_, tuple() as items):
            return frozenset(items)
        case (Kind.TEXT, str() as text):
            return " ".join(text.casefold().split())
        case (_, value):
            return value
