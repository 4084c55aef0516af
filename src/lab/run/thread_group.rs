//! Threads of a job: started in a scope, stopped together and joined together.

use std::panic::resume_unwind;
use std::thread::{Builder, Scope, ScopedJoinHandle, Thread};

use super::ctx::WorkCtx;
use super::error::{RunError, SpawnKind};

/// The stack of a thread, which is what the standard library gives one.
const STACK_BYTES: usize = 2 << 20;

/// Runs `body` with a group to start threads in. Returns when `body` and all threads of the group have ended.
///
/// If `body` fails, the run is [aborted](WorkCtx::abort), so that its threads end early. A thread's panic goes
/// on here once all are joined, unless it was [planned](panic_as_planned). Of several errors the first one in
/// this order is returned: `body`'s, then the threads' in the order of their starts; [`RunError::Cancelled`], which is
/// most often what follows from another error, only if there is no other. A thread's error counts even if `body`
/// succeeded.
pub fn scope<'env, T: Send + 'env, R>(
    ctx: &'env WorkCtx,
    body: impl for<'scope> FnOnce(&mut ThreadGroup<'scope, 'env, T>) -> Result<R, RunError>,
) -> Result<R, RunError> {
    std::thread::scope(|scope| {
        let mut group = ThreadGroup {
            ctx,
            scope,
            threads: Vec::new(),
        };
        let done = body(&mut group);
        if done.is_err() {
            ctx.abort();
        }
        match (done, group.join()) {
            (Err(RunError::Cancelled(_)), Err(cause)) | (Err(cause), _) | (Ok(_), Err(cause)) => {
                Err(cause)
            }
            (Ok(value), Ok(_)) => Ok(value),
        }
    })
}

/// Runs `work` on `count` threads called `name-1`, `name-2` and so on; `work` gets their numbers from 0. Returns
/// what they returned, in their order; those that panicked as planned return nothing.
pub fn run_each<T: Send>(
    ctx: &WorkCtx,
    name: &str,
    count: usize,
    work: impl Fn(usize) -> Result<T, RunError> + Sync,
) -> Result<Vec<T>, RunError> {
    let work = &work;
    scope(ctx, |group| {
        for index in 0..count {
            group.spawn(format!("{name}-{}", index + 1), move || work(index))?;
        }
        group.join()
    })
}

/// Threads of one scope, each of which returns a `T`.
pub struct ThreadGroup<'scope, 'env, T> {
    ctx: &'env WorkCtx,
    scope: &'scope Scope<'scope, 'env>,
    /// Started and not joined yet.
    threads: Vec<ScopedJoinHandle<'scope, Result<T, RunError>>>,
}

impl<'scope, T: Send + 'scope> ThreadGroup<'scope, '_, T> {
    /// Starts a thread. Fails if the run is cancelled, or the system gives no thread.
    pub fn spawn<E: Into<RunError>>(
        &mut self,
        name: String,
        work: impl FnOnce() -> Result<T, E> + Send + 'scope,
    ) -> Result<Thread, RunError> {
        self.spawn_with_stack(name, STACK_BYTES, work)
    }

    /// Starts a thread with a stack of so many bytes, where the usual 2 MiB would add up to too much.
    pub fn spawn_with_stack<E: Into<RunError>>(
        &mut self,
        name: String,
        bytes: usize,
        work: impl FnOnce() -> Result<T, E> + Send + 'scope,
    ) -> Result<Thread, RunError> {
        // Thousands of threads take a while to start.
        self.ctx.check_cancel()?;
        let handle = Builder::new()
            .name(name)
            .stack_size(bytes)
            .spawn_scoped(self.scope, || work().map_err(E::into))
            .map_err(|error| RunError::spawn(SpawnKind::Thread, &error))?;
        let thread = handle.thread().clone();
        self.threads.push(handle);
        Ok(thread)
    }

