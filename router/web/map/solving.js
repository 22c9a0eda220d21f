// From a plan that is queued to one that has ended, watched live.

import { cancel, getPlan } from "./api.js";
import { t } from "./i18n.js";
import { progressPanel } from "./progress.js";
import { events } from "./stream.js";

const SKETCH_MS = 2500;

/**
 * Follow a plan until it has ended, and return it then; null where `signal` has told to stop.
 *
 * `show` puts the panel on the page, `sketch` draws the best plan so far, `say` tells screen readers.
 */
export async function solve({ resource, request, signal, show, sketch, say }) {
  const panel = progressPanel({
    name: resource.name, currency: request?.currency ?? "IDR", limit: request?.options?.time_limit_seconds ?? 20,
    stops: request ? (request.stops?.length ?? 0) + 2 * (request.shipments?.length ?? 0) : resource.plan?.totals.served ?? 0,
    onCancel: () => cancel(resource.id),
  });
  show(() => [panel.element]);
  say(t("solvingNow", { name: resource.name }));
  panel.status(resource.status);
  let sketched = 0;
  for await (const { event, data } of events(resource.id, signal)) {
    if (signal.aborted) return null;
    if (event === "status") panel.status(data.status);
    if (event === "progress") {
      panel.add(data);
      if (!document.hidden && performance.now() - sketched > SKETCH_MS) {
        sketched = performance.now();
        draw(resource.id, sketch, signal);
      }
    }
  }
  return signal.aborted ? null : getPlan(resource.id);
}

/** Draw the best so far; where that fails there is nothing to tell, the end will come anyway. */
async function draw(id, sketch, signal) {
  try {
    const best = await getPlan(id);
    if (best.plan && !best.finished_at && !signal.aborted) await sketch(best);
  } catch {
    // the next one may come through
  }
}
