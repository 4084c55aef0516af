//! Runs that a picture asks for, and those among them that go on only as they are told.

use super::{Session, copy_of};
use crate::lab::demo::{Demo, VariantId, set_param};
use crate::lab::run::Input;

impl Session {
    /// Starts one run of `variant` with `set` in the place of the parameters of these names; nothing
    /// happens while another run goes on that does not give way. `steer`: the run goes on only as it is
    /// told, beginning with this.
    pub fn start_with(
        &mut self,
        demo: &dyn Demo,
        variant: VariantId,
        set: &[(&'static str, String)],
        steer: Option<Vec<Input>>,
    ) {
        self.leave_steered();
        let Some(mut copy) = copy_of(demo).filter(|_| self.running.is_none()) else {
            return;
        };
        for (name, text) in set {
            let set = set_param(copy.as_mut(), name, text);
            // A picture that asked for what its demo refuses would be a mistake of the demo.
            debug_assert_eq!(set, Ok(()));
        }
        self.queue = [(variant, rand::random())].into();
        self.in_turn = false;
        self.start_next(copy);
        if let (Some(running), Some(words)) = (&mut self.running, steer) {
            running.steered = true;
            self.steer(&words);
        }
    }

    /// Tells the run that goes on.
    pub fn steer(&self, words: &[Input]) {
        if let Some(running) = &self.running {
            words
                .iter()
                .for_each(|word| running.handle.send_input(*word));
        }
    }

    /// Whether the run that goes on does so only as it is told.
    pub fn is_steered(&self) -> bool {
        self.running.as_ref().is_some_and(|running| running.steered)
    }

    /// Nobody will tell it any more: the run ends, and nothing remains of it.
    pub fn leave_steered(&mut self) {
        self.running.take_if(|running| running.steered);
    }
}
