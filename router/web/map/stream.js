// Server-sent events, read by fetch: the browser's own EventSource cannot send a key.

import { call, exportPath, Refused } from "./api.js";

const PAUSE_MS = 2000;
const MOST_FAILURES = 5;

/** Yield {event, data} of a plan until it has ended; a line that breaks is taken up where it was. */
export async function* events(planId, signal) {
  let [last, failures, ended] = ["", 0, false];
  while (!ended && failures < MOST_FAILURES) {
    try {
      const answer = await call(exportPath(planId, "/events"), { headers: last ? { "Last-Event-ID": last } : {}, signal });
      if (answer.status === 204) return;
      for await (const message of messages(answer.body)) {
        failures = 0;
        last = message.id || last;
        yield { event: message.event, data: JSON.parse(message.data) };
        ended ||= message.event === "done";
      }
      if (ended) return;
    } catch (error) {
      if (error.name === "AbortError") return;
      if (error instanceof Refused && ![0, 503].includes(error.problem.status)) throw error;
    }
    failures += 1;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

async function* messages(body) {
  let rest = "";
  const [reader, decoder] = [body.getReader(), new TextDecoder()];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const blocks = (rest + decoder.decode(value, { stream: true })).split("\n\n");
    rest = blocks.pop();
    for (const block of blocks) {
      const message = parsed(block);
      if (message.data !== undefined) yield message;
    }
  }
}

/** Return the fields of one message; lines that begin with a colon are signs of life. */
function parsed(block) {
  const fields = {};
  for (const line of block.split("\n")) {
    const colon = line.indexOf(":");
    if (colon > 0) fields[line.slice(0, colon)] = line.slice(colon + 1).trimStart();
  }
  return fields;
}
