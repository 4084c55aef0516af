//! The code of a variant as it is shown beside a run: a short Python program that does the same steps,
//! and pieces of the Rust source that runs.
//!
//! Nothing of the Rust is typed twice. A demo names its own files with `source!`, which takes them in when
//! the program is built, and says with which line each piece begins; the pieces are cut out when they are first
//! shown. All source is formatted by rustfmt, so a piece ends at the first line that closes it at the
//! indentation at which it began.
//!
//! # Marks
//!
//! A mark is a comment at the end of a line that is not shown. In both languages a line says so which steps are
//! done in it: `# step: read`, `// step: lock`. In Python `# param: threads` puts the present value of a parameter
//! in the place of what the line assigns, and a line that ends in `# if: failing` is shown only where that parameter
//! is not zero. The steps of a listing are those that its Python program marks: Rust that several variants share may
//! mark more.
//!
//! Statements that only report to the run's history are told from the others by how they begin, and drawn pale.

mod cut;

use super::param::{ParamValue, Params};
use crate::lab::trace::event::Step;

/// A source file of this program.
#[derive(Clone, Copy, Debug)]
pub struct Source {
    /// A file in the same folder, as `file!()` names it.
    pub beside: &'static str,
    /// The file, seen from there.
    pub name: &'static str,
    /// The file's text.
    pub text: &'static str,
}

/// A source file, named relative to the one in which this stands, taken in when the program is built.
macro_rules! source {
    ($name:literal) => {
        $crate::lab::demo::listing::Source {
            beside: file!(),
            name: $name,
            text: include_str!($name),
        }
    };
}
pub(crate) use source;

impl Source {
    /// The file's path in the project, with `/`: `src/demos/bank_lock/deposits.rs`.
    pub fn path(&self) -> String {
        let beside = self.beside.replace('\\', "/");
        let mut path: Vec<&str> = beside.split('/').collect();
        path.pop();
        for part in self.name.split('/') {
            match part {
                ".." => drop(path.pop()),
                part => path.push(part),
            }
        }
        path.join("/")
    }
}

/// A piece of a file that is shown. Its lines are found by how they begin, indentation and `pub` apart.
#[derive(Clone, Copy, Debug)]
pub enum Piece {
    /// An item, or any block, that begins so: `fn no_lock`, `let pace = {`. Doc comments belong to it.
    Item(&'static str),
    /// From a line that begins so up to the next one at the same indentation that begins so, and up to
    /// that one's end if it is a block.
    Lines(&'static str, &'static str),
}

/// Pieces of one file.
pub type Pieces = (Source, &'static [Piece]);

/// The code of a variant, whatever its parameters.
#[derive(Clone, Copy, Debug)]
pub struct Code {
    /// The same steps in Python, with the marks.
    pub python: &'static str,
    /// Pieces of the Rust source that runs.
    pub rust: &'static [Pieces],
}

impl Code {
    /// A variant without code to show.
    pub const NONE: Self = Self {
        python: "",
        rust: &[],
    };
}

/// A variant's code as it is shown, with the demo's present parameters.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Listing {
    /// The same steps in Python.
    pub python: Vec<Line>,
    /// Pieces of the Rust source that runs.
    pub rust: Vec<Cut>,
}

/// A line that is shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// The text, without a line break and without the marks.
    pub text: String,
    /// The steps that are done in it.
    pub steps: Vec<Step>,
    /// Whether it does nothing but report to the run's history.
    pub reports: bool,
}

/// A piece cut out of a source file.
#[derive(Clone, Debug, PartialEq)]
pub struct Cut {
    /// The file's path in the project.
    pub file: String,
    /// Number of the first line in that file, counted from 1.
    pub first_line: usize,
    /// The lines, moved to the left margin.
    pub lines: Vec<Line>,
}

impl Listing {
    /// The Python program, shown with these `params`, and the pieces of Rust in this order; both may mark the `steps` of
    /// the demo. A piece that is not found has no lines, which a test would notice.
    pub fn new(python: &str, rust: &[Pieces], steps: &[Step], params: &Params) -> Self {
        let python: Vec<Line> = (python.lines())
            .filter_map(|line| where_set(line, params))
            .map(|line| python_line(line, params, steps))
            .collect();
        let marked: Vec<Step> = python.iter().flat_map(|line| line.steps.clone()).collect();
        let mut cuts = Vec::new();
        for (source, pieces) in rust {
            cuts.extend(pieces.iter().map(|piece| {
                cut::cut(source, piece, &marked).unwrap_or_else(|| Cut {
                    file: source.path(),
                    first_line: 0,
                    lines: Vec::new(),
                })
            }));
        }
        Self { python, rust: cuts }
    }

    /// Lines in both languages that are at `step`, those in Python first.
    pub fn lines_at(&self, step: Step) -> [Vec<&Line>; 2] {
        let is_there = |line: &&Line| line.steps.contains(&step);
        let rust = self.rust.iter().flat_map(|cut| &cut.lines);
        [
            self.python.iter().filter(is_there).collect(),
            rust.filter(is_there).collect(),
        ]
    }

