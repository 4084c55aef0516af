//! The timeline: a lane per thread or process, painted by what it was doing, up to the moment that is shown.

mod axis;
mod buttons;
mod cores_marks;
mod hover;
mod input;
pub mod lane_menu;
mod lanes;
mod looks;
mod marked;
mod paint;
mod pixels;
pub mod time_axis;
mod words;

use std::time::Duration;

use egui::{
    Align2, FontId, Id, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

use crate::lab::demo::value::Value;
use crate::lab::trace::event::State;
use crate::text::Language;
use crate::widgets::look::fonts;
use crate::widgets::look::legend_ui::{legend_height, legend_ui};
use crate::widgets::look::palette::Palette;
use crate::widgets::look::pen::Pen;
use crate::widgets::look::text_fit::text_line;
use crate::widgets::playhead::Seek;
use crate::widgets::stage::{Marked, Snapshot};
use lane_menu::lane_menus_ui;
pub use paint::Marks;
use paint::Picture;
use time_axis::say_time;

const TITLE: f32 = 14.0;
const TITLE_HEIGHT: f32 = 22.0;
const TEXT: f32 = 12.0;

/// What a timeline shows.
pub struct Timeline<'run> {
    /// The run, if there is one.
    pub shown: Option<&'run Snapshot<'run>>,
    /// Language of all that is drawn.
    pub language: Language,
    /// How long the run will take: the axis is as long while the run goes on.
    pub expected: Option<Duration>,
    /// Moments on a lane of their own.
    pub marks: Option<Marks<'run>>,
    /// The step that is marked.
    pub marked: Option<Marked>,
    /// The run's processes that live, while it goes on.
    pub living: Option<&'run [u32]>,
}

/// What a person wishes at the timeline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum TimelineAction {
    /// Of the hand.
    Seek(Seek),
    /// A step to be marked, or none.
    Mark(Option<Marked>),
    /// To leave the replay of a mishap.
    Leave,
    /// This process to be killed.
    Kill(u32),
}

/// The widget that has the keys of the hand while it has the focus.
pub fn playhead_id() -> Id {
    Id::unique("timeline-hand")
}

/// Draws the timeline into the space that is left in `ui`, 110 points high or more.
pub fn timeline_ui(ui: &mut Ui, timeline: &Timeline<'_>) -> Vec<TimelineAction> {
    let language = timeline.language;
    ui.spacing_mut().item_spacing.y = 2.0;
    let pressed = title_ui(ui, timeline.shown, language);
    let mut wishes: Vec<_> = pressed.map(TimelineAction::Seek).into_iter().collect();
    let Some(shown) = timeline.shown else {
        ui.weak(language.text("app-graph-empty").as_ref());
        return wishes;
    };
    // As high as the legend will be in the end: a picture that jumps in the middle of a replay is hard to follow.
    let legend_height = legend_height(ui, language, &states(shown, Duration::MAX));
    let height = ui.available_height() - legend_height - 4.0;
    let size = vec2(ui.available_width(), height.max(36.0));
    // Read before anything is allocated: a picture that fits its lanes leaves the rest empty.
    let room = Rect::from_min_size(ui.cursor().min, size);
    let (expected, marks) = (timeline.expected, timeline.marks);
    let pen = Pen::of(ui);
    let picture = Picture::new(&pen, room, shown, language, expected, marks);
    let (_, response) = ui.allocate_exact_size(picture.size(), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, picture.describe()));
    let hand = hand_ui(ui, &picture, language);
    picture.paint(&pen, timeline.marked);
    let place = response.rect;
    cores_marks::paint(&pen, &picture, place, shown, language);
    wishes.extend(input::wishes(ui, &picture, &hand));
    if let Some(living) = timeline.living {
        let killed = lane_menus_ui(ui, &picture, room.left(), shown, living, language);
        wishes.extend(killed.map(TimelineAction::Kill));
    }
    for response in [response, hand] {
        if let Some(hit) = response.hover_pos().and_then(|at| picture.hit(at)) {
            let stroke = Stroke::new(1.5, Palette::of(ui).text);
            ui.painter()
                .rect_stroke(hit.place, 2.0, stroke, StrokeKind::Outside);
            response.on_hover_ui_at_pointer(|ui| {
                for line in hit.words(shown, language) {
                    ui.label(line);
                }
            });
        }
    }
    legend_ui(ui, language, &states(shown, shown.now));
    wishes
}

