//! The timeline: a lane per thread or process, painted by its states, up to the moment that is shown.

pub mod axis;
mod buttons;
mod input;
pub mod lane_menu;
mod lanes;
mod paint;
mod pixels;
mod words;

use std::time::Duration;

use egui::emath::GuiRounding as _;
use egui::{
    Align2, Id, Pos2, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, pos2,
    vec2,
};

use crate::lab::demo::value::Value;
use crate::lab::trace::event::State;
use crate::lab::trace::event::TrackName;
use crate::lab::trace::log::{LoggedSpan, TrackLog};
use crate::text::Language;
use crate::widgets::look::focus;
use crate::widgets::look::legend_ui::{legend_height, legend_ui};
use crate::widgets::look::pen::Pen;
use crate::widgets::look::text_fit::text_line;
use crate::widgets::look::theme::{bold_font, font};
use crate::widgets::playhead::Seek;
use crate::widgets::stage::{Marked, Snapshot};
use axis::{SHORTEST, TimeAxis, live_end, say_time};
use lane_menu::lane_menus_ui;
use lanes::{Block, NAMED_LANE, blocks};

const TITLE: f32 = 14.0;
const TITLE_HEIGHT: f32 = 22.0;
const TEXT: f32 = 12.0;
const AXIS_HEIGHT: f32 = 20.0;
/// Width at which a short span can be seen from the last row.
const VISIBLE: f32 = 3.0;
/// Height of the strip below the axis, in points.
const STRIP_HEIGHT: f32 = 7.0;

/// The contents of a timeline.
pub struct Timeline<'run> {
    /// The run, if there is one.
    pub shown: Option<&'run Snapshot<'run>>,
    /// Language of all that is drawn.
    pub language: Language,
    /// How long the run is expected to take: the axis is as long while the run goes on.
    pub expected: Option<Duration>,
    /// Moments that have a lane of their own.
    pub marks: Option<Marks<'run>>,
    /// The marked step.
    pub marked: Option<Marked>,
    /// The run's living processes, while the run goes on.
    pub living: Option<&'run [u32]>,
}

/// An action that is asked for at the timeline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum TimelineAction {
    /// Moves the playhead.
    Seek(Seek),
    /// Marks a step, or none.
    Mark(Option<Marked>),
    /// Leaves the replay of an incident.
    Leave,
    /// Kills this process.
    Kill(u32),
}

/// The playhead's widget: while it has the focus, keys move the playhead.
pub fn playhead_id() -> Id {
    Id::unique("timeline-playhead")
}

/// Draws the timeline into the space that is left in `ui`, 110 points high or more.
pub fn timeline_ui(ui: &mut Ui, timeline: &Timeline<'_>) -> Vec<TimelineAction> {
    let language = timeline.language;
    ui.spacing_mut().item_spacing.y = 2.0;
    let pressed = title_ui(ui, timeline.shown, language);
    let mut actions: Vec<_> = pressed.map(TimelineAction::Seek).into_iter().collect();
    let Some(shown) = timeline.shown else {
        ui.weak(language.text("app-graph-empty").as_ref());
        return actions;
    };
    // The lanes leave as much room as the legend will need in the end: lanes that jump in the middle of a replay are
    // hard to follow.
    let legend_height = legend_height(ui, language, &states(shown, Duration::MAX));
    let height = ui.available_height() - legend_height - 4.0;
    let size = vec2(ui.available_width(), height.max(36.0));
    // The room is read before anything is allocated, because a layout that fits its lanes leaves a part of it empty.
    let room = Rect::from_min_size(ui.cursor().min, size);
    let end = held_end(
        ui,
        match shown.log.finished() {
            Some(_) => shown.log.end(),
            None => live_end(shown.end, timeline.expected),
        },
    );
    let pen = Pen::of(ui);
    let layout = Layout::new(&pen, room, shown, language, end, timeline.marks);
    let (_, response) = ui.allocate_exact_size(layout.size(), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, layout.describe()));
    let playhead = playhead_ui(ui, &layout, language);
    layout.paint(&pen, timeline.marked);
    actions.extend(input::actions(ui, &layout, &playhead));
    if let Some(living) = timeline.living {
        let killed = lane_menus_ui(ui, &layout, room.left(), shown, living, language);
        actions.extend(killed.map(TimelineAction::Kill));
    }
    for response in [response, playhead] {
        if let Some(hit) = response.hover_pos().and_then(|at| layout.hit(at)) {
            let stroke = Stroke::new(1.5, pen.palette.text);
            pen.rect_stroke(hit.place, 2.0, stroke, StrokeKind::Outside);
            response.on_hover_ui_at_pointer(|ui| {
                for line in hit.words(shown, language) {
                    ui.label(line);
                }
            });
        }
    }
    legend_ui(ui, language, &states(shown, shown.now));
    actions
}

