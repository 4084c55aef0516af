//! The least that a window made with eframe can be: one line of text, in a window as large as Threadlab's.

use eframe::egui::{CentralPanel, ViewportBuilder};

fn main() -> eframe::Result {
    let native = eframe::NativeOptions {
        viewport: ViewportBuilder::default().with_inner_size([1280.0, 800.0]),
        renderer: eframe::Renderer::Glow,
        ..Default::default()
    };
    eframe::run_ui_native("smallest window", native, |ui, _| {
        // As eframe's documentation has it: without a ground, dark text would stand on black.
        CentralPanel::default().show(ui, |ui| ui.label("Ready"));
    })
}
