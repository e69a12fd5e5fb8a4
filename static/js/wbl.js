// Everything here betters a page that works without it. No framework; htmx does the requests.
"use strict";

const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
const inField = (el) => el.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
const dialog = $("#dialog");

// Clicks that mean something, wherever they happen.
const clicks = {
  "[data-theme-toggle]"() {
    const root = document.documentElement;
    const dark = root.dataset.theme
      ? root.dataset.theme === "dark"
      : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    try { localStorage.setItem("theme", root.dataset.theme); } catch { /* for this page only */ }
  },
  "a[data-dialog]"(link, event) {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
    event.preventDefault();
    openDialog(link.href);
  },
  "[data-dialog-close]"(button, event) {
    const box = button.closest("dialog");
    if (box) { event.preventDefault(); box.close(); }
  },
  "[data-toast-close]"(button) { button.closest(".toast").remove(); },
  "[data-print]"() { print(); },
  async "[data-copy]"(button) {
    await navigator.clipboard.writeText(button.dataset.copy);
    say("Copied.");
  },
  "[data-bulk-clear]"(button) {
    $$(".check:checked", scopeOf(button)).forEach((box) => { box.checked = false; });
    countTicked(scopeOf(button));
  },
};

document.addEventListener("click", (event) => {
  for (const [selector, act] of Object.entries(clicks)) {
    const hit = event.target.closest?.(selector);
    if (hit) { act(hit, event); break; }
  }
  $$("details.more[open], details.menu[open], details.switch[open]").forEach((box) => {
    if (!box.contains(event.target)) box.open = false;
  });
  if (event.target === dialog) dialog.close(); // the backdrop
});

// Dialogs: any link with data-dialog; the view answers htmx with the part of the page that holds its form.
function openDialog(url) {
  dialog.returnFocus = document.activeElement;
  return htmx.ajax("GET", url, { target: "#dialog", swap: "innerHTML" });
}

dialog?.addEventListener("close", () => {
  dialog.replaceChildren();
  dialog.returnFocus?.focus?.();
});

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target !== dialog) return;
  $$("form:not([method=dialog])", dialog).forEach((form) => {
    form.setAttribute("hx-post", form.getAttribute("action") || event.detail.pathInfo.requestPath);
    form.setAttribute("hx-target", "#dialog");
    form.setAttribute("hx-swap", "innerHTML");
    if (form.enctype === "multipart/form-data") form.setAttribute("hx-encoding", form.enctype);
  });
  htmx.process(dialog);
  if (!dialog.open && dialog.childElementCount) dialog.showModal();
  const wrong = $("[aria-invalid=true]", dialog);
  if (wrong) $$("[autofocus]", dialog).forEach((el) => el.removeAttribute("autofocus")); // htmx would focus it later
  (wrong || $("[autofocus]", dialog) || $("input:not([type=hidden]), select, textarea", dialog))?.focus();
});

// Toasts: stay while read, leave after ten seconds, unless they offer a way back.
function dress(root) {
  $$("[data-toast-close], [data-theme-toggle], [data-needs-script]", root).forEach((el) => { el.hidden = false; });
  if (innerWidth < 720) $$("details[data-open-narrow]", root).forEach((box) => { box.open = true; });
  $$("[data-toast]:not([data-timed])", root).forEach((toast) => {
    toast.dataset.timed = "";
    let timer = 0;
    const leave = () => { timer = setTimeout(() => toast.remove(), $("form", toast) ? 30000 : 10000); };
    toast.addEventListener("mouseenter", () => clearTimeout(timer));
    toast.addEventListener("mouseleave", leave);
    toast.addEventListener("focusin", () => clearTimeout(timer));
    leave();
  });
  $$("[data-bulk]", root).forEach((bar) => countTicked(scopeOf(bar)));
  $$("form[data-submit-on-change] [type=submit]", root).forEach((button) => { button.hidden = true; });
}

function say(text) {
  const toast = Object.assign(document.createElement("div"), { className: "toast", textContent: text });
  toast.dataset.toast = "";
  $("#toasts").append(toast);
  dress($("#toasts"));
}

// Ticking rows: the head's box ticks all, shift ticks a range, the bar says how many.
let lastTicked = null;
const scopeOf = (el) => el.closest("[data-ticks]") || document;
const rowBoxes = (scope) => $$("tbody .tick .check, [data-tick]", scope);

function countTicked(scope) {
  const boxes = rowBoxes(scope);
  const ticked = boxes.filter((box) => box.checked).length;
  const all = $("thead .tick .check, [data-tick-all]", scope);
  if (all) { all.checked = ticked > 0 && ticked === boxes.length; all.indeterminate = ticked > 0 && !all.checked; }
  $$("[data-bulk]", scope).forEach((bar) => bar.toggleAttribute("data-on", ticked > 0)); // the stylesheet hides it before the first paint
  $$("[data-bulk-count]", scope).forEach((el) => { el.textContent = `${ticked} selected`; });
  $$("[data-bulk-clear]", scope).forEach((el) => { el.hidden = false; });
}

