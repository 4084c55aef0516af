//! The picture.

use egui::Ui;

use crate::widgets::stage::{RunView, Stage};

/// The picture's view state.
#[derive(Default)]
pub struct Picture;

impl Stage for Picture {
    fn stage_ui(&mut self, _ui: &mut Ui, _view: &RunView<'_>) {}
}
