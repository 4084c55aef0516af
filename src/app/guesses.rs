//! The class's guesses before a run, with the hands raised for each answer, and the answers that the runs gave.

use crate::lab::demo::verdict::Verdict;
use crate::lab::demo::{DemoId, Question, Sentence};
use crate::lab::trace::record::Record;

/// The most answers that a question has.
pub const ANSWERS: usize = 4;

/// The letter that an answer goes by.
pub fn letter(answer: usize) -> char {
    char::from(b'A' + u8::try_from(answer).unwrap_or(0))
}

/// The most hands that are counted for one answer.
pub const MOST_HANDS: u32 = 999;

/// A class agrees if so many of a hundred hands go up for one answer.
const AGREEING_PERCENT: u32 = 70;

/// One vote of the class.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ballot {
    /// Index of the answer that the class decided for.
    pub answer: Option<usize>,
    /// Hands raised for each answer; they may be left uncounted.
    pub hands: [u32; ANSWERS],
}

impl Ballot {
    /// How many hands went up in all.
    pub fn all_hands(&self) -> u32 {
        self.hands.iter().sum()
    }

    /// The answer that most hands went up for; `None` without hands, or if another has as many.
    fn most_hands(&self) -> Option<usize> {
        let most = self.hands.into_iter().max().filter(|most| *most > 0)?;
        let mut with_most = (0..ANSWERS).filter(|answer| self.hands[*answer] == most);
        with_most.next().filter(|_| with_most.next().is_none())
    }
}

/// The class's guess at one question.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Guess {
    /// The vote that counts.
    pub vote: Ballot,
    /// The vote before the class talked about it and voted again.
    pub first: Option<Ballot>,
}

impl Guess {
    /// Whether hands were counted in one of the votes.
    pub fn was_counted(&self) -> bool {
        self.vote.all_hands() > 0 || self.first.is_some_and(|first| first.all_hands() > 0)
    }

    /// Whether hands were counted, and too few went up for one answer to say that the class agrees.
    pub fn is_split(&self) -> bool {
        let most = self.vote.hands.into_iter().max();
        100 * most.unwrap_or(0) < AGREEING_PERCENT * self.vote.all_hands()
    }
}

/// All guesses of this session. Each counts for the answers that it was chosen from: if a parameter changes the
/// answers, the class is asked again, and if they come back, so does its guess.
#[derive(Default)]
pub struct Guesses {
    guesses: Vec<(DemoId, Question, Guess)>,
    /// Those that were cleared away with their demo's runs.
    cleared: Vec<(DemoId, Question, Guess)>,
}

impl Guesses {
    /// The guess at this question; an empty one if there is none.
    pub fn at(&self, demo: DemoId, question: &Question) -> Guess {
        let mut guesses = self.guesses.iter();
        let guess = guesses.find(|(of, asked, _)| *of == demo && asked.is_same(question));
        guess.map(|(_, _, guess)| *guess).unwrap_or_default()
    }

    /// Notes that the class decides for `answer`; an answer that the question does not have changes nothing.
    pub fn decide(&mut self, demo: DemoId, question: &Question, answer: usize) {
        if answer < question.choices.len() {
            self.guess_mut(demo, question).vote.answer = Some(answer);
        }
    }

    /// Adds `change` hands (takes away, if negative) to those raised for `answer`.
    pub fn raise(&mut self, demo: DemoId, question: &Question, answer: usize, change: i32) {
        if let Some(hands) = self.guess_mut(demo, question).vote.hands.get_mut(answer) {
            *hands = hands.saturating_add_signed(change).min(MOST_HANDS);
        }
    }

    /// Forgets the guess at this question: another class is asked.
    pub fn ask_anew(&mut self, demo: DemoId, question: &Question) {
        *self.guess_mut(demo, question) = Guess::default();
    }

    /// Keeps the first vote on this question, and asks the class again.
    pub fn ask_again(&mut self, demo: DemoId, question: &Question) {
        let guess = self.guess_mut(demo, question);
        if guess.first.is_none() {
            guess.first = Some(std::mem::take(&mut guess.vote));
        }
    }

    /// Goes back to the first vote on this question, as if the class had not been asked again.
    pub fn undo_ask_again(&mut self, demo: DemoId, question: &Question) {
        let guess = self.guess_mut(demo, question);
        if let Some(first) = guess.first.take() {
            guess.vote = first;
        }
    }

