import type { Path } from "../diagnostic.ts";
import type { RawDocument } from "../read/raw-document.ts";

/** A CustomResourceDefinition with its names checked; the schemas are still raw. */
export interface CustomResource {
  /** `metadata.name`: `<plural>.<group>`. */
  readonly crd: string;
  readonly group: string;
  readonly kind: string;
  readonly listKind: string;
  readonly plural: string;
  readonly singular: string;
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
  readonly scope: "Namespaced" | "Cluster";
  /** `spec.preserveUnknownFields: true`, or its v1beta1 default: nothing is pruned anywhere. */
  readonly preserveUnknownFields: boolean;
  readonly versions: readonly CustomResourceVersion[];
  /** The document that the names came from; for messages. */
  readonly document: RawDocument;
}

/** One of a definition's versions, checked but for its schema. */
export interface CustomResourceVersion {
  readonly name: string;
  readonly served: boolean;
  readonly storage: boolean;
  readonly deprecated: boolean;
  /** The server's text for clients of a deprecated version. */
  readonly deprecationWarning: string | undefined;
  /** The raw `openAPIV3Schema`, or undefined where the version has none. */
  readonly schema: unknown;
  /** Where the schema stands below the document's tree. */
  readonly schemaPath: Path;
  /** The document that holds this version. */
  readonly document: RawDocument;
  readonly hasStatus: boolean;
  readonly scale: ScaleSubresource | undefined;
  readonly printerColumns: readonly PrinterColumn[];
  /** JSON paths of `selectableFields`, without the leading dot. */
  readonly selectableFields: readonly string[];
}

/** `subresources.scale`: JSON paths into the object, each with its leading dot. */
export interface ScaleSubresource {
  readonly specReplicasPath: string;
  readonly statusReplicasPath: string;
  readonly labelSelectorPath: string | undefined;
}

/** One of `additionalPrinterColumns`, as `kubectl get` shows it. */
export interface PrinterColumn {
  readonly name: string;
  readonly type: string;
  readonly jsonPath: string;
  readonly description: string | undefined;
  readonly format: string | undefined;
  readonly priority: number;
}
