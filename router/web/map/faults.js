// A refusal in plain words, fault by fault: where in the file, what is wrong, and what to do about it.

import { h } from "./dom.js";
import { current, has, t } from "./i18n.js";

const KINDS = { stops: "stop", vehicles: "vehicle", depots: "depot", shipments: "shipment" };

/** Return what there is to say about a problem document; `request` is what was refused. */
export function faultList(problem, request = null) {
  const title = has(`problem.${problem.kind}`) ? t(`problem.${problem.kind}`) : problem.title;
  const errors = problem.errors ?? [];
  return h("div", { class: "faults", role: "alert" },
    h("h2", {}, title),
    errors.length === 0 && problem.detail && h("p", { lang: "en" }, problem.detail),
    errors.length > 0 && h("p", {}, t("faultsCount", { n: errors.length })),
    h("ol", {}, errors.map((each) => fault(each, request))),
    problem.request_id && h("p", { class: "hint" }, t("requestId"), " ", h("code", {}, problem.request_id)));
}

/** Return a message of the page itself in the same form. */
export const ownFault = (title, detail = "") =>
  h("div", { class: "faults", role: "alert" }, h("h2", {}, title), detail && h("p", {}, detail));

function fault({ pointer, code, detail, action }, request) {
  return h("li", { class: "fault" },
    h("p", { class: "where" }, where(pointer, request)),
    has(`fault.${code}`) && current() !== "en" && h("p", {}, t(`fault.${code}`)),
    h("p", { lang: "en" }, sentence(detail)),
    action && h("p", { class: "action", lang: "en" }, h("span", { "aria-hidden": "true" }, "→ "), sentence(action)),
    h("p", { class: "hint" }, h("code", {}, pointer || "/"), " · ", h("code", {}, code)));
}

/** Return in words what a JSON Pointer leads to: "Stop “p-004” › location". */
function where(pointer, request) {
  const parts = (pointer ?? "").split("/").slice(1).map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
  if (parts.length === 0) return t("wholeRequest");
  const [list, index, ...rest] = parts;
  const kind = KINDS[list];
  if (!kind || index === undefined) return parts.join(" › ");
  const id = request?.[list]?.[Number(index)]?.id;
  const first = id ? t(`${kind}Named`, { name: id }) : t(`${kind}Number`, { n: Number(index) + 1 });
  return [first, ...rest].join(" › ");
}

/** Return a text of the service as a sentence; what it has in backticks as code. */
function sentence(text) {
  if (!text) return [];
  const whole = text[0].toUpperCase() + text.slice(1) + (/[.!?]$/.test(text) ? "" : ".");
  return whole.split("`").map((part, i) => (i % 2 ? h("code", {}, part) : part));
}
