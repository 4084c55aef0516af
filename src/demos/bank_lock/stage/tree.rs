//! The tree of all orders: each edge is a step of a thread, each leaf the balance that its order leaves. A branch can be
//! chosen, and walked step by step.

use std::ops::Range;

use egui::accesskit::Role;
use egui::{
    Align2, CursorIcon, Event, EventFilter, FocusDirection, Key, Pos2, Rect, Response, Sense,
    Stroke, Ui, Vec2, WidgetInfo, pos2, vec2,
};

use super::super::{code, letter};
use super::walk::Walks;
use super::yuan;
use crate::text::Language;
use crate::widgets::look::pen::Pen;
use crate::widgets::look::state_look::{Coin, paint_coin};
use crate::widgets::look::theme::bold_font;

/// The least distance of two leaves, and of two steps, in points; a closer tree can't be read.
const LEAST: Vec2 = vec2(6.5, 8.0);
/// Distance from a node within which a click is meant for it.
const REACH: f32 = 16.0;
/// Radius of a node as a share of the distance to the next one, and the largest.
const NODE: f32 = 0.34;
const LARGEST: f32 = 13.0;
/// The least distances at which a node has room for its letter.
const LETTER: Vec2 = vec2(17.0, 19.0);
/// The least distance of two leaves at which each has room for its balance.
const BALANCE: f32 = 17.0;

/// A branch that was chosen, and how many of its steps are done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The order, by its place in the alphabet.
    pub order: usize,
    /// Steps that are done.
    pub steps: usize,
}

/// The tree in its room.
pub struct Tree<'walks> {
    walks: &'walks Walks,
    full: i64,
    room: Rect,
    /// Distance of two leaves, and of two steps.
    cell: Vec2,
    /// Whether each leaf has room for its balance.
    has_balances: bool,
}

impl<'walks> Tree<'walks> {
    /// The tree of these orders in `room`; `None` if it could not be read there. `full` is the balance after which
    /// nothing is missing.
    pub fn fitting(walks: &'walks Walks, full: i64, room: Rect, pen: &Pen) -> Option<Self> {
        let leaves = walks.orders.len().max(1) as f32;
        // A narrow tree stands in the middle, with its branches no further apart than is needed.
        let wide = (room.width() / leaves).min(pen.gap(150.0));
        // In a low room the balances give way: the coins say which orders are right.
        [wide >= BALANCE, false]
            .into_iter()
            .find_map(|has_balances| {
                let balance = match has_balances {
                    true => pen.line_height(16.0),
                    false => 0.0,
                };
                let node = (wide * NODE).min(LARGEST);
                let below = 2.0 * node + 2.0 * coin(pen, wide) + balance + 4.0;
                let room = room.with_max_y(room.bottom() - below);
                let cell = vec2(wide, room.height() / walks.steps().max(1) as f32);
                (cell.x >= LEAST.x && cell.y >= LEAST.y).then_some(Self {
                    walks,
                    full,
                    room,
                    cell,
                    has_balances,
                })
            })
    }

    /// The place of the node of these orders after `steps` steps.
    fn node(&self, orders: &Range<usize>, steps: usize) -> Pos2 {
        let middle = (orders.start + orders.end) as f32 / 2.0;
        let all = self.walks.orders.len() as f32;
        pos2(
            self.room.center().x + (middle - all / 2.0) * self.cell.x,
            self.room.top() + self.radius() + steps as f32 * self.cell.y,
        )
    }

    /// The orders that begin as `order` does, `steps` long.
    fn alike(&self, order: usize, steps: usize) -> Range<usize> {
        let orders = &self.walks.orders;
        let begins = |other: &Vec<usize>| other[..steps] == orders[order][..steps];
        let first = orders[..order].iter().rposition(|other| !begins(other));
        let first = first.map_or(0, |before| before + 1);
        let count = orders[order..].iter().take_while(|other| begins(other));
        first..order + count.count()
    }

    fn radius(&self) -> f32 {
        (self.cell.x.min(self.cell.y) * NODE).clamp(2.0, LARGEST)
    }

    /// Calls `each` for every edge, from the root on: the orders and steps above it, and those below.
    fn each_edge(&self, mut each: impl FnMut((&Range<usize>, usize), (&Range<usize>, usize))) {
        for steps in 1..=self.walks.steps() {
            let mut next = 0;
            while next < self.walks.orders.len() {
                let below = self.alike(next, steps);
                let above = self.alike(next, steps - 1);
                next = below.end;
                each((&above, steps - 1), (&below, steps));
            }
        }
    }

