//! Objects that would be too large for their pods, split by a stable hash: an item stays where it
//! is when others come and go.

use std::collections::BTreeSet;

use super::slug::Slug;

/// The most bytes of JSON that a Sensor or `EventSource` may have. The controller hands it to its
/// pod as base64 in one environment variable; Linux refuses one of 131,072 bytes (Argo Events
/// v1.9.11, pkg/reconciler/sensor/resource.go).
pub(crate) const MAX_OBJECT_BYTES: usize = 90_000;

/// How items of some sizes go into parts, so that `frame` bytes and the sizes of a part stay under
/// `limit`: the part of each item, by a number that parts without an item have too. The keys are
/// different. An item that is too large by itself gets a part of its own, which is too large;
/// everything else fits.
pub(crate) fn split(items: &[(&str, usize)], frame: usize, limit: usize) -> Vec<usize> {
    let fits = |size: usize| frame + size < limit;
    let small: Vec<(&str, usize)> = items.iter().copied().filter(|(_, size)| fits(*size)).collect();
    let (placed, parts) = place(&small, frame, limit);
    let (mut placed, mut next) = (placed.into_iter(), parts);
    let mut part = |size: usize| {
        let part = if fits(size) { placed.next() } else { None };
        part.unwrap_or_else(|| {
            next += 1;
            next - 1
        })
    };
    items.iter().map(|(_, size)| part(*size)).collect()
}

/// Places items that fit, in as few parts as their hashes allow, and says in how many.
fn place(items: &[(&str, usize)], frame: usize, limit: usize) -> (Vec<usize>, usize) {
    let total: usize = items.iter().map(|(_, size)| size).sum();
    let room = limit.saturating_sub(frame).max(1);
    let fewest = total.div_ceil(room).max(1);
    let counts = || fewest..=items.len().max(1);
    let by_hash = |parts| Some((by_hash(items, parts, frame, limit)?, parts));
    let by_room = |parts| Some((by_room(items, parts, frame, limit)?, parts));
    let placed = counts().find_map(by_hash).or_else(|| counts().find_map(by_room));
    placed.unwrap_or_else(|| ((0..items.len()).collect(), items.len()))
}

/// Places each item by its hash alone; none if a part gets too large.
fn by_hash(
    items: &[(&str, usize)],
    parts: usize,
    frame: usize,
    limit: usize,
) -> Option<Vec<usize>> {
    let mut sizes = vec![frame; parts];
    let place = |(key, size): &(&str, usize)| {
        let part = bucket(hash(key), parts);
        sizes[part] += size;
        (sizes[part] < limit).then_some(part)
    };
    items.iter().map(place).collect()
}

/// Places items that are large, so that their hashes put two into one part again and again: each,
/// the largest first, into the part that it likes best of those with room. With as many parts as
/// items there is always one.
fn by_room(
    items: &[(&str, usize)],
    parts: usize,
    frame: usize,
    limit: usize,
) -> Option<Vec<usize>> {
    let mut order: Vec<usize> = (0..items.len()).collect();
    order.sort_by_key(|at| (std::cmp::Reverse(items[*at].1), items[*at].0));
    let (mut sizes, mut placed) = (vec![frame; parts], vec![0; items.len()]);
    for at in order {
        let (key, size) = items[at];
        let key = hash(key);
        let roomy = (0..parts).filter(|part| sizes[*part] + size < limit);
        placed[at] = roomy.max_by_key(|part| liking(key, *part))?;
        sizes[placed[at]] += size;
    }
    Some(placed)
}

