//! The result in words: the last thing on the page.

use std::sync::Arc;

use egui::text::LayoutJob;
use egui::{Galley, TextFormat, Ui};

use crate::app::view::View;
use crate::lab::demo::verdict::Verdict;
use crate::lab::trace::record::Record;
use crate::widgets::look::palette::Palette;
use crate::widgets::look::theme::{SENTENCE, bold_font, card, font};

impl View<'_> {
    pub(super) fn result_galley(&self, ui: &Ui) -> Arc<Galley> {
        let color = Palette::of(ui).text;
        let mut job = LayoutJob::default();
        let heading = self.language.text("app-result");
        let result = self.result();
        let bold = TextFormat::simple(bold_font(SENTENCE), color);
        job.append(&format!("{heading} "), 0.0, bold);
        job.append(&result, 0.0, TextFormat::simple(font(SENTENCE), color));
        job.wrap.max_width = ui.available_width() - card(ui).total_margin().sum().x;
        ui.painter().layout_job(job)
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
        let Some(finished) = self.session.latest(demo) else {
            return language.text("app-result-none").into_owned();
        };
        let record = &finished.record;
        let earlier = self.session.comparable(id, &record.info.params);
        let mut happened = language.what_happened(demo.demo(), record, &earlier);
        if let Some(undecided) = self.undecided(record) {
            happened.push_str(language.between_sentences());
            happened.push_str(&undecided);
        }
        happened
    }

    /// The reason why the shown run does not decide the shown question, if it does not.
    fn undecided(&self, record: &Record) -> Option<String> {
        let demo = self.demos.chosen();
        let question = demo.question()?;
        if record.info.params != demo.params() {
            return None;
        }
        match question.verdict(record)? {
            Verdict::Right(_) => None,
            Verdict::Undecided(why) => Some(self.language.say(&why)),
        }
    }
}

/// Draws the result on a card.
pub(super) fn result_ui(ui: &mut Ui, result: Arc<Galley>) {
    card(ui).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.label(result);
    });
}
