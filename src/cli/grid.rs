//! Tables in columns of text. A cell may have several lines. The text is English, whose letters are all one column
//! wide.

/// Rows of cells, the first row being the heading. The first column leans left, figures lean right.
pub(super) fn grid(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns)
        .map(|column| {
            let cells = rows.iter().filter_map(|row| row.get(column));
            cells.flat_map(|cell| cell.lines()).map(width).max()
        })
        .map(Option::unwrap_or_default)
        .collect();
    let mut text = String::new();
    for (index, row) in rows.iter().enumerate() {
        let lines = row.iter().map(|cell| cell.lines().count()).max();
        for line in 0..lines.unwrap_or(0) {
            let cells = row.iter().zip(&widths).enumerate();
            let padded = cells.map(|(column, (cell, &width))| {
                let part = cell.lines().nth(line).unwrap_or_default();
                if column == 0 {
                    format!("  {part:<width$}")
                } else {
                    format!("   {part:>width$}")
                }
            });
            text.push_str(padded.collect::<String>().trim_end());
            text.push('\n');
        }
        if index == 0 {
            let rule = widths.iter().map(|width| width + 3).sum::<usize>();
            text.push_str(&format!("  {}\n", "─".repeat(rule.saturating_sub(3))));
        }
    }
    text
}

/// Broken between words into lines of at most `limit` letters, where the words allow it.
pub(super) fn wrapped(title: &str, limit: usize) -> String {
    let mut lines: Vec<String> = Vec::new();
    for word in title.split(' ') {
        match lines.last_mut() {
            Some(line) if width(line) + 1 + width(word) <= limit => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines.join("\n")
}

fn width(text: &str) -> usize {
    text.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_stand_under_each_other() {
        let row = |cells: [&str; 2]| cells.map(str::to_owned).to_vec();
        let text = grid(&[
            row(["variant", "longest\nwait"]),
            row(["a", "¥2\n[1 … 10]"]),
            row(["mutex", "7"]),
        ]);
        let expected = "  variant    longest\n                wait\n  ──────────────────\n  \
                        a               ¥2\n            [1 … 10]\n  mutex            7\n";
        assert_eq!(text, expected);
    }

    #[test]
    fn titles_are_broken_between_words() {
        assert_eq!(
            wrapped("longest wait for the lock", 16),
            "longest wait for\nthe lock"
        );
        assert_eq!(wrapped("time", 16), "time");
        assert_eq!(
            wrapped("unbreakable-as-it-is here", 5),
            "unbreakable-as-it-is\nhere"
        );
    }
}
