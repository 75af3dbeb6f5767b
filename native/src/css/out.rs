//! What a kernel writes: what stays is remembered as a place, and copied in large pieces.

use crate::css::syntax::escapes::quote_into;
use crate::css::syntax::names::cross_into;
use crate::css::syntax::tokens::Token;

pub struct Out<'a> {
    css: &'a str,
    text: String,
    from: usize,
    to: usize,
}

impl<'a> Out<'a> {
    pub fn new(css: &'a str) -> Self {
        Out {
            css,
            text: String::new(),
            from: 0,
            to: 0,
        }
    }

    /// Keep a piece of the input.
    pub fn keep(&mut self, start: u32, end: u32) {
        let (start, end) = (start as usize, end as usize);
        if start != self.to {
            self.copy();
            self.from = start;
        }
        self.to = end;
    }

    pub fn keep_token(&mut self, token: &Token) {
        self.keep(token.start, token.end);
    }

    fn copy(&mut self) {
        if self.text.capacity() == 0 {
            self.text.reserve(self.css.len() + self.css.len() / 8);
        }
        self.text.push_str(&self.css[self.from..self.to]);
        self.from = self.to;
    }

    /// Return the text so far, to write what is not of the input.
    pub fn written(&mut self) -> &mut String {
        self.copy();
        &mut self.text
    }

    pub fn add(&mut self, text: &str) {
        self.written().push_str(text);
    }

    pub fn cross(&mut self, text: &str) {
        cross_into(self.written(), text);
    }

    pub fn quote(&mut self, value: &str, quote: char) {
        quote_into(self.written(), value, quote);
    }

    /// Return the output, or `None` if it is the input.
    pub fn finish(mut self) -> Option<String> {
        if self.text.is_empty() && self.from == 0 && self.to == self.css.len() {
            return None;
        }
        self.copy();
        Some(self.text)
    }
}
