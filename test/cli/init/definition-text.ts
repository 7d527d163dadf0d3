/** A definition of these versions, as small as one can be; it is not checked further before it is generated from. */
export function definitionText(plural: string, ...versions: readonly string[]): string {
  const kind = `${plural.charAt(0).toUpperCase()}${plural.slice(1, -1)}`;
  const schema = { openAPIV3Schema: { type: "object", properties: { spec: { type: "object" } } } };
  const definition = {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: `${plural}.example.com` },
    spec: {
      group: "example.com",
      scope: "Namespaced",
      names: { kind, plural },
      versions: (versions.length === 0 ? ["v1"] : versions).map((name, index) => ({
        name,
        served: true,
        storage: index === 0,
        schema,
      })),
    },
  };
  return `${JSON.stringify(definition, undefined, 2)}\n`;
}
