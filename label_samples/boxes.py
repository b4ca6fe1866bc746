"""The samples: how each box looks, how it was photographed, who signs it, and what was changed afterwards."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from label_samples import products
from label_samples.box_art import Design
from label_samples.photograph import Shot

ED25519, ES256, STATUS = "samples-ed25519", "samples-es256", "samples-status"


@dataclass(frozen=True, slots=True)
class Sample:
    """`altered` holds claims that are changed after signing; `withdrawn` is what the status list says."""

    path: str
    design: Design
    shot: Shot
    kid: str = ED25519
    altered: Mapping[str, object] = field(default_factory=dict)
    withdrawn: bool = False


SAMPLES = (
    Sample(
        "us-ctm/camera-a",
        Design(
            products.round_camera, "#e3904f", "#ab4a30", "#5ccb8d",
            "Sees who is there. Keeps it at home.", ("Night view", "Two-way talk", "Works with Homely"),
        ),
        Shot(seed=1, turn=-17, tilt=7),
    ),
    Sample(
        "us-ctm/camera-b",
        Design(
            products.cube_camera, "#4fb0a0", "#1d5f5b", "#ffb84d",
            "Small enough for any shelf.", ("Fits in a palm", "Alerts on your phone", "Works with Homely"),
        ),
        Shot(seed=2, turn=20, tilt=6, roll=1.5, lamp=(0.75, 0.2), wall="#dfe3e4", table="#8b6b4f"),
    ),
    Sample(
        "us-ctm/camera-old",
        Design(
            products.dome_camera, "#d8c49c", "#a08a5e", "#8c3b32",
            "Watches over the cradle.", ("Clear picture", "Gentle night light", "Works with Homely"), ink="#33291a",
        ),
        Shot(seed=3, turn=-26, tilt=8, roll=-2, wall="#cfc8bb", table="#6f5238", dimness=0.42),
    ),
    Sample(
        "us-ctm/camera-withdrawn",
        Design(
            products.doorbell, "#5570a8", "#25355a", "#7fd4ff",
            "See who rings before you open.", ("Rings on your phone", "Wide view", "Works with Homely"),
        ),
        Shot(seed=4, turn=15, tilt=5, roll=-1, lamp=(0.8, 0.1), table="#b08d63"),
        withdrawn=True,
    ),
    Sample(
        "us-ctm/camera-tampered",
        Design(
            products.tube_camera, "#a255a4", "#51205c", "#ffd23f",
            "The garden, day and night.", ("Stands any weather", "Sees in the dark", "Works with Homely"),
        ),
        Shot(seed=5, turn=-21, tilt=6, roll=1, wall="#d6dbe0", table="#7d7f83", dimness=0.4),
        altered={"support-until": "2035-12-31"},
    ),
    Sample(
        "us-ctm/router-unsupported",
        Design(
            products.router, "#748d9c", "#37485a", "#4cd07d",
            "Wireless in every room.", ("Two antennas", "Set up in minutes", "Four cable sockets"),
        ),
        Shot(seed=6, turn=23, tilt=8, lamp=(0.7, 0.1), wall="#e6e1d6", table="#94724e"),
    ),
    Sample(
        "nist-iot/thermostat",
        Design(
            products.dial, "#8fbb7a", "#3f6f46", "#ff9b54",
            "Warm when you are in.", ("Learns your week", "Turn to set", "Heats without internet"),
        ),
        Shot(seed=7, turn=-14, tilt=5, roll=-1.5, wall="#ece7dc", table="#b58a5c"),
    ),
    Sample(
        "nist-software/passwords-a",
        Design(
            products.key_ring, "#4a946d", "#1c4634", "#9bdcaa",
            "All your passwords, well tended.", ("Version 6", "For five systems", "Locked on your device"),
        ),
        Shot(seed=8, turn=18, tilt=7, roll=1, lamp=(0.7, 0.15), wall="#dcd6ca", table="#5f4a3a"),
        kid=ES256,
    ),
    Sample(
        "nist-software/passwords-b",
        Design(
            products.pass_card, "#8b78d6", "#41327c", "#e9739b",
            "Your passwords, wherever you are.", ("Version 3", "For two systems", "Easy to start"),
        ),
        Shot(seed=9, turn=-23, tilt=6, roll=2, wall="#e3dfe8", table="#9c7a58"),
        kid=ES256,
    ),
)  # fmt: skip
