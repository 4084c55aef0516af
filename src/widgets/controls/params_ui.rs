//! A demo's parameters as controls. Nothing has to be typed: values are dragged, stepped with the
//! arrow keys, or chosen.

use std::cell::Cell;
use std::ops::RangeInclusive;

use egui::emath::Numeric;
use egui::{Align2, Checkbox, ComboBox, DragValue, PopupCloseBehavior, Response, TextEdit, Ui};

use crate::lab::demo::number;
use crate::lab::demo::param::{Param, ParamKind, ParamSpec};
use crate::lab::demo::value::Value;
use crate::lab::demo::{Demo, VariantId};
use crate::text::{Language, grouped};
use crate::widgets::controls::{absent, own_ids};

/// Shows the controls of the parameters, all or only those named in `shown`, in a row that may wrap. They change the
/// demo's own parameters; a run that goes on keeps its copy.
pub fn params_ui(
    ui: &mut Ui,
    demo: &mut dyn Demo,
    variant: VariantId,
    shown: Option<&[&str]>,
    language: Language,
) {
    let id = demo.id();
    let mut controls = Controls {
        ui,
        id,
        variant,
        shown,
        language,
        refused: Vec::new(),
    };
    for param in demo.param_list() {
        controls.control(param);
    }
    for refused in std::mem::take(&mut controls.refused) {
        ui.end_row();
        own_ids(ui, (id, &refused), |ui| ui.weak(&refused));
        ui.end_row();
    }
}

/// A number that is being typed.
#[derive(Clone, Default)]
struct Typed {
    /// The number before the typing.
    before: Option<f64>,
    /// Text that could not be read, and the number that was kept.
    refused: Option<(String, f64)>,
}

struct Controls<'ui> {
    ui: &'ui mut Ui,
    id: &'static str,
    variant: VariantId,
    shown: Option<&'ui [&'ui str]>,
    language: Language,
    /// Sentences about text that could not be read.
    refused: Vec<String>,
}

