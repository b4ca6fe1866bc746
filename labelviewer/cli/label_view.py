"""The label page on a terminal, in the order in which it is read."""

from collections.abc import Iterator
from typing import Final

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from labelviewer.cli.screen import (
    COLOURS,
    QUIET,
    STRONG,
    bullets,
    grid,
    indented,
    mark,
    notice_panel,
    notice_row,
    paragraphs,
    plain,
    section,
    stacked,
    toned,
)
from labelviewer.domain.inspection import Inspection
from labelviewer.present.choice import IsLabel, say_code
from labelviewer.present.host_line import host_line
from labelviewer.present.label_page import CriterionGroup, CriterionRow, LabelPage, Timeline
from labelviewer.present.notice import Notice
from labelviewer.present.scheme_code import say_scheme_code
from labelviewer.words.catalogue import Words

BAR_WIDTH: Final = 30
SHOWN_OF_A_CODE: Final = 300


def label_view(page: LabelPage, words: Words, *, explain: bool) -> Group:
    return Group(*_parts(page, words, explain=explain))


def problem_view(notice: Notice, inspection: Inspection, words: Words) -> Group:
    """A message on its own, with what was scanned where it is a surprise."""
    if inspection.scanned is None:
        return Group(notice_panel(notice))
    scanned = plain(inspection.scanned.raw.strip())
    scanned.truncate(SHOWN_OF_A_CODE, overflow="ellipsis")
    return Group(
        notice_panel(notice),
        indented(*_leads(inspection, words), Text.assemble(plain(words.say("heading.scanned"), QUIET), "  ", scanned)),
    )


def _leads(inspection: Inspection, words: Words) -> Iterator[Text]:
    """Where the code leads, the part that somebody registered as the strong one; and what it looks like."""
    host = host_line(inspection.problem)
    if host is not None:
        yield Text.assemble(
            plain(words.say("heading.leads"), QUIET), "  ", plain(host.before), plain(host.registrable, STRONG)
        )
    looks = " ".join(say_scheme_code(inspection, words))
    if looks:
        yield Text.assemble(plain(words.say("heading.scheme-code"), QUIET), "  ", plain(looks))


def choice_view(notice: Notice, inspection: Inspection, words: Words, name: str, is_label: IsLabel) -> Group:
    """The codes of a picture, numbered as --code counts them, and what to think of each."""
    assert inspection.reading is not None
    return Group(
        notice_panel(notice),
        *(_choice(number, seen.text, words, is_label) for number, seen in enumerate(inspection.reading.sightings, 1)),
        indented(plain(words.say("cli.codes", name=name), STRONG)),
    )


def _choice(number: int, text: str, words: Words, is_label: IsLabel) -> RenderableType:
    what, about = say_code(text, words, is_label)
    return indented(plain(words.say("choice.item", number=number, what=what)), plain(about, QUIET))


def _parts(page: LabelPage, words: Words, *, explain: bool) -> Iterator[RenderableType]:
    yield notice_panel(page.headline)
    if page.ribbon is not None:
        yield indented(notice_row(page.ribbon))
    yield section(words.say("heading.facts"), _facts(page))
    if page.facts_hidden:
        yield Text()
        yield indented(plain(words.say("page.facts-hidden"), STRONG), plain(words.say("cli.see-anyway"), QUIET))
        yield from _alerts(page, words)
    else:
        yield from _body(page, words, explain=explain)
    if explain:
        yield section(words.say("heading.checks"), _checks(page))
    yield Text()
    yield indented(*(plain(line, QUIET) for line in (page.code_text, page.came_from) if line))
    if page.own_word:
        yield indented(plain(words.say("cli.add-signer", name=page.own_word), QUIET))
    if not explain:
        yield indented(plain(words.say("cli.see-more"), QUIET))


def _body(page: LabelPage, words: Words, *, explain: bool) -> Iterator[RenderableType]:
    if page.product:
        yield section(words.say("heading.product"), *_product(page, words))
    yield from _alerts(page, words)
    if page.tiles:
        yield section(words.say("heading.glance"), _glance(page))
    if page.timeline is not None:
        yield section(words.say("heading.timeline"), *_timeline(page.timeline))
    if page.groups:
        groups = (_group(group, words, explain=explain) for group in page.groups)
        yield section(words.say("heading.criteria"), stacked(groups))
    if page.also:
        yield section(words.say("heading.also"), bullets(page.also))
    if page.not_told:
        yield section(words.say("heading.not-told"), bullets(page.not_told))


def _alerts(page: LabelPage, words: Words) -> Iterator[RenderableType]:
    if page.alerts:
        yield section(words.say("heading.alerts"), *map(notice_row, page.alerts))


def _product(page: LabelPage, words: Words) -> Iterator[RenderableType]:
    yield Text.assemble(plain(page.product, STRONG), " ", plain(words.say("page.by", maker=page.maker)))
    if page.model:
        yield plain(words.say("page.model", model=page.model))
    if page.scheme_language:
        yield plain(page.scheme_language)
    if page.scheme:
        yield plain(page.scheme, QUIET)
        yield plain(page.scheme_about, QUIET)
    if page.scheme_facts:
        yield bullets(page.scheme_facts)


def _facts(page: LabelPage) -> Table:
    table = grid(None, None, 2, 3)
    for fact in page.facts:
        table.add_row(mark(fact.tone), plain(fact.question), toned(fact.answer, fact.tone), plain(fact.detail))
    return table


def _glance(page: LabelPage) -> Table:
    table = grid(None, 3, 3, 4)
    for tile in page.tiles:
        table.add_row(mark(tile.tone), plain(tile.question), toned(tile.answer, tile.tone), plain(tile.detail, QUIET))
    return table


def _timeline(timeline: Timeline) -> Iterator[RenderableType]:
    done = round(min(max(timeline.elapsed, 0.0), 1.0) * BAR_WIDTH)
    bar = Text("━" * done + "●" + "─" * (BAR_WIDTH - done), COLOURS[timeline.tone])
    table = grid(None, None, None)
    table.add_row(plain(timeline.start), bar, plain(timeline.end))
    yield table
    yield plain(timeline.sentence)


def _group(group: CriterionGroup, words: Words, *, explain: bool) -> Group:
    title = Text.assemble(plain(group.title, STRONG), "  ", plain(group.summary, QUIET))
    if explain:
        return Group(title, stacked(explained(row, words) for row in group.rows))
    table = grid(None, 1, 1)
    for row in group.rows:
        table.add_row(mark(row.tone), plain(row.name), toned(row.says, row.tone))
    return Group(title, table)


def explained(row: CriterionRow, words: Words) -> Group:
    said = (
        (words.say("page.means"), row.means),
        (words.say("page.why"), row.why),
        (words.say("page.do"), row.do),
        (words.say("page.not-mean"), row.not_mean),
        (row.note_title, row.note),
        (words.say("page.strength"), row.strength),
        (words.say("page.source"), row.source),
        *((words.say("page.proof"), proof) for proof in row.proofs),
    )
    head = grid(None, 1)
    head.add_row(mark(row.tone), Text.assemble(plain(row.name, STRONG), "  ", toned(row.says, row.tone)))
    more = grid(None, 1)
    for title, text in said:
        if text:
            more.add_row(plain(title, QUIET), paragraphs(text))
    return Group(head, indented(plain(row.line), more))


def _checks(page: LabelPage) -> Table:
    table = grid(None, None, 2, 3)
    for check in page.checks:
        table.add_row(plain(str(check.number), QUIET), mark(check.tone), plain(check.title), plain(check.outcome))
    return table
