//! The controls of a page.

pub mod answer_ui;
pub mod own_ids;
pub mod params_ui;
pub mod segmented_ui;
