"""One window a test, on the samples."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from tests.simulator import Authority
from tests.ui_fixtures import Shopper, open_window, shop_ports


@pytest.fixture(scope="session")
def qapp_cls() -> type[QGuiApplication]:
    return QGuiApplication


@pytest.fixture
def shopper(qapp: QGuiApplication, tmp_path: Path) -> Iterator[Shopper]:
    with open_window(tmp_path) as shopper:
        yield shopper


@pytest.fixture
def shop() -> Authority:
    """An issuer with two labels."""
    return Authority().publish("1").publish("2", product={"name": "Lookout Mini"}, claims=[])


@pytest.fixture
def shopper_in_shop(qapp: QGuiApplication, tmp_path: Path, shop: Authority) -> Iterator[Shopper]:
    """Labels that are no samples are kept in the history."""
    with open_window(tmp_path, lambda profile: shop_ports(shop, profile)) as shopper:
        yield shopper
