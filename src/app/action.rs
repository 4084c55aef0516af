//! The actions that clicks, keys and the tour ask for. They are collected while a frame is drawn and carried out
//! before the next: the frame that shows the pressed button is on the screen before anything happens.

use super::settings::Setting;
use crate::lab::demo::VariantId;
use crate::widgets::playhead::Seek;
use crate::widgets::stage::{Marked, StageAction};

/// One thing that the window can be asked to do.
#[must_use]
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Show the demo at this place of the registry.
    ChooseDemo(usize),
    /// Show this variant of it.
    ChooseVariant(VariantId),
    /// Run the chosen variant; while presenting, if the step asks for it.
    Run,
    /// Run each variant once.
    RunAll,
    /// Run each variant ten times, taking turns.
    Repeat,
    /// End the run that goes on. While presenting, darken the screen if there is none.
    Stop,
    /// Kill the run's process of this id; the run goes on as far as it can without it.
    Kill(u32),
    /// Open the two small windows, or end them.
    SideBySide,
    /// Click on About in both of them.
    ClickBoth,
    /// Let the run go on with so many cores.
    LimitCores(u64),
    /// An action of the stage's own controls.
    Stage(StageAction),
    /// Forget the runs in the graph.
    Clear,
    /// Measure this machine, and set waits and sizes of every demo so that they suit a class.
    Class,
    /// Draw the random part of the demo's task anew.
    NewDraw,
    /// Back to the lesson's parameters.
    ResetParams,
    /// Play the last run again, slowly.
    ReplayAgain,
    /// Replay the incident in it event by event.
    ReplayIncident,
    /// Leave that replay.
    LeaveIncident,
    /// Move the playhead of the run that is shown.
    Seek(Seek),
    /// Mark a step in timeline and code, or none.
    Mark(Option<Marked>),
    /// Set up the vote at this place among the demo's: its variant, its parameters, its question.
    Vote(usize),
    /// The class decides for this answer of the question that is shown.
    Guess(usize),
    /// So many more hands (fewer, if negative) are raised for an answer.
    Raise {
        /// Index of the answer.
        answer: usize,
        /// Hands.
        change: i32,
    },
    /// Change a setting.
    Set(Setting),
    /// Seek the spotlight on or off.
    Spotlight,
    /// Show the makers of this program.
    About,
    /// Close the dialog of this number.
    CloseDialog(u64),
    /// Begin a presentation, or leave it at once.
    Present,
    /// The presentation's next step.
    NextStep,
    /// The step before.
    PreviousStep,
    /// Show the screen again.
    Unblank,
    /// Show or hide the timing graph.
    Graph,
    /// Leave the presentation, if this is asked for twice.
    Escape,
    /// Begin the lesson with this demo.
    StartWith(usize),
    /// Take this demo into the lesson, or leave it out.
    Tick(usize),
    /// Let this demo come earlier in the lesson.
    Earlier(usize),
    /// Let this demo come later.
    Later(usize),
}
