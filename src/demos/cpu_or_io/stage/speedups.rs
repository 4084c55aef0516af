//! The speed-up at each number of threads: a curve for each kind of task.

use std::sync::Arc;

use egui::{Align2, Galley, Pos2, Rangef, Rect, pos2};

use super::{Scene, cores_said};
use crate::widgets::look::pen::Pen;
use crate::widgets::look::text_fit::apart;
use crate::widgets::timings::curves_ui::{paint_curve, paint_guide, paint_mark};

/// Paints both curves on axes that end with the most threads, so that nothing moves while dots come in.
pub(super) fn paint(pen: &Pen, area: Rect, scene: &Scene) {
    let line = pen.line_height(13.0);
    let title = scene.language.text("cpu_or_io-stage-dots");
    pen.write_in(area, title, pen.weak(13.0));

    let most = scene.plan.most_workers as f64;
    let highest = scene
        .kinds
        .iter()
        .flat_map(|kind| &kind.measured)
        .map(|measured| measured.speedup)
        .chain(scene.cores)
        .fold(most, f64::max);
    let names = names(pen, scene, area.width() * 0.5);
    let widest = names.iter().map(|(_, name)| name.size().x);
    let margin = widest.fold(0.0, f32::max) + pen.gap(10.0);
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
    pen.hline(plot.x_range(), plot.bottom(), (1.0, pen.palette.weak));
    pen.vline(plot.left(), plot.y_range(), (1.0, pen.palette.weak));
    paint_axis(pen, plot, scene);
    if let Some(cores) = scene.cores {
        let ends = [0.0, most].map(|workers| at(workers, cores));
        paint_guide(pen, &ends);
    }
    for (style, kind) in scene.kinds.iter().enumerate() {
        let dots = kind.measured.iter();
        let dots: Vec<Pos2> = dots
            .map(|measured| at(measured.workers as f64, measured.speedup))
            .collect();
        paint_curve(pen, dots.clone(), style);
        for dot in dots {
            paint_mark(pen, dot, style);
        }
    }
    // Each name is at the height of its curve or line, as far as there is room.
    let mut names: Vec<(f32, Arc<Galley>)> = names
        .into_iter()
        .map(|(value, name)| (at(0.0, value).y, name))
        .collect();
    names.sort_by(|(a, _), (b, _)| a.total_cmp(b));
    let pieces: Vec<_> = names.iter().map(|(y, _)| (*y, line)).collect();
    let range = Rangef::new(plot.top() - line / 2.0, area.bottom());
    let places = apart(&pieces, range, 0.0).unwrap_or_default();
    for (y, (_, name)) in places.into_iter().zip(names) {
        let beside = pos2(plot.right() + pen.gap(10.0), y);
        pen.put(beside, Align2::LEFT_CENTER, name);
    }
}

/// The names of the curves and of the line of the cores, each with its height.
fn names(pen: &Pen, scene: &Scene, room: f32) -> Vec<(f64, Arc<Galley>)> {
    let kinds = scene.kinds.iter().filter_map(|kind| {
        let last = kind.measured.last()?;
        Some((last.speedup, kind.title.clone()))
    });
    let cores = scene
        .cores
        .map(|cores| (cores, cores_said(cores, scene.language)));
    kinds
        .chain(cores)
        .map(|(value, name)| (value, pen.fit(name, pen.plain(13.0), room)))
        .collect()
}

/// The numbers of threads at the ends of the horizontal axis.
fn paint_axis(pen: &Pen, plot: Rect, scene: &Scene) {
    let middle = plot.bottom() + pen.line_height(13.0) / 2.0 + 1.0;
    let workers = [("workers", scene.plan.most_workers.into())];
    let most = scene.language.with("cpu_or_io-stage-with", &workers);
    let right = pos2(plot.right(), middle);
    let most = pen.write(
        right,
        Align2::RIGHT_CENTER,
        most,
        pen.weak(13.0),
        plot.width(),
    );
    let zero = pen.layout_line("0", pen.weak(13.0));
    if plot.left() + zero.size().x < most.left() {
        pen.put(pos2(plot.left(), middle), Align2::LEFT_CENTER, zero);
    }
}
