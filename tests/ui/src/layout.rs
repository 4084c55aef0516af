//! Rules of layout for every picture: no text cut off or over another, no control over another or out
//! of reach.

use egui::accessibility::is_input;
use egui::accesskit::Role;
use egui::epaint::{ClippedShape, TextShape};
use egui::{Rect, Shape, Vec2, pos2, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _, by};

use crate::window::Window;

/// Edges are smoothed, and places rounded to whole pixels.
const TOLERANCE: f32 = 1.5;

/// The smallest window of a classroom: 1280 × 720 pixels, or 1024 × 768, at twice their size.
const SMALLEST: Vec2 = vec2(512.0, 360.0);

/// No page is longer than so many times half its height.
const SCROLLS: usize = 10;

/// Looks at the whole page, scrolling down to its end. `what` opens the message of a fault.
#[track_caller]
pub fn check(window: &mut Window, what: &str) {
    let page = page(window);
    let mut faults = controls(window, page);
    faults.extend(texts(window, page));
    // The result is the last thing on the page. A run that goes on may make it longer meanwhile.
    let is_below = |window: &Window| result(window).max.y > page.max.y + TOLERANCE;
    // Not over the timeline: there the wheel may zoom.
    let margin = pos2(page.min.x + 30.0, page.center().y);
    let is_long = is_below(window);
    if is_long && window.area().width() >= SMALLEST.x && window.area().height() >= SMALLEST.y {
        let end = result(window).max.y;
        faults.push(format!("the result ends at {end}, below the fold"));
    }
    for _ in 0..SCROLLS {
        if !is_below(window) {
            break;
        }
        window.scroll(margin, vec2(0.0, -page.height() / 2.0));
        faults.extend(texts(window, page));
    }
    if is_below(window) {
        let end = result(window).max.y;
        faults.push(format!("the result ends at {end}, out of reach"));
    }
    if is_long {
        window.scroll(margin, vec2(0.0, 10_000.0));
    }
    faults.sort();
    faults.dedup();
    assert!(faults.is_empty(), "{what}:\n{}", faults.join("\n"));
}

/// The visible part of the page: the rectangle that clips its title.
fn page(window: &Window) -> Rect {
    let title = window.title();
    let shapes = all_texts(window);
    let seen = shapes.iter().find(|(_, text)| text.galley.text() == title);
    seen.map(|(clip, _)| *clip).expect("the title is painted")
}

fn result(window: &Window) -> Rect {
    let label = by().role(Role::Label).predicate(|node| {
        let text = node.value().unwrap_or_default();
        text.starts_with("Result:") || text.starts_with("结果:")
    });
    window.harness.get(label).rect()
}

fn controls(window: &Window, page: Rect) -> Vec<String> {
    let mut faults = Vec::new();
    let nodes = window
        .harness
        .query_all(by().predicate(|node| is_input(node.role())));
    let controls: Vec<(String, Rect)> = nodes
        .map(|node| {
            let name = node.accesskit_node().label().unwrap_or_default();
            (name, node.rect())
        })
        .collect();
    for (index, (name, rect)) in controls.iter().enumerate() {
        let is_beside = rect.min.x < page.min.x;
        let within = if is_beside {
            0.0..=page.min.x
        } else if rect.min.x > page.max.x {
            // The code, which scrolls by itself.
            page.max.x..=window.area().max.x
        } else {
            page.min.x..=page.max.x
        };
        if !within.contains(&rect.min.x) || !within.contains(&rect.max.x) {
            faults.push(format!("`{name}` at {rect:?} is not within {within:?}"));
        }
        // The page scrolls; what stands beside it does not.
        let area = window.area().y_range();
        if is_beside && !(area.contains(rect.min.y) && area.contains(rect.max.y)) {
            faults.push(format!("`{name}` at {rect:?} is not within {area:?}"));
        }
        for (other, place) in &controls[..index] {
            // The hands are counted within their answer.
            if overlap(*rect, *place) && !place.contains_rect(*rect) {
                faults.push(format!(
                    "`{name}` at {rect:?} is over `{other}` at {place:?}"
                ));
            }
        }
    }
    faults
}

