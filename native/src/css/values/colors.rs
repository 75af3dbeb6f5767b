//! Forms of colors: the parts of one, as style sheets pass them.

use crate::forms::is_white;

/// Reads the form of a color from left to right.
#[derive(Clone, Copy)]
pub struct Form<'a> {
    rest: &'a [u8],
}

impl<'a> Form<'a> {
    pub fn of(text: &'a str) -> Self {
        Form {
            rest: text.as_bytes(),
        }
    }

    pub fn spaces(&mut self) -> bool {
        let count = self.rest.iter().take_while(|byte| is_white(**byte)).count();
        self.rest = &self.rest[count..];
        count > 0
    }

    pub fn sign(&mut self, sign: u8) -> bool {
        let found = self.rest.first() == Some(&sign);
        self.rest = &self.rest[usize::from(found)..];
        found
    }

    fn word(&mut self, word: &[u8]) -> bool {
        let found = self.rest.starts_with(word);
        self.rest = &self.rest[if found { word.len() } else { 0 }..];
        found
    }

    pub fn is_at_end(&self) -> bool {
        self.rest.is_empty()
    }

    /// Take the digits, points and percent signs that follow.
    pub fn number(&mut self) -> &'a str {
        let is_part = |byte: &&u8| matches!(**byte, b'0'..=b'9' | b'.' | b'%');
        let count = self.rest.iter().take_while(is_part).count();
        let (number, rest) = self.rest.split_at(count);
        self.rest = rest;
        std::str::from_utf8(number).unwrap_or_default()
    }

    /// Take numbers with `between` between them: a comma, or blanks.
    pub fn three(
        &mut self,
        forms: [fn(&str) -> bool; 3],
        between: impl Fn(&mut Self) -> bool,
    ) -> bool {
        forms
            .iter()
            .enumerate()
            .all(|(at, fits)| (at == 0 || between(self)) && fits(self.number()))
    }

    pub fn comma(&mut self) -> bool {
        self.spaces();
        let found = self.sign(b',');
        self.spaces();
        found
    }

    /// Take `/ 50%`, if that is what follows.
    pub fn share_of(&mut self, fits: fn(&str) -> bool) -> bool {
        let before = *self;
        self.spaces();
        if !self.sign(b'/') {
            *self = before;
            return true;
        }
        self.spaces();
        fits(self.number())
    }
}

fn all_digits(text: &str, least: usize, most: usize) -> bool {
    (least..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

pub fn is_byte(text: &str) -> bool {
    all_digits(text, 1, 2)
        || (all_digits(text, 3, 3)
            && (text < "200" || ("200".."256").contains(&text))
            && !text.starts_with('0'))
}

fn is_byte_or_part(text: &str) -> bool {
    text.split_once('.').map_or_else(
        || is_byte(text),
        |(whole, part)| is_byte(whole) && all_digits(part, 1, 6),
    )
}

fn is_alpha(text: &str) -> bool {
    if let Some(share) = text.strip_suffix('%') {
        return all_digits(share, 1, 3);
    }
    match text.split_once('.') {
        Some((whole, part)) => matches!(whole, "" | "0" | "1") && all_digits(part, 1, 3),
        None => all_digits(text, 1, 3) || (all_digits(text, 4, 4) && text < "2"),
    }
}

fn is_lightness(text: &str) -> bool {
    text.strip_suffix('%').is_some_and(|share| {
        share.split_once('.').map_or_else(
            || all_digits(share, 1, 3),
            |(whole, part)| all_digits(whole, 1, 3) && all_digits(part, 1, 4),
        )
    })
}

fn is_chroma(text: &str) -> bool {
    let part = text.strip_prefix('0').unwrap_or(text);
    text == "0"
        || part
            .strip_prefix('.')
            .is_some_and(|digits| all_digits(digits, 1, 4))
}

fn is_hue(text: &str) -> bool {
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    let short = all_digits(whole, 1, 2) || (all_digits(whole, 3, 3) && whole < "4");
    short && all_digits(part, 1, 3)
}

/// Tell whether the value of a property is the parts of a color.
pub fn are_color_parts(named_rgb: bool, value: &str) -> bool {
    if value.chars().count() > 160 {
        return false;
    }
    (named_rgb && is_rgb(value)) || are_parts(value)
}

fn is_rgb(value: &str) -> bool {
    let mut form = Form::of(value);
    form.spaces();
    let found = form.three([is_byte_or_part; 3], Form::comma);
    form.spaces();
    found && form.is_at_end()
}

fn are_parts(value: &str) -> bool {
    let mut form = Form::of(value);
    form.spaces();
    let in_var = form.word(b"var(");
    if in_var && !is_variable(&mut form) {
        return false;
    }
    let ways: [fn(&mut Form<'_>) -> bool; 3] = [
        |form| form.three([is_byte; 3], Form::comma),
        |form| form.three([is_byte; 3], Form::spaces) && form.share_of(is_alpha),
        |form| {
            form.three([is_lightness, is_chroma, is_hue], Form::spaces) && form.share_of(is_alpha)
        },
    ];
    ways.iter().any(|way| {
        let mut rest = form;
        way(&mut rest) && ends(rest, in_var)
    })
}

fn is_variable(form: &mut Form<'_>) -> bool {
    form.spaces();
    if !form.word(b"--") {
        return false;
    }
    let is_part = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(**byte, b'-' | b'_');
    let count = form.rest.iter().take_while(is_part).count();
    form.rest = &form.rest[count..];
    (1..=60).contains(&count) && form.comma()
}

fn ends(mut form: Form<'_>, in_var: bool) -> bool {
    form.spaces();
    if in_var && !form.sign(b')') {
        return false;
    }
    form.spaces();
    if form.sign(b'!') {
        form.spaces();
        if !form.word(b"important") {
            return false;
        }
        form.spaces();
    }
    form.is_at_end()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_colors_have_a_form() {
        for value in [
            " 13,110,253",
            "13 110 253 / 50%",
            "49.12% 0.3096 275.75",
            "var(--a, 1,2,3) !important",
        ] {
            assert!(are_color_parts(false, value), "{value}");
        }
        for value in [
            "555 123 4567",
            "123-45-6789",
            "1,2,3,4",
            "256,1,1",
            "1 2 3 4",
        ] {
            assert!(!are_color_parts(false, value), "{value}");
        }
        assert!(are_color_parts(true, "1.5,2,3") && !are_color_parts(false, "1.5,2,3"));
    }
}
