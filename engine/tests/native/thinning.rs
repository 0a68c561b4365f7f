//! Which old checkpoints make room for new ones.

use engine::archive::thinning::{Item, Kept, superfluous};
use proptest::collection::vec;
use proptest::prelude::*;
use wire::{Command, EventBody, History, Preferences, Settings};

use crate::page::{Page, SharedStore};

/// A history that is one line: when each was saved.
fn line(times: impl IntoIterator<Item = f64>) -> Vec<Item> {
    let item = |(at, millis): (usize, f64)| Item { parent: at.checked_sub(1), millis };
    times.into_iter().enumerate().map(item).collect()
}

/// What is left, with each that followed one that is gone following the one before.
fn left(items: &[Item], deleted: &[usize]) -> Vec<Item> {
    let is_left = |at: &usize| !deleted.contains(at);
    let indices: Vec<usize> = (0..items.len()).filter(is_left).collect();
    let before = |at: usize| std::iter::successors(items[at].parent, |at| items[*at].parent).find(is_left);
    let item = |at: &usize| Item {
        parent: before(*at).map(|before| indices.binary_search(&before).unwrap()),
        millis: items[*at].millis,
    };
    indices.iter().map(item).collect()
}

/// A history of any shape.
fn histories() -> impl Strategy<Value = Vec<Item>> {
    let seed = (any::<proptest::sample::Index>(), 0..4_u8, 0.0..1e7_f64);
    vec(seed, 0..120).prop_map(|seeds| {
        let mut now = 0.0;
        let mut items: Vec<Item> = Vec::new();
        for (at, (index, kind, pause)) in seeds.into_iter().enumerate() {
            now += pause;
            let parent = match kind {
                _ if at == 0 => None,
                0 => Some(index.index(at)),
                _ => Some(at - 1),
            };
            items.push(Item { parent, millis: now });
        }
        items
    })
}

proptest! {
    #[test]
    fn what_is_promised_is_kept(items in histories(), last in 1..20_usize, at_most in 1..60_usize, head in any::<proptest::sample::Index>()) {
        let head = (!items.is_empty()).then(|| head.index(items.len()));
        let kept = Kept { last, at_most };
        let deleted = superfluous(&items, head, kept);
        prop_assert_eq!(&deleted, &superfluous(&items, head, kept));
        let follow = |at: usize| items.iter().filter(|item| item.parent == Some(at)).count();
        let of_head: Vec<usize> = std::iter::successors(head, |at| items[*at].parent).take((last - 1).max(1)).collect();
        let is_protected = |at: usize| at + last > items.len() || of_head.contains(&at) || follow(at) != 1;
        prop_assert!(deleted.iter().all(|at| !is_protected(*at)));
        // No more go than have to, and those that have to go unless they are protected.
        let excess = (items.len() + 1).saturating_sub(at_most.max(last));
        let free = (0..items.len()).filter(|at| !is_protected(*at)).count();
        prop_assert_eq!(deleted.len(), excess.min(free));
        // What is left is left alone.
        let after = left(&items, &deleted);
        let head = head.map(|head| (0..head).filter(|at| !deleted.contains(at)).count());
        prop_assert!(superfluous(&after, head, kept).len() <= excess - deleted.len());
    }
}

#[test]
fn gaps_grow_with_age() {
    let kept = Kept { last: 50, at_most: 200 };
    let mut times: Vec<f64> = Vec::new();
    for run in 0..5000 {
        let items = line(times.iter().copied());
        let mut deleted = superfluous(&items, items.len().checked_sub(1), kept);
        deleted.sort_unstable();
        for at in deleted.into_iter().rev() {
            times.remove(at);
        }
        times.push(f64::from(run) * 60_000.0);
    }
    assert_eq!((times.len(), times[0]), (200, 0.0));
    let ages: Vec<f64> = times.iter().rev().map(|time| 4999.0 - time / 60_000.0).collect();
    assert!((0..50).all(|at| ages[at] == at as f64));
    // Each gap is a small part of the age at which it is, and no gap is much wider than an older one.
    for pair in ages.windows(2).skip(50) {
        assert!(pair[1] - pair[0] <= pair[1] * 0.1 + 1.0, "{pair:?}");
    }
    let mean = |ages: &[f64]| (ages[ages.len() - 1] - ages[0]) / (ages.len() - 1) as f64;
    assert!(mean(&ages[50..100]) * 2.0 < mean(&ages[100..150]) && mean(&ages[100..150]) * 2.0 < mean(&ages[150..]));
}

#[test]
fn times_that_make_no_sense_do_no_harm() {
    let kept = Kept { last: 2, at_most: 4 };
    for millis in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -1.0, 0.0] {
        assert_eq!(superfluous(&line([millis; 6]), Some(5), kept).len(), 3);
    }
    // Neither do those that follow one another in a circle, or something that is not there.
    let circle = [Some(1), Some(2), Some(0), Some(9), Some(3)].map(|parent| Item { parent, millis: 1.0 });
    assert!(superfluous(&circle, Some(0), Kept { last: 1, at_most: 1 }).len() <= 5);
}

#[test]
fn a_history_that_is_thinned_is_undone_to_its_beginning_with_its_files() {
    let store = SharedStore::default();
    let mut page = Page::open(&store);
    let preferences = Preferences { checkpoints_kept: 3, checkpoints_at_most: 6, ..Preferences::default() };
    page.ask(Command::ChangeSettings(Settings { preferences, ..Settings::default() }));
    for x in 1..=40 {
        let events = page.run_events(&format!("_home.x = {x} local f = io.open('f', 'w') f:write('{x}') f:close()"));
        let [.., EventBody::HomeSaved(report)] = &events[..] else { panic!("{events:?}") };
        assert_eq!(report.removed.len(), usize::from(x > 6));
    }
    assert_eq!((page.snapshots().len(), page.history().turns.len()), (6, 0));
    let pieces = store.memory.piece_bytes();
    let mut steps = Vec::new();
    while page.history().undo.is_some() {
        steps.push(page.prints("print(_home.x, io.open('f'):read('a'))"));
        page.ask(Command::History(History::UndoRun { with_files: true }));
    }
    assert_eq!(&steps[..3], ["40\t40\n", "39\t39\n", "38\t38\n"]);
    assert_eq!((steps.len(), steps[5].as_str()), (6, "1\t1\n"));
    assert_eq!(page.prints("print(_home.x, (io.open('f')))"), "nil\tnil\n");
    // Nothing of what was joined is left over.
    let mut again = Page::open(&store);
    again.run("_home.y = 1");
    assert!(store.memory.piece_bytes() <= pieces + 400, "{pieces} {}", store.memory.piece_bytes());
}
