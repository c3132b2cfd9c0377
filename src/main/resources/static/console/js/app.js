// The frame: pages by the address, the token, theme and keys.

import { h, show, field } from "./dom.js";
import { call, hasToken, onToken, setToken } from "./api.js";
import { dialog, errorBox, notice } from "./ui.js";
import { nowPage } from "./pages/now.js";
import { whyPage } from "./pages/why.js";
import { weekPage } from "./pages/week.js";
import { entriesPage } from "./pages/entries.js";
import { evictionsPage } from "./pages/evictions.js";
import { serversPage } from "./pages/servers.js";

const PAGES = [nowPage, whyPage, weekPage, entriesPage, evictionsPage, serversPage];
const THEMES = ["system", "light", "dark"];

const main = document.getElementById("main");
let controller = new AbortController();
let lastPage = null;
let shortcuts = true;
let rendered = false; // whether the page has content, which needs a token

/** The page and its parameters in the address. */
function address() {
  const [name, query] = location.hash.replace(/^#\/?/, "").split("?");
  return { page: PAGES.find((page) => page.name === name) ?? nowPage, parameters: new URLSearchParams(query ?? "") };
}

/** The address of a page; empty parameters are left out. */
export function link(page, parameters) {
  const query = new URLSearchParams(Object.entries(parameters ?? {}).filter(([, value]) => value !== null && value !== undefined && value !== ""));
  return `#/${page}${query.size ? `?${query}` : ""}`;
}

function go(page, parameters) {
  const next = link(page, parameters);
  if (next === location.hash) render();
  else location.hash = next;
}

function render() {
  const { page, parameters } = address();
  controller.abort();
  controller = new AbortController();
  document.title = `${page.title} – Voice Routing Cache`;
  show(document.getElementById("nav"), PAGES.map((other, index) =>
    h("a", { href: link(other.name), "aria-current": other === page ? "page" : null, title: `${other.title} (${index + 1})` }, other.title)));
  const body = h("div", { class: "page" });
  show(main, h("h1", null, page.title), h("p", { class: "lead" }, page.lead), body);
  if (lastPage !== page) {
    if (lastPage) main.focus();
    lastPage = page;
    scrollTo(0, 0);
  }
  rendered = hasToken();
  if (rendered) {
    page.render(body, { parameters, go, link, signal: controller.signal });
  }
}

let asking = false;

/** Asks for the token until one is accepted. The page below stays as it is; its requests wait. */
async function askForToken(problem) {
  if (asking) return;
  asking = true;
  while (!hasToken()) {
    const input = h("input", { type: "password", required: true, autocomplete: "off", spellcheck: "false", autofocus: true });
    await dialog("Enter the token of operations", [
      problem ? errorBox(problem) : null,
      field("Token", input, "One of the role ops. It stays in the memory of this page: reloading or closing forgets it."),
    ], [["ok", "Continue"]], { class: "token", oncancel: (event) => event.preventDefault() });
    const candidate = input.value.trim();
    if (!candidate) continue;
    try {
      await call("/api/v1/console/activity", { candidate });
      setToken(candidate);
    } catch (failure) {
      problem = failure;
    }
  }
  asking = false;
  if (!rendered) render();
}

onToken((problem) => {
  document.getElementById("leave").hidden = !hasToken();
  if (hasToken()) return;
  if (!problem) render(); // it was forgotten: nothing stays visible
  askForToken(problem);
});

function showKeys() {
  const on = h("input", { type: "checkbox", checked: shortcuts, onchange: (event) => { shortcuts = event.target.checked; } });
  const keys = [...PAGES.map((page, index) => [String(index + 1), page.title]),
    ["/", "Go to the first field of the page"], ["r", "Read the page again"], ["t", "Change between light and dark"],
    ["Arrow keys", "Move through a week, once it has the focus"], ["Esc", "Close a dialog"], ["?", "Show this list"]];
  dialog("Keyboard shortcuts", [
    h("dl", { class: "keys" }, keys.map(([key, text]) => h("div", null, h("dt", null, h("kbd", null, key)), h("dd", null, text)))),
    h("label", { class: "check" }, on, " Single keys are shortcuts"),
  ], [["", "Close"]]);
}

function setTheme(theme) {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  const button = document.getElementById("theme");
  button.textContent = { system: "Auto", light: "Light", dark: "Dark" }[theme];
  button.title = "Light or dark (t)";
  button.setAttribute("aria-label", `Colours: ${button.textContent}`);
  try {
    localStorage.setItem("theme", theme);
  } catch {
    // The choice is forgotten with the page then.
  }
  document.dispatchEvent(new Event("themechange"));
}

function nextTheme() {
  const theme = document.documentElement.dataset.theme ?? "system";
  setTheme(THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length]);
}

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, textarea, select, dialog");
  if (!shortcuts && event.key !== "?") return;
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const page = PAGES[Number(event.key) - 1];
  if (page) go(page.name);
  else if (event.key === "?") showKeys();
  else if (event.key === "r") render();
  else if (event.key === "t") nextTheme();
  else if (event.key === "/") main.querySelector("input, select")?.focus();
  else return;
  event.preventDefault();
});

document.getElementById("keys").addEventListener("click", showKeys);
document.getElementById("theme").addEventListener("click", nextTheme);
document.getElementById("leave").addEventListener("click", () => {
  setToken(null);
  notice("The token is forgotten.");
});
document.getElementById("skip").addEventListener("click", (event) => {
  event.preventDefault();
  main.focus();
});
addEventListener("hashchange", render);

let stored = null;
try {
  stored = localStorage.getItem("theme");
} catch {
  // No storage, no choice.
}
setTheme(THEMES.includes(stored) ? stored : "system");
render();
askForToken(null);
