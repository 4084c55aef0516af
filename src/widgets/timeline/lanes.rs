//! The places of the timeline's lanes: each with its name if there is room for names, else as hairlines under one name
//! for all of a kind, else several tracks in one row of pixels.

use std::ops::Range;

use crate::lab::trace::log::TrackLog;

/// Height that a lane with a name needs, in points, for text of 12 points.
pub const NAMED_LANE: f32 = 16.0;
/// Greatest height of a lane, however much room there is.
const HIGHEST_LANE: f32 = 26.0;
/// Distance between the lanes that stand apart and the rest, in points.
const GAP: f32 = 4.0;

/// Lanes one below the other that share a name.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// Indexes into the run's tracks, from top to bottom.
    pub tracks: Vec<usize>,
    /// Distance from the top of the lanes, in points.
    pub top: f32,
    /// Height of one row, in points.
    pub row: f32,
    /// Number of rows; fewer than tracks if several tracks share a row.
    pub rows: usize,
}

impl Block {
    /// Height of all rows.
    pub fn height(&self) -> f32 {
        self.row * self.rows as f32
    }

    /// The tracks in a row, as positions in `tracks`.
    pub fn tracks_in(&self, row: usize) -> Range<usize> {
        let first = |row| row * self.tracks.len() / self.rows.max(1);
        first(row)..first(row + 1)
    }
}

/// Divides `height` points among the tracks; a pixel is `pixel` points. Tracks with the same noun come together, in the
/// order of their numbers. Those in `apart` come first, each with its name.
pub fn blocks(tracks: &[TrackLog], apart: &[usize], height: f32, pixel: f32) -> Vec<Block> {
    let mut groups = groups(tracks);
    if apart.is_empty() {
        return shared_out(groups, height, pixel);
    }
    for group in &mut groups {
        group.retain(|track| !apart.contains(track));
    }
    groups.retain(|group| !group.is_empty());
    // The lanes that stand apart share half of the room, each as high as a lane may be.
    let row = (height / 2.0 / apart.len() as f32).clamp(NAMED_LANE.min(height), HIGHEST_LANE);
    let all = apart.iter().enumerate();
    let mut blocks: Vec<_> = all
        .map(|(lane, &track)| block(vec![track], lane as f32 * row, row, pixel))
        .collect();
    let below = row * apart.len() as f32 + GAP;
    let rest = shared_out(groups, (height - below).max(pixel), pixel);
    blocks.extend(rest.into_iter().map(|block| Block {
        top: block.top + below,
        ..block
    }));
    blocks
}

fn shared_out(groups: Vec<Vec<usize>>, height: f32, pixel: f32) -> Vec<Block> {
    let count = groups.iter().map(Vec::len).sum::<usize>() as f32;
    if count * NAMED_LANE <= height {
        let row = (height / count).min(HIGHEST_LANE);
        let all = groups.into_iter().flatten().enumerate();
        return all
            .map(|(lane, track)| block(vec![track], lane as f32 * row, row, pixel))
            .collect();
    }
    // A kind of few tracks keeps a lane for its name, unless that leaves too little for the rest.
    let few = few(&groups, height);
    let kinds = few.iter().filter(|few| **few).count() as f32;
    let (groups, few, kinds) = if kinds * NAMED_LANE <= height / 2.0 {
        (groups, few, kinds)
    } else {
        (vec![groups.concat()], vec![false], 0.0)
    };
    let sharing = groups.iter().zip(&few).filter(|(_, few)| !**few);
    let sharing: usize = sharing.map(|(group, _)| group.len()).sum();
    let share = (height - kinds * NAMED_LANE) / sharing as f32;
    let mut top = 0.0;
    groups
        .into_iter()
        .zip(few)
        .map(|(group, few)| {
            let height = match few {
                true => NAMED_LANE,
                false => share * group.len() as f32,
            };
            let block = block(group, top, height, pixel);
            top += height;
            block
        })
        .collect()
}

/// Finds the groups whose tracks would together get less than a named lane if all tracks shared `height`.
fn few(groups: &[Vec<usize>], height: f32) -> Vec<bool> {
    let mut few = vec![false; groups.len()];
    loop {
        let (mut room, mut sharing) = (height, 0);
        for (group, few) in groups.iter().zip(&few) {
            match few {
                true => room -= NAMED_LANE,
                false => sharing += group.len(),
            }
        }
        let share = room / sharing as f32;
        let more = groups
            .iter()
            .zip(&few)
            .position(|(group, few)| !few && share * (group.len() as f32) < NAMED_LANE);
        // Each lane for such a group leaves less room for the others, so they are looked at again.
        match more {
            Some(index) => few[index] = true,
            None => return few,
        }
    }
}

/// Makes a block whose rows are whole pixels high: rows of broken heights would look unequally heavy.
fn block(tracks: Vec<usize>, top: f32, height: f32, pixel: f32) -> Block {
    let rows = tracks.len().min((height / pixel).max(1.0) as usize);
    Block {
        row: (height / rows as f32 / pixel).floor().max(1.0) * pixel,
        tracks,
        top,
        rows,
    }
}

