//! The small buttons in the timeline's title row: back, play or pause, forward, show all.

use egui::{Color32, Painter, Rect, Role, Sense, Shape, Stroke, Ui, WidgetInfo, pos2, vec2};

use crate::text::Language;
use crate::widgets::look::pen::Pen;
use crate::widgets::playhead::Seek;
use crate::widgets::stage::Snapshot;

/// Size of a button, in points.
const SIZE: egui::Vec2 = vec2(28.0, 22.0);
const GAP: f32 = 4.0;
const COUNT: f32 = 4.0;
/// Width of all buttons together.
pub(super) const WIDTH: f32 = COUNT * SIZE.x + (COUNT - 1.0) * GAP;

#[derive(Clone, Copy)]
enum Sign {
    Back,
    Play,
    Pause,
    Forward,
    All,
}

/// Draws the buttons at the right end of `row`, and returns the move that was asked for.
pub(super) fn buttons_ui(
    ui: &mut Ui,
    row: Rect,
    shown: &Snapshot<'_>,
    language: Language,
) -> Option<Seek> {
    let live = shown.log.finished().is_none();
    let moves = match shown.incident {
        Some(incident) => incident.playing,
        None => shown.slowed.is_some() || live && !shown.held,
    };
    let play = match (moves, live) {
        (true, _) => (Sign::Pause, "timeline-pause"),
        (false, true) => (Sign::Play, "timeline-back-to-live"),
        (false, false) => (Sign::Play, "timeline-play"),
    };
    let zoomed = shown.window.is_some() && shown.incident.is_none();
    let buttons = [
        (Sign::Back, "timeline-back", Seek::Previous, true),
        (play.0, play.1, Seek::PlayOrPause, true),
        (Sign::Forward, "timeline-forward", Seek::Next, true),
        (Sign::All, "timeline-all", Seek::Show(None), zoomed),
    ];
    let pen = Pen::of(ui);
    let mut left = row.right() - WIDTH;
    let mut pressed = None;
    for (sign, name, seek, enabled) in buttons {
        let place = Rect::from_min_size(pos2(left, row.top()), SIZE);
        left += SIZE.x + GAP;
        let id = ui.scope_id().with(("timeline", seek_name(seek)));
        let sense = if enabled {
            Sense::click()
        } else {
            Sense::hover()
        };
        let response = ui.interact(place, id, sense);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, language.text(name)));
        let visuals = *ui.style().interact(&response);
        let (fill, edge, color) = match enabled {
            true => (
                visuals.weak_bg_fill,
                visuals.bg_stroke.color,
                visuals.fg_stroke.color,
            ),
            false => (Color32::TRANSPARENT, pen.palette.faint, pen.palette.edge),
        };
        pen.frame(place, 4.0, fill, 1.0, edge);
        paint_sign(&pen, place, sign, color);
        if response
            .on_hover_text(language.text(name).as_ref())
            .clicked()
        {
            pressed = Some(seek);
        }
    }
    pressed
}

/// The name that identifies a button while its face and title change.
fn seek_name(seek: Seek) -> &'static str {
    match seek {
        Seek::Previous => "back",
        Seek::Next => "forward",
        Seek::Show(_) => "all",
        _ => "play",
    }
}

fn paint_sign(painter: &Painter, place: Rect, sign: Sign, color: Color32) {
    let middle = place.center();
    let bar = |x: f32| {
        let bar = Rect::from_center_size(middle + vec2(x, 0.0), vec2(2.5, 10.0));
        painter.rect_filled(bar, 0.0, color);
    };
    // A triangle that points forward in time, or back; `x` is its middle.
    let triangle = |x: f32, way: f32| {
        let points = vec![
            middle + vec2(x - 3.5 * way, -5.0),
            middle + vec2(x + 4.5 * way, 0.0),
            middle + vec2(x - 3.5 * way, 5.0),
        ];
        painter.add(Shape::convex_polygon(points, color, Stroke::NONE));
    };
    match sign {
        Sign::Back => {
            bar(-5.0);
            triangle(1.0, -1.0);
        }
        Sign::Forward => {
            triangle(-1.0, 1.0);
            bar(5.0);
        }
        Sign::Play => triangle(0.0, 1.2),
        Sign::Pause => {
            bar(-3.0);
            bar(3.0);
        }
        Sign::All => {
            bar(-8.0);
            bar(8.0);
            painter.hline(middle.x - 5.0..=middle.x + 5.0, middle.y, (2.0, color));
        }
    }
}
