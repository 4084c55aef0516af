//! The picture: a bar for each file on one axis of seconds, the downloaders, and the stopwatch.

mod bars;
mod downloaders;
mod moment;

use std::time::Duration;

use egui::{Align2, Rect, Ui, pos2, vec2};

use super::lesson::each;
use crate::lab::demo::VariantId;
use crate::lab::demo::param::Params;
use crate::lab::demo::value::Value;
use crate::lab::run::Outcome;
use crate::text::Language;
use crate::widgets::look::pen::Pen;
use crate::widgets::stage::{RunView, Snapshot, Stage};
use crate::widgets::timeline::axis::live_end;

use moment::{Ghost, IN_TURN, Moment};

/// With more files than this the axis is as long as the longest file rather than as all files added up.
const SUMMED_UP: usize = 3;

/// Height of the figure that lines below it never take from it, in points.
const LEAST_FIGURE: f32 = 26.0;

/// Rows lower than this hold no text.
const WITH_WORDS: f32 = 17.0;
/// The largest text in a row, as a share of its height.
const WORDS: f32 = 0.7;

/// Height from which a class's picture has room for a second line of its caption.
const TWO_LINES_FROM: f32 = 150.0;

/// The picture's view state: none.
#[derive(Default)]
pub struct Picture;

/// All that the picture shows.
struct Scene {
    language: Language,
    variant: VariantId,
    moment: Moment,
    ghost: Option<Ghost>,
    /// The length of the axis.
    axis: Duration,
    begun: bool,
    /// Whether the picture is shown to a class, which reads nothing small.
    presenting: bool,
    /// The caption of the large figure.
    caption: String,
    /// The sentences below the figure.
    lines: Vec<String>,
}

impl Stage for Picture {
    fn stage_ui(&mut self, ui: &mut Ui, view: &RunView<'_>) {
        let scene = Scene::of(view);
        let (pen, room) = view.picture(ui, || scene.words());
        let (left, right) = view.beside_figures(&pen, room, 0.27, 18.0);
        if let Some(left) = left {
            scene.paint_time(&pen, left);
        }
        // The caption is beside the replay's label, in two lines if one is too short.
        let text = scene.caption(view.presenting && right.height() >= TWO_LINES_FROM);
        let width = right.width() - pen.corner.x;
        let caption = pen.layout(text, pen.font(14.0), pen.palette.weak, width);
        let height = pen.corner.y.max(caption.size().y + 4.0);
        pen.put(right.min, Align2::LEFT_TOP, caption);
        bars::paint(&pen, right.with_min_y(right.top() + height), &scene);
    }
}

impl Scene {
    fn of(view: &RunView<'_>) -> Self {
        let language = view.language;
        let Some(shown) = view.shown else {
            let params = view.demo.params();
            let files = params.whole("files") as usize;
            let longest = Duration::from_secs_f64(params.seconds("max_seconds"));
            return Self {
                language,
                variant: view.variant,
                axis: axis(view.variant, files, longest * files as u32, longest),
                moment: Moment::before(files),
                ghost: None,
                begun: false,
                presenting: view.presenting,
                caption: language.text("downloads-stage-before").into_owned(),
                lines: vec![ready(language, &params)],
            };
        };
        let (info, files) = (shown.info, shown.info.params.whole("files") as usize);
        let moment = Moment::of(shown.log, files, shown.now);
        let lengths = moment.lengths().filter(|lengths| lengths.len() > 1);
        // The time of all at once would be the answer that is still to be guessed. The sum is told by every result.
        let tells_answer =
            info.variant == IN_TURN && view.unguessed.iter().any(|it| *it != IN_TURN);
        let expected = || Some(Ghost::expected(info, &lengths.filter(|_| !tells_answer)?));
        let ghost = Ghost::measured(info, shown.earlier).or_else(expected);
        let (sum, longest) = (moment.sum(), moment.longest());
        let planned = sum.zip(longest).map(|(sum, longest)| {
            let ghost = ghost.as_ref().map_or(Duration::ZERO, |ghost| ghost.total);
            // The axis holds a longer comparison, but not more than twice the longest file: bars must not shrink to
            // slivers.
            axis(info.variant, files, sum, longest).max(ghost.min(longest * 2))
        });
        let wall = shown
            .log
            .finished()
            .map(|(_, outcome)| outcome.summary().wall);
        let expected = planned.or(view.demo.expected(info.variant));
        let axis = match wall {
            Some(wall) => planned.unwrap_or_default().max(wall),
            None => live_end(shown.now, expected),
        };
        Self {
            language,
            variant: info.variant,
            axis,
            begun: true,
            presenting: view.presenting,
            caption: language.text(caption(&shown)).into_owned(),
            lines: lines(language, &moment),
            moment,
            ghost,
        }
    }

    /// The text of the stage called `kind-name`.
    fn say(&self, kind: &str, name: &str) -> String {
        let key = format!("downloads-stage-{kind}-{name}");
        self.language.text(&key).into_owned()
    }

