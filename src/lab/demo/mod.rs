//! Demos: their constants, a table of variants, parameters, and the sentences about their runs.
//!
//! A demo's folder implements [`Definition`]. All other code holds a [`Demo`], which every definition implements.

pub mod budget;
pub mod incident;
pub mod lesson;
pub mod listing;
pub mod number;
pub mod param;
pub mod spec;
pub mod value;
pub mod verdict;
pub mod work;

use std::time::Duration;

use super::process::worker_task::{NoTask, PerformTask, perform};
use super::run::ctx::RunCtx;
use super::run::error::RunError;
pub use super::run::outcome::JobOutput;
pub use budget::Budget;
pub use lesson::{Choice, KeyFigure, Lesson, Question, Vote};
use listing::{Code, Listing};
use param::Params;
pub use spec::{Chart, DemoId, Highlight, RedrawPolicy, RunsOn, Spec, Spread, Variant, VariantId};
pub use value::Sentence;
pub use work::{Job, Work, read_params, set_param, take_params};

/// The job of a variant, given the demo with its parameters.
pub type JobOf<D> = fn(&D, &RunCtx) -> Result<JobOutput, RunError>;

/// A row of a demo's table of variants.
pub struct VariantRow<D> {
    /// The variant.
    pub variant: Variant,
    /// Its work.
    pub job: JobOf<D>,
    /// The code that is shown beside its runs.
    pub code: Code,
}

impl Variant {
    /// The row of the demo's table with this variant, its job, and the code that is shown of it.
    pub const fn runs<D>(self, job: JobOf<D>, code: Code) -> VariantRow<D> {
        let variant = self;
        VariantRow { variant, job, code }
    }
}

/// A demo as its folder writes it down.
pub trait Definition: Work + Lesson + Budget + Clone + Send + 'static {
    /// Its constants.
    const SPEC: &'static Spec;
    /// Its variants with their jobs and code, in teaching order.
    const VARIANTS: &'static [VariantRow<Self>];
    /// The work of a worker process on a task: `perform::<Task>`, for demos that have worker processes.
    const PERFORM_TASK: PerformTask = perform::<NoTask>;

    /// The `code` of a variant with the present parameters, for demos in which these change more than the values.
    fn listing_of(&self, _variant: VariantId, code: Code) -> Listing {
        Listing::new(code.python, code.rust, Self::SPEC.steps, &self.params())
    }
}

/// Any demo, without its picture.
pub trait Demo: Work + Lesson + Budget + Send {
    /// Its constants.
    fn spec(&self) -> &'static Spec;
    /// Its variants, in teaching order.
    fn variants(&self) -> Vec<Variant>;
    /// A copy of the parameters' values.
    fn params(&self) -> Params;
    /// The work of one variant with a copy of the parameters.
    fn job(&self, variant: VariantId) -> Job;
    /// The code of one variant with the present parameters.
    fn listing(&self, variant: VariantId) -> Listing;
    /// The work of a worker process on a task.
    fn perform_task(&self) -> PerformTask;

    /// Its name.
    fn id(&self) -> DemoId {
        self.spec().id
    }
}

impl<D: Definition> Demo for D {
    fn spec(&self) -> &'static Spec {
        D::SPEC
    }

    fn variants(&self) -> Vec<Variant> {
        D::VARIANTS.iter().map(|row| row.variant).collect()
    }

    fn params(&self) -> Params {
        let mut demo = self.clone();
        let params = demo.param_list();
        let values = params.iter().map(|param| (param.spec.name, param.value()));
        Params(values.collect())
    }

    fn perform_task(&self) -> PerformTask {
        D::PERFORM_TASK
    }

    fn job(&self, variant: VariantId) -> Job {
        let (demo, job) = (self.clone(), row_of::<D>(variant).job);
        Box::new(move |ctx| job(&demo, ctx))
    }

    fn listing(&self, variant: VariantId) -> Listing {
        self.listing_of(variant, row_of::<D>(variant).code)
    }
}

fn row_of<D: Definition>(variant: VariantId) -> &'static VariantRow<D> {
    let mut rows = D::VARIANTS.iter();
    rows.find(|row| row.variant.id == variant)
        .expect("a variant of this demo")
}

/// Gives `to`, a demo of the same kind, the parameters of `from`.
pub fn copy_params(from: &dyn Demo, to: &mut dyn Demo) {
    take_params(to, &from.params());
}

/// Gives `demo` parameters with which a run of each of its variants takes `time` altogether, or about so:
/// not everything that a run does gets shorter with its parameters. Runs that are short enough stay as they are.
pub fn scale_to_budget(demo: &mut dyn Demo, time: Duration) {
    // A fixed cost, such as starting a process, weighs more in shorter runs: so this is repeated.
    for _ in 0..3 {
        let expected = expected_of_all(demo);
        if expected <= time {
            break;
        }
        demo.shorten(time.as_secs_f64() / expected.as_secs_f64());
    }
}

/// How long a run of each variant takes altogether, as far as the parameters tell.
pub fn expected_of_all(demo: &dyn Demo) -> Duration {
    let variants = demo.variants().into_iter();
    variants
        .filter_map(|variant| demo.expected(variant.id))
        .sum()
}
