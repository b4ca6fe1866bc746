"""From a picture or a text to an answer: what is asked where, what is never asked, and what the person is told."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from labelviewer.domain.errors import LabelViewerError
from labelviewer.domain.evidence import Box
from labelviewer.domain.inspection import Inspection, Stage
from labelviewer.domain.report import Standing, State, Step
from labelviewer.domain.scanned import KINDS, LabelAddress, ProductNumber, classify
from labelviewer.pipeline.run import inspect_code, inspect_picture, inspect_reading, inspect_typed
from labelviewer.present.label_page import label_page
from tests.labels import packs, words
from tests.pipeline.run_world import World, bars, found, problem, sheet, square
from tests.simulator import DAY, GTIN, Authority, demo_authority, tamper

HOST = "labels.a.example"
EAN = GTIN.removeprefix("0")
OTHER_EAN = "4006381333931"
WIFI = "WIFI:S:home;P:secret;;"


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def standing(inspection: Inspection, step: Step) -> Standing:
    assert inspection.report is not None
    return next(finding.standing for finding in inspection.report.findings if finding.step is step)


def texts(inspection: Inspection) -> list[str]:
    assert inspection.reading is not None
    return [seen.text for seen in inspection.reading.sightings]


# What is never asked

NOT_ASKED = [
    ("http://shop.example/l/2026-000123", "S44", {"scheme": "http"}),
    ("http://a.example:80/l/2026-000123", "S44", {"scheme": "http"}),
    ("http://me@a.example/l/2026-000123", "S44", {"scheme": "http"}),
    ("javascript:alert(1)", "S44", {"scheme": "javascript"}),
    ("file:///etc/passwd", "S44", {"scheme": "file"}),
    ("ftp://a.example/l/1", "S44", {"scheme": "ftp"}),
    ("https://127.0.0.1/l/1", "S46", {"host": "127.0.0.1"}),
    ("https://[::1]/l/1", "S46", {"host": "[::1]"}),
    ("https://localhost/l/1", "S46", {"host": "localhost"}),
    ("https://user@a.example/l/2026-000123", "S46", {"host": "user@a.example"}),
    ("https://a.example:8443/l/2026-000123", "S46", None),
    ("https://shop.example/l/2026-000123", "S42", {"host": "shop.example"}),
    (
        "https://a.example.shop.example/l/2026-000123",
        "S43",
        {"host": "a.example.shop.example", "known": "a.example"},
    ),
    ("https://bit.ly/2026", "S45", {"host": "bit.ly"}),
    ("https://my.bit.ly/2026", "S45", {"host": "my.bit.ly"}),
    ("https://xn--a-9ia.example/l/2026-000123", "S42", None),
    ("https://a.example/elsewhere", "F05", {"host": "a.example"}),
    ("https://a.example/l/2026-000123?x=1", "F05", {"host": "a.example"}),
    ("https://a.example/l/", "F05", {"host": "a.example"}),
    ("https://a.example/l/..%2F..%2Fsecret", "F05", {"host": "a.example"}),
    (f"https://a.example/01/{'1' * 13}", "F05", {"host": "a.example"}),
    ("https://labels.a.example/v1/l/2026-000123.jwt", "F05", {"host": HOST}),
    (OTHER_EAN, "S47", {"number": OTHER_EAN}),
    ("12345", "S41", {"kind": "kind.number"}),
    ("", "S41", {"kind": "kind.text"}),
    ("hello", "S41", {"kind": "kind.text"}),
    (WIFI, "S41", {"kind": "kind.wifi"}),
    ("BEGIN:VCARD\nEND:VCARD", "S41", {"kind": "kind.contact"}),
    ("BEGIN:VEVENT\nEND:VEVENT", "S41", {"kind": "kind.calendar"}),
    ("bitcoin:1abc", "S41", {"kind": "kind.payment"}),
    ("tel:+15550100", "S41", {"kind": "kind.phone"}),
    ("smsto:1:hi", "S41", {"kind": "kind.message"}),
    ("mailto:a@b.example", "S41", {"kind": "kind.mail"}),
    ("geo:1,2", "S41", {"kind": "kind.place"}),
]


GERMAN_PAGE = "https://www.bsi.bund.de/SharedDocs/IT-Sicherheitskennzeichen/EN/2025/sik-05165.html"
RECOGNISED: list[tuple[str, str, tuple[str, str, str] | None]] = [
    ("CSA/311227/SAMPLE-1", "S47", ("number", "CSA/311227/SAMPLE-1", "Singapore Cybersecurity Label (CLS)")),
    ("CSA/310227/SAMPLE-1", "S41", None),
    (GERMAN_PAGE, "S50", ("address", "05165", "German IT Security Label (IT-Sicherheitskennzeichen)")),
    ("https://www.bsi.bund.de/other", "S50", ("host", "", "German IT Security Label (IT-Sicherheitskennzeichen)")),
    ("https://www.bsi.bund.de.shop.example/other", "S42", None),
    ("https://a-www.bsi.bund.de/other", "S42", None),
    ("https://shop.example.org/CSA/311227/1", "S42", None),
    ("https://www.ipa.go.jp/security/jc-star/1", "S50", ("host", "", "Japan's JC-STAR label")),
    ("https://shop.example.org/item/01/09506000134352", "S42", ("link", "09506000134352", "")),
    ("http://shop.example.org/01/9506000134352/21/7", "S44", ("link", "09506000134352", "")),
    ("https://shop.example.org/01/09506000134353", "S42", None),
    (OTHER_EAN, "S47", ("barcode", OTHER_EAN, "")),
    ("https://eprel.ec.europa.eu/qr/123456", "S50", ("address", "123456", "EU energy label (EPREL)")),
    ("https://eprel.ec.europa.eu/qr/12x", "S50", ("host", "", "EU energy label (EPREL)")),
]

GIVEN: list[tuple[str, dict[str, object], str]] = [
    ("CSA/311227/SAMPLE-1", {"ends": date(2027, 12, 31), "product": "SAMPLE-1"}, "https://www.csa.gov.sg/"),
    (GERMAN_PAGE, {"number": "05165", "year": "2025"}, GERMAN_PAGE),
    ("https://www.bsi.bund.de/other", {}, "https://www.bsi.bund.de/other"),
    (
        "https://shop.example.org/01/09506000134352/10/AB%2F1/21/7?17=271231",
        {"batch": "AB/1", "serial": "7", "ends-by-link": date(2027, 12, 31)},
        "",
    ),
    (OTHER_EAN, {}, ""),
    (
        "https://eprel.ec.europa.eu/api/products/smartphones/123456",
        {"number": "123456", "group": "smartphones"},
        "https://eprel.ec.europa.eu/screen/product/smartphones/123456",
    ),
]


@pytest.mark.parametrize(("text", "facts", "page"), GIVEN)
def test_what_stands_in_a_code_is_taken_out_and_only_the_offices_own_page_is_offered(
    world: World, text: str, facts: dict[str, object], page: str
) -> None:
    seen = world.follow(text).scheme_code
    assert seen is not None
    assert (dict(seen.facts), seen.page) == (facts, page)
    assert world.asked == []


def test_a_page_of_an_office_is_asked_where_somebody_said_yes(world: World) -> None:
    assert problem(inspect_code(GERMAN_PAGE, world.ports(), strangers=True)) == "F05"
    assert world.asked == [GERMAN_PAGE]


def test_a_number_of_a_scheme_that_is_typed_is_a_number_and_no_odd_text(world: World) -> None:
    inspection = inspect_typed(" CSA/311227/SAMPLE-1 ", world.ports())
    assert problem(inspection) == "S47"
    assert inspection.scheme_code is not None
    assert inspection.scheme_code.scheme == "sg-cls"


@pytest.mark.parametrize(("text", "code", "expected"), RECOGNISED)
def test_a_code_of_a_scheme_is_named_by_its_form_and_still_nobody_is_asked(
    world: World, text: str, code: str, expected: tuple[str, str, str] | None
) -> None:
    inspection = world.follow(text)
    seen = inspection.scheme_code
    assert (seen and (seen.kind, seen.number, seen.name)) == expected
    assert isinstance(inspection.problem, LabelViewerError)
    assert inspection.problem.code == code
    assert world.asked == []


@pytest.mark.threat("T1", "T6")
@pytest.mark.parametrize(("text", "code", "facts"), NOT_ASKED)
def test_what_leads_nowhere_we_know_is_said_and_nobody_is_asked(
    world: World, text: str, code: str, facts: dict[str, str] | None
) -> None:
    inspection = world.follow(text)
    assert inspection.scanned is not None
    assert inspection.scanned.raw == text
    assert isinstance(inspection.problem, LabelViewerError)
    assert inspection.problem.code == code
    assert facts is None or inspection.problem.facts == facts
    assert (inspection.evidence, inspection.report, inspection.label) == (None, None, None)
    assert world.asked == []
    assert world.stages == []
    assert not world.path.exists()


def test_an_http_link_of_a_listed_host_is_asked_over_https_and_the_page_says_so(world: World) -> None:
    inspection = world.follow("http" + world.office.code().removeprefix("https"))
    assert found(inspection) == (State.VERIFIED, "V01")
    assert inspection.secured
    assert inspection.scanned is not None
    assert inspection.scanned.raw.startswith("http://")
    assert all(asked.startswith("https://") for asked in world.asked)
    page = label_page(inspection, words(), packs(), world.at.date())
    assert [alert.code for alert in page.alerts if alert.code == "S44H"] == ["S44H"]
    assert not world.follow().secured


def test_every_kind_of_other_text_is_among_what_is_never_asked() -> None:
    assert {f"kind.{kind}" for kind in KINDS} == {
        facts["kind"] for _, code, facts in NOT_ASKED if code == "S41" and facts
    }


@pytest.mark.threat("T1", "T33")
def test_a_host_that_was_dropped_is_as_good_as_unknown(world: World) -> None:
    world.office = world.office.drop_host("a.example")
    assert problem(world.follow("https://a.example/l/2026-000123")) == "S42"
    assert world.asked == []


@pytest.mark.fault("N4")
def test_a_host_whose_labels_lie_on_a_dropped_one_is_not_led_there_by_a_redirect(world: World) -> None:
    world.office = world.office.drop_host("elsewhere.example")
    world.moved[world.office.address()] = "https://elsewhere.example/v1/l/1.jwt"
    inspection = world.follow()
    assert problem(inspection) == "F08"
    assert inspection.problem is not None
    assert inspection.problem.facts == {"host1": HOST, "host2": "elsewhere.example"}
    assert world.asked == [world.office.address()]
    assert not world.path.exists()


# What is asked


@pytest.mark.parametrize(
    "text",
    [
        "https://a.example/l/2026-000123",
        "HTTPS://A.EXAMPLE/l/2026-000123",
        "https://a.example:443/l/2026-000123",
        "https://a.example/l/2026-000123#inside",
        " https://a.example/l/2026-000123\r\n",
    ],
)
def test_a_code_of_a_known_site_is_asked_once_at_the_address_that_the_list_names(world: World, text: str) -> None:
    inspection = world.follow(text)
    assert found(inspection) == (State.VERIFIED, "V01")
    assert world.asked == ["https://labels.a.example/v1/l/2026-000123.jwt"]
    assert inspection.scanned == classify(text)
    assert inspection.evidence is not None
    assert inspection.evidence.box == Box("https://a.example/l/2026-000123")
    assert (inspection.evidence.fetched_from, inspection.evidence.fetched_at) == (world.asked[0], world.at)
    assert inspection.label is not None
    assert inspection.label.product.name == "Hearth Camera 2"
    assert (inspection.problem, inspection.saved, inspection.not_kept) == (None, False, None)


def test_a_link_with_a_product_number_leads_to_its_label(world: World) -> None:
    token = world.office.label()
    at = f"https://labels.a.example/v1/g/{GTIN}.jwt"
    world.office = replace(world.office, labels={at: token})
    assert found(world.follow(f"https://a.example/01/{GTIN}")) == (State.VERIFIED, "V01")
    assert world.asked == [at]


def test_a_site_may_move_a_label_to_another_listed_host(world: World) -> None:
    world.moved[world.office.address()] = world.office.address("moved")
    world.office = world.office.publish("moved", world.office.label())
    inspection = world.follow()
    assert found(inspection) == (State.VERIFIED, "V01")
    assert inspection.evidence is not None
    assert inspection.evidence.fetched_from == world.office.address("moved")


def test_the_person_who_waits_is_told_each_stage_in_order_and_who_is_asked(world: World) -> None:
    world.show(square(world.office.code()))
    assert world.stages == [(Stage.READING, ""), (Stage.LOOKING_UP, HOST), (Stage.CHECKING, "")]


def test_a_typed_code_has_no_picture_to_read(world: World) -> None:
    world.follow()
    assert world.stages == [(Stage.LOOKING_UP, HOST), (Stage.CHECKING, "")]


def test_nobody_has_to_listen_to_the_stages(world: World) -> None:
    assert found(inspect_code(world.office.code(), world.ports())) == (State.VERIFIED, "V01")
    shown = inspect_picture(sheet(square(world.office.code())), "box.png", world.ports())
    assert found(shown) == (State.VERIFIED, "V01")


# Pictures


def test_a_picture_with_one_label_goes_through(world: World) -> None:
    inspection = world.show(square(world.office.code()))
    assert found(inspection) == (State.VERIFIED, "V01")
    assert texts(inspection) == [world.office.code()]
    assert inspection.reading is not None
    assert len(inspection.reading.still.rgb) == inspection.reading.still.width * inspection.reading.still.height * 3


@pytest.mark.parametrize("data", [b"", b"hello", b"\x89PNG\r\n\x1a\n", sheet(square("x"))[:90]])
def test_what_is_no_picture_says_so_and_asks_nobody(world: World, data: bytes) -> None:
    inspection = inspect_picture(data, "holiday.png", world.ports(), world.tell)
    assert inspection.problem is not None
    assert (inspection.problem.code, inspection.problem.facts) == ("S21", {"name": "holiday.png"})
    assert world.asked == []
    assert world.stages == [(Stage.READING, "")]


def test_a_picture_without_a_code_is_still_shown(world: World) -> None:
    inspection = world.show()
    assert problem(inspection) == "S20"
    assert not inspection.needs_choice
    assert inspection.reading is not None
    assert (inspection.reading.still.width, inspection.reading.still.height) == (200, 200)
    assert world.asked == []


def test_a_code_that_was_seen_but_not_read_is_counted(world: World) -> None:
    scratched = square(world.office.code()).copy()
    side = scratched.width
    scratched.paste(0, (side // 3, side // 3, side * 2 // 3, side * 2 // 3))
    inspection = world.show(scratched.resize((side * 2, side * 2)))
    assert inspection.problem is not None
    assert inspection.problem.code == "S20"
    assert inspection.problem.facts["near_misses"] in (1, 2)


def test_a_price_barcode_beside_the_label_proves_the_box(world: World) -> None:
    inspection = world.show(square(world.office.code()), bars(EAN))
    assert found(inspection) == (State.VERIFIED, "V01")
    assert inspection.evidence is not None
    assert inspection.evidence.box == Box(world.office.code(), GTIN)
    assert standing(inspection, Step.BARCODE) is Standing.HELD


@pytest.mark.threat("T2")
def test_a_price_barcode_of_another_product_is_the_wrong_box(world: World) -> None:
    inspection = world.show(bars(OTHER_EAN), square(world.office.code()))
    assert found(inspection) == (State.DOES_NOT_MATCH, "V10")
    assert inspection.report is not None
    assert inspection.report.facts == {"a": "Hearth Camera 2", "b": f"0{OTHER_EAN}"}
    assert standing(inspection, Step.CARRIER) is Standing.HELD


def test_one_number_in_two_forms_is_one_product(world: World) -> None:
    """A short barcode and the long one that it stands for."""
    world.office = world.office.publish(product={"gtin": ["00012345000065"]})
    short = bars("01234565", zxingcpp.BarcodeFormat.UPCE)
    inspection = world.show(square(world.office.code()), short, bars("012345000065", zxingcpp.BarcodeFormat.UPCA))
    assert found(inspection) == (State.VERIFIED, "V01")
    assert inspection.evidence is not None
    assert inspection.evidence.box.gtin == "00012345000065"


def test_several_products_on_the_shelf_do_not_count_against_the_label(world: World) -> None:
    inspection = world.show(square(world.office.code()), bars(OTHER_EAN), bars(EAN))
    assert found(inspection) == (State.VERIFIED, "V01")
    assert standing(inspection, Step.BARCODE) is Standing.NOT_ASKED


def test_digits_in_a_square_code_are_no_price_barcode(world: World) -> None:
    """A serial number can look like a product number by chance."""
    several = world.show(square(world.office.code()), square(OTHER_EAN))
    assert several.needs_choice
    chosen = inspect_code(world.office.code(), world.ports(), reading=several.reading)
    assert found(chosen) == (State.VERIFIED, "V01")


@pytest.mark.parametrize("number", [EAN, OTHER_EAN])
def test_a_price_barcode_alone_says_where_to_look_and_asks_nobody(world: World, number: str) -> None:
    inspection = world.show(bars(number))
    assert inspection.problem is not None
    assert (inspection.problem.code, inspection.problem.facts) == ("S40", {"number": number})
    assert isinstance(inspection.scanned, ProductNumber)
    assert inspection.reading is not None
    assert world.asked == []


def test_of_several_price_barcodes_one_must_be_chosen(world: World) -> None:
    inspection = world.show(bars(EAN), bars(OTHER_EAN))
    assert inspection.needs_choice
    assert sorted(texts(inspection)) == sorted([EAN, OTHER_EAN])
    assert problem(inspect_code(EAN, world.ports(), reading=inspection.reading)) == "S40"
    assert world.asked == []


def test_the_same_code_twice_is_no_choice(world: World) -> None:
    code = square(world.office.code())
    assert found(world.show(code, code)) == (State.VERIFIED, "V01")
    assert len(world.asked) == 1


def test_a_square_code_that_is_no_label_is_named(world: World) -> None:
    assert problem(world.show(square(WIFI), bars(EAN))) == "S41"
    assert world.asked == []


def test_of_several_codes_those_of_known_label_sites_come_first(world: World) -> None:
    known, unknown = world.office.code(), "https://shop.example/win"
    sample = world.samples.code()
    inspection = world.show(
        square(WIFI), bars(EAN), square(unknown), square(known), square("javascript:x"), square(sample)
    )
    assert inspection.needs_choice
    assert texts(inspection) == [known, sample, unknown, WIFI, "javascript:x", EAN]
    assert (inspection.scanned, inspection.evidence, inspection.problem) == (None, None, None)
    assert world.asked == []
    assert world.stages == [(Stage.READING, "")]


def test_the_code_that_was_chosen_is_followed_with_its_picture_and_its_price_barcode(world: World) -> None:
    several = world.show(square(world.office.code()), square(WIFI), bars(EAN))
    assert several.reading is not None
    chosen = inspect_code(world.office.code(), world.ports(), reading=several.reading)
    assert found(chosen) == (State.VERIFIED, "V01")
    assert chosen.reading == several.reading
    assert standing(chosen, Step.BARCODE) is Standing.HELD
    assert problem(inspect_code(WIFI, world.ports(), reading=several.reading)) == "S41"


def test_a_frozen_camera_frame_takes_the_same_path_as_a_file(world: World) -> None:
    data = sheet(square(world.office.code()), bars(EAN))
    reading = world.ports().pictures.read(data, "frame")
    frame = inspect_reading(reading, world.ports(), world.tell)
    assert [stage for stage, _ in world.stages] == [Stage.LOOKING_UP, Stage.CHECKING]
    file = inspect_picture(data, "box.png", world.ports())
    assert (found(frame), frame.evidence, frame.label) == (found(file), file.evidence, file.label)


def test_a_frame_without_a_code_says_so(world: World) -> None:
    reading = world.ports().pictures.read(sheet(), "frame")
    assert problem(inspect_reading(reading, world.ports())) == "S20"


def test_a_code_seen_sideways_is_read(world: World) -> None:
    turned = square(world.office.code()).transpose(Image.Transpose.ROTATE_90)
    assert found(world.show(turned)) == (State.VERIFIED, "V01")


# What the check finds, with everything real between the site and the state

FINDINGS: dict[str, tuple[Callable[[Authority], Authority], State, str]] = {
    "tampered": (lambda a: a.publish(token=tamper(a.label())), State.TAMPERED, "V03"),
    "one byte lost": (lambda a: a.publish(token=a.label()[:-1]), State.UNREADABLE, "F12"),
    "cut in half": (lambda a: a.publish(token=a.label()[:300]), State.UNREADABLE, "F12"),
    "a web page": (lambda a: a.publish(token=b"<html>sign in</html>"), State.UNREADABLE, "F12"),
    "somebody else's label": (lambda a: a.publish(token=a.label(a.document("other"))), State.DOES_NOT_MATCH, "V10"),
    "an issuer that no list names": (
        lambda a: a.publish(token=Authority(id="evil.example").label()),
        State.DOES_NOT_MATCH,
        "V10",
    ),
    "a claim to be listed": (
        lambda a: a.publish(token=Authority(id="evil.example").label(carriers=[a.code()])),
        State.UNKNOWN_SIGNER,
        "V04",
    ),
    "a key of somebody else": (
        lambda a: a.publish(token=a.sign_anything(a.document(), key=Authority(id="evil.example").label_key)),
        State.TAMPERED,
        "V03",
    ),
    "withdrawn": (lambda a: a.withdraw(), State.WITHDRAWN, "V07"),
    "on hold": (lambda a: a.put_on_hold(), State.SUSPENDED, "V17"),
    "issuer on hold": (lambda a: a.suspend(), State.SUSPENDED, "V17"),
    "issuer removed": (lambda a: a.remove(date(2026, 5, 1)), State.SIGNER_CANCELLED, "V05"),
    "key stolen": (lambda a: a.compromise(), State.SIGNER_CANCELLED, "V05"),
    "ran out": (lambda a: a.publish(exp=int((a.now - DAY).timestamp())), State.EXPIRED, "V06"),
    "from tomorrow": (lambda a: a.publish(iat=int((a.now + DAY).timestamp())), State.CLOCK_WRONG, "F14"),
    "another scheme than its issuer may use": (
        lambda a: a.publish(scheme={"id": "nist-iot"}, grant={"basis": "self-declared"}),
        State.UNKNOWN_SIGNER,
        "V04",
    ),
}


@pytest.mark.fault("N11")
@pytest.mark.parametrize(("flaw", "state", "code"), FINDINGS.values(), ids=FINDINGS)
def test_a_flaw_is_found_whatever_the_way_in(
    world: World, flaw: Callable[[Authority], Authority], state: State, code: str
) -> None:
    world.office = flaw(world.office)
    for inspection in (world.follow(), world.show(square(world.office.code()))):
        assert found(inspection) == (state, code)
        assert inspection.problem is None
    assert len(world.asked) == 2


@pytest.mark.fault("N11")
@pytest.mark.threat("T17")
def test_an_old_status_list_is_not_todays(world: World) -> None:
    world.renews_status = False
    assert found(world.follow()) == (State.NOT_TODAY, "V08")


# Schemes that we do not know


def unknown_scheme(world: World) -> None:
    """The issuer may use the scheme; we have no pack for it."""
    office = replace(world.office, schemes=("zz-new",))
    world.office = office.publish(scheme={"id": "zz-new", "version": "1"})


def test_a_scheme_without_a_pack_is_newer_than_this_program_and_never_verified(world: World) -> None:
    unknown_scheme(world)
    inspection = world.follow()
    assert problem(inspection) == "F11"
    assert found(inspection) == (State.UNREADABLE, "F11")
    assert inspection.label is None
    assert not world.path.exists()


def test_a_refusal_wins_over_a_scheme_that_we_do_not_know(world: World) -> None:
    unknown_scheme(world)
    number = "2026-000123"
    flaws = {
        State.TAMPERED: world.office.publish(number, tamper(world.office.labels[world.office.address()])),
        State.WITHDRAWN: world.office.withdraw(),
        State.SIGNER_CANCELLED: world.office.compromise(),
    }
    for state, office in flaws.items():
        world.office = office
        inspection = world.follow()
        assert inspection.report is not None
        assert inspection.report.state is state
        assert inspection.report.state.hides_facts
        assert (problem(inspection), inspection.label) == ("F11", None)


# Samples


def test_a_sample_is_checked_for_real_and_leaves_no_trace(world: World) -> None:
    inspection = world.follow(world.samples.code())
    assert found(inspection) == (State.VERIFIED, "V01")
    assert inspection.report is not None
    assert inspection.report.sample
    assert isinstance(inspection.scanned, LabelAddress)
    assert not world.path.exists()
    world.follow()
    world.follow(world.samples.code())
    assert world.kept() == [world.office.label()]


def test_a_sample_is_not_kept_even_where_a_real_site_serves_it(world: World) -> None:
    foreign = demo_authority().label(carriers=[world.office.code()])
    world.office = world.office.publish(token=foreign)
    inspection = world.follow()
    assert inspection.report is not None
    assert inspection.report.sample
    assert not world.path.exists()


def test_a_sample_site_gets_nothing_into_the_library_even_with_a_real_label(world: World) -> None:
    real = world.office.label(carriers=[world.samples.code()])
    world.samples = world.samples.publish(token=real)
    inspection = world.follow(world.samples.code())
    assert inspection.report is not None
    assert not inspection.report.sample
    assert not world.path.exists()
