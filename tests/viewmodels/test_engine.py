"""The engine draws our own files and asks nobody else for anything."""

from functools import partial
from pathlib import Path
from socket import create_server, socket

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtQml import QQmlAbstractUrlInterceptor, QQmlComponent, QQmlExpression, qmlContext
from PySide6.QtQuick import QQuickItem

from labelviewer.domain.sighting import Still
from labelviewer.resources import SAMPLES
from labelviewer.ui import guards
from labelviewer.ui.engine import Engine
from labelviewer.ui.stills import PROVIDER, Stills
from labelviewer.ui.viewmodels.words import WordsViewModel
from tests.labels import words
from tests.ui_fixtures import open_window, wait_until


@pytest.fixture
def listener() -> socket:
    return create_server(("127.0.0.1", 0))


def image_of(engine: Engine, source: str) -> tuple[QQmlComponent, QQuickItem]:
    component = QQmlComponent(engine._engine)
    component.setData(f'import QtQuick\nImage {{ source: "{source}" }}'.encode(), QUrl())
    image = component.create()
    assert isinstance(image, QQuickItem)
    return component, image


@pytest.mark.threat("T12")
@pytest.mark.qt_log_ignore("Cannot open|Protocol|Error transferring|QML (QQuick)?Image", extend=True)
@pytest.mark.parametrize("scheme", ["http", "https", "ftp"])
def test_a_picture_on_the_network_is_not_asked_for(listener: socket, scheme: str) -> None:
    engine = Engine()
    engine.guard()
    assert_not_asked(engine, scheme, listener)
    engine.close()


@pytest.mark.threat("T32")
@pytest.mark.qt_log_ignore("Cannot open|Protocol|Error transferring|QML (QQuick)?Image", extend=True)
def test_the_program_itself_asks_nobody_for_a_picture(listener: socket, tmp_path: Path) -> None:
    with open_window(tmp_path, expected=('Protocol "refused" is unknown',)) as shopper:
        assert_not_asked(shopper.program.opened.engine, "http", listener)


def assert_not_asked(engine: Engine, scheme: str, listener: socket) -> None:
    component, image = image_of(engine, f"{scheme}://127.0.0.1:{listener.getsockname()[1]}/x.png")
    wait_until(partial(is_idle, image))
    assert image.implicitWidth() == 0
    listener.setblocking(False)
    with pytest.raises(BlockingIOError):
        listener.accept()
    listener.close()
    del image, component


def is_idle(image: QQuickItem) -> bool:
    context = qmlContext(image)
    assert context is not None
    return bool(QQmlExpression(context, image, "status !== Image.Loading").evaluate()[0])


def test_a_picture_of_ours_is_drawn() -> None:
    engine = Engine()
    engine.guard()
    path = SAMPLES / "us-ctm" / "camera-a" / "code.png"
    component, image = image_of(engine, QUrl.fromLocalFile(str(path)).toString())
    assert image.implicitWidth() > 0
    del image, component
    engine.close()


def test_the_picture_that_was_looked_at_is_drawn_and_only_the_newest() -> None:
    stills = Stills()
    old = stills.keep(Still(2, 1, b"\xff\x00\x00\x00\xff\x00"))
    new = stills.keep(Still(3, 1, bytes(9)))
    engine = Engine()
    engine.provide(PROVIDER, stills)
    engine.guard()
    component, image = image_of(engine, new)
    assert image.implicitWidth() == 3
    assert stills.requestImage(old.rpartition("/")[2], None, None).isNull()  # type: ignore[arg-type]
    del image, component
    engine.close()


def test_words_come_from_the_catalogue() -> None:
    assert WordsViewModel(words()).say("history.title") == "My labels"


@pytest.mark.threat("T32")
@pytest.mark.parametrize(
    ("address", "ours"),
    [("file:///x/Main.qml", True), ("qrc:/x.qml", True), ("image://stills/1", True), ("http://a.example/x.qml", False)],
)
def test_only_our_own_addresses_lead_anywhere(address: str, ours: bool) -> None:
    kind = QQmlAbstractUrlInterceptor.DataType.QmlFile
    assert guards._OnlyOurs().intercept(QUrl(address), kind) == (QUrl(address) if ours else QUrl())
