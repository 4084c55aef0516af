//! The pen of the pictures: a painter that knows the theme's colours and the sizes for its room.

use std::ops::Deref;
use std::sync::Arc;

use egui::{
    Align2, Color32, FontId, Galley, Painter, Pos2, Rect, Stroke, StrokeKind, Ui, Vec2, pos2, vec2,
};

use super::palette::Palette;
use super::text_fit::{self, SMALLEST, font_size};
use super::theme::{bold_font, font};

/// Height of a digit of the bundled fonts, in units of the font size.
pub const DIGIT_HEIGHT: f32 = 0.74;

/// How text looks: its font and its colour.
pub type TextLook = (FontId, Color32);

/// A painter with colours and sizes.
#[derive(Clone)]
pub struct Pen {
    painter: Painter,
    /// The theme's colours.
    pub palette: &'static Palette,
    /// Factor of all sizes: pictures grow with their room, so that the last row can read them.
    scale: f32,
    /// Room in the picture's right top corner for the controls on it.
    pub corner: Vec2,
    /// The smallest size of text that can be read: a picture leaves out a thing whose name would be smaller.
    pub smallest: f32,
}

impl Deref for Pen {
    type Target = Painter;

    fn deref(&self) -> &Painter {
        &self.painter
    }
}

impl Pen {
    /// A pen of the usual sizes.
    pub fn of(ui: &Ui) -> Self {
        Self {
            painter: ui.painter().clone(),
            palette: Palette::of(ui),
            scale: 1.0,
            corner: Vec2::ZERO,
            smallest: SMALLEST,
        }
    }

    /// A pen for a picture in `room` whose right top `corner` stays free. It has the usual sizes in a window of
    /// 1280 × 800.
    pub fn for_room(ui: &Ui, room: Rect, corner: Vec2) -> Self {
        let scale = (room.height() / 265.0).min(room.width() / 960.0);
        Self {
            scale: scale.clamp(0.75, 2.0),
            corner,
            ..Self::of(ui)
        }
    }

    /// A pen for a picture that is shown to a class: the replay's label is elsewhere, and the last row can't read small
    /// text.
    pub fn for_class(ui: &Ui, room: Rect) -> Self {
        Self {
            smallest: 12.0,
            ..Self::for_room(ui, room, Vec2::ZERO)
        }
    }

    /// This pen, painting only within `rect` from now on.
    pub fn clipped(self, rect: Rect) -> Self {
        Self {
            painter: self.painter.with_clip_rect(rect),
            ..self
        }
    }

    /// The size of text that is usually `usual`; never so small that it can't be read.
    pub fn text_size(&self, usual: f32) -> f32 {
        (usual * self.scale).round().max(12.0)
    }

    /// The font of text.
    pub fn font(&self, usual: f32) -> FontId {
        font(self.text_size(usual))
    }

    /// The font of headings and figures.
    pub fn bold_font(&self, usual: f32) -> FontId {
        bold_font(self.text_size(usual))
    }

    /// The look of text that matters.
    pub fn plain(&self, usual: f32) -> TextLook {
        (self.font(usual), self.palette.text)
    }

    /// The look of headings and figures.
    pub fn bold(&self, usual: f32) -> TextLook {
        (self.bold_font(usual), self.palette.text)
    }

    /// The look of text that explains.
    pub fn weak(&self, usual: f32) -> TextLook {
        (self.font(usual), self.palette.weak)
    }

    /// Height of a line of text.
    pub fn line_height(&self, usual: f32) -> f32 {
        self.text_size(usual) * 1.45
    }

    /// The size here of a distance or shape that is usually `usual`.
    pub fn gap(&self, usual: f32) -> f32 {
        usual * self.scale
    }

    /// Paints a filled rectangle with its edge, `width` wide, inside it.
    pub fn frame(&self, rect: Rect, radius: f32, fill: Color32, width: f32, edge: Color32) {
        let stroke = Stroke::new(width, edge);
        self.rect(rect, radius, fill, stroke, StrokeKind::Inside);
    }

    /// Paints the edge of a rectangle alone.
    pub fn outline(&self, rect: Rect, radius: f32, width: f32, edge: Color32) {
        self.frame(rect, radius, Color32::TRANSPARENT, width, edge);
    }

    /// Lays `text` out in one line, in a smaller font where it would be wider than `width`.
    pub fn fit(&self, text: impl Into<String>, (font, color): TextLook, width: f32) -> Arc<Galley> {
        text_fit::fitted(self, text, font, color, width)
    }

    /// Whether the picture is shown to a class, which can't read small text.
    pub fn is_for_class(&self) -> bool {
        self.smallest > SMALLEST
    }

