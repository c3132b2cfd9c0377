// Two documents side by side.

import { h, said } from "./dom.js";
import { table } from "./ui.js";

function leaves(value, path, into) {
  if (value !== null && typeof value === "object" && Object.keys(value).length) {
    for (const [name, member] of Object.entries(value)) {
      leaves(member, Array.isArray(value) ? `${path}[${name}]` : path ? `${path}.${name}` : name, into);
    }
  } else {
    into.set(path || "document", value === null ? null : typeof value === "object" ? JSON.stringify(value) : value);
  }
  return into;
}

function text(value) {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** The members that differ: [path, left, right]; a side that lacks the member is undefined. */
export function differences(left, right) {
  const one = leaves(left ?? {}, "", new Map());
  const other = leaves(right ?? {}, "", new Map());
  one.delete("document");
  other.delete("document");
  return [...new Set([...one.keys(), ...other.keys()])].map((path) => [path, one.get(path), other.get(path)]);
}

/**
 * Two documents, member by member; those that differ come first and are marked. Of one that is undefined
 * nothing is said.
 */
export function comparison(caption, left, right, heads) {
  if (left === undefined || right === undefined) {
    const [document, head] = left === undefined ? [right, heads[1]] : [left, heads[0]];
    return table(`${caption}: ${head.toLowerCase()}`, ["Member", "Value"], [...leaves(document ?? {}, "", new Map())].map(([path, value]) =>
      h("tr", null, h("th", { scope: "row" }, h("code", null, path)), h("td", null, said(text(value))))));
  }
  const all = differences(left, right);
  const different = all.filter(([, one, other]) => one !== other);
  const equal = all.filter(([, one, other]) => one === other);
  const cell = (value) => (value === undefined ? h("td", { class: "faint" }, "missing") : h("td", null, said(text(value))));
  return h("div", { class: "comparison" },
    different.length ? table(`${caption}: members that differ`, ["Member", ...heads],
      different.map(([path, one, other]) => h("tr", { class: "differs" }, h("th", { scope: "row" }, h("code", null, path)), cell(one), cell(other)))) : null,
    equal.length ? h("details", null, h("summary", null, `${equal.length} equal members`),
      table(`${caption}: equal members`, ["Member", "Value"],
        equal.map(([path, one]) => h("tr", null, h("th", { scope: "row" }, h("code", null, path)), cell(one))))) : null);
}
