//! The queue itself: words in the order in which they came, a limit, and the puts and takes that wait. It knows
//! no processes and no clock: the caller says what happens when, so that every case can be tested.

use std::collections::VecDeque;
use std::time::Duration;

use super::Word;

/// How long a put or a take waits, as `block` and `timeout` say in Python.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timeout {
    /// Not at all: `block=False`.
    Immediate,
    /// This long: `timeout=…`.
    After(Duration),
    /// For ever.
    Never,
}

impl Timeout {
    /// Reads a parameter: -1 is for ever, 0 is not at all, all else is milliseconds.
    pub fn of_millis(millis: i64) -> Self {
        match u64::try_from(millis) {
            Err(_) => Timeout::Never,
            Ok(0) => Timeout::Immediate,
            Ok(millis) => Timeout::After(Duration::from_millis(millis)),
        }
    }
}

/// An event at the queue; several are in the order in which they happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// The queue is full: the put of this word waits for room.
    PutWaits(Word),
    /// The word is in the queue.
    Put(Word),
    /// The word is refused, because the queue is (still) full.
    Full(Word),
    /// The queue is empty: the taker has to wait for a word.
    TakeWaits,
    /// The word has left the queue.
    Taken(Word),
    /// The taker is refused, because the queue is (still) empty.
    Empty,
}

/// A put or a take that waits.
#[derive(Clone, Copy, Debug)]
struct Waiting<T> {
    what: T,
    since: Duration,
    /// `None`: for ever.
    until: Option<Duration>,
}

impl<T> Waiting<T> {
    /// `None` if it does not wait.
    fn new(what: T, now: Duration, timeout: Timeout) -> Option<Self> {
        let until = match timeout {
            Timeout::Immediate => return None,
            Timeout::After(limit) => Some(now + limit),
            Timeout::Never => None,
        };
        Some(Self {
            what,
            since: now,
            until,
        })
    }

    fn is_over(&self, now: Duration) -> bool {
        self.until.is_some_and(|until| until <= now)
    }
}

/// The queue.
#[derive(Debug)]
pub struct Queue {
    /// `None`: as much as memory holds.
    capacity: Option<usize>,
    words: VecDeque<Word>,
    /// First come, first served.
    putting: VecDeque<Waiting<Word>>,
    taking: Option<Waiting<()>>,
    put_blocked: Duration,
}

impl Queue {
    /// An empty queue; a `capacity` of 0 is no limit.
    pub fn new(capacity: u64) -> Self {
        Self {
            capacity: usize::try_from(capacity).ok().filter(|&limit| limit > 0),
            words: VecDeque::new(),
            putting: VecDeque::new(),
            taking: None,
            put_blocked: Duration::ZERO,
        }
    }

    /// Words in it.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// The time that puts were blocked, added up; puts that still wait do not count.
    pub fn put_blocked(&self) -> Duration {
        self.put_blocked
    }

    /// Whether the put of this word waits.
    pub fn is_putting(&self, word: Word) -> bool {
        self.putting.iter().any(|blocked| blocked.what == word)
    }

    /// Whether the taker waits for a word.
    pub fn is_taking(&self) -> bool {
        self.taking.is_some()
    }

    /// The time at which the first of those that wait gives up.
    pub fn deadline(&self) -> Option<Duration> {
        let putting = self.putting.iter().filter_map(|blocked| blocked.until);
        putting.chain(self.taking.and_then(|it| it.until)).min()
    }

    /// Puts a word in.
    pub fn put(&mut self, word: Word, now: Duration, timeout: Timeout) -> Vec<Event> {
        if !self.is_full() {
            return self.push(word);
        }
        match Waiting::new(word, now, timeout) {
            Some(blocked) => {
                self.putting.push_back(blocked);
                vec![Event::PutWaits(word)]
            }
            None => vec![Event::Full(word)],
        }
    }

    /// The taker asks for a word. It asks for the next one only after it has got this one.
    pub fn take(&mut self, now: Duration, timeout: Timeout) -> Vec<Event> {
        let Some(word) = self.words.pop_front() else {
            self.taking = Waiting::new((), now, timeout);
            return vec![match self.taking {
                Some(_) => Event::TakeWaits,
                None => Event::Empty,
            }];
        };
        let mut happened = vec![Event::Taken(word)];
        // There is room for the word that has waited longest.
        if let Some(blocked) = self.putting.pop_front() {
            self.put_blocked += now.saturating_sub(blocked.since);
            happened.extend(self.push(blocked.what));
        }
        happened
    }

    /// Refuses all puts and takes whose time is over.
    pub fn expire(&mut self, now: Duration) -> Vec<Event> {
        let mut happened = Vec::new();
        self.putting.retain(|blocked| {
            if blocked.is_over(now) {
                self.put_blocked += now.saturating_sub(blocked.since);
                happened.push(Event::Full(blocked.what));
            }
            !blocked.is_over(now)
        });
        if self.taking.is_some_and(|blocked| blocked.is_over(now)) {
            self.taking = None;
            happened.push(Event::Empty);
        }
        happened
    }

    /// The producer of this word is gone: its put will not come.
    pub fn forget_putting(&mut self, word: Word, now: Duration) {
        self.putting.retain(|blocked| {
            let is_gone = blocked.what == word;
            if is_gone {
                self.put_blocked += now.saturating_sub(blocked.since);
            }
            !is_gone
        });
    }

    /// The taker is gone.
    pub fn forget_taking(&mut self) {
        self.taking = None;
    }

    fn is_full(&self) -> bool {
        self.capacity.is_some_and(|limit| self.words.len() >= limit)
    }

