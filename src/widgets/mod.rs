//! What every picture is made of. Knows no demo: it draws what the events say.

pub mod alphabet;
mod curves;
mod curves_layout;
mod curves_marks;
mod curves_ui;
pub mod fonts;
pub mod grid;
pub mod heartbeat_ui;
pub mod legend_ui;
pub mod lettering;
pub mod palette;
pub mod params_ui;
pub mod segmented_ui;
pub mod stage;
pub mod text_line;
pub mod theme;
pub mod time_axis;
mod timeline_hover;
mod timeline_lanes;
mod timeline_picture;
mod timeline_pixels;
pub mod timeline_ui;
mod timeline_words;
pub mod timing_plot;
mod timing_plot_layout;
mod timing_plot_notes;
pub mod timing_plot_ui;
