//! A demo's parameters as controls, a row each. Nothing has to be typed: values are dragged, stepped with the arrow
//! keys, or chosen.

use std::cell::Cell;
use std::ops::RangeInclusive;

use egui::accesskit::Role;
use egui::emath::Numeric;
use egui::{
    Align, Align2, Button, DragValue, Layout, Response, RichText, TextEdit, Ui, WidgetInfo, vec2,
};

use crate::lab::demo::number;
use crate::lab::demo::param::{Param, ParamKind, ParamSpec};
use crate::lab::demo::value::Value;
use crate::lab::demo::{Demo, VariantId};
use crate::text::{Language, grouped};
use crate::widgets::controls::{name_group, own_ids, segmented_ui, segmented_width};
use crate::widgets::look::palette::Palette;

/// Shows a row for each parameter that has a use for `variant`, but none for those named in `but`. The controls change
/// the demo's own parameters; a run that goes on keeps its copy.
pub fn params_ui(
    ui: &mut Ui,
    demo: &mut dyn Demo,
    variant: VariantId,
    but: &[&str],
    language: Language,
) {
    let id = demo.id();
    let text = |spec: &ParamSpec| language.text(&format!("{id}-param-{}", spec.name));
    let used = |spec: &ParamSpec| {
        let is_used = spec.only.is_empty() || spec.only.contains(&variant);
        is_used && !but.contains(&spec.name)
    };
    let params = demo.param_list().into_iter();
    let params: Vec<_> = params.filter(|param| used(&param.spec)).collect();
    let titles = params
        .iter()
        .map(|param| text_width(ui, &text(&param.spec)));
    let width = titles.fold(0.0, f32::max) + GAP;
    for param in params {
        ui.horizontal_top(|ui| {
            let mut controls = Controls {
                ui,
                id,
                language,
                title_width: Some(width),
            };
            controls.control(param);
        });
    }
}

/// Shows the control of one parameter with its title before it.
pub fn param_ui(ui: &mut Ui, demo: &mut dyn Demo, name: &str, language: Language) {
    let id = demo.id();
    let params = demo.param_list().into_iter();
    for param in params.filter(|param| param.spec.name == name) {
        let mut controls = Controls {
            ui,
            id,
            language,
            title_width: None,
        };
        controls.control(param);
    }
}

/// Sentences about typed numbers of this demo that could not be read, so that they are said also while the controls
/// are not shown.
pub fn refused(ui: &Ui, demo: &dyn Demo, language: Language) -> Vec<String> {
    let id = demo.id();
    let names = demo.params().0.into_iter().map(|(name, _)| name);
    names
        .filter_map(|name| {
            let typed: Typed = ui.data(|data| data.get_temp(typed_id(id, name)))?;
            let (text, kept) = typed.refused?;
            let title = language.text(&format!("{id}-param-{name}"));
            let figures = [
                ("name", Value::Word(title.into_owned())),
                (
                    "text",
                    Value::Word(text.chars().take(LONGEST_TOLD).collect()),
                ),
                (
                    "value",
                    Value::Word(typed.face.unwrap_or_else(|| kept.to_string())),
                ),
            ];
            Some(language.with("app-number-refused", &figures))
        })
        .collect()
}

fn typed_id(demo: &str, name: &str) -> egui::Id {
    egui::Id::unique(("typed", demo, name))
}

/// A number that is being typed.
#[derive(Clone, Default)]
struct Typed {
    /// The number before the typing.
    before: Option<f64>,
    /// Text that could not be read, and the number that was kept.
    refused: Option<(String, f64)>,
    /// The number that was kept, with its unit.
    face: Option<String>,
}

struct Controls<'ui> {
    ui: &'ui mut Ui,
    id: &'static str,
    language: Language,
    /// The width that the titles of several rows share.
    title_width: Option<f32>,
}

