//! Atomic files: written beside their path, and moved there once they are whole.

use std::ffi::OsString;
use std::fs::{self, DirEntry, File};
use std::io;
use std::path::Path;

use tempfile::{Builder, NamedTempFile};

/// A new file in the folder of `path`, to be renamed to it; deleted with its owner until then. Its name is random,
/// and must be free: in a folder that others may write to, no link can have been laid there.
pub fn new_beside(path: &Path) -> io::Result<NamedTempFile> {
    // Opened here, because errors of `tempfile` name the file beside, which the user did not choose.
    let open = |file: &Path| {
        let mut options = File::options();
        options.read(true).write(true).create_new(true).open(file)
    };
    let mut builder = Builder::new();
    let file = builder.prefix(&prefix(path)).make_in(folder(path), open)?;
    // It stays locked while it is written; where there are no locks, leftovers are not looked for.
    #[cfg(unix)]
    file.as_file().try_lock().ok();
    Ok(file)
}

/// Removes those files beside `path` whose owner was killed. Elsewhere a lock would keep others from reading.
pub fn remove_left_beside(path: &Path) {
    let prefix = prefix(path);
    let is_left = |file: &DirEntry| {
        file.file_name()
            .as_encoded_bytes()
            .starts_with(prefix.as_encoded_bytes())
            && file.file_type().is_ok_and(|kind| kind.is_file())
            && File::open(file.path()).is_ok_and(|file| file.try_lock().is_ok())
    };
    let files = folder(path).read_dir().into_iter().flatten().flatten();
    if cfg!(unix) {
        for file in files.filter(is_left) {
            fs::remove_file(file.path()).ok();
        }
    }
}

fn folder(path: &Path) -> &Path {
    let folder = path.parent().filter(|it| !it.as_os_str().is_empty());
    folder.unwrap_or(Path::new("."))
}

fn prefix(path: &Path) -> OsString {
    let mut prefix = OsString::from(".threadlab-");
    prefix.push(path.file_name().unwrap_or_default());
    prefix.push("-");
    prefix
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn what_a_killed_program_left_is_removed_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("trace.json");
        let at_work = new_beside(&path).unwrap();
        let (left, name) = new_beside(&path).unwrap().into_parts();
        let name = name.keep().unwrap();
        let others = ["trace.json", ".threadlab-other.json-x", ".trace.json-x"];
        for other in others {
            fs::write(folder.path().join(other), "").unwrap();
        }
        // A file that is open may still be written.
        remove_left_beside(&path);
        assert!(name.exists());
        drop(left);
        remove_left_beside(&path);
        assert!(!name.exists() && at_work.path().exists());
        assert!(
            others
                .iter()
                .all(|other| folder.path().join(other).exists())
        );
    }

    #[test]
    fn what_is_refused_does_not_name_the_file_beside() {
        let folder = tempfile::tempdir().unwrap();
        let refused = new_beside(&folder.path().join("none/trace.json")).unwrap_err();
        let missing = fs::metadata(folder.path().join("none")).unwrap_err();
        assert_eq!(refused.to_string(), missing.to_string());
    }
}
