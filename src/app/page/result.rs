//! What happened, in words: the last thing on the page.

use std::sync::Arc;
use std::time::Instant;

use egui::text::LayoutJob;
use egui::{Galley, TextFormat, Ui};

use crate::app::App;
use crate::app::Room;
use crate::app::dialogs::Dialog;
use crate::lab::demo::verdict::Verdict;
use crate::lab::demo::{DemoId, VariantId};
use crate::lab::trace::record::Record;
use crate::widgets::look::palette::Palette;
use crate::widgets::look::theme::{SENTENCE, bold_font, card, font};
use crate::widgets::stage::Buttons;

impl App {
    pub(super) fn result_galley(&self, ui: &Ui) -> Arc<Galley> {
        let color = Palette::of(ui).text;
        let mut job = LayoutJob::default();
        let heading = self.language.text("app-result");
        let result = self.result(&self.rooms[self.chosen]);
        let bold = TextFormat::simple(bold_font(SENTENCE), color);
        job.append(&format!("{heading} "), 0.0, bold);
        job.append(&result, 0.0, TextFormat::simple(font(SENTENCE), color));
        job.wrap.max_width = ui.available_width() - card(ui).total_margin().sum().x;
        ui.painter().layout_job(job)
    }

    /// What happened, in words, with the figures of the chosen variant's last run.
    pub(crate) fn result(&self, room: &Room) -> String {
        let (id, language) = (room.demo.id(), self.language);
        if let Some(twins) = self.session.twins.result(id, Instant::now(), language) {
            return twins;
        }
        if self.session.running_of(id).is_some() {
            return language.text("app-result-running").into_owned();
        }
        let Some(finished) = self.session.latest_of(id, room.variant) else {
            return language.text("app-result-none").into_owned();
        };
        let record = &finished.record;
        let earlier = self.session.comparable(id, &record.info.params);
        let mut happened = language.what_happened(room.demo.as_ref(), record, &earlier);
        if let Some(undecided) = self.undecided(room, record) {
            happened.push_str(language.between_sentences());
            happened.push_str(&undecided);
        }
        happened
    }

    /// Why the run that is shown does not decide the question that is shown.
    fn undecided(&self, room: &Room, record: &Record) -> Option<String> {
        let question = room.question()?;
        if record.info.params != room.demo.params() {
            return None;
        }
        match question.verdict(record)? {
            Verdict::Right(_) => None,
            Verdict::Undecided(why) => Some(self.language.say(&why)),
        }
    }

    /// Says that the download is complete, once its run has ended well.
    pub(crate) fn notice(&mut self, ended: Option<(DemoId, VariantId)>) {
        let Some((id, variant)) = ended else { return };
        let is_download = self
            .rooms
            .iter()
            .any(|room| room.demo.id() == id && room.stage.buttons() == Buttons::Download);
        let done = self
            .session
            .latest_of(id, variant)
            .is_some_and(|finished| finished.record.is_done());
        if is_download && done {
            self.dialogs.open(Dialog::DownloadComplete);
        }
    }
}

/// Draws it.
pub(super) fn result_ui(ui: &mut Ui, result: Arc<Galley>) {
    card(ui).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.label(result);
    });
}
