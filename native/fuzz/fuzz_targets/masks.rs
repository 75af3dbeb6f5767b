//! No kernel panics on any string, and masking a masked string changes nothing.
//!
//! Whether a kernel does what Python does is another question: see `tests/native/fuzzing.py`.

#![no_main]

use libfuzzer_sys::fuzz_target;
use replay_redact_native::fuzzing;

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    for mask in fuzzing::MASKS {
        if let Some(masked) = mask(text) {
            if let Some(again) = mask(&masked) {
                assert_eq!(masked, again);
            }
        }
    }
    fuzzing::look(text);
});
