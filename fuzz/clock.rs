//! What a process takes: time and memory, as Linux tells it.

use std::fs;
use std::time::{Duration, Instant};

/// Counts the processor's time of this process, which others on the machine do not lengthen; the
/// time of day where the system does not tell.
pub(crate) struct Clock {
    start: Instant,
    used: Option<Duration>,
}

impl Clock {
    pub(crate) fn start() -> Self {
        Self { start: Instant::now(), used: used() }
    }

    pub(crate) fn elapsed(&self) -> Duration {
        let wall = self.start.elapsed();
        let used = used().zip(self.used).map(|(now, before)| now.saturating_sub(before));
        used.map_or(wall, |used| used.min(wall))
    }
}

/// The processor's time of all threads: in hundredths of a second, the 14th and 15th field.
fn used() -> Option<Duration> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    let (_, fields) = stat.rsplit_once(')')?;
    let ticks: u64 = fields.split(' ').skip(12).take(2).map(|it| it.parse().unwrap_or(0)).sum();
    Some(Duration::from_millis(ticks * 10))
}

/// The most memory that the process held, in kB; 0 where the system does not tell.
pub(crate) fn memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().strip_suffix(" kB")?.parse().ok()).unwrap_or_default()
}
