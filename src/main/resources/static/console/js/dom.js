// Elements are made here only. Text is always text: nothing in the console parses HTML.

const SVG = "http://www.w3.org/2000/svg";

/**
 * Makes an element. Properties that begin with "on" are listeners; true and false set and remove an
 * attribute; null and undefined are left out. Children are nodes or texts, possibly in lists.
 */
export function h(tag, properties, ...children) {
  return fill(document.createElement(tag), properties, children);
}

/** Makes an element of SVG. */
export function svg(tag, properties, ...children) {
  return fill(document.createElementNS(SVG, tag), properties, children);
}

function fill(element, properties, children) {
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "value" || name === "checked") element[name] = value;
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false)
    .map((child) => (child instanceof Node ? child : document.createTextNode(String(child)))));
  return element;
}

/** Replaces all children. */
export function show(element, ...children) {
  element.replaceChildren(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
}

let ids = 0;

/** An id that no other element has. */
export function newId(prefix) {
  return `${prefix}-${++ids}`;
}

/** A text from outside, isolated so that its direction changes nothing around it. */
export function said(text, properties) {
  return h("bdi", properties, text);
}

/** A labelled field. */
export function field(label, control, hint) {
  const input = control.matches("input, select, textarea") ? control : control.querySelector("input");
  const id = input.id || newId("field");
  input.id = id;
  const note = hint ? h("small", { id: `${id}-hint` }, hint) : null;
  if (note) input.setAttribute("aria-describedby", note.id);
  return h("div", { class: "field" }, h("label", { for: id }, label), control, note);
}

/** A select with options as [value, text] or texts. */
export function select(properties, options, chosen) {
  const element = h("select", properties, options.map((option) => {
    const [value, text] = Array.isArray(option) ? option : [option, option];
    return h("option", { value, selected: String(value) === String(chosen ?? "") }, text);
  }));
  return element;
}
