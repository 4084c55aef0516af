//! What can be taken from the run that goes on, and given back: cores; and a process for good.

use super::{Running, Session};
use crate::lab::demo::set_param;

impl Session {
    /// Lets the run that goes on go on with so many cores, and those to come after it in the same turn.
    pub fn limit_cores(&mut self, cores: u64) {
        if let Some(running) = &mut self.running {
            running.handle.limit_cores(cores);
            running.cores = cores;
            // The parameters of a run are those that it was started with, whatever is done here.
            drop(set_param(
                running.demo.as_mut(),
                "cores",
                &cores.to_string(),
            ));
        }
    }

    /// Kills a process of the run that goes on; one that has ended meanwhile needs no killing.
    pub fn kill(&self, pid: u32) {
        if let Some(running) = &self.running {
            running.handle.kill(pid);
        }
    }
}

impl Running {
    /// How many cores it may use now, of demos that have that parameter.
    pub fn cores(&self) -> u64 {
        self.cores
    }

    /// The ids of its processes that live.
    pub fn living(&self) -> Vec<u32> {
        self.handle.living()
    }
}
