//! The least that a window made with eframe can be: one line of text, in a window as large as Threadlab's.

fn main() -> eframe::Result {
    let native = eframe::NativeOptions {
        viewport: eframe::egui::ViewportBuilder::default().with_inner_size([1280.0, 800.0]),
        renderer: eframe::Renderer::Glow,
        ..Default::default()
    };
    eframe::run_ui_native("smallest window", native, |ui, _| {
        ui.label("Ready");
    })
}
