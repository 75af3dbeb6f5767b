//! Names of a page, and words that are crossed out: `_allowlists/identifiers.py` in CSS.

use std::borrow::Cow;

/// Stands for each character of a masked word.
pub const CROSS: char = '\u{d7}';

/// Hand back a name with characters of which Python's Unicode tables would have to tell whether
/// they are digits, white space or have another form in small letters.
pub fn sure(name: &str) -> Option<()> {
    (name.is_ascii() || name.chars().all(is_sure)).then_some(())
}

fn is_sure(character: char) -> bool {
    matches!(
        character,
        '\0'..='\u{7f}'
            | '\u{a1}'..='\u{24f}'
            | '\u{391}'..='\u{3a1}'
            | '\u{3b1}'..='\u{3c9}'
            | '\u{400}'..='\u{481}'
            | '\u{2010}'..='\u{2027}'
            | '\u{2190}'..='\u{23ff}'
            | '\u{2500}'..='\u{27bf}'
            | '\u{3041}'..='\u{3096}'
            | '\u{30a1}'..='\u{30fa}'
            | '\u{4e00}'..='\u{9fff}'
            | '\u{ac00}'..='\u{d7a3}'
            | '\u{ff21}'..='\u{ff3a}'
            | '\u{ff41}'..='\u{ff5a}'
            | '\u{e000}'..='\u{f8ff}'
            | '\u{fffd}'
            | '\u{1f300}'..='\u{1faff}'
    )
}

pub fn utf16_length(text: &str) -> usize {
    if text.is_ascii() {
        text.len()
    } else {
        text.chars().map(char::len_utf16).sum()
    }
}

/// Write a word of the same length in crosses.
pub fn cross_into(out: &mut String, text: &str) {
    out.extend(std::iter::repeat_n(CROSS, utf16_length(text)));
}

const RUN: usize = 6;

/// Tell whether a name may have data in it: a long number, or a glyph of a formula.
pub fn may_be_data(name: &str) -> bool {
    name.len() >= RUN && (name.starts_with("mjx-c") || has_long_run(name.as_bytes()))
}

/// Tell at a glance whether a name with escapes keeps its digits: they escape signs only.
pub fn keeps_escaped(name: &str) -> bool {
    let bytes = name.as_bytes();
    let is_sign = |(at, _): (usize, &u8)| {
        let next = bytes.get(at + 1);
        next.is_some_and(|next| next.is_ascii_punctuation())
    };
    let mut escapes = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\\');
    !may_be_data(name) && escapes.all(is_sign)
}

fn has_long_run(name: &[u8]) -> bool {
    let mut run = 0;
    for byte in name {
        run = if byte.is_ascii_digit() { run + 1 } else { 0 };
        if run == RUN {
            return true;
        }
    }
    false
}

/// Write zeros for the long numbers and the code points in one name.
pub fn zeroed(name: &str) -> Option<Cow<'_, str>> {
    sure(name)?;
    if !may_be_data(name) || is_scope(name) {
        return Some(Cow::Borrowed(name));
    }
    if let Some(code) = name.strip_prefix("mjx-c") {
        if code.bytes().all(|byte| byte.is_ascii_hexdigit()) && !code.is_empty() {
            return Some(Cow::Owned(format!("mjx-c{}", "0".repeat(code.len()))));
        }
    }
    Some(Cow::Owned(without_runs(name)))
}