/// The hand as a control: it can be dragged, has keys, and says where it is.
fn hand_ui(ui: &Ui, picture: &Picture<'_>, language: Language) -> Response {
    let reach = picture.reach();
    let hand = ui.interact(reach, playhead_id(), Sense::click_and_drag());
    let name = language.text("timeline-hand");
    hand.widget_info(|| WidgetInfo::labeled(Role::Slider, true, name.as_ref()));
    let shown = picture.shown;
    let figures = [
        ("now", words::word(say_time(shown.now, language))),
        ("end", words::word(say_time(picture.end, language))),
    ];
    let words = language.with("timeline-hand-at", &figures);
    input::tell(ui, picture, hand.id, &words);
    if hand.has_focus() {
        // Around the lanes; the axis's words reach beyond them.
        let around = reach.with_max_y(picture.bottom).expand2(input::FOCUS);
        let stroke = Stroke::new(2.0, Palette::of(ui).text);
        ui.painter()
            .rect_stroke(around, 3.0, stroke, StrokeKind::Inside);
    }
    hand
}

/// The heading, a note on clocks, and the buttons of the hand. Returns what was pressed.
fn title_ui(ui: &mut Ui, shown: Option<&Snapshot<'_>>, language: Language) -> Option<Seek> {
    let palette = Palette::of(ui);
    let size = vec2(ui.available_width(), TITLE_HEIGHT);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let room = match shown {
        Some(_) => size.x - buttons::WIDTH - 12.0,
        None => size.x,
    };
    let error = shown.and_then(|shown| {
        let tracks = shown.log.tracks().iter();
        tracks
            .filter_map(|track| track.info.told_clock_error())
            .max()
    });
    let line = |key: &str, room: f32| {
        let font = FontId::new(TITLE, fonts::bold());
        text_line(ui.painter(), language.text(key), font, palette.weak, room)
    };
    let (mut key, mut title) = ("app-timeline", line("app-timeline", room));
    let note = error.and_then(|error| {
        let figures = [("error", Value::Word(say_time(error, language)))];
        let note = language.with("timeline-clock-others", &figures);
        let font = FontId::proportional(TEXT);
        let left = room - title.size().x - 16.0;
        let note = text_line(ui.painter(), note, font, palette.weak, left);
        // Half a sentence would say nothing; each lane's tooltip says the same.
        (!note.elided).then_some(note)
    });
    // The title says more where the note leaves room for it.
    let long = match shown {
        Some(shown) if shown.incident.is_some() => Some("app-timeline-dissection"),
        Some(shown) if shown.slowed.is_some_and(|slowed| slowed > 1.0) => {
            Some("app-timeline-replay")
        }
        Some(shown) if shown.held && shown.log.finished().is_none() => Some("app-timeline-live"),
        _ => None,
    };
    if let Some(longer) = long {
        let left = room - note.as_ref().map_or(0.0, |note| note.size().x + 16.0);
        let long = line(longer, left);
        if !long.elided {
            (key, title) = (longer, long);
        }
    }
    let middle = rect.top() + title.size().y / 2.0;
    ui.painter().galley(rect.min, title, palette.weak);
    if let Some(note) = note {
        let right = rect.left() + room;
        let place = Align2::RIGHT_CENTER.anchor_size(pos2(right, middle), note.size());
        ui.painter().galley(place.min, note, palette.weak);
    }
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, language.text(key)));
    shown.and_then(|shown| buttons::buttons_ui(ui, rect, shown, language))
}

/// The states that occur until `now`.
fn states(shown: &Snapshot<'_>, now: Duration) -> Vec<State> {
    let mut states = words::STATES.to_vec();
    let tracks = shown.log.tracks();
    states.retain(|state| tracks.iter().any(|track| track.is_seen(*state, now)));
    states
}
