"""Takes the picture of the live camera's page: a sample box before a made-up camera. Needs a display."""

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QImage

from labelviewer.adapters.camera import Camera
from labelviewer.adapters.profile import find_profile
from labelviewer.adapters.qr_reader import CodeReader
from labelviewer.app import build
from labelviewer.resources import SAMPLES
from labelviewer.ui.live import Phase
from labelviewer.ui.viewmodels.shell import Page
from tests.cameras import CAMERA_A, WEBCAM, PretendComputer, frame_of
from tests.labels import words
from tests.ui_fixtures import run_events, sample_ports, wait_until

SIZE = (1120, 800)
FRAME = QSize(1280, 720)
SHARE = 0.6  # of the width of the photograph


def held_up() -> QImage:
    """What the camera sees of the sample box: the label in the middle, upright pictures being wider than high."""
    box = QImage(str(SAMPLES / "us-ctm" / "camera-a" / "box.jpg"))
    (seen,) = CodeReader().read((SAMPLES / "us-ctm" / "camera-a" / "box.jpg").read_bytes(), "").sightings
    x, y = (sum(each) / 4 for each in zip(*seen.corners, strict=True))
    wide = box.width() * SHARE
    high = wide * FRAME.height() / FRAME.width()
    top = min(y * box.height() - high / 2, box.height() - high)
    part = box.copy(QRectF(x * box.width() - wide / 2, top, wide, high).toRect())
    return part.scaled(FRAME, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)


def show(to: Path) -> None:
    application = QGuiApplication([])
    with tempfile.TemporaryDirectory() as folder:
        profile = find_profile(Path(folder))
        camera = Camera(PretendComputer(WEBCAM))
        program = build(lambda: sample_ports(profile), profile, words(), lambda: camera)
        program.window.resize(*SIZE)
        program.shell.goTo(Page.CAMERA)
        wait_until(lambda: program.rooms.camera.state.phase is Phase.LIVE)
        camera.sink.setVideoFrame(frame_of(held_up()))
        wait_until(lambda: CAMERA_A in program.rooms.camera.state.last)
        frames: list[None] = []
        program.window.frameSwapped.connect(lambda: frames.append(None))
        program.window.update()
        wait_until(lambda: len(frames) > 2)
        run_events()
        program.window.grabWindow().save(str(to))
        program.close()
    del application


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("to", type=Path)
    show(parser.parse_args().to)


if __name__ == "__main__":
    main()
