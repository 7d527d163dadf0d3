import type { ApplyObjectMeta } from "./core.ts";

/** A CustomResourceDefinition to install by server-side apply: one with a name (apiextensionsv1.CustomResourceDefinition). */
export interface CustomResourceDefinitionToInstall {
  apiVersion?: "apiextensions.k8s.io/v1";
  kind?: "CustomResourceDefinition";
  metadata: ApplyObjectMeta;
  spec: CustomResourceDefinitionSpec;
}

/** What a definition defines (apiextensionsv1.CustomResourceDefinitionSpec). */
export interface CustomResourceDefinitionSpec {
  /** API group of the resource; `metadata.name` is `<plural>.<group>`. */
  group: string;
  names: CustomResourceDefinitionNames;
  scope: "Namespaced" | "Cluster";
  versions: CustomResourceDefinitionVersion[];
  /** How objects of one version become objects of another. Default: by a new apiVersion and nothing else. */
  conversion?: { strategy: "None" | "Webhook"; webhook?: Record<string, unknown> };
  /** Whether fields that no schema names are kept, in every version. New definitions have to say so in their schemas. */
  preserveUnknownFields?: boolean;
}

/** How the resource and its objects are called (apiextensionsv1.CustomResourceDefinitionNames). */
export interface CustomResourceDefinitionNames {
  kind: string;
  plural: string;
  /** Default: the kind in lower case. */
  singular?: string;
  /** Default: the kind followed by `List`. */
  listKind?: string;
  shortNames?: string[];
  categories?: string[];
}

/** One version of the resource (apiextensionsv1.CustomResourceDefinitionVersion). */
export interface CustomResourceDefinitionVersion {
  name: string;
  /** Whether requests may use it. */
  served: boolean;
  /** Whether objects are stored in it: exactly one is. */
  storage: boolean;
  deprecated?: boolean;
  deprecationWarning?: string;
  /** The structural schema (apiextensionsv1.JSONSchemaProps), as it is on the wire. */
  schema?: { openAPIV3Schema?: Record<string, unknown> };
  subresources?: { status?: Record<string, never>; scale?: ScalePaths };
  additionalPrinterColumns?: PrinterColumn[];
  selectableFields?: { jsonPath: string }[];
}

/** JSON paths into the object, each with its leading dot (`subresources.scale` of a CustomResourceDefinition). */
export interface ScalePaths {
  readonly specReplicasPath: string;
  readonly statusReplicasPath: string;
  readonly labelSelectorPath?: string;
}

/** A column that `kubectl get` shows (`additionalPrinterColumns` of a CustomResourceDefinition). */
export interface PrinterColumn {
  readonly name: string;
  /** `integer`, `number`, `string`, `boolean` or `date`. */
  readonly type: string;
  /** JSON path into the object, with its leading dot. */
  readonly jsonPath: string;
  readonly format?: string;
  readonly description?: string;
  /** Columns above 0 are shown by `kubectl get -o wide` only; absent, it is 0. */
  readonly priority?: number;
}
