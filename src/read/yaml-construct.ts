import {
  type AliasEvent,
  EVENT_ID,
  type Event,
  getScalarValue,
  type MappingEvent,
  SCALAR_STYLE,
  type ScalarEvent,
  type SequenceEvent,
} from "js-yaml";
import { isJsonObject, type JsonObject } from "../json.ts";
import { plainKey, plainScalar, ScalarError, taggedKey, taggedScalar } from "./yaml-scalar.ts";

/** Something in a YAML text that Kubernetes' reader refuses, and the offset in the text where it stands. */
export class YamlError extends Error {
  override readonly name = "YamlError";
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

/** A key that stands in its mapping already; the later value is the one that counts. */
export interface DuplicateKey {
  readonly key: string;
  readonly offset: number;
}

interface Anchor {
  readonly event: number;
  /** Undefined while the node is being read: an alias to it would contain itself. */
  node?: { readonly value: unknown; readonly size: number };
}

const mergeTag = "tag:yaml.org,2002:merge";

/** The offset in the text where the node of an event begins, or -1 for a scalar that is not there at all. */
export function eventOffset(event: Event | undefined): number {
  switch (event?.type) {
    case EVENT_ID.SCALAR: {
      const quoted = event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED;
      return quoted ? event.valueStart - 1 : event.valueStart;
    }
    case EVENT_ID.ALIAS:
      return event.anchorStart - 1;
    case EVENT_ID.MAPPING:
    case EVENT_ID.SEQUENCE:
      return event.start;
    default:
      return -1;
  }
}

/** The share of nodes that may come out of aliases, as in go-yaml 2: it falls from 99 % to 10 % as a document grows. */
function allowedAliasShare(nodes: number): number {
  if (nodes <= 400_000) return 0.99;
  if (nodes >= 4_000_000) return 0.1;
  return 0.99 - 0.89 * ((nodes - 400_000) / 3_600_000);
}

function setProperty(target: Record<string, unknown>, key: string, value: unknown): void {
  if (key === "__proto__") {
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  } else target[key] = value;
}

/** Makes the tree of one YAML document out of the events of js-yaml's parser, as go-yaml 2 and sigs.k8s.io/yaml do. */
export class DocumentConstructor {
  readonly duplicates: DuplicateKey[] = [];
  readonly #text: string;
  readonly #events: readonly Event[];
  #index: number;
  readonly #tagHandles = new Map<string, string>();
  readonly #anchors = new Map<string, Anchor>();
  /** Nodes read so far, those that aliases stand for included. */
  #nodes = 1;
  #aliasedNodes = 0;

  /** `index` is the place of the document's own event in the list. */
  constructor(text: string, events: readonly Event[], index: number) {
    this.#text = text;
    this.#events = events;
    this.#index = index + 1;
    const document = events[index];
    if (document?.type !== EVENT_ID.DOCUMENT) throw new TypeError(`expected a document's event at ${index}`);
    for (const directive of document.directives) {
      if (directive.kind === "tag") this.#tagHandles.set(directive.handle, directive.prefix);
    }
  }

  /**
   * The tree of the document. Trees that aliases stand for are shared, not copied.
   *
   * @throws YamlError for what Kubernetes' reader refuses.
   */
  tree(): unknown {
    return this.#value();
  }

  #value(): unknown {
    this.#nodes++;
    const position = this.#index++;
    const event = this.#events[position];
    switch (event?.type) {
      case EVENT_ID.SCALAR: {
        const value = this.#scalar(event);
        if (event.anchorStart !== -1) this.#openAnchor(event, position).node = { value, size: 1 };
        return value;
      }
      case EVENT_ID.MAPPING:
        return event.anchorStart === -1 ? this.#mapping() : this.#anchored(event, position);
      case EVENT_ID.SEQUENCE:
        return event.anchorStart === -1 ? this.#sequence() : this.#anchored(event, position);
      case EVENT_ID.ALIAS:
        return this.#alias(event).value;
      default:
        throw new TypeError(`expected a node's event at ${position}`);
    }
  }

