"""A page as plain text, for a file or a message."""

from collections.abc import Iterator, Sequence

from labelviewer.domain.paper import Entry, Paper, Part


def as_text(paper: Paper) -> str:
    return "\n".join(_lines(paper)).rstrip() + "\n"


def _lines(paper: Paper) -> Iterator[str]:
    yield from (paper.title, paper.made)
    for number, head in enumerate(paper.heads, 1):
        yield ""
        if head.name:
            yield f"{number}. {head.name}" if len(paper.heads) > 1 else head.name
        yield from head.lines
        yield head.code or head.caption
    for part in paper.parts:
        yield ""
        if part.title:
            yield part.title
        yield from _body(part, [head.name for head in paper.heads])
    yield ""
    yield from paper.foot


def _body(part: Part, names: Sequence[str]) -> Iterator[str]:
    for line in part.lines:
        if len(line.entries) == 1:
            yield f"- {line.name}: {_entry(line.entries[0])}"
        else:
            yield f"- {line.name}"
            yield from (f"    {name}: {_entry(entry)}" for name, entry in zip(names, line.entries, strict=True))
    yield from (f"[ ] {text}" if part.ticked else text for text in part.texts)


def _entry(entry: Entry) -> str:
    return f"{entry.text} ({entry.more})" if entry.more else entry.text
