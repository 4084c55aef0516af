//! The picture: a ring for each connection in the box of the process that waits for it, the queue beside the
//! event loop's thread, and what the waiting took.

mod boxes;
mod marks;
mod moment;

use egui::accesskit::Role;
use egui::{Align2, Painter, Rect, Sense, Ui, Vec2, WidgetInfo, pos2, vec2};

use crate::lab::demo::value::Value;
use crate::text::{Language, grouped};
use crate::widgets::look::lettering::{Sizes, fitted, paint_figure};
use crate::widgets::look::palette::Palette;
use crate::widgets::look::theme::{bold_font, font};
use crate::widgets::stage::{RunView, Stage};

use moment::{Moment, Plan, Process, Ring, Way};

/// Words of the legend are not smaller than this.
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
}

impl Stage for Picture {
    fn stage_ui(&mut self, ui: &mut Ui, view: &RunView<'_>) {
        let scene = Scene::of(view);
        let palette = Palette::of(ui);
        let (rect, response) = ui.allocate_exact_size(ui.available_size(), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, scene.words()));
        let (painter, sizes) = (ui.painter(), view.sizes(rect));
        let (left, mut right) = rect.split_left_right_at_fraction(0.36);
        if view.presenting {
            let legend = rect.with_min_y(rect.bottom() - sizes.line_height(14.0));
            scene.paint_legend(painter, legend, sizes, palette);
            right = rect.with_max_y(legend.top());
        } else {
            let left = left.with_max_x(left.right() - sizes.gap(24.0));
            scene.paint_figures(painter, left, sizes, palette);
        }

        let caption = scene.caption();
        let mut boxes = right.with_min_y(right.top() + sizes.corner.y);
        let room = right.width() - sizes.corner.x;
        let size = font(sizes.text(14.0));
        let fits = fitted(
            painter,
            caption.as_str(),
            size.clone(),
            palette.weak,
            f32::INFINITY,
        );
        // Beside the replay's label if there is room, or else below.
        if fits.size().x <= room && sizes.corner.y > 0.0 {
            painter.galley(right.min, fits, palette.weak);
        } else {
            let caption = fitted(painter, caption, size, palette.weak, right.width());
            boxes.max.y -= caption.size().y + 4.0;
            painter.galley(
                pos2(right.left(), boxes.bottom() + 4.0),
                caption,
                palette.weak,
            );
        }
        boxes::paint(painter, boxes, &scene, sizes, palette);
    }
}

impl Scene {
    fn of(view: &RunView<'_>) -> Self {
        let language = view.language;
        match view.shown {
            None => {
                let plan = Plan::of(&view.demo.params(), view.variant);
                Self {
                    language,
                    plan,
                    moment: Moment::before(plan),
                    begun: false,
                }
            }
            Some(shown) => {
                let plan = Plan::of(&shown.info.params, shown.info.variant).told(shown.log);
                let moment = Moment::of(shown.log, plan, shown.now);
                Self {
                    language,
                    plan,
                    moment,
                    begun: true,
                }
            }
        }
    }

    /// What a mark of the picture is.
    fn caption(&self) -> String {
        let (count, language) = (boxes::connections_of_a_mark(self), self.language);
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

    /// What a process is known by.
    fn name(&self, process: &Process) -> String {
        match process.pid {
            // As a word, or its digits would be grouped.
            Some(pid) => {
                let pid = [("pid", Value::Word(pid.to_string()))];
                self.language.with("event_loop-stage-pid", &pid)
            }
            None => self.language.text("event_loop-stage-process").into_owned(),
        }
    }

    /// The seconds so far, or in all.
    fn headline(&self) -> String {
        let all_handled = self.moment.count(Ring::Handled) == self.plan.connections;
        let seconds = match self.moment.clock.map(|clock| clock.as_secs_f64()) {
            None => "?".to_owned(),
            // As the sentence has it: a reply may take less than what two decimals can say.
            Some(seconds) if all_handled => return self.language.time(seconds),
            Some(seconds) if seconds < 1.0 => format!("{seconds:.2}"),
            // While it runs, further digits would only flicker.
            Some(seconds) => format!("{seconds:.1}"),
        };
        let seconds = [("seconds", Value::Word(seconds))];
        self.language.with("event_loop-stage-seconds", &seconds)
    }

    /// What explains the seconds.
    fn clock_words(&self) -> String {
        let key = match self.moment.clock {
            None if self.begun => "event_loop-stage-starting",
            _ => "event_loop-stage-clock",
        };
        self.language.text(key).into_owned()
    }

    /// Threads and memory of those who wait, once they are known.
    fn footprint(&self) -> Option<String> {
        let (threads, bytes) = (self.moment.threads?, self.moment.bytes?);
        let figures = [("threads", threads.into()), ("size", Value::Bytes(bytes))];
        Some(self.language.with("event_loop-stage-footprint", &figures))
    }

    /// Which of the threads are not what this is about.
    fn listeners(&self) -> Option<String> {
        self.footprint()?;
        let count = [("count", Value::from(self.plan.processes))];
        Some(self.language.with("event_loop-stage-listener", &count))
    }

    /// How far it has come, or what is going to be done.
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

    /// The kinds of connections there are now, with their numbers.
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
        words.join("; ")
    }