  #openAnchor(event: ScalarEvent | SequenceEvent | MappingEvent, position: number): Anchor {
    const anchor: Anchor = { event: position };
    this.#anchors.set(this.#text.slice(event.anchorStart, event.anchorEnd), anchor);
    return anchor;
  }

  #anchored(event: SequenceEvent | MappingEvent, position: number): unknown {
    const before = this.#nodes - 1;
    const anchor = this.#openAnchor(event, position);
    const value = event.type === EVENT_ID.MAPPING ? this.#mapping() : this.#sequence();
    anchor.node = { value, size: this.#nodes - before };
    return value;
  }

  #alias(event: AliasEvent): { readonly value: unknown; readonly event: number } {
    const name = this.#text.slice(event.anchorStart, event.anchorEnd);
    const anchor = this.#anchors.get(name);
    const offset = eventOffset(event);
    if (anchor === undefined) throw new YamlError(`expected an anchor for *${name}, found none before it`, offset);
    if (anchor.node === undefined) throw new YamlError(`anchor &${name} contains itself; remove the alias`, offset);
    this.#nodes += anchor.node.size;
    this.#aliasedNodes += anchor.node.size;
    const share = this.#aliasedNodes / this.#nodes;
    if (this.#aliasedNodes > 100 && this.#nodes > 1000 && share > allowedAliasShare(this.#nodes)) {
      throw new YamlError("aliases make the document too large, as Kubernetes counts; write the parts out", offset);
    }
    return { value: anchor.node.value, event: anchor.event };
  }

  #sequence(): unknown[] {
    const items: unknown[] = [];
    while (this.#events[this.#index]?.type !== EVENT_ID.POP) items.push(this.#value());
    this.#index++;
    return items;
  }

  #mapping(): Record<string, unknown> {
    const target: Record<string, unknown> = {};
    let merged: Set<string> | undefined;
    for (;;) {
      const event = this.#events[this.#index++];
      if (event === undefined || event.type === EVENT_ID.POP) return target;
      if (event.type === EVENT_ID.SCALAR && this.#isMergeKey(event)) {
        merged ??= new Set();
        this.#merge(target, merged);
        continue;
      }
      this.#nodes++;
      const key = this.#key(event, this.#index - 1);
      if (target[key] !== undefined && Object.hasOwn(target, key) && merged?.has(key) !== true) {
        this.duplicates.push({ key, offset: Math.max(eventOffset(event), 0) });
      }
      merged?.delete(key);
      setProperty(target, key, this.#value());
    }
  }

  #isMergeKey(event: ScalarEvent): boolean {
    if (event.valueEnd - event.valueStart !== 2 || !this.#text.startsWith("<<", event.valueStart)) return false;
    if (event.tagStart === -1) return event.style === SCALAR_STYLE.PLAIN;
    const tag = this.#tagName(event);
    return tag === mergeTag || tag === "!";
  }

  /** Merges as go-yaml 2 does: in the order of the document, so that `<<` overrides what stands before it. */
  #merge(target: Record<string, unknown>, merged: Set<string>): void {
    if (this.#events[this.#index]?.type !== EVENT_ID.SEQUENCE) {
      mergeInto(target, this.#mergeSource(), merged);
      return;
    }
    this.#index++;
    const sources: JsonObject[] = [];
    while (this.#events[this.#index]?.type !== EVENT_ID.POP) sources.push(this.#mergeSource());
    this.#index++;
    // Earlier mappings take precedence over later ones.
    for (const source of sources.reverse()) mergeInto(target, source, merged);
  }

  #mergeSource(): JsonObject {
    const event = this.#events[this.#index];
    const value = this.#value();
    if (isJsonObject(value)) return value;
    const offset = Math.max(eventOffset(event), 0);
    throw new YamlError("expected a mapping, or a list of mappings, to merge with <<", offset);
  }

  #key(event: Event, position: number): string {
    switch (event.type) {
      case EVENT_ID.SCALAR: {
        const key = this.#scalarKey(event);
        if (event.anchorStart !== -1) this.#openAnchor(event, position).node = { value: this.#scalar(event), size: 1 };
        return key;
      }
      case EVENT_ID.ALIAS: {
        const target = this.#events[this.#alias(event).event];
        if (target?.type === EVENT_ID.SCALAR) return this.#scalarKey(target);
        break;
      }
    }
    throw new YamlError("expected a plain word as a key, got a list or a mapping", eventOffset(event));
  }

  #scalarKey(event: ScalarEvent): string {
    const text = getScalarValue(this.#text, event);
    try {
      if (event.tagStart !== -1) return taggedKey(this.#tagName(event), text);
      return event.style === SCALAR_STYLE.PLAIN ? plainKey(text) : text;
    } catch (error) {
      throw this.#located(error, event);
    }
  }

  #scalar(event: ScalarEvent): unknown {
    const text = getScalarValue(this.#text, event);
    try {
      if (event.tagStart !== -1) return taggedScalar(this.#tagName(event), text);
      return event.style === SCALAR_STYLE.PLAIN ? plainScalar(text) : text;
    } catch (error) {
      throw this.#located(error, event);
    }
  }

  #located(error: unknown, event: ScalarEvent): unknown {
    if (!(error instanceof ScalarError)) return error;
    const offset = event.valueStart === -1 ? Math.max(event.tagStart, 0) : eventOffset(event);
    return new YamlError(error.message, offset);
  }

  #tagName(event: ScalarEvent): string {
    const raw = this.#text.slice(event.tagStart, event.tagEnd);
    if (raw === "!") return raw;
    if (raw.startsWith("!<")) return raw.slice(2, -1);
    const handle = raw.slice(0, raw.indexOf("!", 1) + 1) || "!";
    const prefix = this.#tagHandles.get(handle) ?? (handle === "!!" ? "tag:yaml.org,2002:" : handle);
    return `${prefix}${decodeURIComponent(raw.slice(handle.length))}`;
  }
}

function mergeInto(target: Record<string, unknown>, source: JsonObject, merged: Set<string>): void {
  for (const key of Object.keys(source)) {
    setProperty(target, key, source[key]);
    merged.add(key);
  }
}
