//! The result in words: the last thing on the page, always in sight.

use egui::accesskit::Role;
use egui::text::LayoutJob;
use egui::{
    Align, Button, Layout, Popup, PopupCloseBehavior, RichText, Sense, TextFormat, Ui, UiBuilder,
    Vec2, WidgetInfo, vec2,
};

use super::pictures::sized_card;
use super::room::Sizes;
use crate::app::view::View;
use crate::lab::demo::verdict::Verdict;
use crate::lab::trace::record::Record;
use crate::widgets::controls::params_ui::refused;
use crate::widgets::controls::{absent, button_width};
use crate::widgets::look::palette::Palette;
use crate::widgets::look::theme::{bold_font, font};

/// Greatest width of the whole result, in points.
const WHOLE: f32 = 560.0;

impl View<'_> {
    /// Shows the result, at most as many lines as there is room for; the rest is behind `More`. What can't be run, or
    /// could not be read, is said before it.
    pub(super) fn result_ui(&mut self, ui: &mut Ui, sizes: &Sizes) {
        let size = vec2(ui.available_width(), sizes.result_height());
        let notice = self.notice(ui);
        let (heading, result) = (self.language.text("app-result"), self.result());
        sized_card(ui, size, sizes.card, |ui| {
            ui.spacing_mut().item_spacing = vec2(8.0, 0.0);
            let mut lines = sizes.result_lines;
            if let Some(notice) = notice {
                let font = bold_font(sizes.result - 2.0);
                let galley = galley_of(ui, &[(&notice, font)], ui.available_width(), 1);
                let label = ui.label(galley);
                label.widget_info(|| WidgetInfo::labeled(Role::Label, true, &notice));
                label.on_hover_text(&notice);
                lines -= 1;
            }
            let heading = format!("{heading} ");
            // Screen readers get all of it, whatever there is room for.
            let whole = format!("{heading}{result}");
            if lines == 0 {
                let (_, label) = ui.allocate_exact_size(Vec2::ZERO, Sense::hover());
                label.widget_info(|| WidgetInfo::labeled(Role::Label, true, &whole));
                return;
            }
            let parts = [
                (heading.as_str(), bold_font(sizes.result)),
                (result.as_str(), font(sizes.result)),
            ];
            let mut galley = galley_of(ui, &parts, ui.available_width(), lines);
            let more = self.language.text("app-more");
            let more_width = button_width(ui, &more, font(14.0));
            let is_long = galley.elided;
            if is_long {
                let width = ui.available_width() - more_width - 8.0;
                galley = galley_of(ui, &parts, width, lines);
            }
            let place = ui.max_rect();
            let label = ui.label(galley);
            label.widget_info(|| WidgetInfo::labeled(Role::Label, true, &whole));
            if !is_long {
                absent(ui, 1);
                return;
            }
            let builder = UiBuilder::new()
                .max_rect(place)
                .layout(Layout::right_to_left(Align::Center));
            let mut ui = ui.new_child(builder);
            ui.spacing_mut().interact_size.y = 0.0;
            ui.spacing_mut().button_padding.y = 0.0;
            let face = RichText::new(more.as_ref()).font(font(14.0));
            let size = vec2(more_width, place.height().min(28.0));
            let button = ui.add(Button::new(face).min_size(size));
            button.widget_info(|| WidgetInfo::labeled(Role::Button, true, more.as_ref()));
            Popup::from_toggle_button_response(&button)
                .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
                .show(|ui| {
                    ui.set_max_width(WHOLE.min(ui.ctx().content_rect().width() - 60.0));
                    let text = RichText::new(&result).font(font(sizes.result));
                    ui.label(text);
                });
        });
    }

    /// The reason why the chosen variant can't be run, or typed text that could not be read.
    fn notice(&self, ui: &Ui) -> Option<String> {
        let demo = self.demos.chosen();
        let refused = refused(ui, demo.demo(), self.language).into_iter();
        self.obstacle(demo.variant())
            .into_iter()
            .chain(refused)
            .next()
    }

    /// The result in words, with the figures of the chosen variant's last run.
    pub fn result(&self) -> String {
        let demo = self.demos.chosen();
        let (id, language) = (demo.id(), self.language);
        if let Some(twins) = self.session.twins().result(id, self.now, language) {
            return twins;
        }
        if self.session.running_of(id).is_some() {
            return language.text("app-result-running").into_owned();
        }
        // Before its guess a question has had no run, as far as can be told.
        let latest = self.session.latest(demo).filter(|_| !self.awaits_guess());
        let Some(finished) = latest else {
            return language.text("app-result-none").into_owned();
        };
        if self.is_unseen() {
            return language.text("app-result-replayed").into_owned();
        }
        let record = &finished.record;
        let kept_back = self.kept_back();
        let mut earlier = self.session.comparable(id, &record.info.params);
        earlier.retain(|earlier| kept_back.allows(earlier));
        let mut happened = language.what_happened(demo.demo(), record, &earlier);
        // A presentation says so in a step before.
        let is_said = self.presenting.is_some();
        if let Some(undecided) = self.undecided(record).filter(|_| !is_said) {
            happened.push_str(language.between_sentences());
            happened.push_str(&undecided);
        }
        happened
    }

    /// The reason why the shown run does not decide the shown question, if it does not.
    fn undecided(&self, record: &Record) -> Option<String> {
        let demo = self.demos.chosen();
        let question = demo.question()?;
        if record.info.params != demo.asked_params() {
            return None;
        }
        match question.verdict(record)? {
            Verdict::Right(_) => None,
            Verdict::Undecided(why) => Some(self.language.say(&why)),
        }
    }
}

/// Lays parts of a text out one after another, in at most `lines` lines.
fn galley_of(
    ui: &Ui,
    parts: &[(&str, egui::FontId)],
    width: f32,
    lines: usize,
) -> std::sync::Arc<egui::Galley> {
    let color = Palette::of(ui).text;
    let mut job = LayoutJob::default();
    for (text, font) in parts {
        job.append(text, 0.0, TextFormat::simple(font.clone(), color));
    }
    job.wrap.max_width = width;
    job.wrap.max_rows = lines;
    ui.painter().layout_job(job)
}
