//! Cutting pieces out of Rust source, and finding in them the lines at which a step's span begins.

use super::{Cut, Line, Piece, Source};
use crate::lab::trace::event::Step;

/// What tells of a step without beginning a span.
const TELLINGS: [&str; 6] = ["instant", "instant_at", "phase", "hold", "tell", "happened"];

/// The steps that a file defines: the constants' names and the words.
pub(super) fn constants(text: &str) -> Vec<(&str, &str)> {
    let of_line = |line| {
        let (name, word) = without_visibility(line)
            .strip_prefix("const ")?
            .split_once(": Step = Step(\"")?;
        Some((name, word.strip_suffix("\");")?))
    };
    text.lines().filter_map(of_line).collect()
}

/// The lines of `piece`; `None` if the file has none that begin so.
pub(super) fn cut(source: &Source, piece: &Piece) -> Option<Cut> {
    let lines: Vec<&str> = source.text.lines().collect();
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
    // What is said above an item, or required of it, belongs to it.
    let is_above = |line: &str| {
        let text = line.trim_start();
        indentation(line) == indent && (text.starts_with("///") || text.starts_with("#["))
    };
    while from > 0 && is_above(lines[from - 1]) {
        from -= 1;
    }
    let shown = lines[from..=to].iter().map(|line| Line {
        text: line.get(indent..).unwrap_or_default().to_owned(),
        steps: Vec::new(),
    });
    Some(Cut {
        file: source.path(),
        first_line: from + 1,
        lines: shown.collect(),
    })
}

/// Where what begins in line `from` ends: there, or with the lines that are further in, or where what
/// they are in is closed.
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
        // What follows a signature, a condition or a block that has an `else`.
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

/// Gives the lines their steps; `steps` are the constants' names and what they stand for.
pub(super) fn find_steps(cuts: &mut [Cut], steps: &Vec<(&str, Step)>) {
    for cut in &mut *cuts {
        let code: Vec<String> = cut
            .lines
            .iter()
            .map(|line| code(&line.text).to_owned())
            .collect();
        let all = code.join("\n");
        let mut at = 0;
        for (line, code) in cut.lines.iter_mut().zip(&code) {
            for (name, step) in steps {
                let mut named = words(code, name);
                let begins_span = named.any(|place| {
                    let called = called_with(&all[..at + place]);
                    !called.is_some_and(|function| TELLINGS.contains(&function))
                });
                if begins_span {
                    line.steps.push(*step);
                }
            }
            at += code.len() + 1;
        }
    }
    let callable: Vec<(usize, String, Step)> = cuts
        .iter()
        .enumerate()
        .filter_map(|(index, cut)| {
            let mut steps = cut.lines.iter().flat_map(|line| &line.steps);
            let step = *steps.next()?;
            let is_one = steps.all(|other| *other == step);
            Some((index, function(cut)?.to_owned(), step)).filter(|_| is_one)
        })
        .collect();
    for (index, cut) in cuts.iter_mut().enumerate() {
        for line in &mut cut.lines {
            for (defined_in, name, step) in &callable {
                let code = code(&line.text);
                let mut calls =
                    words(code, name).filter(|place| code[place + name.len()..].starts_with('('));
                if index != *defined_in && calls.next().is_some() && !line.steps.contains(step) {
                    line.steps.push(*step);
                }
            }
        }
    }
}

/// A line up to its comment.
fn code(line: &str) -> &str {
    line.split("//").next().unwrap_or_default()
}

/// Where `text` holds `word`, as a whole word.
fn words(text: &str, word: &str) -> impl Iterator<Item = usize> {
    let is_letter = |letter: char| letter.is_alphanumeric() || letter == '_';
    let places = text.match_indices(word).map(|(at, _)| at);
    places.filter(move |&at| {
        !text[..at].ends_with(is_letter) && !text[at + word.len()..].starts_with(is_letter)
    })
}

