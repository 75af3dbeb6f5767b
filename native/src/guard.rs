//! A panic never reaches the caller: it is counted, and Python does the work.

use std::panic::{AssertUnwindSafe, catch_unwind, set_hook};
use std::sync::atomic::{AtomicUsize, Ordering};

use pyo3::pyfunction;

static PANICS: AtomicUsize = AtomicUsize::new(0);

/// Run a kernel; `None` if it panics. A kernel changes nothing before it has succeeded.
pub fn guarded<T>(kernel: impl FnOnce() -> Option<T>) -> Option<T> {
    catch_unwind(AssertUnwindSafe(kernel)).unwrap_or_else(|_| {
        PANICS.fetch_add(1, Ordering::Relaxed);
        None
    })
}

/// Print nothing if a kernel panics: the message could hold what was recorded.
pub fn silence() {
    set_hook(Box::new(|_| {}));
}

/// Return how many kernels panicked in this process. Tests want none.
#[pyfunction]
pub fn panics() -> usize {
    PANICS.load(Ordering::Relaxed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_hands_back() {
        silence();
        assert_eq!(guarded(|| Some(1)), Some(1));
        assert_eq!(guarded::<u8>(|| panic!("no kernel")), None);
        assert_eq!(panics(), 1);
    }
}