    /// The Python program as it is shown, which is one that can be run.
    pub fn python_text(&self) -> String {
        self.python
            .iter()
            .flat_map(|line| [line.text.as_str(), "\n"])
            .collect()
    }
}

const STEP_MARK: &str = "# step: ";
const PARAM_MARK: &str = "  # param: ";
const IF_MARK: &str = "  # if: ";

/// A line without its mark of steps, and those of `steps` that are named there.
fn marked_steps<'line>(line: &'line str, mark: &str, steps: &[Step]) -> (&'line str, Vec<Step>) {
    let Some((code, names)) = line.split_once(mark) else {
        return (line, Vec::new());
    };
    let named = |name: &str| steps.iter().find(|step| step.name() == name).copied();
    (
        code.trim_end(),
        names.split(", ").filter_map(named).collect(),
    )
}

/// The line; `None` if it belongs to a parameter that is zero.
fn where_set<'line>(line: &'line str, params: &Params) -> Option<&'line str> {
    let Some((code, name)) = line.split_once(IF_MARK) else {
        return Some(line);
    };
    let is_set = !matches!(params.value(name), None | Some(ParamValue::Whole(0)));
    is_set.then_some(code)
}

fn python_line(line: &str, params: &Params, steps: &[Step]) -> Line {
    let (line, steps) = marked_steps(line, STEP_MARK, steps);
    let mut text = line.to_owned();
    if let Some((code, name)) = line.split_once(PARAM_MARK) {
        let assigned = code.split_once(" = ").zip(params.value(name));
        text = match assigned {
            Some(((to, _), value)) => format!("{to} = {}", python_value(value)),
            None => code.to_owned(),
        };
    }
    Line {
        text,
        steps,
        reports: false,
    }
}

/// A parameter's value as Python writes it.
fn python_value(value: &ParamValue) -> String {
    match value {
        ParamValue::Whole(_) | ParamValue::Signed(_) | ParamValue::Seconds(_) => value.to_string(),
        ParamValue::Toggle(true) => "True".to_owned(),
        ParamValue::Toggle(false) => "False".to_owned(),
        ParamValue::Choice(_) | ParamValue::Text(_) => format!("\"{value}\""),
        ParamValue::Sweep(values) => format!("{values:?}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) const READ: Step = Step("read");
    pub(super) const WRITE: Step = Step("write");

    fn params() -> Params {
        Params(vec![
            ("threads", ParamValue::Whole(7)),
            ("sizes", ParamValue::Sweep(vec![1, 16])),
            ("from", ParamValue::Choice("list")),
            ("inside", ParamValue::Toggle(true)),
        ])
    }

    #[test]
    fn marks_are_read_and_not_shown() {
        let line = |text| python_line(text, &params(), &[READ, WRITE]);
        let plain = line("    x = 1  # a comment");
        assert_eq!(
            (plain.text.as_str(), plain.steps.len()),
            ("    x = 1  # a comment", 0)
        );
        let read = line("    seen = balance  # step: read");
        assert_eq!(
            (read.text.as_str(), read.steps),
            ("    seen = balance", vec![READ])
        );
        let both = line("balance += 1  # step: read, write");
        assert_eq!(both.steps, [READ, WRITE]);
    }

    #[test]
    fn parameters_are_shown_as_they_are_set() {
        for (line, shown) in [
            ("THREADS = 100  # param: threads", "THREADS = 7"),
            ("SIZES = [1]  # param: sizes", "SIZES = [1, 16]"),
            ("FROM = \"range\"  # param: from", "FROM = \"list\""),
            ("INSIDE = False  # param: inside", "INSIDE = True"),
            ("NONE = 1  # param: unknown", "NONE = 1"),
        ] {
            assert_eq!(python_line(line, &params(), &[]).text, shown);
        }
    }

    #[test]
    fn a_line_for_a_parameter_is_shown_where_that_is_not_zero() {
        let mut params = params();
        params.0.push(("failing", ParamValue::Whole(0)));
        assert_eq!(where_set("x = 1", &params), Some("x = 1"));
        assert_eq!(where_set("x = 1  # if: threads", &params), Some("x = 1"));
        assert_eq!(where_set("x = 1  # if: failing", &params), None);
        assert_eq!(where_set("x = 1  # if: unknown", &params), None);
    }

    #[test]
    fn paths_are_those_of_the_project() {
        let path = |beside, name| {
            let text = "";
            Source { beside, name, text }.path()
        };
        assert_eq!(
            path("src/demos/bank/listing.rs", "work.rs"),
            "src/demos/bank/work.rs"
        );
        assert_eq!(
            path("src\\demos\\bank\\listing.rs", "../../lab/run.rs"),
            "src/lab/run.rs"
        );
        assert_eq!(source!("cut.rs").path(), "src/lab/demo/listing/cut.rs");
    }
}
