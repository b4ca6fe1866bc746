"""The proxy that the system is set to, as Qt knows it: settings, environment, and scripts where it can run them."""

from PySide6.QtCore import QUrl
from PySide6.QtNetwork import QNetworkProxy, QNetworkProxyFactory, QNetworkProxyQuery

from labelviewer.adapters.proxy import Proxy
from labelviewer.domain.errors import NetworkBlockedError


def system_proxy(host: str) -> Proxy | None:
    """The first proxy that we can use, in the system's order. Blocks for as long as the system likes."""
    offered = QNetworkProxyFactory.systemProxyForQuery(QNetworkProxyQuery(QUrl(f"https://{host}/")))
    for proxy in offered:
        match proxy.type():
            case QNetworkProxy.ProxyType.NoProxy | QNetworkProxy.ProxyType.DefaultProxy:
                return None
            case QNetworkProxy.ProxyType.HttpProxy:
                return Proxy(proxy.hostName(), proxy.port())
            case _:
                continue
    if offered:
        raise NetworkBlockedError(host=host)
    return None
