//! Sorting in little code.

use std::cmp::Ordering;

/// Sorts what is sorted seldom. The sorting of the standard library is several kilobytes of code for each type; here all
/// types share it, for a little more time.
pub fn sort_seldom<T>(items: &mut Vec<T>, compare: impl Fn(&T, &T) -> Ordering) {
    let mut order: Vec<u32> = (0..items.len() as u32).collect();
    sort_indices(&mut order, &|a, b| compare(&items[a as usize], &items[b as usize]));
    let mut unsorted: Vec<Option<T>> = std::mem::take(items).into_iter().map(Some).collect();
    items.extend(order.into_iter().filter_map(|index| unsorted[index as usize].take()));
}

#[inline(never)]
fn sort_indices(order: &mut [u32], compare: &dyn Fn(u32, u32) -> Ordering) {
    order.sort_unstable_by(|a, b| compare(*a, *b).then(a.cmp(b)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_compares_equal_keeps_its_order() {
        let mut items: Vec<(u32, usize)> = [3, 1, 2, 1, 3, 0].into_iter().zip(0..).collect();
        sort_seldom(&mut items, |a, b| a.0.cmp(&b.0));
        assert_eq!(items, [(0, 5), (1, 1), (1, 3), (2, 2), (3, 0), (3, 4)]);
        sort_seldom(&mut Vec::<u8>::new(), u8::cmp);
    }
}
