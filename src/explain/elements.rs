//! Which values stand in the elements of arrays that were chosen, and which in others.

use crate::event::{Fields, PlaceId};
use crate::order::sort_by;
use std::collections::BTreeMap;

/// The elements that were chosen: of each array, which.
pub(super) type Chosen = BTreeMap<u32, PlaceId>;

/// Those of `places`, which ascend, that remain when all other elements of the chosen arrays are crossed out.
pub(super) fn remaining(fields: &Fields, places: &[PlaceId], chosen: &Chosen) -> Vec<PlaceId> {
    let mut crossed = Vec::with_capacity(2 * chosen.len() + 1);
    for (array, element) in chosen {
        let (array, element) = (fields.inside(*array), element.0..fields.place(*element).end);
        crossed.extend([(array.start, element.start), (element.end, array.end)]);
    }
    crossed.push((u32::MAX, u32::MAX));
    sort_by(&mut crossed, |a, b| a < b);
    let mut remaining = Vec::new();
    let mut at = 0;
    for (from, to) in crossed {
        let first = |number: u32| places.partition_point(|place| place.0 < number);
        if at < from {
            remaining.extend_from_slice(&places[first(at)..first(from)]);
        }
        at = at.max(to);
    }
    remaining
}
