//! The kernels for style sheets and declarations, as Python calls them.

use pyo3::prelude::*;
use pyo3::types::PyString;

use super::{Literal, mask_declarations, mask_sheet, mask_value};
use crate::guard::guarded;

type Compared = ((String, String, String, bool), char);

/// Mask a style sheet. Return its pieces, and what stands between them: name, operator, value
/// and whether case is ignored, and the quote, of each word that may be public.
///
/// `image` masks the address of an embedded image: Python knows how.
#[pyfunction]
pub fn css_sheet<'py>(
    css: &Bound<'py, PyString>,
    image: &Bound<'py, PyAny>,
) -> Option<(Vec<Bound<'py, PyAny>>, Vec<Compared>)> {
    let text = css.to_str().ok()?;
    let mut ask = |address: &str, fills: bool, inline: bool| asked(image, address, fills, inline);
    let sheet = guarded(|| mask_sheet(text, &mut ask))?;
    let Some(masked) = sheet.masked else {
        return Some((vec![css.clone().into_any()], Vec::new()));
    };
    let mut pieces = Vec::with_capacity(sheet.literals.len() + 1);
    let mut from = 0;
    for literal in &sheet.literals {
        pieces.push(PyString::new(css.py(), &masked[from..literal.start]).into_any());
        from = literal.end;
    }
    pieces.push(PyString::new(css.py(), &masked[from..]).into_any());
    Some((pieces, sheet.literals.into_iter().map(parts).collect()))
}

fn parts(literal: Literal) -> Compared {
    let Literal {
        name,
        operator,
        value,
        ignore_case,
        quote,
        ..
    } = literal;
    ((name, operator, value, ignore_case), quote)
}

fn asked(image: &Bound<'_, PyAny>, address: &str, fills: bool, inline: bool) -> Option<String> {
    image.call1((address, fills, inline)).ok()?.extract().ok()
}

/// Mask the declarations of a style attribute.
#[pyfunction]
pub fn css_declarations<'py>(
    css: &Bound<'py, PyString>,
    image: &Bound<'py, PyAny>,
) -> Option<Bound<'py, PyString>> {
    let text = css.to_str().ok()?;
    let mut ask = |address: &str, fills: bool, inline: bool| asked(image, address, fills, inline);
    Some(match guarded(|| mask_declarations(text, &mut ask))? {
        Some(masked) => PyString::new(css.py(), &masked),
        None => css.clone(),
    })
}

/// Mask the value of one declaration, in the style of one element or rule.
#[pyfunction]
pub fn css_value(
    name: &Bound<'_, PyString>,
    value: &Bound<'_, PyString>,
    image: &Bound<'_, PyAny>,
) -> Option<String> {
    let (name, value) = (name.to_str().ok()?, value.to_str().ok()?);
    let mut ask = |address: &str, fills: bool, inline: bool| asked(image, address, fills, inline);
    guarded(|| mask_value(name, value, &mut ask))
}