    /// Lays out the first of `texts`, from the longest to the shortest, that fits into one line of `width`, in a smaller
    /// font if need be, but not below the smallest size; `None` if none fits. A picture leaves out the thing, too, whose
    /// name does not fit.
    pub fn fit_first(&self, texts: &[&str], look: &TextLook, width: f32) -> Option<Arc<Galley>> {
        texts.iter().find_map(|text| {
            let galley = self.fit(*text, look.clone(), width);
            let fits = galley.size().x <= width && font_size(&galley) >= self.smallest;
            if fits || !self.is_for_class() {
                return fits.then_some(galley);
            }
            // The glyphs of a smaller font may be a little narrower than in proportion.
            let smallest = FontId::new(self.smallest, look.0.family.clone());
            let galley = self.layout_line(*text, (smallest, look.1));
            (galley.size().x <= width && look.0.size >= self.smallest).then_some(galley)
        })
    }

    /// Lays `text` out in one line of `width`, or else in several ones.
    pub fn wrap(&self, text: &str, (font, color): TextLook, width: f32) -> Arc<Galley> {
        let one = self.layout_line(text, (font.clone(), color));
        match one.size().x <= width {
            true => one,
            false => self.layout(text.to_owned(), font, color, width),
        }
    }

    /// Lays `text` out in one line, without a limit to its width.
    pub fn layout_line(&self, text: impl Into<String>, (font, color): TextLook) -> Arc<Galley> {
        self.layout_no_wrap(text.into(), font, color)
    }

    /// Paints text that was laid out before, so that `align` of it is at `at`. Returns its place.
    pub fn put(&self, at: Pos2, align: Align2, text: Arc<Galley>) -> Rect {
        let place = align.anchor_size(at, text.size());
        self.painter.galley(place.min, text, self.palette.text);
        place
    }

    /// Paints text on a ground of its own, because it could not be read on the picture. The ground is `margin` larger
    /// than the text but stays `within`.
    pub fn put_on_plate(
        &self,
        at: Pos2,
        align: Align2,
        text: Arc<Galley>,
        margin: Vec2,
        within: Rect,
    ) {
        let plate = align.anchor_size(at, text.size()).expand2(margin);
        self.rect_filled(plate.intersect(within), 2.0, self.palette.card);
        self.put(at, align, text);
    }

    /// Paints one line of text of at most `width`, so that `align` of it is at `at`. Returns its place.
    pub fn write(
        &self,
        at: Pos2,
        align: Align2,
        text: impl Into<String>,
        look: TextLook,
        width: f32,
    ) -> Rect {
        self.put(at, align, self.fit(text, look, width))
    }

    /// Paints one line of text at the left top of `area`, as wide as the area at most. Returns its place.
    pub fn write_in(&self, area: Rect, text: impl Into<String>, look: TextLook) -> Rect {
        self.write(area.min, Align2::LEFT_TOP, text, look, area.width())
    }

    /// Paints a caption at the top of `area`, beside the corner's label, or at the bottom if it is too long for that.
    /// Returns the rest of the area.
    pub fn caption(&self, area: Rect, text: impl Into<String>) -> Rect {
        let caption = self.fit(text, self.weak(14.0), area.width());
        let mut rest = area.with_min_y(area.top() + self.corner.y);
        let beside = area.width() - self.corner.x;
        let at = if caption.size().x <= beside && self.corner.y > 0.0 {
            area.min
        } else {
            rest.max.y -= caption.size().y + 4.0;
            rest.left_bottom() + vec2(0.0, 4.0)
        };
        self.put(at, Align2::LEFT_TOP, caption);
        rest
    }

    /// The room that a caption of one line leaves of `area`, at a class's picture.
    pub fn caption_rest(&self, area: Rect) -> Rect {
        area.with_max_y(area.bottom() - self.line_height(14.0) - 4.0)
    }

    /// Paints a number as large as `rect` allows, at its left edge, with the digits in the middle of its height. It is
    /// fitted by its digits, because a line of text is half air, which a number this large can't afford. Returns the
    /// place of the digits.
    pub fn number(&self, rect: Rect, text: impl Into<String>, color: Color32) -> Rect {
        let size = (rect.height() / DIGIT_HEIGHT).floor().max(SMALLEST);
        let galley = self.fit(text, (bold_font(size), color), rect.width());
        let size = font_size(&galley);
        let first = galley.rows.first().and_then(|row| row.glyphs.first());
        let baseline = first.map_or(size, |glyph| glyph.pos.y);
        let digits = vec2(galley.size().x, size * DIGIT_HEIGHT);
        let place = Align2::LEFT_CENTER.anchor_size(rect.left_center(), digits);
        let at = pos2(place.left(), place.bottom() - baseline);
        self.painter.galley(at, galley, color);
        place
    }
}
