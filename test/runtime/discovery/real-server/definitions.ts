import { expect, test } from "vitest";
import { readGroups } from "../../../../src/runtime/discovery/read-groups.ts";
import { isConflict, isInvalid } from "../../../../src/runtime/errors/predicates.ts";
import { CustomResourceDefinitionResource } from "../../../../src/runtime/kinds/custom-resource-definition.ts";
import { ensureCrd } from "../../../../src/runtime/kinds/ensure-crd.ts";
import { waitForCrd } from "../../../../src/runtime/kinds/wait-for-crd.ts";
import { problemOf, type Session } from "../../client/real-server/session.ts";
import { definitionOf, version } from "./gadgets.ts";

const fieldManager = "test";

/** What becomes of definitions. */
export function definitions(session: () => Session): void {
  test("one that is not there yet is waited for, until it can be used", async () => {
    const { client } = session();
    const definition = definitionOf("Awaited", [version("v1", { storage: true }), version("v1beta1")]);
    const waited = waitForCrd(client, definition.metadata.name);
    await client.resource(CustomResourceDefinitionResource).apply(definition, { fieldManager });
    expect(await waited).toMatchObject({ metadata: { name: "awaiteds.awaiteds.example.com" } });
    const { group, names, versions } = definition.spec;
    for (const { name } of versions) {
      const list = await client.resource({ group, version: name, plural: names.plural }).list();
      expect(list.items).toEqual([]);
    }
    const { groups } = await readGroups(client);
    expect(groups.find(({ name }) => name === group)?.versions.map((each) => each.version)).toEqual(["v1", "v1beta1"]);
  });

  test("one whose names another has is given up at once, and used when its names are others", async () => {
    const { client } = session();
    await ensureCrd(client, definitionOf("Taken", [version("v1", { storage: true })]), { fieldManager });
    const { spec } = definitionOf("Taken", [version("v1", { storage: true })]);
    const names = { kind: "Taken", plural: "others", singular: "taken" };
    const clash = { metadata: { name: "others.takens.example.com" }, spec: { ...spec, names } };
    const begun = performance.now();
    await expect(ensureCrd(client, clash, { fieldManager })).rejects.toMatchObject({
      name: "NotServedError",
      code: "names-not-accepted",
      message: expect.stringMatching(
        /^others\.takens\.example\.com: wanted its names accepted, got NamesAccepted False, /,
      ),
    });
    // To wait until the time is over would take twice as long.
    expect(performance.now() - begun).toBeLessThan(30_000);
    // What was left out before is there as the server filled it in.
    const free = {
      ...clash,
      spec: { ...spec, names: { kind: "Other", plural: "others", singular: "other", listKind: "OtherList" } },
    };
    expect(await ensureCrd(client, free, { fieldManager })).toMatchObject({
      status: { acceptedNames: { kind: "Other" } },
    });
  });

  test("one that nobody installs is given up when the time is over", async () => {
    await expect(waitForCrd(session().client, "nones.example.com", { timeoutMs: 300 })).rejects.toMatchObject({
      name: "TimeoutError",
      message: "nones.example.com: wanted a definition that can be used within 300 ms, found no such definition",
    });
  });

  test("it is installed twice, and with another version", async () => {
    const { client } = session();
    const first = await ensureCrd(client, definitionOf("Twice", [version("v1", { storage: true })]), { fieldManager });
    const second = await ensureCrd(client, definitionOf("Twice", [version("v1", { storage: true })]), { fieldManager });
    expect(second.metadata).toMatchObject({ uid: first.metadata.uid, generation: first.metadata.generation });
    const versions = [version("v1", { storage: true }), version("v2")];
    const third = await ensureCrd(client, definitionOf("Twice", versions), { fieldManager });
    expect(third.spec.versions.map(({ name }) => name)).toEqual(["v1", "v2"]);
    const list = await client.resource({ group: "twices.example.com", version: "v2", plural: "twices" }).list();
    expect(list.items).toEqual([]);
  });

  test("a version in which objects are stored is not removed", async () => {
    const { client } = session();
    await ensureCrd(client, definitionOf("Stored", [version("v1", { storage: true })]), { fieldManager });
    const without = definitionOf("Stored", [version("v2", { storage: true })]);
    const error = await problemOf(ensureCrd(client, without, { fieldManager }));
    expect(isInvalid(error)).toBe(true);
    expect(error.causes.map(({ field }) => field)).toContain("status.storedVersions[0]");
  });

  test("what others own is not taken from them, unless that is asked for", async () => {
    const { client } = session();
    const mine = definitionOf("Shared", [version("v1", { storage: true })]);
    await ensureCrd(client, mine, { fieldManager });
    const theirs = definitionOf("Shared", [version("v1", { storage: true }), version("v2")]);
    expect(isConflict(await problemOf(ensureCrd(client, theirs, { fieldManager: "other" })))).toBe(true);
    const forced = await ensureCrd(client, theirs, { fieldManager: "other", force: true });
    expect(forced.spec.versions.map(({ name }) => name)).toEqual(["v1", "v2"]);
  });

  test("a user who may not list the objects can wait as well", async () => {
    const { client, server } = session();
    const rbac = { group: "rbac.authorization.k8s.io", version: "v1" };
    const definition = definitionOf("Hidden", [version("v1", { storage: true })]);
    await client.resource({ ...rbac, plural: "clusterroles" }).create({
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "ClusterRole",
      metadata: { name: "installers" },
      rules: [
        {
          apiGroups: ["apiextensions.k8s.io"],
          resources: ["customresourcedefinitions"],
          verbs: ["watch", "patch", "create"],
        },
      ],
    });
    await client.resource({ ...rbac, plural: "clusterrolebindings" }).create({
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "ClusterRoleBinding",
      metadata: { name: "installers" },
      roleRef: { apiGroup: rbac.group, kind: "ClusterRole", name: "installers" },
      subjects: [{ apiGroup: rbac.group, kind: "User", name: "installer" }],
    });
    const { client: installer } = session().tokenClient(server.adminToken, {
      "impersonate-user": "installer",
      "impersonate-group": "system:authenticated",
    });
    const begin = { group: "hiddens.example.com", version: "v1", plural: "hiddens" };
    await expect
      .poll(() => ensureCrd(installer, definition, { fieldManager }).catch((error: unknown) => error), {
        timeout: 60_000,
      })
      .toMatchObject({ kind: "CustomResourceDefinition" });
    expect(await problemOf(installer.resource(begin).list())).toMatchObject({ code: 403 });
  });
}
