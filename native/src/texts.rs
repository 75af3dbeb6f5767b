//! Many text nodes, in place: the border to Python.

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyList, PyString};

use crate::guard::guarded;
use crate::text::masked;

/// Nodes, their texts before and after, and the decisions about them.
type Noted<'py> = (
    Bound<'py, PyList>,
    Bound<'py, PyList>,
    Bound<'py, PyList>,
    Bound<'py, PyList>,
);

struct Change<'py> {
    node: Bound<'py, PyAny>,
    before: Bound<'py, PyAny>,
    after: String,
    decision: Bound<'py, PyAny>,
}

/// Mask the `text_content` of nodes in place; return what was changed, or `None` if nothing was
/// done. `decided` has decisions, each with the number of the first text that it is about.
#[pyfunction]
pub fn texts<'py>(
    nodes: &Bound<'py, PyList>,
    decided: Vec<(Bound<'py, PyAny>, usize)>,
) -> PyResult<Option<Noted<'py>>> {
    let py = nodes.py();
    let Some(changes) = guarded(|| look(nodes, &decided)) else {
        return Ok(None);
    };
    let noted = [(); 4].map(|()| PyList::empty(py));
    for change in changes {
        let after = PyString::new(py, &change.after);
        change.node.setattr(intern!(py, "text_content"), &after)?;
        noted[0].append(change.node)?;
        noted[1].append(change.before)?;
        noted[2].append(after)?;
        noted[3].append(change.decision)?;
    }
    Ok(Some(noted.into()))
}

fn look<'py>(
    nodes: &Bound<'py, PyList>,
    decided: &[(Bound<'py, PyAny>, usize)],
) -> Option<Vec<Change<'py>>> {
    let mut changes = Vec::with_capacity(nodes.len());
    let mut decision = 0;
    for (at, node) in nodes.iter().enumerate() {
        while decided
            .get(decision + 1)
            .is_some_and(|(_, first)| *first <= at)
        {
            decision += 1;
        }
        let before = node.getattr(intern!(node.py(), "text_content")).ok()?;
        let after = masked(before.cast::<PyString>().ok()?.to_str().ok()?);
        if let Some(after) = after {
            let decision = decided.get(decision)?.0.clone();
            changes.push(Change {
                node,
                before,
                after,
                decision,
            });
        }
    }
    Some(changes)
}
