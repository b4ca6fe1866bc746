"""The front of a sample's box: product, maker, drawing, and the label with its code."""

from dataclasses import dataclass

from PIL import Image, ImageDraw

from label_samples.brush import Colour, fitting, gradient, mixed, write
from label_samples.products import Drawing
from labelviewer.adapters.qr_writer import picture

WIDTH, HEIGHT = 1_400, 1_760
_MARGIN = 96


@dataclass(frozen=True, slots=True)
class Design:
    """How one box looks. `lines` are what the maker prints beside the label."""

    drawing: Drawing
    light: Colour
    dark: Colour
    accent: Colour
    tagline: str
    lines: tuple[str, str, str]
    ink: Colour = "#ffffff"

    @property
    def side(self) -> Colour:
        return mixed(self.dark, "#000000", 0.25)

    @property
    def top(self) -> Colour:
        return mixed(self.light, "#ffffff", 0.25)


def box_front(design: Design, name: str, maker: str, code: str) -> Image.Image:
    front = gradient((WIDTH, HEIGHT), design.light, design.dark)
    wide = WIDTH - 2 * _MARGIN
    write(front, (_MARGIN, 92), maker.upper(), fitting(maker.upper(), 46, wide - 260), design.ink)
    write(front, (_MARGIN - 4, 168), name, fitting(name, 148, wide - 150), design.ink, bold=2)
    write(
        front, (_MARGIN, 356), design.tagline, fitting(design.tagline, 60, wide), mixed(design.ink, design.light, 0.2)
    )
    design.drawing(front, WIDTH / 2, 780, design.accent)
    _foot(front, design, code)
    _ribbon(front)
    return front


def _foot(front: Image.Image, design: Design, code: str) -> None:
    """A pale band: three short lines at the left, the label at the right."""
    draw = ImageDraw.Draw(front)
    draw.rectangle((0, 1_130, WIDTH, HEIGHT), fill="#f7f5f0")
    draw.rectangle((0, 1_130, WIDTH, 1_142), fill=design.accent)
    for number, line in enumerate(design.lines):
        y = 1_292 + number * 128
        draw.ellipse((_MARGIN, y + 8, _MARGIN + 36, y + 44), fill=design.accent)
        write(front, (_MARGIN + 66, y), line, fitting(line, 50, 590), "#2b2d30")
    _label(front, code)


def _label(front: Image.Image, code: str) -> None:
    left, top, right, bottom = 790, 1_172, WIDTH - 60, HEIGHT - 36
    draw = ImageDraw.Draw(front)
    draw.rounded_rectangle((left, top, right, bottom), 30, fill="#ffffff", outline="#1c1f24", width=5)
    write(front, ((left + right) / 2, top + 48), "Cybersecurity label", 46, "#1c1f24", bold=1, anchor="mm")
    gray = picture(code, module_pixels=10)
    square = Image.frombytes("L", (gray.width, gray.height), gray.pixels)
    place = ((left + right - square.width) // 2, top + 72)
    front.paste(square, place)
    write(front, ((left + right) / 2, bottom - 40), "Scan to see what it says", 38, "#1c1f24", anchor="mm")


def _ribbon(front: Image.Image) -> None:
    """Nobody shall take a sample for a product."""
    band = Image.new("RGBA", (760, 92), "#ffd84d")
    write(band, (380, 46), "SAMPLE", 54, "#1c1f24", bold=1, anchor="mm")
    turned = band.rotate(-45, Image.Resampling.BICUBIC, expand=True)
    front.paste(turned, (WIDTH - 440, -150), turned)
