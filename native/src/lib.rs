//! Native kernels of `replay_redact`: the same masks as in Python, faster.
//!
//! A kernel takes strings and returns strings. It knows no tree and keeps nothing between two
//! calls. Python is the reference. If a kernel is not sure, or panics, it returns `None`: it hands
//! the work back to Python.
//!
//! One module for each kernel. Words and names come from `tables.rs`, which `generate.py` writes
//! from the allow-lists of the Python package.

#![deny(unsafe_code)]

mod addresses;
mod attributes;
mod css;
mod element;
mod facts;
mod forms;
pub mod fuzzing;
mod guard;
#[rustfmt::skip]
mod tables;
mod text;
mod texts;
mod words;

#[pyo3::pymodule]
mod replay_redact_native {
    use pyo3::prelude::*;

    #[pymodule_export]
    use crate::css::python::{css_declarations, css_sheet, css_value};
    #[pymodule_export]
    use crate::element::Attributes;
    #[pymodule_export]
    use crate::guard::panics;
    #[pymodule_export]
    use crate::texts::texts;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        crate::guard::silence();
        module.add("VERSION", env!("CARGO_PKG_VERSION"))
    }
}
