//! The ring around the control that has the focus. It is painted for all controls in one place, over their own faces:
//! a face with colours of its own would hide egui's.

use egui::{Color32, Context, Id, Plugin, Rect, Response, Stroke, StrokeKind, Ui};

use super::palette::Palette;

/// Distance of the ring's middle from the control's edge.
const DISTANCE: f32 = 2.0;
/// Width of the ring.
const RING: f32 = 2.0;
/// Width of the ring with a fine line at both its sides, which set it off from a ground of its own colour.
const SET_OFF: f32 = 4.0;
/// Radius of the ring's corners.
const RADIUS: u8 = 8;

/// Paints the ring at the end of every frame.
struct FocusRing;

impl Plugin for FocusRing {
    fn debug_name(&self) -> &'static str {
        "focus_ring"
    }

    fn on_end_pass(&mut self, ui: &mut Ui) {
        ring(ui);
    }
}

/// Gives the focused control of every frame its ring.
pub(super) fn install(ctx: &Context) {
    ctx.add_plugin(FocusRing);
}

/// Puts the ring of this control around `place` instead of around all that the control covers.
pub fn ring_around(response: &Response, place: Rect) {
    if response.has_focus() {
        let id = place_of(response.id);
        response.ctx.data_mut(|data| data.insert_temp(id, place));
    }
}

fn place_of(control: Id) -> Id {
    control.with("ring")
}

/// The ring's colour, and that of the fine lines which set it off.
pub fn colors(palette: &Palette) -> [Color32; 2] {
    [palette.strong, palette.card]
}

fn ring(ui: &Ui) {
    let ctx = ui.ctx();
    let focused = ctx.memory(|memory| memory.focused());
    let Some(control) = focused.and_then(|id| ctx.read_response(id)) else {
        return;
    };
    if !control.has_focus() {
        // The window itself has no focus.
        return;
    }
    let own = ctx.data(|data| data.get_temp::<Rect>(place_of(control.id)));
    let place = own.unwrap_or(control.rect);
    let mut painter = ctx.layer_painter(control.layer_id);
    if control.interact_rect != control.rect {
        // A part of the control is scrolled out of sight, and so is that part of its ring.
        painter.set_clip_rect(control.interact_rect.expand(SET_OFF));
    }
    let [color, set_off] = colors(Palette::of(ui));
    let around = place.expand(DISTANCE);
    for (width, color) in [(SET_OFF, set_off), (RING, color)] {
        let stroke = Stroke::new(width, color);
        painter.rect_stroke(around, RADIUS, stroke, StrokeKind::Middle);
    }
}