/// The end of the axis: `end`, but while the playhead is dragged the end that the axis had when the drag began. If the
/// axis grew, the playhead would run away from the pointer.
fn held_end(ui: &Ui, end: Duration) -> Duration {
    let ctx = ui.ctx();
    let playhead = ctx.read_response(playhead_id());
    let is_held = playhead.is_some_and(|playhead| playhead.is_pointer_button_down_on());
    let id = playhead_id().with("end");
    let held = ctx.data(|data| data.get_temp(id)).filter(|_| is_held);
    held.unwrap_or_else(|| {
        ctx.data_mut(|data| data.insert_temp(id, end));
        end
    })
}

/// Puts a control over the playhead: it can be dragged, has keys, and says where it is.
fn playhead_ui(ui: &Ui, layout: &Layout<'_>, language: Language) -> Response {
    let reach = layout.reach();
    let playhead = ui.interact(reach, playhead_id(), Sense::click_and_drag());
    let name = language.text("timeline-playhead");
    playhead.widget_info(|| WidgetInfo::labeled(Role::Slider, true, name.as_ref()));
    let shown = layout.shown;
    let figures = [
        ("now", words::word(say_time(shown.now, language))),
        ("end", words::word(say_time(layout.end, language))),
    ];
    let words = language.with("timeline-playhead-at", &figures);
    input::tell(ui, layout, playhead.id, &words);
    // The ring goes around the lanes alone, because the axis's words reach beyond them.
    focus::ring_around(&playhead, reach.with_max_y(layout.bottom));
    playhead
}

/// Draws the heading, a note on clocks, and the buttons of the playhead. Returns the move that was asked for.
fn title_ui(ui: &mut Ui, shown: Option<&Snapshot<'_>>, language: Language) -> Option<Seek> {
    let pen = Pen::of(ui);
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
        text_line(
            &pen,
            language.text(key),
            bold_font(TITLE),
            pen.palette.weak,
            room,
        )
    };
    let (mut key, mut title) = ("app-timeline", line("app-timeline", room));
    let note = error.and_then(|error| {
        let figures = [("error", Value::Word(say_time(error, language)))];
        let note = language.with("timeline-clock-others", &figures);
        let left = room - title.size().x - 16.0;
        let note = text_line(&pen, note, font(TEXT), pen.palette.weak, left);
        // Half a sentence would say nothing, so a note that is cut is left out; each lane's tooltip says the same.
        (!note.elided).then_some(note)
    });
    // The title says more where the note leaves room for it.
    let long = match shown {
        Some(shown) if shown.incident.is_some() => Some("app-timeline-incident"),
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
    pen.put(rect.min, Align2::LEFT_TOP, title);
    if let Some(note) = note {
        let right = pos2(rect.left() + room, middle);
        pen.put(right, Align2::RIGHT_CENTER, note);
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

/// A lane of moments rather than spans, such as the frames that a window drew.
#[derive(Clone, Copy)]
pub struct Marks<'marks> {
    /// The lane's name.
    pub name: TrackName,
    /// The moments, on the run's stopwatch, by time.
    pub at: &'marks [Duration],
    /// The moments of clicks, by time. Those after the run's end have waited for it.
    pub clicks: &'marks [Duration],
}

/// The places of lanes and axis.
pub struct Layout<'run> {
    pub(super) shown: &'run Snapshot<'run>,
    pub(super) language: Language,
    marks: Option<Marks<'run>>,
    /// Points per pixel of the screen.
    pixel: f32,
    pub(super) room: Rect,
    pub(super) axis: TimeAxis,
    /// The end of the whole axis.
    pub(super) end: Duration,
    marks_height: f32,
    pub(super) blocks: Vec<Block>,
    /// Whether there is room for process ids in the names of processes.
    pids: bool,
    /// Where the lanes end and the axis begins.
    pub(super) bottom: f32,
    /// Height of the strip below the axis.
    pub(super) strip: f32,
}

