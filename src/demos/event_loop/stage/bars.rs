//! The times of the ways of waiting: a bar for each that has been run with these values, on one scale.

use std::time::Duration;

use egui::{Align2, Rect, pos2, vec2};

use super::moment::Moment;
use crate::lab::demo::VariantId;
use crate::lab::demo::value::Value;
use crate::text::Language;
use crate::widgets::look::pen::Pen;
use crate::widgets::look::text_fit::SMALLEST;
use crate::widgets::look::theme::{bold_font, font};
use crate::widgets::stage::{RunView, Snapshot};
use crate::widgets::timeline::axis::{SHORTEST, live_end};

/// The narrowest bar, in points, that can be seen from the last row.
const NARROWEST: f32 = 3.0;
/// The size of names and figures.
const TEXT: f32 = 16.0;
/// Their size in high rows.
const LARGEST: f32 = 20.0;
/// The most of the width that the names may take.
const NAMES: f32 = 0.32;

/// The bars, in teaching order.
#[derive(Default)]
pub struct Bars {
    bars: Vec<Bar>,
    /// The time that is as long as a bar can be.
    scale: Duration,
}

/// One way of waiting.
struct Bar {
    /// Its name.
    name: String,
    /// The time of its latest run, or of the shown one so far.
    time: Duration,
    /// That time in words; none while the shown run goes on, because the picture says it larger.
    said: Option<String>,
    /// Threads and memory of the run, where they are known.
    footprint: Option<String>,
    /// Whether it is the shown run's.
    is_shown: bool,
}

impl Bars {
    /// The bars beside a run at one moment; none before the first run.
    pub fn of(view: &RunView<'_>, moment: &Moment) -> Self {
        let Some(shown) = &view.shown else {
            return Self::default();
        };
        let variants = view.demo.variants().into_iter();
        let bars = variants.filter_map(|variant| {
            let name = format!("event_loop-{}", variant.id);
            let name = view.language.text(&name).into_owned();
            if variant.id == shown.info.variant {
                Some(Bar::shown(name, shown, moment, view.language))
            } else {
                Bar::earlier(name, shown, variant.id, view.language)
            }
        });
        let bars: Vec<Bar> = bars.collect();
        let clock = moment.clock.unwrap_or_default();
        let own = match shown.log.finished() {
            Some(_) => clock,
            None => live_end(clock, view.demo.expected(shown.info.variant)),
        };
        let times = bars.iter().map(|bar| bar.time);
        Self {
            scale: times.fold(own, Duration::max),
            bars,
        }
    }

    /// Whether the shown run is over and stands beside others.
    pub fn are_compared(&self) -> bool {
        let mut bars = self.bars.iter();
        self.bars.len() > 1 && bars.all(|bar| bar.said.is_some())
    }

    /// The height of all bars below a picture, with the distance from it.
    pub fn height(&self, pen: &Pen) -> f32 {
        match self.bars.len() {
            0 => 0.0,
            count => pen.line_height(TEXT) * count as f32 + pen.gap(8.0),
        }
    }

    /// The bars of other runs in words.
    pub fn words(&self) -> impl Iterator<Item = String> {
        let others = self.bars.iter().filter(|bar| !bar.is_shown);
        others.map(|bar| {
            let figures = bar.said.iter().chain(&bar.footprint);
            let figures: Vec<&str> = figures.map(String::as_str).collect();
            format!("{} {}", bar.name, figures.join(" · "))
        })
    }

    /// Paints the bars at the bottom of `area`. A class is not told the time of the shown run, which has a step of its
    /// own.
    pub fn paint(&self, pen: &Pen, area: Rect, presenting: bool) {
        let count = self.bars.len().max(1) as f32;
        let row = (area.height() / count).min(pen.line_height(TEXT) * 2.0);
        // High rows have larger words.
        let text = (TEXT * row / pen.line_height(TEXT)).clamp(TEXT, LARGEST);
        let gap = pen.gap(10.0);
        let widest = |texts: &mut dyn Iterator<Item = &String>, size: f32| {
            let widths = texts.map(|text| pen.layout_line(text, pen.bold(size)).size().x);
            widths.fold(0.0, f32::max)
        };
        let wanted = widest(&mut self.bars.iter().map(|bar| &bar.name), text);
        let names = wanted.min(area.width() * NAMES);
        let shrink = (names / wanted.max(1.0)).min(1.0);
        let size = (pen.text_size(text) * shrink).floor();
        let size = size.max(SMALLEST).max(pen.smallest);
        let left = area.left() + names + gap;
        let said = &mut self.bars.iter().filter_map(|bar| bar.said.as_ref());
        let times = widest(said, text + 2.0);
        // The longest bar leaves room for its time.
        let longest = (area.right() - left - times - gap).max(NARROWEST);
        let top = area.bottom() - row * count;
        for (index, bar) in self.bars.iter().enumerate() {
            let middle = top + (index as f32 + 0.5) * row;
            let (color, font) = match bar.is_shown {
                true => (pen.palette.strong, bold_font(size)),
                false => (pen.palette.border, font(size)),
            };
            let look = (font, pen.palette.text);
            let name = pos2(area.left(), middle);
            pen.write(name, Align2::LEFT_CENTER, bar.name.as_str(), look, names);
            let share = bar.time.div_duration_f32(self.scale.max(SHORTEST));
            let size = vec2((longest * share).max(NARROWEST), row * 0.62);
            let place = Align2::LEFT_CENTER.anchor_size(pos2(left, middle), size);
            pen.rect_filled(place, 0.0, color);
            let Some(said) = bar.said.as_ref().filter(|_| !(presenting && bar.is_shown)) else {
                continue;
            };
            let beside = pos2(place.right() + gap, middle);
            let look = pen.bold(text + 2.0);
            let said = pen.write(beside, Align2::LEFT_CENTER, said.as_str(), look, times);
            if let Some(footprint) = &bar.footprint {
                let footprint = pen.layout_line(footprint, pen.weak(text - 1.0));
                let beside = pos2(said.right() + gap, middle);
                if beside.x + footprint.size().x <= area.right() {
                    pen.put(beside, Align2::LEFT_CENTER, footprint);
                }
            }
        }
    }
}

impl Bar {
    fn shown(name: String, shown: &Snapshot<'_>, moment: &Moment, language: Language) -> Self {
        let time = moment.clock.unwrap_or_default();
        let is_over = shown.is_complete();
        Self {
            name,
            time,
            said: is_over.then(|| language.time(time.as_secs_f64())),
            footprint: footprint(moment.threads, moment.bytes, language).filter(|_| is_over),
            is_shown: true,
        }
    }

    /// The latest run of a variant, if there is one with the same values.
    fn earlier(
        name: String,
        shown: &Snapshot<'_>,
        variant: VariantId,
        language: Language,
    ) -> Option<Self> {
        let record = shown.latest(variant)?;
        let seconds = record.figure("total_seconds")?;
        let count = |name| record.figure(name).map(|count| count as u64);
        Some(Self {
            name,
            time: Duration::try_from_secs_f64(seconds).ok()?,
            said: Some(language.time(seconds)),
            footprint: footprint(count("peak_threads"), count("peak_bytes"), language),
            is_shown: false,
        })
    }
}

/// Threads and memory of the waiting processes, if both are known.
pub fn footprint(threads: Option<u64>, bytes: Option<u64>, language: Language) -> Option<String> {
    let figures = [("threads", threads?.into()), ("size", Value::Bytes(bytes?))];
    Some(language.with("event_loop-stage-footprint", &figures))
}
