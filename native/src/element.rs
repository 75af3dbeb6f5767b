//! The attributes of one element, in place: the border to Python.

use std::collections::HashSet;

use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyList, PyString, PyTuple};

use crate::attributes::{Asked, Masked, mask};
use crate::guard::guarded;
use crate::tables::{BLANK_DOCUMENT, GRAY_IMAGE, context, name};

/// Masks the attributes of elements under one policy.
///
/// `names` says what to do with an attribute, by its name. The caller adds names to it, and masks
/// attributes with other names itself. `words` are the words of `class` that rules ask about.
#[pyclass(frozen, module = "replay_redact_native")]
pub struct Attributes {
    names: Py<PyDict>,
    asked: Asked,
    empty: Py<PyString>,
    blank: Py<PyString>,
    gray: Py<PyString>,
}

/// What was found out about the attributes of an element, before any is changed.
#[derive(Default)]
struct Found<'py> {
    changes: Vec<Change<'py>>,
    left: Vec<Bound<'py, PyAny>>,
    asked: Vec<Bound<'py, PyAny>>,
}

struct Change<'py> {
    name: Bound<'py, PyAny>,
    value: Bound<'py, PyAny>,
    masked: Masked,
    may_hold_words: bool,
}

#[pymethods]
impl Attributes {
    #[new]
    fn new(names: Py<PyDict>, words: Vec<String>, py: Python<'_>) -> Self {
        let words: HashSet<Vec<u8>> = words.into_iter().map(String::into_bytes).collect();
        let constant = |text| PyString::new(py, text).unbind();
        Attributes {
            names,
            asked: Asked::new(words),
            empty: constant(""),
            blank: constant(BLANK_DOCUMENT),
            gray: constant(GRAY_IMAGE),
        }
    }

    /// Mask attributes in place. `flags` tell what was decided about the element.
    ///
    /// Returns true if all is done; or a tuple: names that are left to the caller, and the values
    /// before of attributes that may hold words of style sheets. Each change is noted in `notes`:
    /// `(owner, name, value before, decision)`.
    ///
    /// Or it changes nothing, and returns a list of names about which rules may ask (unless
    /// `flags` say that they were asked), or `None` if Python has to do it all.
    fn mask<'py>(
        &self,
        attributes: &Bound<'py, PyDict>,
        flags: u32,
        owner: &Bound<'py, PyAny>,
        decision: &Bound<'py, PyAny>,
        notes: &Bound<'py, PyList>,
    ) -> PyResult<Option<Bound<'py, PyAny>>> {
        let py = attributes.py();
        let Some(found) = guarded(|| self.look(attributes, flags)) else {
            return Ok(None);
        };
        if !found.asked.is_empty() {
            return Ok(Some(PyList::new(py, found.asked)?.into_any()));
        }
        let mut words = None;
        for change in &found.changes {
            let masked = self.put(py, &change.masked);
            attributes.set_item(&change.name, masked)?;
            notes.append(PyTuple::new(
                py,
                [owner, &change.name, &change.value, decision],
            )?)?;
            if change.may_hold_words {
                let words = words.get_or_insert_with(|| PyDict::new(py));
                words.set_item(&change.name, &change.value)?;
            }
        }
        if found.left.is_empty() && words.is_none() {
            return Ok(Some(PyBool::new(py, true).to_owned().into_any()));
        }
        let left = PyList::new(py, found.left)?;
        let words = words.unwrap_or_else(|| PyDict::new(py));
        Ok(Some((left, words).into_pyobject(py)?.into_any()))
    }
}

impl Attributes {
    fn look<'py>(&self, attributes: &Bound<'py, PyDict>, flags: u32) -> Option<Found<'py>> {
        let names = self.names.bind(attributes.py());
        let mut found = Found::default();
        for (name, value) in attributes.iter() {
            let known = names.get_item(&name).ok()?;
            let known = known.and_then(|known| known.extract::<u32>().ok());
            let known = known.unwrap_or(name::UNKNOWN);
            let text = value
                .cast::<PyString>()
                .ok()
                .and_then(|text| text.to_str().ok());
            if flags & context::ASKED == 0 && !self.is_silent(known, text) {
                found.asked.push(name);
                continue;
            }
            if !found.asked.is_empty() {
                continue;
            }
            let masked = match text {
                Some(text) => mask(known, name_of(&name)?, text, flags),
                None => Masked::Unknown,
            };
            let may_hold_words = known & name::MAY_HOLD_WORDS != 0;
            match masked {
                Masked::Kept => {}
                Masked::Unknown => found.left.push(name),
                masked => found.changes.push(Change {
                    name,
                    value,
                    masked,
                    may_hold_words,
                }),
            }
        }
        Some(found)
    }

    fn is_silent(&self, known: u32, text: Option<&str>) -> bool {
        let asked = (known & name::ASKED) >> name::ASKED.trailing_zeros();
        match text {
            Some(text) => self.asked.is_silent(asked, text),
            None => asked == 0,
        }
    }

    fn put<'py>(&self, py: Python<'py>, masked: &Masked) -> Bound<'py, PyString> {
        match masked {
            Masked::Changed(text) => PyString::new(py, text),
            Masked::BlankDocument => self.blank.bind(py).clone(),
            Masked::GrayImage => self.gray.bind(py).clone(),
            _ => self.empty.bind(py).clone(),
        }
    }
}

fn name_of<'a>(name: &'a Bound<'_, PyAny>) -> Option<&'a str> {
    name.cast::<PyString>().ok()?.to_str().ok()
}
