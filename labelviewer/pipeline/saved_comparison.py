"""A comparison in a file: the evidence of every label in it, checked again whenever it is opened."""

from collections.abc import Sequence
from dataclasses import replace

from labelviewer.domain.errors import DamagedProofError, NewerLabelError
from labelviewer.domain.inspection import Inspection
from labelviewer.pipeline.proof import check_read, make_proof
from labelviewer.pipeline.run import Ports
from labelviewer.verify.comparison_file import AT_LEAST, AT_MOST, is_comparison, read_comparison, write_comparison
from labelviewer.verify.proof_file import ProofError

__all__ = ("can_be_saved", "check_comparison", "inspect_comparison", "is_comparison", "make_comparison")


def can_be_saved(inspections: Sequence[Inspection]) -> bool:
    return AT_LEAST <= len(inspections) <= AT_MOST and all(
        each.evidence is not None and each.report is not None for each in inspections
    )


def make_comparison(inspections: Sequence[Inspection], ports: Ports) -> bytes:
    """Two to four labels that were checked, in their order."""
    assert can_be_saved(inspections)
    return write_comparison([make_proof(each, ports) for each in inspections], ports.clock.now())


def check_comparison(data: bytes, ports: Ports) -> tuple[Inspection, ...]:
    """Every label by our own list, now, without network; as with a proof file only what is signed counts.

    Raises ProofError, or NewerLabelError for a format that this program does not know.
    """
    saved = read_comparison(data)
    return tuple(replace(check_read(proof, ports), proof_made=saved.made) for proof in saved.proofs)


def inspect_comparison(data: bytes, ports: Ports) -> tuple[Inspection, ...]:
    """What `check_comparison` finds, or alone the problem with the file."""
    try:
        return check_comparison(data, ports)
    except NewerLabelError as problem:
        return (Inspection(problem=problem),)
    except ProofError:
        return (Inspection(problem=DamagedProofError()),)
