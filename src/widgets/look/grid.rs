//! Grids of many small cells of one size, as large as their room allows.

use egui::{Pos2, Rect, Vec2, vec2};

/// How `count` cells fill an area: columns, and the size of a cell with the gap around it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Grid {
    /// Cells in a row.
    pub columns: usize,
    /// Size of a cell.
    pub cell: Vec2,
}

impl Grid {
    /// The largest cells of which `count` fit into `room`: with the proportions of `largest`, and not larger. In a grid
    /// of many cells the length of a row is a multiple of `in_fives`, so that they can be counted.
    pub fn fitting(count: usize, room: Vec2, largest: Vec2, in_fives: usize) -> Self {
        let count = count.max(1);
        let step = if count > 4 * in_fives { in_fives } else { 1 };
        let mut best = Self {
            columns: 1,
            cell: Vec2::ZERO,
        };
        for columns in (step..=count.next_multiple_of(step)).step_by(step) {
            let rows = count.div_ceil(columns);
            let scale = (room.x / (columns as f32 * largest.x))
                .min(room.y / (rows as f32 * largest.y))
                .clamp(0.0, 1.0);
            // Of two arrangements with equal cells the wider one is taken: it leaves more room below.
            if scale * largest.x >= best.cell.x {
                best = Self {
                    columns,
                    cell: largest * scale,
                };
            }
        }
        best
    }

    /// The place of the `index`-th cell, in a grid that begins at `origin`.
    pub fn place(&self, origin: Pos2, index: usize) -> Rect {
        let (row, column) = (index / self.columns, index % self.columns);
        let offset = vec2(column as f32 * self.cell.x, row as f32 * self.cell.y);
        Rect::from_min_size(origin + offset, self.cell)
    }
}

/// Divides `area` into columns of one width with `gap` between them.
pub fn columns(area: Rect, count: usize, gap: f32) -> impl Iterator<Item = Rect> {
    let width = (area.width() - gap * count.saturating_sub(1) as f32) / count as f32;
    let size = vec2(width, area.height());
    let left = move |index| vec2((width + gap) * index as f32, 0.0);
    (0..count).map(move |index| Rect::from_min_size(area.min + left(index), size))
}

#[cfg(test)]
mod tests {
    use egui::pos2;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_hundred_are_five_rows_of_twenty() {
        let grid = Grid::fitting(100, vec2(400.0, 130.0), vec2(24.0, 24.0), 5);
        assert_eq!(
            grid,
            Grid {
                columns: 20,
                cell: vec2(20.0, 20.0)
            }
        );
    }

    proptest! {
        #[test]
        fn every_cell_is_inside(count in 1..6000usize, width in 40f32..900.0, height in 30f32..600.0) {
            let room = vec2(width, height);
            let grid = Grid::fitting(count, room, vec2(26.0, 20.0), 5);
            let area = Rect::from_min_size(pos2(7.0, 9.0), room);
            for index in 0..count {
                prop_assert!(area.expand(0.1).contains_rect(grid.place(area.min, index)));
            }
        }
    }
}
