"""What it costs to open a picture in a process of its own: the same pictures read there and in this one, in turn."""

import argparse
import io
import sys
import time
from collections.abc import Callable
from contextlib import closing
from statistics import median

from PIL import Image
from pillow_heif import register_heif_opener

from labelviewer.adapters.picture_worker import WorkerReader
from labelviewer.adapters.qr_reader import CodeReader
from labelviewer.resources import SAMPLES

GOAL_MILLISECONDS = 10.0
PHONE = (4_032, 3_024)
CODE = SAMPLES / "us-ctm" / "camera-a" / "code.png"
BOX = SAMPLES / "us-ctm" / "camera-a" / "box.jpg"


def easy_pictures() -> dict[str, bytes]:
    """Read at the first look: a code alone, a photograph, and that one in a phone's size, as phones save it."""
    register_heif_opener(thumbnails=False)
    phone = Image.open(BOX).convert("RGB").resize(PHONE)
    return {
        "code, PNG": CODE.read_bytes(),
        "photograph, JPEG": BOX.read_bytes(),
        "phone photo, JPEG": encoded(phone, "JPEG"),
        "phone photo, HEIC": encoded(phone, "HEIF"),
    }


def encoded(picture: Image.Image, kind: str) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, quality=80)
    return out.getvalue()


def spent(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return 1e3 * (time.perf_counter() - started)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=40, help="of each picture (default 40)")
    options = parser.parse_args()
    here, late = CodeReader(), 0
    with closing(WorkerReader()) as there:
        print(f"start, not waited for: {spent(there.warm):.1f} ms")
        print(f"first answer after it: {spent(lambda: there.read(CODE.read_bytes(), CODE.name)):.0f} ms")
        print(f"\n{'median of ' + str(options.rounds) + ', ms':<24}{'here':>8}{'there':>8}{'more':>8}{'ratio':>8}")
        for name, data in easy_pictures().items():
            here.read(data, name)
            pairs = [
                (spent(lambda data=data: here.read(data, "")), spent(lambda data=data: there.read(data, "")))  # type: ignore[misc]
                for _ in range(options.rounds)
            ]
            one, other = median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)
            more = median(pair[1] - pair[0] for pair in pairs)
            late += more > GOAL_MILLISECONDS
            print(f"  {name:<22}{one:>8.1f}{other:>8.1f}{more:>8.1f}{other / one:>8.2f}")
    print(f"goal: at most {GOAL_MILLISECONDS:.0f} ms more for an easy picture")
    return 1 if late else 0


if __name__ == "__main__":
    sys.exit(main())
