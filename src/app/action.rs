//! The actions that clicks, keys and the tour ask for. They are collected while a frame is drawn and carried out
//! before the next: the frame that shows the pressed button is on the screen before anything happens.

use super::part::Part;
use super::settings::Setting;
use crate::lab::demo::{DemoId, VariantId};
use crate::widgets::playhead::Seek;
use crate::widgets::stage::{Marked, StageAction};

/// The demos that a preset is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// This demo.
    Demo(DemoId),
    /// All demos.
    AllDemos,
}

/// One action that the window can be asked for.
#[must_use]
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Shows the demo at this place of the registry.
    ChooseDemo(usize),
    /// Shows this variant of the demo.
    ChooseVariant(VariantId),
    /// Runs the chosen variant; while presenting, only if the step asks for it.
    Run,
    /// Runs each variant once.
    RunAll,
    /// Runs each variant ten times, taking turns.
    Repeat,
    /// Presses the button that is Run, or Stop while a run goes on; just after it has changed this does nothing.
    RunOrStop,
    /// Ends the run that goes on. While presenting, darkens the screen if there is none.
    Stop,
    /// Kills the run's process of this id; the run goes on as far as it can without it.
    Kill(u32),
    /// Opens the two small windows, or ends them.
    SideBySide,
    /// Clicks on About in both small windows.
    ClickBoth,
    /// Lets the run go on with so many cores.
    LimitCores(u64),
    /// Carries out an action of the stage's own controls.
    Stage(StageAction),
    /// Clears the demo's runs away, with their picture, their result and the guesses at them.
    Clear,
    /// Brings back what was cleared away since the demo's latest run.
    UndoClear,
    /// Measures this machine, and sets waits and sizes so that they suit a class.
    Class(Scope),
    /// Draws the random part of the demo's task anew.
    NewDraw,
    /// Sets the demo's parameters back to the lesson's.
    ResetParams,
    /// Plays the last run again, slowly.
    ReplayAgain,
    /// Replays the last run's incident event by event.
    ReplayIncident,
    /// Leaves the replay of the incident.
    LeaveIncident,
    /// Moves the playhead of the run that is shown.
    Seek(Seek),
    /// Marks a step in timeline and code, or none.
    Mark(Option<Marked>),
    /// Sets up the vote at this place among the demo's: its variant, its parameters, its question.
    Vote(usize),
    /// The class decides for this answer of the question that is shown.
    Guess(usize),
    /// Adds so many hands (takes away, if negative) to those raised for an answer.
    Raise {
        /// Index of the answer.
        answer: usize,
        /// How many hands are added.
        change: i32,
    },
    /// Changes a setting.
    Set(Setting),
    /// Makes everything larger or smaller: 1.0 is normal size.
    Zoom(f32),
    /// Shows this part of the page in the place that parts share.
    Show(Part),
    /// Turns the spotlight on or off.
    Spotlight,
    /// Shows the makers of this program.
    About,
    /// Closes the dialog of this number.
    CloseDialog(u64),
    /// Begins a presentation, or leaves it at once.
    Present,
    /// Goes to the presentation's next step.
    NextStep,
    /// Goes to the step before.
    PreviousStep,
    /// Darkens the screen.
    Blank,
    /// Shows the screen again after it was darkened.
    Unblank,
    /// Shows or hides the timing graph.
    Graph,
    /// Opens the teacher's window, or closes it.
    Notes,
    /// Leaves the presentation, if this is asked for twice in a row.
    Escape,
    /// Goes to the lesson's plan.
    GoToPlan,
    /// Goes to the presentation's first question about this demo.
    GoTo(usize),
    /// Takes this demo into the lesson, or leaves it out.
    Tick(usize),
    /// Lets this demo come earlier in the lesson.
    Earlier(usize),
    /// Lets this demo come later in the lesson.
    Later(usize),
}
