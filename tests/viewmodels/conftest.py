"""View models with real parts around them, and jobs that run when the test turns the crank."""

from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from labelviewer.adapters.profile import Profile, find_profile
from labelviewer.pipeline.run import Ports
from labelviewer.words.catalogue import Words
from tests import labels
from tests.simulator import Authority
from tests.ui_fixtures import Crank, sample_ports, shop_ports


@pytest.fixture(scope="session")
def qapp_cls() -> type[QGuiApplication]:
    return QGuiApplication


@pytest.fixture(autouse=True)
def _qt(qapp: QGuiApplication) -> None:
    """Timers and signals need an application."""


@pytest.fixture
def crank() -> Crank:
    return Crank()


@pytest.fixture
def words() -> Words:
    return labels.words()


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    return find_profile(tmp_path)


@pytest.fixture
def ports(profile: Profile) -> Ports:
    """The samples, offline."""
    return sample_ports(profile)


@pytest.fixture
def shop() -> Authority:
    return Authority().publish("1").publish("2", product={"name": "Lookout Mini"}, claims=[])


@pytest.fixture
def shop_world(shop: Authority, profile: Profile) -> Ports:
    """Labels that are no samples; the library keeps them."""
    return shop_ports(shop, profile)
