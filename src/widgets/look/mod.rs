//! The look of all pictures: colours, patterns, fonts, and text that fits.

pub mod fonts;
pub mod grid;
pub mod legend_ui;
pub mod lettering;
pub mod palette;
pub mod slip;
pub mod state_look;
pub mod text_line;
pub mod theme;
