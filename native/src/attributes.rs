//! The value of one attribute, by its kind: `_page/attribute_kinds.py`.

#![forbid(unsafe_code)]

use std::borrow::Cow;
use std::collections::HashSet;

use crate::facts;
use crate::forms;
use crate::tables::{BLANK_DOCUMENT, STATE_WORDS, asked, context, kind, name};
use crate::text::{mask_input, masked};
use crate::{addresses, css};

/// What becomes of a value.
pub enum Masked {
    Kept,
    Emptied,
    BlankDocument,
    GrayImage,
    Changed(String),
    /// Python has to look at it.
    Unknown,
}

use Masked::{BlankDocument, Changed, Emptied, GrayImage, Kept, Unknown};

/// What rules ask of attributes, for one policy: words of `class`.
pub struct Asked {
    words: HashSet<Vec<u8>>,
    lengths: u64,
}

impl Asked {
    pub fn new(words: HashSet<Vec<u8>>) -> Self {
        let lengths = facts::lengths_of(&words);
        Asked { words, lengths }
    }

    /// Tell whether a value certainly gives its element no fact.
    pub fn is_silent(&self, asked: u32, value: &str) -> bool {
        match asked {
            asked::NOTHING => true,
            asked::WORDS => facts::has_none_of(value, &self.words, self.lengths),
            asked::SECRET => facts::tells_no_secret(value),
            asked::DOTS => facts::shows_no_dots(value),
            asked::LINK => facts::is_plain_link(value),
            _ => false,
        }
    }
}

/// Mask a value. `known` is what is known of its name, `flags` tell what was decided about its element.
pub fn mask(known: u32, called: &str, value: &str, flags: u32) -> Masked {
    let has = |flag: u32| flags & flag != 0;
    let has_words = known & name::HAS_WORDS != 0;
    match known & name::KIND {
        kind::NAME if keeps_digits(value) => Kept,
        kind::NAME if has_words => Unknown, // the policy names some
        kind::NAME => zeroed(value),
        kind::SLOT => kept_if(forms::is_slot_name(value) && keeps_digits(value)),
        kind::REFERENCE => kept_if(forms::is_reference(value) && keeps_digits(value)),
        kind::REFERENCES => kept_if(forms::are_references(value) && keeps_digits(value)),
        kind::WORDS | kind::PAINT => kept_if(forms::are_words(value) == Some(true)),
        kind::NUMBER => kept_if(forms::is_number(value)),
        kind::NUMBERS => kept_if(forms::are_numbers(value)),
        kind::SHAPE => kept_if(forms::is_shape(value)),
        kind::LANGUAGE => kept_if(forms::is_language(value)),
        kind::FLAG | kind::CODE => emptied(value),
        kind::STATE => state(called, value),
        kind::URL if has(context::ICON) && has(context::MEDIA_MASKED) => emptied(value),
        kind::URL if has(context::USE) => Unknown,
        kind::URL => address(value, called == "href" && has(context::SHEET_LINK)),
        kind::SOURCE if has(context::SCRIPT) => address(value, false),
        kind::SOURCE if !has(context::MEDIA_MASKED) => Unknown,
        kind::SOURCE if has(context::FRAME) && value == BLANK_DOCUMENT => Kept,
        kind::SOURCE if has(context::FRAME) => BlankDocument,
        kind::SOURCE => picture(value),
        kind::SOURCE_SET => emptied(value),
        kind::STYLE => style(value),
        kind::VALUE => field_value(value, flags),
        kind::TEXT if has_words && (has(context::SLOT) || STATE_WORDS.has(value.as_bytes())) => {
            Unknown
        }
        kind::TEXT => text(value, flags),
        _ => Unknown,
    }
}

/// Tell whether a name or a list of names certainly keeps all its digits.
fn keeps_digits(names: &str) -> bool {
    matches!(css::zeroed_words(names), Some(Cow::Borrowed(_)))
}

/// Names, with zeros for long numbers.
fn zeroed(value: &str) -> Masked {
    css::zeroed_words(value).map_or(Unknown, |masked| changed(value, masked.into_owned()))
}

fn kept_if(public: bool) -> Masked {
    if public { Kept } else { Unknown }
}

fn changed(value: &str, masked: String) -> Masked {
    if masked == value {
        Kept
    } else {
        Changed(masked)
    }
}

fn emptied(value: &str) -> Masked {
    if value.is_empty() { Kept } else { Emptied }
}

fn state(called: &str, value: &str) -> Masked {
    let known = ["", "true", "false", called];
    match value {
        _ if !value.is_ascii() => Unknown,
        _ if known.contains(&value.to_ascii_lowercase().as_str()) => Kept,
        _ => Changed("true".to_owned()),
    }
}

fn address(value: &str, keep_path: bool) -> Masked {
    addresses::mask(value, keep_path).map_or(Unknown, |masked| changed(value, masked))
}

/// Declarations; those with an embedded image are left to Python.
fn style(value: &str) -> Masked {
    match css::mask_declarations(value, &mut |_, _, _| None) {
        None => Unknown,
        Some(None) => Kept,
        Some(Some(masked)) => changed(value, masked),
    }
}

/// An image that is not embedded has no size that is known.
fn picture(value: &str) -> Masked {
    let trimmed = value.trim_start_matches(forms::is_white::<char>);
    match trimmed.as_bytes().first() {
        Some(b'd' | b'D' | 0x80..) => Unknown,
        _ => GrayImage,
    }
}

fn field_value(value: &str, flags: u32) -> Masked {
    let has = |flag: u32| flags & flag != 0;
    let field = has(context::FIELD);
    let hidden = has(if field {
        context::INPUT_MASKED
    } else {
        context::SAYS_MASKED
    });
    match (field, hidden) {
        (true, false) => Unknown,
        (true, true) if has(context::BUTTON) => masked(value).map_or(Kept, Changed),
        _ if has(context::DRAWN) => Unknown,
        (true, true) => changed(value, mask_input(value)),
        _ => text(value, flags),
    }
}

fn text(value: &str, flags: u32) -> Masked {
    if flags & context::SAYS_MASKED == 0 {
        return Unknown;
    }
    masked(value).map_or(Kept, Changed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_without_a_mask_is_left_to_python() {
        assert!(matches!(mask(0, "x", "y", 0), Unknown));
        assert!(matches!(mask(kind::TEXT, "title", "y", 0), Unknown));
        let masked = mask(kind::TEXT, "title", "Jane", context::SAYS_MASKED);
        assert!(matches!(masked, Changed(text) if text == "****"));
    }
}
