// The panel before there is a plan: what to give to the page, and the demo for those who have nothing yet.

import { h } from "./dom.js";
import { t } from "./i18n.js";

/** Return the panel. `take` gets files, `onDemo` is called for the demo. */
export function welcome({ take, onDemo }) {
  const chooser = h("input", { type: "file", id: "chooser", multiple: true, class: "unseen", "aria-label": t("chooseFile"),
    accept: ".json,.csv,application/json,text/csv", onchange: (event) => {
      take([...event.target.files]);
      event.target.value = "";
    } });
  return [
    h("div", { class: "lead" }, h("h2", {}, t("welcomeTitle")), h("p", {}, t("welcomeText"))),
    h("div", { class: "drop-zone" },
      h("p", { class: "drop-title" }, t("dropHere")),
      h("p", { class: "hint" }, t("dropKinds")),
      chooser, h("label", { class: "button", for: "chooser" }, t("chooseFile"))),
    h("button", { type: "button", class: "strong wide", id: "demo", onclick: onDemo }, t("tryDemo")),
    h("p", { class: "hint" }, t("demoText")),
    h("details", { class: "more" }, h("summary", {}, t("csvHow")),
      h("p", {}, t("csvHowText")),
      h("pre", { tabindex: 0 }, "id,address,latitude,longitude,demand,open,close\nA1,Jl. Danau Toba 3,-8.69,115.26,2,09:00,12:00\nA2,Toya Pakeh,-8.683,115.484,1,,")),
  ];
}
