//! How curves look. Colour is for state alone, so curves are told apart by the pattern of their line
//! and by the shape of their points.

use egui::{Pos2, Rect, Shape, Stroke, StrokeKind, Vec2, pos2, vec2};

use crate::widgets::look::pen::Pen;

/// Half the size of a point.
pub const MARK: f32 = 3.5;
const LINE: f32 = 2.0;

/// Paints the curve of the `style`-th variant.
pub fn paint_curve(pen: &Pen, path: Vec<Pos2>, style: usize) {
    let stroke = Stroke::new(LINE, pen.palette.strong);
    // Three shapes of points with three patterns each: the tenth variant would look like the first.
    match (style + style / 3) % 3 {
        0 => {
            pen.line(path, stroke);
        }
        1 => {
            pen.extend(Shape::dashed_line(&path, stroke, 8.0, 4.0));
        }
        _ => {
            pen.extend(Shape::dotted_line(&path, pen.palette.strong, 5.0, 1.3));
        }
    }
}

/// Paints one point of the `style`-th variant: a ring, a square, or a triangle, all hollow.
pub fn paint_mark(pen: &Pen, center: Pos2, style: usize) {
    let stroke = Stroke::new(1.2, pen.palette.strong);
    match style % 3 {
        0 => {
            pen.circle(center, MARK, pen.palette.card, stroke);
        }
        1 => {
            let square = Rect::from_center_size(center, Vec2::splat(2.0 * MARK - 0.6));
            pen.rect(square, 0.0, pen.palette.card, stroke, StrokeKind::Middle);
        }
        _ => {
            let corner = |x, y| center + MARK * vec2(x, y);
            let corners = vec![corner(0.0, -1.2), corner(1.1, 0.8), corner(-1.1, 0.8)];
            pen.add(Shape::convex_polygon(corners, pen.palette.card, stroke));
        }
    }
}

/// Paints what curves are compared with: thinner than any of them, and dashed.
pub fn paint_guide(pen: &Pen, path: &[Pos2]) {
    let stroke = Stroke::new(1.2, pen.palette.weak);
    pen.extend(Shape::dashed_line(path, stroke, 4.0, 3.0));
}

/// A sample of a curve for the legend.
pub fn paint_sample(pen: &Pen, rect: Rect, style: usize) {
    let y = rect.center().y;
    paint_curve(
        pen,
        vec![pos2(rect.left(), y), pos2(rect.right(), y)],
        style,
    );
    paint_mark(pen, rect.center(), style);
}
