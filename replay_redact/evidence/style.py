"""The style sheet of the HTML page."""

from __future__ import annotations

STYLE = """
:root { --red: #b3261e; --green: #0a7d28; --amber: #8a5a00; --line: #d8dbe0; --soft: #f4f5f7; }
* { box-sizing: border-box; }
body { font: 15px/1.45 system-ui, sans-serif; margin: 0; background: var(--soft); color: #1b1d21; }
main { max-width: 1180px; margin: 0 auto; padding: 1.5rem; }
header { border-radius: 10px; padding: 1rem 1.25rem; color: #fff; }
header.bad { background: var(--red); } header.good { background: var(--green); }
header.trouble { background: var(--amber); }
header h1 { font-size: 1.5rem; margin: 0; } header p { margin: .25rem 0 0; opacity: .9; }
h2 { font-size: 1.15rem; margin: 2rem 0 .6rem; }
code { font: 13px/1.4 ui-monospace, monospace; overflow-wrap: anywhere; }
.facts { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.25rem;
  background: #fff; border: 1px solid var(--line); border-radius: 10px; padding: .9rem 1.25rem; }
.facts dt { color: #5b616b; } .facts dd { margin: 0; overflow-wrap: anywhere; }
table { border-collapse: collapse; background: #fff; border: 1px solid var(--line); }
th, td { border-bottom: 1px solid var(--line); padding: .35rem .75rem; text-align: left;
  font-weight: normal; }
tr:first-child th { color: #5b616b; } tbody th { font-weight: 600; }
.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.channels, .recordings { width: 100%; }
.channels td:nth-child(4) { width: 22%; }
.bar { display: block; height: .7rem; border-radius: 3px; background: var(--c, #6b7280); }
.badge { background: var(--c, #6b7280); color: #fff; border-radius: 4px; padding: .1rem .45rem;
  font-size: 12px; font-weight: 600; }
.text { --c: #b3261e; } .input { --c: #9c4221; } .attribute { --c: #8a5a00; } .css { --c: #5b6b1e; }
.url { --c: #0b6e6e; } .media { --c: #1d4ed8; } .code { --c: #4c3fb1; } .metadata { --c: #7a2e9d; }
.pointer { --c: #a3266e; } .event { --c: #4b5563; } .structure { --c: #374151; }
.only { display: flex; flex-wrap: wrap; gap: .4rem; margin-bottom: .9rem; }
.only label { border: 1px solid var(--line); background: #fff; border-radius: 99px; cursor: pointer;
  padding: .15rem .7rem; font-size: 13px; }
.only input { position: absolute; opacity: 0; }
.only label:has(:checked) { background: #1b1d21; color: #fff; }
.only label:has(:focus-visible) { outline: 2px solid #1d4ed8; }
.places { display: grid; grid-template-columns: repeat(auto-fill, minmax(34rem, 1fr)); gap: .9rem; }
@media (max-width: 40rem) { .places { grid-template-columns: 1fr; } }
.place { background: #fff; border: 1px solid var(--line); border-radius: 10px; min-width: 0;
  padding: .75rem .9rem; content-visibility: auto; contain-intrinsic-size: auto 260px; }
.place h3 { font-size: 14px; margin: 0; display: flex; gap: .5rem; align-items: center; }
.place h3 code { flex: 1; min-width: 0; }
.place p { margin: .35rem 0; font-size: 13px; overflow-wrap: anywhere; }
.place .first { color: #5b616b; margin-bottom: 0; }
.number { background: var(--red); color: #fff; border-radius: 4px; padding: .05rem .4rem;
  font-size: 12px; font-weight: 700; }
.often { white-space: nowrap; font-weight: 600; }
.secret { color: var(--red); }
.picture { background: var(--soft); border-radius: 6px; padding: .5rem; overflow: hidden;
  font: 11px/1.3 ui-monospace, monospace; }
.row { display: flex; gap: 4px; align-items: flex-start; min-width: 0; }
.row > u { text-decoration: none; background: #e3e6ea; color: #5b616b; border-radius: 3px;
  padding: 2px 5px; max-width: 5.5rem; overflow: hidden; text-overflow: ellipsis;
  white-space: nowrap; flex: 0 1 auto; min-width: 1.6rem; }
.row > u.more { background: none; padding: 2px 0; flex: none; }
.around, .here { flex: 1 1 60%; min-width: 40%; border: 1px solid #c3c8cf; border-radius: 4px;
  background: #fff; padding: 3px 5px 5px; }
.around > i, .here > i { display: block; font-style: normal; color: #5b616b; margin-bottom: 3px;
  overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.here { border: 2px solid var(--red); background: #fdecea; }
.here > i { color: var(--red); font-weight: 700; }
.content { display: block; color: #1b1d21; overflow-wrap: anywhere; margin-top: 4px; }
details { background: #fff; border: 1px solid var(--line); border-radius: 10px; margin: .5rem 0;
  padding: .5rem .9rem; }
summary { cursor: pointer; overflow-wrap: anywhere; }
iframe { width: 100%; height: 75vh; border: 1px solid var(--line); margin-top: .5rem; }
.verdict { white-space: nowrap; font-weight: 600; }
.verdict.bad { color: var(--red); } .verdict.good { color: var(--green); }
.verdict.trouble { color: var(--amber); white-space: normal; }
.recordings td:first-child { overflow-wrap: anywhere; width: 32%; }
.recordings td:last-child { width: 22rem; }
.recordings code { font-size: 10px; overflow-wrap: anywhere; }
"""
"""It loads nothing, and holds nothing of the recordings."""
