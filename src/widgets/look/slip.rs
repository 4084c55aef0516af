//! The alphabet's slip of paper: a message, or a coroutine.

use egui::epaint::PathShape;
use egui::{Color32, Painter, Rect, Shape, Stroke, pos2};

use super::palette::Palette;
use crate::lab::trace::event::State;
use crate::widgets::look::state_look::{SMALLEST_PATTERN, paint_state};

/// The folded corner's share of the shorter side.
const FOLD: f32 = 0.38;

/// Paints a slip with a folded corner, in the pattern of its state; `None`: in ink, for it does nothing yet
/// or no more.
pub fn paint_slip(painter: &Painter, rect: Rect, state: Option<State>, palette: &Palette) {
    let color = match state {
        Some(state) => {
            paint_state(painter, rect, state, None, palette);
            palette.state(state)
        }
        None => {
            let edge = Stroke::new(1.0, palette.border);
            painter.rect(rect, 1.0, palette.faint, edge, egui::StrokeKind::Inside);
            palette.border
        }
    };
    paint_fold(painter, rect, color, palette);
}

/// Folds the right top corner of a slip that was painted over all of `rect`; `color` is that of its edge.
/// Too small a slip stays as it is.
pub fn paint_fold(painter: &Painter, rect: Rect, color: Color32, palette: &Palette) {
    let fold = rect.width().min(rect.height()) * FOLD;
    if fold < SMALLEST_PATTERN / 2.0 {
        return;
    }
    // The corner is cut off by what is behind it, and its other side lies on the slip.
    let (left, low) = (
        pos2(rect.right() - fold, rect.top()),
        pos2(rect.right(), rect.top() + fold),
    );
    let outside = vec![left, rect.right_top(), low];
    let plain = Stroke::new(1.5, palette.background);
    painter.add(Shape::Path(PathShape::convex_polygon(
        outside,
        palette.background,
        plain,
    )));
    let turned = vec![left, low, pos2(left.x, low.y)];
    let edge = Stroke::new(1.0, color);
    painter.add(Shape::Path(PathShape::convex_polygon(
        turned,
        palette.card,
        edge,
    )));
}
