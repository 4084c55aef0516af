"""Compares a picture of a window with a reference, so that a changed word is seen and another driver's edges are not."""

from pathlib import Path

from PIL import Image, ImageChops, ImageFilter

# How far apart two levels of red, green or blue may be.
LEVELS = 24
# So many pixels of a tile may differ: a letter has more. A page has so many tiles that its share says nothing.
TILE = 32
PIXELS = 12
COLORS = 256


def differing(picture: Image.Image, reference: Image.Image) -> Image.Image:
    """White where the pictures differ.

    A pixel is the same if the other picture has such a level beside it too, for edges of letters and lines may lie a
    pixel aside.
    """

    def strays(one: Image.Image, other: Image.Image) -> Image.Image:
        above = ImageChops.subtract(one, other.filter(ImageFilter.MaxFilter(3)))
        below = ImageChops.subtract(other.filter(ImageFilter.MinFilter(3)), one)
        return ImageChops.lighter(above, below)

    strayed = ImageChops.lighter(strays(picture, reference), strays(reference, picture))
    red, green, blue = strayed.split()
    most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    return most.point(lambda level: 255 if level > LEVELS else 0)


def places(mask: Image.Image) -> list[tuple[int, int]]:
    """The tiles in which too many pixels differ, by their left upper corners."""
    # The mean of a tile is the share of its pixels. Each corner of half a tile begins one, so that none is cut in two.
    found = []
    for left in (0, TILE // 2):
        for top in (0, TILE // 2):
            shares = ImageChops.offset(mask, -left, -top).reduce(TILE)
            width = shares.width
            for index, share in enumerate(shares.getdata()):
                if share * TILE * TILE > PIXELS * 255:
                    found.append((index % width * TILE + left, index // width * TILE + top))
    return sorted(found)


def is_like(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return all(abs(level - by) <= LEVELS // 2 for level, by in zip(one, other))


def save(picture: Image.Image, path: Path):
    """Saves with a palette: a third of the size, and 99 pixels of 100 are what they were."""
    common = [color for _, color in sorted(picture.getcolors(1 << 24), key=lambda item: (-item[0], item[1]))]
    colors: list[tuple[int, ...]] = []
    # The commonest that are not alike, so that a rare colour is not lost; then the commonest that are left.
    for color in common:
        if len(colors) < COLORS and not any(is_like(color, known) for known in colors):
            colors.append(color)
    rest = [color for color in common if color not in set(colors)] if len(colors) < COLORS else []
    colors += rest[: COLORS - len(colors)]
    palette = Image.new("P", (1, 1))
    palette.putpalette([level for color in colors for level in color] + [0] * 3 * (COLORS - len(colors)))
    picture.quantize(palette=palette, dither=Image.Dither.NONE).save(path, optimize=True)


def compare(picture: Image.Image, path: Path) -> str | None:
    """What is wrong with a picture; `None` if it looks like the reference at `path`.

    The picture and what differs in it are saved beside the reference then.
    """
    new, marked = path.with_suffix(".new.png"), path.with_suffix(".diff.png")
    for left in (new, marked):
        left.unlink(missing_ok=True)
    if not path.exists():
        picture.save(new)
        return f"there is no {path.name}; as it looks now: {new}"
    reference = Image.open(path).convert("RGB")
    if picture.size != reference.size:
        picture.save(new)
        return f"{new}: {picture.size} instead of {reference.size}"
    mask = differing(picture, reference)
    where = places(mask)
    if not where:
        return None
    picture.save(new)
    pale = Image.blend(picture, Image.new("RGB", picture.size, "white"), 0.7)
    pale.paste((220, 0, 0), mask=mask.filter(ImageFilter.MaxFilter(3)))
    pale.save(marked)
    return f"{path.name} looks otherwise in {len(where)} places, the first at {where[0]}; see {new} and {marked}"
