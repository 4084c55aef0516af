//! The account without a lock, and the record of each deposit.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use serde::{Deserialize, Serialize};

/// A balance, and whose deposit came last: two deposits of the same amount look alike, their writers don't.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Balance {
    /// Money.
    pub yuan: u64,
    /// Number of the thread that wrote it, from 1; 0 for the empty account.
    pub writer: u16,
}

impl Balance {
    /// The balance once the thread `writer` has added `amount` to it.
    pub fn plus(self, amount: u64, writer: u16) -> Self {
        Self {
            yuan: self.yuan + amount,
            writer,
        }
    }
}

/// A balance that any thread reads and overwrites at any time. Both halves are kept in one 64-bit
/// atomic (48 bits of money, 16 of writer), so that a write knows exactly what it overwrote.
#[derive(Default)]
pub struct RacyAccount(AtomicU64);

impl RacyAccount {
    /// The balance now.
    pub fn read(&self) -> Balance {
        unpack(self.0.load(Ordering::SeqCst))
    }

    /// Overwrites whatever balance is there, and returns that one.
    pub fn write(&self, balance: Balance) -> Balance {
        unpack(self.0.swap(
            balance.yuan << 16 | u64::from(balance.writer),
            Ordering::SeqCst,
        ))
    }
}

fn unpack(bits: u64) -> Balance {
    Balance {
        yuan: bits >> 16,
        writer: (bits & 0xFFFF) as u16,
    }
}

/// One deposit that succeeded, as its thread saw it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Deposit {
    /// The balance it read.
    pub read: Balance,
    /// The balance it wrote back.
    pub wrote: Balance,
    /// The balance just before it wrote. If that is not what it read, deposits in between are lost.
    pub overwrote: Balance,
    /// How long it waited for the lock.
    pub waited: Duration,
}

/// The threads whose deposits are in the balance that `last` wrote: the last writer, the writer whose
/// balance that one had read, and so on back to the empty account. `saw` maps each writer to the
/// writer of what it read.
pub fn kept(last: u16, saw: &HashMap<u16, u16>) -> Vec<u16> {
    let mut chain = Vec::new();
    let mut writer = last;
    while writer != 0 && chain.len() <= saw.len() {
        chain.push(writer);
        writer = saw.get(&writer).copied().unwrap_or(0);
    }
    chain
}

/// Two deposits that read the very same balance, and so wrote the very same sum: not both are in the balance any more.
/// There are two such whenever a deposit is lost: if each balance were read only once, every deposit would be built
/// upon another, in one chain. A deposit and the one that wrote right over it are preferred, in that order.
pub fn collision(deposits: &[Deposit]) -> Option<(Deposit, Deposit)> {
    let by_writer: HashMap<u16, Deposit> = deposits
        .iter()
        .map(|deposit| (deposit.wrote.writer, *deposit))
        .collect();
    let direct = deposits.iter().find_map(|&second| {
        let first = *by_writer.get(&second.overwrote.writer)?;
        (first.read == second.read).then_some((first, second))
    });
    direct.or_else(|| same_read(deposits))
}

fn same_read(deposits: &[Deposit]) -> Option<(Deposit, Deposit)> {
    let mut readers: HashMap<Balance, Deposit> = HashMap::new();
    deposits.iter().find_map(|&second| {
        let first = readers.insert(second.read, second)?;
        Some((first, second))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_write_knows_what_it_overwrote() {
        let account = RacyAccount::default();
        let first = Balance {
            yuan: 5_000_000_000,
            writer: 5000,
        };
        assert_eq!(account.write(first), Balance::default());
        assert_eq!(account.write(Balance { yuan: 1, writer: 2 }), first);
        assert_eq!(account.read(), Balance { yuan: 1, writer: 2 });
    }

    #[test]
    fn the_kept_deposits_are_the_last_writers_ancestors() {
        // 1 read nothing, 2 read nothing, 3 read 2's balance: 1 is lost.
        let saw = HashMap::from([(1, 0), (2, 0), (3, 2)]);
        assert_eq!(kept(3, &saw), [3, 2]);
        assert_eq!(kept(1, &saw), [1]);
        assert!(kept(0, &saw).is_empty());
    }

    #[test]
    fn a_collision_is_two_that_read_the_same() {
        let at = |yuan, writer| Balance { yuan, writer };
        let deposit = |read, wrote, overwrote| Deposit {
            read,
            wrote,
            overwrote,
            waited: Duration::ZERO,
        };
        let first = deposit(at(0, 0), at(1, 1), at(0, 0));
        let second = deposit(at(0, 0), at(1, 2), at(1, 1));
        assert_eq!(collision(&[first, second]), Some((first, second)));
        assert_eq!(collision(&[second, first]), Some((first, second)));
        // Another wrote in between.
        let third = deposit(at(0, 0), at(1, 3), at(7, 7));
        assert_eq!(collision(&[third, first]), Some((third, first)));
        let direct = Some((first, second));
        assert_eq!(collision(&[third, first, second]), direct);
        assert_eq!(
            collision(&[first, deposit(at(1, 1), at(2, 2), at(1, 1))]),
            None
        );
    }
}
