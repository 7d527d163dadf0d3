/*
 * The public surface of the runtime. What generated code stands on is `gen/v1`; everything here is for programs.
 */

export type { ApiAttempt } from "./client/attempts.ts";
export { type ClientOptions, type ClientParts, DynamicClient } from "./client/dynamic-client.ts";
export type { GroupVersionResource } from "./client/names.ts";
export type { RateLimit } from "./client/rate-limiter.ts";
export type { RawAnswer, RawOptions } from "./client/raw.ts";
export { type RetryOnConflictOptions, retryOnConflict } from "./client/retry-on-conflict.ts";
export type { UnstructuredClient, UnstructuredInput, UnstructuredVerbs } from "./client/unstructured-client.ts";
export type { ApiWarning } from "./client/warnings.ts";
export type { ClusterConfig, Credentials, TlsIdentity } from "./config/cluster-config.ts";
export { type DefaultConfigOptions, defaultConfig } from "./config/default-config.ts";
export { type KubeconfigOptions, loadKubeconfig } from "./config/kubeconfig.ts";
export type { KubeConfigLike } from "./config/kubeconfig-like.ts";
export type { Change } from "./conveniences/change.ts";
export {
  type CreateClient,
  type CreateOrUpdateResult,
  createOrUpdate,
  type NameOf,
} from "./conveniences/create-or-update.ts";
export { type GetClient, getOrUndefined } from "./conveniences/get-or-undefined.ts";
export { modify, type ReplaceClient } from "./conveniences/modify.ts";
export type { ApiGroup, ApiGroupVersion, ApiResource, ApiSubresource } from "./discovery/api-groups.ts";
export { type CheckServedOptions, checkServed } from "./discovery/check-served.ts";
export { Discovery, type GroupsOptions } from "./discovery/discovery.ts";
export type { RawClient } from "./discovery/read-groups.ts";
export { ApiError, hasStatusCause, isApiError } from "./errors/api-error.ts";
export { ConfigError, type ConfigErrorCode, isConfigError } from "./errors/config-error.ts";
export { ConnectionError, type ConnectionErrorCode, isConnectionError } from "./errors/connection-error.ts";
export { InvalidArgumentError, isInvalidArgument } from "./errors/invalid-argument.ts";
export { isNotServed, type NotServedCode, NotServedError } from "./errors/not-served-error.ts";
export * from "./errors/predicates.ts";
export { isDeadlineExceeded, TimeoutError, type TimeoutPhase } from "./errors/timeout-error.ts";
export { isUnsafeInteger, UnsafeIntegerError } from "./errors/unsafe-integer-error.ts";
export type * from "./gen/v1.ts";
export * from "./kinds/config-map.ts";
export * from "./kinds/custom-resource-definition.ts";
export { type EnsureCrdOptions, ensureCrd } from "./kinds/ensure-crd.ts";
export * from "./kinds/event.ts";
export * from "./kinds/lease.ts";
export * from "./kinds/namespace.ts";
export * from "./kinds/secret.ts";
export { waitForCrd } from "./kinds/wait-for-crd.ts";
export { type MemoryHandler, type MemoryResponse, MemoryTransport } from "./transport/memory-transport.ts";
export type { UnsafeIntegers } from "./transport/parse-json.ts";
export type { Transport, TransportRequest, TransportResponse } from "./transport/transport.ts";
export { transportFor } from "./transport/transport-for.ts";
export type { UndiciTransportOptions } from "./transport/undici-transport.ts";
export {
  ConversionError,
  type ConversionErrorCode,
  fromUnstructured,
  inputFromUnstructured,
  isConversionError,
  toUnstructured,
} from "./unstructured/conversion.ts";
export { deepCopy } from "./unstructured/deep-copy.ts";
export { deepEqual } from "./unstructured/deep-equal.ts";
export type { GroupVersion, GroupVersionKind } from "./unstructured/group-version-kind.ts";
export { isKind } from "./unstructured/is-kind.ts";
export type { JsonObject, JsonValue } from "./unstructured/json.ts";
export {
  isNestedFieldError,
  NestedFieldError,
  nestedBool,
  nestedField,
  nestedFieldCopy,
  nestedFloat64,
  nestedInt64,
  nestedMap,
  nestedNullCoercingStringMap,
  nestedSlice,
  nestedString,
  nestedStringMap,
  nestedStringSlice,
} from "./unstructured/nested.ts";
export * from "./unstructured/set-nested.ts";
export { Unstructured } from "./unstructured/unstructured.ts";
export { UnstructuredList } from "./unstructured/unstructured-list.ts";
