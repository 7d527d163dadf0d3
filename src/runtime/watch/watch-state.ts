import { ApiError } from "../errors/api-error.ts";
import { ConnectionError } from "../errors/connection-error.ts";
import { isInvalid } from "../errors/predicates.ts";
import { TimeoutError } from "../errors/timeout-error.ts";

/** How far a watch has come; every step gives another one. */
export interface WatchState {
  /** The state behind which the next connection begins; undefined for the beginning. */
  readonly resourceVersion: string | undefined;
  /** Whether the next connection asks for the objects that exist, or for none of them; undefined where it does not say. */
  readonly sendInitialEvents: boolean | undefined;
  /** Whether `resourceVersion` is of a state that the watch has reached, and not one to begin anywhere from. */
  readonly settled: boolean;
  /** How many connections have come to nothing in a row. */
  readonly failures: number;
  /** Whether the connection before came to nothing for its credentials, in whose place others are used now. */
  readonly renewed: boolean;
}

/**
 * What to do after a connection has ended: go on after a pause in milliseconds, find out the state of this moment and begin
 * there, or stop with an error.
 */
export type WatchStep =
  | { readonly kind: "again"; readonly state: WatchState; readonly pause: number }
  | { readonly kind: "from-now" }
  | { readonly kind: "stop"; readonly error: unknown };

/** Milliseconds; client-go's reflector waits as long. */
const firstPause = 800;
const longestPause = 30_000;
/** A connection that lasted as long, in milliseconds, was a healthy one. */
const healthy = 120_000;
/** One that ended sooner, in milliseconds, is not opened again at once: what has come of it may come each time. */
const tooShort = 1_000;

/** Where a watch begins. */
export function beginWatch(resourceVersion: string | undefined, sendInitialEvents: boolean | undefined): WatchState {
  // "0" and "" mean any state. Where the server begins with what exists, that comes in an order that no version tells.
  const isState = resourceVersion !== undefined && resourceVersion !== "" && resourceVersion !== "0";
  const settled = isState && sendInitialEvents !== true;
  return { resourceVersion, sendInitialEvents, settled, failures: 0, renewed: false };
}

/** The state after an event, whose object has a version unless there is something wrong with it. */
export function afterEvent(state: WatchState, type: string, resourceVersion: string): WatchState {
  // Objects that exist come in no order of time: only what follows them tells how far the watch is.
  if (resourceVersion === "" || (!state.settled && type === "ADDED")) return state;
  // To spread the state would take a quarter of the time of an event.
  return { resourceVersion, sendInitialEvents: undefined, settled: true, failures: state.failures, renewed: false };
}

/**
 * What to do when the server has ended a connection in good order, or it was dropped because it was silent for too long.
 *
 * @param lasted Milliseconds that the connection lasted.
 * @param chance A number from 0 to 1 that spreads clients whose connections ended together.
 */
export function afterEnd(state: WatchState, lasted: number, chance: number): WatchStep {
  if (lasted < tooShort) return again(state, chance);
  return { kind: "again", state: { ...state, failures: 0, renewed: false }, pause: 0 };
}

/** How a connection failed. */
export interface WatchFailure {
  readonly error: unknown;
  /** Milliseconds that it lasted. */
  readonly lasted: number;
  /** Whether its credentials were refused, and the next one has others. */
  readonly renewsCredentials?: boolean;
}

/** What to do when a connection could not be opened, or broke. */
export function afterFailure(
  state: WatchState,
  { error, lasted, renewsCredentials }: WatchFailure,
  chance: number,
): WatchStep {
  if (renewsCredentials === true && !state.renewed) {
    return { kind: "again", state: { ...state, renewed: true }, pause: 0 };
  }
  if (isInvalid(error) && state.sendInitialEvents !== undefined) return withoutInitialEvents(state);
  if (!isPassing(error)) return { kind: "stop", error };
  const step = again(lasted >= healthy ? { ...state, failures: 0 } : state, chance);
  const wanted = error instanceof ApiError ? (error.retryAfterSeconds ?? 0) * 1000 : 0;
  return { ...step, pause: Math.max(step.pause, wanted) };
}

/** Servers without streaming lists refuse the option; without it, a watch from the beginning starts with all objects. */
function withoutInitialEvents(state: WatchState): WatchStep {
  if (state.sendInitialEvents === false && !state.settled) return { kind: "from-now" };
  // Behind a version come changes alone, whatever it is: with what exists begins only a watch without one.
  const resourceVersion = state.settled ? state.resourceVersion : undefined;
  return {
    kind: "again",
    state: { ...state, resourceVersion, sendInitialEvents: undefined, renewed: false },
    pause: 0,
  };
}

function again(state: WatchState, chance: number): WatchStep & { readonly kind: "again" } {
  const longest = Math.min(longestPause, firstPause * 2 ** state.failures);
  return { kind: "again", state: { ...state, failures: state.failures + 1, renewed: false }, pause: chance * longest };
}

/** Not 500, which the server answers to some requests that are wrong, such as a resourceVersion that is none. */
const passing: readonly number[] = [408, 429, 502, 503, 504];

function isPassing(error: unknown): boolean {
  if (error instanceof ApiError) return passing.includes(error.code);
  if (error instanceof TimeoutError) return error.phase !== "call";
  return error instanceof ConnectionError && ["unreachable", "unknown-host", "broken"].includes(error.code);
}
