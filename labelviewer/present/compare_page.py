"""The compare page as frozen text: sentences on top, rows by group, differences counted, equal rows folded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from labelviewer.domain.comparison import Axis, Comparison, Contrast, Row, compare, same_scheme
from labelviewer.domain.comparison import Cell as Stand
from labelviewer.domain.label import Kind, Label, Stated
from labelviewer.domain.report import Report, State
from labelviewer.present.answers import SUPPORT_END, Said, name, one_after_another, say_left, silence
from labelviewer.present.differences import difference
from labelviewer.present.facts import is_proven, names_product
from labelviewer.present.glossary import Term, terms_in
from labelviewer.present.notice import Notice, Tone, notice, notice_for
from labelviewer.present.sheet import Sheet, make_sheet
from labelviewer.words.dates import as_day

if TYPE_CHECKING:
    from labelviewer.domain.errors import Fact
    from labelviewer.domain.inspection import Inspection
    from labelviewer.schemes.packs import Packs
    from labelviewer.words.catalogue import Words

SENTENCES: Final = 3
IDENTITY: Final = "product-identity"


@dataclass(frozen=True, slots=True)
class Column:
    """`warning` is empty for a checked label; otherwise the whole column is marked with it.

    `called`: the product, told apart where two are named alike. `spoken`: the column's head as it is read out.
    """

    product: str
    maker: str
    scheme: str
    standing: str
    tone: Tone
    sample: bool
    warning: str
    called: str = ""
    spoken: str = ""
    reference: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """`spoken` is the cell with its column's name, for those who cannot see the table.

    `strength`: how far that was looked into, where that may set one column apart from another. `unlike`: words for
    an answer that is not the reference's. `below` is written under the answer, `told` read out after it.
    """

    text: str
    detail: str
    tone: Tone
    word: str
    spoken: str
    strength: str
    unlike: str = ""
    below: str = ""
    told: str = ""


@dataclass(frozen=True, slots=True)
class CompareRow:
    """`contrast` as in the comparison; only where labels differ there is a sentence. `terms` of our own words alone."""

    id: str
    name: str
    line: str
    cells: tuple[Cell, ...]
    contrast: Contrast
    sentence: str
    terms: tuple[Term, ...]

    @property
    def differs(self) -> bool:
        return self.contrast is Contrast.DIFFERENT

    @property
    def folded(self) -> bool:
        """Nothing here sets the products apart: they say the same, or none of them says anything."""
        return self.contrast in (Contrast.SAME, Contrast.UNANSWERED)


@dataclass(frozen=True, slots=True)
class CompareGroup:
    """`terms`: those of its rows, each once."""

    id: str
    title: str
    rows: tuple[CompareRow, ...]
    terms: tuple[Term, ...]

    def with_rows(self, rows: Iterable[CompareRow]) -> CompareGroup:
        return compare_group(self.id, self.title, rows)


def compare_group(group: str, title: str, rows: Iterable[CompareRow]) -> CompareGroup:
    shown = tuple(rows)
    return CompareGroup(group, title, shown, tuple(dict.fromkeys(term for row in shown for term in row.terms)))


@dataclass(frozen=True, slots=True)
class ComparePage:
    """`sentences` are at most three, in the order that matters to most people.

    `schemes`: what each label's level means in its own scheme, and what one scheme makes of another's labels.
    `folded_caption` counts apart what all say alike and what nobody says. `can_switch`: rows are criteria or topics,
    as one likes; labels of different schemes meet by topic alone.
    """

    columns: tuple[Column, ...]
    notices: tuple[Notice, ...]
    sentences: tuple[str, ...]
    schemes: tuple[str, ...]
    groups: tuple[CompareGroup, ...]
    different: int
    gaps: int
    same: int
    unanswered: int
    differences_caption: str
    folded_caption: str
    more_caption: str
    summary: str
    differences_heading: str = ""
    can_switch: bool = False
    by_topic: bool = False


def compare_page(
    inspections: Sequence[Inspection],
    words: Words,
    packs: Packs,
    today: date,
    *,
    show_hidden: bool = False,
    by_topic: bool = False,
    reference: int | None = None,
) -> ComparePage:
    """Every inspection needs a report and a label. What a report hides stays hidden unless `show_hidden`.

    `reference` is the column that the others are held against.
    """
    sides = tuple(_columns(inspections, words, packs, as_day(today), show_hidden=show_hidden, reference=reference))
    labels = [side.sheet.label for side in sides]
    topics = [topic.id for topic in sides[0].sheet.topics]
    comparison = compare(labels, topics, by_topic=by_topic, reference=reference)
    rows = tuple(_row(row, comparison.axis, sides) for row in comparison.rows)
    count = {contrast: sum(row.contrast is contrast for row in rows) for contrast in Contrast}
    folded = words.join(
        [_count(f"compare.{each}", count[each], words) for each in (Contrast.SAME, Contrast.UNANSWERED) if count[each]]
    )
    held = "" if reference is None else sides[reference].called
    return ComparePage(
        columns=tuple(side.shown for side in sides),
        notices=tuple(_notices(comparison, sides, inspections, words)),
        sentences=_sentences(comparison, rows, sides[0].sheet),
        schemes=tuple(dict.fromkeys(_schemes(sides, words))),
        groups=tuple(_groups(comparison, rows, sides)),
        different=count[Contrast.DIFFERENT],
        gaps=count[Contrast.GAP],
        same=count[Contrast.SAME],
        unanswered=count[Contrast.UNANSWERED],
        differences_caption=_differences_caption(count[Contrast.DIFFERENT], held, words),
        folded_caption=folded,
        more_caption=_count("compare.more", count[Contrast.SAME] + count[Contrast.UNANSWERED], words),
        summary=_summary(count, held, words),
        differences_heading=words.say("heading.differences-from", name=held)
        if held
        else words.say("heading.differences"),
        can_switch=same_scheme(labels),
        by_topic=comparison.axis is Axis.TOPIC,
    )


@dataclass(frozen=True, slots=True)
class _Side:
    """A column in the making. `called` is its product's name, told apart where two are named alike."""

    shown: Column
    sheet: Sheet
    report: Report
    called: str
    hidden: bool


