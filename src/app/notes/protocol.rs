//! The protocol between the window that presents and the teacher's window: one JSON object a line, pages on its
//! standard input, presses and hands on its standard output.
//!
//! ```text
//! teacher's    {"ready":{"version":1}}                                its window exists
//! presenting   {"title":"4 · Bank deposits","now":"The question", …}   a page
//! teacher's    "shown"                                                it is on the screen
//! teacher's    {"press":{"key":"PageDown","place":null}}              a key went down in it
//! teacher's    {"typed":"."}                                          a character that no key stands for
//! teacher's    {"hands":{"vote":3,"answer":1,"change":1}}             so many more hands for an answer
//! teacher's    "closing"                                              it is being closed
//! ```

use serde::{Deserialize, Serialize};

/// Raised whenever a line changes its meaning; both ends must agree.
pub(super) const VERSION: u32 = 1;

/// A line from the teacher's window.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Response {
    /// The window exists.
    Ready {
        /// The protocol's version.
        version: u32,
    },
    /// The window is on the screen.
    Shown,
    /// A key went down, and it is not the window's own.
    Press {
        /// The key's name, as egui has it.
        key: String,
        /// The name of the key that an American keyboard has in its place.
        place: Option<String>,
    },
    /// A text was typed that counts by its character.
    Typed(String),
    /// So many more hands are raised for an answer, or fewer if negative.
    Hands {
        /// The number of the vote.
        vote: usize,
        /// Index of the answer.
        answer: usize,
        /// How many are added.
        change: i32,
    },
    /// The window is being closed.
    Closing,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::notes::page::{AnswerLine, Counting, Page};

    #[test]
    fn the_lines_are_those_of_the_description() {
        let press = Response::Press {
            key: "PageDown".to_owned(),
            place: None,
        };
        let hands = Response::Hands {
            vote: 3,
            answer: 1,
            change: -2,
        };
        let responses = [
            (Response::Ready { version: 1 }, r#"{"ready":{"version":1}}"#),
            (Response::Shown, r#""shown""#),
            (press, r#"{"press":{"key":"PageDown","place":null}}"#),
            (Response::Typed(".".to_owned()), r#"{"typed":"."}"#),
            (hands, r#"{"hands":{"vote":3,"answer":1,"change":-2}}"#),
            (Response::Closing, r#""closing""#),
        ];
        for (response, line) in responses {
            assert_eq!(serde_json::to_string(&response).unwrap(), line);
            assert_eq!(serde_json::from_str::<Response>(line).unwrap(), response);
        }
    }

    #[test]
    fn a_page_comes_as_it_went_in_one_line() {
        let page = Page {
            title: "4 · 银行存款".to_owned(),
            question: "two\nlines".to_owned(),
            answers: vec![AnswerLine {
                first: Some(14),
                ..AnswerLine::default()
            }],
            counting: Some(Counting {
                vote: 3,
                again: true,
                answer: 0,
            }),
            ..Page::default()
        };
        let line = serde_json::to_string(&page).unwrap();
        assert!(!line.contains('\n'), "{line}");
        assert_eq!(serde_json::from_str::<Page>(&line).unwrap(), page);
    }
}
