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
        "nist-iot/watering",
        Design(
            products.garden_sensor, "#5fa8a0", "#1f4f5a", "#f7d774",
            "Water while you are away.", ("Turns on by itself", "Knows wet soil", "Works without internet"),
        ),
        Shot(seed=31, turn=18, tilt=6, roll=1, lamp=(0.7, 0.15), wall="#e4e7df", table="#86694c"),
        kid=ES256,
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
    Sample(
        "sg-cls/lock-level-4",
        Design(
            products.door_lock, "#3c6e8f", "#17344a", "#7fe0c2",
            "Opens for those you know.", ("A code for each guest", "No keys to lose", "Fits most doors"),
        ),
        Shot(seed=10, turn=-16, tilt=6),
    ),
    Sample(
        "sg-cls/lock-2020",
        Design(
            products.door_lock, "#b08a5a", "#5e4527", "#ffd08a",
            "A lock with a good memory.", ("Ten codes", "Long battery life", "Fits most doors"),
        ),
        Shot(seed=11, turn=19, tilt=7, roll=1),
        kid=ES256,
    ),
    Sample(
        "de-bsi/gateway",
        Design(
            products.flat_hub, "#5c7f5a", "#27402a", "#b8e986",
            "The way into the net.", ("Quiet", "Quick to set up", "Four cable sockets"),
        ),
        Shot(seed=12, turn=-20, tilt=6, roll=-1),
    ),
    Sample(
        "de-bsi/radio-notice",
        Design(
            products.speaker, "#c9a13b", "#7a5a12", "#ff7a59",
            "Listens to you, plays for you.", ("Hears your voice", "Wakes you up", "Deep sound"),
        ),
        Shot(seed=13, turn=22, tilt=7),
        kid=ES256,
    ),
    Sample(
        "uk-psti/speaker",
        Design(
            products.speaker, "#6d83c4", "#2c3a70", "#8ff0ff",
            "Music in each corner.", ("Full sound", "Small on the shelf", "Plays for hours"),
        ),
        Shot(seed=14, turn=-18, tilt=6, roll=1.5),
    ),
    Sample(
        "uk-psti/plug",
        Design(
            products.wall_plug, "#7ab8b0", "#2e6660", "#ffe08a",
            "On and off from your sofa.", ("Counts power", "Sets timers", "Fits each socket"),
        ),
        Shot(seed=15, turn=17, tilt=6, roll=-1),
        kid=ES256,
    ),
    Sample(
        "eu-cra/scale",
        Design(
            products.glass_scale, "#d7899b", "#8a3b50", "#5cd6c0",
            "Know your weight.", ("Thin glass", "Eight people", "Shows your week"),
        ),
        Shot(seed=16, turn=-22, tilt=7, roll=1),
    ),
    Sample(
        "eu-cra/toy-unsupported",
        Design(
            products.toy_bear, "#f0b04c", "#b5651d", "#4fb7ff",
            "A friend that talks.", ("Says 200 words", "Soft to hug", "For small hands"),
        ),
        Shot(seed=17, turn=16, tilt=6, roll=-1.5),
        kid=ES256,
    ),
    Sample(
        "cmu/feeder-open",
        Design(
            products.pet_feeder, "#8cb369", "#436b2c", "#ffd166",
            "Dinner, right on time.", ("See them eat", "Four meals a day", "Easy to wash"),
        ),
        Shot(seed=18, turn=-15, tilt=5, roll=1),
    ),
    Sample(
        "cmu/feeder-quiet",
        Design(
            products.pet_feeder, "#e07a5f", "#8f3b27", "#f2e863",
            "Feeds them while you are out.", ("Sees and hears", "Knows where it is", "Big bowl"),
        ),
        Shot(seed=19, turn=24, tilt=7, roll=-1),
        kid=ES256,
    ),
    Sample(
        "jp-jcstar/fan-star-1",
        Design(
            products.round_fan, "#8ecae6", "#35708f", "#2f9fd0",
            "A soft wind at home.", ("Three speeds", "Very quiet", "Timer"),
        ),
        Shot(seed=20, turn=-19, tilt=6, roll=0.5),
    ),
    Sample(
        "jp-jcstar/camera-star-3",
        Design(
            products.tube_camera, "#9d8ec7", "#493b7a", "#9be7ff",
            "Looks after the front door.", ("Wide view", "Sees at night", "Stands the rain"),
        ),
        Shot(seed=21, turn=18, tilt=7, roll=1),
        kid=ES256,
    ),
    Sample(
        "fi-traficom/lock",
        Design(
            products.door_lock, "#4f9d9d", "#1d5252", "#ffcf70",
            "Opens for those you know.", ("A code for each guest", "No keys to lose", "Fits most doors"),
        ),
        Shot(seed=22, turn=-24, tilt=6, roll=-1),
    ),
    Sample(
        "fi-traficom/hub",
        Design(
            products.flat_hub, "#a3b18a", "#4d5f3a", "#ffb3c1",
            "One hub for the whole home.", ("Runs at home", "No cloud needed", "Six sockets"),
        ),
        Shot(seed=23, turn=15, tilt=6, roll=1),
        kid=ES256,
    ),
    Sample(
        "kr-cic/cleaner-lite",
        Design(
            products.floor_disc, "#d9b8a3", "#8a6046", "#76e0a4",
            "Clean floors by noon.", ("Maps your rooms", "Quiet", "Slim"),
        ),
        Shot(seed=24, turn=-17, tilt=6, roll=-1.5),
    ),
    Sample(
        "kr-cic/cleaner-standard",
        Design(
            products.floor_disc, "#6c757d", "#2b3035", "#80ffdb",
            "Clean floors, each corner.", ("Maps your rooms", "Mops too", "Goes under sofas"),
        ),
        Shot(seed=25, turn=21, tilt=7, roll=1),
        kid=ES256,
    ),
    Sample(
        "etsi-303645/bulb-tested",
        Design(
            products.bulb, "#ffd97d", "#c78a1e", "#ff9b54",
            "Light in your mood.", ("Soft white", "Many colors", "Sets timers"), ink="#3a2a08",
        ),
        Shot(seed=26, turn=-21, tilt=6, roll=1),
    ),
    Sample(
        "etsi-303645/sensor-fixed",
        Design(
            products.garden_sensor, "#7a9e7e", "#35523a", "#c8f7c5",
            "Knows when plants are dry.", ("One year on a cell", "Stands the rain", "No wires"),
        ),
        Shot(seed=27, turn=20, tilt=6, roll=-0.5),
        kid=ES256,
    ),
    Sample(
        "us-ctm/camera-extended",
        Design(
            products.tube_camera, "#9fb8ad", "#40584d", "#ffd166",
            "Watches the porch for years.", ("Wide view", "Stands the rain", "Works with Homely"),
        ),
        Shot(seed=28, turn=-16, tilt=6, roll=0.5),
    ),
    Sample(
        "us-ctm/panel-sensors",
        Design(
            products.flat_hub, "#b7b7d7", "#45456e", "#ff8fa3",
            "Knows the whole home.", ("Sees and hears", "Talks to all things", "One screen"),
        ),
        Shot(seed=29, turn=17, tilt=6, roll=-0.5),
        kid=ES256,
    ),
    Sample(
        "us-ctm/speaker-notes",
        Design(
            products.speaker, "#c9ada7", "#5e4b56", "#9bf6ff",
            "Talks a lot.", ("Warm sound", "Fits a shelf", "Works with Homely"),
        ),
        Shot(seed=30, turn=-19, tilt=7, roll=1),
    ),
)  # fmt: skip
