//! The table of all orders: the balances that come out, how often, and one code for each.

use egui::{Align2, Rect, pos2, vec2};

use crate::lab::demo::value::{Point, Value};
use crate::text::{Language, grouped};
use crate::widgets::look::pen::Pen;
use crate::widgets::look::theme::bold_font;
use crate::widgets::stage::Snapshot;

/// A balance that came out.
#[derive(Clone, Debug, PartialEq)]
struct Row {
    balance: i64,
    orders: u64,
    code: String,
}

/// The table at one moment.
pub struct Orders {
    language: Language,
    rows: Vec<Row>,
    run: u64,
    all: u64,
    exact: u64,
    threads: u64,
}

impl Orders {
    /// The table of a run of all orders, at the moment that is shown.
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
        Self {
            language,
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

    /// The picture in words.
    pub fn words(&self) -> String {
        let mut words = vec![self.lines().join(" ")];
        words.extend(self.rows.iter().map(|row| {
            let figures = [
                ("balance", row.balance.into()),
                ("orders", row.orders.into()),
                ("code", Value::Word(row.code.clone())),
            ];
            self.language.with("bank_lock-orders-row", &figures)
        }));
        words.join("; ")
    }

    /// Paints the figure at the left and the table at the right.
    pub fn paint(&self, pen: &Pen, left: Rect, right: Rect) {
        let [figure, counted, real] = self.lines();
        let heights = [19.0, 15.0].map(|usual| pen.line_height(usual));
        let room = left.height() - heights.iter().sum::<f32>();
        let large = Rect::from_min_size(left.min, vec2(left.width(), room * 0.55));
        pen.number(large, figure, pen.palette.text);
        let width = left.width();
        let below = pos2(left.left(), large.bottom() + pen.gap(8.0));
        pen.write(below, Align2::LEFT_TOP, counted, pen.bold(19.0), width);
        let below = below + vec2(0.0, heights[0]);
        pen.write(below, Align2::LEFT_TOP, real, pen.weak(15.0), width);
        self.paint_table(pen, right);
    }

    /// Paints the rows of the table: balance, bar with its number, code.
    fn paint_table(&self, pen: &Pen, area: Rect) {
        // The table begins below the label of a slow replay.
        let area = area.with_min_y(area.top() + 32.0);
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
            let balance = [("balance", row.balance.into())];
            let balance = self.language.with("bank_lock-stage-balance", &balance);
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
