//! All orders: the tree of them where it can be read, else a table of the balances that come out, how often, and one
//! code for each.

use egui::{Align2, Rect, Response, Ui, pos2, vec2};

use super::super::code;
use super::cards::{self, Card};
use super::lettered::wrote_over;
use super::tree::{Place, Tree};
use super::walk::{Stop, Walks};
use super::yuan;
use crate::lab::demo::VariantId;
use crate::lab::demo::value::{Point, Value};
use crate::text::{Language, grouped};
use crate::widgets::look::pen::Pen;
use crate::widgets::look::state_look::{Coin, paint_coin};
use crate::widgets::look::text_fit::font_size;
use crate::widgets::look::theme::{bold_font, font};
use crate::widgets::stage::Snapshot;

/// Width from which there is room for figures beside the tree.
const FIGURES_FROM: f32 = 640.0;

/// A balance that came out.
#[derive(Clone, Debug, PartialEq)]
struct Row {
    balance: i64,
    orders: u64,
    code: String,
}

/// All orders at one moment.
pub struct Orders {
    language: Language,
    variant: VariantId,
    rows: Vec<Row>,
    /// The orders one by one, if they are few enough for a tree.
    walks: Option<Walks>,
    /// The balance after which nothing is missing.
    full: i64,
    run: u64,
    all: u64,
    exact: u64,
    threads: u64,
}

impl Orders {
    /// The orders of a run of all of them, at the moment that is shown.
    pub fn of(shown: &Snapshot<'_>, language: Language) -> Self {
        let progress = shown.log.tracks().first().and_then(|track| {
            let until = track.progress.iter();
            until
                .take_while(|(at, ..)| *at <= shown.now)
                .last()
                .copied()
        });
        let (_, run, all) = progress.unwrap_or_default();
        let rows: Vec<Row> = shown.log.points_until(shown.now).filter_map(row).collect();
        let params = &shown.info.params;
        let full = (params.whole("threads") * params.whole("amount")) as i64;
        let exact = rows.iter().filter(|row| row.balance == full);
        let (variant, threads) = (shown.info.variant, params.whole("threads") as usize);
        Self {
            language,
            variant,
            walks: Walks::of(shown.log, variant, threads, shown.now),
            full,
            run,
            all,
            exact: exact.map(|row| row.orders).sum(),
            rows,
            threads: params.whole("threads"),
        }
    }

    /// The large figure, its caption, and the sentence on how it was found.
    fn lines(&self) -> [String; 3] {
        let figures = [
            ("run", self.run.into()),
            ("orders", self.all.into()),
            ("exact", self.exact.into()),
            ("threads", self.threads.into()),
        ];
        let keys = if self.rows.is_empty() {
            [
                "bank_lock-orders-run",
                "bank_lock-orders-running",
                "bank_lock-orders-real",
            ]
        } else {
            [
                "bank_lock-orders-exact",
                "bank_lock-orders-right",
                "bank_lock-orders-real",
            ]
        };
        keys.map(|key| self.language.with(key, &figures))
    }

    /// The picture in words, with the branch that is walked.
    pub fn words(&self, branch: Option<Place>) -> String {
        let mut words = vec![self.lines().join(" ")];
        words.extend(self.rows.iter().map(|row| {
            let figures = [
                ("balance", row.balance.into()),
                ("orders", row.orders.into()),
                ("code", Value::Word(row.code.clone())),
            ];
            self.language.with("bank_lock-orders-row", &figures)
        }));
        if let Some(walk) = branch.and_then(|place| self.walk(place)) {
            words.push(walk.done.clone());
            words.push(yuan(self.language, walk.stop.balance));
            words.extend(walk.overwritten.clone());
            words.extend(walk.cards.iter().map(Card::words));
        }
        words.join("; ")
    }

    /// The walk along a branch as far as `place`.
    fn walk(&self, place: Place) -> Option<Walk> {
        let walks = self.walks.as_ref()?;
        let stop = walks.stop(place.order, place.steps)?;
        let whole = code(walks.orders.get(place.order)?.iter().copied());
        let threads = stop.threads.iter();
        let over = threads.filter_map(|own| {
            let number = own.thread as u16 + 1;
            Some(wrote_over(number, own.over?, self.language))
        });
        Some(Walk {
            done: whole.chars().take(place.steps).collect(),
            ahead: whole.chars().skip(place.steps).collect(),
            overwritten: over.collect(),
            cards: stop
                .threads
                .iter()
                .map(|own| own.card(self.variant, self.language))
                .collect(),
            stop,
        })
    }

