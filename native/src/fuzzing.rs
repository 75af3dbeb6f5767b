//! What `fuzz/` calls: the kernels without Python.

#![forbid(unsafe_code)]

use crate::tables::{context, kind};
use crate::{addresses, attributes, css, facts, text};

/// Masks that change nothing in what they have masked.
pub const MASKS: [fn(&str) -> Option<String>; 4] = [
    |value| Some(text::mask_text(value)),
    |value| addresses::mask(value, false),
    |value| addresses::mask(value, true),
    |value| {
        css::mask_declarations(value, &mut |_, _, _| None)
            .map(|masked| masked.unwrap_or_else(|| value.to_owned()))
    },
];

/// Ask all kernels that have no string for an answer.
pub fn look(value: &str) {
    for known in kind::NAME..=kind::TEXT {
        attributes::mask(
            known,
            "data-x",
            value,
            context::SAYS_MASKED | context::MEDIA_MASKED,
        );
    }
    facts::tells_no_secret(value);
    facts::shows_no_dots(value);
    facts::is_plain_link(value);
    css::mask_sheet(value, &mut |_, _, _| None);
    css::mask_value("background", value, &mut |_, _, _| None);
}