/// The track and the span under the pointer.
pub struct Hit<'run> {
    /// The lane's track; the first one if several share a row.
    pub track: &'run TrackLog,
    /// The track's place among the run's tracks.
    pub index: usize,
    /// The track's span at that moment with its index; `None` on the lane's name.
    pub span: Option<(usize, &'run LoggedSpan)>,
    /// The place where the span or the name is drawn.
    pub place: Rect,
}

impl<'run> Layout<'run> {
    /// Lays the timeline out within `room`, with `end` as the end of the whole axis: it takes all of the width, and as much height as it needs.
    pub fn new(
        pen: &Pen,
        room: Rect,
        shown: &'run Snapshot<'run>,
        language: Language,
        end: Duration,
        marks: Option<Marks<'run>>,
    ) -> Self {
        let pixel = 1.0 / pen.pixels_per_point();
        let room = room.round_to_pixels(pen.pixels_per_point());
        let tracks = shown.log.tracks();
        let strip = match (shown.window, shown.incident) {
            (Some(_), None) => STRIP_HEIGHT,
            _ => 0.0,
        };
        let height = room.height() - AXIS_HEIGHT - strip;
        let marks_height = match marks {
            Some(_) => (height / (tracks.len() + 1) as f32).clamp(NAMED_LANE, 26.0),
            None => 0.0,
        };
        let apart: Vec<usize> = shown.incident.map_or_else(Vec::new, |incident| {
            let tracks = incident.tracks.iter();
            tracks.map(|track| track.0 as usize).collect()
        });
        let blocks = blocks(tracks, &apart, height - marks_height, pixel);
        let lanes = blocks
            .iter()
            .map(|block| block.top + block.height())
            .fold(0.0, f32::max);
        let widest = |pids| {
            let marks = marks.map(|marks| words::name(&marks.name, language));
            let names = blocks
                .iter()
                .map(|block| words::block_name(block, tracks, language, pids))
                .chain(marks)
                .map(|name| paint::line(pen, name, room.width()).size().x);
            names.fold(0.0, f32::max)
        };
        let pids = widest(true) <= room.width() * 0.3;
        let names = widest(pids).min(room.width() * 0.36);
        let left = (room.left() + names + 8.0).round_to_pixels(pen.pixels_per_point());
        let axis = match (shown.incident, shown.window) {
            (Some(incident), _) => TimeAxis::not_to_scale(left, room.right(), incident.keyframes),
            (None, Some((from, to))) => TimeAxis::between(left, room.right(), from, to),
            (None, None) => TimeAxis::new(left, room.right(), end),
        };
        Self {
            shown,
            language,
            marks,
            pixel,
            room,
            axis,
            end: end.max(SHORTEST),
            marks_height,
            blocks,
            pids,
            bottom: room.top() + marks_height + lanes,
            strip,
        }
    }

    /// The part of the room that is used.
    pub fn size(&self) -> Vec2 {
        vec2(
            self.room.width(),
            self.bottom + AXIS_HEIGHT + self.strip - self.room.top(),
        )
    }

