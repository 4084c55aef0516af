//! What every picture is made of. Knows no demo: it draws what the events say.

pub mod alphabet;
pub mod fonts;
pub mod heartbeat_ui;
pub mod palette;
pub mod params_ui;
pub mod segmented_ui;
pub mod stage;
pub mod theme;
