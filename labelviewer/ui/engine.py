"""The QML engine: our files and nothing else; no network, no picture from outside."""

from pathlib import Path

import shiboken6
from PySide6.QtCore import QObject, QUrl
from PySide6.QtNetwork import QNetworkAccessManager, QNetworkReply, QNetworkRequest
from PySide6.QtQml import (
    QQmlAbstractUrlInterceptor,
    QQmlApplicationEngine,
    QQmlNetworkAccessManagerFactory,
)
from PySide6.QtQuick import QQuickWindow

from labelviewer.ui.stills import PROVIDER, Stills

QML = Path(__file__).parent / "qml"
LOCAL = ("qrc", "file", "image", "")


class _NoNetwork(QNetworkAccessManager):
    def createRequest(
        self, op: QNetworkAccessManager.Operation, request: QNetworkRequest, device: object = None
    ) -> QNetworkReply:
        """Every request ends before it starts: an address of no scheme cannot be fetched."""
        del request, device
        return super().createRequest(op, QNetworkRequest(QUrl("refused:")), None)


class _RefuseNetwork(QQmlNetworkAccessManagerFactory):
    def create(self, parent: QObject) -> QNetworkAccessManager:
        return _NoNetwork(parent)


class _OnlyOurs(QQmlAbstractUrlInterceptor):
    def intercept(self, path: QUrl | str, type: QQmlAbstractUrlInterceptor.DataType) -> QUrl:  # noqa: A002, ARG002
        address = QUrl(path)
        return address if address.scheme() in LOCAL else QUrl()


class Engine:
    """Owns what the engine itself does not keep alive, and the order of taking it apart."""

    def __init__(self, stills: Stills) -> None:
        self._factory = _RefuseNetwork()
        self._interceptor = _OnlyOurs()
        self._engine = QQmlApplicationEngine()
        self._engine.setNetworkAccessManagerFactory(self._factory)
        self._engine.addUrlInterceptor(self._interceptor)
        self._engine.addImageProvider(PROVIDER, stills)
        self._engine.addImportPath(str(QML))

    def show(self, properties: dict[str, object]) -> QQuickWindow:
        self._engine.setInitialProperties(properties)
        self._engine.loadFromModule("LabelViewer", "Main")
        window = self._engine.rootObjects()[0]
        assert isinstance(window, QQuickWindow)
        return window

    def close(self) -> None:
        """The views go before the view models they are bound to."""
        shiboken6.delete(self._engine)
