//! The look of all pictures: colours, patterns, fonts, and text that fits.

pub mod focus;
pub mod fonts;
pub mod grid;
pub mod legend_ui;
pub mod palette;
pub mod pen;
pub mod state_look;
pub mod text_fit;
pub mod theme;
