//! The look of egui's own widgets: large enough for the last row, grey, without ornament.

// Exported from here for the command line, which knows no window library.
pub use egui::ThemePreference;
use egui::{
    Color32, Context, CornerRadius, FontFamily, FontId, Margin, Stroke, Style, TextStyle, Theme,
    Ui, Vec2, Visuals, vec2,
};

use super::fonts::bold;
use super::palette::Palette;

/// Size of a title, in points.
pub const TITLE: f32 = 28.0;
/// Size of a question and of the sentence that says what happened.
pub const SENTENCE: f32 = 19.0;

/// Gives both themes their looks.
pub fn install(ctx: &Context) {
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
            palette.border,
            palette.text,
        ),
        (
            &mut widgets.hovered,
            palette.faint,
            palette.weak,
            palette.text,
        ),
        (
            &mut widgets.active,
            palette.strong,
            palette.strong,
            palette.on_strong,
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

/// The main button of a row: dark, or pale while it can't be pressed.
pub fn main_button<'text>(
    text: impl Into<String>,
    palette: &Palette,
    enabled: bool,
) -> egui::Button<'text> {
    let (fill, color) = if enabled {
        (palette.strong, palette.on_strong)
    } else {
        (palette.faint, palette.weak)
    };
    egui::Button::new(egui::RichText::new(text).font(bold_font(17.0)).color(color))
        .fill(fill)
        .stroke(Stroke::new(
            1.0,
            if enabled {
                palette.strong
            } else {
                Color32::TRANSPARENT
            },
        ))
        .min_size(vec2(96.0, 40.0))
}
