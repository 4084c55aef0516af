//! The look of egui's own widgets: large enough for the last row, grey, without ornament.

// Exported from here for the command line, which knows no window library.
pub use egui::ThemePreference;
use egui::{
    Color32, Context, CornerRadius, FontFamily, FontId, Margin, Stroke, Style, TextStyle, Theme,
    Ui, Vec2, Visuals, vec2,
};

use super::focus;
use super::fonts::bold;
use super::palette::Palette;

/// Size of a title, in points.
pub const TITLE: f32 = 28.0;
/// Size of a question and of the sentence that says what happened.
pub const SENTENCE: f32 = 19.0;

/// How much is left of the colours of a control that can't be pressed: it is pale, and can still be read.
const DISABLED: f32 = 0.7;

/// Gives both themes their looks, and the focused control its ring.
pub fn install(ctx: &Context) {
    focus::install(ctx);
    ctx.set_style_of(Theme::Light, style(&Palette::LIGHT));
    ctx.set_style_of(Theme::Dark, style(&Palette::DARK));
    // The light theme is taken if the system names none: a projector washes dark grounds out.
    ctx.options_mut(|options| options.fallback_theme = Theme::Light);
}

/// The font of headings and of what is chosen.
pub fn bold_font(size: f32) -> FontId {
    FontId::new(size, bold())
}

/// The font of all other text.
pub fn font(size: f32) -> FontId {
    FontId::new(size, FontFamily::Proportional)
}

/// The ground of a picture: a card with a fine edge.
pub fn card(ui: &Ui) -> egui::Frame {
    let palette = Palette::of(ui);
    egui::Frame::new()
        .fill(palette.card)
        .stroke(Stroke::new(1.0, palette.border))
        .corner_radius(8)
        .inner_margin(Margin::symmetric(16, 12))
}

fn style(palette: &Palette) -> Style {
    let mut style = Style {
        text_styles: [
            (TextStyle::Small, font(13.0)),
            (TextStyle::Body, font(16.0)),
            (TextStyle::Button, font(16.0)),
            (TextStyle::Heading, bold_font(TITLE)),
            (
                TextStyle::Monospace,
                FontId::new(15.0, FontFamily::Monospace),
            ),
        ]
        .into(),
        visuals: visuals(palette),
        // Fades cost frames, and a frame is dear on a machine without a graphics card.
        animation_time: 0.0,
        ..Style::default()
    };
    style.spacing.item_spacing = vec2(8.0, 8.0);
    style.spacing.button_padding = vec2(14.0, 7.0);
    style.spacing.interact_size = Vec2::new(40.0, 34.0);
    style.spacing.window_margin = Margin::same(16);
    style.interaction.selectable_labels = false;
    style.visuals.text_cursor.blink = false;
    style
}

fn visuals(palette: &Palette) -> Visuals {
    let mut visuals = if palette.dark {
        Visuals::dark()
    } else {
        Visuals::light()
    };
    visuals.override_text_color = None;
    visuals.weak_text_color = Some(palette.weak);
    visuals.panel_fill = palette.background;
    visuals.window_fill = palette.card;
    visuals.window_stroke = Stroke::new(1.0, palette.border);
    visuals.window_corner_radius = CornerRadius::same(10);
    visuals.menu_corner_radius = CornerRadius::same(8);
    visuals.extreme_bg_color = palette.card;
    visuals.faint_bg_color = palette.faint;
    visuals.selection.bg_fill = palette.strong;
    visuals.selection.stroke = Stroke::new(2.0, palette.on_strong);
    visuals.disabled_alpha = DISABLED;
    let widgets = &mut visuals.widgets;
    for (state, fill, edge, text) in [
        (
            &mut widgets.noninteractive,
            palette.card,
            palette.border,
            palette.text,
        ),
        (
            &mut widgets.inactive,
            palette.card,
            palette.edge,
            palette.text,
        ),
        (
            &mut widgets.hovered,
            palette.faint,
            palette.weak,
            palette.text,
        ),
        // A pressed control does not look like a chosen one, and neither does one with the focus, which egui
        // gives the same face.
        (
            &mut widgets.active,
            palette.faint,
            palette.strong,
            palette.text,
        ),
        (&mut widgets.open, palette.faint, palette.weak, palette.text),
    ] {
        state.bg_fill = fill;
        state.weak_bg_fill = fill;
        state.bg_stroke = Stroke::new(1.0, edge);
        state.fg_stroke = Stroke::new(1.5, text);
        state.corner_radius = CornerRadius::same(7);
        state.expansion = 0.0;
    }
    visuals
}

