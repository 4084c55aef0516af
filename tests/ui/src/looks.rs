//! Language and theme, changed while a run goes on.

use egui::accesskit::Role;
use egui::epaint::TextShape;
use threadlab::widgets::look::palette::Palette;

use crate::launch::showing;
use crate::layout::{self, all_texts};
use crate::window::Window;

#[test]
fn the_language_changes_at_once_and_the_run_goes_on() {
    let opening = showing("bank_lock").variant("mutex");
    let mut window = opening.set("threads", 20).set("gap_millis", 100).open();
    window.press("Run");
    window.press("Language");
    assert_eq!(window.title(), "银行存款");
    assert!(window.is_chosen(Role::RadioButton, "加锁"));
    assert!(window.has(Role::Button, "停止"));
    assert!(!window.can_press("运行"));
    window.until("the run is over", |window| window.can_press("运行"));
    assert!(
        window.result().contains("一笔不少：余额 20 元"),
        "{}",
        window.result()
    );
    layout::check(&mut window, "after the change to Chinese");
    window.press("语言");
    assert!(
        window.result().contains("nothing was lost: ¥20"),
        "{}",
        window.result()
    );
}

#[test]
fn the_theme_changes_without_further_ado() {
    let mut window = showing("bank_lock").open();
    assert_eq!(title_color(&window), Palette::LIGHT.text);
    window.press("Theme");
    window.settle();
    assert_eq!(title_color(&window), Palette::DARK.text);
    assert_eq!(window.harness.ctx.theme(), egui::Theme::Dark);
    // Then the system's, and light again.
    window.press("Theme");
    window.press("Theme");
    window.settle();
    assert_eq!(title_color(&window), Palette::LIGHT.text);
}

fn title_color(window: &Window) -> egui::Color32 {
    let title = window.title();
    let texts = all_texts(window);
    let mut titles = texts.iter().map(|(_, text)| *text);
    let title = titles.find(|text| text.galley.text() == title);
    color(title.expect("the title is painted"))
}

fn color(text: &TextShape) -> egui::Color32 {
    let color = text.galley.job.sections[0].format.color;
    if color == egui::Color32::PLACEHOLDER {
        text.fallback_color
    } else {
        color
    }
}
