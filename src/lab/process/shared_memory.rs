//! Memory shared by several processes: numbers that one writes before the others read them, and a
//! counter that all of them change at the same time.
//!
//! The only module that may use `unsafe`. A memory map is sound as a slice while no process changes the
//! bytes beneath it, which the type system can't check across processes. Here the phases of a run ensure
//! it: [`SharedNumbers`] is filled before any worker gets its path, and never written afterwards.
//!
//! [`SharedCounter`] is changed by several processes at any time, so there never is a slice or a plain
//! reference to its bytes: a raw map, seen through an [`AtomicU64`] alone. That is sound because
//! - the map begins at a page, which aligns it, and is at least eight bytes long, all of them there
//!   from the beginning (zeros) until the counter is dropped, because no process shortens the file;
//! - every process, this one too, touches the bytes with atomic operations only, so there is no data race;
//! - where Rust has 64-bit atomics they are instructions of the processor, without a lock beside the
//!   memory. Such operations work on the memory itself, whatever its address in each process is (C++
//!   \[atomics.lockfree\] asks for just that: "address-free").
#![expect(
    unsafe_code,
    reason = "mapping memory is unsafe; see the module's documentation for why it is sound here"
)]

use std::fmt::Display;
use std::fs::{File, OpenOptions};
use std::io;
#[cfg(any(test, not(target_os = "linux")))]
use std::io::{BufWriter, Read, Write};
use std::path::Path;
use std::sync::atomic::AtomicU64;

use memmap2::{Mmap, MmapMut, MmapRaw};

use crate::lab::machine;
use crate::lab::run::error::RunError;

/// Numbers in memory that worker processes can map, gone with its owner whatever happens to it.
pub struct SharedNumbers {
    map: MmapMut,
    count: usize,
    _file: File,
    // The last to go: elsewhere a file that is open is not deleted everywhere.
    path: FilePath,
}

