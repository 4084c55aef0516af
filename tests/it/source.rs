//! The program's own source, taken apart as far as the tests of its structure need it.

use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};

/// A source file: its code without comments, attributes, tests and the insides of strings, and these
/// strings by themselves.
pub struct Source {
    /// Path below `src`, with `/`.
    pub path: String,
    /// The code as the compiler sees it; strings are empty.
    pub code: String,
    /// The contents of strings, apart from attributes and tests.
    pub strings: Vec<String>,
}

impl Source {
    /// All words of the code that are names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.code
            .split(|letter: char| !letter.is_alphanumeric() && letter != '_')
    }

    /// Whether the code names `name`.
    pub fn has(&self, name: &str) -> bool {
        self.names().any(|known| known == name)
    }

    /// The files among `paths` that the code names, but for a folder's `mod.rs`, which names the files of its folder:
    /// it is there to put them together, and they may take from it what all of them need.
    pub fn imports(&self, paths: &HashSet<&str>) -> BTreeSet<String> {
        let module: Vec<&str> = self
            .path
            .trim_end_matches(".rs")
            .trim_end_matches("/mod")
            .split('/')
            .collect();
        let named = self
            .uses()
            .into_iter()
            .filter_map(|path| file_of(&absolute(&module, &path), paths));
        let own_folder = self.path.strip_suffix("mod.rs");
        named
            .filter(|path| *path != self.path)
            .filter(|path| !own_folder.is_some_and(|folder| path.starts_with(folder)))
            .collect()
    }

    /// All paths that begin with `crate`, `self` or `super`, with the braces of `use` multiplied out.
    fn uses(&self) -> Vec<Vec<&str>> {
        let mut uses = Vec::new();
        for root in ["crate::", "self::", "super::"] {
            for (at, _) in self.code.match_indices(root) {
                let before = self.code[..at].chars().next_back();
                if !before.is_some_and(|letter| {
                    letter.is_alphanumeric() || letter == '_' || letter == ':'
                }) {
                    multiply_out(&self.code[at..], &mut Vec::new(), &mut uses);
                }
            }
        }
        uses
    }

    /// The folder or file directly below `src` that it belongs to: `lab`, `text`, `main`.
    pub fn floor(&self) -> &str {
        let end = self.path.find(['/', '.']).unwrap_or(self.path.len());
        &self.path[..end]
    }
}

/// Reads a path, or a group of paths in braces; returns what follows.
fn multiply_out<'code>(
    mut rest: &'code str,
    path: &mut Vec<&'code str>,
    paths: &mut Vec<Vec<&'code str>>,
) -> &'code str {
    let depth = path.len();
    loop {
        rest = rest.trim_start();
        if let Some(group) = rest.strip_prefix('{') {
            rest = group;
            while !rest.trim_start().starts_with('}') {
                rest = multiply_out(rest, path, paths).trim_start();
                rest = rest.strip_prefix(',').unwrap_or(rest);
            }
            path.truncate(depth);
            return rest.trim_start().strip_prefix('}').unwrap_or(rest);
        }
        let is_name = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '*';
        let end = rest.find(|letter| !is_name(letter)).unwrap_or(rest.len());
        path.push(&rest[..end]);
        rest = &rest[end..];
        match rest.strip_prefix("::") {
            Some(further) if end > 0 && !further.starts_with('<') => rest = further,
            _ => break,
        }
    }
    paths.push(path.clone());
    path.truncate(depth);
    // `use a::b as c`.
    match rest.trim_start().strip_prefix("as ") {
        Some(alias) => {
            alias.trim_start_matches(|letter: char| letter.is_alphanumeric() || letter == '_')
        }
        None => rest,
    }
}

/// `path` as seen from the crate's root, named in `module`.
fn absolute(module: &[&str], path: &[&str]) -> Vec<String> {
    let ups = path.iter().filter(|&&name| name == "super").count();
    let base = match path[0] {
        "crate" => &[],
        _ => &module[..module.len().saturating_sub(ups)],
    };
    let names = path
        .iter()
        .filter(|name| !["crate", "self", "super"].contains(name));
    base.iter()
        .chain(names)
        .map(|&name| name.to_owned())
        .collect()
}

