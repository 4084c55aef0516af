//! Ids that stay. egui numbers the controls of a part in the order in which they are drawn: one more before it,
//! and a control has the id of its neighbour, with the neighbour's focus, drag and half-typed text.

use std::fmt::Debug;
use std::hash::Hash;

use egui::{Id, Ui, UiBuilder};

/// Draws a part of `ui` that has a name of its own, from which its controls are numbered, whatever stands before it.
pub fn own_ids<R>(ui: &mut Ui, name: impl Hash + Debug, contents: impl FnOnce(&mut Ui) -> R) -> R {
    ui.scope_builder(named(name), contents).inner
}

/// The same, for a part that is placed by hand.
pub fn named(name: impl Hash + Debug) -> UiBuilder {
    UiBuilder::new().scope_id(Id::unique(("own", name)))
}

/// Keeps the numbers of so many controls that are not there just now: those after them stay who they are.
pub fn absent(ui: &mut Ui, controls: usize) {
    ui.skip_ahead_auto_ids(controls);
}