impl SharedNumbers {
    /// Reserves room for `count` numbers. All of it is allocated at once: writing into a map whose
    /// memory runs out later would kill the process with SIGBUS.
    pub fn reserve(count: usize) -> Result<Self, RunError> {
        let bytes = (count as u64).saturating_mul(8).max(8);
        let (file, path) = allocate(bytes)?;
        // SAFETY: no other process opens the file until a worker gets `path`, and workers only read.
        let map = unsafe { MmapMut::map_mut(&file) }.map_err(no_memory(bytes))?;
        Ok(Self {
            map,
            count,
            _file: file,
            path,
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
        let file = OpenOptions::new().read(true).open(path);
        let file = file.map_err(refused(path.display()))?;
        // SAFETY: the owner filled the numbers before it sent the path, and does not change them any more.
        let map = unsafe { Mmap::map(&file) }.map_err(no_memory(0))?;
        Ok(Self { map })
    }

    /// All numbers (one more than were reserved, if those were none).
    pub fn numbers(&self) -> &[u64] {
        bytemuck::cast_slice(&self.map)
    }
}

/// One number, at first 0, that worker processes change while others do, gone with its owner.
pub struct SharedCounter {
    mapped: MappedCounter,
    _file: File,
    path: FilePath,
}

impl SharedCounter {
    /// Reserves memory for it.
    pub fn new() -> Result<Self, RunError> {
        let (file, path) = allocate(COUNTER_BYTES)?;
        Ok(Self {
            mapped: MappedCounter::of(&file)?,
            _file: file,
            path,
        })
    }

    /// The number itself.
    pub fn atomic(&self) -> &AtomicU64 {
        self.mapped.atomic()
    }

    /// Where another process of the same user opens it.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// The same number, seen from a worker process.
pub struct MappedCounter {
    map: MmapRaw,
}

impl MappedCounter {
    /// Maps what [`SharedCounter::path`] named.
    pub fn open(path: &Path) -> Result<Self, RunError> {
        let file = OpenOptions::new().read(true).write(true).open(path);
        Self::of(&file.map_err(refused(path.display()))?)
    }

    fn of(file: &File) -> Result<Self, RunError> {
        let map = MmapRaw::map_raw(file).map_err(no_memory(COUNTER_BYTES))?;
        if (map.len() as u64) < COUNTER_BYTES {
            let error = io::ErrorKind::UnexpectedEof.into();
            return Err(no_memory(COUNTER_BYTES)(error));
        }
        Ok(Self { map })
    }

    /// The number itself.
    pub fn atomic(&self) -> &AtomicU64 {
        // SAFETY: aligned, long enough (checked above), mapped for as long as `self` is borrowed, and
        // touched by atomic operations only: see the module's documentation.
        unsafe { AtomicU64::from_ptr(self.map.as_mut_ptr().cast()) }
    }
}

const COUNTER_BYTES: u64 = 8;

fn no_memory(bytes: u64) -> impl Fn(io::Error) -> RunError {
    move |error| RunError::Memory {
        bytes,
        reason: error.to_string(),
    }
}

/// `what` is not allowed, however much memory there is.
fn refused(what: impl Display) -> impl Fn(io::Error) -> RunError {
    move |error| RunError::SharedMemory {
        reason: format!("{what}: {error}"),
    }
}

/// Where a worker process opens the file.
#[cfg(target_os = "linux")]
type FilePath = std::path::PathBuf;
/// The same; the file is deleted with it.
#[cfg(not(target_os = "linux"))]
type FilePath = tempfile::TempPath;

/// Reserves the memory, unless there is less: asked for more, the system takes all there is and then ends programs
/// until it has enough, or fills the disk.
fn allocate(bytes: u64) -> Result<(File, FilePath), RunError> {
    if let Some(free) = machine::memory_now().filter(|&free| free < bytes) {
        let error = io::Error::other(format!("only {free} bytes are free"));
        return Err(no_memory(bytes)(error));
    }
    #[cfg(target_os = "linux")]
    {
        without_name(bytes)
    }
    #[cfg(not(target_os = "linux"))]
    {
        on_disk(bytes).map_err(no_memory(bytes))
    }
}

/// Linux: a file that has no name and so can't be left behind; workers open it through /proc.
#[cfg(target_os = "linux")]
fn without_name(bytes: u64) -> Result<(File, FilePath), RunError> {
    use std::os::fd::AsRawFd;

    use rustix::fs::{FallocateFlags, MemfdFlags, fallocate, memfd_create};
    use rustix::io::Errno;
    use rustix::process::{DumpableBehavior, set_dumpable_behavior};

    let create = |flags| memfd_create("threadlab-numbers", MemfdFlags::CLOEXEC | flags);
    // Some systems (`vm.memfd_noexec`) allow only files that can't be executed; kernels before 6.3 know none.
    let created = match create(MemfdFlags::NOEXEC_SEAL) {
        Err(Errno::INVAL) => create(MemfdFlags::empty()),
        created => created,
    };
    let file = File::from(created.map_err(|errno| refused("memfd_create")(errno.into()))?);
    fallocate(&file, FallocateFlags::empty(), 0, bytes)
        .map_err(|errno| no_memory(bytes)(errno.into()))?;
    // The open files of a program that its user may start but not read are closed to all other processes, workers
    // among them, until it says otherwise.
    set_dumpable_behavior(DumpableBehavior::Dumpable)
        .map_err(|errno| refused("prctl")(errno.into()))?;
    let path = format!("/proc/{}/fd/{}", std::process::id(), file.as_raw_fd());
    Ok((file, path.into()))
}

/// Elsewhere: a file in the folder for temporary files, deleted with its owner, or at once if the disk is full.
#[cfg(any(test, not(target_os = "linux")))]
fn on_disk(bytes: u64) -> io::Result<(File, tempfile::TempPath)> {
    let (file, path) = tempfile::Builder::new()
        .prefix("threadlab-numbers-")
        .tempfile()?
        .into_parts();
    // Written rather than only lengthened, so that the space is really there.
    let mut filling = BufWriter::with_capacity(1 << 20, &file);
    io::copy(&mut io::repeat(0).take(bytes), &mut filling)?;
    filling.flush()?;
    drop(filling);
    Ok((file, path))
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::Ordering;

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
    fn a_counter_is_one_number_for_all_who_map_it() {
        let shared = SharedCounter::new().unwrap();
        let count = |counter: &AtomicU64| {
            for _ in 0..10_000 {
                counter.fetch_add(1, Ordering::Relaxed);
            }
        };
        std::thread::scope(|scope| {
            for index in 0..3 {
                let mapped = MappedCounter::open(shared.path()).unwrap();
                std::thread::Builder::new()
                    .name(format!("count-{index}"))
                    .spawn_scoped(scope, move || count(mapped.atomic()))
                    .unwrap();
            }
            count(shared.atomic());
        });
        assert_eq!(shared.atomic().load(Ordering::Relaxed), 40_000);
        let path = shared.path().to_owned();
        drop(shared);
        assert!(MappedCounter::open(&path).is_err());
    }

    #[test]
    fn a_file_too_short_for_a_counter_is_refused() {
        let (file, path) = allocate(COUNTER_BYTES).unwrap();
        file.set_len(COUNTER_BYTES - 1).unwrap();
        assert!(matches!(
            MappedCounter::open(&path),
            Err(RunError::Memory { .. })
        ));
    }

    #[test]
    fn a_file_on_disk_is_gone_with_its_path() {
        let (file, path) = on_disk(3_000_000).unwrap();
        assert_eq!(file.metadata().unwrap().len(), 3_000_000);
        let name = path.to_path_buf();
        assert!(name.exists());
        drop(path);
        assert!(!name.exists());
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
