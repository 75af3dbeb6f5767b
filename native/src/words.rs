//! Sets of words from the generated tables.

#![forbid(unsafe_code)]

use std::sync::OnceLock;

/// A set of ASCII words. It is built at the first question; a look-up costs one hash.
pub struct Words {
    listed: &'static [&'static str],
    slots: OnceLock<Vec<u16>>,
}

const EMPTY: u16 = u16::MAX;

impl Words {
    pub const fn new(listed: &'static [&'static str]) -> Self {
        Words {
            listed,
            slots: OnceLock::new(),
        }
    }

    /// Return the words, in the order of their list.
    pub fn listed(&self) -> &'static [&'static str] {
        self.listed
    }

    pub fn has(&self, word: &[u8]) -> bool {
        self.at(word).is_some()
    }

    /// Return the place of a word in its list.
    pub fn at(&self, word: &[u8]) -> Option<usize> {
        let slots = self.slots.get_or_init(|| slots_of(self.listed));
        let mask = slots.len() - 1;
        let mut slot = hash(word) & mask;
        while slots[slot] != EMPTY {
            let at = usize::from(slots[slot]);
            if self.listed[at].as_bytes() == word {
                return Some(at);
            }
            slot = (slot + 1) & mask;
        }
        None
    }

    /// The same, with capitals read as small letters.
    pub fn at_low(&self, word: &[u8]) -> Option<usize> {
        let mut low = [0; 64];
        if word.len() > low.len() {
            return None; // no list has a word that is so long, see the test
        }
        for (to, from) in low.iter_mut().zip(word) {
            *to = from.to_ascii_lowercase();
        }
        self.at(&low[..word.len()])
    }

    pub fn has_low(&self, word: &[u8]) -> bool {
        self.at_low(word).is_some()
    }
}

fn slots_of(listed: &[&str]) -> Vec<u16> {
    let size = (listed.len() * 4).next_power_of_two().max(8);
    let mut slots = vec![EMPTY; size];
    for (at, word) in listed.iter().enumerate() {
        let mut slot = hash(word.as_bytes()) & (size - 1);
        while slots[slot] != EMPTY {
            slot = (slot + 1) & (size - 1);
        }
        slots[slot] = u16::try_from(at).expect("a list has fewer words");
    }
    slots
}

/// FNV-1a, with its high bits folded in: words are short.
fn hash(word: &[u8]) -> usize {
    let mut found: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in word {
        found = (found ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    }
    (found ^ (found >> 32)) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    static SOME: Words = Words::new(&["open", "closed", "data-state"]);

    #[test]
    fn a_set_has_its_words_and_no_others() {
        assert_eq!(SOME.at(b"closed"), Some(1));
        assert_eq!(SOME.at(b"Closed"), None);
        assert_eq!(SOME.at_low(b"Data-State"), Some(2));
        assert!(!SOME.has(b"") && !SOME.has_low(&[b'a'; 100]));
    }
}
