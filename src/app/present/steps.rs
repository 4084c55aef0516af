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
    /// The class disagrees: neighbours talk.
    Neighbour,
    /// Hands go up for this answer once more.
    HandsAgain(usize),
    /// All have guessed: the variant may be run.
    Ready,
    /// The variant runs.
    Running,
    /// The run is over, and its window still shows what came of it.
    Over,
    /// The figure that matters.
    Number,
    /// Neighbours explain it to each other.
    Why,
    /// The result, in words and as a picture.
    Stage,
    /// The run's incident, event by event.
    Autopsy,
    /// The code that did it.
    Code,
    /// The lesson is over: this page of its guesses and outcomes.
    End(usize),
}

impl Step {
    /// The answer that hands go up for.
    pub fn hands(self) -> Option<usize> {
        match self {
            Self::Hands(answer) | Self::HandsAgain(answer) => Some(answer),
            _ => None,
        }
    }
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

/// The facts that decide which steps there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Whether the first vote was counted and the class disagrees, so that it talks and votes again.
    pub is_split: bool,
    /// Whether the class has voted a second time.
    pub voted_again: bool,
    /// Whether the run has answered the question.
    pub is_answered: bool,
    /// Whether the run has an incident to be taken apart.
    pub has_incident: bool,
    /// How many pages the guesses and outcomes take.
    pub pages: usize,
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
    /// A lesson before its beginning: the plan is shown, and the first stop of `demo` comes next, or else the lesson's
    /// first.
    pub fn beginning(stops: Vec<Stop>, demo: usize) -> Self {
        let at = stops.iter().position(|stop| stop.demo == demo);
        Self {
            stops,
            at: at.unwrap_or(0),
            step: Step::Plan,
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

    /// The stop after the present one.
    pub fn next_stop(&self) -> Option<Stop> {
        self.stops.get(self.at + 1).copied()
    }

    /// The number of the present vote: another after each stop, and for a second vote.
    pub fn vote_number(&self) -> usize {
        2 * self.at + usize::from(matches!(self.step, Step::HandsAgain(_)))
    }

    /// The answer that the class has decided for at this stop.
    pub fn decided(&self) -> Option<usize> {
        self.decided
    }

    /// All stops of the lesson.
    pub fn stops(&self) -> &[Stop] {
        &self.stops
    }

    /// Whether the class sees the present stop's run: it goes on, or is over.
    pub fn shows_run(&self) -> bool {
        match self.step {
            Step::Plan
            | Step::Question
            | Step::Hands(_)
            | Step::Neighbour
            | Step::HandsAgain(_)
            | Step::Ready => false,
            Step::Running
            | Step::Over
            | Step::Number
            | Step::Why
            | Step::Stage
            | Step::Autopsy
            | Step::Code
            | Step::End(_) => true,
        }
    }

    /// The stops whose runs the class has not seen: those ahead, and the present one before its run.
    pub fn unseen(&self) -> &[Stop] {
        let first = self.at + usize::from(self.shows_run());
        self.stops.get(first..).unwrap_or_default()
    }

    /// How far the lesson is, from 0 to 1.
    pub fn progress(&self) -> f32 {
        let stops = self.stops.len().max(1) as f32;
        let within = match self.step {
            Step::Plan => return 0.0,
            Step::Question => 0.0,
            Step::Hands(_) => 0.2,
            Step::Neighbour => 0.25,
            Step::HandsAgain(_) => 0.3,
            Step::Ready => 0.35,
            Step::Running => 0.5,
            Step::Over => 0.55,
            Step::Number => 0.6,
            Step::Why => 0.75,
            Step::Stage => 0.8,
            Step::Autopsy => 0.85,
            Step::Code => 0.9,
            Step::End(_) => return 1.0,
        };
        (self.at as f32 + within) / stops
    }

    /// Goes to the next step. Returns whether that step takes a run, which is to be started; the run then leads on by
    /// itself, see [`Presentation::run_began`] and [`Presentation::run_ended`].
    pub fn forward(&mut self, facts: Facts) -> bool {
        let answers = self.answers();
        let has_more = |answer: usize| self.decided.is_none() && answer + 1 < answers;
        self.step = match self.step {
            Step::Plan => self.stop().map_or(Step::End(0), Stop::first_step),
            Step::Question => Step::Hands(0),
            Step::Hands(answer) if has_more(answer) => Step::Hands(answer + 1),
            Step::Hands(_) if facts.is_split => Step::Neighbour,
            Step::Neighbour => {
                self.decided = None;
                Step::HandsAgain(0)
            }
            Step::HandsAgain(answer) if has_more(answer) => Step::HandsAgain(answer + 1),
            Step::Hands(_) | Step::HandsAgain(_) => Step::Ready,
            Step::Ready => return true,
            Step::Running => Step::Running,
            Step::Over => Step::Number,
            // A run that has answered nothing leaves nothing to be explained.
            Step::Number if facts.is_answered => Step::Why,
            Step::Number | Step::Why => Step::Stage,
            Step::Stage if facts.has_incident => Step::Autopsy,
            Step::Stage | Step::Autopsy => Step::Code,
            Step::Code => match self.next_stop() {
                Some(stop) => {
                    self.at += 1;
                    self.decided = None;
                    stop.first_step()
                }
                None => Step::End(0),
            },
            Step::End(page) => Step::End((page + 1).min(facts.pages.saturating_sub(1))),
        };
        false
    }

    /// Goes to the step before; a run that goes on is not left.
    pub fn back(&mut self, facts: Facts) {
        let last = self.answers().saturating_sub(1);
        // The class is asked again after a step back.
        self.decided = None;
        self.step = match self.step {
            Step::Hands(0) => Step::Question,
            Step::Hands(answer) => Step::Hands(answer - 1),
            Step::Neighbour => Step::Hands(last),
            Step::HandsAgain(0) => Step::Neighbour,
            Step::HandsAgain(answer) => Step::HandsAgain(answer - 1),
            Step::Ready if self.answers() > 0 && facts.voted_again => Step::HandsAgain(last),
            Step::Ready if self.answers() > 0 => Step::Hands(last),
            Step::Question | Step::Ready if self.at > 0 => {
                self.at -= 1;
                Step::Code
            }
            Step::Plan | Step::Question | Step::Ready => Step::Plan,
            Step::Running => Step::Running,
            Step::Over | Step::Number => Step::Ready,
            Step::Why => Step::Number,
            Step::Stage if facts.is_answered => Step::Why,
            Step::Stage => Step::Number,
            Step::Autopsy => Step::Stage,
            Step::Code if facts.has_incident => Step::Autopsy,
            Step::Code => Step::Stage,
            Step::End(0) if self.stops.is_empty() => Step::Plan,
            Step::End(0) => Step::Code,
            Step::End(page) => Step::End(page - 1),
        };
    }

    /// Notes that the class decides. Returns whether it was asked at this step, so that the answer counts.
    pub fn decide(&mut self, answer: usize) -> bool {
        if answer >= self.answers() {
            return false;
        }
        self.step = match self.step {
            Step::Hands(_) => Step::Hands(answer),
            Step::HandsAgain(_) => Step::HandsAgain(answer),
            _ => return false,
        };
        self.decided = Some(answer);
        true
    }

    /// Notes that the run that was asked for goes on.
    pub fn run_began(&mut self) {
        self.step = Step::Running;
    }

    /// Notes that the run is over, or could not begin: its result is shown, or first what the run has left to be seen
    /// (`is_seen`).
    pub fn run_ended(&mut self, is_seen: bool) {
        self.step = if is_seen { Step::Over } else { Step::Number };
    }

    /// Goes to the first vote about `demo`. A demo that is not in the lesson comes in before the present one.
    pub fn go_to(&mut self, demo: usize, its_stops: impl IntoIterator<Item = Stop>) {
        let known = |stop: &Stop| stop.demo == demo;
        if !self.stops.iter().any(known) {
            let present = self.stop().map(|stop| stop.demo);
            let before = |stop: &Stop| Some(stop.demo) == present;
            let at = self.stops.iter().position(before).unwrap_or(0);
            self.stops.splice(at..at, its_stops);
        }
        if let Some(at) = self.stops.iter().position(known) {
            self.at = at;
            self.decided = None;
            self.step = self.stops[at].first_step();
        }
    }

    /// Goes to the lesson's plan, with the present stop as the next.
    pub fn go_to_plan(&mut self) {
        self.decided = None;
        self.step = Step::Plan;
    }

    /// Takes another lesson plan, with the present demo still the next.
    pub fn plan(&mut self, stops: Vec<Stop>) {
        let demo = self.stop().map_or(0, |stop| stop.demo);
        *self = Self::beginning(stops, demo);
    }

    /// The lesson to be taken up later, at the step at which it is left. `None` if it was over.
    pub fn left(mut self) -> Option<Self> {
        match self.step {
            Step::End(_) => return None,
            // The run is not waited for.
            Step::Running | Step::Over => self.step = Step::Ready,
            _ => {}
        }
        Some(self)
    }

    /// How many answers the question of the present stop has.
    fn answers(&self) -> usize {
        self.stop().map_or(0, |stop| stop.answers)
    }
}

#[cfg(test)]
#[path = "steps_tests.rs"]
mod tests;
