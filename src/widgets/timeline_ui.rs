//! The timeline: a lane per thread or process, painted by what it was doing, up to the moment that is shown.

use std::time::Duration;

use egui::{Align2, FontId, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use crate::lab::event::State;
use crate::lab::value::Value;
use crate::text::Language;
use crate::widgets::lane_menu::lane_menus_ui;
use crate::widgets::legend_ui::{legend_height, legend_ui};
use crate::widgets::palette::Ink;
use crate::widgets::stage::Shown;
use crate::widgets::text_line::text_line;
use crate::widgets::time_axis::say_time;
pub use crate::widgets::timeline_picture::Marks;
use crate::widgets::timeline_picture::Picture;
use crate::widgets::{fonts, timeline_words as words};

const TITLE: f32 = 14.0;
const TITLE_HEIGHT: f32 = 22.0;
const TEXT: f32 = 12.0;

/// Draws the timeline into the space that is left in `ui`, 110 points high or more. `expected` is how
/// long the run will take: the axis is as long while the run goes on. `living` are the run's processes while
/// it goes on; returns the one that is to be killed.
pub fn timeline_ui(
    ui: &mut Ui,
    shown: Option<&Shown<'_>>,
    language: Language,
    expected: Option<Duration>,
    marks: Option<Marks<'_>>,
    living: Option<&[u32]>,
) -> Option<u32> {
    ui.spacing_mut().item_spacing.y = 2.0;
    title_ui(ui, shown, language);
    let Some(shown) = shown else {
        ui.weak(language.text("app-graph-empty").as_ref());
        return None;
    };
    // As high as the legend will be in the end: a picture that jumps in the middle of a replay is hard to follow.
    let legend_height = legend_height(ui, language, &states(shown, Duration::MAX));
    let height = ui.available_height() - legend_height - 4.0;
    let size = vec2(ui.available_width(), height.max(36.0));
    // Read before anything is allocated: a picture that fits its lanes leaves the rest empty.
    let room = Rect::from_min_size(ui.cursor().min, size);
    let picture = Picture::new(ui.painter(), room, shown, language, expected, marks);
    let (_, response) = ui.allocate_exact_size(picture.size(), Sense::hover());
    picture.paint(ui.painter(), Ink::of(ui));
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, picture.describe()));
    let killed =
        living.and_then(|living| lane_menus_ui(ui, &picture, room.left(), shown, living, language));
    if let Some(hit) = response.hover_pos().and_then(|at| picture.hit(at)) {
        let stroke = Stroke::new(1.5, Ink::of(ui).text);
        ui.painter()
            .rect_stroke(hit.place, 2.0, stroke, StrokeKind::Outside);
        response.on_hover_ui_at_pointer(|ui| {
            for line in hit.words(shown, language) {
                ui.label(line);
            }
        });
    }
    legend_ui(ui, language, &states(shown, shown.now));
    killed
}

fn title_ui(ui: &mut Ui, shown: Option<&Shown<'_>>, language: Language) {
    let ink = Ink::of(ui);
    let size = vec2(ui.available_width(), TITLE_HEIGHT);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let error = shown.and_then(|shown| {
        let tracks = shown.log.tracks().iter();
        tracks.map(|track| track.info.clock_error).max()
    });
    let error = error.filter(|error| *error > Duration::ZERO);
    let note = error.map(|error| {
        let figures = [("error", Value::Word(say_time(error, language)))];
        let note = language.with("timeline-clock-others", &figures);
        let font = FontId::proportional(TEXT);
        text_line(ui.painter(), note, font, ink.weak, size.x)
    });
    // The title says more where the note leaves room for it.
    let room = size.x - note.as_ref().map_or(0.0, |note| note.size().x + 16.0);
    let line = |key: &str| {
        let font = FontId::new(TITLE, fonts::bold());
        text_line(ui.painter(), language.text(key), font, ink.weak, room)
    };
    let mut key = "app-timeline";
    let mut title = line(key);
    if shown.is_some_and(|shown| shown.slowed.is_some()) {
        let long = line("app-timeline-replay");
        if !long.elided {
            (key, title) = ("app-timeline-replay", long);
        }
    }
    let middle = rect.top() + title.size().y / 2.0;
    ui.painter().galley(rect.min, title, ink.weak);
    if let Some(note) = note {
        let place = Align2::RIGHT_CENTER.anchor_size(pos2(rect.right(), middle), note.size());
        ui.painter().galley(place.min, note, ink.weak);
    }
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, language.text(key)));
}

/// The states that occur until `now`.
fn states(shown: &Shown<'_>, now: Duration) -> Vec<State> {
    let mut found = Vec::new();
    for track in shown.log.tracks() {
        for span in track.spans.iter().take_while(|span| span.begin <= now) {
            let state = span.state_at(now);
            if !found.contains(&state) {
                found.push(state);
                if found.len() == words::STATES.len() {
                    return words::STATES.to_vec();
                }
            }
        }
    }
    let mut states = words::STATES.to_vec();
    states.retain(|state| found.contains(state));
    states
}
