//! The code beside the runs: every variant has both kinds, cut out right, drawable, and with a line for every step that
//! its runs show. The tests in `same_steps` run the Python programs.

use std::collections::BTreeSet;
use std::path::PathBuf;

use threadlab::demos::REGISTRY;
use threadlab::lab::demo::listing::Listing;
use threadlab::lab::demo::{Demo, VariantId, set_param};

use crate::headless::{lab, run};
use crate::small::small;
use crate::source::root;

/// The most lines of a listing: a class does not take in more beside a picture.
const MOST_LINES: usize = 84;
/// The beginnings of comments that are not shown.
const MARKS: [&str; 4] = ["# step", "# param", "# if", "// step"];
/// The most lines of a Python program: a student reads it during a run.
const MOST_PYTHON: usize = 72;
/// A line longer than this would be broken into three lines beside a picture.
const LONGEST_PYTHON: usize = 68;

/// Looks at every variant of every demo, with small parameters.
fn each(mut look: impl FnMut(&dyn Demo, VariantId, &Listing, &str)) {
    for entry in REGISTRY {
        let demo = small(entry);
        for variant in demo.variants() {
            let what = format!("{} {}", demo.id(), variant.id);
            let listing = demo.listing(variant.id);
            look(demo.as_ref(), variant.id, &listing, &what);
        }
    }
    for (variant, code) in STEPPED {
        let entry = threadlab::demos::find("bank_lock").expect("the bank");
        let mut bank = small(entry);
        set_param(bank.as_mut(), "schedule", code).expect("a code");
        let listing = bank.listing(variant);
        let what = format!("bank_lock {variant}_stepped");
        look(bank.as_ref(), variant, &listing, &what);
    }
}

/// Variants that can keep to a schedule, each with a code: other functions do their steps then.
const STEPPED: [(VariantId, &str); 3] = [
    ("no_lock", "ABABAB"),
    ("mutex", "AAAABBBB"),
    ("atomic", "ABAB"),
];

#[test]
fn every_variant_has_code_in_both_languages_and_not_too_much() {
    let mut faults = Vec::new();
    each(|_, _, listing, what| {
        let rust: usize = listing.rust.iter().map(|cut| cut.lines.len()).sum();
        let python = listing.python.len();
        if !(10..=MOST_PYTHON).contains(&python) || !(10..=MOST_LINES).contains(&rust) {
            faults.push(format!("{what}: {python} lines of Python, {rust} of Rust"));
        }
        let long = |text: &str| text.chars().count() > LONGEST_PYTHON;
        let is_wrong = |text: &str| long(text) || MARKS.iter().any(|mark| text.contains(mark));
        let wrong = listing.python.iter().filter(|line| is_wrong(&line.text));
        faults.extend(wrong.map(|line| format!("{what}: {}", line.text)));
    });
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn the_rust_that_is_shown_is_in_the_file_that_is_named() {
    each(|_, _, listing, what| {
        for cut in &listing.rust {
            assert!(
                !cut.lines.is_empty(),
                "{what}: a piece is not in {}",
                cut.file
            );
            let file = std::fs::read_to_string(root().join(&cut.file)).expect(&cut.file);
            let there = file.lines().skip(cut.first_line - 1);
            for (shown, there) in cut.lines.iter().zip(there) {
                let there = there.split("// step: ").next().unwrap_or_default();
                let there = there.trim_end();
                assert!(there.ends_with(&shown.text), "{what}: {there}");
                let missing = &there[..there.len() - shown.text.len()];
                assert_eq!(missing.trim(), "", "{what}: {there}");
            }
        }
    });
}

#[test]
fn every_character_of_shown_code_has_a_glyph_in_the_monospace_font() {
    let path = root().join("assets/fonts/NotoSansMono-Regular.ttf");
    let font = std::fs::read(path).expect("the font");
    let face = ttf_parser::Face::parse(&font, 0).expect("a font");
    each(|_, _, listing, what| {
        let rust = listing.rust.iter().flat_map(|cut| &cut.lines);
        let letters = listing
            .python
            .iter()
            .chain(rust)
            .flat_map(|line| line.text.chars());
        let missing: BTreeSet<char> = letters
            .filter(|letter| face.glyph_index(*letter).is_none())
            .collect();
        assert!(missing.is_empty(), "{what}: no glyph for {missing:?}");
    });
}

/// The Python programs in the demos' folders: the demo, the file.
pub fn programs() -> Vec<(String, PathBuf)> {
    let mut programs = Vec::new();
    for entry in REGISTRY {
        let id = entry.spec.id;
        let folder = root().join("src/demos").join(id).join("same_steps");
        for file in std::fs::read_dir(&folder).expect("a folder of programs") {
            programs.push((id.to_owned(), file.expect("a file").path()));
        }
    }
    programs
}

#[test]
fn there_is_a_program_for_each_variant_and_its_markers_are_known() {
    let mut expected = BTreeSet::new();
    each(|demo, _, _, what| {
        let (_, variant) = what.split_once(' ').expect("demo and variant");
        expected.insert((demo.id().to_owned(), format!("{variant}.py")));
    });
    let mut found = BTreeSet::new();
    for (id, path) in programs() {
        let name = path.file_name().expect("a name").to_string_lossy();
        found.insert((id.clone(), name.into_owned()));
        let entry = threadlab::demos::find(&id).expect("the demo");
        let demo = (entry.demo)();
        let text = std::fs::read_to_string(&path).expect("the program");
        for line in text.lines() {
            let (line, condition) = line.split_once("  # if: ").unwrap_or((line, ""));
            let is_known = condition.is_empty() || demo.params().value(condition).is_some();
            assert!(is_known && !line.contains("# if"), "{path:?}: {line}");
            if let Some((_, steps)) = line.split_once("  # step: ") {
                let known = |word: &str| demo.spec().steps.iter().any(|step| step.name() == word);
                assert!(steps.split(", ").all(known), "{path:?}: {line}");
            }
            if let Some((assigned, name)) = line.split_once("  # param: ") {
                assert!(demo.params().value(name).is_some(), "{path:?}: {line}");
                assert!(assigned.contains(" = "), "{path:?}: {line}");
            }
            let is_marker = line.contains("# step") || line.contains("# param");
            let is_read = line.contains("  # step: ") || line.contains("  # param: ");
            assert_eq!(is_marker, is_read, "{path:?}: {line}");
        }
    }
    assert_eq!(found, expected);
}

#[test]
fn every_step_that_a_run_shows_has_its_lines() {
    let mut missing = Vec::new();
    each(|demo, variant, listing, what| {
        let (_, log) = run(&lab(), demo, variant);
        let spans = log.tracks().iter().flat_map(|track| &track.spans);
        let steps: BTreeSet<&str> = spans.map(|span| span.step.name()).collect();
        assert!(!steps.is_empty(), "{what} shows nothing");
        for step in demo.spec().steps {
            let [python, rust] = listing.lines_at(*step).map(|lines| lines.len());
            // A step that a small run does not show is marked in both or in none.
            if steps.contains(step.name()) || python + rust > 0 {
                if python == 0 {
                    missing.push(format!("{what}: {step:?} in Python"));
                }
                if rust == 0 {
                    missing.push(format!("{what}: {step:?} in Rust"));
                }
            }
        }
    });
    assert!(missing.is_empty(), "{missing:#?}");
}
