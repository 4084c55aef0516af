//! The places of the twins' windows: beside the main window if there is room, else over its lower part.

use egui::{Context, Pos2, Rect, Vec2, pos2, vec2};

/// Size of a twin's window in points, its frame left out; `LOW` is for a screen with little room.
const SIZE: Vec2 = vec2(380.0, 300.0);
const LOW: Vec2 = vec2(330.0, 170.0);

/// Height of the sentence at the foot of the main window, which says what happened.
const FOOT: f32 = 90.0;

/// About the largest size of a desktop's frame and title bar.
const FRAME: Vec2 = vec2(10.0, 34.0);

/// A window's place on the screen, in points that know no zoom. Without a position the desktop chooses one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// Left upper corner of the window's frame.
    pub position: Option<Pos2>,
    /// Size of the window's contents.
    pub size: Vec2,
}

/// The places for both twins beside the window of `ctx`.
pub fn beside(ctx: &Context) -> [Place; 2] {
    let zoom = ctx.zoom_factor();
    let (window, screen) =
        ctx.input(|input| (input.viewport().outer_rect, input.viewport().monitor_size));
    places(
        window.map(|rect| rect * zoom),
        screen.map(|size| size * zoom),
    )
}

/// The places for both twins. `window` is the main one with its frame, as far as that and the screen are known.
fn places(window: Option<Rect>, screen: Option<Vec2>) -> [Place; 2] {
    let (Some(window), Some(screen)) = (window, screen) else {
        return [Place {
            position: None,
            size: SIZE,
        }; 2];
    };
    let outer = SIZE + FRAME;
    let at = |left: f32, top: f32, size: Vec2| Place {
        position: Some(pos2(left, top)),
        size,
    };
    let top = window.top().clamp(0.0, (screen.y - 2.0 * outer.y).max(0.0));
    let right = screen.x - window.right();
    if right >= 2.0 * outer.x {
        let left = window.right();
        [at(left, top, SIZE), at(left + outer.x, top, SIZE)]
    } else if right >= outer.x && screen.y >= 2.0 * outer.y {
        let left = window.right();
        [at(left, top, SIZE), at(left, top + outer.y, SIZE)]
    } else if window.left() >= outer.x && screen.y >= 2.0 * outer.y {
        let left = window.left() - outer.x;
        [at(left, top, SIZE), at(left, top + outer.y, SIZE)]
    } else if screen.y - window.bottom() >= outer.y && screen.x >= 2.0 * outer.x {
        let left = window.left().clamp(0.0, screen.x - 2.0 * outer.x);
        let below = window.bottom();
        [at(left, below, SIZE), at(left + outer.x, below, SIZE)]
    } else {
        // The twins go low: the stage shows them in the upper half, and must not be behind them.
        let low = LOW + FRAME;
        let (left, top) = (screen.x - 2.0 * low.x, screen.y - low.y - FOOT);
        [
            at(left.max(0.0), top.max(0.0), LOW),
            at((left + low.x).max(0.0), top.max(0.0), LOW),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn main_window(left: f32, top: f32, width: f32, height: f32) -> Option<Rect> {
        Some(Rect::from_min_size(pos2(left, top), vec2(width, height)))
    }

    fn rect(place: Place) -> Rect {
        Rect::from_min_size(place.position.unwrap(), place.size + FRAME)
    }

    #[test]
    fn they_lie_on_the_screen_and_beside_each_other() {
        for (screen, window) in [
            (vec2(1280.0, 720.0), main_window(0.0, 0.0, 1280.0, 720.0)),
            (vec2(1280.0, 800.0), main_window(0.0, 0.0, 1280.0, 800.0)),
            (vec2(1920.0, 1080.0), main_window(10.0, 30.0, 1280.0, 828.0)),
            (
                vec2(1920.0, 1080.0),
                main_window(600.0, 30.0, 1280.0, 828.0),
            ),
            (
                vec2(2560.0, 1440.0),
                main_window(300.0, 200.0, 1280.0, 828.0),
            ),
            (vec2(1366.0, 1400.0), main_window(40.0, 0.0, 1280.0, 828.0)),
        ] {
            let [a, b] = places(window, Some(screen)).map(rect);
            let whole = Rect::from_min_size(Pos2::ZERO, screen);
            assert!(
                whole.contains_rect(a) && whole.contains_rect(b),
                "{screen}: {a} {b}"
            );
            assert!(
                !a.shrink(0.5).intersects(b.shrink(0.5)),
                "{screen}: {a} {b}"
            );
            // The twins may touch the stage at its edge.
            let upper = window.unwrap().split_top_bottom_at_fraction(0.55).0;
            let upper = upper.shrink(0.5);
            assert!(
                !upper.intersects(a) && !upper.intersects(b),
                "{screen}: {a} {b}"
            );
        }
    }

    #[test]
    fn where_nothing_is_known_the_desktop_chooses() {
        assert!(
            places(None, None)
                .iter()
                .all(|place| place.position.is_none())
        );
    }
}
