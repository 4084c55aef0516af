//! Looking for the Python interpreters of this machine.

use std::collections::HashSet;
use std::env::{consts::EXE_SUFFIX, split_paths, var_os};
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// A search for interpreters: its folders, and how long an interpreter may keep silent.
#[derive(Clone, Debug)]
pub struct Search {
    /// Folders, as in the variable `PATH`; `None` for that variable.
    pub path: Option<OsString>,
    /// An interpreter that says nothing for so long is broken.
    pub patience: Duration,
}

impl Default for Search {
    fn default() -> Self {
        Self {
            path: None,
            // An interpreter that starts from a cold disk takes a few seconds.
            patience: Duration::from_secs(10),
        }
    }
}

impl Search {
    /// The programs that a shell would start as `python3`, `python3.13` and so on (`t` at the end: free-threaded), each
    /// file once: first `python3`, then by version.
    pub(super) fn candidates(&self) -> Vec<PathBuf> {
        let path = self.path.clone().or_else(|| var_os("PATH"));
        let mut found: Vec<(Name, PathBuf)> = Vec::new();
        for folder in split_paths(&path.unwrap_or_default()) {
            for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
                let file = entry.path();
                // A program in an earlier folder hides one of the same name in a later folder.
                if let Some(name) = entry.file_name().to_str().and_then(Name::of)
                    && found.iter().all(|(known, _)| *known != name)
                    && is_program(&file)
                {
                    found.push((name, file));
                }
            }
        }
        found.sort_unstable_by_key(|(name, _)| *name);
        let mut seen = HashSet::new();
        found.retain(|(_, file)| seen.insert(fs::canonicalize(file).ok()));
        found.into_iter().map(|(_, file)| file).collect()
    }
}

/// The part of a program's name that distinguishes interpreters, in the order in which they are tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Name {
    /// `None` in `python3`.
    minor: Option<u16>,
    is_free_threaded: bool,
}

impl Name {
    fn of(file: &str) -> Option<Self> {
        let rest = file.strip_suffix(EXE_SUFFIX)?.strip_prefix("python3")?;
        if rest.is_empty() {
            return Some(Self {
                minor: None,
                is_free_threaded: false,
            });
        }
        let digits = rest.strip_prefix('.')?;
        let (digits, is_free_threaded) = match digits.strip_suffix('t') {
            Some(digits) => (digits, true),
            None => (digits, false),
        };
        // `parse` takes a plus sign too.
        let is_number = digits.bytes().all(|digit| digit.is_ascii_digit());
        Some(Self {
            minor: Some(digits.parse().ok().filter(|_| is_number)?),
            is_free_threaded,
        })
    }
}

/// Whether it can be started, as far as one can see from outside.
fn is_program(file: &Path) -> bool {
    let Ok(about) = fs::metadata(file) else {
        return false;
    };
    #[cfg(unix)]
    let is_executable = {
        use std::os::unix::fs::PermissionsExt;
        about.permissions().mode() & 0o111 != 0
    };
    #[cfg(not(unix))]
    let is_executable = true;
    about.is_file() && is_executable
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_interpreters_and_of_what_is_beside_them() {
        let is_name = |file: &str| Name::of(&format!("{file}{EXE_SUFFIX}")).is_some();
        for name in ["python3", "python3.9", "python3.13", "python3.14t"] {
            assert!(is_name(name), "{name}");
        }
        for other in [
            "python",
            "python2",
            "python3-config",
            "python3.11-config",
            "python3.",
            "python3.t",
            "python3.+1",
            "python3t",
            "python38",
        ] {
            assert!(!is_name(other), "{other}");
        }
    }

    #[test]
    fn the_plain_name_comes_first_then_the_versions_as_numbers() {
        let mut names = ["python3.13t", "python3.13", "python3.9", "python3"]
            .map(|name| (Name::of(&format!("{name}{EXE_SUFFIX}")).unwrap(), name));
        names.sort_unstable();
        let names = names.map(|(_, name)| name);
        assert_eq!(names, ["python3", "python3.9", "python3.13", "python3.13t"]);
    }
}
