"""One target of the fuzzing: bytes in, one of our own errors or a result that keeps its promise out."""

import importlib
import sys
import time
from collections.abc import Callable
from pathlib import Path

MODULES = (
    "labelviewer.domain.web_address",
    "labelviewer.domain.host_names",
    "labelviewer.domain.scanned",
    "labelviewer.domain.strict_json",
    "labelviewer.domain.plain_text",
    "labelviewer.verify.token",
    "labelviewer.verify.status",
    "labelviewer.adapters.links",
)
MOST_BYTES = 4_096

Target = Callable[[bytes], None]


def text_of(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def web_address(data: bytes) -> None:
    from labelviewer.domain.errors import RefusedError
    from labelviewer.domain.web_address import over_https, parse_web_address

    text = text_of(data)
    over_https(text)
    try:
        address = parse_web_address(text)
    except RefusedError:
        return
    assert parse_web_address(str(address)) == address


def scanned(data: bytes) -> None:
    from labelviewer.domain.scanned import classify

    text = text_of(data)
    assert classify(text).raw == text


def strict_json(data: bytes) -> None:
    import json

    from labelviewer.domain.strict_json import StrictJsonError, load

    try:
        value = load(data, max_bytes=MOST_BYTES)
    except StrictJsonError:
        return
    assert value == json.loads(data)


def token(data: bytes) -> None:
    from labelviewer.verify.token import LABEL_TYPE, TokenError, encode, read_header, split

    try:
        read_header(data, LABEL_TYPE)
    except TokenError:
        pass
    try:
        parts = split(data)
    except TokenError:
        return
    assert b".".join(map(encode, (parts.header, parts.payload, parts.signature))) == data


def status(data: bytes) -> None:
    """Behind the signature, as whoever holds a stolen status key could send it."""
    from labelviewer.verify import status as module

    for read in (module._claims, lambda body: module._inflated(text_of(body))):
        try:
            read(data)
        except module.StatusError:
            pass


def plain_text(data: bytes) -> None:
    from labelviewer.domain.plain_text import clean

    cleaned = clean(text_of(data))
    assert clean(cleaned) == cleaned
    assert not set(cleaned) & {"\x1b", "\x00", "\r", "\u202e", "\u2066"}


def host_names(data: bytes) -> None:
    from labelviewer.domain.errors import RefusedError
    from labelviewer.domain.host_names import host_parts, imitated
    from labelviewer.domain.web_address import parse_web_address

    try:
        host = parse_web_address(f"https://{text_of(data)}/").host
    except RefusedError:
        return
    parts = host_parts(host)
    assert parts.before + parts.registrable == host
    imitated(host, ["labels.a-label-office.example"])


def links(data: bytes) -> None:
    from labelviewer.adapters.links import in_header, in_linkset
    from labelviewer.domain.strict_json import StrictJsonError

    in_header(data.decode("latin-1"), "a/b")
    try:
        in_linkset(data, "a/b", MOST_BYTES)
    except StrictJsonError:
        pass


SEEDS: dict[str, tuple[bytes, ...]] = {
    "web_address": (b"https://labels.xn--mller-kva.example:443/l/%41?x='1'#y", b"http://a.example/"),
    "scanned": (b"WIFI:T:WPA;S:a;;", b"BEGIN:VCARD\n", b"4006381333931", b"https://a.example/l/1"),
    "strict_json": (b'{"a":[1,-0.5e3,"\\u00e9\\ud83d\\ude00",true,null]}',),
    "token": (b'{"alg":"Ed25519","kid":"k1","typ":"label+jwt"}', b"e30.e30." + b"A" * 86),
    "status": (
        b'{"sub":"https://a.example/s","iat":1,"exp":2,"ttl":60,"status_list":{"bits":2,"lst":"eNpjAAAAAQAB"}}',
    ),
    "plain_text": ("a\u202eb\x1b[2Je\u0301".encode(),),
    "host_names": (b"labels.a-label-office.example.shop.co.uk", b"xn--mller-kva.example"),
    "links": (b'{"linkset":[{"item":[{"href":"x","type":"a/b"}]}]}', b'<x>; rel="item"; type="a/b", <y>;type=a/b'),
}


def with_atheris(target: Target, seconds: int, corpus: str) -> None:
    """Does not return; a finding ends the process with a status of its own. Nothing of ours may be imported before."""
    import atheris

    with atheris.instrument_imports(include=["labelviewer"]):
        for module in MODULES:
            importlib.import_module(module)
    bounds = (f"-max_total_time={seconds}", f"-max_len={MOST_BYTES}")
    atheris.Setup([sys.argv[0], corpus, *bounds, f"-artifact_prefix={corpus}-", "-print_final_stats=1"], target)
    atheris.Fuzz()


def with_hypothesis(target: Target, seconds: int, seeds: tuple[bytes, ...]) -> None:
    from hypothesis import HealthCheck, given, settings
    from hypothesis import strategies as st

    end = time.monotonic() + seconds
    tried = 0
    pieces = st.sampled_from(seeds).flatmap(
        lambda seed: st.tuples(st.integers(0, len(seed)), st.binary(max_size=8), st.integers(0, len(seed))).map(
            lambda cut: seed[: cut[0]] + cut[1] + seed[cut[2] :]
        )
    )

    @settings(max_examples=2_000, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(st.one_of(st.binary(max_size=MOST_BYTES), st.text().map(str.encode), pieces))
    def attempt(data: bytes) -> None:
        nonlocal tried
        tried += 1
        target(data)

    while time.monotonic() < end:
        attempt()
    print(f"{tried} inputs")


def main(engine: str, name: str, seconds: str, corpus: str) -> None:
    target: Target = globals()[name]
    for number, seed in enumerate(SEEDS[name]):
        Path(corpus, f"seed-{number}").write_bytes(seed)
    if engine == "atheris":
        with_atheris(target, int(seconds), corpus)
    with_hypothesis(target, int(seconds), SEEDS[name])


if __name__ == "__main__":
    main(*sys.argv[1:])
