//! Style sheets and declarations: the pass of `_css/sheets.py`, over the same tokens.
//!
//! Each function takes CSS and returns masked CSS, or `None` for what it hands back: names with
//! characters of which Python's Unicode tables would have to tell more, and rare forms.

#![forbid(unsafe_code)]

mod attributes;
mod forms;
mod lost;
mod out;
mod pass;
mod preludes;
pub mod python;
mod selectors;
mod sheets;
mod syntax;
#[rustfmt::skip]
mod tables;
mod values;

pub use names::zeroed_words;
pub use pass::Literal;
use pass::{Images, Pass};
use syntax::{escapes, names, tokens};

/// A masked style sheet, and the words in it that may be public.
#[derive(Debug, PartialEq, Eq)]
pub struct Sheet {
    /// `None` if it is the input.
    pub masked: Option<String>,
    pub literals: Vec<Literal>,
}

/// Mask a style sheet.
pub fn mask_sheet(css: &str, images: &mut Images<'_>) -> Option<Sheet> {
    let mut pass = begun(css, false, images)?;
    sheets::Segments::new(&mut pass).sheet()?;
    let mut sheet = Sheet {
        literals: pass.literals,
        masked: pass.out.finish(),
    };
    if !pass.crossings.is_empty() {
        lost::put_back(css, &mut sheet, &pass.crossings)?;
    }
    Some(sheet)
}

/// Mask the declarations of a style attribute. `Some(None)`: they stay.
pub fn mask_declarations(css: &str, images: &mut Images<'_>) -> Option<Option<String>> {
    let mut pass = begun(css, true, images)?;
    sheets::Segments::new(&mut pass).declarations()?;
    Some(pass.out.finish())
}

/// Mask the value of one declaration, in the style of one element or rule.
pub fn mask_value(name: &str, value: &str, images: &mut Images<'_>) -> Option<String> {
    let mut pass = begun(value, true, images)?;
    let known = escapes::unescape(name.trim_matches(names::is_blank));
    names::sure(&known)?;
    let tokens = tokens::all(value);
    if !tokens::is_broken(&tokens) {
        values::mask_tokens(&mut pass, &known, &tokens)?;
        let masked = pass.out.finish();
        let whole = masked.as_deref().unwrap_or(value);
        return Some(whole.trim_matches(names::is_blank).to_owned());
    }
    Some(String::new())
}

fn begun<'a>(css: &'a str, inline: bool, images: &'a mut Images<'_>) -> Option<Pass<'a>> {
    (css.len() < LONGEST).then(|| Pass {
        css,
        out: out::Out::new(css),
        inline,
        literals: Vec::new(),
        crossings: Vec::new(),
        images,
        open: Vec::new(),
    })
}

/// Bytes: places are counted in 32 bits.
const LONGEST: usize = 1 << 31;
