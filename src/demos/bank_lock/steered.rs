//! The class is the scheduler: whoever watches says who may do the next step.

use std::collections::VecDeque;

use crossbeam_channel::select;

use super::course::{Course, Next};
use super::gates::Keeper;
use super::{BankLock, UNLOCK};
use crate::lab::demo::VariantId;
use crate::lab::run::RunCtx;
use crate::lab::run::cancel::Cancelled;
use crate::lab::run::error::RunError;
use crate::lab::run::input::Steer;

/// Opens the gates as it is told until all deposits are made. Returns whose steps were done, in order: a
/// code that does the same again. A thread that was let through to a lock which another one holds is
/// really blocked there; its letter comes once it has the lock, after the other one's `unlock`.
pub(super) fn conduct(
    bank: &BankLock,
    variant: VariantId,
    keeper: &Keeper<'_>,
    ctx: &RunCtx,
) -> Result<Vec<usize>, RunError> {
    let mut course = Course::new(variant, bank.threads as usize);
    let mut blocked: Vec<usize> = Vec::new();
    let mut turns = Vec::new();
    let mut do_next = |course: &mut Course, thread| {
        course.go(thread);
        turns.push(thread);
        keeper.note(thread);
    };
    while !course.is_over() {
        let told = select! {
            recv(ctx.steering()) -> told => told.map_err(|_| Cancelled)?,
            recv(ctx.cancelled()) -> _ => return Err(Cancelled.into()),
            // While nobody is let through only a panic is news.
            recv(keeper.news()) -> news => {
                keeper.who(news.ok())?;
                continue;
            }
        };
        let Steer::Step(thread) = told;
        if thread >= course.threads() || blocked.contains(&thread) {
            continue;
        }
        match course.next(thread) {
            Next::Finished => {}
            Next::WaitsFor(_) => {
                keeper.open(thread);
                blocked.push(thread);
            }
            Next::Step(step) => {
                keeper.open(thread);
                // One of those that are blocked may have the lock and tell so before the one that let go
                // of it does: the letters are in the order of what happened.
                let mut came: VecDeque<usize> = VecDeque::new();
                let frees = step == UNLOCK && !blocked.is_empty();
                while came.len() < 1 + usize::from(frees) {
                    came.push_back(keeper.done()?);
                }
                do_next(&mut course, thread);
                for next in came.into_iter().filter(|who| *who != thread) {
                    blocked.retain(|who| *who != next);
                    do_next(&mut course, next);
                }
            }
        }
    }
    Ok(turns)
}
