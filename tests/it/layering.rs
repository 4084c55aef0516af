//! The invariants of the architecture, checked on the source itself.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use threadlab::demos::REGISTRY;

use crate::source::{Source, sources};

/// From the ground up: code on one floor may name what is below it, and nothing above.
const FLOORS: [&str; 8] = [
    "lab", "text", "export", "widgets", "demos", "app", "cli", "main",
];

fn height(floor: &str) -> usize {
    FLOORS
        .iter()
        .position(|known| *known == floor)
        .unwrap_or_else(|| panic!("what is {floor}?"))
}

fn ids() -> Vec<&'static str> {
    REGISTRY.iter().map(|entry| entry.spec.id).collect()
}

/// Fails with the paths of all files that break the rule.
fn none_breaks(rule: &str, breaks: impl Fn(&Source) -> bool) {
    let broken: Vec<String> = sources()
        .into_iter()
        .filter(breaks)
        .map(|source| source.path)
        .collect();
    assert!(broken.is_empty(), "{rule}: {broken:?}");
}

fn is_a_picture(path: &str) -> bool {
    let mut parts = path.split('/');
    parts.next() == Some("demos") && parts.nth(1).is_some_and(|part| part.starts_with("stage"))
}

#[test]
fn only_the_window_and_pictures_know_egui() {
    none_breaks("names egui or eframe", |source| {
        let may = matches!(source.floor(), "app" | "widgets" | "main")
            || is_a_picture(&source.path)
            || source.path == "export/picture.rs";
        !may && ["egui", "eframe", "winit"]
            .iter()
            .any(|name| source.has(name))
    });
}

#[test]
fn no_module_names_one_on_a_floor_above() {
    none_breaks("names a module above or beside it", |source| {
        if source.path == "lib.rs" {
            return false;
        }
        let floor = source.floor();
        let named = source.code.split("crate::").skip(1).flat_map(|path| {
            // `crate::lab::run` or `crate::{lab, text}`: the latter up to its closing brace.
            let end = if path.starts_with('{') {
                path.find('}')
            } else {
                path.find("::")
            };
            path[..end.unwrap_or(path.len())]
                .split(|letter: char| !letter.is_alphanumeric() && letter != '_')
        });
        let named = named.filter(|name| FLOORS.contains(name));
        named
            .into_iter()
            .any(|name| name != floor && height(name) >= height(floor))
    });
}

#[test]
fn the_floors_below_know_no_demo_and_a_demo_knows_no_other() {
    let ids = ids();
    none_breaks("names a demo", |source| {
        let own = match source.floor() {
            "lab" | "text" | "widgets" | "export" => None,
            // The registry names all.
            "demos" if source.path != "demos/mod.rs" => source.path.split('/').nth(1),
            _ => return false,
        };
        let is_foreign = |id: &str| own != Some(id);
        let says_key = |text: &String| {
            let is_key_of = |id: &&str| text == id || text.starts_with(&format!("{id}-"));
            ids.iter().any(|id| is_foreign(id) && is_key_of(id))
        };
        let mut paths = source.code.split("demos::").skip(1);
        source.strings.iter().any(says_key)
            || paths.any(|path| own.is_none_or(|own| !path.starts_with(&format!("{own}::"))))
            || ids
                .iter()
                .any(|id| is_foreign(id) && source.code.contains(&format!("super::{id}")))
    });
}

#[test]
fn only_the_command_line_prints() {
    const PRINTS: [&str; 5] = ["print", "println", "eprint", "eprintln", "dbg"];
    none_breaks("prints", |source| {
        // The worker protocol goes to standard output from one place.
        let may_write = source.floor() == "cli" || source.path == "lab/process/wire.rs";
        let writes = source.code.contains("io::stdout(") || source.code.contains("io::stderr(");
        (source.floor() != "cli"
            && PRINTS
                .iter()
                .any(|name| source.code.contains(&format!("{name}!"))))
            || (!may_write && writes)
    });
}

