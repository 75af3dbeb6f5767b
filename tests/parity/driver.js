// Runs in the recorded page: starts the SDK, does what a visitor and the page's scripts would do, and
// returns what the SDK sent. Everything is drawn from a seed, so two runs of one page do the same.

/** The SDK's own marks: no option switches them off, so the run without masks has to overrule them. */
function overruleMarks() {
  const isMark = (text) => /sentry-(mask|block|ignore)|\brr-(mask|block|ignore)/.test(text);
  const { matches } = Element.prototype;
  Element.prototype.matches = function (selector) {
    return !isMark(String(selector)) && matches.call(this, selector);
  };
  const { contains } = DOMTokenList.prototype;
  DOMTokenList.prototype.contains = function (name) {
    return !isMark(name) && contains.call(this, name);
  };
}

function start(options) {
  const envelopes = [];
  const send = async (envelope) => {
    envelopes.push(envelope);
    return {};
  };
  Sentry.init({
    dsn: "https://abc@shop.example/1",
    transport: () => ({ send, flush: async () => true }),
    integrations: [Sentry.replayIntegration({ useCompression: false, minReplayDuration: 0, ...options })],
    replaysSessionSampleRate: 1,
  });
  return envelopes;
}

function recorded(envelopes) {
  const decode = (data) => (typeof data === "string" ? data : new TextDecoder().decode(data));
  return envelopes
    .flatMap(([, items]) => items)
    .filter(([header]) => header.type === "replay_recording")
    .flatMap(([, data]) => JSON.parse(decode(data).split("\n").slice(1).join("\n")));
}