impl Controls<'_> {
    fn control(&mut self, param: Param<'_>) {
        let spec = param.spec;
        match param.kind {
            ParamKind::Whole(range, value) => self.whole(spec, range, value),
            ParamKind::Signed(range, value) => self.signed(spec, range, value),
            ParamKind::Seconds(range, value) => self.seconds(spec, range, value),
            ParamKind::Choice(options, value) => self.choice(spec, options, value),
            ParamKind::Toggle(value) => self.titled(spec, 0.0, |ui| ui.checkbox(value, "")),
            ParamKind::Sweep {
                offered, values, ..
            } => self.sweep(spec, offered, values),
            ParamKind::Text {
                longest,
                tidy,
                value,
            } => self.text(spec, longest, tidy, value),
        }
    }

    /// A control with its title before it, which is its accessible name too. `face_width` is the width of the text on
    /// the control.
    fn titled(
        &mut self,
        spec: ParamSpec,
        face_width: f32,
        control: impl FnOnce(&mut Ui) -> Response,
    ) {
        // A parameter that the chosen variant does not use would only be in the way.
        let is_shown = self.shown.is_none_or(|shown| shown.contains(&spec.name));
        if !is_shown || !spec.only.is_empty() && !spec.only.contains(&self.variant) {
            absent(self.ui, 1);
            return;
        }
        let key = format!("{}-param-{}", self.id, spec.name);
        let (title, help) = (
            self.language.text(&key),
            self.language.text(&format!("{key}-help")),
        );
        // egui wraps a row between widgets, but not between groups of them.
        let title_width = text_width(self.ui, &title);
        let spacing = self.ui.spacing().clone();
        let control_width =
            (face_width + 2.0 * spacing.button_padding.x).max(spacing.interact_size.x);
        if self.ui.available_size_before_wrap().x < title_width + GAP + control_width + MARGIN {
            self.ui.end_row();
        }
        let name = (self.id, spec.name);
        self.ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = GAP;
            own_ids(ui, name, |ui| {
                let title = ui.weak(title.as_ref());
                control(ui)
                    .labelled_by(title.id)
                    .on_hover_text(help.as_ref());
            });
        });
    }

    /// A number that can be dragged and typed. Text that can't be read leaves the number as it was; a sentence says
    /// so once the field is left.
    fn number<'drag, Num: Numeric>(
        &mut self,
        spec: ParamSpec,
        face: impl Fn(f64) -> String,
        value: &'drag mut Num,
        read: impl Fn(&str) -> Option<f64>,
        drag: impl FnOnce(DragValue<'drag>) -> DragValue<'drag>,
    ) {
        let key = egui::Id::unique(("typed", self.id, spec.name));
        let typed: Option<Typed> = self.ui.data_mut(|data| data.get_temp(key));
        let mut typed = typed.unwrap_or_default();
        let number = value.to_f64();
        let before = typed.before.unwrap_or(number);
        let unread = Cell::new(None);
        self.titled(spec, text_width(self.ui, &face(number)), |ui| {
            let control = drag(DragValue::new(value)).custom_parser(|text| {
                let read = read(text);
                unread.set(read.is_none().then(|| text.to_owned()));
                read.or(Some(before))
            });
            let response = ui.add(control);
            let is_edited = response.has_focus();
            typed.before = is_edited.then_some(before);
            if let Some(text) = unread.take().filter(|_| !is_edited) {
                typed.refused = Some((text, before));
            }
            typed
                .refused
                .take_if(|(_, kept)| is_edited || *kept != number);
            response
        });
        if let Some((text, kept)) = &typed.refused {
            let title = self
                .language
                .text(&format!("{}-param-{}", self.id, spec.name));
            let figures = [
                ("name", Value::Word(title.into_owned())),
                (
                    "text",
                    Value::Word(text.chars().take(LONGEST_TOLD).collect()),
                ),
                ("value", Value::Word(face(*kept))),
            ];
            self.refused
                .push(self.language.with("app-number-refused", &figures));
        }
        self.ui.data_mut(|data| data.insert_temp(key, typed));
    }

    fn suffix(&self, unit: &str) -> String {
        if unit.is_empty() {
            String::new()
        } else {
            format!(" {}", self.language.text(&format!("unit-{unit}")))
        }
    }

    fn whole(&mut self, spec: ParamSpec, range: RangeInclusive<u64>, value: &mut u64) {
        let suffix = self.suffix(spec.unit);
        // A pixel of dragging is one step of small values and a hundredth of large ones.
        let speed = (*value as f64 / 100.0).max(0.2);
        let face = |number: f64| format!("{}{suffix}", grouped(number as i128));
        self.number(spec, face, &mut *value, read_whole, |drag| {
            drag.range(range)
                .speed(speed)
                .suffix(&suffix)
                .custom_formatter(|number, _| grouped(number as i128))
        });
    }

    fn seconds(&mut self, spec: ParamSpec, range: RangeInclusive<f64>, value: &mut f64) {
        let suffix = self.suffix("seconds");
        let face = |number: f64| format!("{number:.1}{suffix}");
        self.number(spec, face, &mut *value, number::decimal, |drag| {
            drag.range(range).speed(0.1).max_decimals(1).suffix(&suffix)
        });
    }

    fn choice(
        &mut self,
        spec: ParamSpec,
        options: &'static [&'static str],
        value: &mut &'static str,
    ) {
        let (language, id) = (self.language, self.id);
        let title = |option: &str| language.text(&format!("{id}-param-{}-{option}", spec.name));
        let width = options
            .iter()
            .map(|option| text_width(self.ui, &title(option)))
            .fold(0.0, f32::max);
        self.titled(spec, width + ARROW, |ui| {
            let combo = ComboBox::from_id_salt((id, spec.name))
                .width(width + ARROW)
                .selected_text(title(value))
                .show_ui(ui, |ui| {
                    for option in options {
                        ui.selectable_value(value, option, title(option));
                    }
                });
            combo.response
        });
    }

    fn signed(&mut self, spec: ParamSpec, range: RangeInclusive<i64>, value: &mut i64) {
        let suffix = self.suffix(spec.unit);
        // A word stands for all numbers below zero: no time limit.
        let below = format!("{}-param-{}-below-zero", self.id, spec.name);
        let below = self.language.text(&below);
        let say = |number: f64| match number {
            below_zero if below_zero < 0.0 => below.to_string(),
            number => format!("{}{suffix}", grouped(number as i128)),
        };
        let speed = (*value as f64 / 100.0).abs().max(0.2);
        let read = |text: &str| match text.trim() {
            word if word == below => Some(-1.0),
            number => read_whole(number.trim_end_matches(suffix.trim_start())),
        };
        self.number(spec, say, &mut *value, read, |drag| {
            drag.range(range)
                .speed(speed)
                .custom_formatter(|number, _| say(number))
        });
    }

    fn text(&mut self, spec: ParamSpec, longest: usize, tidy: fn(&mut String), value: &mut String) {
        self.titled(spec, TEXT_WIDTH, |ui| {
            let field = TextEdit::singleline(value).char_limit(longest);
            ui.add(field.desired_width(TEXT_WIDTH).align(Align2::LEFT_CENTER))
        });
        tidy(value);
    }

    fn sweep(&mut self, spec: ParamSpec, offered: &[u64], values: &mut Vec<u64>) {
        let (face, suffix) = (sweep_face(values), self.suffix(spec.unit));
        // Values that the command line has set are offered too, so that they can be unticked.
        let mut offers = [offered, &values[..]].concat();
        offers.sort_unstable();
        offers.dedup();
        let width = text_width(self.ui, &face);
        let id = self.id;
        self.titled(spec, width + ARROW, |ui| {
            let combo = ComboBox::from_id_salt((id, spec.name))
                .width(width + ARROW)
                .height(400.0)
                // The menu stays open, so that several values can be ticked in one go.
                .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
                .selected_text(face)
                .show_ui(ui, |ui| {
                    for offer in &offers {
                        let mut on = values.contains(offer);
                        let title = format!("{}{suffix}", grouped(i128::from(*offer)));
                        // A sweep without a value would measure nothing: the last one stays.
                        let is_last = on && values.len() == 1;
                        let tick = Checkbox::new(&mut on, title);
                        if ui.add_enabled(!is_last, tick).changed() {
                            values.retain(|value| value != offer);
                            values.extend(on.then_some(*offer));
                            values.sort_unstable();
                        }
                    }
                });
            combo.response
        });
    }
}

