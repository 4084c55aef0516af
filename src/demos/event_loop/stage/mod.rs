//! The picture: a ring for each connection in the box of its process, the event loop with its queue, the seconds, and
//! a bar for each way of waiting that has been run.

mod bars;
mod moment;
mod processes;

use std::sync::Arc;

use egui::{Align2, Galley, Pos2, Rect, Ui, Vec2, pos2, vec2};

use crate::lab::demo::value::Value;
use crate::text::{Language, grouped};
use crate::widgets::look::pen::Pen;
use crate::widgets::look::theme::font;
use crate::widgets::stage::{RunView, Stage};

use bars::Bars;
use moment::{Moment, Plan, Process, Ring, Way};

/// The height, in points, of a picture that has no room for the bars below the rings.
const LOW: f32 = 250.0;
/// The smallest text of the legend, in points.
const SMALLEST_WORDS: f32 = 9.0;

/// The picture's view state: none.
#[derive(Default)]
pub struct Picture;

/// All that the picture shows.
struct Scene {
    language: Language,
    plan: Plan,
    moment: Moment,
    begun: bool,
    bars: Bars,
}

impl Stage for Picture {
    fn stage_ui(&mut self, ui: &mut Ui, view: &RunView<'_>) {
        let scene = Scene::of(view);
        let (pen, room) = view.picture(ui, || scene.words());
        // In a low picture the bars take the place of the rings, once these are all alike.
        let is_low = room.height() < LOW;
        let height = scene.bars.height(&pen);
        let above = match is_low {
            true => room,
            false => room.with_max_y(room.bottom() - height),
        };
        let (left, mut right) = view.beside_figures(&pen, above, 0.36, 24.0);
        if let Some(left) = left {
            scene.paint_figures(&pen, left);
        }
        if is_low && scene.bars.are_compared() {
            let bars = right.with_min_y(right.top() + pen.corner.y);
            scene.bars.paint(&pen, bars, view.presenting);
            return;
        }
        if !is_low {
            let bars = room.with_min_y(above.bottom());
            scene.bars.paint(&pen, bars, view.presenting);
        }
        if scene.begun {
            let legend = right.with_min_y(right.bottom() - pen.line_height(14.0));
            scene.paint_legend(&pen, legend);
            right.max.y = legend.top() - pen.gap(4.0);
        }
        let mut caption = scene.caption();
        if view.presenting && !processes::have_words(&pen, pen.caption_rest(right), &scene) {
            caption = scene.caption_of_boxes();
        }
        let rest = pen.caption(right, caption);
        processes::paint(&pen, rest, &scene);
    }
}

impl Scene {
    fn of(view: &RunView<'_>) -> Self {
        let (params, variant) = view.params_and_variant();
        let plan = Plan::of(&params, variant);
        let (plan, moment) = match view.shown {
            None => (plan, Moment::before(plan)),
            Some(shown) => {
                let plan = plan.with_processes_of(shown.log);
                (plan, Moment::of(shown.log, plan, shown.now))
            }
        };
        Self {
            language: view.language,
            plan,
            begun: view.shown.is_some(),
            bars: Bars::of(view, &moment),
            moment,
        }
    }

    /// The legend of marks.
    fn caption(&self) -> String {
        let (count, language) = (processes::connections_of_a_mark(self), self.language);
        if count > 1 {
            let count = [("connections", Value::from(count))];
            return language.with("event_loop-stage-caption-field", &count);
        }
        let ring = language.text("event_loop-stage-caption");
        match self.plan.way {
            Way::Loop => ring.into_owned(),
            _ => format!("{ring} · {}", language.text("event_loop-stage-bead")),
        }
    }

    /// The legend of marks and of boxes that have no words in them.
    fn caption_of_boxes(&self) -> String {
        match processes::connections_of_a_mark(self) {
            1 => self
                .language
                .text("event_loop-stage-caption-boxes")
                .into_owned(),
            count => {
                let count = [("connections", Value::from(count))];
                let key = "event_loop-stage-caption-field-boxes";
                self.language.with(key, &count)
            }
        }
    }

    /// The name of a process.
    fn name(&self, process: &Process) -> String {
        match process.pid {
            // The PID is a word, because the digits of a number would be grouped.
            Some(pid) => {
                let pid = [("pid", Value::Word(pid.to_string()))];
                self.language.with("event_loop-stage-pid", &pid)
            }
            None => self.language.text("event_loop-stage-process").into_owned(),
        }
    }

    /// The seconds so far, or at the end.
    fn headline(&self) -> String {
        let all_handled = self.moment.count(Ring::Handled) == self.plan.connections;
        let seconds = match self.moment.clock.map(|clock| clock.as_secs_f64()) {
            None => "?".to_owned(),
            // The digits are as in the result sentence: a reply may take less than two decimals can say.
            Some(seconds) if all_handled => return self.language.time(seconds),
            Some(seconds) if seconds < 1.0 => format!("{seconds:.2}"),
            // Further digits would only flicker while the run goes on.
            Some(seconds) => format!("{seconds:.1}"),
        };
        let seconds = [("seconds", Value::Word(seconds))];
        self.language.with("event_loop-stage-seconds", &seconds)
    }

    /// The caption of the seconds.
    fn clock_words(&self) -> String {
        let key = match self.moment.clock {
            None if self.begun => "event_loop-stage-starting",
            _ => "event_loop-stage-clock",
        };
        self.language.text(key).into_owned()
    }

