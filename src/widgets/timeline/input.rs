//! Input to the timeline: pointer, wheel, keys, and the requests of a screen reader.

use std::time::Duration;

use egui::accesskit::Action;
use egui::{
    Event, EventFilter, FocusDirection, Id, Key, Modifiers, PointerButton, Response, Ui, Vec2,
};

use super::Layout;
use crate::lab::trace::event::TrackId;
use crate::widgets::playhead::{Seek, TimeRange};
use crate::widgets::stage::Marked;
use crate::widgets::timeline::TimelineAction;
use crate::widgets::timeline::axis::SHORTEST;

/// The share of the shown time that is left after one press of `+`.
const ZOOM: f64 = 0.5;
/// Points of the wheel that halve the shown time: three of its clicks.
const WHEEL: f32 = 120.0;
/// Seconds without a turn of the wheel after which the next one counts as a new turn.
const WHEEL_PAUSE: f64 = 0.3;
/// The share of the shown time by which `Shift` with an arrow moves.
const LEAP: f64 = 0.1;

/// Whether the present turn of the wheel belongs to the timeline.
#[derive(Clone, Copy, Default)]
struct Wheel {
    last: f64,
    ours: bool,
}

/// All actions that are asked of the timeline in this frame.
pub(super) fn actions(ui: &Ui, layout: &Layout<'_>, response: &Response) -> Vec<TimelineAction> {
    let mut actions = pointer(ui, layout, response);
    let seeks = keys(ui, layout, response)
        .into_iter()
        .chain(screen_reader(ui, layout, response.id))
        .chain(wheel(ui, layout, response))
        .chain(pan(layout, response));
    actions.extend(seeks.map(TimelineAction::Seek));
    let leaves = layout.shown.incident.is_some() && response.has_focus();
    if leaves && ui.input(|input| input.key_pressed(Key::Escape)) {
        actions.push(TimelineAction::Leave);
    }
    actions
}

/// A press moves the playhead to the pointer, and a drag takes it along; a click marks the span that was under the
/// pointer.
fn pointer(ui: &Ui, layout: &Layout<'_>, response: &Response) -> Vec<TimelineAction> {
    let down = response.is_pointer_button_down_on()
        && ui.input(|input| input.pointer.button_down(PointerButton::Primary));
    let clicked = response.clicked_by(PointerButton::Primary);
    // The lanes change below the pointer while the button is down, so the span that was pressed counts.
    let pressed: Option<Option<Marked>> = match down {
        true => ui.data(|data| data.get_temp(response.id)),
        false => ui.data_mut(|data| data.remove_temp(response.id)),
    };
    let mut actions = Vec::new();
    let at = response.interact_pointer_pos();
    let Some(at) = at.filter(|_| down || clicked) else {
        return actions;
    };
    let mut time = layout.axis.at(at.x);
    let began = pressed.is_none();
    let pressed = pressed.unwrap_or_else(|| {
        let hit = layout.hit(at)?;
        let (index, span) = hit.span?;
        // A span that is narrower than it is drawn may begin a little behind the pointer.
        time = time.max(span.begin);
        Some(Marked {
            step: span.step,
            span: Some((TrackId(hit.index as u32), index)),
        })
    });
    if down && began {
        ui.data_mut(|data| data.insert_temp(response.id, pressed));
    }
    let delta = response.drag_delta().x;
    if began {
        // The keys belong to the playhead from now on, as after Tab.
        response.request_focus();
    }
    if began || delta != 0.0 {
        actions.push(TimelineAction::Seek(Seek::To(time)));
    }
    if clicked {
        actions.push(TimelineAction::Mark(pressed));
    }
    actions
}

