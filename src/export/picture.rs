//! A picture of the window, as a PNG file.

use std::collections::HashMap;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use png::{BitDepth, ColorType, Compression, Encoder, Filter};

use super::atomic_file::new_beside;

/// Colours that a palette holds.
const COLORS: usize = 256;

type Color = [u8; 3];

/// Writes a picture of `width` times `rgba.len() / width / 4` pixels to `path`. Either all of it is there
/// afterwards, or what was there before.
pub fn save(path: &Path, width: usize, rgba: &[u8]) -> io::Result<()> {
    let unfinished = new_beside(path)?;
    // Written through the plain file: errors of `tempfile` would name the file beside.
    write(BufWriter::new(unfinished.as_file()), width, rgba)?;
    unfinished.persist(path).map_err(|refused| refused.error)?;
    Ok(())
}

/// The window is painted in few colors, and in shades of them at the edges of letters and lines. With a
/// palette the file is a third as large, and 99 pixels of 100 are what they were.
fn write(mut file: impl Write, width: usize, rgba: &[u8]) -> io::Result<()> {
    let pixels = rgba
        .chunks_exact(4)
        .map(|pixel| [pixel[0], pixel[1], pixel[2]]);
    let palette = palette(pixels.clone());
    let mut known: HashMap<Color, u8> = HashMap::new();
    let indices: Vec<u8> = pixels
        .map(|color| {
            *known
                .entry(color)
                .or_insert_with(|| nearest(&palette, color))
        })
        .collect();

    let size = |length: usize| u32::try_from(length).map_err(io::Error::other);
    let (width, height) = (size(width)?, size(indices.len() / width.max(1))?);
    let mut encoder = Encoder::new(&mut file, width, height);
    encoder.set_color(ColorType::Indexed);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_palette(palette.concat());
    encoder.set_compression(Compression::High);
    // Neighbouring indices have nothing to do with each other: there is nothing to predict.
    encoder.set_filter(Filter::NoFilter);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&indices)?;
    writer.finish()?;
    file.flush()
}

/// The commonest colors, at most as many as a palette holds.
fn palette(pixels: impl Iterator<Item = Color>) -> Vec<Color> {
    let mut counts: HashMap<Color, usize> = HashMap::new();
    for color in pixels {
        *counts.entry(color).or_default() += 1;
    }
    let mut colors: Vec<(Color, usize)> = counts.into_iter().collect();
    // Equally common colors are sorted by value, so that the same picture makes the same file.
    colors.sort_unstable_by_key(|&(color, count)| (usize::MAX - count, color));
    let colors = colors.into_iter().map(|(color, _)| color);
    colors.take(COLORS).collect()
}

/// The place of the colour in `palette` that is most like `colour`.
fn nearest(palette: &[Color], color: Color) -> u8 {
    let distance = |other: &Color| -> u32 {
        let channels = other.iter().zip(color);
        channels.map(|(a, b)| u32::from(a.abs_diff(b)).pow(2)).sum()
    };
    let place = palette
        .iter()
        .enumerate()
        .min_by_key(|(_, other)| distance(other))
        .map_or(0, |(place, _)| place);
    // A palette has at most 256 places.
    u8::try_from(place).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// The picture's pixels, as a viewer sees them.
    fn read(file: &[u8]) -> (u32, u32, Vec<Color>) {
        let mut decoder = png::Decoder::new(io::Cursor::new(file));
        decoder.set_transformations(png::Transformations::EXPAND);
        let mut reader = decoder.read_info().unwrap();
        let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut bytes).unwrap();
        let pixels = bytes
            .chunks_exact(3)
            .map(|pixel| [pixel[0], pixel[1], pixel[2]]);
        (info.width, info.height, pixels.collect())
    }

    #[test]
    fn few_colors_stay_as_they_are() {
        let rgba: Vec<u8> = (0..6u8).flat_map(|n| [n * 40, 255 - n, n, 255]).collect();
        let mut file = Vec::new();
        write(&mut file, 3, &rgba).unwrap();
        let (width, height, pixels) = read(&file);
        assert_eq!((width, height), (3, 2));
        let expected: Vec<Color> = (0..6u8).map(|n| [n * 40, 255 - n, n]).collect();
        assert_eq!(pixels, expected);
    }

    #[test]
    fn of_many_colors_the_rarest_become_their_neighbours() {
        // Two hundred shades that are there twice each, and a hundred others once.
        let common = (0..200u8).flat_map(|n| [n, 0, 0, 255]);
        let rare = (0..100u8).flat_map(|n| [n, 1, 0, 255]);
        let rgba: Vec<u8> = common.clone().chain(common).chain(rare).collect();
        let mut file = Vec::new();
        write(&mut file, 20, &rgba).unwrap();
        let (width, height, pixels) = read(&file);
        assert_eq!((width, height), (20, 25));
        for (pixel, was) in pixels.iter().zip(rgba.chunks_exact(4)) {
            assert_eq!(pixel[0], was[0]);
            assert!(was[1] == 1 || pixel[1] == 0);
        }
        let kept = pixels.iter().filter(|pixel| pixel[1] == 1).count();
        assert_eq!(kept, COLORS - 200);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_replaced_and_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        let (victim, link) = (folder.path().join("victim"), folder.path().join("demo.png"));
        fs::write(&victim, "precious").unwrap();
        std::os::unix::fs::symlink(&victim, &link).unwrap();
        save(&link, 1, &[0; 4]).unwrap();
        assert_eq!(fs::read_to_string(&victim).unwrap(), "precious");
        assert!(fs::symlink_metadata(&link).unwrap().is_file());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    #[test]
    fn what_cannot_be_written_leaves_nothing() {
        let folder = std::env::temp_dir().join(format!("threadlab-picture-{}", std::process::id()));
        fs::create_dir(&folder).unwrap();
        // A folder stands where the picture should go.
        let taken = folder.join("taken.png");
        fs::create_dir(&taken).unwrap();
        assert!(save(&taken, 1, &[0; 4]).is_err());
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
        save(&folder.join("free.png"), 1, &[0; 4]).unwrap();
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 2);
        fs::remove_dir_all(&folder).unwrap();
    }
}
