import { expect, test } from "vitest";
import { definitionFilePath, folderName, kindFilePath } from "../../src/model/file-names.ts";
import { customResource } from "../definition.ts";

test.each<[string, string]>([
  ["stable.example.com", "stable.example.com"],
  ["v1", "v1"],
  ["con", "con_"],
  ["nul.example.com", "nul_.example.com"],
  ["com1.example", "com1_.example"],
  ["com10", "com10"],
  ["console", "console"],
  ["kinds.ts", "kinds.ts_"],
  ["clientset.ts", "clientset.ts_"],
  ["core.ts", "core.ts_"],
  ["kinds.tsx", "kinds.tsx"],
])("folderName(%s) is %s", (name, folder) => {
  expect(folderName(name)).toBe(folder);
});

test.each<[string, string]>([
  ["anvils", "forge.example.com/v1/anvils.ts"],
  ["index", "forge.example.com/v1/index_.ts"],
  ["clientset", "forge.example.com/v1/clientset.ts"],
  ["aux", "forge.example.com/v1/aux_.ts"],
])("the file of %s is %s", (plural, path) => {
  const resource = customResource({ names: { plural }, metadata: { name: `${plural}.forge.example.com` } });
  expect(resource.versions.map((version) => kindFilePath(resource, version))).toEqual([path]);
});

test.each<[string, string]>([
  ["anvils", "forge.example.com/anvils.crd.ts"],
  ["index", "forge.example.com/index.crd.ts"],
  ["v1", "forge.example.com/v1.crd.ts"],
  ["aux", "forge.example.com/aux_.crd.ts"],
])("the file of the definition of %s is %s", (plural, path) => {
  const resource = customResource({ names: { plural }, metadata: { name: `${plural}.forge.example.com` } });
  expect(definitionFilePath(resource)).toBe(path);
});