#[test]
fn only_shared_memory_is_unsafe() {
    none_breaks("is unsafe", |source| {
        source.path != "lab/process/shared_memory.rs" && source.has("unsafe")
    });
}

#[test]
fn every_thread_is_built_with_a_name() {
    none_breaks("starts a thread without a name", |source| {
        let unnamed = source.code.contains("thread::spawn") || source.code.contains("scope.spawn");
        // `spawn` of a builder takes a closure; that of a process takes nothing, that of a thread group the name.
        let spawns = source.code.match_indices(".spawn").filter(|(at, spawn)| {
            let after = &source.code[at + spawn.len()..];
            let is_of_group = source.code[..*at].trim_end().ends_with("group")
                || after.starts_with("_with_stack");
            !after.starts_with("()") && !is_of_group
        });
        let named = |at: usize| {
            let statement = source.code[..at]
                .rsplit([';', '{', '}'])
                .next()
                .unwrap_or_default();
            statement.contains("Builder::new()") && statement.contains(".name(")
        };
        unnamed || spawns.into_iter().any(|(at, _)| !named(at))
    });
}

/// A guess at what a sentence is: Chinese, or two words with a space between.
fn is_sentence(text: &str) -> bool {
    let is_chinese = text
        .chars()
        .any(|letter| ('\u{3000}'..'\u{a000}').contains(&letter));
    let is_word =
        |word: &&str| word.len() > 1 && word.chars().all(|letter| letter.is_ascii_alphabetic());
    let words: Vec<bool> = text.split(' ').map(|word| is_word(&word)).collect();
    is_chinese || words.windows(2).any(|pair| pair == [true, true])
}

#[test]
fn the_window_has_no_sentence_of_its_own() {
    // Sentences in one language only: each language's name for itself.
    const KNOWN: [&str; 2] = ["中文", "中"];
    for source in sources() {
        // The messages of a demo's work about a failure are English: they come from a worker process, or go to a log.
        let speaks = matches!(source.floor(), "app" | "widgets" | "export" | "text")
            || is_a_picture(&source.path)
            || source.floor() == "demos" && source.path.ends_with("/lesson.rs");
        if speaks {
            let sentences = source
                .strings
                .iter()
                .filter(|text| is_sentence(text) && !KNOWN.contains(&text.as_str()));
            let sentences: Vec<_> = sentences.collect();
            assert!(sentences.is_empty(), "{}: {sentences:?}", source.path);
        }
    }
}

#[test]
fn no_files_import_each_other_in_a_circle() {
    let sources = sources();
    let paths: HashSet<&str> = sources.iter().map(|source| source.path.as_str()).collect();
    let imports: BTreeMap<&str, BTreeSet<String>> = sources
        .iter()
        .map(|source| (source.path.as_str(), source.imports(&paths)))
        .collect();
    let reached = |from: &str| {
        let mut reached = BTreeSet::new();
        let mut open = vec![from];
        while let Some(path) = open.pop() {
            for import in &imports[path] {
                if reached.insert(import.as_str()) {
                    open.push(import);
                }
            }
        }
        reached
    };
    let reach: BTreeMap<&str, BTreeSet<&str>> =
        imports.keys().map(|&path| (path, reached(path))).collect();
    let in_circle_with = |path: &str| -> BTreeSet<&str> {
        let both_ways =
            |other: &&&str| reach[path].contains(**other) && reach[**other].contains(path);
        imports.keys().filter(both_ways).copied().collect()
    };
    let circles: BTreeSet<BTreeSet<&str>> = imports
        .keys()
        .map(|path| in_circle_with(path))
        .filter(|circle| !circle.is_empty())
        .collect();
    assert!(circles.is_empty(), "{circles:#?}");
}

#[test]
fn no_trait_has_more_than_ten_methods() {
    none_breaks("has a trait of more than ten methods", |source| {
        let mut traits = source.code.split("trait ").skip(1);
        traits.any(|rest| {
            let body = &rest[..rest.find("\n}").unwrap_or(rest.len())];
            body.lines()
                .filter(|line| line.starts_with("    fn "))
                .count()
                > 10
        })
    });
}
