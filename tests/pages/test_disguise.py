"""No page has words that cannot be translated, and words that are longer by two fifths fit."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QGuiApplication

from labelviewer.domain.pseudo import PSEUDO
from tests.accessibility import controls
from tests.disguise import is_untranslated, tongues
from tests.pages.test_rules import HEIGHT, cut, is_beside, is_small, refuse, sideways, texts
from tests.ui_fixtures import Shopper, open_window
from tests.ui_pages import PAGES, ports_for, reach

pytestmark = pytest.mark.qt_log_ignore("Couldn't (load|resolve)", extend=True)


@pytest.fixture(scope="module", params=[page for page in PAGES if page != "failure with text"])
def page(
    request: pytest.FixtureRequest, qapp: QGuiApplication, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Shopper]:
    """In a language that is English in disguise."""
    name = str(request.param)
    with open_window(tmp_path_factory.mktemp("page"), ports_for(name), tongues=tongues(PSEUDO)) as shopper:
        shopper.look()
        reach(name, shopper)
        yield shopper
        shopper.program.rooms.scan.stop()


def test_nothing_is_read_out_that_cannot_be_translated(page: Shopper) -> None:
    refuse(repr(text) for text in page.said if is_untranslated(text))


@pytest.mark.parametrize("width", [480, 1080])
def test_longer_words_fit(page: Shopper, width: int) -> None:
    page.resize(width, HEIGHT)
    reachable = width + sideways(page)
    found = [complaint for text in texts(page) for complaint in cut(text, reachable)]
    found += [f"{node} reaches beyond the window" for node in controls(page.tree) if is_beside(node.item, reachable)]
    found += [f"{node} is small" for node in controls(page.tree) if is_small(node)]
    refuse(iter(found))