    /// Shows the orders, with the branch that is walked. Returns the branch from now on.
    pub fn show_ui(
        &self,
        ui: &Ui,
        pen: &Pen,
        picture: &Response,
        branch: Option<Place>,
        presenting: bool,
    ) -> Option<Place> {
        let room = picture.rect;
        let has_figures = presenting || room.width() >= FIGURES_FROM;
        let share = if has_figures { 0.33 } else { 0.0 };
        let (left, right) = room.split_left_right_at_fraction(share);
        let left = left.with_max_x(left.right() - pen.gap(24.0));
        // The label of a slow replay, and what is said instead of figures, stand above the tree.
        let top = pen.corner.y.max(match has_figures {
            true => 0.0,
            false => pen.line_height(17.0),
        });
        let below = right.with_min_y(right.top() + top);
        let tree = self.walks.as_ref();
        let tree = tree.and_then(|walks| Tree::fitting(walks, self.full, below, pen));
        let Some(tree) = tree else {
            let (left, right) = room.split_left_right_at_fraction(0.38);
            self.paint_figures(pen, left.with_max_x(left.right() - pen.gap(24.0)), false);
            self.paint_table(pen, right);
            return None;
        };
        let branch = tree.walk_ui(ui, picture, branch, self.language);
        tree.paint(pen, branch, self.language);
        let walk = branch.and_then(|place| self.walk(place));
        match walk {
            Some(walk) if has_figures => self.paint_walk(pen, left, &walk),
            Some(walk) => {
                let at = room.with_max_x(room.right() - pen.corner.x);
                let balance = yuan(self.language, walk.stop.balance);
                let said = walk.overwritten.join(" · ");
                let line = format!("{} · {balance} {said}", walk.done);
                pen.write_in(at, line.trim_end(), pen.bold(17.0));
            }
            None if has_figures => self.paint_figures(pen, left, true),
            None => {
                let [figure, counted, _] = self.lines();
                let at = room.with_max_x(room.right() - pen.corner.x);
                pen.write_in(at, format!("{figure} {counted}"), pen.bold(17.0));
            }
        }
        branch
    }

    /// Paints the figure and what it counts; beside a tree also how often each balance came out.
    fn paint_figures(&self, pen: &Pen, left: Rect, beside_tree: bool) {
        let [figure, counted, real] = self.lines();
        let heights = [19.0, 15.0].map(|usual| pen.line_height(usual));
        let room = left.height() - heights.iter().sum::<f32>();
        let share = if beside_tree { 0.36 } else { 0.55 };
        let large = Rect::from_min_size(left.min, vec2(left.width(), room * share));
        pen.number(large, figure, pen.palette.text);
        let width = left.width();
        let below = pos2(left.left(), large.bottom() + pen.gap(8.0));
        pen.write(below, Align2::LEFT_TOP, counted, pen.bold(19.0), width);
        let below = below + vec2(0.0, heights[0]);
        pen.write(below, Align2::LEFT_TOP, real, pen.weak(15.0), width);
        if !beside_tree || self.rows.is_empty() {
            return;
        }
        let hint = self.language.text("bank_lock-orders-hint");
        let foot = left.with_min_y(left.bottom() - heights[1]);
        pen.write_in(foot, hint, pen.weak(15.0));
        let mut row = left.with_min_y(below.y + heights[1] + pen.gap(8.0));
        let height = pen.line_height(20.0);
        for known in &self.rows {
            if row.top() + height > foot.top() {
                return;
            }
            let coin = match known.balance == self.full {
                true => Coin::Kept,
                false => Coin::Lost,
            };
            let radius = height * 0.32;
            let center = pos2(row.left() + radius, row.top() + height / 2.0);
            paint_coin(pen, center, radius, coin);
            let figures = [
                ("balance", Value::from(known.balance)),
                ("orders", known.orders.into()),
            ];
            let words = self.language.with("bank_lock-orders-count", &figures);
            let at = center + vec2(radius * 1.8, 0.0);
            pen.write(
                at,
                Align2::LEFT_CENTER,
                words,
                pen.plain(20.0),
                row.right() - at.x,
            );
            row.min.y += height;
        }
    }

