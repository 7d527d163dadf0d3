import { EVENT_ID, type Event, getScalarValue, SCALAR_STYLE, type ScalarEvent } from "js-yaml";
import type { Path } from "../diagnostic.ts";
import { eventOffset } from "./yaml-construct.ts";
import { plainKey } from "./yaml-scalar.ts";

/** A node of a document: the index of its first event, and the offset to name if it has no text of its own. */
interface Node {
  readonly event: number;
  readonly fallback: number;
}

const blockHeader = /[|>][-+0-9]*[ \t]*(?:#.*)?$/;

/** Walks the events of one YAML document to find where a path of its tree stands in the text. */
export class PathFinder {
  readonly #text: string;
  readonly #events: readonly Event[];

  constructor(text: string, events: readonly Event[]) {
    this.#text = text;
    this.#events = events;
  }

  /**
   * The offset of the value at a path of the document whose own event has the given index; of the deepest part of the
   * path that exists. Aliases and merge keys are followed to where the value is written.
   */
  offsetOf(path: Path, document: number): number {
    let node: Node = { event: document + 1, fallback: 0 };
    for (const step of path) {
      const child = this.#child(node, step);
      if (child === undefined) break;
      node = child;
    }
    return this.#offset(node);
  }

  #offset(node: Node): number {
    const event = this.#events[node.event];
    if (event === undefined) return node.fallback;
    const offset = eventOffset(event);
    if (offset < 0) return node.fallback;
    if (event.type !== EVENT_ID.SCALAR || event.style < SCALAR_STYLE.LITERAL_BLOCK) return offset;
    // The event of a block scalar points to its first line of text; the value begins with the | or > before it.
    const headerEnd = this.#text.lastIndexOf("\n", offset - 1);
    const headerStart = this.#text.lastIndexOf("\n", headerEnd - 1) + 1;
    const match = blockHeader.exec(this.#text.slice(headerStart, headerEnd).trimEnd());
    return match === null ? offset : headerStart + match.index;
  }

  #child(node: Node, step: string | number): Node | undefined {
    const index = this.#resolveAlias(node.event);
    const event = this.#events[index];
    if (event?.type === EVENT_ID.SEQUENCE && typeof step === "number") return this.#item(index, step);
    if (event?.type === EVENT_ID.MAPPING) return this.#property(index, String(step));
    return undefined;
  }

  #item(sequence: number, wanted: number): Node | undefined {
    let event = sequence + 1;
    for (let item = 0; this.#events[event]?.type !== EVENT_ID.POP && event < this.#events.length; item++) {
      if (item === wanted) return { event, fallback: this.#offset({ event: sequence, fallback: 0 }) };
      event = this.#after(event);
    }
    return undefined;
  }

  #property(mapping: number, wanted: string): Node | undefined {
    let found: Node | undefined;
    let event = mapping + 1;
    while (event < this.#events.length && this.#events[event]?.type !== EVENT_ID.POP) {
      const value = this.#after(event);
      const key = this.#events[this.#resolveAlias(event)];
      if (key?.type === EVENT_ID.SCALAR) {
        if (this.#isMerge(key)) found = this.#merged(value, wanted) ?? found;
        else if (this.#keyOf(key) === wanted) found = { event: value, fallback: Math.max(eventOffset(key), 0) };
      }
      event = this.#after(value);
    }
    return found;
  }

  #merged(value: number, wanted: string): Node | undefined {
    const index = this.#resolveAlias(value);
    const type = this.#events[index]?.type;
    if (type === EVENT_ID.MAPPING) return this.#property(index, wanted);
    if (type !== EVENT_ID.SEQUENCE) return undefined;
    let event = index + 1;
    while (event < this.#events.length && this.#events[event]?.type !== EVENT_ID.POP) {
      const found = this.#merged(event, wanted);
      if (found !== undefined) return found;
      event = this.#after(event);
    }
    return undefined;
  }

  #isMerge(key: ScalarEvent): boolean {
    return key.style === SCALAR_STYLE.PLAIN && getScalarValue(this.#text, key) === "<<";
  }

  #keyOf(key: ScalarEvent): string {
    const text = getScalarValue(this.#text, key);
    return key.style === SCALAR_STYLE.PLAIN && key.tagStart === -1 ? plainKey(text) : text;
  }

  /** The index of the event after a whole node. */
  #after(node: number): number {
    let depth = 0;
    let index = node;
    do {
      const type = this.#events[index++]?.type;
      if (type === EVENT_ID.MAPPING || type === EVENT_ID.SEQUENCE) depth++;
      else if (type === EVENT_ID.POP) depth--;
    } while (depth > 0 && index < this.#events.length);
    return index;
  }

  #resolveAlias(node: number): number {
    const event = this.#events[node];
    if (event?.type !== EVENT_ID.ALIAS) return node;
    const name = this.#text.slice(event.anchorStart, event.anchorEnd);
    for (let index = node - 1; index >= 0; index--) {
      const candidate = this.#events[index];
      if (candidate === undefined || candidate.type === EVENT_ID.DOCUMENT) break;
      if (candidate.type === EVENT_ID.POP || candidate.type === EVENT_ID.ALIAS || candidate.anchorStart === -1)
        continue;
      if (this.#text.slice(candidate.anchorStart, candidate.anchorEnd) === name) return index;
    }
    return node;
  }
}
