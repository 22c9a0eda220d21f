// What the page remembers: the plan in its address, and in this tab the requests that plans were made from.

const PREFIX = "selat.request.";

export const linked = () => new URLSearchParams(location.hash.slice(1)).get("plan");

/** Put a plan into the address, so that the address leads back to it. */
export function link(id) {
  history.pushState(null, "", `#plan=${encodeURIComponent(id)}`);
}

export const forgetLink = () => history.replaceState(null, "", location.pathname);

/** Keep a request for when the page is loaded again; one too large for the browser is not kept. */
export function keepRequest(id, request) {
  try {
    sessionStorage.setItem(PREFIX + id, JSON.stringify(request));
  } catch {
    sessionStorage.removeItem(PREFIX + id);
  }
}

export function requestOf(id) {
  const kept = id ? sessionStorage.getItem(PREFIX + id) : null;
  return kept === null ? null : JSON.parse(kept);
}