/// The function one of whose arguments follows after `before`.
fn called_with(before: &str) -> Option<&str> {
    let mut open = 0;
    let begin = before.rfind(|letter| {
        open += match letter {
            '(' => 1,
            ')' => -1,
            _ => 0,
        };
        open == 1
    });
    before[..begin?]
        .rsplit(|letter: char| !letter.is_alphanumeric() && letter != '_')
        .next()
}

/// The name of the function that a cut is.
fn function(cut: &Cut) -> Option<&str> {
    let mut lines = cut
        .lines
        .iter()
        .map(|line| without_visibility(&line.text))
        .skip_while(|line| line.starts_with(['/', '#']));
    let first = lines.next()?;
    let rest = first.strip_prefix("async ").unwrap_or(first);
    let rest = rest.strip_prefix("fn ")?;
    let end = rest.find(|letter: char| !letter.is_alphanumeric() && letter != '_')?;
    Some(&rest[..end])
}

#[cfg(test)]
mod tests {
    use super::super::tests::{READ, WRITE};
    use super::*;

    const TEXT: &str = r#"//! A bank.

pub const READ: Step = Step("read");
const WRITE: Step = Step("write");
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
    let read = reading(track); // READ
    {
        let _writing = track.span(State::Running, WRITE);
        track.instant(
            READ,
            None,
        );
    }
    read
}

impl Bank {
    async fn reading(track: &Track) -> u64 {
        let _span = track.span(State::Running, READ);
        ctx.phase(READ);
        ctx.hold(&(track), READ)?;
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
        let cut = cut(&SOURCE, &piece)?;
        let text: Vec<_> = cut.lines.into_iter().map(|line| line.text).collect();
        Some((cut.first_line, text.join("\n")))
    }

    #[test]
    fn an_item_is_cut_from_its_comment_to_its_brace() {
        let (first, text) = shown(Piece::Item("fn deposit")).unwrap();
        assert_eq!(first, 8);
        assert!(text.starts_with("/// Deposits.\n#[inline(never)]\npub(super) fn deposit(\n"));
        assert!(text.ends_with("    read\n}"), "{text}");
        let (first, text) = shown(Piece::Item("async fn reading")).unwrap();
        assert_eq!(first, 28);
        assert!(text.starts_with("async fn reading(track: &Track) -> u64 {\n    let _span"));
        assert!(text.ends_with("    5\n}"), "{text}");
        assert_eq!(
            shown(Piece::Item("const LIMIT")),
            Some((5, "/// No step.\nconst LIMIT: u64 = 5;".to_owned()))
        );
        assert_eq!(shown(Piece::Item("fn missing")), None);
    }

    #[test]
    fn lines_are_cut_up_to_the_end_of_the_last() {
        let (first, text) = shown(Piece::Lines("let read", "{")).unwrap();
        assert_eq!(first, 16);
        assert!(text.starts_with("let read = reading(track); // READ\n{\n    let _writing"));
        assert!(text.ends_with("    );\n}"), "{text}");
        assert_eq!(shown(Piece::Lines("let read", "missing")), None);
    }

    #[test]
    fn a_step_is_where_its_span_begins_and_where_that_is_called() {
        assert_eq!(constants(TEXT), [("READ", "read"), ("WRITE", "write")]);
        let pieces = [Piece::Item("fn deposit"), Piece::Item("async fn reading")];
        let mut cuts: Vec<_> = pieces
            .iter()
            .filter_map(|piece| cut(&SOURCE, piece))
            .collect();
        find_steps(&mut cuts, &vec![("READ", READ), ("WRITE", WRITE)]);
        let lines = cuts.iter().flat_map(|cut| &cut.lines);
        let found: Vec<_> = lines
            .filter(|line| !line.steps.is_empty())
            .map(|line| (line.text.trim(), line.steps[0], line.steps.len()))
            .collect();
        let expected = [
            ("let read = reading(track); // READ", READ, 1),
            (
                "let _writing = track.span(State::Running, WRITE);",
                WRITE,
                1,
            ),
            ("let _span = track.span(State::Running, READ);", READ, 1),
        ];
        assert_eq!(found, expected);
    }
}
