"""Benchmarks of replay_redact: what redaction costs beside decoding and encoding the same bytes.

``python -m benchmarks`` prints the tables of ``docs/performance.md``. Benchmarks
are not tests: no absolute time decides anything, only ratios of times that one
process measured.
"""
