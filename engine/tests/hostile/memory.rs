//! How much memory it takes to decode images.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

use engine::codec;

use crate::{function, number, prototype, table, tokens};

/// Every image takes less than this many times the bytes that it is decoded from.
pub const TOO_MANY_TIMES: usize = 10;

/// An allocator that counts the bytes that the current thread holds.
struct Counting;

thread_local! {
    static HELD: Cell<isize> = const { Cell::new(0) };
    static MOST: Cell<isize> = const { Cell::new(0) };
}

fn count(bytes: isize) {
    // Not available at the end of a thread.
    let _ = HELD.try_with(|held| {
        held.set(held.get() + bytes);
        MOST.with(|most| most.set(most.get().max(held.get())));
    });
}

// SAFETY: every call is passed on to the system's allocator.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size() as isize);
        // SAFETY: the caller upholds the contract.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, start: *mut u8, layout: Layout) {
        count(-(layout.size() as isize));
        // SAFETY: the caller upholds the contract.
        unsafe { System.dealloc(start, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Returns the result of some work and the maximum number of bytes that it held at a time.
pub fn memory_of<T>(work: impl FnOnce() -> T) -> (T, usize) {
    let before = HELD.get();
    MOST.set(before);
    let result = work();
    (result, (MOST.get() - before) as usize)
}

/// The worst cases for every kind of object: many of the smallest ones, and objects inside one another.
#[test]
fn memory_stays_in_proportion_to_the_bytes_given() {
    const COUNT: usize = 1_000_000;
    let count = COUNT as u64;
    let repeated = |unit: &[u8]| unit.repeat(COUNT);
    // One large table, objects inside one another, and many names in the header.
    let many = |unit: &[u8]| [table(count, 0, 0), repeated(unit)].concat();
    let nested = |before: &[u8], after: &[u8]| [&repeated(before)[..], &[2], &repeated(after)].concat();
    let names = [number(count), repeated(&[0])].concat();
    let values = |bytes: Vec<u8>| tokens(1, &[&bytes]);
    let functions = |upvalues: &[&str], bytes: Vec<u8>| function("", &prototype(&[], upvalues), &bytes);
    let upvalues = |cells: &[u8]| [&[1, 0, 0, 1, 0, 0, 7, 1, 1, 0, 0][..], &names, &[0, 1, 11, 0], cells].concat();
    let prototypes = |unit: &[u8]| [&[1, 0, 0][..], &number(count), &repeated(unit), &[0, 1, 2]].concat();
    let one_prototype = |before: &[u8], after: &[u8]| [&[1, 0, 0, 1, 0][..], before, &names, after].concat();
    let images = [
        ("booleans", values(many(&[2]))),
        ("small integers", values(many(&[3, 2]))),
        ("empty strings", values(many(&[5, 0]))),
        ("strings of a byte", values(many(&[5, 1, 65]))),
        ("a long string", values([&[5][..], &number(count), &repeated(&[65])].concat())),
        ("new strings", values(many(&[6, 0]))),
        ("the same string", values([&table(count + 1, 0, 0)[..], &[6, 0], &repeated(&[7, 0])].concat())),
        ("empty tables", values(many(&table(0, 0, 0)))),
        ("tables of one", values(many(&[8, 1, 0, 0, 2]))),
        ("new tables", values(many(&[9, 0, 0, 0]))),
        ("the same table", values([&[9][..], &number(count), &[0, 0], &repeated(&[10, 0])].concat())),
        ("entries", values([table(0, count, 0), repeated(&[2, 2])].concat())),
        ("nested tables of one", values(nested(&table(1, 0, 0), &[]))),
        ("nested tables of two", values(nested(&table(2, 0, 0), &[2]))),
        ("nested tables of three", values(nested(&table(3, 0, 0), &[2, 2]))),
        ("nested new tables", values(nested(&[9, 2, 0, 0], &[2]))),
        ("nested tables with a metatable", values(nested(&table(1, 0, 1), &table(0, 0, 0)))),
        ("nested keys", values(nested(&table(0, 1, 0), &[2]))),
        ("nested values", values(nested(&[8, 0, 1, 0, 2], &[]))),
        ("nested metatables", values([repeated(&table(0, 0, 1)), table(0, 0, 0)].concat())),
        ("roots", tokens(count, &[&repeated(&[0])])),
        ("functions", functions(&[], many(&[11, 0]))),
        ("new functions", functions(&[], many(&[12, 0]))),
        ("upvalues", functions(&["u"], many(&[11, 0, 19, 0]))),
        ("new upvalues", functions(&["u"], many(&[11, 0, 20, 0]))),
        ("upvalues of one function", upvalues(&repeated(&[19, 0]))),
        ("new upvalues of one function", upvalues(&repeated(&[20, 0]))),
        ("the same upvalue", upvalues(&[&[20, 2][..], &[21, 0].repeat(COUNT - 1)].concat())),
        ("nested functions", functions(&["u"], nested(&[11, 0, 19], &[]))),
        ("nested functions of two upvalues", functions(&["u", "v"], nested(&[11, 0, 19], &[19, 0]))),
        ("nested functions of the same upvalues", functions(&["u", "v"], nested(&[11, 0, 20], &[21, 0]))),
        ("coroutines", values(many(&[22, 0, 0, 2, 0, 0, 0]))),
        ("new coroutines", values(many(&[23, 0, 0, 2, 0, 0, 0]))),
        ("nested functions of coroutines", values(nested(&[22, 1, 1, 0, 0], &[]))),
        ("nested coroutines", values(nested(&[22, 0, 2, 2, 0, 0, 0], &[2]))),
        ("nested coroutines with cells", values(nested(&[22, 0, 2, 3, 1, 0, 0, 1], &[2, 19, 0]))),
        ("nested cells of coroutines", values(nested(&[22, 0, 0, 3, 1, 0, 0, 1, 20], &[]))),
        ("numbers", values([&[22, 0, 0][..], &number(count + 2), &[0, 0, 0], &repeated(&[0])].concat())),
        ("prototypes", prototypes(&[0; 8])),
        ("prototypes with names", prototypes(&[0, 1, 0, 0, 0, 0, 1, 0, 0, 1, 0])),
        ("a long place", one_prototype(&[], &[7, 1, 1, 0, 0, 0, 0, 1, 2])),
        ("parameters", one_prototype(&[0, 7, 1, 1], &[0, 0, 0, 1, 2])),
        ("permanents", [&[0, 0][..], &names, &[1, 2]].concat()),
        ("chunks", [&number(count)[..], &repeated(&[0, 0]), &[0, 0, 1, 2]].concat()),
    ];
    for (name, bytes) in images {
        let (image, memory) = memory_of(|| codec::decode(&bytes));
        if let Err(error) = image {
            panic!("{name}: {error}");
        }
        assert!(memory < TOO_MANY_TIMES * bytes.len(), "{name}: {memory} for {} bytes", bytes.len());
    }
}
