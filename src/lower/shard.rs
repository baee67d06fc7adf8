//! Objects that would be too large for their pods, split by a stable hash: an item stays where it is when others come and go.

/// The most bytes of JSON that a Sensor or `EventSource` may have. The controller hands it to its pod as base64 in one environment
/// variable; Linux refuses one of 131,072 bytes (Argo Events v1.9.11, pkg/reconciler/sensor/resource.go).
pub const MAX_OBJECT_BYTES: usize = 90_000;

/// How items of some sizes go into as few parts as a hash of their keys allows, so that `frame` bytes and the sizes of a part stay
/// under the limit. Gives the part of each item. An item that is too large by itself gets a part like the others.
pub fn split(items: &[(&str, usize)], frame: usize) -> Vec<usize> {
    let total = frame + items.iter().map(|(_, size)| size).sum::<usize>();
    let mut parts = total.div_ceil(MAX_OBJECT_BYTES).max(1);
    loop {
        let placed: Vec<usize> = items.iter().map(|(key, _)| bucket(hash(key), parts)).collect();
        let mut sizes = vec![frame; parts];
        for ((_, size), part) in items.iter().zip(&placed) {
            sizes[*part] += size;
        }
        let fits = sizes.iter().all(|size| *size < MAX_OBJECT_BYTES);
        if fits || parts > items.len() {
            return placed;
        }
        parts += 1;
    }
}

/// FNV-1a: the same on every machine and in every release.
fn hash(key: &str) -> u64 {
    key.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// Jump consistent hash (Lamping and Veach, 2014): with one part more, only the items that go there move.
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

/// The name of a part: the first has the plain name.
pub fn part_name(name: &str, part: usize) -> String {
    if part == 0 { name.to_owned() } else { format!("{name}-{part}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_items_stay_together_and_many_are_split() {
        let keys: Vec<String> = (0..300).map(|at| format!("webhook-{at}")).collect();
        let items = |size: usize| -> Vec<(&str, usize)> {
            keys.iter().map(|key| (key.as_str(), size)).collect()
        };
        assert!(split(&items(100), 500).iter().all(|part| *part == 0));
        let placed = split(&items(1200), 500);
        for part in 0..=placed.iter().copied().max().unwrap_or(0) {
            assert!(
                placed.iter().filter(|at| **at == part).count() * 1200 + 500 < MAX_OBJECT_BYTES
            );
        }
    }

    #[test]
    fn with_one_part_more_items_move_there_only() {
        for at in 0..1000 {
            let key = hash(&format!("key-{at}"));
            let (before, after) = (bucket(key, 7), bucket(key, 8));
            assert!(before == after || after == 7);
        }
    }
}
