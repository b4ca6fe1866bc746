"""A label together with everything it takes to put it into words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from labelviewer.domain.label import Answer, Kind, Label, Stated
from labelviewer.present.answers import Said, say_answer

if TYPE_CHECKING:
    from labelviewer.schemes.pack import Criterion, CriterionText, PackText, Strength, Topic
    from labelviewer.schemes.packs import LoadedPack, Packs
    from labelviewer.words.catalogue import Words


@dataclass(frozen=True, slots=True)
class Sheet:
    label: Label
    loaded: LoadedPack
    text: PackText
    topics: tuple[Topic, ...]
    words: Words
    today: date

    def say(self, answer: Answer) -> Said:
        criterion, text = self.criterion(answer)
        return say_answer(answer, criterion, text, self.words, self.today)

    def criterion(self, answer: Answer) -> tuple[Criterion, CriterionText]:
        criterion = self.loaded.criterion(answer.criterion)
        assert criterion is not None
        return criterion, self.text.criteria[answer.criterion]

    def strength(self, answer: Answer) -> Strength | None:
        """How far an answer was looked into; None for facts that no lab could test, and for silence."""
        criterion, _ = self.criterion(answer)
        is_testable = answer.kind in (Kind.YES_NO, Kind.CHOICE, Kind.LIST) and not criterion.read_from
        if not is_testable or answer.stated not in (Stated.YES, Stated.NO):
            return None
        return self.loaded.strength(criterion, self.label.grant.basis, self.label.grant.level)


def make_sheet(label: Label, words: Words, packs: Packs, today: date) -> Sheet:
    loaded = packs.find(label.scheme)
    assert loaded is not None
    topics = tuple(sorted(packs.topics, key=lambda topic: topic.weight))
    return Sheet(label, loaded, loaded.text(words.language), topics, words, today)
