//! Style sheets and declarations.

#![forbid(unsafe_code)]
