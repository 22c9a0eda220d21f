// Joins everything on the page: files come in, the panel says what is, the map and the timeline show it.

import * as api from "./api.js";
import { readTable } from "./csv.js";
import { csvForm } from "./csv_form.js";
import { makeDayView } from "./day_view.js";
import { byId, refill } from "./dom.js";
import { listenForDrops, understand, Unreadable } from "./drop.js";
import { faultList, ownFault } from "./faults.js";
import { choose, begin as learnToSpeak, onChange as onLanguage, other, t } from "./i18n.js";
import { askForKey, wireKey } from "./key.js";
import * as memory from "./memory.js";
import { makeMap } from "./map.js";
import { solve } from "./solving.js";
import * as theme from "./theme.js";
import { welcome } from "./welcome.js";

const panel = byId("panel");
let map = null;
let view = null;
let render = () => {};
let watching = null;

/** Show something in the panel, again in other words when the language changes. */
function show(draw) {
  render = () => refill(panel, draw());
  render();
}

export const say = (text) => { byId("live").textContent = text; };

function goHome() {
  leave();
  memory.forgetLink();
  map?.clear();
  byId("plan-name").textContent = "";
  byId("new-plan").hidden = true;
  show(() => welcome({ take, onDemo: playDemo }));
}

/** Stop watching whatever is being solved, and take the day off the page. */
function leave() {
  watching?.abort();
  watching = null;
  view.clear();
}

async function take(files) {
  try {
    const found = await understand(files);
    if (found.csv) tableCame(found);
    else if (found.resource) await planCame(found);
    else if (found.request) await hand(found.request);
  } catch (error) {
    fail(error);
  }
}

function tableCame({ csv, name }) {
  leave();
  map?.clear();
  byId("new-plan").hidden = false;
  const table = readTable(csv);
  show(() => csvForm({ ...table, name }, { onRequest: hand, onBack: goHome, pick: map && (() => map.pick()) }));
  map?.lookAt(table.rows.map((row) => [row.lon, row.lat]));
  panel.focus();
}

/** Show a plan from a file; its places come from the request beside it, or from the service if it has the plan. */
async function planCame({ resource, request = null }) {
  leave();
  const geojson = resource.id ? await api.getRoutes(resource.id).catch(() => null) : null;
  if (!request && !geojson) throw new Unreadable("planNeedsRequest", resource.id || "");
  showDay({ resource, request: request ?? memory.requestOf(resource.id), onService: geojson !== null, geojson });
}

async function playDemo() {
  try {
    await hand(await api.demo());
  } catch (error) {
    fail(error);
  }
}

/** Hand a request in, and follow it to its plan. */
async function hand(request) {
  leave();
  byId("new-plan").hidden = false;
  panel.setAttribute("aria-busy", "true");
  try {
    const resource = await api.submit(request);
    memory.keepRequest(resource.id, request);
    memory.link(resource.id);
    await follow(resource, request);
  } catch (error) {
    fail(error, request, () => hand(request));
  } finally {
    panel.removeAttribute("aria-busy");
  }
}

/** Watch a plan that is not finished; show the one that is. */
async function follow(resource, request) {
  if (resource.finished_at) return showDay({ resource, request, onService: true });
  watching = new AbortController();
  const { signal } = watching;
  byId("plan-name").textContent = resource.name;
  const finished = await solve({ resource, request, signal, say, show,
    sketch: (best) => view.sketch({ resource: best, request, onService: true }) });
  if (!signal.aborted && finished) await showDay({ resource: finished, request, onService: true });
}

async function showDay(held) {
  byId("new-plan").hidden = false;
  byId("plan-name").textContent = held.resource.name ?? "";
  if (!held.resource.plan) {
    show(() => [ownFault(t(`status.${held.resource.status}`), held.resource.error?.detail ?? t("noPlan"))]);
    return;
  }
  const draw = await view.prepare(held, (problem) => fail(new api.Refused(problem)));
  show(draw);
  say(t("planReady", { served: held.resource.plan.totals.served, name: held.resource.name ?? "" }));
}

/** Show what went wrong; where a key is asked for, ask for it and try again. */
async function fail(error, request = null, again = null) {
  if (error instanceof api.Refused) {
    show(() => [faultList(error.problem, request), startOver()]);
    if (error.problem.status === 401 && again && await askForKey()) again();
  } else if (error instanceof Unreadable) {
    show(() => [ownFault(t(error.reason), error.file), startOver()]);
  } else {
    show(() => [ownFault(t("pageBroke"), String(error.message ?? error)), startOver()]);
    throw error;
  }
}

const startOver = () => welcome({ take, onDemo: playDemo });

/** Show the plan that the address names, if it names one. */
async function openLinked() {
  const id = memory.linked();
  if (!id) return goHome();
  try {
    leave();
    await follow(await api.getPlan(id), memory.requestOf(id));
  } catch (error) {
    fail(error, null, openLinked);
  }
}

async function start() {
  theme.begin();
  await learnToSpeak();
  map = await makeMap({ onStop: (id, pinned) => view.sayStop(id, pinned), onPort: (port) => view.sayPort(port) });
  view = makeDayView(map, byId("timeline"));
  byId("theme").addEventListener("click", theme.toggle);
  byId("language").addEventListener("click", () => choose(other()));
  byId("new-plan").addEventListener("click", goHome);
  wireKey();
  onLanguage(() => {
    view.redraw();
    render();
  });
  listenForDrops(take);
  addEventListener("hashchange", openLinked);
  await openLinked();
  document.documentElement.dataset.ready = "yes";
}

start();
