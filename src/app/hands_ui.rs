//! The hands raised for one answer, to be counted: on the page, and in the teacher's window.

use egui::{DragValue, Ui, vec2};

use super::guesses::{MOST_HANDS, letter};
use crate::lab::demo::value::Value;
use crate::text::Language;
use crate::widgets::controls::step_button::step_button_ui;

/// Width of the controls for the hands of one answer.
pub const HANDS: f32 = 2.0 * BUTTON + COUNT + 10.0;
/// Height and width of a button, and width of the number between two.
const BUTTON: f32 = 26.0;
const COUNT: f32 = 40.0;

/// Shows the hands raised for one answer: a button for one fewer, their number, which can be typed, a button for one
/// more. Returns by how many they change.
pub fn hands_ui(ui: &mut Ui, index: usize, hands: u32, language: Language) -> i32 {
    let letter = Value::Word(letter(index).to_string());
    let name = |key: &str| language.with(key, &[("answer", letter.clone())]);
    ui.spacing_mut().item_spacing.x = 3.0;
    ui.spacing_mut().button_padding = vec2(0.0, 0.0);
    ui.spacing_mut().interact_size = vec2(COUNT, BUTTON);
    let fewer = step_button_ui(ui, "–", &name("app-hand-less"), hands > 0);
    let mut count = hands;
    let field = DragValue::new(&mut count).range(0..=MOST_HANDS).speed(0.1);
    let field = ui.add(field);
    let hands_name = name("app-hands-for");
    ui.ctx()
        .accesskit_node_builder(field.id, |node| node.set_label(hands_name.as_str()));
    let more = step_button_ui(ui, "+", &name("app-hand-more"), true);
    count as i32 - hands as i32 + more - fewer
}
