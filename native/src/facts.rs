//! Whether an attribute says nothing that a rule asks about: `_rules/facts.py`.

#![forbid(unsafe_code)]

use std::collections::HashSet;
use std::sync::OnceLock;

use crate::forms::is_white;
use crate::tables::HINTS;

/// Tell whether none of the words of a value is among these.
pub fn has_none_of(value: &str, words: &HashSet<Vec<u8>>, lengths: u64) -> bool {
    value.is_ascii()
        && value
            .as_bytes()
            .split(|&byte| is_white(byte))
            .all(|word| lengths >> word.len().min(63) & 1 == 0 || !words.contains(word))
}

/// Return a bit for each length that a word has.
pub fn lengths_of(words: &HashSet<Vec<u8>>) -> u64 {
    words
        .iter()
        .fold(0, |bits, word| bits | 1 << word.len().min(63))
}

/// Tell whether the name of a field cannot be that of a secret.
pub fn tells_no_secret(name: &str) -> bool {
    let bytes = name.as_bytes();
    name.is_ascii()
        && (0..bytes.len()).all(|at| {
            let hints = &hints_by_letter()[usize::from(bytes[at].to_ascii_lowercase())];
            !hints.iter().any(|hint| begins_with(&bytes[at..], hint))
        })
}

fn hints_by_letter() -> &'static [Vec<&'static str>] {
    static BY_LETTER: OnceLock<Vec<Vec<&str>>> = OnceLock::new();
    BY_LETTER.get_or_init(|| {
        let begun_by = |letter: u8| move |hint: &&str| hint.as_bytes()[0] == letter;
        (0..=u8::MAX)
            .map(|letter| HINTS.iter().copied().filter(begun_by(letter)).collect())
            .collect()
    })
}

fn begins_with(bytes: &[u8], word: &str) -> bool {
    bytes.len() >= word.len() && bytes[..word.len()].eq_ignore_ascii_case(word.as_bytes())
}

/// Tell whether an inline style cannot show dots for what is typed.
pub fn shows_no_dots(style: &str) -> bool {
    style.is_ascii() && !style.contains('\\') && !style.contains("/*") && !has(style, "security")
}

/// Tell whether a link leads to no style sheet and no icon.
pub fn is_plain_link(rel: &str) -> bool {
    rel.is_ascii() && !has(rel, "stylesheet") && !has(rel, "icon")
}

fn has(text: &str, word: &str) -> bool {
    text.as_bytes()
        .windows(word.len())
        .any(|part| part.eq_ignore_ascii_case(word.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_be_asked_about_is_seen() {
        assert!(tells_no_secret("main-menu") && !tells_no_secret("newPassword"));
        assert!(shows_no_dots("color: red") && !shows_no_dots("-webkit-text-Security: disc"));
        assert!(is_plain_link("nofollow") && !is_plain_link("Stylesheet"));
        let words = HashSet::from([b"rr-mask".to_vec()]);
        assert!(!has_none_of("a rr-mask", &words, lengths_of(&words)));
        assert!(has_none_of("a rr-mas", &words, lengths_of(&words)));
    }
}
