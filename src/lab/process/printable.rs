//! What others say, made safe to show: a terminal obeys escape sequences, and so may hide or forge lines.

use anstream::adapter::strip_str;

/// `text` without escape sequences, control characters and marks that turn the direction of writing.
pub fn printable(text: &str) -> String {
    let text = strip_str(text).to_string();
    text.chars().filter(|&letter| is_shown(letter)).collect()
}

fn is_shown(letter: char) -> bool {
    let turns = matches!(
        letter,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
    );
    !letter.is_control() && !turns
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_acts_is_left_out_and_words_stay() {
        for (said, shown) in [
            ("MemoryError: no more", "MemoryError: no more"),
            ("内存不足 – ça va", "内存不足 – ça va"),
            ("\u{1b}[31mred\u{1b}[0m", "red"),
            ("\u{1b}]0;title\u{7}after", "after"),
            ("fine\r\u{1b}[2Kforged", "fineforged"),
            ("one\u{8}\u{7f}\u{9b}2Jtwo\0", "one2Jtwo"),
            ("file\u{202e}txt.exe", "filetxt.exe"),
        ] {
            assert_eq!(printable(said), shown, "{said:?}");
        }
    }
}
