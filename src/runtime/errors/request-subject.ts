/** What a request was about: the words of an error message. */
export interface RequestSubject {
  /** What was asked for, in the words of the client's calls: `get`, `list`, `replace`. */
  readonly verb: string;
  /** The resource as Kubernetes writes it: `<plural>.<group>`, for the core group the plural alone; with `/status` or `/scale` behind it. */
  readonly resource: string;
  readonly namespace?: string | undefined;
  /** The object's name, where the request names one. */
  readonly name?: string | undefined;
  /** What was sent, as JSON text. The message may say names of its fields, and none of its values. */
  readonly body?: string | undefined;
}

/** Prints what a request was about, as `get mycoolapps.stable.example.com default/backend-service`. */
export function describeSubject({ verb, resource, namespace, name }: RequestSubject): string {
  if (name === undefined) return `${verb} ${resource}${namespace === undefined ? "" : ` in ${namespace}`}`;
  return `${verb} ${resource} ${namespace === undefined ? "" : `${namespace}/`}${name}`;
}
