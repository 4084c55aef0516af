//! The steps of a presentation, as a state machine that knows no window: the present step, and the one to which the
//! next press of a clicker leads.

/// One view of a presentation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The demos of this lesson.
    Plan,
    /// The question by itself: first everybody thinks.
    Question,
    /// Hands go up for this answer.
    Hands(usize),
    /// All have guessed: the variant may be run.
    Ready,
    /// The variant runs.
    Running,
    /// The figure that matters.
    Number,
    /// Neighbours explain it to each other.
    Why,
    /// The result, in words and as a picture.
    Stage,
    /// The code that did it.
    Code,
    /// The lesson is over.
    End,
}

/// One vote on the way: a question about a variant, or a variant about which nothing is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stop {
    /// Place of the demo in the registry.
    pub demo: usize,
    /// Place of the vote among the demo's.
    pub vote: usize,
    /// How many answers its question has; 0 if nothing is asked.
    pub answers: usize,
}

impl Stop {
    fn first_step(self) -> Step {
        match self.answers {
            0 => Step::Ready,
            _ => Step::Question,
        }
    }
}

/// A lesson on its way from step to step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Presentation {
    stops: Vec<Stop>,
    at: usize,
    step: Step,
    /// The answer that the class has decided for, at the present stop.
    decided: Option<usize>,
}

impl Presentation {
    /// Begins a lesson at the first stop's question.
    pub fn beginning(stops: Vec<Stop>) -> Self {
        let step = stops.first().map_or(Step::End, |stop| stop.first_step());
        Self {
            stops,
            at: 0,
            step,
            decided: None,
        }
    }

    /// The present step.
    pub fn step(&self) -> Step {
        self.step
    }

    /// The present stop; `None` in a lesson without any.
    pub fn stop(&self) -> Option<Stop> {
        self.stops.get(self.at).copied()
    }

    /// The answer that the class has decided for at this stop.
    pub fn decided(&self) -> Option<usize> {
        self.decided
    }

    /// How far the lesson is, from 0 to 1.
    pub fn progress(&self) -> f32 {
        let stops = self.stops.len().max(1) as f32;
        let within = match self.step {
            Step::Plan => return 0.0,
            Step::Question => 0.0,
            Step::Hands(_) => 0.2,
            Step::Ready => 0.35,
            Step::Running => 0.5,
            Step::Number => 0.6,
            Step::Why => 0.75,
            Step::Stage => 0.8,
            Step::Code => 0.9,
            Step::End => return 1.0,
        };
        (self.at as f32 + within) / stops
    }

    /// Goes to the next step. Returns whether that step takes a run, which is to be started; the run then leads on by
    /// itself, see [`Presentation::run_began`] and [`Presentation::run_ended`].
    pub fn forward(&mut self) -> bool {
        let answers = self.stop().map_or(0, |stop| stop.answers);
        self.step = match self.step {
            Step::Plan => self.stop().map_or(Step::End, Stop::first_step),
            Step::Question => Step::Hands(0),
            Step::Hands(answer) if self.decided.is_none() && answer + 1 < answers => {
                Step::Hands(answer + 1)
            }
            Step::Hands(_) => Step::Ready,
            Step::Ready => return true,
            Step::Running => Step::Running,
            Step::Number => Step::Why,
            Step::Why => Step::Stage,
            Step::Stage => Step::Code,
            Step::Code if self.at + 1 < self.stops.len() => {
                self.at += 1;
                self.decided = None;
                self.stops[self.at].first_step()
            }
            Step::Code | Step::End => Step::End,
        };
        false
    }

    /// Goes to the step before; a run that goes on is not left.
    pub fn back(&mut self) {
        let answers = self.stop().map_or(0, |stop| stop.answers);
        self.step = match self.step {
            Step::Hands(0) => Step::Question,
            Step::Hands(answer) => Step::Hands(answer - 1),
            Step::Ready if answers > 0 => {
                // The class is asked again after a step back.
                self.decided = None;
                Step::Hands(answers - 1)
            }
            Step::Question | Step::Ready if self.at > 0 => {
                self.at -= 1;
                self.decided = None;
                Step::Code
            }
            Step::Plan | Step::Question | Step::Ready => Step::Plan,
            Step::Running => Step::Running,
            Step::Number => Step::Ready,
            Step::Why => Step::Number,
            Step::Stage => Step::Why,
            Step::End if self.stops.is_empty() => Step::Plan,
            Step::Code => Step::Stage,
            Step::End => Step::Code,
        };
    }

    /// Notes that the class decides. Returns whether it was asked at this step, so that the answer counts.
    pub fn decide(&mut self, answer: usize) -> bool {
        let answers = self.stop().map_or(0, |stop| stop.answers);
        let asked = matches!(self.step, Step::Hands(_)) && answer < answers;
        if asked {
            self.step = Step::Hands(answer);
            self.decided = Some(answer);
        }
        asked
    }

    /// Notes that the run that was asked for goes on.
    pub fn run_began(&mut self) {
        self.step = Step::Running;
    }

    /// Notes that the run is over, or could not begin: its result is shown.
    pub fn run_ended(&mut self) {
        self.step = Step::Number;
    }

    /// Takes another lesson plan; the presentation stands before its beginning.
    pub fn plan(&mut self, stops: Vec<Stop>) {
        *self = Self {
            step: Step::Plan,
            ..Self::beginning(stops)
        };
    }
}

/// The order in which a lesson's demos come: from `start` to the end of the playlist; or `start` before all the others,
/// if it is not in the playlist.
pub fn order(playlist: &[usize], start: usize) -> Vec<usize> {
    match playlist.iter().position(|demo| *demo == start) {
        Some(at) => playlist[at..].to_vec(),
        None => [&[start], playlist].concat(),
    }
}

#[cfg(test)]
#[path = "steps_tests.rs"]
mod tests;