    /// Threads and memory of the waiting processes, once they are known.
    fn footprint(&self) -> Option<String> {
        bars::footprint(self.moment.threads, self.moment.bytes, self.language)
    }

    /// The number of these threads that only listen to the window.
    fn listeners(&self) -> Option<String> {
        self.footprint()?;
        let count = [("count", Value::from(self.plan.processes))];
        Some(self.language.with("event_loop-stage-listener", &count))
    }

    /// The replies so far; before the run, the plan.
    fn progress(&self) -> String {
        let connections = ("connections", Value::from(self.plan.connections));
        if !self.begun {
            let millis = ("millis", self.plan.reply_millis.into());
            return self
                .language
                .with("event_loop-stage-ready", &[connections, millis]);
        }
        let handled = ("handled", self.moment.count(Ring::Handled).into());
        self.language
            .with("event_loop-stage-handled", &[handled, connections])
    }

    /// The kinds of connections at this moment, with their numbers.
    fn legend(&self) -> Vec<(Ring, String)> {
        let arrived = match self.plan.way {
            Way::Loop => "event_loop-stage-arrived",
            _ => "event_loop-stage-handling",
        };
        let entries = [
            (Ring::Asked, "event_loop-stage-asked"),
            (Ring::Arrived, arrived),
            (Ring::Handled, "event_loop-stage-done"),
        ];
        let entry = |(ring, key): (Ring, &str)| {
            let count = grouped(self.moment.count(ring) as i128);
            (ring, format!("{} {count}", self.language.text(key)))
        };
        entries.into_iter().map(entry).collect()
    }

    /// The whole picture in words.
    fn words(&self) -> String {
        let mut words = vec![
            format!("{} {}", self.headline(), self.clock_words()),
            self.progress(),
            self.caption(),
        ];
        words.extend(self.footprint());
        words.extend(self.listeners());
        words.extend(self.legend().into_iter().map(|(_, entry)| entry));
        words.extend(self.bars.words());
        words.join("; ")
    }

    /// Paints the seconds as large as there is room, and below them what else is known. Where there is little room, the
    /// lines that say least are left out.
    fn paint_figures(&self, pen: &Pen, area: Rect) {
        let gap = pen.gap(5.0);
        // A Chinese unit is higher than the digits that the figure is measured by.
        let least = pen.gap(64.0).min(area.height() * 0.4);
        let lines = [
            (self.footprint(), pen.bold(30.0), 30.0),
            (Some(self.progress()), pen.bold(17.0), 17.0),
            (Some(self.clock_words()), pen.weak(15.0), 15.0),
            (self.listeners(), pen.weak(14.0), 14.0),
        ];
        let mut left = area.height() - least;
        let lines = lines.map(|(text, look, size)| {
            let line = text.map(|text| pen.fit(text, look, area.width()));
            // A line that does not fit even in the smallest font would run into the rings.
            let is_wide = |line: &Arc<Galley>| line.size().x > area.width();
            // While a run goes on, the figures that are still to come keep their place.
            if line.as_ref().map_or(!self.begun, is_wide) {
                return None;
            }
            left -= pen.line_height(size) + gap;
            (left >= 0.0).then_some((line, size))
        });
        let put = |at: Pos2, line: Option<Arc<Galley>>| {
            line.map(|line| pen.put(at, Align2::LEFT_TOP, line));
        };
        let [footprint, progress, clock, listeners] = lines;
        let mut room = area;
        if let Some((line, size)) = clock {
            put(room.min, line);
            room.min.y += pen.line_height(size) + gap;
        }
        for (line, size) in [progress, listeners, footprint].into_iter().flatten() {
            room.max.y -= pen.line_height(size) + gap;
            put(pos2(area.left(), room.bottom() + gap), line);
        }
        let digits = room.shrink2(vec2(0.0, room.height() * 0.1));
        pen.number(digits, self.headline(), pen.palette.text);
    }

    fn paint_legend(&self, pen: &Pen, area: Rect) {
        if !self.begun {
            return;
        }
        let (mark, gap) = (pen.gap(15.0), pen.gap(6.0));
        let entries = self.legend();
        let room = area.width() - entries.len() as f32 * (mark + 2.5 * gap);
        let usual = pen.weak(14.0);
        let wanted = entries.iter();
        let wanted = wanted.map(|(_, entry)| pen.layout_line(entry, usual.clone()).size().x);
        let shrink = (room / wanted.sum::<f32>()).min(1.0);
        let smallest = SMALLEST_WORDS.max(pen.smallest);
        let size = font((usual.0.size * shrink).floor().max(smallest));
        let mut left = area.left();
        for (ring, entry) in entries {
            let center = pos2(left + mark / 2.0, area.center().y);
            let place = Rect::from_center_size(center, Vec2::splat(mark));
            if processes::connections_of_a_mark(self) > 1 {
                processes::paint_square(pen, place, &[ring]);
            } else {
                processes::paint_ring(pen, place, ring, self.plan.way);
            }
            let entry = pen.layout_line(entry, (size.clone(), pen.palette.weak));
            let beside = pos2(left + mark + 0.7 * gap, area.center().y);
            left = pen.put(beside, Align2::LEFT_CENTER, entry).right() + 1.8 * gap;
        }
    }
}
