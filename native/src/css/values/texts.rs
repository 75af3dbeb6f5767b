//! What words and strings of values may say, and how they are written.

use std::borrow::Cow;

use crate::css::syntax::escapes::unescape;
use crate::css::syntax::names::{cross_into, is_blank};
use crate::css::tables::{SYNTAX_TYPES, WORDS_OF_CSS};
use crate::forms::is_white;

pub fn is_asked_attribute(name: &str) -> bool {
    let rest = name
        .strip_prefix("data-")
        .or_else(|| name.strip_prefix("aria-"));
    rest.is_some_and(|rest| {
        let is_part = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-');
        rest.len() <= 39
            && rest.starts_with(|c: char| c.is_ascii_lowercase())
            && rest.bytes().all(is_part)
    })
}

pub fn is_feature_tag(value: &str) -> bool {
    value.len() == 4
        && value
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b' ')
}

/// Mask the syntax of a custom property; words of values are masked likewise.
pub fn syntax(value: &str) -> Option<String> {
    if !value.is_ascii() {
        return None;
    }
    let mut out = String::new();
    let mut rest = value;
    while let Some(first) = rest.chars().next() {
        if let Some(name) = type_in(rest) {
            let inner = &name[1..name.len() - 1];
            if SYNTAX_TYPES.has_low(inner.as_bytes()) {
                out.push_str(name);
            } else {
                out.push('<');
                cross_into(&mut out, inner);
                out.push('>');
            }
            rest = &rest[name.len()..];
            continue;
        }
        let is_end = |c: char| is_white(c) || "<>|+#*".contains(c);
        let end = rest.find(is_end).unwrap_or(rest.len());
        let word = match (end, first) {
            (0, '<' | '>') => &rest[..1],
            (0, _) => {
                out.push(first);
                rest = &rest[1..];
                continue;
            }
            _ => &rest[..end],
        };
        if WORDS_OF_CSS.has_low(word.as_bytes()) {
            out.push_str(word);
        } else {
            cross_into(&mut out, word);
        }
        rest = &rest[word.len()..];
    }
    Some(out)
}

/// Return `<name>`, if a text begins with it.
fn type_in(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('<')?;
    let end = inner.find(|c: char| is_white(c) || "<>|".contains(c))?;
    inner[end..].starts_with('>').then(|| &text[..end + 2])
}

/// Return the address in a token like `url(x.png)`.
pub fn url_value(text: &str) -> Cow<'_, str> {
    let inner = text.split_once('(').map_or("", |(_, inner)| inner);
    let inner = inner.strip_suffix(')').unwrap_or(inner);
    match unescape(inner) {
        Cow::Borrowed(plain) => Cow::Borrowed(plain.trim_matches(is_blank)),
        Cow::Owned(plain) => Cow::Owned(plain.trim_matches(is_blank).to_owned()),
    }
}