fn texts(window: &Window, page: Rect) -> Vec<String> {
    let mut faults = Vec::new();
    let mut seen: Vec<(&str, Rect)> = Vec::new();
    let texts = all_texts(window);
    for (clip, shape) in &texts {
        let (text, rect) = (shape.galley.text(), shape.visual_bounding_rect());
        if text.trim().is_empty() || !rect.is_finite() {
            continue;
        }
        let mut fault = |how: &str| faults.push(format!("“{text}” at {rect:?} {how} {clip:?}"));
        // That is how a text that is missing shows.
        if text.starts_with("app-") {
            fault("is a key, in");
        }
        // A long result is shortened beside `More`, and today's values on their button, which opens them.
        let may_be_short = ["Result:", "结果:"]
            .iter()
            .any(|result| text.starts_with(result))
            || text.ends_with('⏷');
        if shape.galley.elided && !may_be_short {
            fault("is shortened in");
        }
        let seen_part = clip.intersect(window.area());
        let seen_part = seen_part.expand(TOLERANCE).x_range();
        if !seen_part.contains(rect.min.x) || !seen_part.contains(rect.max.x) {
            fault("stands out sideways of");
        }
        // Text cut off by the page's own edge can be scrolled to; text cut off by a card's edge is lost.
        let below_card = clip.max.y < page.max.y - 1.0 && rect.max.y > clip.max.y + TOLERANCE;
        let above_card = clip.min.y > page.min.y + 1.0 && rect.min.y < clip.min.y - TOLERANCE;
        if below_card || above_card {
            fault("is cut off above or below by");
        }
        // The code beside the page scrolls by itself.
        let is_code = clip.min.x > page.max.x - 20.0;
        let below_window = !is_code
            && clip.max.y > page.max.y + 1.0
            && rect.max.y > window.area().max.y + TOLERANCE;
        if below_window {
            fault("stands out below of the window, in");
        }
        let rect = rect.intersect(*clip);
        for (other, place) in &seen {
            if overlap(rect, *place) {
                faults.push(format!(
                    "“{text}” at {rect:?} is over “{other}” at {place:?}"
                ));
            }
        }
        seen.push((text, rect));
    }
    faults
}

/// Whether two places share more than their edges.
pub fn overlap(a: Rect, b: Rect) -> bool {
    let common = a.intersect(b);
    common.width() > TOLERANCE && common.height() > TOLERANCE
}

/// Every text that was painted, with the rectangle that clips it.
pub fn all_texts(window: &Window) -> Vec<(Rect, &TextShape)> {
    texts_of(&window.harness.output().shapes)
}

/// Every text among these shapes, with the rectangle that clips it.
pub fn texts_of(shapes: &[ClippedShape]) -> Vec<(Rect, &TextShape)> {
    let texts = shapes_of(shapes).into_iter();
    texts
        .filter_map(|(clip, shape)| match shape {
            Shape::Text(text) => Some((clip, text)),
            _ => None,
        })
        .collect()
}

/// Everything that was painted, with the rectangle that clips it.
pub fn all_shapes(window: &Window) -> Vec<(Rect, &Shape)> {
    shapes_of(&window.harness.output().shapes)
}

fn shapes_of(shapes: &[ClippedShape]) -> Vec<(Rect, &Shape)> {
    fn collect<'shape>(clip: Rect, shape: &'shape Shape, all: &mut Vec<(Rect, &'shape Shape)>) {
        match shape {
            Shape::Vec(shapes) => shapes.iter().for_each(|shape| collect(clip, shape, all)),
            shape => all.push((clip, shape)),
        }
    }
    let mut all = Vec::new();
    for ClippedShape {
        clip_rect, shape, ..
    } in shapes
    {
        collect(*clip_rect, shape, &mut all);
    }
    all
}
