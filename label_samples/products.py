"""Drawings of the invented products, each about 600 pixels high around a middle point."""

from collections.abc import Callable
from math import cos, radians, sin

from PIL import Image, ImageDraw

from label_samples.brush import Colour, disc, ellipse, glint, lens, pillow, shadow, write

Drawing = Callable[[Image.Image, float, float, Colour], None]


def round_camera(canvas: Image.Image, x: float, y: float, accent: Colour) -> None:
    shadow(canvas, (x - 210, y + 235, x + 230, y + 315))
    ellipse(canvas, (x - 150, y + 215, x + 150, y + 290), "#f7f5f1", "#b9b4aa")
    pillow(canvas, (x - 28, y + 120, x + 28, y + 255), 20, "#e9e6df", "#a8a399")
    disc(canvas, x, y - 40, 215, "#ffffff", "#bdb8ae")
    disc(canvas, x, y - 40, 172, "#30353c", "#0d0f12")
    lens(canvas, x, y - 55, 98)
    disc(canvas, x, y + 82, 11, accent, accent)
    glint(canvas, x - 120, y - 160, 34, 130)


def cube_camera(canvas: Image.Image, x: float, y: float, accent: Colour) -> None:
    shadow(canvas, (x - 240, y + 225, x + 250, y + 300))
    pillow(canvas, (x - 130, y + 205, x + 130, y + 262), 26, "#dfe6e2", "#8f9c95")
    pillow(canvas, (x - 205, y - 195, x + 205, y + 215), 88, "#ffffff", "#aab9b1")
    pillow(canvas, (x - 158, y - 148, x + 158, y + 168), 66, "#353b38", "#101412")
    lens(canvas, x, y - 12, 112)
    pillow(canvas, (x - 34, y + 122, x + 34, y + 138), 8, accent, accent)


def dome_camera(canvas: Image.Image, x: float, y: float, accent: Colour) -> None:
    shadow(canvas, (x - 270, y + 215, x + 280, y + 300))
    disc(canvas, x, y + 20, 205, "#5b5f6c", "#15171d")
    lens(canvas, x - 10, y + 60, 84)
    glint(canvas, x - 95, y + 5, 40, 90)
    pillow(canvas, (x - 250, y - 210, x + 250, y + 5), 100, "#f4efe6", "#b5a996")
    pillow(canvas, (x - 250, y - 22, x + 250, y + 14), 16, "#d9cfbf", "#9c907d")
    disc(canvas, x + 190, y - 60, 10, accent, accent)


def doorbell(canvas: Image.Image, x: float, y: float, accent: Colour) -> None:
    shadow(canvas, (x - 190, y + 255, x + 200, y + 325))
    pillow(canvas, (x - 140, y - 300, x + 140, y + 300), 132, "#f4f5f7", "#9da3ad")
    pillow(canvas, (x - 118, y - 278, x + 118, y + 278), 112, "#3a3f49", "#12151a")
    lens(canvas, x, y - 150, 86)
    disc(canvas, x, y + 130, 82, accent, accent)
    disc(canvas, x, y + 130, 72, "#f6f7f9", "#c2c7cf")


def tube_camera(canvas: Image.Image, x: float, y: float, accent: Colour) -> None:
    shadow(canvas, (x - 230, y + 230, x + 240, y + 305))
    ellipse(canvas, (x - 120, y + 212, x + 120, y + 275), "#e8ebf2", "#8f97a8")
    pillow(canvas, (x - 24, y + 90, x + 24, y + 245), 18, "#dfe3ec", "#9097a6")
    pillow(canvas, (x - 290, y - 170, x + 250, y + 120), 120, "#ffffff", "#a5adbd")
    pillow(canvas, (x - 300, y - 190, x + 40, y - 130), 30, "#eef1f7", "#8d95a5")
    disc(canvas, x - 140, y - 25, 138, "#343a46", "#0c0e13")
    lens(canvas, x - 140, y - 25, 96)
    pillow(canvas, (x + 90, y - 40, x + 170, y - 24), 8, accent, accent)


