//! The bundled fonts: what the window says looks the same on every machine, in both languages.
//!
//! A bare Linux has no Chinese font, and egui's own fonts lack the signs that we use (▶ ● → ✔ ⚠).
//! The files are subsets of Noto, made by `scripts/fonts`, which also gives all of them one line box:
//! egui centres the box of a fallback font in that of the first one, so equal boxes share a baseline
//! and no `FontTweak` is needed here.

use std::sync::{Arc, LazyLock};

use egui::{Context, FontData, FontDefinitions, FontFamily};

macro_rules! bundled {
    ($file:literal) => {
        (
            $file,
            include_bytes!(concat!("../../../assets/fonts/", $file)) as &'static [u8],
        )
    };
}

type Bundled = (&'static str, &'static [u8]);

const SANS: Bundled = bundled!("NotoSansSC-Regular.otf");
const SANS_BOLD: Bundled = bundled!("NotoSansSC-Bold.otf");
const MONO: Bundled = bundled!("NotoSansMono-Regular.ttf");
const SYMBOLS: Bundled = bundled!("NotoSymbols-Regular.ttf");
const SYMBOLS_BOLD: Bundled = bundled!("NotoSymbols-Bold.ttf");

/// Replaces egui's fonts with the bundled ones, from the next frame on.
pub fn install(ctx: &Context) {
    ctx.set_fonts(definitions());
}

/// The characters of `text` for which the bundled fonts have no glyph; works without a window.
pub fn missing_glyphs(text: &str) -> String {
    let ctx = Context::default();
    install(&ctx);
    // Fonts exist only once a frame has begun.
    ctx.run_ui(egui::RawInput::default(), |_| {})
        .drop_without_applying_deltas();
    let font = egui::FontId::new(14.0, FontFamily::Proportional);
    text.chars()
        .filter(|&letter| !ctx.fonts_mut(|fonts| fonts.has_glyph(&font, letter)))
        .collect()
}

/// The family of headings and large figures.
///
/// egui panics on a named family that is not installed: [`install`] comes first.
pub fn bold() -> FontFamily {
    // The name is an `Arc<str>`, kept so that a label drawn in every frame does not allocate it.
    static BOLD: LazyLock<FontFamily> = LazyLock::new(|| FontFamily::Name("bold".into()));
    BOLD.clone()
}

fn definitions() -> FontDefinitions {
    let families: [(FontFamily, &[Bundled]); 3] = [
        (FontFamily::Proportional, &[SANS, SYMBOLS]),
        (FontFamily::Monospace, &[MONO, SANS, SYMBOLS]),
        (bold(), &[SANS_BOLD, SYMBOLS_BOLD]),
    ];
    let mut fonts = FontDefinitions::empty();
    for (family, chain) in families {
        for &(name, file) in chain {
            fonts
                .font_data
                .entry(name.to_owned())
                .or_insert_with(|| Arc::new(FontData::from_static(file)));
        }
        let names = chain.iter().map(|&(name, _)| name.to_owned()).collect();
        fonts.families.insert(family, names);
    }
    fonts
}

#[cfg(test)]
mod tests {
    use egui::{Color32, FontId, RawInput};

    use super::*;

    const SYMBOLS_IN_USE: &str = "▶■□●○◐→←↑↓↔✔✘✖⚠×÷≈≤≥±·…–—“”‘’¥￥⊗⏸⏵⏹⟳∞µμ²\
        ⁰¹²³⁴⁵⁶⁷⁸⁹\u{2009}\u{202F}\u{00A0}骆昊";

    fn families() -> [FontFamily; 3] {
        [FontFamily::Proportional, FontFamily::Monospace, bold()]
    }

    /// A context whose first frame has begun: fonts exist only from then on.
    fn context_after_a_frame() -> Context {
        let ctx = Context::default();
        install(&ctx);
        ctx.run_ui(RawInput::default(), |_| {})
            .drop_without_applying_deltas();
        ctx
    }

    fn width(ctx: &Context, family: &FontFamily, text: impl Into<String>) -> f32 {
        let font = FontId::new(20.0, family.clone());
        ctx.fonts_mut(|fonts| fonts.layout_no_wrap(text.into(), font, Color32::BLACK))
            .size()
            .x
    }

    #[test]
    fn every_symbol_has_a_glyph_in_every_family() {
        let ctx = context_after_a_frame();
        for family in families() {
            let font = FontId::new(14.0, family);
            let missing: String = SYMBOLS_IN_USE
                .chars()
                .filter(|&symbol| !ctx.fonts_mut(|fonts| fonts.has_glyph(&font, symbol)))
                .collect();
            assert_eq!(missing, "", "no glyph in {}", font.family);
        }
    }

    /// The width of a live stopwatch must not depend on its time, by advance or by kerning, or the text would jitter.
    #[test]
    fn figures_of_equal_length_are_equally_wide() {
        let ctx = context_after_a_frame();
        for family in families() {
            let expected = width(&ctx, &family, "00.00 s");
            for (a, b) in (0..10).flat_map(|a| (0..10).map(move |b| (a, b))) {
                let time = format!("{a}{b}.{a}{b} s");
                assert_eq!(width(&ctx, &family, &time), expected, "{time} in {family}");
            }
        }
    }

    #[test]
    fn quotation_marks_widen_only_beside_an_ideograph() {
        let ctx = context_after_a_frame();
        for family in [FontFamily::Proportional, bold()] {
            let latin = width(&ctx, &family, "“a”") - width(&ctx, &family, "a");
            let chinese = width(&ctx, &family, "“关”") - width(&ctx, &family, "关");
            assert!(
                latin < 25.0 && chinese > 39.0,
                "{latin} and {chinese} in {family}"
            );
        }
    }

    #[test]
    fn what_is_missing_is_named() {
        assert_eq!(missing_glyphs("Threads 进程和线程"), "");
        assert_eq!(missing_glyphs("a\u{1F980}锁"), "\u{1F980}");
    }

    #[test]
    fn all_families_share_one_line_height() {
        let ctx = context_after_a_frame();
        let heights = families()
            .map(|family| ctx.fonts_mut(|fonts| fonts.row_height(&FontId::new(20.0, family))));
        assert_eq!(heights, [25.0; 3]);
    }
}