    /// Paints the bank at a stop of a walk: the code with its steps that are done, the balance, the threads.
    fn paint_walk(&self, pen: &Pen, left: Rect, walk: &Walk) {
        let gap = pen.gap(6.0);
        let code = left.with_max_y(left.top() + (left.height() * 0.15).min(pen.gap(48.0)));
        let size = (code.height() * 0.9).floor();
        let whole = format!("{}{}", walk.done, walk.ahead);
        let look = (bold_font(size), pen.palette.text);
        let size = font_size(&pen.fit(whole, look, code.width()));
        let mut at = code.left_center();
        let (done, ahead) = (bold_font(size), font(size));
        for (letters, look) in [
            (&walk.done, (done, pen.palette.text)),
            (&walk.ahead, (ahead, pen.palette.weak)),
        ] {
            let text = pen.layout_line(letters.as_str(), look);
            at.x = pen.put(at, Align2::LEFT_CENTER, text).right();
        }
        let balance = Rect::from_min_size(
            pos2(left.left(), code.bottom() + gap),
            vec2(left.width(), (left.height() * 0.2).min(pen.gap(90.0))),
        );
        pen.number(
            balance,
            yuan(self.language, walk.stop.balance),
            pen.palette.text,
        );
        let over = balance.translate(vec2(0.0, balance.height() + gap));
        let over = over.with_max_y(over.top() + pen.line_height(24.0));
        pen.write_in(over, walk.overwritten.join(" · "), pen.bold(24.0));
        cards::paint(pen, left.with_min_y(over.bottom() + gap), &walk.cards);
    }

    /// Paints the rows of the table: balance, bar with its number, code.
    fn paint_table(&self, pen: &Pen, area: Rect) {
        // The table begins below the label of a slow replay.
        let area = area.with_min_y(area.top() + pen.corner.y);
        let columns = [0.0, 0.18, 0.63].map(|share| area.left() + area.width() * share);
        let width = |column: usize| {
            let end = columns
                .get(column + 1)
                .map_or(area.right(), |next| next - 12.0);
            end - columns[column]
        };
        let say = |column: usize, middle: f32, text: String, look| {
            let at = pos2(columns[column], middle);
            pen.write(at, Align2::LEFT_CENTER, text, look, width(column));
        };
        let line = pen.line_height(15.0);
        for (column, key) in ["balance", "orders", "code"].into_iter().enumerate() {
            let title = self.language.text(&format!("bank_lock-orders-title-{key}"));
            say(
                column,
                area.top() + line / 2.0,
                title.into_owned(),
                pen.weak(15.0),
            );
        }
        let most = self.rows.iter().map(|row| row.orders).max().unwrap_or(1);
        let height = ((area.height() - line) / 3.0).min(pen.gap(64.0));
        for (index, row) in self.rows.iter().enumerate() {
            let middle = area.top() + line + height * (index as f32 + 0.5);
            let balance = yuan(self.language, row.balance);
            let size = bold_font((height * 0.6).min(pen.text_size(34.0)).floor());
            say(0, middle, balance, (size.clone(), pen.palette.text));
            let number = grouped(row.orders.into());
            let number = pen.fit(number, pen.plain(17.0), width(1));
            let room = width(1) - number.size().x - 8.0;
            // One order among thousands must be visible.
            let long = (room * row.orders as f32 / most as f32).max(2.0);
            let bar = Rect::from_min_size(
                pos2(columns[1], middle - height * 0.25),
                vec2(long, height * 0.5),
            );
            pen.rect_filled(bar, 2.0, pen.palette.strong);
            let beside = pos2(bar.right() + 8.0, middle);
            pen.put(beside, Align2::LEFT_CENTER, number);
            say(2, middle, row.code.clone(), (size, pen.palette.text));
        }
    }
}

/// A walk along a branch, as far as it has come.
struct Walk {
    /// The letters of the steps that are done, and of those to come.
    done: String,
    ahead: String,
    stop: Stop,
    /// The sentences on the deposits that were overwritten.
    overwritten: Vec<String>,
    cards: Vec<Card>,
}

fn row(point: &Point) -> Option<Row> {
    let code = point.0.iter().find_map(|(name, value)| match value {
        Value::Word(code) if *name == "code" => Some(code.clone()),
        _ => None,
    });
    Some(Row {
        balance: point.figure("balance")? as i64,
        orders: point.figure("orders")? as u64,
        code: code?,
    })
}