fn groups(tracks: &[TrackLog]) -> Vec<Vec<usize>> {
    let mut groups: Vec<(&str, Vec<usize>)> = Vec::new();
    for (index, track) in tracks.iter().enumerate() {
        let noun = track.info.name.noun;
        match groups.iter_mut().find(|(known, _)| *known == noun) {
            Some((_, group)) => group.push(index),
            None => groups.push((noun, vec![index])),
        }
    }
    groups
        .into_iter()
        .map(|(_, mut group)| {
            group.sort_by_key(|&index| tracks[index].info.name.number);
            group
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::trace::event::TrackName;
    use crate::lab::trace::log::test_log::TestLog;

    fn tracks(names: impl IntoIterator<Item = TrackName>) -> Vec<TrackLog> {
        TestLog::of_threads(names).tracks().to_vec()
    }

    fn threads(count: usize) -> impl Iterator<Item = TrackName> {
        (0..count).map(|index| TrackName::nth("thread", index))
    }

    #[test]
    fn a_few_lanes_have_a_name_each() {
        let few = blocks(&tracks(threads(4)), &[], 100.0, 1.0);
        assert_eq!(few.len(), 4);
        assert!(few.iter().all(|lane| lane.row == 25.0 && lane.rows == 1));
        assert_eq!(few[2].top, 50.0);
        assert_eq!(
            blocks(&tracks(threads(1)), &[], 100.0, 1.0)[0].row,
            HIGHEST_LANE
        );
        assert!(blocks(&[], &[], 100.0, 1.0).is_empty());
    }

    #[test]
    fn a_hundred_lanes_are_hairlines_of_whole_pixels() {
        let names = threads(100).chain([TrackName::only("run")]);
        let many = blocks(&tracks(names), &[], 120.0, 1.0);
        assert_eq!(many.len(), 2);
        assert_eq!((many[0].rows, many[0].row), (100, 1.0));
        assert_eq!(many[1].tracks, [100]);
        assert_eq!(many[1].row, NAMED_LANE);
        let fine = blocks(&tracks(threads(100)), &[], 120.0, 0.5);
        assert_eq!((fine[0].rows, fine[0].row), (100, 1.0));
    }

    #[test]
    fn a_few_of_a_kind_have_room_for_their_name_beside_many_of_another() {
        let workers = (0..2).map(|index| TrackName::nth("worker", index));
        let names = [TrackName::only("run")].into_iter().chain(workers);
        let many = blocks(&tracks(names.chain(threads(100))), &[], 90.0, 1.0);
        let lengths: Vec<_> = many.iter().map(|block| block.tracks.len()).collect();
        assert_eq!(lengths, [1, 2, 100]);
        for block in &many {
            assert!(block.height() >= NAMED_LANE, "{block:?}");
        }
    }

    #[test]
    fn five_thousand_lanes_share_rows_and_none_is_left_out() {
        let many = blocks(&tracks(threads(5_000)), &[], 120.0, 1.0);
        let block = &many[0];
        assert_eq!((block.rows, block.height()), (120, 120.0));
        let mut next = 0;
        for row in 0..block.rows {
            let range = block.tracks_in(row);
            assert_eq!(range.start, next);
            assert!(!range.is_empty());
            next = range.end;
        }
        assert_eq!(next, 5_000);
    }

    #[test]
    fn lanes_of_a_kind_come_together_by_number() {
        let names = [
            TrackName::nth("worker", 1),
            TrackName::only("run"),
            TrackName::nth("worker", 0),
        ];
        let order: Vec<_> = blocks(&tracks(names), &[], 100.0, 1.0)
            .into_iter()
            .flat_map(|block| block.tracks)
            .collect();
        assert_eq!(order, [2, 0, 1]);
    }

    #[test]
    fn tracks_that_are_looked_at_stand_apart_with_their_names() {
        let names = threads(100).chain([TrackName::only("run")]);
        let many = blocks(&tracks(names), &[61, 16], 120.0, 1.0);
        assert_eq!(many[0].tracks, [61]);
        assert_eq!(many[1].tracks, [16]);
        assert!(many[..2].iter().all(|lane| lane.height() >= NAMED_LANE));
        let rest: usize = many[2..].iter().map(|block| block.tracks.len()).sum();
        assert_eq!(rest, 99);
        assert!(many[2].top > many[1].top + many[1].height());
        let last = many.last().expect("a block");
        assert!(last.top + last.height() <= 120.0, "{last:?}");
    }

    #[test]
    fn lanes_fit_even_where_there_is_hardly_room() {
        for (count, height) in [(1, 3.0), (5, 20.0), (101, 43.0), (5_000, 1.0)] {
            let names = threads(count).chain([TrackName::only("run"), TrackName::only("window")]);
            let used: f32 = blocks(&tracks(names), &[], height, 1.0)
                .iter()
                .map(|block| block.top + block.height())
                .fold(0.0, f32::max);
            assert!(used <= height.max(1.0), "{count} in {height}: {used}");
        }
    }
}
