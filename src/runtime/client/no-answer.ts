import { ConnectionError } from "../errors/connection-error.ts";
import { describeSubject } from "../errors/request-subject.ts";
import type { JsonObject } from "../unstructured/json.ts";
import type { ApiRequest } from "./requests.ts";

/** The error of an answer that is none of a Kubernetes API. It holds nothing of it. */
export function noAnswer(wanted: string, got: string, request?: ApiRequest): ConnectionError {
  const problem = `wanted ${wanted} from the API server, got ${got}`;
  const remedy = "check that the address is that of a Kubernetes API server";
  const subject = request === undefined ? "" : `${describeSubject(request)}: `;
  return new ConnectionError("not-json", `${subject}${problem}; ${remedy}`);
}

/** Whether it says what it is, as every object of the API does but the items of the lists of built-in kinds. */
export function isKubernetesObject({ apiVersion, kind }: JsonObject): boolean {
  return typeof apiVersion === "string" && typeof kind === "string";
}
