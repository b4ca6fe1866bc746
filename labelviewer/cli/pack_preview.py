"""How a label of a pack would read: every question with its answers, on a label that nobody gave."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from rich.console import RenderableType

from labelviewer import resources
from labelviewer.cli.label_view import explained
from labelviewer.cli.pack_view import PackCheck
from labelviewer.cli.screen import bullets, grid, indented, paragraphs, section, stacked, toned
from labelviewer.domain.label import Answer, Basis, Grant, Kind, Label, Product, Stated, Value
from labelviewer.present.criteria import CriterionGroup, CriterionRow, groups
from labelviewer.present.sheet import Sheet, make_sheet
from labelviewer.schemes.pack import Criterion, Pack
from labelviewer.schemes.packs import Packs, load_packs
from labelviewer.words.catalogue import Words

_MAKER = "maker.example"


def preview(check: PackCheck, words: Words, today: date) -> RenderableType:
    """For a pack that is whole and whose name is its own."""
    assert check.pack is not None
    packs = replace(
        load_packs(resources.SCHEMES), added_folder=check.folder.parent, added_ids=(check.folder.name,)
    )  # not from the own folder, where it need not be yet
    sheets = [_sheet(check.pack, stated, words, packs, today) for stated in (Stated.YES, Stated.NO, Stated.SILENT)]
    text = sheets[0].text
    told = [text.about, *text.who_checks.values()]
    told += [words.say("says.named", name=text.level_names[level], says=means) for level, means in text.levels.items()]
    shown = zip(*map(groups, sheets), strict=True)
    return stacked(
        (
            section(words.say("pack.preview", name=text.name), bullets(told)),
            *(section(each[0].title, _group(each, words)) for each in shown),
            section(words.say("heading.not-told"), bullets(text.not_told)),
        )
    )


def _group(same: Sequence[CriterionGroup], words: Words) -> RenderableType:
    return stacked(_row(rows, words) for rows in zip(*(group.rows for group in same), strict=True))


def _row(rows: Sequence[CriterionRow], words: Words) -> RenderableType:
    yes, *others = rows
    also = grid(None, 1)
    for other in others:
        also.add_row(toned(other.says, other.tone), paragraphs(other.means))
    return stacked((explained(yes, words), indented(also)))


def _sheet(pack: Pack, stated: Stated, words: Words, packs: Packs, today: date) -> Sheet:
    label = Label(
        issuer=_MAKER,
        subject="",
        version=1,
        scheme=pack.id,
        scheme_version=pack.version,
        product=Product("iot", _MAKER, _MAKER),
        grant=Grant("", None, Basis(pack.basis[0])),
        answers=tuple(_answer(criterion, stated, today) for criterion in pack.criteria),
    )
    return make_sheet(label, words, packs, today)


def _answer(criterion: Criterion, stated: Stated, today: date) -> Answer:
    value = _value(criterion, today) if stated is Stated.YES else None
    if stated is Stated.NO:
        value = criterion.no if criterion.kind is Kind.CHOICE else False if criterion.kind is Kind.YES_NO else None
    return Answer(criterion.id, criterion.topic, criterion.kind, stated, value)


def _value(criterion: Criterion, today: date) -> Value:
    match criterion.kind:
        case Kind.YES_NO:
            return True
        case Kind.DATE:
            return date(today.year + 3, 12, 31)
        case Kind.CHOICE:
            return next(choice for choice in criterion.choices if choice != criterion.no)
        case Kind.LIST:
            return criterion.choices
        case Kind.CONTACT:
            return f"mailto:help@{_MAKER}"
        case Kind.LINK | Kind.TEXT:
            return f"https://{_MAKER}/"