    /// Paints the tree with the branch that is chosen.
    pub fn paint(&self, pen: &Pen, place: Option<Place>, language: Language) {
        let palette = pen.palette;
        let branch = |orders: &Range<usize>| place.is_some_and(|at| orders.contains(&at.order));
        let walked = |steps: usize| place.is_some_and(|at| steps <= at.steps);
        let is_run = |orders: &Range<usize>| self.walks.is_run(orders.start);
        // The branch lies over the edges that cross it.
        for over in [false, true] {
            self.each_edge(|(above, from), (below, steps)| {
                if branch(below) != over || !is_run(below) {
                    return;
                }
                let stroke = match (over, walked(steps)) {
                    (true, true) => Stroke::new(4.0, palette.text),
                    (true, false) => Stroke::new(2.5, palette.weak),
                    _ if place.is_some() => Stroke::new(1.0, palette.border),
                    _ => Stroke::new(1.5, palette.weak),
                };
                let ends = [self.node(above, from), self.node(below, steps)];
                pen.line_segment(ends, stroke);
            });
        }
        self.each_edge(|_, (below, steps)| {
            if is_run(below) && steps < self.walks.steps() {
                let pale = place.is_some() && !branch(below);
                self.paint_node(pen, below, steps, pale);
            }
        });
        let root = self.node(&(0..self.walks.orders.len()), 0);
        pen.circle_filled(root, self.radius().min(5.0), palette.text);
        for order in 0..self.walks.orders.len() {
            self.paint_leaf(pen, order, place, language);
        }
        if let Some(at) = place {
            let here = self.node(&self.alike(at.order, at.steps), at.steps);
            let stroke = Stroke::new(2.5, palette.text);
            pen.circle_stroke(here, self.radius() + 4.0, stroke);
        }
    }

    /// Paints a step: its thread's letter, solid for A, hollow for B, grey for C.
    fn paint_node(&self, pen: &Pen, orders: &Range<usize>, steps: usize, pale: bool) {
        let palette = pen.palette;
        let thread = self.walks.orders[orders.start][steps - 1];
        let (center, radius) = (self.node(orders, steps), self.radius());
        let ink = if pale { palette.border } else { palette.strong };
        let (fill, text) = match thread {
            0 => (ink, palette.on_strong),
            1 => (palette.card, palette.text_if(!pale)),
            _ => (palette.faint, palette.text_if(!pale)),
        };
        pen.circle(center, radius, fill, Stroke::new(1.5, ink));
        if self.cell.x >= LETTER.x && self.cell.y >= LETTER.y {
            let size = (radius * 1.3).floor();
            let name = letter(thread).to_string();
            let text = if pale && thread == 0 {
                palette.card
            } else {
                text
            };
            let name = pen.layout_line(name, (bold_font(size), text));
            pen.put(center, Align2::CENTER_CENTER, name);
        }
    }

    /// Paints the last step and the balance after it: a full coin if nothing is missing, a crossed one if a deposit is.
    fn paint_leaf(&self, pen: &Pen, order: usize, place: Option<Place>, language: Language) {
        let steps = self.walks.steps();
        let Some(balance) = self.walks.balance(order) else {
            return;
        };
        let pale = place.is_some_and(|at| at.order != order);
        let orders = order..order + 1;
        self.paint_node(pen, &orders, steps, pale);
        let radius = coin(pen, self.cell.x);
        let below = self.node(&orders, steps) + vec2(0.0, self.radius() + radius + 3.0);
        let kind = match balance == self.full {
            true => Coin::Kept,
            false => Coin::Lost,
        };
        paint_coin(pen, below, radius, kind);
        if self.has_balances {
            let at = below + vec2(0.0, radius + 1.0);
            let look = match balance == self.full {
                true => pen.bold(16.0),
                false => pen.plain(16.0),
            };
            let text = pen.fit(yuan(language, balance), look, self.cell.x - 2.0);
            pen.put(at, Align2::CENTER_TOP, text);
        }
    }

