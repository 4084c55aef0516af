//! A dot for each number of threads, joined to curves: as steep as the threads grow, or flat from the
//! number of cores on.

use std::sync::Arc;

use egui::{Align2, Galley, Painter, Pos2, Rangef, Rect, pos2};

use super::{Scene, cores_said};
use crate::widgets::look::lettering::{Sizes, apart, fitted};
use crate::widgets::look::palette::Palette;
use crate::widgets::look::theme::font;
use crate::widgets::timings::curves_marks::{paint_curve, paint_guide, paint_mark};

/// Paints both curves on axes that end with the most threads, so that nothing moves while dots come in.
pub(super) fn paint(painter: &Painter, area: Rect, scene: &Scene, sizes: Sizes, palette: &Palette) {
    let size = font(sizes.text(13.0));
    let line = sizes.line_height(13.0);
    let title = scene.language.text("cpu_or_io-stage-dots");
    let title = fitted(painter, title, size.clone(), palette.weak, area.width());
    painter.galley(area.min, title, palette.weak);

    let most = scene.plan.most_workers as f64;
    let highest = scene
        .kinds
        .iter()
        .flat_map(|kind| &kind.measured)
        .map(|measured| measured.speedup)
        .chain(scene.cores)
        .fold(most, f64::max);
    let names = names(painter, scene, area.width() * 0.5, sizes, palette);
    let widest = names.iter().map(|(_, name)| name.size().x);
    let margin = widest.fold(0.0, f32::max) + sizes.gap(10.0);
    let plot = Rect::from_min_max(
        pos2(area.left(), area.top() + line),
        pos2(area.right() - margin, area.bottom() - line),
    );
    let at = |workers: f64, speedup: f64| {
        pos2(
            plot.left() + plot.width() * (workers / most) as f32,
            plot.bottom() - plot.height() * (speedup / highest) as f32,
        )
    };
    painter.hline(plot.x_range(), plot.bottom(), (1.0, palette.weak));
    painter.vline(plot.left(), plot.y_range(), (1.0, palette.weak));
    paint_axis(painter, plot, scene, sizes, palette);
    if let Some(cores) = scene.cores {
        let ends = [0.0, most].map(|workers| at(workers, cores));
        paint_guide(painter, &ends, palette);
    }
    for (style, kind) in scene.kinds.iter().enumerate() {
        let dots = kind.measured.iter();
        let dots: Vec<Pos2> = dots
            .map(|measured| at(measured.workers as f64, measured.speedup))
            .collect();
        paint_curve(painter, dots.clone(), style, palette);
        for dot in dots {
            paint_mark(painter, dot, style, palette);
        }
    }
    // Each name at the height of what it names, as far as there is room.
    let mut names: Vec<(f32, Arc<Galley>)> = names
        .into_iter()
        .map(|(value, name)| (at(0.0, value).y, name))
        .collect();
    names.sort_by(|(a, _), (b, _)| a.total_cmp(b));
    let pieces: Vec<_> = names.iter().map(|(y, _)| (*y, line)).collect();
    let range = Rangef::new(plot.top() - line / 2.0, area.bottom());
    let places = apart(&pieces, range, 0.0).unwrap_or_default();
    for (y, (_, name)) in places.into_iter().zip(names) {
        let beside = pos2(plot.right() + sizes.gap(10.0), y);
        let place = Align2::LEFT_CENTER.anchor_size(beside, name.size());
        painter.galley(place.min, name, palette.text);
    }
}

/// The kinds that have dots and the number of cores, each with the height that it belongs to.
fn names(
    painter: &Painter,
    scene: &Scene,
    room: f32,
    sizes: Sizes,
    palette: &Palette,
) -> Vec<(f64, Arc<Galley>)> {
    let kinds = scene.kinds.iter().filter_map(|kind| {
        let last = kind.measured.last()?;
        Some((last.speedup, kind.title.clone()))
    });
    let cores = scene
        .cores
        .map(|cores| (cores, cores_said(cores, scene.language)));
    kinds
        .chain(cores)
        .map(|(value, name)| {
            let size = font(sizes.text(13.0));
            (value, fitted(painter, name, size, palette.text, room))
        })
        .collect()
}

/// Where the horizontal axis begins and ends: with how many threads.
fn paint_axis(painter: &Painter, plot: Rect, scene: &Scene, sizes: Sizes, palette: &Palette) {
    let size = font(sizes.text(13.0));
    let middle = plot.bottom() + sizes.line_height(13.0) / 2.0 + 1.0;
    let workers = [("workers", scene.plan.most_workers.into())];
    let most = scene.language.with("cpu_or_io-stage-with", &workers);
    let most = fitted(painter, most, size.clone(), palette.weak, plot.width());
    let place = Align2::RIGHT_CENTER.anchor_size(pos2(plot.right(), middle), most.size());
    painter.galley(place.min, most, palette.weak);
    let zero = fitted(painter, "0".to_owned(), size, palette.weak, plot.width());
    let left = Align2::LEFT_CENTER.anchor_size(pos2(plot.left(), middle), zero.size());
    if left.right() < place.left() {
        painter.galley(left.min, zero, palette.weak);
    }
}
