//! The place of the teacher's window: on a screen that the presentation does not cover, if there is one.

use serde::{Deserialize, Serialize};

/// A screen, in physical pixels of the desktop that all screens are parts of.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Screen {
    left_top: [i32; 2],
    size: [u32; 2],
    scale: f64,
    is_primary: bool,
}

impl Screen {
    /// Whether both show a part of the desktop in common, as a projector does that mirrors the laptop.
    fn overlaps(&self, other: &Screen) -> bool {
        (0..2).all(|axis| {
            let [own, others] = [self, other].map(|screen| {
                let begin = i64::from(screen.left_top[axis]);
                begin..begin + i64::from(screen.size[axis])
            });
            own.start < others.end && others.start < own.end
        })
    }
}

/// The screens of the desktop, and the one that the presentation covers.
#[derive(Clone, Debug, Default)]
pub(super) struct Screens {
    all: Vec<Screen>,
    presented: Option<usize>,
}

/// The place of a window that is to be opened.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// Left upper corner of the frame, in physical pixels.
    pub left_top: [i32; 2],
    /// Size of the contents, in physical pixels.
    pub size: [u32; 2],
    /// Physical pixels of a point there.
    pub scale: f64,
    /// Number of the screen, for desktops on which a window can't choose its place.
    pub screen: usize,
    /// Whether it lies over the presentation, because there is no other screen.
    pub over: bool,
}

/// Share of a screen that the window fills.
const SHARE: f64 = 0.8;
/// Size of the window over the presentation, in points.
const OVER: [f64; 2] = [460.0, 330.0];
/// Height of the frame and of a desktop's bar, in points: the window ends above them.
const FRAME: f64 = 40.0;

impl Screens {
    /// The screens as the desktop tells them to the window of `frame`.
    pub(super) fn of(frame: &eframe::Frame) -> Self {
        let Some(window) = frame.winit_window() else {
            return Self::default();
        };
        let (current, primary) = (window.current_monitor(), window.primary_monitor());
        let monitors: Vec<_> = window.available_monitors().collect();
        let presented = monitors
            .iter()
            .position(|monitor| Some(monitor) == current.as_ref());
        let screen = |monitor: &winit::monitor::MonitorHandle| Screen {
            left_top: monitor.position().into(),
            size: monitor.size().into(),
            scale: monitor.scale_factor(),
            is_primary: Some(monitor) == primary.as_ref(),
        };
        Self {
            all: monitors.iter().map(screen).collect(),
            presented,
        }
    }

    /// A place on a screen that the presentation does not cover: on the main one, if that is another. `None` without
    /// such a screen, or where it is not known which one the presentation covers.
    pub(super) fn beside(&self) -> Option<Place> {
        let presented = self.all.get(self.presented?)?;
        let others = self.all.iter().enumerate();
        let mut others: Vec<_> = others
            .filter(|(_, screen)| !screen.overlaps(presented))
            .collect();
        others.sort_by_key(|(_, screen)| !screen.is_primary);
        let (number, screen) = *others.first()?;
        let size = screen.size.map(|pixels| (f64::from(pixels) * SHARE) as u32);
        let left_top = [0, 1].map(|axis| {
            let free = screen.size[axis].saturating_sub(size[axis]) / 2;
            screen.left_top[axis].saturating_add_unsigned(free)
        });
        Some(Place {
            left_top,
            size,
            scale: screen.scale,
            screen: number,
            over: false,
        })
    }

    /// A place over the presentation: in the lower right corner, where questions and figures have least. `None` where
    /// the screen is not known; the desktop then chooses.
    pub(super) fn over(&self) -> Option<Place> {
        let number = self.presented?;
        let screen = self.all.get(number)?;
        let size = OVER.map(|points| (points * screen.scale) as u32);
        let frame = [0, (FRAME * screen.scale) as u32];
        let left_top = [0, 1].map(|axis| {
            let free = screen.size[axis].saturating_sub(size[axis] + frame[axis]);
            screen.left_top[axis].saturating_add_unsigned(free)
        });
        Some(Place {
            left_top,
            size,
            scale: screen.scale,
            screen: number,
            over: true,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn screen(left: i32, top: i32, width: u32, height: u32, is_primary: bool) -> Screen {
        Screen {
            left_top: [left, top],
            size: [width, height],
            scale: 1.0,
            is_primary,
        }
    }

    fn lies_on(place: Place, screen: &Screen) -> bool {
        (0..2).all(|axis| {
            let (at, begin) = (place.left_top[axis], screen.left_top[axis]);
            at >= begin
                && i64::from(at) + i64::from(place.size[axis])
                    <= i64::from(begin) + i64::from(screen.size[axis])
        })
    }

    #[test]
    fn it_opens_on_the_screen_that_the_class_does_not_see() {
        let laptop = screen(0, 0, 1920, 1080, true);
        for projector in [
            screen(1920, 0, 1280, 720, false),
            screen(-1024, 300, 1024, 768, false),
            screen(0, -720, 1280, 720, false),
        ] {
            for (all, own) in [(vec![laptop, projector], 0), (vec![projector, laptop], 1)] {
                let screens = Screens {
                    presented: Some(1 - own),
                    all,
                };
                let place = screens.beside().expect("another screen");
                assert_eq!((place.screen, place.over), (own, false));
                assert!(lies_on(place, &laptop), "{place:?}");
            }
        }
    }

    #[test]
    fn a_mirrored_projector_is_no_other_screen() {
        let laptop = screen(0, 0, 1920, 1080, true);
        let mirrored = screen(0, 0, 1280, 720, false);
        for all in [vec![laptop], vec![laptop, mirrored]] {
            let screens = Screens {
                all,
                presented: Some(0),
            };
            assert_eq!(screens.beside(), None);
            let place = screens.over().expect("a corner");
            assert!(place.over && lies_on(place, &laptop), "{place:?}");
        }
        assert_eq!(Screens::default().beside(), None);
        assert_eq!(Screens::default().over(), None);
    }
}
