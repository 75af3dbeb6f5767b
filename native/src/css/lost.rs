//! Names that a style sheet gives, and that the pass crossed out where values use them.

use std::collections::{HashMap, HashSet};

use memchr::{memchr_iter, memmem};

use super::names::{CROSS, is_space};

/// Return the names that a masked sheet gives, if any of them stands in it less often than in the
/// sheet. `None`: what is a word depends on Python's Unicode tables.
pub fn lost_names(css: &str, masked: &str) -> Option<HashSet<String>> {
    if !masked.contains(CROSS) {
        return Some(HashSet::new());
    }
    let names = names_given(masked)?;
    if names.is_empty() {
        return Some(names);
    }
    let (before, after) = (counted(css, &names)?, counted(masked, &names)?);
    let is_lost = |name: &String| before.get(name.as_str()) > after.get(name.as_str());
    if names.iter().any(is_lost) {
        return Some(names);
    }
    Some(HashSet::new())
}

/// Tell whether a character is a letter, a digit, `_` or `-`, as far as this is sure.
fn is_part(character: char) -> Option<bool> {
    match character {
        '\0'..='\u{7f}' => Some(is_name_part(character as u8)),
        '\u{80}'..='\u{a9}'
        | '\u{ab}'..='\u{b1}'
        | '\u{b4}'
        | '\u{b6}'..='\u{b8}'
        | '\u{bb}'
        | '\u{bf}'
        | '\u{d7}'
        | '\u{f7}'
        | '\u{2000}'..='\u{206f}'
        | '\u{2190}'..='\u{23ff}'
        | '\u{2500}'..='\u{2775}'
        | '\u{2794}'..='\u{27bf}'
        | '\u{e000}'..='\u{f8ff}'
        | '\u{fe0e}'
        | '\u{fe0f}'
        | '\u{fffd}' => Some(false),
        '\u{c0}'..='\u{24f}' | '\u{4e00}'..='\u{9fff}' => Some(true),
        _ => None,
    }
}

fn is_name_part(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')
}

/// Hand the whole words of a text to a function.
fn each_word<'a>(text: &'a str, mut take: impl FnMut(&'a str)) -> Option<()> {
    let bytes = text.as_bytes();
    let mut start = 0; // of the word that goes on
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        let (length, goes_on) = if byte < 0x80 {
            (1, is_name_part(byte))
        } else {
            let character = text[at..].chars().next()?;
            (character.len_utf8(), is_part(character)?)
        };
        if !goes_on {
            if start < at {
                take(&text[start..at]);
            }
            start = at + length;
        }
        at += length;
    }
    if start < at {
        take(&text[start..]);
    }
    Some(())
}

/// Count how often names stand in a text as whole words.
fn counted<'a>(text: &'a str, names: &HashSet<String>) -> Option<HashMap<&'a str, usize>> {
    let mut begins = [false; 256];
    for name in names {
        begins[usize::from(name.as_bytes()[0])] = true;
    }
    let mut found = HashMap::new();
    each_word(text, |word| {
        if begins[usize::from(word.as_bytes()[0])] && names.contains(word) {
            *found.entry(word).or_insert(0) += 1;
        }
    })?;
    Some(found)
}

/// Return the names that a masked style sheet gives to something.
fn names_given(masked: &str) -> Option<HashSet<String>> {
    let mut found = HashSet::new();
    for at in memchr_iter(b'@', masked.as_bytes()) {
        let rest = without_vendor(&masked[at + 1..]);
        if let Some(behind) = rest.strip_prefix("keyframes") {
            let name = behind.trim_start_matches(is_white);
            if name.starts_with(|c: char| !c.is_ascii()) {
                return None;
            }
            if name.len() < behind.len() {
                let end = name.find(|c| is_part(c) != Some(true)).unwrap_or(name.len());
                if name[end..].starts_with(|c| is_part(c).is_none()) {
                    return None;
                }
                if end > 0 {
                    found.insert(name[..end].to_owned());
                }
            }
        }
    }
    declared(masked, "counter-", &["reset", "increment", "set"], &mut found)?;
    declared(masked, "grid-template", &["-rows", "-columns", ""], &mut found)?;
    Some(found)
}

fn is_white(character: char) -> bool {
    character.is_ascii() && is_space(character as u8)
}

/// Return what follows the prefix of a vendor, as in `-webkit-keyframes`.
fn without_vendor(rest: &str) -> &str {
    let Some(inner) = rest.strip_prefix('-') else {
        return rest;
    };
    let behind = inner.trim_start_matches(|c: char| c.is_ascii_lowercase());
    let found = behind.len() < inner.len();
    behind.strip_prefix('-').filter(|_| found).unwrap_or(rest)
}

/// Gather the names in the values of properties.
fn declared(
    masked: &str,
    start: &str,
    ends: &[&str],
    found: &mut HashSet<String>,
) -> Option<()> {
    let mut done = 0;
    for at in memmem::find_iter(masked.as_bytes(), start.as_bytes()) {
        if at < done {
            continue; // in a value whose names are gathered
        }
        if let Some(before) = masked[..at].chars().next_back() {
            if is_part(before)? {
                continue;
            }
        }
        let rest = &masked[at + start.len()..];
        for end in ends {
            let Some(behind) = rest.strip_prefix(end) else {
                continue;
            };
            let behind = behind.trim_start_matches(is_white);
            if behind.starts_with(|c: char| !c.is_ascii()) {
                return None;
            }
            if let Some(value) = behind.strip_prefix(':') {
                let value = &value[..value.find([';', '{', '}']).unwrap_or(value.len())];
                done = masked.len() - behind.len() + 1 + value.len();
                each_word(value, |word| {
                    if word.bytes().any(|b| b.is_ascii_alphabetic() || b == b'_') {
                        found.insert(word.to_owned());
                    }
                })?;
                break;
            }
        }
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_animations_counters_and_lines() {
        let css = "@-o-keyframes spin{}a{counter-reset: one 2;grid-template-rows:[top] 1px}\
                   b{x-counter-set:no;grid-template-areas:'a'}";
        let mut names: Vec<String> = names_given(css).unwrap().into_iter().collect();
        names.sort();
        assert_eq!(names, ["1px", "one", "spin", "top"]);
    }

    #[test]
    fn names_are_lost_if_they_stand_less_often() {
        let css = "@keyframes spin{}a{--x:spin}";
        let masked = "@keyframes spin{}a{--x:\u{d7}\u{d7}\u{d7}\u{d7}}";
        assert!(lost_names(css, masked).unwrap().contains("spin"));
        assert!(lost_names(masked, masked).unwrap().is_empty());
        assert_eq!(lost_names("@keyframes \u{661}{}", "@keyframes \u{661}{}\u{d7}"), None);
    }
}