def router(canvas: Image.Image, x: float, y: float, accent: Colour) -> None:
    shadow(canvas, (x - 330, y + 170, x + 340, y + 255))
    for side, lean in ((-235, -10), (235, 10)):
        mast = Image.new("L", (60, 380), 0)
        ImageDraw.Draw(mast).rounded_rectangle((18, 0, 42, 380), 12, fill=255)
        tilted = mast.rotate(-lean, Image.Resampling.BICUBIC, expand=True)
        canvas.paste("#2a2e35", (round(x + side - tilted.width / 2), round(y - 260)), tilted)
    pillow(canvas, (x - 320, y + 20, x + 320, y + 205), 46, "#4c525c", "#1a1d22")
    pillow(canvas, (x - 292, y + 44, x + 292, y + 96), 24, "#2b2f36", "#121418")
    for number in range(6):
        disc(canvas, x - 215 + number * 62, y + 70, 9, accent, accent)
    write(canvas, (x + 250, y + 150), "HR-3", 34, "#9aa1ad", anchor="rm")


def dial(canvas: Image.Image, x: float, y: float, accent: Colour) -> None:
    shadow(canvas, (x - 260, y + 170, x + 280, y + 320), blur=26)
    disc(canvas, x, y, 270, "#ffffff", "#a9aeb0")
    disc(canvas, x, y, 232, "#3a4144", "#111516")
    draw = ImageDraw.Draw(canvas)
    for step in range(41):
        angle = radians(135 + step * 270 / 40)
        inner, outer = (176, 206) if step % 5 == 0 else (186, 206)
        colour = accent if step <= 24 else "#5d666a"
        draw.line(
            (x + inner * cos(angle), y + inner * sin(angle), x + outer * cos(angle), y + outer * sin(angle)), colour, 7
        )
    write(canvas, (x - 8, y - 8), "21°", 150, "#f4f7f7", bold=1, anchor="mm")
    write(canvas, (x, y + 112), "Living room", 34, "#9fb0b2", anchor="mm")
    glint(canvas, x - 150, y - 190, 44, 90)


def key_ring(canvas: Image.Image, x: float, y: float, accent: Colour) -> None:
    y += 30
    draw = ImageDraw.Draw(canvas)
    shadow(canvas, (x - 230, y + 235, x + 250, y + 300), strength=70)
    draw.ellipse((x - 190, y - 300, x + 190, y + 80), outline="#f1ead8", width=26)
    for angle in range(20, 350, 40):  # leaves around the ring
        at = radians(angle)
        leaf = Image.new("L", (220, 220), 0)
        ImageDraw.Draw(leaf).ellipse((60, 84, 160, 136), fill=255)
        turned = leaf.rotate(-angle - 50, Image.Resampling.BICUBIC)
        place = (round(x + 208 * cos(at) - 110), round(y - 110 + 208 * sin(at) - 110))
        canvas.paste(accent, place, turned)
    pillow(canvas, (x - 28, y + 40, x + 28, y + 300), 20, "#ffe9a8", "#b98a2a")
    for height in (200, 252):
        pillow(canvas, (x + 10, y + height, x + 92, y + height + 34), 8, "#ffe9a8", "#b98a2a")
    disc(canvas, x, y - 20, 100, "#ffefbe", "#b98a2a")
    disc(canvas, x, y - 34, 40, "#2f5d46", "#1f4533")


