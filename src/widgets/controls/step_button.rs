//! A button that steps a number: once for a click, and on and on while it is held.

use std::time::Duration;

use egui::accesskit::Role;
use egui::{Button, RichText, Ui, Vec2, WidgetInfo};

use crate::widgets::look::theme::font;

/// A button that is held counts on: after the first time, then at these times, in seconds.
const HELD_AFTER: f64 = 0.4;
const HELD_EVERY: f64 = 0.08;

/// Shows a button that counts once for a click, and on and on, faster and faster, while it is held. Returns the count.
pub fn step_button_ui(ui: &mut Ui, face: &str, name: &str, enabled: bool) -> i32 {
    let button = Button::new(RichText::new(face).font(font(18.0)));
    let response = ui.add_enabled(
        enabled,
        button.min_size(Vec2::splat(ui.spacing().interact_size.y)),
    );
    response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, name));
    let held = response.id.with("held");
    let counted = if response.is_pointer_button_down_on() {
        let now = ui.input(|input| input.time);
        let (since, done) = ui
            .data(|data| data.get_temp::<(f64, i32)>(held))
            .unwrap_or((now, 0));
        let due = held_count(now - since);
        ui.data_mut(|data| data.insert_temp(held, (since, due)));
        ui.ctx()
            .request_repaint_after(Duration::from_secs_f64(HELD_EVERY));
        due - done
    } else {
        // A press is counted as it begins. A click without one comes from the keyboard or a screen reader, or it was so
        // short that it began and ended between two pictures.
        let was_held = ui.data_mut(|data| data.remove_temp::<(f64, i32)>(held));
        i32::from(response.clicked() && was_held.is_none())
    };
    response.on_hover_text(name);
    counted
}

/// How many times a button has counted that is held for so many seconds: once at first, then steadily, and from the
/// third second on five at a time.
fn held_count(held: f64) -> i32 {
    let steady = ((held - HELD_AFTER) / HELD_EVERY).max(0.0).floor() as i32;
    let fast = ((held - 2.0) / HELD_EVERY).max(0.0).floor() as i32;
    1 + steady + 4 * fast
}

#[cfg(test)]
mod tests {
    use super::held_count;

    #[test]
    fn forty_hands_are_a_press_of_three_seconds() {
        assert_eq!(held_count(0.0), 1);
        assert_eq!(held_count(0.3), 1);
        assert!((3..=6).contains(&held_count(0.7)));
        assert!(held_count(3.0) >= 40);
        let steps: Vec<_> = (0..40)
            .map(|tick| held_count(f64::from(tick) * 0.1))
            .collect();
        assert!(steps.is_sorted());
    }
}
