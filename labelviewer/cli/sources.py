"""From a word on the command line to an Inspection: a file, an address, a number, or what stands on standard input."""

import os
import re
from pathlib import Path
from typing import BinaryIO, Final

from labelviewer.adapters.files import read_beginning, read_picture_file
from labelviewer.cli.options import Options, UsageError
from labelviewer.domain.errors import NewerLabelError, PictureError, UnknownSiteError
from labelviewer.domain.inspection import Inspection
from labelviewer.pipeline.limits import PICTURE_FILE, QR_PAYLOAD
from labelviewer.pipeline.proof import check_proof, is_proof
from labelviewer.pipeline.run import Ports, inspect_code, inspect_picture, inspect_typed
from labelviewer.pipeline.saved_comparison import check_comparison, is_comparison
from labelviewer.schemes.forms import recognise
from labelviewer.verify.proof_file import ProofError

STANDARD_INPUT: Final = "-"

_LINK = re.compile(r"\s*[A-Za-z][A-Za-z0-9+.-]+:.*", re.DOTALL)  # one letter before the colon is a drive
_DIGITS = re.compile(r"[0-9][0-9 -]*")


def inspect_source(source: str, ports: Ports, stdin: BinaryIO, *, name: str, options: Options) -> Inspection:
    """`name` is what the source is called in a message. Raises UsageError where the picture has no such code."""
    if source == STANDARD_INPUT:
        data = stdin.read(PICTURE_FILE + 1)
        text = _as_text(data)
        if text is not None:
            return inspect_code(text, ports, strangers=options.stranger)
    elif _is_text(source) or _is_number_of_a_scheme(source, ports):
        return inspect_typed(source, ports, strangers=options.stranger)
    else:
        try:
            data = read_picture_file(Path(source))
        except PictureError as problem:
            return Inspection(problem=problem)
    if is_proof(data):
        return _proven(data, ports, name)
    return _chosen(inspect_picture(data, name, ports), ports, name, options)


def inspect_saved(source: str, ports: Ports, *, name: str) -> tuple[Inspection, ...] | None:
    """Every label of a saved comparison; None where the source is none. Raises UsageError where it is damaged."""
    if source == STANDARD_INPUT or _is_text(source) or not is_comparison(read_beginning(Path(source))):
        return None
    try:
        return check_comparison(read_picture_file(Path(source)), ports)
    except (NewerLabelError, PictureError) as problem:
        return (Inspection(problem=problem),)
    except ProofError:
        raise UsageError("cli.no-comparison", name=name) from None


def name_of(source: str, standard_input: str) -> str:
    if source == STANDARD_INPUT:
        return standard_input
    return source if _is_text(source) else Path(source).name


def _is_text(source: str) -> bool:
    if _LINK.fullmatch(source):
        return True
    return bool(_DIGITS.fullmatch(source)) and not Path(source).exists()


def _is_number_of_a_scheme(source: str, ports: Ports) -> bool:
    """`CSA/311227/1` could be a file as well; a file that is there is one."""
    return not os.path.exists(source) and recognise(source, ports.packs) is not None  # noqa: PTH110


def _as_text(data: bytes) -> str | None:
    if not data.strip() or len(data) > QR_PAYLOAD:
        return None
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return None
    return text if "".join(text.split()).isprintable() else None


def _chosen(inspection: Inspection, ports: Ports, name: str, options: Options) -> Inspection:
    reading, code = inspection.reading, options.code
    if options.stranger and inspection.scanned is not None and isinstance(inspection.problem, UnknownSiteError):
        return inspect_code(inspection.scanned.raw, ports, reading=reading, strangers=True)
    if code is None or reading is None:
        return inspection
    if code > len(reading.sightings):
        raise UsageError("cli.no-such-code", name=name, n=len(reading.sightings))
    text = reading.sightings[code - 1].text
    if inspection.scanned is not None and inspection.scanned.raw == text:
        return inspection
    return inspect_code(text, ports, reading=reading, strangers=options.stranger)


def _proven(data: bytes, ports: Ports, name: str) -> Inspection:
    try:
        return check_proof(data, ports)
    except NewerLabelError as problem:
        return Inspection(problem=problem)
    except ProofError:
        raise UsageError("cli.no-proof", name=name) from None
