//! PostHog's anonymizer over files in memory. An answer for every line on standard input: it is ready, it did a round.
//!
//! Each file is an array of rrweb events; its message form, one window with these events, is made
//! before the first round. The crate parses in place, so it makes a copy for each round when it gets ready.

use std::io::BufRead;

use posthog_replay_anonymizer::{anonymize_message, AllowLists};

const WARM_UP: usize = 5;

fn main() {
    let messages: Vec<Vec<u8>> = std::env::args().skip(1).map(|name| message(&name)).collect();
    let allow = AllowLists::default();
    for _ in 0..WARM_UP {
        round(&allow, messages.clone());
    }
    let mut scratch = Vec::new();
    for line in std::io::stdin().lock().lines() {
        line.expect("standard input is text");
        if scratch.is_empty() {
            scratch = messages.clone();
        } else {
            round(&allow, std::mem::take(&mut scratch));
        }
        println!("done");
    }
}

fn message(name: &str) -> Vec<u8> {
    let events = std::fs::read(name).expect("the file can be read");
    [b"{\"w\":".as_slice(), events.as_slice(), b"}".as_slice()].concat()
}

fn round(allow: &AllowLists, messages: Vec<Vec<u8>>) {
    let mut size = 0;
    for mut message in messages {
        let clean = anonymize_message(allow, &mut message).expect("the message can be anonymized");
        size += clean.map_or(message.len(), |text| text.len());
    }
    assert!(size > 0, "nothing came out");
}
