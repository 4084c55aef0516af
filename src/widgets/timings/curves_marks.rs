//! How curves look. Colour is for state alone, so curves are told apart by the pattern of their line
//! and by the shape of their points.

use egui::{Painter, Pos2, Rect, Shape, Stroke, StrokeKind, Vec2, pos2, vec2};

use crate::widgets::look::palette::Palette;

/// Half the size of a point.
pub const MARK: f32 = 3.5;
const LINE: f32 = 2.0;

/// Paints the curve of the `style`-th variant.
pub fn paint_curve(painter: &Painter, path: Vec<Pos2>, style: usize, palette: &Palette) {
    let stroke = Stroke::new(LINE, palette.strong);
    // Three shapes of points with three patterns each: the tenth variant would look like the first.
    match (style + style / 3) % 3 {
        0 => {
            painter.line(path, stroke);
        }
        1 => {
            painter.extend(Shape::dashed_line(&path, stroke, 8.0, 4.0));
        }
        _ => {
            painter.extend(Shape::dotted_line(&path, palette.strong, 5.0, 1.3));
        }
    }
}

/// Paints one point of the `style`-th variant: a ring, a square, or a triangle, all hollow.
pub fn paint_mark(painter: &Painter, center: Pos2, style: usize, palette: &Palette) {
    let stroke = Stroke::new(1.2, palette.strong);
    match style % 3 {
        0 => {
            painter.circle(center, MARK, palette.card, stroke);
        }
        1 => {
            let square = Rect::from_center_size(center, Vec2::splat(2.0 * MARK - 0.6));
            painter.rect(square, 0.0, palette.card, stroke, StrokeKind::Middle);
        }
        _ => {
            let corner = |x, y| center + MARK * vec2(x, y);
            let corners = vec![corner(0.0, -1.2), corner(1.1, 0.8), corner(-1.1, 0.8)];
            painter.add(Shape::convex_polygon(corners, palette.card, stroke));
        }
    }
}

/// Paints what curves are compared with: thinner than any of them, and dashed.
pub fn paint_guide(painter: &Painter, path: &[Pos2], palette: &Palette) {
    let stroke = Stroke::new(1.2, palette.weak);
    painter.extend(Shape::dashed_line(path, stroke, 4.0, 3.0));
}

/// A sample of a curve for the legend.
pub fn paint_sample(painter: &Painter, rect: Rect, style: usize, palette: &Palette) {
    let y = rect.center().y;
    paint_curve(
        painter,
        vec![pos2(rect.left(), y), pos2(rect.right(), y)],
        style,
        palette,
    );
    paint_mark(painter, rect.center(), style, palette);
}