    /// The area in which the playhead can be dragged: lanes and axis, without the names.
    pub fn reach(&self) -> Rect {
        let size = self.size();
        Rect::from_min_size(self.room.min, size).with_min_x(self.axis.left)
    }

    /// The timeline in words.
    pub fn describe(&self) -> String {
        let mut words = vec![words::describe(self.shown, self.end, self.language)];
        let answered = self.answered_clicks().count();
        for (key, count) in [
            ("timeline-clicks", answered),
            ("timeline-clicks-waited", self.waited_clicks()),
        ] {
            if count > 0 {
                words.push(self.language.with(key, &[("count", count.into())]));
            }
        }
        words::joined(&words, self.language)
    }

    /// The moments of the clicks until now that did not wait for the run's end.
    pub(super) fn answered_clicks(&self) -> impl Iterator<Item = Duration> {
        let end = self.shown.log.finished().map(|(at, _)| *at);
        let until = end.unwrap_or(self.shown.now).min(self.shown.now);
        let clicks = self.marks.map_or(&[][..], |marks| marks.clicks).iter();
        clicks.copied().filter(move |at| *at <= until)
    }

    /// How many clicks waited for the run's end; none before that.
    pub(super) fn waited_clicks(&self) -> usize {
        let clicks = self.marks.map_or(&[][..], |marks| marks.clicks).iter();
        match self.shown.log.finished() {
            Some((end, _)) if self.shown.is_complete() => clicks.filter(|at| *at > end).count(),
            _ => 0,
        }
    }

    /// The place of one row of a block.
    pub(super) fn row(&self, block: &Block, row: usize) -> Rect {
        let top = self.room.top() + self.marks_height + block.top + block.row * row as f32;
        Rect::from_min_max(
            pos2(self.axis.left, top),
            pos2(self.axis.right, top + block.row),
        )
    }

    /// The spans of a track that have begun.
    pub(super) fn begun<'log>(&self, track: &'log TrackLog) -> &'log [LoggedSpan] {
        let now = self.shown.now;
        let begun = track.spans.partition_point(|span| span.begin <= now);
        &track.spans[..begun]
    }

    /// The place of a span in its lane, wide enough to be seen.
    pub(super) fn span_rect(&self, bar: Rect, span: &LoggedSpan) -> Rect {
        let now = self.shown.now;
        let left = self.axis.x(span.begin).min(self.axis.right - 1.5);
        let right = self.axis.x(span.end.unwrap_or(now).min(now));
        Rect::from_x_y_ranges(left..=right.max(left + 1.5), bar.y_range())
    }

    /// The track and span at a place; `None` if nothing happened there.
    pub fn hit(&self, at: Pos2) -> Option<Hit<'run>> {
        let (index, place) = self.blocks.iter().find_map(|block| {
            let row = (0..block.rows).find(|&row| self.row(block, row).y_range().contains(at.y))?;
            let first = block.tracks.get(block.tracks_in(row).start)?;
            Some((*first, self.row(block, row)))
        })?;
        let track = self.shown.log.tracks().get(index)?;
        if at.x < self.axis.left {
            return Some(Hit {
                track,
                index,
                span: None,
                place,
            });
        }
        let spans = self.begun(track);
        // A span that is too narrow to be hit is taken when the pointer is near it.
        let first = spans.partition_point(|span| span.begin < self.axis.at(at.x - VISIBLE));
        let near = (first..)
            .zip(&spans[first..])
            .take_while(|(_, span)| span.begin <= self.axis.at(at.x + VISIBLE))
            .find(|(_, span)| self.span_rect(place, span).width() < VISIBLE);
        let time = self.axis.at(at.x);
        let under = || {
            let innermost = track.spans_around(time).pop()?;
            Some((innermost, track.spans.get(innermost)?)).filter(|_| time <= self.shown.now)
        };
        let span = near.or_else(under)?;
        Some(Hit {
            track,
            index,
            span: Some(span),
            place: self.span_rect(place, span.1),
        })
    }
}
