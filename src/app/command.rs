//! What a click or key asks for. Collected while a frame is drawn, carried out before the next: the
//! frame that shows the pressed button is on the screen before anything happens.

use egui::ThemePreference;

use super::present::Wish;
use crate::lab::demo::VariantId;
use crate::text::Language;
use crate::widgets::code::Tab;
use crate::widgets::playhead::Seek;
use crate::widgets::stage::{self, Marked};

/// A wish of the person at the window.
#[must_use]
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Show the demo at this place of the registry.
    ChooseDemo(usize),
    /// Show this variant of it.
    ChooseVariant(VariantId),
    /// Run the chosen variant.
    Run,
    /// Run each variant once.
    RunAll,
    /// Run each variant ten times, taking turns.
    Repeat,
    /// End the run that goes on.
    Stop,
    /// Kill the run's process of this id; the run goes on as far as it can without it.
    Kill(u32),
    /// Open the two small windows, or end them.
    SideBySide,
    /// Click on About in both of them.
    ClickBoth,
    /// Let the run go on with so many cores.
    LimitCores(u64),
    /// Forget the runs in the graph.
    Clear,
    /// Measure this machine, and set waits and sizes of every demo so that they suit a class.
    Class,
    /// Draw anew what the demo's task has by chance.
    NewDraw,
    /// Back to the lesson's parameters.
    ResetParams,
    /// Play the last run again, slowly.
    ReplayAgain,
    /// Move the hand of the run that is shown.
    Seek(Seek),
    /// Replay what went wrong in it event by event.
    Dissect,
    /// Leave that replay.
    LeaveDissection,
    /// Play short runs again by themselves, or don't.
    SlowReplay(bool),
    /// Set up the vote at this place among the demo's: its variant, its parameters, its question.
    Vote(usize),
    /// Ask for a guess before each run, or don't.
    GuessFirst(bool),
    /// Count raised hands, or don't.
    CountHands(bool),
    /// The class decides for this answer of the question that is shown.
    Guess(usize),
    /// So many more hands (fewer, if negative) are raised for an answer.
    Raise {
        /// Index of the answer.
        answer: usize,
        /// Hands.
        change: i32,
    },
    /// Mark a step in timeline and code, or none.
    Mark(Option<Marked>),
    /// Present, or while presenting: go on, go back …
    Present(Wish),
    /// Turn the spotlight on or off.
    Spotlight,
    /// Show the code beside the page, or don't.
    ShowCode(bool),
    /// Show this code.
    CodeTab(Tab),
    /// What the picture's own controls ask for.
    Picture(stage::StageAction),
    /// Say who made this.
    About,
    /// Close the dialog of this number.
    CloseDialog(u64),
    /// Speak this language.
    Speak(Language),
    /// Look so.
    Theme(ThemePreference),
}