    /// The branch and step at which a click was meant.
    fn hit(&self, at: Pos2, place: Option<Place>) -> Option<Place> {
        let steps = self.walks.steps();
        if at.y > self.room.bottom() - self.cell.y / 2.0 {
            let all = self.walks.orders.len() as f32;
            let from = self.room.center().x - all / 2.0 * self.cell.x;
            let order = ((at.x - from) / self.cell.x).floor();
            let is_leaf = (0.0..all).contains(&order);
            return is_leaf.then_some(Place {
                order: order as usize,
                steps,
            });
        }
        let mut best: Option<(f32, Range<usize>, usize)> = None;
        self.each_edge(|_, (below, steps)| {
            let away = self.node(below, steps).distance(at);
            if away <= best.as_ref().map_or(REACH, |(least, ..)| *least) {
                best = Some((away, below.clone(), steps));
            }
        });
        let (_, orders, steps) = best?;
        let stays = place.filter(|at| orders.contains(&at.order));
        let order = stays.map_or(orders.start, |at| at.order);
        Some(Place { order, steps })
    }

    /// Makes the tree a control: a click chooses a branch, and arrows walk along it. Returns the new place.
    pub fn walk_ui(
        &self,
        ui: &Ui,
        picture: &Response,
        place: Option<Place>,
        language: Language,
    ) -> Option<Place> {
        let reach = self.room.with_max_y(picture.rect.bottom());
        let response = ui.interact(reach, picture.id.with("tree"), Sense::click());
        let name = language.text("bank_lock-orders-tree");
        response.widget_info(|| WidgetInfo::labeled(Role::Slider, true, name.as_ref()));
        let said = place.map_or_else(String::new, |at| self.code(at));
        ui.ctx()
            .accesskit_node_builder(response.id, |node| node.set_value(said));
        let over = response.hover_pos().and_then(|at| self.hit(at, place));
        if over.is_some() {
            ui.ctx().set_cursor_icon(CursorIcon::PointingHand);
        }
        let mut place = place;
        if let Some(at) = response
            .interact_pointer_pos()
            .filter(|_| response.clicked())
        {
            response.request_focus();
            place = self.hit(at, place);
        }
        for key in arrows(ui, &response) {
            place = Some(self.moved(key, place));
        }
        // An order that was not run yet has nothing to show.
        place.filter(|at| self.walks.is_run(at.order))
    }

    /// The steps that are done, as letters.
    pub fn code(&self, at: Place) -> String {
        let order = self.walks.orders.get(at.order).into_iter().flatten();
        code(order.take(at.steps).copied())
    }

    /// The place that an arrow leads to: along the branch, or to the next one.
    fn moved(&self, key: Key, place: Option<Place>) -> Place {
        let (orders, steps) = (self.walks.orders.len(), self.walks.steps());
        let at = place.unwrap_or(Place { order: 0, steps: 0 });
        let last = orders.saturating_sub(1);
        match key {
            Key::ArrowRight => Place {
                steps: (at.steps + 1).min(steps),
                ..at
            },
            Key::ArrowLeft => Place {
                steps: at.steps.saturating_sub(1),
                ..at
            },
            Key::ArrowDown => Place {
                order: (at.order + 1).min(last),
                ..at
            },
            Key::ArrowUp => Place {
                order: at.order.saturating_sub(1),
                ..at
            },
            Key::Home => Place { steps: 0, ..at },
            _ => Place { steps, ..at },
        }
    }
}

/// Radius of the coin at a leaf, where the leaves are so far apart.
fn coin(pen: &Pen, apart: f32) -> f32 {
    match apart >= BALANCE {
        true => (apart * 0.3).min(pen.gap(9.0)),
        false => apart * 0.42,
    }
}

/// The arrows that were pressed while the tree has the focus.
fn arrows(ui: &Ui, response: &Response) -> Vec<Key> {
    if !response.has_focus() {
        return Vec::new();
    }
    let filter = EventFilter {
        horizontal_arrows: true,
        vertical_arrows: true,
        ..EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    let pressed: Vec<Key> = ui.input(|input| {
        let keys = input.events.iter().filter_map(|event| match event {
            Event::Key {
                key,
                pressed: true,
                modifiers,
                ..
            } if modifiers.is_none() => Some(*key),
            _ => None,
        });
        let is_ours = |key: &Key| {
            use Key::{ArrowDown, ArrowLeft, ArrowRight, ArrowUp, End, Home};
            matches!(
                key,
                ArrowDown | ArrowLeft | ArrowRight | ArrowUp | End | Home
            )
        };
        keys.filter(is_ours).collect()
    });
    if !pressed.is_empty() {
        // The filter takes effect only in the second frame with the focus; until then egui must not move the focus.
        ui.memory_mut(|memory| memory.move_focus(FocusDirection::None));
    }
    pressed
}