/// How much an item likes a part: rendezvous hashing (Thaler and Ravishankar, 1996), with the mixer
/// of `SplitMix64`.
fn liking(key: u64, part: usize) -> u64 {
    let part = u64::try_from(part).unwrap_or(u64::MAX);
    let mut mixed = key ^ part.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// FNV-1a: the same on every machine and in every release.
fn hash(key: &str) -> u64 {
    key.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// Jump consistent hash (Lamping and Veach, 2014): with one part more, only the items that go there
/// move.
fn bucket(mut key: u64, parts: usize) -> usize {
    let (mut at, mut next) = (0_i64, 0_i64);
    let parts = i64::try_from(parts).unwrap_or(i64::MAX);
    while next < parts {
        at = next;
        key = key.wrapping_mul(2_862_933_555_777_941_757).wrapping_add(1);
        #[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation)]
        let jump = ((at + 1) as f64 * ((1_i64 << 31) as f64 / ((key >> 33) + 1) as f64)) as i64;
        next = jump;
    }
    usize::try_from(at).unwrap_or(0)
}

/// The name of a part, of at most `limit` characters: the first has the plain name, which is known
/// to be free, another its number behind it, and where that is too long or taken, a mark too.
/// Others' names in the namespace are taken, for which the caller adds each name that it gives
/// away.
pub(crate) fn part_name(name: &str, part: usize, limit: usize, taken: &BTreeSet<String>) -> String {
    if part == 0 {
        return name.to_owned();
    }
    let is_free = |name: &String| name.len() <= limit && !taken.contains(name);
    let plain = format!("{name}-{part}");
    let marked = (0_usize..).map(|again| {
        let end = format!("-{part}");
        // `NAME/` is no slug, so that there is always a mark.
        let slug = Slug::marked(limit.saturating_sub(end.len()), format!("{again}"));
        slug.of(&format!("{name}/")) + &end
    });
    std::iter::once(plain).chain(marked.take(1000)).find(is_free).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const FRAME: usize = 500;

    fn keys(count: usize) -> Vec<String> {
        (0..count).map(|at| format!("webhook-{at}")).collect()
    }

    fn is_split(items: &[(&str, usize)], placed: &[usize]) -> bool {
        let parts: BTreeSet<usize> = placed.iter().copied().collect();
        parts.iter().all(|part| {
            let sizes = items.iter().zip(placed).filter(|(_, at)| *at == part);
            FRAME + sizes.map(|((_, size), _)| size).sum::<usize>() < MAX_OBJECT_BYTES
        })
    }

    fn split(items: &[(&str, usize)]) -> Vec<usize> {
        super::split(items, FRAME, MAX_OBJECT_BYTES)
    }

    #[test]
    fn few_items_stay_together_and_many_are_split() {
        let keys = keys(300);
        let items = |size| keys.iter().map(|key| (key.as_str(), size)).collect::<Vec<_>>();
        assert!(split(&items(100)).iter().all(|part| *part == 0));
        assert!(is_split(&items(1200), &split(&items(1200))));
    }

    #[test]
    fn oversize_sensor_two_large_items_are_split() {
        let items = [("a", 53_000), ("b7", 53_000)];
        assert!(is_split(&items, &split(&items)));
        let keys = keys(40);
        let items: Vec<(&str, usize)> = keys.iter().map(|key| (key.as_str(), 60_000)).collect();
        assert!(is_split(&items, &split(&items)));
    }

    #[test]
    fn an_item_that_is_too_large_is_alone() {
        let placed = split(&[("a", 10), ("b", 100_000), ("c", 10), ("d", 100_000)]);
        assert_eq!((placed[0], placed[2]), (0, 0));
        assert!(placed[1] != placed[3] && placed[1] > 0 && placed[3] > 0);
    }

    /// What others publish: FNV-1a's own test vectors, those of Go's `dgryski/go-jump`, and the
    /// first numbers of `SplitMix64` from the seed 0.
    #[test]
    fn hashes_are_those_that_they_are_named_after() {
        assert_eq!(
            ["", "a", "foobar"].map(hash),
            [0xcbf2_9ce4_8422_2325, 0xaf63_dc4c_8601_ec8c, 0x8594_4171_f739_67e8,]
        );
        let buckets = [(1, 1), (42, 57), (0xdead_10cc, 1), (0xdead_10cc, 666), (256, 1024)];
        assert_eq!(buckets.map(|(key, parts)| bucket(key, parts)), [0, 43, 0, 361, 520]);
        let mixed = [0xe220_a839_7b1d_cdaf, 0x6e78_9e6a_a1b9_65f4, 0x06c4_5d18_8009_454f];
        assert_eq!([0, 1, 2].map(|part| liking(0, part)), mixed);
    }

    #[test]
    fn room_is_found_where_it_is() {
        let items = [("a", 53_000), ("b", 50_000), ("c", 37_000), ("d", 30_000)];
        let placed = by_room(&items, 2, FRAME, MAX_OBJECT_BYTES).unwrap();
        // Beside the largest only the smallest has room, and then the third beside the second.
        assert_eq!((placed[0], placed[1]), (placed[3], placed[2]));
        assert_ne!(placed[0], placed[1]);
        assert_eq!(by_room(&items, 1, FRAME, MAX_OBJECT_BYTES), None);
        // At the limit is too large.
        let full = [("a", MAX_OBJECT_BYTES - FRAME)];
        assert_eq!(by_room(&full, 1, FRAME, MAX_OBJECT_BYTES), None);
        assert_eq!(by_hash(&full, 1, FRAME, MAX_OBJECT_BYTES), None);
    }

    #[test]
    fn with_one_part_more_items_move_there_only() {
        for at in 0..1000 {
            let key = hash(&format!("key-{at}"));
            let (before, after) = (bucket(key, 7), bucket(key, 8));
            assert!(before == after || after == 7);
        }
    }

    /// From one webhook to 600, each addition moves 2 in 100 on average.
    #[test]
    fn few_items_move_when_one_is_added() {
        let keys = keys(600);
        let items: Vec<(&str, usize)> = keys.iter().map(|key| (key.as_str(), 1200)).collect();
        let mut moved = 0;
        for count in 1..items.len() {
            let (before, after) = (split(&items[..count]), split(&items[..=count]));
            moved += before.iter().zip(&after).filter(|(before, after)| before != after).count();
        }
        assert!(moved < items.len() * 6, "{moved}");
    }

    proptest! {
        #[test]
        fn what_fits_alone_fits_split(sizes in prop::collection::vec(1_usize..89_000, 1..60)) {
            let keys = keys(sizes.len());
            let items: Vec<(&str, usize)> =
                keys.iter().map(String::as_str).zip(sizes).collect();
            prop_assert!(is_split(&items, &split(&items)));
        }

        #[test]
        fn names_of_parts_are_short_and_free(
            name in "[a-z]([a-z0-9-]{0,45}[a-z0-9])?",
            others in prop::collection::btree_set("[a-z]-[1-3]", 0..4),
        ) {
            let mut taken = others;
            taken.extend([name.clone(), format!("{name}-1"), format!("{name}-3")]);
            for part in 1..20 {
                let given = part_name(&name, part, 47, &taken);
                prop_assert!(given.len() <= 47 && !given.is_empty() && !given.ends_with('-'));
                prop_assert!(taken.insert(given));
            }
        }
    }

    #[test]
    fn code_o_split_sensor_meets_a_name_that_is_taken() {
        let taken = BTreeSet::from(["shop-1".to_owned()]);
        assert_eq!(part_name("shop", 0, 63, &taken), "shop");
        let name = part_name("shop", 1, 63, &taken);
        assert!(name.starts_with("shop-") && name.ends_with("-1") && name.len() == 12, "{name}");
        assert_eq!(part_name("shop", 2, 63, &taken), "shop-2");
    }

    #[test]
    fn split_sensor_long_names_are_cut() {
        let name = part_name(&"p".repeat(63), 12, 63, &BTreeSet::new());
        assert_eq!(name.len(), 63);
        assert!(name.ends_with("-12"));
    }
}
