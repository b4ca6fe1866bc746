"""A picture from the web, fetched only once the shopper agreed: from that one host, by the rules of every fetch."""

from pathlib import PurePosixPath
from typing import Final

from labelviewer.domain.errors import (
    DamagedLabelError,
    NotAPictureError,
    NotListedError,
    ReachError,
    RefusedError,
    SignInPageError,
    TakenDownError,
)
from labelviewer.domain.inspection import Inspection, Stage
from labelviewer.domain.web_address import WebAddress
from labelviewer.pipeline.limits import WEB_PICTURE
from labelviewer.pipeline.run import OnStage, Ports, inspect_picture

PICTURE_TYPES: Final = frozenset(
    f"image/{kind}" for kind in ("png", "jpeg", "webp", "gif", "bmp", "tiff", "avif", "heic", "heif")
)
ACCEPT: Final = ", ".join(sorted(PICTURE_TYPES))

# A site that has no picture there says it in its own ways; they are words about labels otherwise.
_NO_PICTURE: Final = (DamagedLabelError, NotListedError, SignInPageError, TakenDownError)


def inspect_web_picture(address: WebAddress, ports: Ports, on_stage: OnStage) -> Inspection:
    """Fetch it and read its codes; a redirect may not leave the host that the shopper was asked about."""
    name = PurePosixPath(address.path).name or address.host
    on_stage(Stage.LOOKING_UP, address.host)
    try:
        fetched = ports.fetcher.fetch(
            address, accept=ACCEPT, max_bytes=WEB_PICTURE, is_known=lambda host: host == address.host
        )
    except _NO_PICTURE as cause:
        problem = NotAPictureError(name=name)
        problem.__cause__ = cause
        return Inspection(problem=problem)
    except (ReachError, RefusedError) as problem:
        return Inspection(problem=problem)
    if fetched.media_type not in PICTURE_TYPES:
        return Inspection(problem=NotAPictureError(name=name))
    return inspect_picture(fetched.body, name, ports, on_stage)