/** mulberry32: the same numbers for the same seed. */
function generator(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const WORDS = ["Jane", "Roe", "4 111", "x", "naïve", "日本", "two  spaces", "***", "🙂 ok", "O'Neil & co"];
const CLASSES = ["hush", "show", "box", "unbox", "skip", "sentry-mask", "sentry-block", "sentry-ignore", "plain"];
const NAMES = ["title", "aria-label", "placeholder", "alt", "data-name", "data-testid", "href", "src", "type", "value",
  "autocomplete", "style", "name", "data-sentry-mask", "data-sentry-block", "class", "data-sentry-component"];
const KINDS = { type: ["text", "password", "hidden", "button", "submit", "email", "checkbox", "foo", "Button"],
  autocomplete: ["cc-number", "name", "current-password", "CC-NUMBER"],
  style: ["color: red", "background-image: url(a.png); color: blue", "width: 4px; height: 5px"] };
const PIECES = ["<p class=show>Jane <b>Roe</b></p>", "<input value=Jane title=Roe>", "<input type=hidden value=Jane>",
  "<textarea>Jane\nRoe</textarea>", "<select><option>Jane<option selected value=r>Roe</select>", "<img alt=Jane width=3>",
  "<svg><title>Jane</title><text>Roe</text></svg>", "<div class=box><p>Jane</p></div>", "<button title=Jane>Pay <i>Roe</i></button>",
  "<ul><li>Jane<li class=hush>Roe</ul>", "<video class=unbox title=Jane></video>", "<style>p { color: red }</style>",
  "<div class=hush><p class=show>Jane</p><em>Roe</em></div>", "<input type=submit value=Pay><input type=checkbox value=Roe checked>",
  "<div style='background-image: url(b.png); color: green'>Jane</div>", "<label class=skip>Roe<input value=x></label>"];

class Visitor {
  constructor(seed) {
    this.random = generator(seed);
    this.done = [];
    this.clicked = new Set();
    this.keyed = new Set();
  }

  pick(list) {
    return list[Math.floor(this.random() * list.length)];
  }

  isHere(element) {
    return element.ownerDocument === document && element.namespaceURI.endsWith("xhtml");
  }

  /** All elements in document order, those of shadow roots and of frames too. */
  elements(root = document) {
    const found = [];
    for (const element of root.querySelectorAll("*")) {
      found.push(element);
      if (element.shadowRoot) found.push(...this.elements(element.shadowRoot));
      if (element.tagName === "IFRAME" && element.contentDocument) found.push(...this.elements(element.contentDocument));
    }
    return found;
  }

  one(test) {
    const kept = /^(HTML|HEAD|BODY|SCRIPT|META|TITLE|LINK|IFRAME|BASE)$/;
    const found = this.elements().filter((element) => !kept.test(element.tagName) && test(element));
    this.done.push(`${found.length} of ${document.querySelectorAll("*").length}`);
    return this.pick(found);
  }

  act() {
    const name = this.pick(Visitor.ACTIONS);
    this.done.push(name);
    this[name]();
  }

  changeText() {
    const holder = this.one((element) => [...element.childNodes].some((node) => node.nodeType === 3));
    if (holder) this.pick([...holder.childNodes].filter((node) => node.nodeType === 3)).data = `${this.pick(WORDS)} ${this.pick(WORDS)}`;
  }

  writeText() {
    const holder = this.one((element) => element.namespaceURI.endsWith("xhtml") && !/^(SELECT|STYLE)$/.test(element.tagName));
    if (holder) holder.textContent = this.pick(WORDS);
  }

  insert() {
    const place = this.one((element) => /^(DIV|MAIN|SECTION|ARTICLE|FORM|P|LI)$/.test(element.tagName));
    if (place) place.insertAdjacentHTML(this.pick(["beforeend", "afterbegin", "beforebegin"]), this.pick(PIECES));
  }

  insertInShadow() {
    const host = this.one((element) => element.shadowRoot);
    if (!host) return;
    const piece = document.createElement("div");
    piece.innerHTML = this.pick(PIECES);
    host.shadowRoot.append(this.random() < 0.5 ? piece : this.pick(WORDS));
  }

  removeOne() {
    const element = this.one((item) => /^(P|LI|B|I|EM|SPAN|INPUT|IMG|OPTION|TD)$/.test(item.tagName));
    if (element) element.remove();
  }

  moveOne() {
    const element = this.one((item) => /^(P|SPAN|LI|INPUT|BUTTON|LABEL)$/.test(item.tagName));
    if (!element) return;
    // between trees, the SDK itself loses track of an element, see docs/sentry-parity.md
    const root = element.getRootNode();
    const place = this.one((item) => /^(DIV|SECTION|MAIN)$/.test(item.tagName) && item.getRootNode() === root && !element.contains(item));
    if (place) place.append(element);
  }

  changeAttribute() {
    const element = this.one(() => true);
    const name = this.pick(NAMES);
    if (!element) return;
    if (this.random() < 0.15) element.removeAttribute(name);
    else element.setAttribute(name, this.pick(KINDS[name] || [...WORDS, ...CLASSES]));
  }

  changeClass() {
    const element = this.one(() => true);
    if (element) element.classList.toggle(this.pick(CLASSES));
  }

  type() {
    const field = this.one((element) => /^(INPUT|TEXTAREA)$/.test(element.tagName) && !/^(checkbox|radio|file|color|range)$/.test(element.type));
    if (!field) return;
    field.value = /^(date|month|week|time|datetime-local|number)$/.test(field.type) ? "" : this.pick(WORDS);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  empty() {
    const field = this.one((element) => /^(INPUT|TEXTAREA)$/.test(element.tagName) && element.type !== "file");
    if (field) field.value = "";
  }

  check() {
    const field = this.one((element) => element.tagName === "INPUT" && /^(checkbox|radio)$/.test(element.type));
    if (!field) return;
    field.checked = !field.checked;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  choose() {
    const field = this.one((element) => element.tagName === "SELECT" && element.options.length > 1);
    if (!field) return;
    field.selectedIndex = Math.floor(this.random() * field.options.length);
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  click() {
    // the SDK leaves out a second click within a second
    const element = this.one((item) => this.isHere(item) && !this.clicked.has(item) && !/^(OPTION)$/.test(item.tagName));
    if (!element) return;
    this.clicked.add(element);
    for (const name of ["mousedown", "mouseup", "click"]) {
      element.dispatchEvent(new MouseEvent(name, { bubbles: true, composed: true, cancelable: true }));
    }
  }

  press() {
    const element = this.one((item) => this.isHere(item) && !this.keyed.has(item));
    if (!element) return;
    this.keyed.add(element);
    const key = this.pick(["Enter", "Tab", "a", "Escape"]);
    for (const name of ["keydown", "keypress"]) {
      element.dispatchEvent(new KeyboardEvent(name, { key, ctrlKey: this.random() < 0.3, bubbles: true, composed: true }));
    }
  }

  restyle() {
    const element = this.one((item) => this.isHere(item) && item.tagName !== "STYLE");
    if (element) element.style.setProperty(this.pick(["color", "background-image", "width"]), this.pick(["red", "url(c.png)", "3px"]));
  }

  addRule() {
    const sheet = [...document.styleSheets].find((item) => item.ownerNode?.tagName === "STYLE");
    if (sheet) sheet.insertRule(".x { color: red }", 0);
  }
}
Visitor.ACTIONS = ["changeText", "changeText", "writeText", "insert", "insert", "insertInShadow", "removeOne", "moveOne",
  "changeAttribute", "changeAttribute", "changeClass", "changeClass", "type", "type", "type", "empty", "check", "choose", "click",
  "click", "press", "restyle", "addRule"];

/** Waits until the SDK has sent all: on a busy machine it may have begun before, and goes on after. */
async function flushed(envelopes) {
  let sent = -1;
  for (let round = 0; round < 40 && (!envelopes.length || sent !== envelopes.length); round += 1) {
    sent = envelopes.length;
    await Sentry.getReplay().flush();
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** Records one run of the page and returns its events, and what was done. */
async function record({ options, overrule, seed, steps }) {
  if (overrule) overruleMarks();
  const pause = () => new Promise((resolve) => setTimeout(resolve, 1));
  addEventListener("click", (event) => {
    // a submitted form or a link would end the page; a submit event does not leave a shadow root
    if (event.composedPath().some((node) => /^(A|BUTTON|INPUT|LABEL)$/i.test(node.tagName))) event.preventDefault();
  });
  const envelopes = start(options);
  for (let index = 0; index < 5; index += 1) await pause(); // frames report that they are loaded
  const visitor = new Visitor(seed);
  for (let index = 0; index < steps; index += 1) {
    visitor.act();
    await pause();
  }
  await pause();
  await flushed(envelopes);
  return { events: recorded(envelopes), done: visitor.done };
}
