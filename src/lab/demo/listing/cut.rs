//! Cutting pieces out of Rust source, with the marks of their lines read.

use super::{Cut, Line, Piece, Source, marked_steps};
use crate::lab::trace::event::Step;

const STEP_MARK: &str = "// step: ";

/// Beginnings of statements that only report: on a track, or to the run's stopwatch and its failpoints.
const REPORTS: [&str; 6] = [
    "track.",
    "run.",
    "batch.",
    "ctx.phase(",
    "ctx.stop_clock(",
    "ctx.failpoint(",
];

/// The lines of `piece`, each with those of `steps` that it marks; `None` if no line of the file begins so.
pub(super) fn cut(source: &Source, piece: &Piece, steps: &[Step]) -> Option<Cut> {
    let (lines, mut marks): (Vec<&str>, Vec<_>) = (source.text.lines())
        .map(|line| marked_steps(line, STEP_MARK, steps))
        .unzip();
    let begins = |line: &str, how| without_visibility(line).starts_with(how);
    let (Piece::Item(first) | Piece::Lines(first, _)) = piece;
    let mut from = lines.iter().position(|line| begins(line, first))?;
    let indent = indentation(lines[from]);
    let last = match piece {
        Piece::Item(_) => from,
        Piece::Lines(_, last) => {
            let is_last = |line: &&str| indentation(line) == indent && begins(line, last);
            from + 1 + lines[from + 1..].iter().position(is_last)?
        }
    };
    let to = end(&lines, last)?;
    // Comments and attributes above an item belong to it.
    let is_above = |line: &str| {
        let text = line.trim_start();
        indentation(line) == indent && (text.starts_with("///") || text.starts_with("#["))
    };
    while from > 0 && is_above(lines[from - 1]) {
        from -= 1;
    }
    let lines = &lines[from..=to];
    let shown = lines
        .iter()
        .zip(reporting(lines))
        .zip(&mut marks[from..=to]);
    let shown = shown.map(|((line, reports), steps)| Line {
        text: line.get(indent..).unwrap_or_default().to_owned(),
        steps: std::mem::take(steps),
        reports,
    });
    Some(Cut {
        file: source.path(),
        first_line: from + 1,
        lines: shown.collect(),
    })
}

/// For each line, whether it belongs to a statement that only reports.
fn reporting(lines: &[&str]) -> Vec<bool> {
    // The indentation of a statement that is not over yet.
    let mut within = None;
    let reports = |line: &&str| {
        let indent = indentation(line);
        let goes_on = within.is_some_and(|begun| indent >= begun);
        let is_report = goes_on || begins_report(line.trim_start());
        within = match within.filter(|_| goes_on) {
            _ if !is_report || line.ends_with(';') => None,
            Some(begun) => Some(begun),
            None => Some(indent),
        };
        is_report
    };
    lines.iter().map(reports).collect()
}

/// Whether a statement that begins with `code` only reports. A statement that holds a block is judged line by line.
fn begins_report(code: &str) -> bool {
    let value = code.split_once(" = ").map_or(code, |(_, value)| value);
    !code.ends_with(['{', '|']) && REPORTS.iter().any(|target| value.starts_with(target))
}

/// The last line of what begins in line `from`: that line itself, the last one that is further in, or the one that
/// closes the brackets.
fn end(lines: &[&str], from: usize) -> Option<usize> {
    if lines[from].ends_with([';', ',']) {
        return Some(from);
    }
    let indent = indentation(lines[from]);
    let mut last = from;
    for (at, line) in lines.iter().enumerate().skip(from + 1) {
        let text = line.trim_start();
        if text.is_empty() || indentation(line) > indent {
            continue;
        }
        let closes = indentation(line) == indent && text.starts_with(['}', ')', ']']);
        // A line after a signature or a condition, or an `else`, goes on with what was begun.
        let goes_on = text.ends_with('{') || text.starts_with("where") || text.starts_with(") ->");
        last = match (closes || goes_on) && indentation(line) == indent {
            true if goes_on => continue,
            true => at,
            false => at - 1,
        };
        break;
    }
    (last > from).then_some(last)
}