fn keys(ui: &Ui, layout: &Layout<'_>, response: &Response) -> Vec<Seek> {
    if !response.has_focus() {
        return Vec::new();
    }
    let filter = EventFilter {
        horizontal_arrows: true,
        escape: layout.shown.incident.is_some(),
        ..EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    let pressed: Vec<(Key, Modifiers)> = ui.input(|input| {
        let keys = input.events.iter().filter_map(|event| match event {
            Event::Key {
                key,
                pressed: true,
                modifiers,
                ..
            } if !modifiers.command && !modifiers.alt => Some((*key, *modifiers)),
            _ => None,
        });
        keys.collect()
    });
    let is_arrow = |key| matches!(key, Key::ArrowLeft | Key::ArrowRight);
    if pressed.iter().any(|(key, _)| is_arrow(*key)) {
        // The playhead's filter of keys takes effect only in the second frame with the focus; until then egui must not
        // move the focus.
        ui.memory_mut(|memory| memory.move_focus(FocusDirection::None));
    }
    let now = layout.shown.now;
    let leap = (layout.axis.end - layout.axis.from).mul_f64(LEAP);
    let seek = |(key, modifiers): (Key, Modifiers)| {
        Some(match key {
            Key::ArrowLeft if modifiers.shift => Seek::To(now.saturating_sub(leap)),
            Key::ArrowRight if modifiers.shift => Seek::To(now + leap),
            Key::ArrowLeft => Seek::Previous,
            Key::ArrowRight => Seek::Next,
            Key::Home => Seek::Start,
            Key::End => Seek::End,
            Key::Space => Seek::PlayOrPause,
            Key::Plus | Key::Equals => zoomed(layout, now, ZOOM)?,
            Key::Minus => zoomed(layout, now, 1.0 / ZOOM)?,
            Key::Num0 => Seek::Show(None),
            _ => return None,
        })
    };
    pressed.into_iter().filter_map(seek).collect()
}

fn screen_reader(ui: &Ui, layout: &Layout<'_>, id: Id) -> Vec<Seek> {
    let mut seeks = Vec::new();
    ui.input(|input| {
        let times = |action| input.num_accesskit_action_requests(id, action);
        seeks.extend(std::iter::repeat_n(Seek::Next, times(Action::Increment)));
        seeks.extend(std::iter::repeat_n(
            Seek::Previous,
            times(Action::Decrement),
        ));
        let set = input.accesskit_action_requests(id, Action::SetValue);
        for request in set {
            if let Some(egui::accesskit::ActionData::NumericValue(millis)) = request.data
                && let Ok(at) = Duration::try_from_secs_f64(millis / 1e3)
            {
                seeks.push(Seek::To(at.min(layout.end)));
            }
        }
    });
    seeks
}

/// The wheel zooms around the pointer; turned sideways it pans. A turn that began elsewhere goes on scrolling the page,
/// and so does a turn that has nothing more to zoom out of.
fn wheel(ui: &Ui, layout: &Layout<'_>, response: &Response) -> Vec<Seek> {
    let (delta, time) = ui.input(|input| (input.smooth_scroll_delta(), input.time));
    if delta == Vec2::ZERO {
        return Vec::new();
    }
    let pointer = response.hover_pos();
    let id = response.id.with("wheel");
    let mut wheel: Wheel = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    let useful = delta.y > 0.0 || layout.shown.window.is_some();
    if time - wheel.last > WHEEL_PAUSE {
        wheel.ours = pointer.is_some() && useful && layout.shown.incident.is_none();
    }
    wheel.last = time;
    ui.data_mut(|data| data.insert_temp(id, wheel));
    let Some(pointer) = pointer.filter(|_| wheel.ours) else {
        return Vec::new();
    };
    ui.input_mut(|input| input.smooth_scroll_delta = Vec2::ZERO);
    let mut seeks = Vec::new();
    if delta.y != 0.0 {
        let factor = f64::from(-delta.y / WHEEL).exp2();
        seeks.extend(zoomed(layout, layout.axis.at(pointer.x), factor));
    }
    if delta.x != 0.0 {
        seeks.extend(panned(layout, -delta.x));
    }
    seeks
}

/// A drag with the secondary button takes the time along.
fn pan(layout: &Layout<'_>, response: &Response) -> Option<Seek> {
    let dragged = response.dragged_by(PointerButton::Secondary);
    let delta = response.drag_delta().x;
    (dragged && delta != 0.0).then(|| panned(layout, -delta))?
}

/// Shows `factor` times the time that is shown now; the moment `around` stays where it is.
pub(super) fn zoomed(layout: &Layout<'_>, around: Duration, factor: f64) -> Option<Seek> {
    if layout.shown.incident.is_some() {
        return None;
    }
    let shown = (layout.axis.from, layout.axis.end);
    Some(Seek::Show(zoom(shown, layout.end, around, factor)))
}

fn zoom(shown: TimeRange, whole: Duration, around: Duration, factor: f64) -> Option<TimeRange> {
    let around = around.clamp(shown.0, shown.1);
    let length = (shown.1 - shown.0).mul_f64(factor).max(SHORTEST);
    // A length that was halved and doubled again counts as all of the time, despite rounding.
    if length + SHORTEST >= whole {
        return None;
    }
    let share = (around - shown.0).as_secs_f64() / (shown.1 - shown.0).as_secs_f64();
    let from = around.saturating_sub(length.mul_f64(share));
    let from = from.min(whole - length);
    Some((from, from + length))
}

fn panned(layout: &Layout<'_>, points: f32) -> Option<Seek> {
    let (from, to) = layout.shown.window?;
    if layout.shown.incident.is_some() {
        return None;
    }
    let axis = &layout.axis;
    let length = to - from;
    let share = f64::from(points.abs() / (axis.right - axis.left).max(1.0));
    let way = length.mul_f64(share);
    let from = if points < 0.0 {
        from.saturating_sub(way)
    } else {
        (from + way).min(layout.end.saturating_sub(length))
    };
    Some(Seek::Show(Some((from, from + length))))
}

/// Tells a screen reader the playhead's moment, in milliseconds, and its actions.
pub(super) fn tell(ui: &Ui, layout: &Layout<'_>, id: Id, words: &str) {
    let now = layout.shown.now;
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_value(words);
        node.set_min_numeric_value(0.0);
        node.set_max_numeric_value(layout.end.as_secs_f64() * 1e3);
        node.set_numeric_value(now.as_secs_f64() * 1e3);
        node.add_action(Action::SetValue);
        if now < layout.end {
            node.add_action(Action::Increment);
        }
        if now > Duration::ZERO {
            node.add_action(Action::Decrement);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn millis(millis: u64) -> Duration {
        Duration::from_millis(millis)
    }

    #[test]
    fn zooming_keeps_what_is_under_the_pointer_and_stays_within_the_run() {
        let (all, whole) = ((millis(0), millis(100)), millis(100));
        let half = zoom(all, whole, millis(60), 0.5);
        assert_eq!(half, Some((millis(30), millis(80))));
        let quarter = zoom((millis(30), millis(80)), whole, millis(80), 0.5);
        assert_eq!(quarter, Some((millis(55), millis(80))));
        // Zooming out near the end stops at the end.
        let out = zoom((millis(90), millis(100)), whole, millis(90), 5.0);
        assert_eq!(out, Some((millis(50), millis(100))));
        assert_eq!(
            zoom((millis(50), millis(100)), whole, millis(70), 2.0),
            None
        );
    }

    #[test]
    fn it_zooms_down_to_a_microsecond() {
        let mut shown = (millis(0), millis(10_000));
        for _ in 0..100 {
            shown = zoom(shown, millis(10_000), millis(5), 0.5).expect("a part");
        }
        assert_eq!(shown.1 - shown.0, SHORTEST);
        assert!((shown.0..=shown.1).contains(&millis(5)), "{shown:?}");
    }
}
