import {
  type ApiError,
  type ClusterConfig,
  isApiError,
  isConfigError,
  isConnectionError,
  isDeadlineExceeded,
  isForbidden,
  isGone,
  isUnauthorized,
} from "@crd-gen/runtime";
import { ClusterError } from "./cluster-error.ts";

/** Where a failure came from; undefined while it is not known which cluster is meant. */
type Cluster = Pick<ClusterConfig, "name" | "server"> | undefined;

/**
 * Says in one sentence which cluster could not be read, why, and what to do; every other error is given as it is, for it is a
 * defect. The runtime sees to it that none of its messages holds a credential.
 */
export function clusterError(error: unknown, cluster: Cluster): unknown {
  if (isConfigError(error)) {
    // Of what reads kubeconfigs no other one would help.
    const remedy = error.code === "client-node" ? "" : "; --kubeconfig and --context name others";
    return new ClusterError(error.message + remedy);
  }
  if (cluster === undefined) return error;
  const place = `${cluster.server} (${cluster.name})`;
  if (isConnectionError(error)) {
    // What is wrong with the text of an answer is told by who does not know where it is from.
    const named = error.message.includes(`(${cluster.name})`);
    return new ClusterError(named ? error.message : `${place}: ${error.message}`);
  }
  if (isDeadlineExceeded(error)) {
    const limit = `${error.timeoutMs / 1000} s`;
    return new ClusterError(
      `${place}: wanted an answer in ${limit}, got none; check that the server works and that nothing between slows it down`,
    );
  }
  return isApiError(error) ? new ClusterError(`${place}: ${refusal(error)}`) : error;
}

function refusal(error: ApiError): string {
  if (isUnauthorized(error)) return unknownUser("401 Unauthorized");
  if (isForbidden(error)) return forbidden(error.verb, error.status?.message ?? "");
  if (isGone(error)) {
    return "the list of definitions became too old while it was read (410 Gone); run again";
  }
  const remedy =
    error.code === 429 || error.code >= 500
      ? "try again; if it stays so, look at the server and at what stands before it"
      : "check that the address is that of a Kubernetes API server and that no proxy answers for it";
  return `wanted the definitions, but got ${error.message}; ${remedy}`;
}

function unknownUser(answer: string): string {
  return `wanted the definitions, but the server does not know who asks (${answer}); the context's credentials are missing, wrong or expired: log in again, or choose another context`;
}

const resource = "customresourcedefinitions.apiextensions.k8s.io";

/** Which permission is missing, and what grants it. */
function forbidden(verb: string, message: string): string {
  const user = /User "([^"]*)" cannot/.exec(message)?.[1];
  if (user === "system:anonymous") return unknownUser("403 Forbidden");
  const who = user === undefined ? "this user" : `the user ${user}`;
  const rule = `{apiGroups: ["apiextensions.k8s.io"], resources: ["customresourcedefinitions"], verbs: ["get", "list"]}`;
  const command = `kubectl create clusterrole crd-reader --verb=get,list --resource=${resource}`;
  return `${who} may not ${verb} ${resource} (403 Forbidden); ask an administrator for a cluster role with the rule ${rule}, as \`${command}\` makes it, and a binding to it`;
}