fn without_runs(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut rest = name;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        out.push_str(&rest[..start]);
        rest = &rest[start..];
        let end = rest
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(rest.len());
        if end >= RUN {
            out.extend(std::iter::repeat_n('0', end));
        } else {
            out.push_str(&rest[..end]);
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

/// Write zeros in each name of a list.
pub fn zeroed_words(value: &str) -> Option<Cow<'_, str>> {
    sure(value)?;
    let bytes = value.as_bytes();
    let glyph = value.contains("mjx-c");
    if !glyph && !has_long_run(bytes) {
        return Some(Cow::Borrowed(value));
    }
    let mut out = String::with_capacity(value.len());
    for piece in value.split_inclusive(is_blank) {
        let word = piece.strip_suffix(is_blank).unwrap_or(piece);
        out.push_str(&zeroed(word)?);
        out.push_str(&piece[word.len()..]);
    }
    Some(Cow::Owned(out))
}

/// What is white space to CSS.
pub fn is_blank(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\n' | '\r' | '\u{c}')
}

// --- scopes of frameworks -------------------------------------------------------------

/// Tell whether a name is a hash of a known framework.
fn is_scope(name: &str) -> bool {
    let bytes = name.as_bytes();
    let after = |prefix: &str| name.strip_prefix(prefix);
    match bytes.first() {
        Some(b'j') => after("jsx-").is_some_and(|rest| is_run(rest, digit, 1, 10)),
        Some(b'_') => is_angular(name),
        Some(b'n') => after("ng-tns-c").is_some_and(|rest| {
            rest.split_once('-').is_some_and(|(class, number)| {
                is_run(class, digit, 1, 10) && is_run(number, digit, 1, 4)
            })
        }),
        Some(b'd') => {
            after("data-v-").is_some_and(|rest| {
                is_run(rest.strip_suffix("-s").unwrap_or(rest), small_hex, 8, 8)
            }) || after("data-astro-cid-").is_some_and(is_hash)
        }
        Some(b'c') => after("css-").is_some_and(|rest| has_tail(rest, label, 80)),
        Some(b's') => {
            after("sc-").is_some_and(|rest| has_tail(rest, digit, 3))
                || after("svelte-").is_some_and(is_hash)
        }
        Some(b'a') => after("astro-").is_some_and(is_hash),
        Some(b'm') => after("m_").is_some_and(|rest| is_run(rest, small_hex, 6, 8)),
        Some(b'e') => after("elementor-element-")
            .or_else(|| after("elementor-repeater-item-"))
            .is_some_and(|rest| is_run(rest, small_hex, 7, 7)),
        Some(b'w') => after("wp-container-").is_some_and(is_layout),
        Some(b'v') => after("vc_custom_").is_some_and(|rest| is_run(rest, digit, 13, 13)),
        _ => false,
    }
}

fn digit(byte: u8) -> bool {
    byte.is_ascii_digit()
}

fn small_hex(byte: u8) -> bool {
    matches!(byte, b'0'..=b'9' | b'a'..=b'f')
}

fn label(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || matches!(byte, b'-' | b'_')
}

pub fn is_run(text: &str, one: fn(u8) -> bool, least: usize, most: usize) -> bool {
    (least..=most).contains(&text.len()) && text.bytes().all(one)
}

fn is_hash(text: &str) -> bool {
    is_run(text, |byte| matches!(byte, b'0'..=b'9' | b'a'..=b'z'), 5, 8)
        && text.bytes().any(|byte| byte.is_ascii_lowercase())
}

fn has_tail(text: &str, one: fn(u8) -> bool, most: usize) -> bool {
    match text.split_once('-') {
        Some((hash, tail)) => is_hash(hash) && is_run(tail, one, 1, most),
        None => is_hash(text),
    }
}

fn is_angular(name: &str) -> bool {
    let Some(rest) = name
        .strip_prefix("_ngcontent")
        .or_else(|| name.strip_prefix("_nghost"))
    else {
        return false;
    };
    let Some((words, code)) = rest.rsplit_once("-c") else {
        return false;
    };
    let mut parts = words.split('-');
    parts.next() == Some("")
        && is_run(code, digit, 1, 10)
        && words.matches('-').count() <= 4
        && parts.all(|part| is_run(part, |byte| byte.is_ascii_lowercase(), 1, 20))
}

fn is_layout(rest: &str) -> bool {
    rest.rsplit_once("-is-layout-").is_some_and(|(name, hash)| {
        let one = |byte: u8| byte.is_ascii_lowercase() || byte == b'-';
        is_run(name, one, 1, 60) && is_run(hash, small_hex, 8, 8)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_numbers_become_zeros() {
        for (name, masked) in [
            ("order-4711123", "order-0000000"),
            ("mjx-c1D44E", "mjx-c00000"),
            ("mjx-c1D44Eg", "mjx-c1D44Eg"),
            ("col-12345", "col-12345"),
            ("jsx-1234567", "jsx-1234567"),
            ("data-v-1234567a", "data-v-1234567a"),
            ("_ngcontent-ab-c1234567", "_ngcontent-ab-c1234567"),
            ("_ngcontent-c1234567", "_ngcontent-c1234567"),
            ("_ngcontentx-c1234567", "_ngcontentx-c0000000"),
            ("css-1234567", "css-0000000"),
            ("css-123456a-Box", "css-123456a-Box"),
        ] {
            assert_eq!(zeroed(name).as_deref(), Some(masked), "{name}");
        }
        assert_eq!(zeroed("\u{661}"), None);
        assert_eq!(
            zeroed_words("a  x1234567\n").as_deref(),
            Some("a  x0000000\n")
        );
    }
}