def pass_card(canvas: Image.Image, x: float, y: float, accent: Colour) -> None:
    shadow(canvas, (x - 300, y + 170, x + 320, y + 270), blur=26)
    pillow(canvas, (x - 310, y - 190, x + 310, y + 205), 44, "#ffffff", "#c9c4d8")
    pillow(canvas, (x - 310, y - 190, x + 310, y - 96), 44, accent, accent)
    for row, width in enumerate((380, 300)):
        pillow(canvas, (x - 250, y - 50 + row * 110, x + 250, y + 30 + row * 110), 22, "#efecf6", "#e2dded")
        for number in range(width // 46):
            disc(canvas, x - 205 + number * 46, y - 10 + row * 110, 13, "#4b4266", "#4b4266")
    quill = Image.new("L", (300, 420), 0)
    pen = ImageDraw.Draw(quill)
    pen.polygon([(150, 0), (205, 120), (190, 280), (150, 330), (110, 280), (95, 120)], fill=255)
    pen.line((150, 40, 150, 420), fill=255, width=12)
    turned = quill.rotate(-38, Image.Resampling.BICUBIC, expand=True)
    canvas.paste("#f5b942", (round(x + 70), round(y - 330)), turned)


def speaker(canvas: Image.Image, x: float, y: float, accent: Colour) -> None:
    shadow(canvas, (x - 200, y + 245, x + 215, y + 320))
    pillow(canvas, (x - 175, y - 280, x + 175, y + 280), 70, "#fbfaf7", "#a9a49a")
    disc(canvas, x, y - 140, 84, "#3b4047", "#121418")
    disc(canvas, x, y - 140, 34, "#5b626c", "#1c1f24")
    disc(canvas, x, y + 95, 136, "#3b4047", "#121418")
    disc(canvas, x, y + 95, 58, "#5b626c", "#1c1f24")
    pillow(canvas, (x - 34, y + 246, x + 34, y + 258), 6, accent, accent)
    glint(canvas, x - 110, y - 215, 30, 110)


def door_lock(canvas: Image.Image, x: float, y: float, accent: Colour) -> None:
    shadow(canvas, (x - 170, y + 255, x + 185, y + 325))
    pillow(canvas, (x - 145, y - 300, x + 145, y + 295), 120, "#e8eaee", "#848b96")
    pillow(canvas, (x - 116, y - 270, x + 116, y - 10), 92, "#343942", "#101318")
    for number in range(9):
        disc(canvas, x - 58 + number % 3 * 58, y - 205 + number // 3 * 66, 17, "#8f98a6", "#5c6470")
    disc(canvas, x, y + 140, 108, "#ffffff", "#9aa1ac")
    pillow(canvas, (x - 22, y + 48, x + 22, y + 232), 18, accent, accent)


def round_fan(canvas: Image.Image, x: float, y: float, accent: Colour) -> None:
    shadow(canvas, (x - 200, y + 250, x + 215, y + 325))
    ellipse(canvas, (x - 140, y + 235, x + 140, y + 300), "#f2f3f5", "#9aa0a8")
    pillow(canvas, (x - 18, y + 130, x + 18, y + 265), 14, "#dfe2e7", "#9298a2")
    disc(canvas, x, y - 50, 225, "#fdfdfd", "#a8adb5")
    disc(canvas, x, y - 50, 196, "#dfe7ee", "#8d9aa8")
    for angle in (90, 210, 330):
        at = radians(angle)
        blade = Image.new("L", (260, 260), 0)
        ImageDraw.Draw(blade).ellipse((30, 78, 230, 182), fill=255)
        turned = blade.rotate(-angle - 24, Image.Resampling.BICUBIC)
        canvas.paste(accent, (round(x + 98 * cos(at) - 130), round(y - 180 + 98 * sin(at))), turned)
    disc(canvas, x, y - 50, 46, "#ffffff", "#b7bcc4")


def bulb(canvas: Image.Image, x: float, y: float, accent: Colour) -> None:
    shadow(canvas, (x - 150, y + 250, x + 165, y + 315))
    disc(canvas, x, y - 80, 205, "#fffdf4", accent)
    pillow(canvas, (x - 92, y + 70, x + 92, y + 170), 40, "#f5efdf", "#c9bda0")
    for row in range(3):
        pillow(canvas, (x - 80, y + 160 + row * 34, x + 80, y + 190 + row * 34), 14, "#d4d7db", "#83888f")
    pillow(canvas, (x - 36, y + 258, x + 36, y + 282), 10, "#6c7178", "#33373c")
    glint(canvas, x - 80, y - 160, 46, 170)


def wall_plug(canvas: Image.Image, x: float, y: float, accent: Colour) -> None:
    shadow(canvas, (x - 235, y + 220, x + 250, y + 300))
    pillow(canvas, (x - 220, y - 230, x + 220, y + 230), 96, "#ffffff", "#b3bab8")
    disc(canvas, x, y, 160, "#e4e8e7", "#a7afad")
    disc(canvas, x, y, 138, "#f7f8f8", "#cfd5d3")
    for side in (-58, 58):
        disc(canvas, x + side, y, 24, "#3a4042", "#14181a")
    disc(canvas, x, y + 192, 12, accent, accent)


def floor_disc(canvas: Image.Image, x: float, y: float, accent: Colour) -> None:
    shadow(canvas, (x - 300, y + 90, x + 310, y + 240), blur=26)
    ellipse(canvas, (x - 295, y - 130, x + 295, y + 200), "#5a616b", "#1b1f24")
    ellipse(canvas, (x - 295, y - 170, x + 295, y + 150), "#fbfbfc", "#adb3bb")
    ellipse(canvas, (x - 92, y - 110, x + 92, y - 10), "#3c424b", "#15181d")
    ellipse(canvas, (x - 40, y + 50, x + 40, y + 92), accent, accent)


def glass_scale(canvas: Image.Image, x: float, y: float, accent: Colour) -> None:
    shadow(canvas, (x - 275, y + 230, x + 290, y + 310), blur=24)
    pillow(canvas, (x - 265, y - 255, x + 265, y + 265), 76, "#f6f9fb", "#9fb0bb")
    for side in (-150, 150):
        pillow(canvas, (x + side - 62, y - 60, x + side + 62, y + 215), 50, "#dfe6ea", "#a9b6be")
    pillow(canvas, (x - 120, y - 210, x + 120, y - 110), 26, "#2c343a", "#0f1417")
    write(canvas, (x, y - 160), "62.4", 62, accent, bold=1, anchor="mm")


def toy_bear(canvas: Image.Image, x: float, y: float, accent: Colour) -> None:
    shadow(canvas, (x - 190, y + 255, x + 205, y + 325))
    for side in (-118, 118):
        disc(canvas, x + side, y - 235, 62, "#c99764", "#7d5027")
        disc(canvas, x + side * 1.35, y + 90, 70, "#c99764", "#7d5027")
        disc(canvas, x + side * 0.75, y + 235, 76, "#b98554", "#6d4420")
    disc(canvas, x, y + 110, 168, "#d3a26f", "#84552b")
    disc(canvas, x, y - 130, 160, "#d9aa78", "#8a5a2f")
    disc(canvas, x, y - 85, 66, "#f3dcc0", "#c79d6e")
    for side in (-62, 62):
        disc(canvas, x + side, y - 165, 18, "#2b2320", "#120e0c")
    disc(canvas, x, y - 108, 24, "#3a2c26", "#17110f")
    disc(canvas, x, y + 110, 34, accent, accent)


def pet_feeder(canvas: Image.Image, x: float, y: float, accent: Colour) -> None:
    shadow(canvas, (x - 220, y + 240, x + 235, y + 320))
    pillow(canvas, (x - 140, y - 295, x + 140, y + 190), 60, "#fdfdfb", "#b6b3aa")
    pillow(canvas, (x - 108, y - 255, x + 108, y - 40), 40, "#cdb48f", "#8a6f49")
    lens(canvas, x, y + 60, 46)
    disc(canvas, x + 84, y + 60, 9, accent, accent)
    ellipse(canvas, (x - 215, y + 165, x + 215, y + 290), "#eceae4", "#98948a")
    ellipse(canvas, (x - 172, y + 178, x + 172, y + 252), "#7d5f3c", "#4a3720")


def flat_hub(canvas: Image.Image, x: float, y: float, accent: Colour) -> None:
    shadow(canvas, (x - 290, y + 150, x + 305, y + 235), blur=24)
    pillow(canvas, (x - 280, y - 120, x + 280, y + 180), 84, "#f4f5f1", "#a2a89b")
    pillow(canvas, (x - 230, y + 86, x + 230, y + 130), 20, "#3b4038", "#171a15")
    for number in range(5):
        disc(canvas, x - 160 + number * 80, y + 108, 9, accent, accent)
    disc(canvas, x, y - 20, 62, "#ffffff", "#c3c8bd")


def garden_sensor(canvas: Image.Image, x: float, y: float, accent: Colour) -> None:
    shadow(canvas, (x - 130, y + 255, x + 145, y + 320))
    for side in (-52, 52):
        pillow(canvas, (x + side - 14, y + 40, x + side + 14, y + 285), 12, "#d7dadd", "#7e848a")
    pillow(canvas, (x - 130, y - 270, x + 130, y + 90), 110, "#f0f5ee", "#93a48f")
    disc(canvas, x, y - 130, 78, "#3f4a3d", "#161c15")
    disc(canvas, x, y - 130, 24, accent, accent)
    disc(canvas, x, y + 20, 16, accent, accent)