    /// Takes the answer that most hands went up for as the class's guess, or none if two have as many; uncounted hands
    /// change nothing.
    pub fn follow_most_hands(&mut self, demo: DemoId, question: &Question) {
        let vote = &mut self.guess_mut(demo, question).vote;
        if vote.all_hands() > 0 {
            vote.answer = vote.most_hands();
        }
    }

    /// Clears the guesses at this demo's questions away, so that they are asked anew.
    pub fn clear(&mut self, demo: DemoId) {
        let gone: Vec<_> = self
            .guesses
            .extract_if(.., |(of, ..)| *of == demo)
            .collect();
        if !gone.is_empty() {
            self.cleared.retain(|(of, ..)| *of != demo);
            self.cleared.extend(gone);
        }
    }

    /// Brings the guesses at this demo's questions back that were cleared away.
    pub fn undo_clear(&mut self, demo: DemoId) {
        let back: Vec<_> = self
            .cleared
            .extract_if(.., |(of, ..)| *of == demo)
            .collect();
        if !back.is_empty() {
            self.guesses.retain(|(of, ..)| *of != demo);
            self.guesses.extend(back);
        }
    }

    fn guess_mut(&mut self, demo: DemoId, question: &Question) -> &mut Guess {
        let mut guesses = self.guesses.iter();
        let known = guesses.position(|(of, asked, _)| *of == demo && asked.is_same(question));
        let at = known.unwrap_or_else(|| {
            let guess = (demo, question.clone(), Guess::default());
            self.guesses.push(guess);
            self.guesses.len() - 1
        });
        &mut self.guesses[at].2
    }
}

/// The answers that the runs with the present parameters gave to a question.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answered {
    /// The answer that was right in the latest run.
    pub latest: Option<usize>,
    /// In how many runs each answer was right.
    pub runs: [u32; ANSWERS],
    /// The reason why the latest run decides nothing, though it came to its end.
    pub undecided: Option<Sentence>,
}

impl Answered {
    /// The answers that `records` give, which are of this question's demo, oldest first.
    pub fn by<'run>(question: &Question, records: impl IntoIterator<Item = &'run Record>) -> Self {
        let mut answered = Self::default();
        let verdicts = records
            .into_iter()
            .filter_map(|record| question.verdict(record));
        for verdict in verdicts {
            answered.latest = verdict.right();
            if let Some(runs) = answered.latest.and_then(|it| answered.runs.get_mut(it)) {
                *runs += 1;
            }
            answered.undecided = match verdict {
                Verdict::Right(_) => None,
                Verdict::Undecided(why) => Some(why),
            };
        }
        answered
    }

    /// How many runs decided the question.
    pub fn decided(&self) -> u32 {
        self.runs.iter().sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demos;

    #[test]
    fn guesses_come_back_with_the_runs_that_were_cleared() {
        let entry = demos::find("bank_lock").expect("the bank");
        let question = (entry.demo)().questions().remove(0);
        let mut guesses = Guesses::default();
        guesses.decide("bank_lock", &question, 1);
        guesses.raise("bank_lock", &question, 2, 40);
        let before = guesses.at("bank_lock", &question);
        guesses.clear("bank_lock");
        assert_eq!(guesses.at("bank_lock", &question), Guess::default());
        // A second clearing has nothing to clear.
        guesses.clear("bank_lock");
        guesses.decide("bank_lock", &question, 3);
        guesses.undo_clear("bank_lock");
        assert_eq!(guesses.at("bank_lock", &question), before);
    }

    #[test]
    fn most_hands_are_the_guess_and_two_with_as_many_are_none() {
        let entry = demos::find("bank_lock").expect("the bank");
        let question = (entry.demo)().questions().remove(0);
        let mut guesses = Guesses::default();
        let guess = |guesses: &mut Guesses| {
            guesses.follow_most_hands("bank_lock", &question);
            guesses.at("bank_lock", &question).vote.answer
        };
        guesses.decide("bank_lock", &question, 3);
        assert_eq!(guess(&mut guesses), Some(3), "nobody was counted");
        guesses.raise("bank_lock", &question, 0, 10);
        assert_eq!(guess(&mut guesses), Some(0));
        guesses.raise("bank_lock", &question, 1, 10);
        assert_eq!(guess(&mut guesses), None);
    }
}
