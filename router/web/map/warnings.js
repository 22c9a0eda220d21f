// What the service has to say about a request that it took all the same.

import { h } from "./dom.js";
import { t } from "./i18n.js";

const SHOWN = 30;

/** Return the warnings, folded; null where there are none. */
export function warnings(list) {
  if (list.length === 0) return null;
  return h("details", { class: "more warnings" }, h("summary", {}, t("warnings", { n: list.length })),
    h("ul", {}, list.slice(0, SHOWN).map((each) => h("li", { lang: "en" }, each.detail, " ", h("code", {}, each.pointer ?? "")))));
}