impl Controls<'_> {
    fn control(&mut self, param: Param<'_>) {
        let spec = param.spec;
        match param.kind {
            ParamKind::Whole(range, value) => self.whole(spec, range, value),
            ParamKind::Signed(range, value) => self.signed(spec, range, value),
            ParamKind::Seconds(range, value) => self.seconds(spec, range, value),
            ParamKind::Choice(options, value) => self.choice(spec, options, value),
            ParamKind::Toggle(value) => self.toggle(spec, value),
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

    /// Shows the parameter's title and then its control, which gets an id of its own.
    fn titled<R>(&mut self, spec: &ParamSpec, control: impl FnOnce(&mut Ui, &Response) -> R) -> R {
        let key = format!("{}-param-{}", self.id, spec.name);
        let help = self.language.text(&format!("{key}-help"));
        let title = self.title_ui(&self.title(spec));
        let title = title.on_hover_text(help.as_ref());
        own_ids(self.ui, (self.id, spec.name), |ui| control(ui, &title))
    }

    fn title_ui(&mut self, title: &str) -> Response {
        let Some(width) = self.title_width else {
            return self.ui.weak(title);
        };
        let size = vec2(width, self.ui.spacing().interact_size.y);
        let layout = Layout::left_to_right(Align::Center);
        let cell = self.ui.allocate_ui_with_layout(size, layout, |ui| {
            ui.set_min_width(width);
            ui.weak(title)
        });
        cell.inner
    }

    /// Shows a control that the title names.
    fn control_of(&mut self, spec: &ParamSpec, control: impl FnOnce(&mut Ui) -> Response) {
        self.titled(spec, |ui, title| control(ui).labelled_by(title.id));
    }

    fn title(&self, spec: &ParamSpec) -> String {
        let key = format!("{}-param-{}", self.id, spec.name);
        self.language.text(&key).into_owned()
    }

    /// Shows a box to tick; its title stands beside it and can be clicked as well.
    fn toggle(&mut self, spec: ParamSpec, value: &mut bool) {
        let help = self
            .language
            .text(&format!("{}-param-{}-help", self.id, spec.name));
        // The colour is set, because a ticked box would have its text in the colour of the tick.
        let face = RichText::new(self.title(&spec)).color(Palette::of(self.ui).text);
        self.title_ui("");
        own_ids(self.ui, (self.id, spec.name), |ui| {
            ui.checkbox(value, face).on_hover_text(help.as_ref());
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
        let key = typed_id(self.id, spec.name);
        let typed: Option<Typed> = self.ui.data_mut(|data| data.get_temp(key));
        let mut typed = typed.unwrap_or_default();
        let number = value.to_f64();
        let before = typed.before.unwrap_or(number);
        let unread = Cell::new(None);
        self.control_of(&spec, |ui| {
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
                typed.face = Some(face(before));
            }
            typed
                .refused
                .take_if(|(_, kept)| is_edited || *kept != number);
            response
        });
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
        let title = |option: &str| {
            let key = format!("{id}-param-{}-{option}", spec.name);
            language.text(&key).into_owned()
        };
        let options: Vec<_> = options
            .iter()
            .map(|option| (*option, title(option)))
            .collect();
        let name = self.title(&spec);
        self.titled(&spec, |ui, _| {
            ui.set_min_width(segmented_width(ui, &options) + 2.0);
            if let Some(chosen) = segmented_ui(ui, &name, *value, &options, None) {
                *value = chosen;
            }
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
        self.control_of(&spec, |ui| {
            let field = TextEdit::singleline(value).char_limit(longest);
            ui.add(field.desired_width(TEXT_WIDTH).align(Align2::LEFT_CENTER))
        });
        tidy(value);
    }

    fn sweep(&mut self, spec: ParamSpec, offered: &[u64], values: &mut Vec<u64>) {
        let suffix = self.suffix(spec.unit);
        // Values that the command line has set are offered too, so that they can be switched off.
        let mut offers = [offered, &values[..]].concat();
        offers.sort_unstable();
        offers.dedup();
        let name = self.title(&spec);
        self.titled(&spec, |ui, _| {
            ui.set_width(CHIPS);
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
                for offer in offers {
                    let on = values.contains(&offer);
                    let figure = format!("{}{suffix}", grouped(i128::from(offer)));
                    // A sweep without a value would measure nothing: the last one stays.
                    let is_last = on && values.len() == 1;
                    if chip_ui(ui, &format!("{name} {figure}"), &figure, on, !is_last).clicked() {
                        values.retain(|value| *value != offer);
                        values.extend((!on).then_some(offer));
                        values.sort_unstable();
                    }
                }
                name_group(ui, Role::Group, &name);
            });
        });
    }
}

/// Shows a value that can be switched on and off.
fn chip_ui(ui: &mut Ui, name: &str, face: &str, on: bool, enabled: bool) -> Response {
    let palette = Palette::of(ui);
    let (fill, color) = match on {
        true => (palette.strong, palette.on_strong),
        false => (palette.card, palette.text),
    };
    let button = Button::new(RichText::new(face).color(color)).fill(fill);
    let button = button.corner_radius(12).min_size(vec2(0.0, 28.0));
    let response = ui.add_enabled(enabled, button);
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, enabled, on, name));
    response
}

/// The most letters that are quoted of text that could not be read.
const LONGEST_TOLD: usize = 24;
/// Width of a text field; a longer text moves along in it.
const TEXT_WIDTH: f32 = 100.0;
/// Distance from a title to its control.
const GAP: f32 = 12.0;
/// Width of a row of chips.
const CHIPS: f32 = 360.0;

fn text_width(ui: &Ui, text: &str) -> f32 {
    let font = egui::TextStyle::Body.resolve(ui.style());
    let color = egui::Color32::PLACEHOLDER;
    let galley = ui.painter().layout_no_wrap(text.to_owned(), font, color);
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
}