    fn paint_figures(&self, painter: &Painter, area: Rect, sizes: Sizes, palette: &Palette) {
        let gap = sizes.gap(6.0);
        let line = |text: String, size, color, top: f32| {
            let text = fitted(painter, text, size, color, area.width());
            painter.galley(pos2(area.left(), top), text, color);
        };
        line(
            self.clock_words(),
            font(sizes.text(15.0)),
            palette.weak,
            area.top(),
        );
        let top = area.top() + sizes.line_height(15.0) + gap;
        let below = [30.0, 14.0, 17.0, 14.0].map(|usual| sizes.line_height(usual));
        let height = area.bottom() - top - below.iter().sum::<f32>() - 5.0 * gap;
        let figure = Rect::from_min_max(
            pos2(area.left(), top),
            pos2(area.right(), top + height.max(24.0)),
        );
        // A Chinese unit is higher than the digits that the figure is measured by.
        let digits = figure.shrink2(vec2(0.0, figure.height() * 0.12));
        paint_figure(painter, digits, self.headline(), palette.text);

        let mut top = figure.bottom() + 2.0 * gap;
        let footprint = self.footprint().unwrap_or_default();
        line(footprint, bold_font(sizes.text(30.0)), palette.text, top);
        top += below[0];
        let listeners = self.listeners().unwrap_or_default();
        line(listeners, font(sizes.text(14.0)), palette.weak, top);
        top += below[1] + gap;
        line(
            self.progress(),
            bold_font(sizes.text(17.0)),
            palette.text,
            top,
        );
        top += below[2] + gap;
        let legend = Rect::from_min_size(pos2(area.left(), top), vec2(area.width(), below[3]));
        self.paint_legend(painter, legend, sizes, palette);
    }

    fn paint_legend(&self, painter: &Painter, area: Rect, sizes: Sizes, palette: &Palette) {
        if !self.begun {
            return;
        }
        let (mark, gap) = (sizes.gap(15.0), sizes.gap(6.0));
        let entries = self.legend();
        let room = area.width() - entries.len() as f32 * (mark + 2.5 * gap);
        let usual = font(sizes.text(14.0));
        let wanted = entries.iter().map(|(_, entry)| {
            let galley = fitted(painter, entry, usual.clone(), palette.weak, f32::INFINITY);
            galley.size().x
        });
        let shrink = (room / wanted.sum::<f32>()).min(1.0);
        let size = font((usual.size * shrink).floor().max(SMALLEST_WORDS));
        let mut left = area.left();
        for (ring, entry) in entries {
            let center = pos2(left + mark / 2.0, area.center().y);
            let place = Rect::from_center_size(center, Vec2::splat(mark));
            if boxes::connections_of_a_mark(self) > 1 {
                marks::paint_square(painter, place, &[ring], palette);
            } else {
                marks::paint_ring(painter, place, ring, self.plan.way, palette);
            }
            let entry = painter.layout_no_wrap(entry, size.clone(), palette.weak);
            let beside = pos2(left + mark + 0.7 * gap, area.center().y);
            let at = Align2::LEFT_CENTER.anchor_size(beside, entry.size());
            left = at.right() + 1.8 * gap;
            painter.galley(at.min, entry, palette.weak);
        }
    }
}