    /// Waits for all threads started so far; returns what they returned, in the order of their starts. Those
    /// that panicked as planned return nothing.
    pub fn join(&mut self) -> Result<Vec<T>, RunError> {
        // All are joined before any result is looked at: an error or a panic of one must not leave the others.
        let ended: Vec<_> = self.threads.drain(..).map(|thread| thread.join()).collect();
        let mut values = Vec::with_capacity(ended.len());
        let mut errors = Vec::new();
        for end in ended {
            match unless_planned(end) {
                Some(Ok(value)) => values.push(value),
                Some(Err(error)) => errors.push(error),
                None => {}
            }
        }
        let cause = errors
            .iter()
            .position(|error| !matches!(error, RunError::Cancelled(_)));
        match errors.is_empty() {
            true => Ok(values),
            false => Err(errors.swap_remove(cause.unwrap_or(0))),
        }
    }
}

impl<T> Drop for ThreadGroup<'_, '_, T> {
    fn drop(&mut self) {
        // When `body` panics the scope joins the threads that are left, so they are told to stop.
        if std::thread::panicking() {
            self.ctx.abort();
        }
    }
}

/// The payload of a panic that a demo asked for.
struct PlannedPanic;

/// Panics as any bug would, unwinding through held locks. No message is printed, and [`ThreadGroup::join`]
/// does not pass it on.
pub fn panic_as_planned() -> ! {
    resume_unwind(Box::new(PlannedPanic))
}

/// The result of work that may have [panicked as planned](panic_as_planned). Any other panic goes on.
pub fn unless_planned<T>(end: std::thread::Result<T>) -> Option<T> {
    match end {
        Ok(value) => Some(value),
        Err(payload) if payload.is::<PlannedPanic>() => None,
        Err(payload) => resume_unwind(payload),
    }
}

#[cfg(test)]
mod tests {
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    use super::super::ctx::RunCtx;
    use super::*;
    use crate::lab::run::cancel::Cancelled;

    const LONG: Duration = Duration::from_secs(3600);

    fn memory(bytes: u64) -> RunError {
        let reason = String::new();
        RunError::Memory { bytes, reason }
    }

    #[test]
    fn each_thread_has_its_number_and_its_place_among_the_results() {
        let ctx = RunCtx::for_test();
        let doubled = run_each(&ctx, "double", 20, |index| {
            let name = format!("double-{}", index + 1);
            assert_eq!(std::thread::current().name(), Some(name.as_str()));
            Ok(2 * index)
        });
        assert_eq!(doubled, Ok((0..20).map(|index| 2 * index).collect()));
    }

    #[test]
    fn a_planned_panic_is_no_result_and_any_other_goes_on_when_all_are_joined() {
        let ctx = RunCtx::for_test();
        let ended = AtomicUsize::new(0);
        let run = |payload: fn() -> bool| {
            run_each(&ctx, "panic", 4, |index| {
                if index == 1 && payload() {
                    panic_as_planned();
                }
                ended.fetch_add(1, Ordering::Relaxed);
                Ok(index)
            })
        };
        assert_eq!(run(|| true), Ok(vec![0, 2, 3]));
        let unplanned = catch_unwind(AssertUnwindSafe(|| run(|| resume_unwind(Box::new("bug")))));
        assert_eq!(unplanned.unwrap_err().downcast_ref(), Some(&"bug"));
        assert_eq!(ended.into_inner(), 6);
    }

    #[test]
    fn an_error_ends_the_threads_that_wait() {
        for panics in [false, true] {
            let ctx = RunCtx::for_test();
            let failed = catch_unwind(AssertUnwindSafe(|| {
                scope(&ctx, |group| {
                    group.spawn("wait".to_owned(), || ctx.sleep(LONG))?;
                    if panics {
                        resume_unwind(Box::new("bug"));
                    }
                    Err::<(), _>(memory(1))
                })
            }));
            assert_eq!(failed.ok(), (!panics).then_some(Err(memory(1))));
        }
    }

    #[test]
    fn the_cause_is_told_rather_than_the_cancel_that_follows_from_it() {
        let ctx = RunCtx::for_test();
        let failed = scope(&ctx, |group| {
            group.spawn("wait".to_owned(), || {
                ctx.sleep(LONG).map_err(RunError::from)
            })?;
            group.spawn("fail".to_owned(), || Err(memory(7)))?;
            Err::<(), RunError>(Cancelled.into())
        });
        assert_eq!(failed, Err(memory(7)));
        let cancelled = run_each(&ctx, "late", 1, |_| Ok(()));
        assert_eq!(cancelled, Err(Cancelled.into()));
    }
}
