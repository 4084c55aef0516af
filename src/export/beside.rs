//! Files that are written beside their place, and take it once they are whole.

use std::error::Error;
use std::io;
use std::path::Path;

use tempfile::{Builder, NamedTempFile};

/// A new file in the folder of `path`, to be renamed to it; deleted with its owner until then. In a folder that
/// others may write to as well, nobody can have laid a link at its name: that is random, and must be free.
pub fn new_beside(path: &Path) -> io::Result<NamedTempFile> {
    let folder = path.parent().filter(|it| !it.as_os_str().is_empty());
    let mut builder = Builder::new();
    builder.prefix(".threadlab-");
    #[cfg(unix)]
    {
        use std::fs::Permissions;
        use std::os::unix::fs::PermissionsExt;
        // As any new file, less what the user's mask takes away.
        builder.permissions(Permissions::from_mode(0o666));
    }
    builder
        .tempfile_in(folder.unwrap_or(Path::new(".")))
        .map_err(plain)
}

/// The system's own error, without the name of a file that nobody has asked for.
fn plain(error: io::Error) -> io::Error {
    let inner = error.get_ref().and_then(Error::source);
    let code = inner
        .and_then(|inner| inner.downcast_ref::<io::Error>())
        .and_then(io::Error::raw_os_error);
    code.map_or(error, io::Error::from_raw_os_error)
}