def _columns(
    inspections: Sequence[Inspection],
    words: Words,
    packs: Packs,
    today: date,
    *,
    show_hidden: bool,
    reference: int | None,
) -> Iterator[_Side]:
    named = [_product(inspection, words, show_hidden=show_hidden) for inspection in inspections]
    for number, (inspection, product) in enumerate(zip(inspections, named, strict=True), start=1):
        report, label = inspection.report, inspection.label
        assert report is not None
        assert label is not None
        hidden = report.state.hides_facts and not show_hidden
        sheet = make_sheet(_veiled(label) if hidden else label, words, packs, today)
        headline = notice_for(words, inspection)
        twice = named.count(product) > 1
        called = words.say("compare.numbered", product=product, number=number) if twice else product
        held = words.say("compare.reference") if number - 1 == reference else ""
        shown = Column(
            product=product,
            maker=name(label.product.maker) if names_product(report) or show_hidden else "",
            scheme=_scheme(sheet, hidden=hidden),
            standing=headline.title,
            tone=headline.tone,
            sample=report.sample,
            warning="" if report.state is State.VERIFIED else headline.title,
            called=called,
            spoken=words.say("list.between").join(filter(None, (called, held, headline.title))),
            reference=bool(held),
        )
        yield _Side(shown, sheet, report, called, hidden)


_UNCHECKED: Final = frozenset(
    (State.TAMPERED, State.SIGNER_CANCELLED, State.DOES_NOT_MATCH, State.UNKNOWN_SIGNER, State.CLOCK_WRONG)
)


def _product(inspection: Inspection, words: Words, *, show_hidden: bool) -> str:
    assert inspection.report is not None
    assert inspection.label is not None
    if names_product(inspection.report) or show_hidden:
        return name(inspection.label.product.name)
    return words.say("page.unproven")


def _scheme(sheet: Sheet, *, hidden: bool) -> str:
    """The scheme, with the level in its own words; levels of two schemes stand side by side and are not weighed."""
    level = sheet.text.level_names.get(sheet.label.grant.level or "")
    if hidden or level is None:
        return sheet.text.short
    return sheet.words.say("says.named", name=sheet.text.short, says=level)


def _veiled(label: Label) -> Label:
    """The label with every answer taken out, so that nothing hidden can be told from the table or its sentences."""
    return replace(
        label,
        answers=tuple(
            replace(answer, stated=Stated.UNREADABLE, value=None, as_of=None, note={}, evidence=())
            for answer in label.answers
        ),
    )


def _schemes(sides: Sequence[_Side], words: Words) -> Iterator[str]:
    """Each level in its own scheme's words, and what the schemes make of each other's labels; never one scale."""
    shown = [side.sheet for side in sides if not side.hidden and is_proven(side.report)]
    grants = {(sheet.label.scheme, sheet.label.grant.level, sheet.label.scheme_version) for sheet in shown}
    if len(grants) < 2:
        return
    for sheet in shown:
        level, version = sheet.label.grant.level, sheet.label.scheme_version
        if level and (means := sheet.loaded.level_means(level, version, words.language)):
            yield words.say("compare.level", scheme=_scheme(sheet, hidden=False), means=means)
    schemes = {sheet.label.scheme for sheet in shown}
    for sheet in shown:
        for fact in sheet.loaded.recognised_by(sheet.label.grant.level):
            if fact.by in schemes:
                yield words.say("says.named", name=sheet.text.short, says=sheet.text.recognition[fact.id])
    if len({scheme for scheme, level, _ in grants if level}) > 1:
        yield words.say("compare.levels")


