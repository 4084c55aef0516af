//! The job side of a demo: its parameters, its checks, and the measures that come out.

use std::time::Duration;

use super::param::{Param, ParamError, ParamValue, Params};
use super::spec::VariantId;
use crate::lab::machine::cores;
use crate::lab::run::ctx::RunCtx;
use crate::lab::run::error::RunError;
use crate::lab::run::outcome::{JobOutput, Summary};
use crate::lab::trace::log::RunLog;
use crate::lab::trace::record::{HostMeasures, RunInfo};

/// A job: runs once, reports through the context, returns its measures.
pub type Job = Box<dyn FnOnce(&RunCtx) -> Result<JobOutput, RunError> + Send>;

/// The parameters of a demo, and the measures that its jobs can't take.
pub trait Work {
    /// Its parameters in the order in which they are shown, each with its value.
    fn param_list(&mut self) -> Vec<Param<'_>>;
    /// Checks parameters against each other and against this machine, before a run of `variant`.
    fn check(&self, _variant: VariantId) -> Result<(), ParamError> {
        Ok(())
    }
    /// Whether a run of the baseline with the parameters `baseline` did the same work as one with `other`.
    fn is_same_work(&self, baseline: &Params, other: &Params) -> bool {
        baseline == other
    }
    /// The times that a run draws from this seed, where drawn times are a part of the task: all variants and runs have
    /// the same ones until a new draw is asked for. `None` for demos that draw nothing.
    fn draw(&self, _seed: u64) -> Option<Vec<Duration>> {
        None
    }
    /// Adds the measures that only the host of the run can take: frames, gaps, clicks.
    fn measure_host(&self, _summary: &mut Summary, _host: &HostMeasures) {}
    /// Adds the measures that only the run's log shows.
    fn measure_log(&self, _summary: &mut Summary, _info: &RunInfo, _log: &RunLog) {}
}

/// Sets the parameter `name` from text, or says what is wrong with it and changes nothing.
pub fn set_param(demo: &mut dyn Work, name: &str, text: &str) -> Result<(), ParamError> {
    let mut params = demo.param_list();
    match params.iter_mut().find(|param| param.spec.name == name) {
        Some(param) => param.set(text),
        None => Err(ParamError::Unknown {
            name: name.to_owned(),
            allowed: params.iter().map(|param| param.spec.name).collect(),
        }),
    }
}

/// Gives `demo` these parameters, which are of a demo of the same kind.
pub fn take_params(demo: &mut dyn Work, params: &Params) {
    for (name, value) in &params.0 {
        let copied = set_param(demo, name, &value.to_string());
        debug_assert_eq!(copied, Ok(()), "a demo refuses its own parameters");
    }
}

/// Reads the parameters of a stored run, of a demo that has the lesson's. They are checked as typed ones are, but for
/// the cores: the machine that it ran on may have more of them. A parameter that is not stored stays the lesson's.
pub fn read_params(demo: &mut dyn Work, stored: &[(String, String)]) -> Result<Params, ParamError> {
    let is_cores = |name: &str| name == cores::PARAM;
    for (name, text) in stored.iter().filter(|(name, _)| !is_cores(name)) {
        set_param(demo, name, text)?;
    }
    let cores = { stored.iter() }.find(|(name, _)| is_cores(name));
    let cores = cores.and_then(|(_, count)| count.parse().ok());
    let params = demo.param_list().into_iter().map(|param| {
        let stored = cores.filter(|_| is_cores(param.spec.name));
        let value = stored.map_or_else(|| param.value(), ParamValue::Whole);
        (param.spec.name, value)
    });
    Ok(Params(params.collect()))
}