/// The colours of the main button's face and ground.
fn main_colors(palette: &Palette, enabled: bool) -> [Color32; 2] {
    match enabled {
        true => [palette.on_strong, palette.strong],
        false => [palette.text, palette.faint],
    }
}

/// The main button of a row, with letters of this size: dark, or pale while it can't be pressed.
pub fn main_button<'text>(
    text: impl Into<String>,
    size: f32,
    palette: &Palette,
    enabled: bool,
) -> egui::Button<'text> {
    let [color, fill] = main_colors(palette, enabled);
    egui::Button::new(egui::RichText::new(text).font(bold_font(size)).color(color))
        .fill(fill)
        .stroke(Stroke::new(
            1.0,
            if enabled {
                palette.strong
            } else {
                Color32::TRANSPARENT
            },
        ))
}

#[cfg(test)]
mod tests {
    use egui::style::WidgetVisuals;

    use super::super::focus;
    use super::super::palette::contrast;
    use super::*;

    const THEMES: [Palette; 2] = [Palette::LIGHT, Palette::DARK];

    #[track_caller]
    fn assert_contrast(what: &str, color: Color32, ground: Color32, least: f32) {
        let found = contrast(color, ground);
        assert!(found >= least, "{what}: {color:?} on {ground:?}: {found}");
    }

    /// The colour as it looks while its control can't be pressed.
    fn disabled(palette: &Palette, color: Color32) -> Color32 {
        palette.card.lerp_to_gamma(color, DISABLED)
    }

    #[test]
    fn every_state_of_a_control_stands_out() {
        for palette in THEMES {
            let widgets = visuals(&palette).widgets;
            let of_controls: [(&str, WidgetVisuals); 4] = [
                ("at rest", widgets.inactive),
                ("under the pointer", widgets.hovered),
                ("pressed", widgets.active),
                ("open", widgets.open),
            ];
            for (state, look) in of_controls {
                assert_contrast(state, look.fg_stroke.color, look.bg_fill, 4.5);
                for ground in [palette.background, palette.card] {
                    assert_contrast(state, look.bg_stroke.color, ground, 3.0);
                }
                let [text, fill] = [look.fg_stroke.color, look.bg_fill];
                let [text, fill] = [text, fill].map(|color| disabled(&palette, color));
                assert_contrast("disabled", text, fill, 3.0);
            }
            for (_, look) in of_controls {
                assert_contrast("chosen beside", palette.strong, look.bg_fill, 3.0);
            }
        }
    }

    #[test]
    fn the_main_button_stands_out_whether_it_can_be_pressed_or_not() {
        for palette in THEMES {
            let [color, fill] = main_colors(&palette, true);
            assert_contrast("enabled", color, fill, 4.5);
            assert_contrast("enabled", fill, palette.background, 3.0);
            let pale = main_colors(&palette, false).map(|color| disabled(&palette, color));
            assert_contrast("disabled", pale[0], pale[1], 3.0);
        }
    }

    #[test]
    fn the_ring_of_the_focus_stands_out_from_every_face() {
        for palette in THEMES {
            let [ring, set_off] = focus::colors(&palette);
            assert_contrast("the ring", ring, set_off, 3.0);
            for ground in [palette.background, palette.card, palette.faint] {
                assert_contrast("the ring", ring, ground, 3.0);
            }
        }
    }
}
