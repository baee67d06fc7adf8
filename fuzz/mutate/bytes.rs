//! Changes that leave no UTF-8.

use fastrand::Rng;

/// Ends in bytes that are no text, as other encodings and broken files have them.
pub(crate) fn corrupt(bytes: &mut Vec<u8>, rng: &mut Rng) {
    match rng.u8(..4) {
        0 => {
            *bytes =
                [0xff, 0xfe].into_iter().chain(bytes.iter().flat_map(|byte| [*byte, 0])).collect();
        }
        1 => bytes.truncate(rng.usize(..=bytes.len())),
        _ => {}
    }
    for _ in 0..rng.usize(1..=4) {
        let at = rng.usize(..=bytes.len());
        let odd = [0xff, 0xc0, 0x80, 0xe9, 0xed, 0xf5, 0x00];
        bytes.insert(at, rng.choice(odd).unwrap_or(0xff));
    }
}
