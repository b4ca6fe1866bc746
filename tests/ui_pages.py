"""Every page in every state that looks different, by name, with the way there."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from labelviewer.adapters.camera import Camera
from labelviewer.adapters.profile import Profile
from labelviewer.domain.errors import NotAnsweringError
from labelviewer.domain.imported import Imported
from labelviewer.pipeline.run import Ports
from labelviewer.ui.viewmodels.bundles import BundleState, Doing
from labelviewer.ui.viewmodels.lines import line
from labelviewer.ui.viewmodels.scan import ScanState
from labelviewer.verify.issuer import fingerprint, load_issuer
from tests.accessibility import walk
from tests.cameras import STICK, WEBCAM, PretendComputer
from tests.simulator import Authority
from tests.ui_fixtures import Shopper, codes_picture, sample_ports, shop_ports, wait_until

LONG_NAME = "Hearth Outdoor Camera with Floodlight and Two-Way Talk, Second Edition 2026"
OWN = Authority(id="own.example", name="The Corner Shop")
SIGNER = json.dumps({"iss": OWN.id, "name": {"en": OWN.name}, "keys": OWN.entry()["keys"]}).encode()
NAMES = {"1": "Hearth Camera 2", "2": LONG_NAME}
SOON = {"criterion": "support-until", "value": "2027-01-31", "as_of": "2026-03-01"}
SHOP = Authority().publish("1").publish("2", product={"name": LONG_NAME}, claims=[])
OWNED = Authority().publish("1", claims=[SOON]).publish("2", product={"name": LONG_NAME}, claims=[])


def blank(width: int = 400, height: int = 300) -> QImage:
    """A picture with no code in it."""
    picture = QImage(width, height, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.lightGray)
    return picture


def start(_shopper: Shopper) -> None:
    """Where the window opens."""


def adding(shopper: Shopper) -> None:
    shopper.scan("us-ctm/camera-a")
    shopper.program.shell.compareThis()
    shopper.settle()


def samples_while_adding(shopper: Shopper) -> None:
    adding(shopper)
    shopper.go("samples")


def waiting(shopper: Shopper) -> None:
    """A site keeps the shopper waiting; the worker never gets the question."""
    scan = shopper.program.rooms.scan
    scan._become(ScanState(busy=True, host="labels.a.example", slow=True))


def label(sample: str) -> Callable[[Shopper], None]:
    return lambda shopper: shopper.scan(sample)


def tampered_with_facts(shopper: Shopper) -> None:
    shopper.scan("us-ctm/camera-tampered")
    shopper.program.rooms.label.reveal()
    shopper.settle()


def with_checks(shopper: Shopper) -> None:
    shopper.scan("us-ctm/camera-a")
    shopper.program.rooms.label.toggleChecks()
    shopper.settle()


def with_a_proof_not_saved(shopper: Shopper) -> None:
    shopper.program.rooms.places.ask = lambda _want: Path("/nowhere/proof.json")
    with_checks(shopper)
    shopper.program.rooms.proof.save()
    wait_until(lambda: shopper.program.rooms.proof.property("message") is not None)
    shopper.settle()


def signer_offered(shopper: Shopper) -> None:
    shopper.go("trust")
    shopper.program.rooms.trust.offer(SIGNER, "label-issuer.json")
    wait_until(lambda: shopper.program.rooms.trust.property("offered") is not None)
    shopper.settle()


def signer_added(shopper: Shopper) -> None:
    signer_offered(shopper)
    shopper.program.rooms.trust.add("".join(fingerprint(load_issuer(SIGNER))))
    wait_until(lambda: shopper.program.rooms.trust.property("page")["added"])
    shopper.settle()


def bundle_coming_in(shopper: Shopper) -> None:
    """The worker never gets the file."""
    bundles = shopper.program.rooms.bundles
    shopper.go("bundle")
    bundles._become(BundleState(Doing.IMPORTING, "shop.lvbundle", 0.37))


def bundle_stopped(shopper: Shopper) -> None:
    bundles = shopper.program.rooms.bundles
    shopper.go("bundle")
    done = Imported(kept=4_000, statuses=2, refused=1, resumed_at=9)
    bundles._become(BundleState(name="shop.lvbundle", done=done, stopped=True))


def with_everything_open(shopper: Shopper) -> None:
    shopper.scan("nist-iot/thermostat")
    for node in [node for node in walk(shopper.tree) if node.item.property("open") is False]:
        node.press()
    shopper.settle()


def compare(*samples: str) -> Callable[[Shopper], None]:
    return lambda shopper: shopper.scan(*samples)


def sharing(deed: str, *samples: str) -> Callable[[Shopper], None]:
    """One of the panels; it opens the menu."""

    def go(shopper: Shopper) -> None:
        shopper.scan(*samples)
        share = shopper.program.rooms.share
        share.act("compare" if len(samples) > 1 else "label", deed)
        wait_until(lambda: share.state.open == deed)
        shopper.settle()

    return go


def compare_all_rows(shopper: Shopper) -> None:
    shopper.scan("us-ctm/camera-a", "us-ctm/camera-b")
    shopper.program.rooms.compare.showOnlyDifferences(False)
    shopper.settle()


def compare_four(shopper: Shopper) -> None:
    """More than fits beside each other in a narrow window; one is the reference, one price is wrong."""
    shopper.scan("us-ctm/camera-a", "us-ctm/camera-b", "us-ctm/camera-tampered", "us-ctm/router-unsupported")
    shopper.program.rooms.compare.pin(1)
    shopper.program.rooms.compare.typePrice(0, "129.90")
    shopper.program.rooms.compare.typePrice(1, "cheap")
    shopper.settle()


def compare_with_one_left(shopper: Shopper) -> None:
    shopper.scan("us-ctm/camera-a", "us-ctm/camera-b")
    shopper.program.rooms.compare.remove(1)
    shopper.settle()


def history(shopper: Shopper) -> None:
    for number in ("1", "2"):
        shopper.follow(SHOP.code(number))
    shopper.go("history")
    wait_until(lambda: bool(shopper.program.rooms.history.state.rows))
    shopper.settle()


def owning(shopper: Shopper) -> None:
    """Both labels are owned, and one of them loses its updates soon."""
    for number in ("1", "2"):
        shopper.follow(OWNED.code(number))
    shopper.go("history")
    rooms = shopper.program.rooms
    wait_until(lambda: len(rooms.history.state.rows) == len(NAMES))
    for place, row in enumerate(reversed(rooms.history.state.rows)):
        rooms.history.claim(row.number)
        wait_until(lambda: len(rooms.things.state.rows) > place)  # noqa: B023
    shopper.settle()


def owning_while_asking(shopper: Shopper) -> None:
    """The worker never gets the question."""
    owning(shopper)
    things = shopper.program.rooms.things
    things._become(replace(things.state, busy=True, part=0.5, product=NAMES["1"]))
    shopper.settle()


def owning_offline(shopper: Shopper) -> None:
    owning(shopper)
    things = shopper.program.rooms.things
    told = (line("things.checked", n=1), line("things.not-reached", n=1))
    things._become(replace(things.state, told=told, missed=NotAnsweringError(host="labels.a.example")))
    shopper.settle()


def live_camera(shopper: Shopper) -> None:
    """Two cameras; the one in use has a light and zooms."""
    computer = PretendComputer(WEBCAM, STICK)
    computer.with_torch, computer.zoom = (WEBCAM,), 4.0
    shopper.program.rooms.camera._make_camera = lambda: Camera(computer)
    shopper.go("camera")


def live_camera_with_a_hint(shopper: Shopper) -> None:
    live_camera(shopper)
    camera = shopper.program.rooms.camera
    camera._become(replace(camera.state, code="S12"))


def failure_with_text(shopper: Shopper) -> None:
    shopper.follow("https://shop.example.org/" + "l" * 300)
    shopper.program.shell.act("show-text", "S42")


def settings_changed(shopper: Shopper) -> None:
    """One was changed, then all were put back and one changed again."""
    shopper.go("settings")
    preferences = shopper.program.rooms.preferences
    preferences.choose("scanner_gap", "80")
    preferences.putAllBack()
    shopper.program.settings.put(keep_history=False, scanner_prefix="]Q")
    shopper.settle()


PAGES: dict[str, Callable[[Shopper], None]] = {
    "start": start,
    "start while adding": adding,
    "samples": lambda shopper: shopper.go("samples"),
    "samples while adding": samples_while_adding,
    "settings": lambda shopper: shopper.go("settings"),
    "settings changed": settings_changed,
    "help": lambda shopper: shopper.go("help"),
    "support": lambda shopper: shopper.go("support"),
    "glossary": lambda shopper: shopper.go("glossary"),
    "address": lambda shopper: shopper.go("address"),
    "scanner": lambda shopper: shopper.go("scanner"),
    "trust": signer_added,
    "trust with an offer": signer_offered,
    "bundle coming in": bundle_coming_in,
    "bundle stopped": bundle_stopped,
    "language": lambda shopper: shopper.go("language"),
    "camera": lambda shopper: shopper.go("camera"),
    "camera live": live_camera,
    "camera with a hint": live_camera_with_a_hint,
    "choose": lambda shopper: shopper.show(codes_picture("us-ctm/camera-a", "us-ctm/camera-b")),
    "waiting": waiting,
    "label": label("us-ctm/camera-a"),
    "label tampered": label("us-ctm/camera-tampered"),
    "label tampered with facts": tampered_with_facts,
    "label ran out": label("us-ctm/camera-old"),
    "label unsupported": label("us-ctm/router-unsupported"),
    "label with checks": with_checks,
    "label with a proof not saved": with_a_proof_not_saved,
    "label with everything open": with_everything_open,
    "compare": compare("us-ctm/camera-a", "us-ctm/camera-b"),
    "compare all rows": compare_all_rows,
    "compare for a phone": sharing("phone", "us-ctm/camera-a", "us-ctm/camera-b"),
    "label with questions": sharing("ask", "nist-software/passwords-b"),
    "compare schemes": compare("us-ctm/camera-tampered", "nist-iot/thermostat"),
    "compare three": compare("us-ctm/camera-a", "us-ctm/camera-b", "us-ctm/speaker-notes"),
    "compare four": compare_four,
    "compare with one left": compare_with_one_left,
    "history": history,
    "history with things": owning,
    "history while asking": owning_while_asking,
    "history with no answer": owning_offline,
    "history empty": lambda shopper: shopper.go("history"),
    "no code": lambda shopper: shopper.show(blank()),
    "failure with text": failure_with_text,
    "bug": lambda shopper: shopper.program.crash.crashed.emit(),
}


def ports_for(page: str) -> Callable[[Profile], Ports]:
    if page.startswith("history") and page != "history empty":
        return lambda profile: shop_ports(SHOP if page == "history" else OWNED, profile)
    return sample_ports


def reach(page: str, shopper: Shopper) -> None:
    PAGES[page](shopper)
    shopper.draw()
