//! The notes and the legend of the timing graph.

use std::sync::Arc;

use egui::{Color32, FontId, Galley, Pos2, Rect, Stroke, StrokeKind, Vec2, pos2, vec2};

use crate::text::Language;
use crate::widgets::look::palette::Palette;
use crate::widgets::look::pen::Pen;
use crate::widgets::look::text_fit::text_line;
use crate::widgets::timings::bars::Table;
use crate::widgets::timings::curves::Curves;
use crate::widgets::timings::curves_ui::{paint_guide, paint_sample};

const TEXT: f32 = 12.0;
const SWATCH: Vec2 = vec2(14.0, 9.0);
/// Size of a curve's sample, long enough for the pattern of a line.
const SAMPLE: Vec2 = vec2(34.0, 9.0);
const LINE: f32 = 17.0;
const BETWEEN: f32 = 10.0;

/// The fill of the `index`-th phase in a bar: shades of grey, neighbours far apart.
pub fn phase_fill(index: usize, palette: &Palette) -> Color32 {
    let amount = [0.12, 1.0, 0.4, 0.7, 0.25][index % 5];
    palette.card.lerp_to_gamma(palette.strong, amount)
}

/// Short texts, some with a swatch before them, in as many lines as they take.
pub struct Notes {
    notes: Vec<(Option<Swatch>, Arc<Galley>)>,
    places: Vec<Pos2>,
}

#[derive(Clone, Copy)]
enum Swatch {
    Phase(usize),
    Stopwatch,
    Curve(usize),
    Guide,
}

impl Swatch {
    fn size(self) -> Vec2 {
        match self {
            Swatch::Phase(_) | Swatch::Stopwatch => SWATCH,
            Swatch::Curve(_) | Swatch::Guide => SAMPLE,
        }
    }
}

impl Notes {
    /// The notes below the bars of `table`, in lines of `width`.
    pub fn of_table(
        pen: &Pen,
        table: &Table,
        other_runs: usize,
        language: Language,
        width: f32,
    ) -> Self {
        let mut texts: Vec<(Option<Swatch>, String)> = Vec::new();
        for (index, phase) in table.phases.iter().enumerate() {
            let name = language.text(&format!("phase-{}", phase.name()));
            texts.push((Some(Swatch::Phase(index)), name.into_owned()));
        }
        if let Some(name) = &table.stopwatch {
            texts.push((Some(Swatch::Stopwatch), name.clone()));
        }
        texts.extend(counted("app-graph-rings", table.runs, language));
        texts.extend(counted("app-other-runs", other_runs, language));
        Self::flowing(pen, texts, width)
    }

    /// The notes below curves, in lines of `width`.
    pub fn of_curves(
        pen: &Pen,
        curves: &Curves,
        other_runs: usize,
        language: Language,
        width: f32,
    ) -> Self {
        let texts = counted("graph-curve-rings", curves.runs, language)
            .into_iter()
            .chain(counted("app-other-runs", other_runs, language));
        Self::flowing(pen, texts, width)
    }

    /// The legend of curves, in lines of `width`.
    pub fn legend(pen: &Pen, curves: &Curves, width: f32) -> Self {
        let names = curves
            .names()
            .into_iter()
            .map(|(style, title)| (Some(Swatch::Curve(style)), title.to_owned()));
        let mut ideals: Vec<&String> = curves
            .graphs
            .iter()
            .filter_map(|graph| graph.ideal.as_ref())
            .collect();
        ideals.dedup();
        let ideals = ideals
            .into_iter()
            .map(|ideal| (Some(Swatch::Guide), ideal.clone()));
        Self::flowing(pen, names.chain(ideals), width)
    }

    fn flowing(
        pen: &Pen,
        texts: impl IntoIterator<Item = (Option<Swatch>, String)>,
        width: f32,
    ) -> Self {
        let notes: Vec<_> = texts
            .into_iter()
            .map(|(swatch, text)| {
                let font = FontId::proportional(TEXT);
                let room = width - indent(swatch);
                (swatch, text_line(pen, text, font, pen.palette.weak, room))
            })
            .collect();
        let widths: Vec<f32> = notes
            .iter()
            .map(|(swatch, text)| indent(*swatch) + text.size().x)
            .collect();
        Self {
            places: flow(&widths, width),
            notes,
        }
    }

    /// Height of all lines.
    pub fn height(&self) -> f32 {
        self.places.last().map_or(0.0, |place| place.y + LINE)
    }

    /// The notes that are sentences, for a screen reader.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        let sentences = self.notes.iter().filter(|(swatch, _)| swatch.is_none());
        sentences.map(|(_, text)| text.text())
    }

    /// Paints the notes from `at` to the right and down.
    pub fn paint(&self, pen: &Pen, at: Pos2) {
        for ((swatch, text), place) in self.notes.iter().zip(&self.places) {
            let at = at + place.to_vec2();
            let middle = at.y + text.size().y / 2.0;
            let size = swatch.map_or(Vec2::ZERO, Swatch::size);
            let rect = Rect::from_center_size(pos2(at.x + size.x / 2.0, middle), size);
            match *swatch {
                Some(Swatch::Phase(index)) => {
                    let edge = Stroke::new(1.0, pen.palette.strong);
                    pen.rect(
                        rect,
                        0.0,
                        phase_fill(index, pen.palette),
                        edge,
                        StrokeKind::Inside,
                    );
                }
                Some(Swatch::Stopwatch) => {
                    pen.hline(rect.x_range(), middle, (2.0, pen.palette.weak));
                    pen.vline(
                        rect.left(),
                        middle - 3.0..=middle + 3.0,
                        (2.0, pen.palette.weak),
                    );
                }
                Some(Swatch::Curve(style)) => paint_sample(pen, rect, style),
                Some(Swatch::Guide) => {
                    paint_guide(pen, &[rect.left_center(), rect.right_center()]);
                }
                None => {}
            }
            let beside = at + vec2(indent(*swatch), 0.0);
            pen.galley(beside, Arc::clone(text), pen.palette.weak);
        }
    }
}

/// The sentence `key` about `count` runs, if there are any.
fn counted(key: &str, count: usize, language: Language) -> Option<(Option<Swatch>, String)> {
    (count > 0).then(|| (None, language.with(key, &[("count", count.into())])))
}

fn indent(swatch: Option<Swatch>) -> f32 {
    swatch.map_or(0.0, |swatch| swatch.size().x + 4.0)
}

/// Places pieces of the given widths one after another, in lines of at most `width`.
fn flow(widths: &[f32], width: f32) -> Vec<Pos2> {
    let mut next = Pos2::ZERO;
    widths
        .iter()
        .map(|&piece| {
            if next.x > 0.0 && next.x + piece > width {
                next = pos2(0.0, next.y + LINE);
            }
            let place = next;
            next.x += piece + BETWEEN;
            place
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_flow_like_words() {
        let places = flow(&[40.0, 40.0, 40.0, 200.0, 5.0], 100.0);
        let expected = [
            (0.0, 0.0),
            (50.0, 0.0),
            (0.0, 17.0),
            (0.0, 34.0),
            (0.0, 51.0),
        ];
        assert_eq!(places, expected.map(|(x, y)| pos2(x, y)));
    }

    #[test]
    fn neighbouring_phases_differ_in_lightness() {
        for palette in [Palette::LIGHT, Palette::DARK] {
            for index in 0..4 {
                let pair = [index, index + 1].map(|index| phase_fill(index, &palette));
                let found = crate::widgets::look::palette::contrast(pair[0], pair[1]);
                assert!(found > 1.5, "{index}: {found}");
            }
        }
    }
}
