//! How the page divides its room: sizes of its parts, and the places of stage, timeline, graph and result.
//!
//! Nothing is ever below the fold. Where points lack, the graph becomes a tab of the timeline, and then both become
//! tabs of the stage.

use egui::{Margin, Vec2, vec2};

/// Sizes of the page's parts, in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sizes {
    /// The demo's title.
    pub title: f32,
    /// The question.
    pub question: f32,
    /// Height of an answer.
    pub answer: f32,
    /// Height of a control.
    pub control: f32,
    /// Text of answers and controls.
    pub text: f32,
    /// How much smaller than usual the text of an answer may be before the answers take two rows.
    pub squeeze: f32,
    /// Distance from a button's edge to its text.
    pub padding: Vec2,
    /// Width of the button that runs.
    pub run: f32,
    /// Distance between parts.
    pub gap: f32,
    /// Text of the result.
    pub result: f32,
    /// Lines of the result.
    pub result_lines: usize,
    /// Margin within a card.
    pub card: Margin,
    /// Margin around the page.
    pub page: Margin,
}

impl Sizes {
    /// The sizes for a window of this size.
    pub fn of_window(window: Vec2) -> Self {
        if window.y >= 600.0 && window.x >= 900.0 {
            Self {
                title: 28.0,
                question: 22.0,
                answer: 42.0,
                control: 40.0,
                text: 16.0,
                squeeze: 0.66,
                padding: vec2(11.0, 6.0),
                run: 140.0,
                gap: 8.0,
                result: 18.0,
                result_lines: 2,
                card: Margin::symmetric(16, 10),
                page: Margin {
                    left: 20,
                    right: 20,
                    top: 8,
                    bottom: 10,
                },
            }
        } else {
            Self {
                title: 19.0,
                question: 16.0,
                answer: 34.0,
                control: 30.0,
                text: 13.0,
                squeeze: 0.5,
                padding: vec2(7.0, 2.0),
                run: 112.0,
                gap: 4.0,
                result: 14.0,
                result_lines: if window.y >= 420.0 { 2 } else { 1 },
                card: Margin::symmetric(8, 5),
                page: Margin {
                    left: 10,
                    right: 10,
                    top: 4,
                    bottom: 4,
                },
            }
        }
    }

    /// Height of the result's card.
    pub fn result_height(&self) -> f32 {
        let line = (self.result * 1.42).ceil();
        line * self.result_lines as f32 + self.card.sum().y
    }
}

/// The place of timeline and graph.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Lower {
    /// Neither is shown: there is no run yet.
    None,
    /// The graph stands beside the timeline.
    Beside,
    /// Timeline and graph share a place below the stage.
    Tabs,
    /// Stage, timeline and graph share one place.
    Folded,
}

/// The heights of the parts below the controls.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Room {
    /// Height of the stage.
    pub stage: f32,
    /// Height of timeline and graph.
    pub lower: f32,
    /// How timeline and graph are placed.
    pub place: Lower,
}

/// Least width of a page with the graph beside the timeline.
const BESIDE_FROM: f32 = 660.0;
/// Least height of a card with the timeline: a lower one would show nothing.
const LEAST_LOWER: f32 = 136.0;
/// Least height of the stage while timeline and graph are below it.
const LEAST_STAGE: f32 = 170.0;
/// Least height of the stage; in a window that has less left the page scrolls.
const LEAST: f32 = 90.0;
/// Height of a row of tabs.
pub const TABS: f32 = 28.0;

impl Room {
    /// Divides the room of size `free` below the controls, without the result.
    pub fn divide(free: Vec2, sizes: &Sizes, has_run: bool) -> Self {
        let whole = free.y.max(LEAST);
        if !has_run {
            return Self {
                stage: whole,
                lower: 0.0,
                place: Lower::None,
            };
        }
        let lower = (0.34 * whole).floor().max(LEAST_LOWER);
        let stage = whole - lower - sizes.gap;
        if stage < LEAST_STAGE {
            let stage = (whole - TABS - sizes.gap).max(LEAST);
            return Self {
                stage,
                lower: TABS,
                place: Lower::Folded,
            };
        }
        let place = if free.x >= BESIDE_FROM {
            Lower::Beside
        } else {
            Lower::Tabs
        };
        Self {
            stage,
            lower,
            place,
        }
    }
}

/// The size of the graph beside a timeline, and of the timeline.
pub fn beside(width: f32, height: f32, gap: f32) -> [Vec2; 2] {
    let left = (width * 0.55).floor();
    [vec2(left, height), vec2(width - left - gap, height)]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What stands above the stage in a window of this size.
    fn above(sizes: &Sizes) -> f32 {
        let lines = 1.4 * (sizes.title + sizes.question);
        lines + sizes.answer + sizes.control + 4.0 * sizes.gap
    }

    #[test]
    fn the_stage_keeps_its_share_and_nothing_is_below_the_fold() {
        for (width, height) in [(1280, 720), (1280, 800), (1920, 1080), (1024, 768)] {
            for zoom in [1.0, 1.25, 1.5, 1.75, 2.0] {
                let window = vec2(width as f32, height as f32) / zoom;
                let sizes = Sizes::of_window(window);
                let page = window - vec2(90.0, 0.0) - sizes.page.sum();
                let below = page.y - above(&sizes);
                let free = below - sizes.result_height() - 2.0 * sizes.gap;
                for has_run in [false, true] {
                    let room = Room::divide(vec2(page.x, free), &sizes, has_run);
                    let gaps = if has_run { sizes.gap } else { 0.0 };
                    assert!(
                        room.stage + room.lower + gaps <= free + 0.5,
                        "{window}: {room:?}"
                    );
                    // Of the room below the controls.
                    let share = room.stage / below;
                    assert!(share >= 0.4, "{window}: {share}, {room:?}");
                }
            }
        }
    }
}
