//! CPU affinity: which cores a thread may run on. Only Linux lets a program decide that for certain; elsewhere
//! [`allowed`] is `None`, and threads run wherever the system puts them.

use std::io;

/// The numbers of the cores that the calling thread may run on, from the smallest; `None` where the
/// system has no affinity.
pub fn allowed() -> Option<Vec<usize>> {
    allowed_of(None)
}

/// The cores of this process's first thread, which no run limits.
pub fn allowed_at_first() -> Option<Vec<usize>> {
    allowed_of(Some(std::process::id()))
}

/// Of the thread of this id, or of the calling thread.
fn allowed_of(id: Option<u32>) -> Option<Vec<usize>> {
    #[cfg(target_os = "linux")]
    {
        use rustix::thread::{CpuSet, sched_getaffinity};
        let id = match id {
            Some(id) => Some(rustix::process::Pid::from_raw(i32::try_from(id).ok()?)?),
            None => None,
        };
        let set = sched_getaffinity(id).ok()?;
        Some(
            (0..CpuSet::MAX_CPU)
                .filter(|core| set.is_set(*core))
                .collect(),
        )
    }
    #[cfg(not(target_os = "linux"))]
    {
        let _ = id;
        None
    }
}

/// `count` of the cores that the calling thread may run on, or all if there are fewer; `None` where the
/// system has no affinity. They are the last ones: the first serve most of a machine's interrupts.
pub fn some(count: usize) -> Option<Vec<usize>> {
    let mut cores = allowed()?;
    Some(cores.split_off(cores.len().saturating_sub(count)))
}

/// Limits the thread of this id, and each thread and process that it starts from now on, to these cores. The system
/// refuses the ids of other users' threads.
pub fn limit_thread(id: u32, cores: &[usize]) -> io::Result<()> {
    #[cfg(target_os = "linux")]
    {
        let id = i32::try_from(id)
            .ok()
            .and_then(rustix::process::Pid::from_raw);
        let id = id.ok_or(io::ErrorKind::InvalidInput)?;
        rustix::thread::sched_setaffinity(Some(id), &set(cores)?).map_err(io::Error::from)
    }
    #[cfg(not(target_os = "linux"))]
    {
        let _ = (id, cores);
        Err(io::ErrorKind::Unsupported.into())
    }
}

/// Limits all threads of a process, those included that it starts meanwhile.
pub fn limit_process(pid: u32, cores: &[usize]) -> io::Result<()> {
    // A thread inherits from the one that starts it: when a look finds no new thread, none is left that could start
    // one on other cores.
    let mut limited = std::collections::HashSet::new();
    loop {
        let mut is_complete = true;
        for entry in std::fs::read_dir(format!("/proc/{pid}/task"))? {
            let name = entry?.file_name();
            let Some(thread) = name.to_str().and_then(|name| name.parse().ok()) else {
                continue;
            };
            if limited.insert(thread) {
                is_complete = false;
                // It may have ended since it was listed.
                limit_thread(thread, cores).ok();
            }
        }
        if is_complete {
            return Ok(());
        }
    }
}

#[cfg(target_os = "linux")]
fn set(cores: &[usize]) -> io::Result<rustix::thread::CpuSet> {
    use rustix::thread::CpuSet;
    let mut set = CpuSet::new();
    for core in cores {
        if *core >= CpuSet::MAX_CPU {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        set.set(*core);
    }
    Ok(set)
}

/// Limits the calling thread, and each thread and process that it starts from now on, to these cores. Fails where the
/// system has no affinity, and for cores that are not allowed.
pub fn limit_this_thread(cores: &[usize]) -> io::Result<()> {
    #[cfg(target_os = "linux")]
    {
        rustix::thread::sched_setaffinity(None, &set(cores)?).map_err(io::Error::from)
    }
    #[cfg(not(target_os = "linux"))]
    {
        let _ = cores;
        Err(io::ErrorKind::Unsupported.into())
    }
}

#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests {
    use super::*;

    /// Runs `test` on a thread of its own: what is done to its affinity ends with it.
    fn on_a_thread(test: impl FnOnce() + Send + 'static) {
        let thread = std::thread::Builder::new()
            .name("affinity".to_owned())
            .spawn(test);
        thread.unwrap().join().unwrap();
    }

    #[test]
    fn a_limited_thread_and_its_children_stay_on_their_core() {
        on_a_thread(|| {
            let [core] = some(1).unwrap()[..] else {
                panic!("not one core");
            };
            limit_this_thread(&[core]).unwrap();
            assert_eq!(allowed(), Some(vec![core]));
            on_a_thread(move || assert_eq!(allowed(), Some(vec![core])));
        });
    }

    #[test]
    fn more_cores_than_there_are_means_all() {
        assert_eq!(some(usize::MAX), allowed());
        assert_eq!(some(0), Some(Vec::new()));
    }

    #[test]
    fn a_core_that_is_not_there_is_refused() {
        on_a_thread(|| {
            assert!(limit_this_thread(&[]).is_err());
            assert!(limit_this_thread(&[usize::MAX]).is_err());
        });
    }
}
