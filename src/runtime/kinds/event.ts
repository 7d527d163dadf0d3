import type {
  KubernetesObject,
  KubernetesObjectInput,
  NamespacedObjectMeta,
  ObjectMetaInput,
  ObjectReference,
  ResourceDescriptor,
} from "../gen/v1.ts";

/** What has happened to an object, for people (corev1.Event). Servers remove events after a time, mostly an hour. */
export interface Event extends KubernetesObject, EventContent {
  apiVersion: "v1";
  kind: "Event";
  metadata: NamespacedObjectMeta;
  /** Empty where nobody was named. */
  reportingComponent: string;
  /** Empty where nobody was named. */
  reportingInstance: string;
}

/** An event as it is written. */
export interface EventInput extends KubernetesObjectInput, EventContent {
  apiVersion?: "v1";
  kind?: "Event";
  metadata: ObjectMetaInput;
}

/** What an event says. Times that nobody gave are read as null. */
export interface EventContent {
  /** What it happened to. An event is in the same namespace, and in `default` for what is in none. */
  involvedObject: ObjectReference;
  /** Why, as a word for programs, such as `FailedScheduling`. */
  reason?: string;
  /** The same for people. */
  message?: string;
  /** `Normal` or `Warning`. Newer servers may know further ones. */
  type?: string;
  /** What was done or tried; wanted together with `eventTime`. */
  action?: string;
  /** Who tells of it; in newer events `reportingComponent` and `reportingInstance` say that. */
  source?: { component?: string; host?: string };
  /** The name of the controller that tells of it, such as `example.com/web`; wanted together with `eventTime`. */
  reportingComponent?: string;
  /** Which of the controller's processes that is; wanted together with `eventTime`. */
  reportingInstance?: string;
  /**
   * When it first happened.
   *
   * @format date-time
   */
  firstTimestamp?: string | null;
  /**
   * When it last happened.
   *
   * @format date-time
   */
  lastTimestamp?: string | null;
  /** How often it has happened. */
  count?: number;
  /**
   * When it first happened, with six digits of a second: `2030-01-02T03:04:05.000000Z`. The fields of
   * newer events are wanted beside it.
   *
   * @format date-time
   */
  eventTime?: string | null;
  /** How it goes on, where it has happened more than once. */
  series?: EventSeries;
  /** A second object that has a part in it. */
  related?: ObjectReference;
}

/** How something that happens again goes on (corev1.EventSeries). */
export interface EventSeries {
  /** How often it has happened by then. */
  count?: number;
  /**
   * With six digits of a second.
   *
   * @format date-time
   */
  lastObservedTime?: string | null;
}

/** Ties the views of Event together for the generic client. */
export interface EventTypes {
  read: Event;
  input: EventInput;
  scope: "Namespaced";
  subresources: never;
  fieldSelectors:
    | "metadata.name"
    | "metadata.namespace"
    | `involvedObject.${"apiVersion" | "kind" | "namespace" | "name" | "uid" | "resourceVersion" | "fieldPath"}`
    | "reason"
    | "reportingComponent"
    | "source"
    | "type";
}

/** What a client has to know of events/v1. */
export const EventResource: ResourceDescriptor<EventTypes> = {
  group: "",
  version: "v1",
  kind: "Event",
  plural: "events",
  scope: "Namespaced",
  subresources: [],
};