/// The file among `paths` in which the item stands that `path` leads to.
fn file_of(path: &[String], paths: &HashSet<&str>) -> Option<String> {
    (1..=path.len()).rev().find_map(|length| {
        let module = path[..length].join("/");
        [format!("{module}.rs"), format!("{module}/mod.rs")]
            .into_iter()
            .find(|file| paths.contains(file.as_str()))
    })
}

/// The folder of the package.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All files of the program; those that hold tests alone are none of it.
pub fn sources() -> Vec<Source> {
    let mut paths = Vec::new();
    collect(&root().join("src"), &mut paths);
    paths.sort();
    assert!(paths.len() > 30, "only {} files of source", paths.len());
    paths.iter().map(|path| read(path)).collect()
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder of source") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, paths);
        } else if path.extension().is_some_and(|extension| extension == "rs")
            && !path
                .file_stem()
                .is_some_and(|stem| stem.to_string_lossy().ends_with("tests"))
        {
            paths.push(path);
        }
    }
}

fn read(path: &Path) -> Source {
    let text = std::fs::read_to_string(path).expect("a file of source");
    let path = path.strip_prefix(root().join("src")).expect("below src");
    let shipped = text
        .split("#[cfg(test)]\nmod tests")
        .next()
        .unwrap_or_default();
    let (code, strings) = take_apart(shipped);
    Source {
        path: path.to_string_lossy().replace('\\', "/"),
        code,
        strings,
    }
}

/// Code without comments, attributes and the insides of strings; and the strings.
fn take_apart(text: &str) -> (String, Vec<String>) {
    let (mut code, mut strings) = (String::new(), Vec::new());
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        let is_word = code.ends_with(|letter: char| letter.is_alphanumeric() || letter == '_');
        if rest.starts_with("//") {
            rest = &rest[rest.find('\n').unwrap_or(rest.len())..];
        } else if rest.starts_with("#[") || rest.starts_with("#![") {
            rest = after_attribute(rest);
        } else if let Some(begun) = rest.strip_prefix("r#\"").filter(|_| !is_word) {
            let (inside, after) = begun.split_once("\"#").expect("the string's end");
            strings.push(inside.to_owned());
            code.push_str("\"\"");
            rest = after;
        } else if let Some(begun) = rest.strip_prefix('"') {
            let (inside, after) = string(begun);
            strings.push(inside);
            code.push_str("\"\"");
            rest = after;
        } else if let Some(length) = letter_in_quotes(rest) {
            code.push_str("' '");
            rest = &rest[length..];
        } else {
            code.push(next);
            rest = &rest[next.len_utf8()..];
        }
    }
    (code, strings)
}

/// A string up to its end, with the line breaks that a backslash hides left out, and what follows it.
fn string(begun: &str) -> (String, &str) {
    let mut inside = String::new();
    let mut letters = begun.char_indices();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' => return (inside, &begun[at + 1..]),
            '\\' => inside.extend(
                letters
                    .next()
                    .map(|(_, escaped)| if escaped == '\n' { ' ' } else { escaped }),
            ),
            _ => inside.push(letter),
        }
    }
    panic!("a string without an end");
}

fn after_attribute(rest: &str) -> &str {
    let mut depth = 0;
    let mut at = rest.find('[').expect("it begins with one");
    while let Some(letter) = rest[at..].chars().next() {
        at += letter.len_utf8();
        match letter {
            '[' => depth += 1,
            ']' => depth -= 1,
            '"' => at = rest.len() - string(&rest[at..]).1.len(),
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    &rest[at..]
}

/// Length of a letter in quotes, such as `'"'`; lifetimes begin with a quote as well, but have no second.
fn letter_in_quotes(rest: &str) -> Option<usize> {
    let inside = rest.strip_prefix('\'')?;
    let length = match inside.strip_prefix('\\') {
        Some(escaped) => 1 + escaped.find('\'').filter(|&length| length > 0).unwrap_or(1),
        None => inside.chars().next()?.len_utf8(),
    };
    inside
        .get(length..)?
        .starts_with('\'')
        .then_some(length + 2)
}

#[test]
fn source_is_taken_apart_as_the_compiler_would() {
    let text = "#![expect(unsafe_code, reason = \"]\")] // egui\nlet a: &'a str = \"two \\\"words\\\"\"; '\"'; b'\\n'; r#\"raw \"\"#;";
    let (code, strings) = take_apart(text);
    assert_eq!(code, " \nlet a: &'a str = \"\"; ' '; b' '; \"\";");
    assert_eq!(strings, ["two \"words\"", "raw \""]);
}
