import type { ApiConnection } from "../client/api-connection.ts";
import { type AttemptOutcome, codeOf } from "../client/attempts.ts";
import { pause, startDeadline } from "../client/deadline.ts";
import { checkLabelSelector } from "../client/label-selector.ts";
import { isKubernetesObject, noAnswer } from "../client/no-answer.ts";
import { checkOptions } from "../client/options.ts";
import { listRequest, type Place, watchRequest } from "../client/requests.ts";
import { ConnectionError } from "../errors/connection-error.ts";
import { TimeoutError } from "../errors/timeout-error.ts";
import type { AbortSignalLike, Bookmark, KindTypes, Status, WatchEvent, WatchOptions } from "../gen/v1.ts";
import { isJsonObject, type JsonObject } from "../unstructured/json.ts";
import { linesOf } from "./lines.ts";
import { afterEnd, afterEvent, afterFailure, beginWatch, type WatchState, type WatchStep } from "./watch-state.ts";

/** What to watch. */
export interface WatchTarget<Read> {
  readonly connection: ApiConnection;
  readonly place: Place;
  readonly read: (object: JsonObject) => Read;
  readonly options: WatchOptions<KindTypes>;
}

/** Seconds that the server is asked to go on for: load balancers cut silent connections after four minutes. */
const shortest = 100;
const longest = 200;
/** Seconds that it may take longer before it counts as lost. */
const grace = 15;

/**
 * Follows the changes of a collection over as many connections as it takes, each beginning where the one before ended. It
 * ends when the caller leaves the loop, after an ERROR event, and when the time is up.
 *
 * @throws ApiError where the server refuses to watch; ConnectionError `closed` where the client is closed; the signal's reason;
 * where the time is up and it never came about, why.
 */
export async function* watchEvents<Read>(target: WatchTarget<Read>): AsyncGenerator<WatchEvent<Read>, void, undefined> {
  const { connection, options, place } = target;
  checkOptions("watch", options);
  const { signal, timeoutMs, labelSelector } = options;
  if (labelSelector !== undefined) checkLabelSelector(labelSelector);
  const { closing } = connection;
  const subject = (): string => `watch ${place.resource.plural}`;
  const deadline = startDeadline({ timeoutMs, signal, subject, ...(closing && { closing }) });
  let state = beginWatch(options.resourceVersion, options.sendInitialEvents);
  const contact: Contact = { made: false, failure: undefined };
  try {
    for (let connections = 1; ; connections++) {
      const step = yield* follow(target, { state, connections, contact }, deadline.signal);
      if (step === "over") return;
      if (step.kind === "stop") throw step.error;
      state = step.kind === "again" ? step.state : beginWatch(await versionOfNow(target, deadline.signal), undefined);
      if (step.kind === "again") await pause(step.pause, deadline.signal);
    }
  } catch (error) {
    const { aborted, reason } = deadline.signal;
    const timeIsUp = aborted && reason instanceof TimeoutError;
    // The time limit of a watch is no failure: it is when the caller wanted it to end.
    if (timeIsUp && contact.made) return;
    throw timeIsUp ? (contact.failure ?? reason) : aborted ? reason : error;
  } finally {
    deadline.end();
  }
}

/** Whether any connection of a watch has come about, and else how the last one failed. */
interface Contact {
  made: boolean;
  failure: unknown;
}

/** How far a watch has come before one of its connections. */
interface Progress {
  readonly contact: Contact;
  readonly state: WatchState;
  /** How many connections there are with this one. */
  readonly connections: number;
}

/** Follows one connection to its end, and says what comes next: nothing after an ERROR event. */
async function* follow<Read>(
  target: WatchTarget<Read>,
  { state: begin, connections, contact }: Progress,
  signal: AbortSignalLike,
): AsyncGenerator<WatchEvent<Read>, WatchStep | "over", undefined> {
  const { connection, place, options } = target;
  const { resourceVersion, sendInitialEvents } = begin;
  const timeoutSeconds = Math.ceil(shortest + Math.random() * (longest - shortest));
  const request = watchRequest(place, options, { resourceVersion, sendInitialEvents, timeoutSeconds });
  const ended = await connection.begin(request, connections, signal);
  const opened = performance.now();
  const patience = startDeadline({ timeoutMs: (timeoutSeconds + grace) * 1000, signal, subject: () => "watch" });
  let state = begin;
  let outcome: AttemptOutcome = { code: 200, willRetry: false };
  const ending = (code: number | string, step: WatchStep): WatchStep => {
    outcome = { code, willRetry: step.kind !== "stop" };
    return step;
  };
  const lasted = (): number => performance.now() - opened;
  try {
    const { body } = await connection.open(request, patience.signal);
    contact.made = true;
    for await (const line of linesOf(body)) {
      const { type, object } = rawEvent(connection.parse(line));
      yield eventOf(type, object, target.read);
      if (type === "ERROR") return "over";
      state = afterEvent(state, type, versionOf(object));
    }
    return ending(200, afterEnd(state, lasted(), Math.random()));
  } catch (problem) {
    const error = patience.signal.aborted ? patience.signal.reason : problem;
    const code = codeOf(error, patience.signal);
    if (signal.aborted) return ending(code, { kind: "stop", error });
    contact.failure = error;
    if (patience.signal.aborted) return ending(code, afterEnd(state, lasted(), Math.random()));
    const failure = { error, lasted: lasted(), renewsCredentials: connection.renewsCredentials(error) };
    return ending(code, afterFailure(state, failure, Math.random()));
  } finally {
    patience.end();
    ended(outcome);
  }
}

/** Lists as little as can be, to learn which state the collection is in. */
async function versionOfNow<Read>(
  { connection, place, options }: WatchTarget<Read>,
  signal: AbortSignalLike,
): Promise<string> {
  const { labelSelector, fieldSelector } = options;
  const request = listRequest(place, { labelSelector, fieldSelector, limit: 1 });
  const version = versionOf(await connection.send(request, { signal }));
  // From "" the watch would begin with all objects, which its caller does not want.
  if (version === "") throw noAnswer("a list with a resourceVersion", "another object", request);
  return version;
}

type EventType = WatchEvent<unknown>["type"];

const eventTypes: readonly string[] = ["ADDED", "MODIFIED", "DELETED", "BOOKMARK", "ERROR"] satisfies EventType[];

interface RawEvent {
  readonly type: EventType;
  readonly object: JsonObject;
}

function rawEvent({ type, object }: JsonObject): RawEvent {
  if (isEventType(type) && isJsonObject(object) && isKubernetesObject(object)) return { type, object };
  throw new ConnectionError("not-json", "watch: wanted an event of a watch, got another JSON object");
}

function isEventType(type: unknown): type is EventType {
  return typeof type === "string" && eventTypes.includes(type);
}

function eventOf<Read>(type: EventType, object: JsonObject, read: (object: JsonObject) => Read): WatchEvent<Read> {
  switch (type) {
    case "ADDED":
    case "MODIFIED":
    case "DELETED":
      return { type, object: read(object) };
    case "BOOKMARK":
      return { type, object: object as unknown as Bookmark };
    case "ERROR":
      return { type, object: object as unknown as Status };
  }
}

function versionOf({ metadata }: JsonObject): string {
  return isJsonObject(metadata) && typeof metadata.resourceVersion === "string" ? metadata.resourceVersion : "";
}
