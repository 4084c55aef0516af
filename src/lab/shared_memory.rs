//! Memory that several processes see: one writes it, then the others read it.
//!
//! The only module that may use `unsafe`. A memory map is sound as a slice while nobody changes the
//! bytes beneath it, which the type system can't see across processes. Here the phases of a run keep
//! it so: [`SharedNumbers`] is filled before any worker is told of it and never written afterwards.
#![expect(
    unsafe_code,
    reason = "mapping memory is unsafe; see the module's documentation for why it is sound here"
)]

use std::fs::{File, OpenOptions};
use std::path::{Path, PathBuf};

use memmap2::{Mmap, MmapMut};

use super::error::RunError;
#[cfg(target_os = "linux")]
use super::machine;

/// Numbers in memory that worker processes can map, gone with its owner whatever happens to it.
pub struct SharedNumbers {
    map: MmapMut,
    path: PathBuf,
    count: usize,
    _file: File,
    #[cfg(not(target_os = "linux"))]
    _delete: DeleteOnDrop,
}

impl SharedNumbers {
    /// Reserves room for `count` numbers. All of it is allocated at once: writing into a map whose
    /// memory runs out later would kill the process with SIGBUS.
    pub fn reserve(count: usize) -> Result<Self, RunError> {
        let bytes = (count as u64).saturating_mul(8).max(8);
        let failed = |error: std::io::Error| RunError::Memory {
            bytes,
            reason: error.to_string(),
        };
        let (file, path) = allocate(bytes).map_err(failed)?;
        // SAFETY: the file is ours alone until `path` is told to a worker, and workers only read.
        let map = unsafe { MmapMut::map_mut(&file) }.map_err(failed)?;
        Ok(Self {
            map,
            #[cfg(not(target_os = "linux"))]
            _delete: DeleteOnDrop(path.clone()),
            path,
            count,
            _file: file,
        })
    }

    /// The numbers, to be filled.
    pub fn numbers_mut(&mut self) -> &mut [u64] {
        // A map begins at a page, which suits any number's alignment.
        &mut bytemuck::cast_slice_mut(&mut self.map)[..self.count]
    }

    /// Where another process of the same user opens it.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// The same numbers, seen from a worker process.
pub struct MappedNumbers {
    map: Mmap,
}

impl MappedNumbers {
    /// Maps what [`SharedNumbers::path`] named.
    pub fn open(path: &Path) -> Result<Self, RunError> {
        let failed = |error: std::io::Error| RunError::Memory {
            bytes: 0,
            reason: error.to_string(),
        };
        let file = OpenOptions::new().read(true).open(path).map_err(failed)?;
        // SAFETY: the owner filled the numbers before it told the path, and does not change them any more.
        let map = unsafe { Mmap::map(&file) }.map_err(failed)?;
        Ok(Self { map })
    }

    /// All numbers (one more than were reserved, if those were none).
    pub fn numbers(&self) -> &[u64] {
        bytemuck::cast_slice(&self.map)
    }
}

/// Linux: a file that has no name and so can't be left behind; workers open it through /proc.
#[cfg(target_os = "linux")]
fn allocate(bytes: u64) -> std::io::Result<(File, PathBuf)> {
    use std::os::fd::AsRawFd;

    use rustix::fs::{FallocateFlags, MemfdFlags, fallocate, memfd_create};

    // Such a file has no size limit: asked for more than there is, the kernel takes all there is and
    // then ends programs until it has enough.
    if let Some(free) = machine::available_memory().filter(|&free| free < bytes) {
        return Err(std::io::Error::other(format!("only {free} bytes are free")));
    }
    let file = File::from(memfd_create("threadlab-numbers", MemfdFlags::CLOEXEC)?);
    fallocate(&file, FallocateFlags::empty(), 0, bytes)?;
    let path = PathBuf::from(format!(
        "/proc/{}/fd/{}",
        std::process::id(),
        file.as_raw_fd()
    ));
    Ok((file, path))
}

/// Elsewhere: a file in the folder for temporary files, deleted with its owner.
#[cfg(not(target_os = "linux"))]
fn allocate(bytes: u64) -> std::io::Result<(File, PathBuf)> {
    use std::io::Write;

    let name = format!(
        "threadlab-numbers-{}-{:x}",
        std::process::id(),
        rand::random::<u64>()
    );
    let path = std::env::temp_dir().join(name);
    let mut file = OpenOptions::new()
        .read(true)
        .write(true)
        .create_new(true)
        .open(&path)?;
    // Written rather than only lengthened, so that the space is really there.
    let zeros = vec![0; 1 << 20];
    let mut left = bytes;
    while left > 0 {
        let now = left.min(zeros.len() as u64);
        file.write_all(&zeros[..now as usize])?;
        left -= now;
    }
    Ok((file, path))
}

#[cfg(not(target_os = "linux"))]
struct DeleteOnDrop(PathBuf);

#[cfg(not(target_os = "linux"))]
impl Drop for DeleteOnDrop {
    fn drop(&mut self) {
        drop(std::fs::remove_file(&self.0));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_nothing_is_left() {
        let mut shared = SharedNumbers::reserve(1000).unwrap();
        for (index, number) in shared.numbers_mut().iter_mut().enumerate() {
            *number = index as u64 * 3;
        }
        let mapped = MappedNumbers::open(shared.path()).unwrap();
        assert_eq!(
            mapped.numbers()[..1000].iter().sum::<u64>(),
            3 * 999 * 1000 / 2
        );
        let path = shared.path().to_owned();
        drop((shared, mapped));
        assert!(MappedNumbers::open(&path).is_err());
    }

    #[test]
    fn none_and_far_too_many() {
        assert!(SharedNumbers::reserve(0).unwrap().numbers_mut().is_empty());
        assert!(matches!(
            SharedNumbers::reserve(usize::MAX / 16),
            Err(RunError::Memory { .. })
        ));
    }
}
