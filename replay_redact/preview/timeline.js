// Moves the pages of a preview through their recording, and tells which rules would show or hide the
// element that is clicked. It is the only script that the preview allows, by its hash.
//
// What a page holds is text for it: it makes no code and no address of it. Methods are taken from the
// prototypes, since an element with the name "querySelectorAll" would hide that of its document.
"use strict";

const told = JSON.parse(document.getElementById("timeline").textContent);
const sections = [...document.querySelectorAll("section")];
const slider = document.getElementById("slider");
const caption = document.getElementById("caption");
const picked = document.getElementById("picked");

const listen = EventTarget.prototype.addEventListener;
const attribute = Element.prototype.getAttribute;

// --- pages over time -------------------------------------------------------------------------------

const panes = sections.map((section, number) =>
  [...section.querySelectorAll("iframe")].map((frame, side) => {
    const { pieces, steps } = told.panes[number][side];
    const first = frame.srcdoc.split(new RegExp(told.cut));
    const pages = [first.map((_, at) => at)];
    for (const [head, tail, middle] of steps) {
      const last = pages[pages.length - 1];
      pages.push([...last.slice(0, head), ...middle, ...last.slice(last.length - tail)]);
    }
    return { frame, pages, at: 0, all: first.concat(pieces) };
  }),
);

function turn(pane, number) {
  if (pane.at === number) return;
  const { scrollX, scrollY } = pane.frame.contentWindow;
  pane.at = number;
  pane.scroll = [scrollX, scrollY];
  pane.frame.srcdoc = pane.pages[number].map((at) => pane.all[at]).join("");
}

function show(stop) {
  const [number, picture, what] = told.pictures[stop];
  sections.forEach((section, at) => { section.hidden = at !== number; });
  panes[number].forEach((pane) => turn(pane, picture));
  slider.value = stop;
  caption.textContent = what;
  picked.hidden = true;
}

function move(steps) {
  show(Math.min(Math.max(Number(slider.value) + steps, 0), told.pictures.length - 1));
}

// --- what a click proposes -------------------------------------------------------------------------

const WAYS = {
  unmask: "To show it: unmask = ",
  show_media: "To show it: show_media = ",
  mask: "To mask it: mask = ",
  block: "To leave a gray box: block = ",
};
const SAID = {
  locked: "No rule shows what is never unmasked.",
  rule: "To show it, change the rule that is named above.",
};
const NAME = /^[A-Za-z_][\w-]*$/;
const DIGITS = /\d{6}/; // such runs are zeros here, and other digits in the page itself
const MARK = /^[#.](?:sentry|rr|ph)-/; // what a page asks for itself, for any of its elements

function names(element) {
  const id = attribute.call(element, "id");
  const classes = (attribute.call(element, "class") || "").split(/\s+/);
  const found = [...(id ? [`#${id}`] : []), ...classes.map((name) => `.${name}`)];
  return found.filter((name) => NAME.test(name.slice(1)) && !DIGITS.test(name) && !MARK.test(name));
}

function selectors(element) {
  const own = names(element);
  const tag = element.localName;
  if (own.length) return own;
  for (let above = element.parentElement; above; above = above.parentElement) {
    const [name] = names(above);
    if (name) return [`${name} ${tag}`];
  }
  return [tag];
}

function counted(element) {
  const root = element.getRootNode();
  const all = Object.getPrototypeOf(root).querySelectorAll ?? Document.prototype.querySelectorAll;
  return selectors(element)
    .map((selector) => [selector, all.call(root, selector).length])
    .sort((one, other) => one[1] - other[1])
    .slice(0, 3);
}

function line(parent, text, tag = "p") {
  const added = document.createElement(tag);
  added.textContent = text;
  parent.append(added);
  return added;
}

function propose(element) {
  const ways = attribute.call(element, "data-mark").split(" ").filter(Boolean);
  picked.replaceChildren();
  const [selector] = selectors(element);
  line(picked, selector.startsWith("#") || selector.startsWith(".") ? `${element.localName}${selector}` : selector, "h2");
  line(picked, attribute.call(element, "title"));
  const below = Element.prototype.querySelectorAll.call(element, "*").length;
  if (below) line(picked, `A rule for it holds for the ${below} elements below it, too.`);
  const options = ways.filter((name) => name in WAYS);
  for (const way of ways.includes("show_media") ? options : [...options, "block"]) {
    const option = line(picked, WAYS[way]);
    for (const [own, count] of counted(element)) {
      line(option, `[${JSON.stringify(own)}]`, "code");
      option.append(` (${count} ${count === 1 ? "element" : "elements"} here) `);
    }
  }
  ways.filter((name) => name in SAID).forEach((name) => line(picked, SAID[name]));
  picked.hidden = false;
}

function click(event) {
  event.preventDefault();
  const path = event.composedPath().filter((node) => node.nodeType === Node.ELEMENT_NODE);
  const element = path.find((node) => attribute.call(node, "data-mark") !== null);
  if (element) propose(element);
  else picked.hidden = true;
}

function watch(pane) {
  listen.call(pane.frame.contentDocument, "click", click);
  if (pane.scroll) pane.frame.contentWindow.scrollTo(...pane.scroll);
}

// --- start -----------------------------------------------------------------------------------------

for (const pane of panes.flat()) {
  pane.frame.addEventListener("load", () => watch(pane));
  watch(pane);
}
if (told.pictures.length > 1) {
  document.getElementById("time").hidden = false;
  slider.max = told.pictures.length - 1;
  slider.addEventListener("input", () => show(Number(slider.value)));
  document.getElementById("back").addEventListener("click", () => move(-1));
  document.getElementById("on").addEventListener("click", () => move(1));
  show(0);
}
