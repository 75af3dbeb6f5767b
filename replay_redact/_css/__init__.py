"""The CSS pass, which keeps layout and masks content, and the selectors of policies."""