def _row(row: Row, axis: Axis, sides: Sequence[_Side]) -> CompareRow:
    title, line = _heading(row, axis, sides)
    strengths = [_strength(cell, side) for cell, side in zip(row.cells, sides, strict=True)]
    tell = axis is Axis.TOPIC or len({each for each in strengths if each}) > 1
    called = [side.called for side in sides]
    sheets = [side.sheet for side in sides]
    held = "" if row.reference is None else called[row.reference]
    unlike = [held if each else "" for each in row.unlike_reference]
    cells = tuple(
        _cell(cell, axis, side, strength if tell else "", apart)
        for cell, side, strength, apart in zip(row.cells, sides, strengths, unlike, strict=True)
    )
    return CompareRow(
        id=row.id,
        name=title,
        line=line,
        cells=cells,
        contrast=row.contrast,
        sentence=difference(row, title, sheets, called) if row.contrast is Contrast.DIFFERENT else "",
        terms=terms_in(" ".join((title, line, *_asked(row, axis, sides))), sheets[0].words),
    )


def _asked(row: Row, axis: Axis, sides: Sequence[_Side]) -> Iterator[str]:
    """What the schemes call their questions, where the cells name them."""
    for cell, side in zip(row.cells, sides, strict=True):
        if axis is Axis.TOPIC and not side.hidden:
            yield from (side.sheet.criterion(answer)[1].name for answer in cell.answers)


def _heading(row: Row, axis: Axis, sides: Sequence[_Side]) -> tuple[str, str]:
    sheet = sides[0].sheet
    match axis:
        case Axis.CRITERION:
            text = sheet.text.criteria[row.id]
            return text.name, text.line
        case Axis.TOPIC:
            return sheet.words.say(f"topic.{row.id}.name"), sheet.words.say(f"topic.{row.id}.question")


_STRENGTHS: Final = ("says-so", "on-paper", "in-lab")


def _strength(cell: Stand, side: _Side) -> str:
    """How far the answers were looked into; of a label that proved nothing, nothing is said."""
    if side.hidden or not is_proven(side.report):
        return ""
    found = {side.sheet.strength(answer) for answer in cell.given}
    order = [each for each in _STRENGTHS if each in found]
    return side.sheet.words.join([side.sheet.words.say(f"strength.cell.{each}") for each in order])


def _cell(cell: Stand, axis: Axis, side: _Side, strength: str, held: str) -> Cell:
    words = side.sheet.words
    said = _say(cell, side)
    detail = "" if side.hidden else _detail(cell, axis, side.sheet)
    apart = words.say("compare.unlike", name=held) if held else ""
    return Cell(
        text=said.text,
        detail=detail,
        tone=said.tone,
        word=said.word,
        spoken=words.say("says.named", name=side.called, says=said.text),
        strength=strength,
        unlike=words.say("compare.differs") if held else "",
        below="\n".join(filter(None, (detail, strength))),
        told=words.say("list.between").join(filter(None, (apart, strength))),
    )


def _say(cell: Stand, side: _Side) -> Said:
    """Several answers in one cell: one word where they are yes and no, else one after the other."""
    sheet, words = side.sheet, side.sheet.words
    if side.hidden and cell.answers:
        hidden = words.say("word.hidden")
        return Said(hidden, Tone.SILENT, hidden, "")
    if len(cell.answers) <= 1:
        return sheet.say(cell.answers[0]) if cell.answers else silence(Stated.NOT_ASKED, words)
    given = cell.given
    if not given:
        return silence(cell.stated, words)
    said = [sheet.say(answer) for answer in given]
    tones = {each.tone for each in said}
    tone = tones.pop() if len(tones) == 1 and not cell.open else Tone.INFO
    if any(answer.kind is not Kind.YES_NO or answer.stated is Stated.UNDISCLOSED for answer in given):
        text = one_after_another((each.text for each in said), words)
        return Said(text, tone, words.say("word.stated"), "")
    yes = sum(answer.stated is Stated.YES for answer in given)
    if cell.open:
        text = words.say("says.several-open", yes=yes, total=len(cell.answers), open=cell.open)
        return Said(text, Tone.INFO, words.say("word.stated"), "")
    word = words.say("word.yes" if yes == len(given) else "word.partly" if yes else "word.no")
    return Said(words.say("says.several", word=word, yes=yes, total=len(cell.answers)), tone, word, "")