document.addEventListener("click", (event) => {
  const box = event.target.closest?.(".tick .check, [data-tick], [data-tick-all]");
  if (!box) return;
  const scope = scopeOf(box);
  const boxes = rowBoxes(scope);
  if (!boxes.includes(box)) boxes.forEach((each) => { each.checked = box.checked; });
  else if (event.shiftKey && boxes.includes(lastTicked)) {
    const [from, to] = [boxes.indexOf(lastTicked), boxes.indexOf(box)].sort((a, b) => a - b);
    boxes.slice(from, to + 1).forEach((each) => { each.checked = box.checked; });
  }
  lastTicked = box;
  countTicked(scope);
});

// Filters act when they change; without script their button does.
document.addEventListener("change", (event) => {
  if (event.target.matches("select, [type=checkbox], [type=radio]")) event.target.closest("form[data-submit-on-change]")?.requestSubmit();
});

// An address says only what is chosen.
document.addEventListener("formdata", (event) => {
  if (!event.target.matches("form.filters")) return;
  [...event.formData].forEach(([key, value]) => { if (!value) event.formData.delete(key); });
});

// Files: drop or choose, and see the name; a form that asks for nothing else goes at once.
document.addEventListener("change", (event) => {
  const zone = event.target.closest?.("[data-drop]");
  if (!zone || !event.target.files?.length) return;
  $(".drop__say", zone).textContent = [...event.target.files].map((file) => file.name).join(", ");
  zone.closest("form[data-submit-on-change]")?.requestSubmit();
});
for (const kind of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(kind, (event) => {
    const zone = event.target.closest?.("[data-drop]");
    if (!zone) return;
    event.preventDefault();
    zone.classList.toggle("is-over", kind === "dragover");
    if (kind !== "drop" || !event.dataTransfer.files.length) return;
    const input = $("input[type=file]", zone);
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

// Autosave: a form with data-autosave says in its [data-saved] what became of the last change.
document.addEventListener("htmx:beforeRequest", (event) => savedLine(event.target, "Saving …"));
document.addEventListener("htmx:afterRequest", (event) => {
  const time = new Date().toLocaleTimeString("en-US", { hour: "numeric", minute: "2-digit" }).toLowerCase();
  const kept = event.detail.successful && event.detail.xhr.status < 400; // htmx counts a 422 that it may swap as a success
  savedLine(event.target, kept ? `Saved ${time}` : "Not saved. What you wrote is still here.");
});
function savedLine(el, text) {
  const form = el.closest?.("[data-autosave]");
  if (form) $$("[data-saved]", form.closest("[data-saved-scope]") || form).forEach((line) => { line.textContent = text; });
}

// Signed out meanwhile: sign in here, then the same request again. What was typed stays in the page.
document.addEventListener("htmx:responseError", async (event) => {
  const { status } = event.detail.xhr;
  if (status === 403) return say("Your role does not allow that.");
  if (status !== 401) return say("That did not work. Nothing was changed; please try again.");
  (await import(document.body.dataset.signinScript)).signInAgain(event.detail);
});

// What search finds while one types goes away with Escape or a click elsewhere.
const found = $("#found");
document.addEventListener("click", (event) => { if (!event.target.closest(".rail__search, #found")) found?.replaceChildren(); });
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !event.target.closest(".rail__search, #found")) return;
  found?.replaceChildren();
  $("[data-search]").focus();
});

// Up and down go through what search found.
document.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || !event.target.closest("[data-search], [data-search-here], #found, #hits")) return;
  const stops = [$("#hits") ? $("[data-search-here]") : $("[data-search]"), ...$$("#found a.name, #hits a.name")];
  const next = stops[stops.indexOf(event.target) + step];
  if (next) { event.preventDefault(); next.focus(); }
});

// Keys. Never in a field, never with a modifier, never inside a dialog; Settings turns them off. The field of a dialog
// that was just closed keeps the focus until the next picture is drawn: nobody types into that one.
let going = 0;
const typesInto = (el) => inField(el) && el.checkVisibility?.() !== false;
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typesInto(event.target)) return;
  if (document.body.dataset.shortcuts === "off" || $("dialog[open]")) return;
  const place = Date.now() - going < 1500 && $(`.rail__list [data-letter="${CSS.escape(event.key)}"]`);
  going = event.key === "g" ? Date.now() : 0;
  if (place) { event.preventDefault(); place.click(); }
  else if (event.key === "/") focusSearch(event);
  else if (event.key === "?") { event.preventDefault(); $("#shortcuts")?.showModal(); }
  else if (event.key === "l") logContact(event);
  else if (event.key === "i" && document.body.dataset.importUrl) location.assign(document.body.dataset.importUrl);
});

function focusSearch(event) {
  const field = $("[data-search-here]") || $("[data-search]");
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.select();
}

function logContact(event) {
  const url = $("[data-log-here]")?.href || document.body.dataset.logUrl;
  if (!url) return;
  event.preventDefault();
  openDialog(url);
}

document.addEventListener("htmx:load", (event) => dress(event.target));
document.addEventListener("htmx:oobAfterSwap", () => dress(document));
dress(document);
