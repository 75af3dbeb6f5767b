//! Lists in custom properties that stay: of fonts, and the numbers of a color.

use super::colors::{Form, is_byte};
use crate::css::syntax::escapes::{string_value, unescape};
use crate::css::syntax::tokens::{Kind, Token, flag};
use crate::css::tables::FONT_FAMILIES;

const GENERIC_FAMILIES: [&str; 13] = [
    "serif",
    "sans-serif",
    "monospace",
    "cursive",
    "fantasy",
    "system-ui",
    "ui-serif",
    "ui-sans-serif",
    "ui-monospace",
    "ui-rounded",
    "math",
    "emoji",
    "fangsong",
];

/// Return which tokens name well-known fonts, if a value is a list of fonts.
pub fn font_names(css: &str, tokens: &[Token]) -> Option<Vec<usize>> {
    if !tokens.iter().any(|token| token.sign == b',') {
        return Some(Vec::new());
    }
    let mut items: Vec<(String, Vec<usize>)> = vec![Default::default()];
    for (at, token) in tokens.iter().enumerate() {
        match token.kind {
            Kind::Ident | Kind::Text => {
                let (word, places) = items.last_mut()?;
                if !places.is_empty() {
                    word.push('_');
                }
                word.push_str(&font_word(css, token)?);
                places.push(at);
            }
            Kind::Delim if matches!(token.sign, b',' | b')') => items.push(Default::default()),
            Kind::Function if token.text(css) == "var(" => items.push(Default::default()),
            Kind::Space => {}
            _ => return Some(Vec::new()),
        }
    }
    items.retain(|(_, places)| !places.is_empty());
    let known = |name: &String| FONT_FAMILIES.has(name.as_bytes());
    let generic = |name: &String| GENERIC_FAMILIES.contains(&name.as_str());
    if !items.iter().any(|(name, _)| generic(name)) && !items.iter().all(|(name, _)| known(name)) {
        return Some(Vec::new());
    }
    items.retain(|(name, _)| known(name));
    Some(items.into_iter().flat_map(|(_, places)| places).collect())
}

/// The one character beyond ASCII whose small letter is in ASCII.
const KELVIN: char = '\u{212a}';

fn font_word(css: &str, token: &Token) -> Option<String> {
    let word = if token.kind == Kind::Text {
        string_value(token, css).replace(' ', "_")
    } else {
        token.text(css).to_owned()
    };
    (!word.contains(KELVIN)).then(|| word.to_ascii_lowercase())
}

const LONGEST: usize = 20;

/// Return which tokens are numbers of a whole color.
pub fn color_numbers(css: &str, tokens: &[Token]) -> Option<Vec<usize>> {
    let mut found = Vec::new();
    for (start, token) in tokens.iter().enumerate() {
        if token.kind != Kind::Function {
            continue;
        }
        let name = if token.flags & flag::ESCAPE == 0 {
            token.name(css).to_ascii_lowercase()
        } else {
            unescape(token.name(css)).to_ascii_lowercase()
        };
        let is_color: fn(Form<'_>) -> bool = match name.as_str() {
            "rgb" | "rgba" => is_rgb,
            "hsl" | "hsla" => is_hsl,
            _ => continue,
        };
        let after = &tokens[start + 1..tokens.len().min(start + 1 + LONGEST)];
        let Some(end) = after.iter().position(|token| token.sign == b')') else {
            continue;
        };
        if end == 0 {
            continue;
        }
        let text = &css[after[0].start as usize..after[end - 1].end as usize];
        if !text.is_ascii() {
            return None;
        }
        if is_color(Form::of(text)) {
            let numbers = (0..end).filter(|at| after[*at].kind == Kind::Number);
            found.extend(numbers.map(|at| start + 1 + at));
        }
    }
    Some(found)
}

fn is_rgb(form: Form<'_>) -> bool {
    is_form(form, [is_byte; 3])
}

fn is_hsl(form: Form<'_>) -> bool {
    is_form(form, [is_hue, is_share, is_share])
}

fn is_form(mut form: Form<'_>, parts: [fn(&str) -> bool; 3]) -> bool {
    form.spaces();
    let mut commas = form;
    if commas.three(parts, Form::comma) {
        let mut rest = commas;
        let opacity = rest.comma() && is_opacity(rest.number());
        if ends(if opacity { rest } else { commas }) {
            return true;
        }
    }
    form.three(parts, Form::spaces) && form.share_of(is_opacity) && ends(form)
}

fn ends(mut form: Form<'_>) -> bool {
    form.spaces();
    form.is_at_end()
}

fn is_whole(text: &str, least: usize, most: usize) -> bool {
    (least..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_hue(text: &str) -> bool {
    text == "360"
        || is_whole(text, 1, 2)
        || (is_whole(text, 3, 3)
            && (("100".."300").contains(&text) || ("300".."360").contains(&text)))
}

fn is_share(text: &str) -> bool {
    text.strip_suffix('%')
        .is_some_and(|share| share == "100" || is_whole(share, 1, 2))
}

fn is_opacity(text: &str) -> bool {
    if matches!(text, "0" | "1") || is_share(text) {
        return true;
    }
    text.split_once('.')
        .is_some_and(|(whole, part)| matches!(whole, "" | "0" | "1") && is_whole(part, 1, 3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colors_have_a_form() {
        for text in ["18, 18, 18", " 1 2 3 / .5 ", "1,2,3,50%"] {
            assert!(is_rgb(Form::of(text)), "{text}");
        }
        for text in ["4711 18 18", "1 2 3 4", "1,2", "1, 2, 3 / 1"] {
            assert!(!is_rgb(Form::of(text)), "{text}");
        }
        assert!(is_hsl(Form::of("359 10% 100%")) && !is_hsl(Form::of("361 10% 100%")));
    }
}
