"""The real window on a real display with a made-up camera; prints what is seen of its live picture as JSON."""

import json
import sys
from pathlib import Path

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtQuick import QQuickItem

from labelviewer.adapters.camera import Camera
from labelviewer.adapters.profile import find_profile
from labelviewer.app import Program, build
from labelviewer.ui.live import Phase
from labelviewer.ui.viewmodels.shell import Page
from tests.cameras import CAMERA_A, TABLET, WEBCAM, PretendComputer, desk, frame_of, held
from tests.labels import words
from tests.painted import painted
from tests.ui_fixtures import sample_ports, wait_until

LEFT, TOP, SIDE, WIDTH, HEIGHT = 180, 200, 300, 1280, 720


def live_view(program: Program) -> QQuickItem:
    (view,) = [each.item for each in painted(program.window) if each.item.inherits("QQuickVideoOutput")]
    return view


def drawn(program: Program) -> QImage:
    frames: list[None] = []
    program.window.frameSwapped.connect(lambda: frames.append(None))
    program.window.update()
    wait_until(lambda: len(frames) > 2)
    return program.window.grabWindow()


def seen_at(picture: QImage, view: QQuickItem, x: float, y: float) -> QColor:
    """The colour at a place of the camera's picture; the item's own transformation says where that is."""
    across, down = view.width() / WIDTH, view.height() / HEIGHT
    scale = max(across, down)
    at = QPointF(
        view.width() / 2 + (x - WIDTH / 2) * scale,
        view.height() / 2 + (y - HEIGHT / 2) * scale,
    )
    place = view.mapToScene(at) * picture.devicePixelRatio()
    return picture.pixelColor(place.toPoint())


def look(folder: Path, computer: PretendComputer, picture_to: Path) -> dict[str, object]:
    profile = find_profile(folder)
    camera = Camera(computer)
    program = build(lambda: sample_ports(profile), profile, words(), lambda: camera)
    model = program.rooms.camera
    program.shell.goTo(Page.CAMERA)
    wait_until(lambda: model.state.phase is Phase.LIVE)
    camera.sink.setVideoFrame(frame_of(desk()))
    camera.sink.setVideoFrame(frame_of(held(SIDE, x=LEFT, y=TOP)))
    wait_until(lambda: CAMERA_A in model.state.last)
    picture = drawn(program)
    picture.save(str(picture_to))
    view = live_view(program)
    left, middle = (view.mapToScene(QPointF(view.width() * part, 0)).x() for part in (0.25, 0.5))
    edge = LEFT + SIDE * 4 / 41  # the code's own left edge, within its white one
    seen: dict[str, object] = {
        "mirrored": left > middle,
        "paper": seen_at(picture, view, LEFT + 5, TOP + 5).name(),
        "outline": [seen_at(picture, view, edge, TOP + SIDE * part).name() for part in (0.3, 0.5, 0.7)],
    }
    del view
    program.close()
    return seen


def main() -> None:
    application = QGuiApplication([])
    folder = Path(sys.argv[1])
    seen = {
        device.id: look(folder / device.id, PretendComputer(device), folder / f"{device.id}.png")
        for device in (WEBCAM, TABLET)
    }
    print(json.dumps(seen))
    del application


if __name__ == "__main__":
    main()
