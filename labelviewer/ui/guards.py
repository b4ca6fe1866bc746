"""What keeps QML at home: no network, and no address that is not ours."""

from PySide6.QtCore import QObject, QUrl
from PySide6.QtNetwork import QNetworkAccessManager, QNetworkReply, QNetworkRequest
from PySide6.QtQml import QQmlAbstractUrlInterceptor, QQmlEngine, QQmlNetworkAccessManagerFactory

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


class Guards:
    """Set on an engine, and kept alive as long as it."""

    def __init__(self, engine: QQmlEngine) -> None:
        self._factory = _RefuseNetwork()
        self._interceptor = _OnlyOurs()
        engine.setNetworkAccessManagerFactory(self._factory)
        engine.addUrlInterceptor(self._interceptor)
