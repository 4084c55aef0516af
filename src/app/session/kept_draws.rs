//! Draws that stay: where chance is a part of the task, every run of it gets the same seed until another draw is
//! asked for.

use super::Session;
use crate::demos::{self, Entry};
use crate::lab::demo::param::Params;
use crate::lab::demo::{Demo, DemoId};
use crate::lab::run::RunInfo;

/// How many seeds are tried for a draw that differs from the one before. There may be none, for example if all times
/// are the same.
const TRIES: usize = 32;

/// The seed of each demo's draw, for each of its tasks that was run; a task is a set of parameters.
#[derive(Default)]
pub struct KeptDraws(Vec<(DemoId, Params, u64)>);

impl KeptDraws {
    /// The seed for the task with these parameters, if there is one.
    pub fn of(&self, demo: DemoId, params: &Params) -> Option<u64> {
        let mut draws = self.0.iter();
        let draw = draws.find(|(of, task, _)| *of == demo && task == params);
        draw.map(|(.., seed)| *seed)
    }

    /// The seed for the demo's present task, made now if need be; `None` if the task draws nothing.
    pub fn keep(&mut self, demo: &dyn Demo) -> Option<u64> {
        let seed = rand::random();
        demo.draw(seed)?;
        let (id, params) = (demo.id(), demo.params());
        let known = self.of(id, &params);
        if known.is_none() {
            self.0.push((id, params, seed));
        }
        known.or(Some(seed))
    }

    /// Takes the seed of a run from elsewhere, so that runs here are comparable with it.
    pub fn take_in(&mut self, run: &RunInfo) {
        let draws = |entry: &Entry| (entry.demo)().draw(run.seed).is_some();
        if demos::find(run.demo).is_some_and(draws) {
            self.0
                .retain(|(of, task, _)| *of != run.demo || *task != run.params);
            self.0.push((run.demo, run.params.clone(), run.seed));
        }
    }

    /// Takes another seed for the demo's present task.
    fn renew(&mut self, demo: &dyn Demo) {
        let params = demo.params();
        let mut draws = self.0.iter_mut();
        let Some((.., seed)) = draws.find(|(of, task, _)| *of == demo.id() && *task == params)
        else {
            return;
        };
        let before = demo.draw(*seed);
        for _ in 0..TRIES {
            *seed = rand::random();
            if demo.draw(*seed) != before {
                return;
            }
        }
    }
}

impl Session {
    /// Draws anew for the present task of `demo`. Runs with the draw before are no longer shown, because later runs are
    /// not comparable with them.
    pub fn renew_draw(&mut self, demo: &dyn Demo) {
        self.draws.renew(demo);
        let (id, params) = (demo.id(), demo.params());
        self.latest
            .retain(|(of, _), finished| *of != id || finished.info.params != params);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::demo::set_param;

    fn demo(id: &str, params: &[(&str, &str)]) -> Box<dyn Demo> {
        let mut demo = (demos::find(id).expect("it is one").demo)();
        for (name, value) in params {
            set_param(demo.as_mut(), name, value).expect("it takes that");
        }
        demo
    }

    #[test]
    fn a_list_of_files_keeps_its_draw_until_another_is_asked_for() {
        let mut draws = KeptDraws::default();
        let (two, three) = (demo("downloads", &[]), demo("downloads", &[("files", "3")]));
        let first = draws.keep(two.as_ref()).expect("times are drawn");
        assert_eq!(draws.keep(two.as_ref()), Some(first));
        assert_ne!(draws.keep(three.as_ref()), Some(first));
        for _ in 0..50 {
            let before = draws.keep(two.as_ref()).and_then(|seed| two.draw(seed));
            draws.renew(two.as_ref());
            let after = draws.keep(two.as_ref()).and_then(|seed| two.draw(seed));
            assert_ne!(before, after, "two times of six seconds are soon the same");
        }
        // The search ends if there is nothing to choose from.
        let alike = [("min_seconds", "7"), ("max_seconds", "7")];
        let alike = demo("downloads", &alike);
        draws.keep(alike.as_ref());
        draws.renew(alike.as_ref());
    }

    /// A class compares one vote's run with another's.
    #[test]
    fn all_votes_on_downloads_are_about_the_same_draw() {
        let mut draws = KeptDraws::default();
        let votes = demo("downloads", &[]).votes();
        assert!(votes.len() > 2);
        let mut of_vote = votes.iter().map(|vote| {
            let mut demo = demo("downloads", &[]);
            vote.set_on(demo.as_mut());
            draws.keep(demo.as_ref()).expect("times are drawn")
        });
        let first = of_vote.next();
        assert!(of_vote.all(|seed| Some(seed) == first));
    }

    #[test]
    fn a_task_without_chance_has_no_draw() {
        let mut draws = KeptDraws::default();
        assert_eq!(draws.keep(demo("ping_pong", &[]).as_ref()), None);
        // The failing deposits are drawn anew for each round.
        let failing = demo("bank_lock", &[("failing", "5")]);
        assert_eq!(draws.keep(failing.as_ref()), None);
    }
}
