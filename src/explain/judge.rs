//! The rules of matching, word by word.

use super::too_ambiguous;
use crate::event::{EventError, Field, Fields, PathId, Paths, PlaceId, read};
use crate::limits::CONSISTENCY_STEPS;
use crate::pattern::{Branch, List, ListId, Pattern};
use std::collections::{BTreeMap, BTreeSet};

/// Everything that is known about a pattern and an event.
pub(super) struct Verdict<'a> {
    pub(super) pattern: &'a Pattern,
    pub(super) event: &'a str,
    pub(super) fields: Fields,
    pub(super) paths: Paths,
    /// The path of each list.
    ids: Vec<PathId>,
    /// For each list: where values stand that pass.
    passing: Vec<BTreeSet<PlaceId>>,
    /// The branch that matches, or the one that comes nearest: the fewest of its lists fail.
    pub(super) branch: &'a [ListId],
    pub(super) matches: bool,
}

/// The elements that were chosen: of each array, which.
type Chosen = BTreeMap<u32, PlaceId>;

/// Judges a pattern and an event.
pub(super) fn judge<'a>(pattern: &'a Pattern, event: &'a str) -> Result<Verdict<'a>, EventError> {
    let mut paths = Paths::default();
    let ids = pattern.lists().iter().map(|list| paths.add(&list.path, pattern.empty_keys())).collect();
    let mut fields = Fields::default();
    read(event, &paths, &mut fields)?;
    let mut verdict = Verdict { pattern, event, fields, paths, ids, passing: Vec::new(), branch: &[], matches: false };
    verdict.passing = (0..pattern.lists().len() as u32).map(|id| verdict.passing_places(ListId(id))).collect();
    for branch in pattern.branches() {
        if verdict.fits(branch)? {
            verdict.branch = branch;
            verdict.matches = true;
            return Ok(verdict);
        }
    }
    let failing = |branch: &&Branch| branch.iter().filter(|list| !verdict.passes_alone(**list)).count();
    verdict.branch = pattern.branches().iter().min_by_key(failing).map_or(&[], |branch| branch);
    Ok(verdict)
}

impl<'a> Verdict<'a> {
    pub(super) fn list(&self, list: ListId) -> &'a List {
        self.pattern.list(list)
    }

    /// The path of a list, for people.
    pub(super) fn path(&self, list: ListId) -> String {
        self.list(list).path.utf8().into_owned()
    }

    /// The fields at the path of a list.
    pub(super) fn fields_of(&self, list: ListId) -> impl Iterator<Item = &Field> {
        self.fields.at(self.ids[list.0 as usize])
    }

    /// Where values stand that pass a list.
    pub(super) fn passing(&self, list: ListId) -> &BTreeSet<PlaceId> {
        &self.passing[list.0 as usize]
    }

    /// Does a list pass if no other list is asked?
    pub(super) fn passes_alone(&self, list: ListId) -> bool {
        let absent = || self.list(list).wants_absence() && self.fields_of(list).next().is_none();
        !self.passing(list).is_empty() || absent()
    }

    /// Does the value of a field pass a list?
    pub(super) fn field_passes(&self, list: ListId, field: &Field) -> bool {
        let value = self.fields.value(self.event, field);
        self.list(list).tests.iter().any(|(test, _)| test.passes(&value))
    }

    fn passing_places(&self, list: ListId) -> BTreeSet<PlaceId> {
        self.fields_of(list).filter(|field| self.field_passes(list, field)).map(|field| field.place).collect()
    }

    /// The rule of matching itself: going through the paths in order, every way to choose a value that passes and that
    /// stands in no other element of an array than the values before it; or no value, where none is wanted and no value
    /// at this path would fit to those before it.
    fn fits(&self, branch: &Branch) -> Result<bool, EventError> {
        let places: Vec<Places> = branch.iter().map(|list| self.places(*list)).collect();
        let last_use = last_use(&places);
        let mut ways = BTreeSet::from([Chosen::new()]);
        let mut steps = 0;
        for (at, list) in branch.iter().enumerate() {
            let mut next = BTreeSet::new();
            for chosen in &ways {
                let fitting = places[at].fitting(&self.fields, chosen);
                steps += 1 + fitting.len();
                if steps > 10 * CONSISTENCY_STEPS {
                    return Err(too_ambiguous(self.event));
                }
                if fitting.is_empty() && self.list(*list).wants_absence() {
                    next.insert(chosen.clone());
                }
                for place in fitting.into_iter().filter(|place| self.passing(*list).contains(place)) {
                    let mut with = chosen.clone();
                    with.extend(self.fields.around(place));
                    // What no later path looks into makes no difference any more.
                    with.retain(|array, _| last_use.get(array).is_some_and(|last| *last > at));
                    next.insert(with);
                }
            }
            ways = next;
        }
        Ok(!ways.is_empty())
    }

    fn places(&self, list: ListId) -> Places {
        let all: BTreeSet<PlaceId> = self.fields_of(list).map(|field| field.place).collect();
        let mut places = Places { all: all.into_iter().collect(), ..Places::default() };
        for place in &places.all {
            for (array, element) in self.fields.around(*place) {
                places.inside.entry(element).or_default().push(*place);
                places.arrays.insert(array);
            }
        }
        places
    }
}

/// Where the values of a list stand.
#[derive(Default)]
struct Places {
    all: Vec<PlaceId>,
    /// Those inside of each element.
    inside: BTreeMap<PlaceId, Vec<PlaceId>>,
    arrays: BTreeSet<u32>,
}

impl Places {
    /// Those that stand in no other element of an array than the chosen ones.
    fn fitting(&self, fields: &Fields, chosen: &Chosen) -> Vec<PlaceId> {
        let fits = |place: &PlaceId| {
            fields.around(*place).all(|(array, element)| chosen.get(&array).is_none_or(|known| *known == element))
        };
        let Some((array, element)) = chosen.iter().find(|(array, _)| self.arrays.contains(array)) else {
            return self.all.clone();
        };
        let inside = self.inside.get(element).map_or(&[][..], Vec::as_slice);
        let outside = |place: &&PlaceId| fields.around(**place).all(|(other, _)| other != *array);
        let outside = self.all.iter().filter(|_| !self.only_in(fields, *array)).filter(outside);
        inside.iter().chain(outside).copied().filter(fits).collect()
    }

    /// Do all of them stand in this array? Places inside of an array are neighbors, so the first and the last tell.
    fn only_in(&self, fields: &Fields, array: u32) -> bool {
        let within =
            |place: Option<&PlaceId>| place.is_some_and(|place| fields.around(*place).any(|(other, _)| other == array));
        within(self.all.first()) && within(self.all.last())
    }
}

/// The last list that looks into each array.
fn last_use(places: &[Places]) -> BTreeMap<u32, usize> {
    places.iter().enumerate().flat_map(|(at, places)| places.arrays.iter().map(move |array| (*array, at))).collect()
}