fn indentation(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

fn without_visibility(line: &str) -> &str {
    let line = line.trim_start();
    ["pub(super) ", "pub(crate) ", "pub "]
        .iter()
        .find_map(|visibility| line.strip_prefix(visibility))
        .unwrap_or(line)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{READ, WRITE};
    use super::*;

    const TEXT: &str = r#"//! A bank.

/// No step.
const LIMIT: u64 = 5;

/// Deposits.
#[inline(never)]
pub(super) fn deposit(
    track: &Track,
) -> u64
where
    Track: Sized,
{
    let read = account.read(); // step: read
    {
        let _writing = track.running(WRITE);
        track.instant(
            READ,
            None,
        );
        account.write(read); // step: write, wait
    }
    read
}

impl Bank {
    async fn reading(track: &Track) -> u64 {
        let seen = track.map(|track| {
            track.instant(READ, None);
        });
        5
    }
}
"#;

    const SOURCE: Source = Source {
        beside: "src/bank.rs",
        name: "bank.rs",
        text: TEXT,
    };

    fn shown(piece: Piece) -> Option<(usize, String)> {
        let cut = cut(&SOURCE, &piece, &[])?;
        let text: Vec<_> = cut.lines.into_iter().map(|line| line.text).collect();
        Some((cut.first_line, text.join("\n")))
    }

    #[test]
    fn an_item_is_cut_from_its_comment_to_its_brace() {
        let (first, text) = shown(Piece::Item("fn deposit")).unwrap();
        assert_eq!(first, 6);
        assert!(text.starts_with("/// Deposits.\n#[inline(never)]\npub(super) fn deposit(\n"));
        assert!(text.ends_with("    read\n}"), "{text}");
        let (first, text) = shown(Piece::Item("async fn reading")).unwrap();
        assert_eq!(first, 27);
        assert!(text.starts_with("async fn reading(track: &Track) -> u64 {\n    let seen"));
        assert!(text.ends_with("    5\n}"), "{text}");
        assert_eq!(
            shown(Piece::Item("const LIMIT")),
            Some((3, "/// No step.\nconst LIMIT: u64 = 5;".to_owned()))
        );
        assert_eq!(shown(Piece::Item("fn missing")), None);
    }

    #[test]
    fn lines_are_cut_up_to_the_end_of_the_last() {
        let (first, text) = shown(Piece::Lines("let read", "{")).unwrap();
        assert_eq!(first, 14);
        assert!(text.starts_with("let read = account.read();\n{\n    let _writing"));
        assert!(text.ends_with("    account.write(read);\n}"), "{text}");
        assert_eq!(shown(Piece::Lines("let read", "missing")), None);
        // A mark does not hide that a statement is over.
        let (_, text) = shown(Piece::Item("let read")).unwrap();
        assert_eq!(text, "let read = account.read();");
    }

    #[test]
    fn steps_are_those_that_are_marked() {
        let steps = [READ, WRITE];
        let cut = cut(&SOURCE, &Piece::Item("fn deposit"), &steps).unwrap();
        let marked = cut.lines.iter().filter(|line| !line.steps.is_empty());
        let marked: Vec<_> = marked
            .map(|line| (line.text.trim(), line.steps.as_slice()))
            .collect();
        let expected = [
            ("let read = account.read();", &[READ][..]),
            ("account.write(read);", &[WRITE][..]),
        ];
        assert_eq!(marked, expected);
    }

    #[test]
    fn statements_that_only_report_are_told_from_the_work() {
        let reports = |piece| {
            let cut = cut(&SOURCE, &piece, &[]).unwrap();
            let lines = cut.lines.into_iter().filter(|line| line.reports);
            lines
                .map(|line| line.text.trim().to_owned())
                .collect::<Vec<_>>()
        };
        let in_block = ["let _writing = track.running(WRITE);", "track.instant("];
        let found = reports(Piece::Item("fn deposit"));
        assert_eq!(found[..2], in_block);
        assert_eq!(found[2..], ["READ,", "None,", ");"]);
        // A statement that holds a block is judged line by line.
        assert_eq!(
            reports(Piece::Item("async fn reading")),
            ["track.instant(READ, None);"]
        );
    }
}
