//! The demos, a folder each, and the registry that lists them.

pub mod bank_lock;
pub mod cpu_or_io;
pub mod downloads;
pub mod event_loop;
pub mod global_lock;
pub mod ping_pong;
pub mod responsive_ui;
pub mod sum;
pub mod switching_cost;

use crate::lab::demo::{Definition, Demo, Spec};
#[cfg(feature = "window")]
use crate::widgets::stage::Stage;

/// One demo in the registry.
pub struct Entry {
    /// Its number in the list and on the keyboard, the same for good.
    pub number: u8,
    /// Its constants.
    pub spec: &'static Spec,
    /// Makes the demo with the lesson's parameters.
    pub demo: fn() -> Box<dyn Demo>,
    /// Makes its picture.
    #[cfg(feature = "window")]
    pub stage: fn() -> Box<dyn Stage>,
}

macro_rules! registry {
    ($($number:literal $room:ident $demo:ident;)*) => {
        /// All demos by number. A new one is its folder, its module and its row here, and its text keys.
        pub const REGISTRY: &[Entry] = &[$(Entry {
            number: $number,
            spec: $room::$demo::SPEC,
            demo: || Box::new($room::$demo::default()),
            #[cfg(feature = "window")]
            stage: || Box::new($room::stage::Picture::default()),
        }),*];
    };
}

registry! {
    1 responsive_ui ResponsiveUi;
    2 downloads Downloads;
    3 ping_pong PingPong;
    4 bank_lock BankLock;
    5 global_lock GlobalLock;
    6 switching_cost SwitchingCost;
    7 cpu_or_io CpuOrIo;
    8 event_loop EventLoop;
    9 sum Sum;
}

/// The demo called `id`.
pub fn find(id: &str) -> Option<&'static Entry> {
    REGISTRY.iter().find(|entry| entry.spec.id == id)
}
