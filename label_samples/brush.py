"""Soft shapes for the sample boxes: gradients, shadows and text, through Pillow."""

from functools import cache

from PIL import Image, ImageChops, ImageColor, ImageDraw, ImageFilter, ImageFont

Colour = str
Box = tuple[float, float, float, float]


def rgb(colour: Colour) -> tuple[int, int, int]:
    red, green, blue = ImageColor.getrgb(colour)[:3]
    return red, green, blue


def mixed(one: Colour, other: Colour, share: float) -> Colour:
    parts = (round(a + (b - a) * share) for a, b in zip(rgb(one), rgb(other), strict=True))
    return "#{:02x}{:02x}{:02x}".format(*parts)


def gradient(size: tuple[int, int], start: Colour, end: Colour, *, across: bool = False) -> Image.Image:
    """From top to bottom, or from left to right."""
    ramp = Image.linear_gradient("L")
    ramp = ramp.rotate(90) if across else ramp
    return Image.composite(Image.new("RGB", size, end), Image.new("RGB", size, start), ramp.resize(size))


def glow(size: tuple[int, int], centre: tuple[float, float], reach: float) -> Image.Image:
    """Full at `centre`, in parts of the size, and fading to nothing at `reach` times the longer side."""
    side = int(2 * reach * max(size))
    spot = ImageChops.invert(Image.radial_gradient("L").resize((side, side)))
    spot = spot.point(lambda value: max(0, value - 75) * 255 // 180)
    mask = Image.new("L", size, 0)
    mask.paste(spot, (int(centre[0] * size[0] - side / 2), int(centre[1] * size[1] - side / 2)))
    return mask


def fill(canvas: Image.Image, mask: Image.Image, at: tuple[int, int], light: Colour, dark: Colour) -> None:
    """Paint through the mask, lit from the upper left."""
    paint = Image.new("RGB", mask.size, dark)
    paint.paste(light, mask=glow(mask.size, (0.34, 0.28), 0.85))
    canvas.paste(paint, at, mask)


def ellipse(canvas: Image.Image, box: Box, light: Colour, dark: Colour) -> None:
    _shape(canvas, box, light, dark, radius=None)


def pillow(canvas: Image.Image, box: Box, radius: float, light: Colour, dark: Colour) -> None:
    """A rectangle with round corners."""
    _shape(canvas, box, light, dark, radius=radius)


def disc(canvas: Image.Image, x: float, y: float, radius: float, light: Colour, dark: Colour) -> None:
    ellipse(canvas, (x - radius, y - radius, x + radius, y + radius), light, dark)


def shadow(canvas: Image.Image, box: Box, *, strength: int = 110, blur: float = 18) -> None:
    mask = Image.new("L", canvas.size, 0)
    ImageDraw.Draw(mask).ellipse(box, fill=strength)
    canvas.paste("black", mask=mask.filter(ImageFilter.GaussianBlur(blur)))


def glint(canvas: Image.Image, x: float, y: float, radius: float, strength: int = 200) -> None:
    mask = Image.new("L", canvas.size, 0)
    ImageDraw.Draw(mask).ellipse((x - radius, y - radius * 0.7, x + radius, y + radius * 0.7), fill=strength)
    canvas.paste("white", mask=mask.filter(ImageFilter.GaussianBlur(radius / 4)))


def lens(canvas: Image.Image, x: float, y: float, radius: float) -> None:
    disc(canvas, x, y, radius, "#4a5058", "#15181c")
    disc(canvas, x, y, radius * 0.82, "#0c0e11", "#23272d")
    disc(canvas, x, y, radius * 0.6, "#3a5f8f", "#0a1220")
    disc(canvas, x, y, radius * 0.3, "#0e1728", "#05070c")
    glint(canvas, x - radius * 0.28, y - radius * 0.32, radius * 0.16)
    glint(canvas, x + radius * 0.24, y + radius * 0.3, radius * 0.08, 120)


@cache
def font(size: int) -> ImageFont.FreeTypeFont:
    """The font that comes with Pillow, so that every machine draws the same."""
    face = ImageFont.load_default(size)
    assert isinstance(face, ImageFont.FreeTypeFont)
    return face


def write(
    canvas: Image.Image,
    at: tuple[float, float],
    text: str,
    size: int,
    colour: Colour,
    *,
    bold: float = 0,
    anchor: str = "la",
) -> None:
    ImageDraw.Draw(canvas).text(at, text, fill=colour, font=font(size), stroke_width=bold, anchor=anchor)


def fitting(text: str, size: int, width: float) -> int:
    """The largest font size up to `size` at which the text is at most so wide."""
    while font(size).getlength(text) > width:
        size -= 2
    return size


def _shape(canvas: Image.Image, box: Box, light: Colour, dark: Colour, *, radius: float | None) -> None:
    left, top, right, bottom = (round(edge) for edge in box)
    size = (right - left, bottom - top)
    mask = Image.new("L", (size[0] * 2, size[1] * 2), 0)
    whole = (0, 0, size[0] * 2 - 1, size[1] * 2 - 1)
    if radius is None:
        ImageDraw.Draw(mask).ellipse(whole, fill=255)
    else:
        ImageDraw.Draw(mask).rounded_rectangle(whole, radius * 2, fill=255)
    fill(canvas, mask.resize(size, Image.Resampling.LANCZOS), (left, top), light, dark)
