// The service, as its description says. The key stays in this tab and goes nowhere but to the service.

const KEPT = "selat.key";

export const key = () => sessionStorage.getItem(KEPT) ?? "";
export const keepKey = (said) => (said ? sessionStorage.setItem(KEPT, said) : sessionStorage.removeItem(KEPT));

/** A refusal of the service, with its problem document; status 0 where it cannot be reached. */
export class Refused extends Error {
  constructor(problem) {
    super(problem.detail ?? problem.title);
    this.problem = problem;
  }
}

/** Call the service and return the answer. @throws {Refused} */
export async function call(path, { method = "GET", body = null, headers = {}, signal } = {}) {
  const sent = { ...headers };
  if (key()) sent.Authorization = `Bearer ${key()}`;
  if (body !== null) sent["Content-Type"] = "application/json";
  let answer;
  try {
    answer = await fetch(path, { method, body, headers: sent, signal });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Refused({ status: 0, kind: "offline", errors: [] });
  }
  if (!answer.ok) throw new Refused(await problemOf(answer));
  return answer;
}

const json = async (path, options) => (await call(path, options)).json();
const planPath = (id, rest = "") => `/v1/plans/${encodeURIComponent(id)}${rest}`;

export const submit = (request) => json("/v1/plans", { method: "POST", body: JSON.stringify(request) });
export const getPlan = (id) => json(planPath(id));
export const getRoutes = (id) => json(planPath(id, "/routes.geojson"));
export const getBookings = async (id) => (await json(planPath(id, "/bookings.json"))).bookings;
export const cancel = (id) => json(planPath(id, "/cancel"), { method: "POST" });
export const demo = () => json("/web/map/demo.json");
export const exportPath = planPath;

async function problemOf(answer) {
  try {
    const problem = await answer.json();
    return { errors: [], ...problem, kind: String(problem.type ?? "").split(":").at(-1), status: answer.status };
  } catch {
    return { status: answer.status, kind: "internal-error", errors: [] };
  }
}