def _detail(cell: Stand, axis: Axis, sheet: Sheet) -> str:
    """How long updates last from now; or, across schemes, what was asked, and of several what each said."""
    words = sheet.words
    match cell.answers:
        case (answer,) if answer.topic == SUPPORT_END and isinstance(answer.value, date):
            return say_left(answer.value, words, sheet.today)
        case (answer,) if axis is Axis.TOPIC:
            return sheet.criterion(answer)[1].name
        case answers if axis is Axis.TOPIC:
            return "\n".join(
                words.say("says.named", name=sheet.criterion(answer)[1].name, says=sheet.say(answer).text)
                for answer in answers
            )
        case _:
            return ""


def _sentences(comparison: Comparison, rows: Sequence[CompareRow], sheet: Sheet) -> tuple[str, ...]:
    """The topics that matter most come first; what is only worded otherwise comes last.

    That two products have two numbers goes without saying.
    """
    weights = {topic.id: topic.weight for topic in sheet.topics}
    order = {
        row.id: (any(answer.kind is Kind.TEXT for cell in row.cells for answer in cell.given), weights[row.topic])
        for row in comparison.rows
        if row.topic != IDENTITY
    }
    differing = [row for row in rows if row.differs and row.id in order]
    return tuple(row.sentence for row in sorted(differing, key=lambda row: order[row.id])[:SENTENCES])


def _groups(comparison: Comparison, rows: Sequence[CompareRow], sides: Sequence[_Side]) -> Iterator[CompareGroup]:
    sheet = sides[0].sheet
    match comparison.axis:
        case Axis.CRITERION:
            titles = dict(sheet.text.groups)
            places = {criterion.id: criterion.group for criterion in sheet.loaded.pack.criteria}
        case Axis.TOPIC if same_scheme(comparison.labels):
            titles = {"topics": sheet.words.say("compare.topics")}
            places = {row.id: "topics" for row in comparison.rows}
        case Axis.TOPIC:
            titles = {key: sheet.words.say(f"compare.{key}") for key in ("shared", "alone")}
            places = {row.id: "shared" if _is_shared(row, comparison) else "alone" for row in comparison.rows}
    for group, title in titles.items():
        inside = compare_group(group, title, (row for row in rows if places[row.id] == group))
        if inside.rows:
            yield inside


def _is_shared(row: Row, comparison: Comparison) -> bool:
    asking = {label.scheme for label, cell in zip(comparison.labels, row.cells, strict=True) if cell.answers}
    return len(asking) > 1


def _notices(
    comparison: Comparison, sides: Sequence[_Side], inspections: Sequence[Inspection], words: Words
) -> Iterator[Notice]:
    if comparison.same_product:
        yield notice(words, "C05", {})
    kinds = list(dict.fromkeys(_kind(side.sheet.label, words) for side in sides if not side.hidden))
    if len(kinds) > 1:
        yield notice(words, "C02", {"kinds": words.join(kinds)})
    if not same_scheme(comparison.labels):
        yield notice(words, "C03", {"n": sum(_is_shared(row, comparison) for row in comparison.rows)})
    for side, inspection in zip(sides, inspections, strict=True):
        if side.report.state in _UNCHECKED:
            yield notice(words, "C07", {"name": side.called})
        elif side.report.state is not State.VERIFIED:
            told = notice_for(words, inspection)
            title = words.say("says.named", name=side.called, says=told.title)
            yield replace(told, title=title, primary=None, secondary=None)
        if inspection.not_kept is not None:
            yield notice(words, inspection.not_kept.code, inspection.not_kept.facts)
    differing = (row for row in comparison.rows if replace(row, reference=None).contrast is Contrast.DIFFERENT)
    if not comparison.same_product and not any(differing):
        yield notice(words, "C04", _nothing_differs(comparison))


def _nothing_differs(comparison: Comparison) -> dict[str, Fact]:
    counts = {
        "n": len(comparison.having(Contrast.SAME)),
        "k": len(comparison.having(Contrast.GAP)),
    }
    return {key: count for key, count in counts.items() if count}


def _kind(label: Label, words: Words) -> str:
    category = f"category.{label.product.category}"
    return words.say(category if words.knows(category) else f"product.{label.product.kind}")


def _differences_caption(different: int, held: str, words: Words) -> str:
    """`held` is the reference product, if there is one."""
    if held:
        key = "compare.different-from" if different else "compare.no-difference-from"
        return words.say(key, n=different, name=held)
    return _count("compare.different", different, words) or words.say("compare.no-difference")


def _summary(count: Mapping[Contrast, int], held: str, words: Words) -> str:
    rest = [_count(f"compare.{each}", count[each], words) for each in Contrast if each is not Contrast.DIFFERENT]
    parts = [_differences_caption(count[Contrast.DIFFERENT], held, words), *rest]
    return words.say("compare.summary", parts=words.join([part for part in parts if part]))


def _count(key: str, number: int, words: Words) -> str:
    return words.say(key, n=number) if number else ""
