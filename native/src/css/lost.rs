//! Names that a style sheet defines, but that the pass crossed out where values use them.

use std::borrow::Cow;
use std::collections::HashSet;

use memchr::{memchr_iter, memmem};

use crate::css::Sheet;
use crate::css::pass::{Crossing, plain_name};
use crate::css::syntax::escapes::identifier;
use crate::css::syntax::names::zeroed;
use crate::forms::is_white;

/// Put back words that were crossed out though the sheet gives something these names.
///
/// Python makes a second pass if any name stands less often in the masked sheet than in the sheet.
/// That pass differs in nothing but these words. `None`: what is a word depends on Python's
/// Unicode tables.
pub fn put_back(css: &str, sheet: &mut Sheet, crossings: &[Crossing]) -> Option<()> {
    let Some(masked) = &sheet.masked else {
        return Some(());
    };
    let names = names_given(masked)?;
    if names.is_empty() {
        return Some(());
    }
    let mut found = Vec::new();
    for crossing in crossings {
        let name = plain_name(crossing.token.text(css), crossing.token.flags)?;
        if names.contains(name.as_ref()) {
            found.push((crossing, name));
        }
    }
    if found.is_empty() || !is_one_lost(css, masked, &found, &names)? {
        return Some(());
    }
    let mut shown = String::with_capacity(masked.len());
    let mut at = 0;
    let mut literals = sheet.literals.iter_mut().peekable();
    for (crossing, name) in found {
        while let Some(literal) = literals.next_if(|literal| literal.start < crossing.start) {
            move_to(literal, shown.len() + literal.start - at);
        }
        shown.push_str(&masked[at..crossing.start]);
        let kept = zeroed(&name)?;
        if kept == name {
            shown.push_str(crossing.token.text(css));
        } else {
            shown.push_str(&identifier(&kept));
        }
        at = crossing.end;
    }
    for literal in literals {
        move_to(literal, shown.len() + literal.start - at);
    }
    shown.push_str(&masked[at..]);
    sheet.masked = Some(shown);
    Some(())
}

/// Tell whether any name stands less often in the masked sheet. Mostly the first one does.
fn is_one_lost(
    css: &str,
    masked: &str,
    found: &[(&Crossing, Cow<'_, str>)],
    names: &HashSet<String>,
) -> Option<bool> {
    let crossed = found.iter().map(|(_, name)| name.as_ref());
    for (at, name) in crossed.chain(names.iter().map(String::as_str)).enumerate() {
        if at == MOST_COUNTED {
            return None; // each takes time in proportion to the sheet
        }
        if count(css, name)? > count(masked, name)? {
            return Some(true);
        }
    }
    Some(false)
}

const MOST_COUNTED: usize = 32;

fn move_to(literal: &mut super::Literal, start: usize) {
    literal.end = start + literal.end - literal.start;
    literal.start = start;
}

/// Count how often a name stands in a text as a whole word.
fn count(text: &str, name: &str) -> Option<usize> {
    let mut found = 0;
    for at in memmem::find_iter(text.as_bytes(), name.as_bytes()) {
        let before = text[..at]
            .chars()
            .next_back()
            .map_or(Some(false), is_part)?;
        let behind = text[at + name.len()..].chars().next();
        let goes_on = before || behind.map_or(Some(false), is_part)?;
        found += usize::from(!goes_on);
    }
    Some(found)
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
        '\u{c0}'..='\u{24f}'
        | '\u{400}'..='\u{481}'
        | '\u{3041}'..='\u{3096}'
        | '\u{30a1}'..='\u{30fa}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7a3}' => Some(true),
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

/// Return the names that a masked style sheet gives to something.
fn names_given(masked: &str) -> Option<HashSet<String>> {
    let mut found = HashSet::new();
    for at in memchr_iter(b'@', masked.as_bytes()) {
        let rest = without_vendor(&masked[at + 1..]);
        if let Some(behind) = rest.strip_prefix("keyframes") {
            let name = behind.trim_start_matches(is_white::<char>);
            if name.starts_with(|c: char| !c.is_ascii()) {
                return None;
            }
            if name.len() < behind.len() {
                let end = name
                    .find(|c| is_part(c) != Some(true))
                    .unwrap_or(name.len());
                if name[end..].starts_with(|c| is_part(c).is_none()) {
                    return None;
                }
                if end > 0 {
                    found.insert(name[..end].to_owned());
                }
            }
        }
    }
    declared(
        masked,
        "counter-",
        &["reset", "increment", "set"],
        &mut found,
    )?;
    declared(
        masked,
        "grid-template",
        &["-rows", "-columns", ""],
        &mut found,
    )?;
    Some(found)
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
fn declared(masked: &str, start: &str, ends: &[&str], found: &mut HashSet<String>) -> Option<()> {
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
            let behind = behind.trim_start_matches(is_white::<char>);
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
    fn whole_words_are_counted() {
        assert_eq!(count("spin a-spin {spin} spin\u{d7}spin", "spin"), Some(4));
        assert_eq!(count("spin\u{661}", "spin"), None);
    }
}
