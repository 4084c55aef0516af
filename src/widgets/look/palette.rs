//! The colours of the two themes. Colour is for state alone: all else is grey.
//!
//! States have the colours of Okabe and Ito (<https://jfly.uni-koeln.de/color/>), which stay apart
//! for people who see red and green alike; [`state_look`](super::state_look) adds a pattern to each.

use egui::{Color32, Ui};

use crate::lab::trace::event::State;

/// The colours of a theme.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Palette {
    /// Whether this is the dark theme.
    pub dark: bool,
    /// The ground behind the cards.
    pub background: Color32,
    /// The ground of a picture.
    pub card: Color32,
    /// A card's edge, one point wide.
    pub border: Color32,
    /// The edge of a control, which shows where to press.
    pub edge: Color32,
    /// Text that matters.
    pub text: Color32,
    /// Text that explains.
    pub weak: Color32,
    /// The colour of tracks, of grids, and of controls that can't be pressed at present.
    pub faint: Color32,
    /// The colour of the chosen control, the main button, and bars.
    pub strong: Color32,
    /// Text on [`Palette::strong`].
    pub on_strong: Color32,
}

impl Palette {
    /// The light theme, for daylight and for projectors.
    pub const LIGHT: Palette = Palette {
        dark: false,
        background: Color32::from_rgb(0xF3, 0xF5, 0xF8),
        card: Color32::WHITE,
        border: Color32::from_rgb(0xD5, 0xDB, 0xE3),
        edge: Color32::from_rgb(0x7F, 0x8A, 0x97),
        text: Color32::from_rgb(0x15, 0x20, 0x2B),
        weak: Color32::from_rgb(0x51, 0x60, 0x6F),
        faint: Color32::from_rgb(0xE4, 0xE8, 0xED),
        strong: Color32::from_rgb(0x1F, 0x2D, 0x3D),
        on_strong: Color32::WHITE,
    };

    /// The dark theme, for a dim room.
    pub const DARK: Palette = Palette {
        dark: true,
        background: Color32::from_rgb(0x10, 0x16, 0x1D),
        card: Color32::from_rgb(0x18, 0x21, 0x2B),
        border: Color32::from_rgb(0x35, 0x42, 0x51),
        edge: Color32::from_rgb(0x66, 0x74, 0x83),
        text: Color32::from_rgb(0xE8, 0xED, 0xF2),
        weak: Color32::from_rgb(0xA6, 0xB3, 0xC0),
        faint: Color32::from_rgb(0x2A, 0x36, 0x43),
        strong: Color32::from_rgb(0xE3, 0xE9, 0xF0),
        on_strong: Color32::from_rgb(0x13, 0x1B, 0x24),
    };

    /// The palette of the theme that `ui` is drawn in.
    pub fn of(ui: &Ui) -> &'static Palette {
        if ui.visuals().dark_mode {
            &Self::DARK
        } else {
            &Self::LIGHT
        }
    }

    /// The colour of text, weaker where it does not matter yet.
    pub fn text_if(&self, matters: bool) -> Color32 {
        if matters { self.text } else { self.weak }
    }

    /// The colour of an edge, paler where it is around something that is not there yet.
    pub fn edge_if(&self, there: bool) -> Color32 {
        if there { self.text } else { self.border }
    }

    /// The colour of `state`.
    pub fn state(&self, state: State) -> Color32 {
        match state {
            State::Running => Color32::from_rgb(0x00, 0x9E, 0x73),
            State::Waiting => Color32::from_rgb(0xE6, 0x9F, 0x00),
            // Okabe and Ito's blue all but vanishes on a dark card; this is the same hue, lighter.
            State::Holding if self.dark => Color32::from_rgb(0x33, 0x97, 0xD6),
            State::Holding => Color32::from_rgb(0x00, 0x72, 0xB2),
            State::Sleeping => Color32::from_rgb(0x56, 0xB4, 0xE9),
            State::Lost => Color32::from_rgb(0xD5, 0x5E, 0x00),
        }
    }

    /// A plain fill for `state`, for shapes too small for its pattern. Running is shaded by `share`, CPU time ÷ wall
    /// time: time without a core is pale.
    pub fn fill(&self, state: State, share: Option<f32>) -> Color32 {
        match (state, share) {
            (State::Running, Some(share)) => self.tint(state, 0.25 + 0.75 * share.clamp(0.0, 1.0)),
            _ => self.state(state),
        }
    }

    /// The card's colour with `amount` (0 to 1) of the colour of `state` in it: the ground of a pattern.
    pub fn tint(&self, state: State, amount: f32) -> Color32 {
        self.card.lerp_to_gamma(self.state(state), amount)
    }
}

/// Black or white, whichever stands out more from `ground`: at least 4.5 : 1 on any ground.
pub fn text_on(ground: Color32) -> Color32 {
    if contrast(Color32::BLACK, ground) > contrast(Color32::WHITE, ground) {
        Color32::BLACK
    } else {
        Color32::WHITE
    }
}

/// The contrast of two opaque colours, from 1 to 21, by the Web Content Accessibility Guidelines 2.2
/// (<https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio>).
pub fn contrast(a: Color32, b: Color32) -> f32 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn luminance(color: Color32) -> f32 {
    let [red, green, blue, _] = egui::Rgba::from(color).to_array();
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

#[cfg(test)]
mod tests {
    use super::*;

    const THEMES: [Palette; 2] = [Palette::LIGHT, Palette::DARK];
    const STATES: [State; 5] = [
        State::Running,
        State::Waiting,
        State::Holding,
        State::Sleeping,
        State::Lost,
    ];

    #[test]
    fn contrast_is_that_of_the_guidelines() {
        assert!((contrast(Color32::BLACK, Color32::WHITE) - 21.0).abs() < 0.01);
        // The guidelines' readers know this grey as the lightest allowed on white.
        let grey = Color32::from_rgb(0x76, 0x76, 0x76);
        assert!((contrast(grey, Color32::WHITE) - 4.54).abs() < 0.01);
    }

    #[test]
    fn text_can_be_read_on_every_ground() {
        for palette in THEMES {
            for ground in [palette.background, palette.card, palette.faint] {
                for text in [palette.text, palette.weak] {
                    let found = contrast(text, ground);
                    assert!(found >= 4.5, "{text:?} on {ground:?}: {found}");
                }
            }
            assert!(contrast(palette.on_strong, palette.strong) >= 4.5);
        }
        for grey in 0..=255 {
            let ground = Color32::from_gray(grey);
            assert!(contrast(text_on(ground), ground) >= 4.5, "on grey {grey}");
        }
    }

    #[test]
    fn states_stand_out_from_a_dark_card() {
        for state in STATES {
            let found = contrast(Palette::DARK.state(state), Palette::DARK.card);
            assert!(found >= 3.0, "{state:?}: {found}");
        }
    }

    #[test]
    fn what_had_no_core_is_paler() {
        for palette in THEMES {
            let from_card =
                |share| contrast(palette.fill(State::Running, Some(share)), palette.card);
            assert!(from_card(0.0) > 1.1);
            assert!(from_card(0.5) > from_card(0.0) && from_card(1.0) > from_card(0.5));
            assert_eq!(
                palette.fill(State::Running, None),
                palette.state(State::Running)
            );
        }
    }
}
