//! The colours of shown code. Elsewhere colour is for state alone, so these are quiet: keywords and strings have two
//! muted hues that no state is near, comments are weak and slanted.
//!
//! A lexer of our own, for one line at a time: egui's (`egui_extras::syntax_highlighting`) takes no colours but its
//! own, a red and a green among them, and knows neither Rust's lifetimes nor Python's `'…'`.

use egui::text::{LayoutJob, TextFormat};
use egui::{Color32, FontId};

use crate::widgets::look::palette::Palette;

/// The language of shown code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tongue {
    Python,
    Rust,
}

/// The kind of a piece of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Plain,
    Keyword,
    Text,
    Comment,
}

const PYTHON: &[&str] = &[
    "False", "None", "True", "and", "as", "async", "await", "break", "class", "continue", "def",
    "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is",
    "lambda", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
];
const RUST: &[&str] = &[
    "as", "async", "await", "break", "const", "continue", "crate", "dyn", "else", "enum", "false",
    "fn", "for", "if", "impl", "in", "let", "loop", "match", "mod", "move", "mut", "pub", "ref",
    "return", "self", "Self", "static", "struct", "super", "trait", "true", "type", "use", "where",
    "while",
];

/// A line in its colours, to be laid out in `font`.
pub(super) fn colored(text: &str, tongue: Tongue, font: &FontId, palette: &Palette) -> LayoutJob {
    let mut job = LayoutJob::default();
    for (kind, piece) in pieces(text, tongue) {
        let mut format = TextFormat::simple(font.clone(), color(kind, palette));
        format.italics = kind == Kind::Comment;
        job.append(piece, 0.0, format);
    }
    job
}

/// A line that only reports: one weak colour, so that the work stands out beside it.
pub(super) fn pale(text: &str, font: &FontId, palette: &Palette) -> LayoutJob {
    LayoutJob::simple_singleline(text.to_owned(), font.clone(), palette.weak)
}

fn color(kind: Kind, palette: &Palette) -> Color32 {
    match (kind, palette.dark) {
        (Kind::Plain, _) => palette.text,
        (Kind::Comment, _) => palette.weak,
        (Kind::Keyword, false) => Color32::from_rgb(0x5B, 0x3F, 0x8C),
        (Kind::Keyword, true) => Color32::from_rgb(0xC3, 0xB1, 0xE6),
        (Kind::Text, false) => Color32::from_rgb(0x7A, 0x3B, 0x5E),
        (Kind::Text, true) => Color32::from_rgb(0xE0, 0xB0, 0xC8),
    }
}

/// The pieces of a line.
fn pieces(text: &str, tongue: Tongue) -> Vec<(Kind, &str)> {
    let (comment, keywords, quotes): (_, _, &[char]) = match tongue {
        Tongue::Python => ("#", PYTHON, &['"', '\'']),
        Tongue::Rust => ("//", RUST, &['"']),
    };
    let mut pieces: Vec<(Kind, &str)> = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let (kind, length) = if rest.starts_with(comment) {
            (Kind::Comment, rest.len())
        } else if quotes.contains(&first) {
            (Kind::Text, quoted(rest, first))
        } else if first == '_' || first.is_alphanumeric() {
            let end = rest.find(|letter: char| letter != '_' && !letter.is_alphanumeric());
            let length = end.unwrap_or(rest.len());
            let is_keyword = keywords.contains(&&rest[..length]);
            let is_prefix = tongue == Tongue::Python && rest[length..].starts_with(quotes);
            match rest[length..].chars().next() {
                // f"…", b"…"
                Some(quote) if is_prefix => (Kind::Text, length + quoted(&rest[length..], quote)),
                _ if is_keyword => (Kind::Keyword, length),
                _ => (Kind::Plain, length),
            }
        } else {
            (Kind::Plain, first.len_utf8())
        };
        pieces.push((kind, &rest[..length]));
        rest = &rest[length..];
    }
    pieces
}

/// Length of a text in quotes, quotes included; to the end of the line if it does not end there.
fn quoted(text: &str, quote: char) -> usize {
    let triple: String = [quote; 3].iter().collect();
    let is_triple = text.starts_with(&triple);
    let mark = if is_triple {
        triple.as_str()
    } else {
        &triple[..1]
    };
    let mut at = mark.len();
    while let Some(next) = text[at..].chars().next() {
        if text[at..].starts_with(mark) {
            return at + mark.len();
        }
        at += next.len_utf8();
        if next == '\\' {
            at += text[at..].chars().next().map_or(0, char::len_utf8);
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::widgets::look::palette::contrast;

    fn of(kind: Kind, text: &str, tongue: Tongue) -> Vec<&str> {
        let pieces = pieces(text, tongue);
        assert_eq!(
            pieces.iter().map(|(_, piece)| *piece).collect::<String>(),
            text
        );
        let those = pieces.into_iter().filter(|(found, _)| *found == kind);
        those.map(|(_, piece)| piece).collect()
    }

    #[test]
    fn python_is_taken_apart() {
        let line = r#"    with open(f"a\" # {x}", 'b') as file:  # "c" with"#;
        assert_eq!(of(Kind::Keyword, line, Tongue::Python), ["with", "as"]);
        assert_eq!(
            of(Kind::Text, line, Tongue::Python),
            [r#"f"a\" # {x}""#, "'b'"]
        );
        assert_eq!(of(Kind::Comment, line, Tongue::Python), [r#"# "c" with"#]);
        let docs = r#""""Says "it"."""  # so"#;
        assert_eq!(
            of(Kind::Text, docs, Tongue::Python),
            [r#""""Says "it".""""#]
        );
        assert_eq!(of(Kind::Text, "\"open", Tongue::Python), ["\"open"]);
    }

    #[test]
    fn rust_is_taken_apart() {
        let line = r#"fn of<'a>(x: &'a str) -> char { say("//"); '¥' } // let"#;
        assert_eq!(of(Kind::Keyword, line, Tongue::Rust), ["fn"]);
        assert_eq!(of(Kind::Text, line, Tongue::Rust), [r#""//""#]);
        assert_eq!(of(Kind::Comment, line, Tongue::Rust), ["// let"]);
    }

    #[test]
    fn code_can_be_read_on_every_ground() {
        for palette in [Palette::LIGHT, Palette::DARK] {
            for kind in [Kind::Plain, Kind::Keyword, Kind::Text, Kind::Comment] {
                for ground in [palette.background, palette.card, palette.faint] {
                    let found = contrast(color(kind, &palette), ground);
                    assert!(found >= 4.5, "{kind:?} on {ground:?}: {found}");
                }
            }
        }
    }
}