    /// The legend of shapes. For a class it also says what the bars stand for, which a window says elsewhere.
    fn caption(&self, says_sleep: bool) -> String {
        let who = self.say("who", self.variant);
        if says_sleep {
            format!("{who} · {}", self.language.text("downloads-stage-sleep"))
        } else {
            who
        }
    }

    /// A time with the digits that suit the axis: their number must not change while the run goes on.
    fn seconds(&self, time: Duration) -> String {
        seconds(self.language, time, self.axis)
    }

    /// Whether rows so high hold text.
    fn has_words(pen: &Pen, height: f32) -> bool {
        height >= WITH_WORDS.max(pen.smallest / WORDS)
    }

    /// A file's name.
    fn file_name(&self, index: usize) -> String {
        let number = [("number", Value::from(index + 1))];
        self.language.with("downloads-file", &number)
    }

    /// The whole picture in words.
    fn words(&self) -> String {
        let mut words = vec![
            format!("{} {}", self.caption, self.seconds(self.moment.passed)),
            self.say("who", self.variant),
        ];
        words.extend(self.lines.iter().cloned());
        words.extend(downloaders::names(self));
        if let Some(ghost) = &self.ghost {
            words.push(bars::ghost_words(self, ghost));
        }
        words.push(self.language.text("downloads-stage-sleep").into_owned());
        words.join("; ")
    }

    /// Paints the seconds that have passed, as large as they fit, with caption and sentences.
    fn paint_time(&self, pen: &Pen, area: Rect) {
        let width = area.width();
        pen.write(
            area.min,
            Align2::LEFT_TOP,
            self.caption.as_str(),
            pen.weak(15.0),
            width,
        );
        let sleep = self.language.text("downloads-stage-sleep").into_owned();
        let sleep = pen.layout(sleep, pen.font(14.0), pen.palette.weak, width);
        let line = pen.line_height(18.0);
        // The figure comes first: in little room the note gives way, and then the lines, from the last.
        let used = pen.line_height(15.0) + LEAST_FIGURE + 3.0 * pen.gap(6.0);
        let free = area.height() - used;
        let note = (sleep.size().y + line <= free).then_some(sleep);
        let below = area.bottom() - note.as_ref().map_or(0.0, |note| note.size().y);
        let free = free - (area.bottom() - below);
        let shown = ((free / line).max(0.0) as usize).min(self.lines.len());
        if let Some(note) = note {
            pen.galley(pos2(area.left(), below), note, pen.palette.weak);
        }
        let lines_top = below - pen.gap(6.0) - line * shown as f32;
        for (index, text) in self.lines[..shown].iter().enumerate() {
            let text = pen.fit(text.as_str(), pen.bold(18.0), width);
            let at = pos2(area.left(), lines_top + line * index as f32);
            pen.galley(at, text, pen.palette.text);
        }
        let figure = Rect::from_min_max(
            pos2(area.left(), area.top() + pen.line_height(15.0)),
            pos2(area.right(), lines_top),
        );
        let color = pen.palette.text_if(self.begun);
        let figure = figure.shrink2(vec2(0.0, pen.gap(6.0)));
        pen.number(figure, self.seconds(self.moment.passed), color);
    }
}

/// The end of the axis. With few files it is the sum of all, so that saved and spent time can be seen side by side.
fn axis(variant: VariantId, files: usize, sum: Duration, longest: Duration) -> Duration {
    if variant == "one_after_another" || files <= SUMMED_UP {
        sum
    } else {
        longest.mul_f64(1.15)
    }
}

fn seconds(language: Language, time: Duration, axis: Duration) -> String {
    let decimals = if axis < Duration::from_secs(2) { 2 } else { 1 };
    let figure = format!("{:.decimals$}", time.as_secs_f64());
    language.with(
        "downloads-stage-seconds",
        &[("seconds", Value::Word(figure))],
    )
}

fn caption(shown: &Snapshot<'_>) -> &'static str {
    match shown.log.finished() {
        Some((_, Outcome::Done(_))) if shown.is_complete() => "downloads-stage-total",
        Some((_, Outcome::Cancelled(_))) if shown.is_complete() => "downloads-stage-stopped",
        // A lost file does not stop the others.
        Some(_) if shown.is_complete() => "downloads-stage-ended",
        _ => "downloads-stage-passed",
    }
}

fn ready(language: Language, params: &Params) -> String {
    let [min, max] = ["min_seconds", "max_seconds"].map(|name| params.seconds(name));
    let files = ("files", Value::from(params.whole("files")));
    language.with("downloads-stage-ready", &[files, ("each", each(min, max))])
}

/// The sentences about the number of files that are there, their sum, and the longest.
fn lines(language: Language, moment: &Moment) -> Vec<String> {
    let there = [
        ("there", Value::from(moment.there())),
        ("files", Value::from(moment.files.len())),
    ];
    let mut lines = vec![language.with("downloads-stage-there", &there)];
    if let (Some(sum), Some(longest), 2..) = (moment.sum(), moment.longest(), moment.files.len()) {
        let figure = |time: Duration| [("seconds", Value::from(time))];
        lines.push(language.with("downloads-stage-sum", &figure(sum)));
        lines.push(language.with("downloads-stage-longest", &figure(longest)));
    }
    lines
}