/// The text on a sweep's control: all values if they are few, else the ends.
fn sweep_face(values: &[u64]) -> String {
    let grouped = |value: &u64| grouped(i128::from(*value));
    match values {
        [first, .., last] if values.len() > 3 => {
            format!("{} … {} ({})", grouped(first), grouped(last), values.len())
        }
        few => few.iter().map(grouped).collect::<Vec<_>>().join(", "),
    }
}

/// Distance between a title and its control, in points.
const GAP: f32 = 6.0;
/// The most letters that are quoted of text that could not be read.
const LONGEST_TOLD: usize = 24;
/// Width of a text field; a longer text moves along in it.
const TEXT_WIDTH: f32 = 100.0;
/// How much wider a control may be than its text and padding.
const MARGIN: f32 = 8.0;
/// Width of the arrow of a box that opens, with the gap before it.
const ARROW: f32 = 26.0;

fn text_width(ui: &Ui, text: &str) -> f32 {
    let font = egui::TextStyle::Body.resolve(ui.style());
    let galley = ui
        .painter()
        .layout_no_wrap(text.to_owned(), font, egui::Color32::PLACEHOLDER);
    galley.size().x
}

fn read_whole(text: &str) -> Option<f64> {
    number::whole(text).map(|number| number as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_can_be_typed() {
        assert_eq!(read_whole(&grouped(100_000_000)), Some(1e8));
        assert_eq!(read_whole(&grouped(-20_000)), Some(-20_000.0));
    }

    #[test]
    fn a_sweep_shows_its_values_or_its_ends() {
        assert_eq!(sweep_face(&[8]), "8");
        assert_eq!(sweep_face(&[1, 2, 4]), "1, 2, 4");
        assert_eq!(sweep_face(&[1, 2, 4, 8, 4096]), "1 … 4096 (5)");
    }
}