    /// There is room: the word goes in, and at once out again if the consumer waits for one.
    fn push(&mut self, word: Word) -> Vec<Event> {
        self.words.push_back(word);
        let mut happened = vec![Event::Put(word)];
        if self.taking.take().is_some() {
            happened.extend(self.words.pop_front().map(Event::Taken));
        }
        happened
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Event::*;
    use super::Word::{Ping, Pong};
    use super::*;

    const fn at(millis: u64) -> Duration {
        Duration::from_millis(millis)
    }

    fn filled(capacity: u64, words: &[Word]) -> Queue {
        let mut queue = Queue::new(capacity);
        for &word in words {
            assert_eq!(queue.put(word, at(0), Timeout::Immediate), [Put(word)]);
        }
        queue
    }

    #[test]
    fn words_come_out_in_the_order_in_which_they_went_in() {
        let mut queue = filled(0, &[Ping, Pong, Pong, Ping]);
        let taken: Vec<_> = (0..5)
            .flat_map(|_| queue.take(at(1), Timeout::Immediate))
            .collect();
        assert_eq!(
            taken,
            [Taken(Ping), Taken(Pong), Taken(Pong), Taken(Ping), Empty]
        );
    }

    #[test]
    fn whoever_does_not_wait_is_refused_at_once() {
        let mut queue = filled(1, &[Ping]);
        assert_eq!(queue.put(Pong, at(1), Timeout::Immediate), [Full(Pong)]);
        assert_eq!(queue.deadline(), None);
        assert_eq!(queue.put_blocked(), Duration::ZERO);
        assert_eq!(queue.len(), 1);
    }

    #[test]
    fn room_goes_to_the_one_who_waited_longest() {
        let mut queue = filled(1, &[Ping]);
        assert_eq!(queue.put(Pong, at(1), Timeout::Never), [PutWaits(Pong)]);
        assert_eq!(queue.put(Ping, at(2), Timeout::Never), [PutWaits(Ping)]);
        assert_eq!(
            queue.take(at(5), Timeout::Immediate),
            [Taken(Ping), Put(Pong)]
        );
        assert!(queue.is_putting(Ping) && !queue.is_putting(Pong));
        assert_eq!(
            queue.take(at(7), Timeout::Immediate),
            [Taken(Pong), Put(Ping)]
        );
        assert_eq!(queue.put_blocked(), at(4) + at(5));
    }

    #[test]
    fn a_put_that_has_waited_long_enough_is_refused() {
        let mut queue = filled(1, &[Ping]);
        queue.put(Pong, at(1), Timeout::After(at(10)));
        queue.put(Ping, at(5), Timeout::Never);
        assert_eq!(queue.deadline(), Some(at(11)));
        assert_eq!(queue.expire(at(10)), []);
        assert_eq!(queue.expire(at(11)), [Full(Pong)]);
        assert_eq!(queue.put_blocked(), at(10));
        // The one behind it waits on, and for ever.
        assert_eq!(queue.deadline(), None);
        assert!(queue.is_putting(Ping));
    }

    #[test]
    fn a_taker_that_waits_gets_the_next_word() {
        let mut queue = Queue::new(1);
        assert_eq!(queue.take(at(0), Timeout::Never), [TakeWaits]);
        assert!(queue.is_taking());
        assert_eq!(
            queue.put(Pong, at(1), Timeout::Immediate),
            [Put(Pong), Taken(Pong)]
        );
        assert!(!queue.is_taking());
        assert_eq!(queue.len(), 0);
    }

    #[test]
    fn a_taker_gives_up_when_its_time_is_over() {
        let mut queue = Queue::new(0);
        assert_eq!(queue.take(at(3), Timeout::After(at(4))), [TakeWaits]);
        assert_eq!(queue.expire(at(6)), []);
        assert_eq!(queue.expire(at(7)), [Empty]);
        assert_eq!(queue.take(at(8), Timeout::Immediate), [Empty]);
        assert_eq!(queue.deadline(), None);
    }

    proptest! {
        /// Nothing is lost, nothing appears, and the limit is kept, whatever is done to the queue.
        #[test]
        fn every_word_is_somewhere(
            capacity in 0..4u64,
            steps in prop::collection::vec((0..4u8, -1..3i64), 0..60),
        ) {
            let mut queue = Queue::new(capacity);
            let (mut asked, mut put, mut taken, mut full) = (0, 0, 0, 0);
            for (time, (what, timeout)) in steps.into_iter().enumerate() {
                let now = at(time as u64);
                let timeout = Timeout::of_millis(timeout);
                let happened = match what {
                    0 | 1 => {
                        let word = if what == 0 { Ping } else { Pong };
                        if queue.is_putting(word) {
                            continue;
                        }
                        asked += 1;
                        queue.put(word, now, timeout)
                    }
                    2 if !queue.is_taking() => queue.take(now, timeout),
                    _ => queue.expire(now),
                };
                let count = |kind: fn(&Event) -> bool| happened.iter().filter(|it| kind(it)).count();
                put += count(|it| matches!(it, Put(_)));
                taken += count(|it| matches!(it, Taken(_)));
                full += count(|it| matches!(it, Full(_)));
                let waiting = [Ping, Pong].into_iter().filter(|&word| queue.is_putting(word)).count();
                prop_assert_eq!(asked, put + full + waiting);
                prop_assert_eq!(put, taken + queue.len());
                prop_assert!(capacity == 0 || queue.len() as u64 <= capacity);
                prop_assert!(waiting == 0 || queue.len() as u64 == capacity);
                prop_assert!(!queue.is_taking() || queue.len() == 0);
            }
        }
    }
}
