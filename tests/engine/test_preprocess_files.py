"""Preprocessing of files: every mode of picture, and everything that is not one."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from drawn_digits import draw, likeness
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from engine.data.preprocess import from_image
from engine.errors import Code, EngineError

PAGE = draw(4)
PAPER = 255 - PAGE


def packed(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def inked(colour: tuple[int, int, int], ground: tuple[int, int, int]) -> Image.Image:
    share = PAGE[:, :, None] / 255
    return Image.fromarray((np.array(colour) * share + np.array(ground) * (1 - share)).astype(np.uint8))


def covering(colour: tuple[int, int, int]) -> Image.Image:
    picture = Image.new("RGBA", (280, 280), (*colour, 0))
    picture.putalpha(Image.fromarray(PAGE))
    return picture


def expected() -> NDArray[np.uint8]:
    return from_image(PAGE).digit


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "BMP", "GIF", "WEBP", "TIFF", "PPM", "TGA"])
def test_every_common_format_gives_the_same_digit(kind: str) -> None:
    assert likeness(from_image(packed(Image.fromarray(PAPER), kind)).digit, expected()) > 0.95


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "CMYK", "LA", "YCbCr", "I", "F", "I;16"])
@pytest.mark.parametrize("dark", [False, True])
def test_every_mode_gives_the_same_digit(mode: str, dark: bool) -> None:
    page = PAPER if dark else PAGE
    picture = Image.fromarray(page)
    picture = Image.fromarray(page.astype(np.uint16) * 257) if mode == "I;16" else picture.convert(mode)
    assert picture.mode == mode
    prepared = from_image(picture)
    assert prepared.inverted == dark
    assert likeness(prepared.digit, expected()) > 0.95


def test_dim_sixteen_bit_grey_is_read() -> None:
    dim = Image.fromarray(PAGE.astype(np.uint16) * 4 + 900)
    assert likeness(from_image(packed(dim)).digit, expected()) > 0.95


@pytest.mark.parametrize("colour", [(0, 0, 0), (255, 255, 255), (200, 30, 30)])
def test_ink_on_a_transparent_ground_is_read_whatever_its_colour(colour: tuple[int, int, int]) -> None:
    prepared = from_image(packed(covering(colour)))
    assert likeness(prepared.digit, expected()) > 0.97
    assert prepared.inverted == (sum(colour) < 384)


def test_paper_with_a_transparent_surround_is_laid_on_itself() -> None:
    picture = Image.new("RGBA", (400, 400), (0, 0, 0, 0))
    picture.paste(Image.fromarray(PAPER).convert("RGBA"), (60, 60))
    prepared = from_image(picture)
    assert prepared.inverted
    assert likeness(prepared.digit, expected()) > 0.97


def test_a_transparent_palette_is_read() -> None:
    picture = Image.fromarray((PAGE > 127).astype(np.uint8)).convert("P")
    picture.putpalette([255, 255, 255, 0, 0, 0])
    assert likeness(from_image(packed(picture, transparency=0)).digit, expected()) > 0.95


@pytest.mark.parametrize(
    ("colour", "ground"),
    [
        ((30, 60, 200), (250, 250, 245)),
        ((240, 220, 40), (255, 255, 255)),
        ((220, 60, 60), (60, 150, 60)),
        ((250, 250, 240), (20, 70, 40)),
    ],
)
def test_coloured_ink_is_read(colour: tuple[int, int, int], ground: tuple[int, int, int]) -> None:
    assert likeness(from_image(inked(colour, ground)).digit, expected()) > 0.95


def test_arrays_of_grey_colour_and_coverage_are_read() -> None:
    grey = from_image(PAPER).digit
    assert np.array_equal(from_image(np.repeat(PAPER[:, :, None], 3, axis=2)).digit, grey)
    assert likeness(from_image(np.asarray(covering((0, 0, 0)))).digit, grey) > 0.97


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_is_turned_upright(orientation: int) -> None:
    turns = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,  # the inverse of the turn that the tag asks for
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    picture = Image.fromarray(PAPER).resize((1400, 1400))
    if orientation in turns:
        picture = picture.transpose(turns[orientation])
    exif = Image.Exif()
    exif[0x0112] = orientation
    assert likeness(from_image(packed(picture, "JPEG", exif=exif)).digit, expected()) > 0.95


def test_the_first_frame_of_an_animation_is_read() -> None:
    first, second = Image.fromarray(PAPER), Image.fromarray(255 - draw(0))
    animated = packed(first, "GIF", save_all=True, append_images=[second])
    assert likeness(from_image(animated).digit, expected()) > 0.95


def test_the_box_is_in_source_pixels_of_a_large_picture() -> None:
    page = draw(1, (2400, 1600), pen=60, extent=1000, at=(1000, 300))
    for data in (packed(Image.fromarray(255 - page)), packed(Image.fromarray(255 - page), "JPEG")):
        box = from_image(data).box
        assert box is not None
        assert np.abs(np.subtract(box, (1470, 320, 1530, 1280))).max() <= 8


def test_nothing_on_a_transparent_ground_is_blank() -> None:
    for picture in (
        Image.new("RGBA", (90, 90), (0, 0, 0, 0)),
        Image.new("RGBA", (90, 90), (255, 255, 255, 255)),
        Image.new("RGBA", (90, 90), (0, 0, 0, 120)),
        Image.new("LA", (90, 90), (255, 0)),
    ):
        assert from_image(picture).is_blank


def code_of(path: Path) -> Code:
    with pytest.raises(EngineError) as caught:
        from_image(path)
    return caught.value.code


def test_each_bad_file_has_its_own_error(tmp_path: Path) -> None:
    empty, text, folder = tmp_path / "空.png", tmp_path / "text.png", tmp_path / "folder.png"
    empty.write_bytes(b"")
    text.write_text("this is not a picture")
    folder.mkdir()
    assert code_of(empty) == Code.FILE_EMPTY
    assert code_of(text) == Code.IMAGE_UNREADABLE
    assert code_of(folder) == Code.FILE_UNREADABLE
    assert code_of(tmp_path / "missing.png") == Code.FILE_MISSING


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "TIFF", "BMP"])
def test_a_truncated_picture_is_unreadable(tmp_path: Path, kind: str) -> None:
    noise = np.random.default_rng(0).integers(0, 256, (120, 120), dtype=np.uint8)
    path = tmp_path / f"数字.{kind.lower()}"
    data = packed(Image.fromarray(noise), kind)
    for share in (0.03, 0.5, 0.8):
        path.write_bytes(data[: int(len(data) * share)])
        assert code_of(path) == Code.IMAGE_UNREADABLE


def test_a_huge_picture_is_refused_from_its_header(tmp_path: Path) -> None:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 0, 0, 0, 0)
    path = tmp_path / "huge.png"
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")
    )
    with pytest.raises(EngineError) as caught:
        from_image(path)
    assert caught.value.code == Code.IMAGE_TOO_LARGE
    assert caught.value.fields == {"path": str(path), "width": 30_000, "height": 30_000, "limit": 100}


def test_arrays_that_are_no_pictures_are_refused() -> None:
    for shape in ((0, 5), (5,), (4, 4, 2)):
        with pytest.raises(EngineError) as caught:
            from_image(np.zeros(shape, np.uint8))
        assert caught.value.code == Code.IMAGE_UNREADABLE
    with pytest.raises(EngineError):
        from_image(b"")


def test_a_black_and_white_picture_whose_greys_are_dots_is_read(tmp_path: Path) -> None:
    image = Image.new("L", (400, 400), 245)
    ImageDraw.Draw(image).line([(200, 80), (200, 320)], fill=25, width=16)
    image.convert("1").save(tmp_path / "dots.png")  # Pillow mixes greys from dots
    dotted, smooth = from_image(tmp_path / "dots.png"), from_image(image)
    assert not dotted.is_blank and dotted.inverted
    assert np.abs(dotted.digit.astype(int) - smooth.digit.astype(int)).mean() < 3


@pytest.mark.parametrize("width", [1, 2, 16])
def test_a_line_in_a_black_and_white_picture_stays(width: int, tmp_path: Path) -> None:
    image = Image.new("1", (400, 400), 1)
    ImageDraw.Draw(image).line([(200, 80), (230, 320)], fill=0, width=width)
    image.save(tmp_path / "line.png")
    assert not from_image(tmp_path / "line.png").is_blank
