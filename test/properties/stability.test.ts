import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Generated, GeneratedKind } from "../../src/generated.ts";
import { isJsonObject, type JsonObject } from "../../src/json.ts";
import { corpusFolder } from "../corpus.ts";
import { referenceSet } from "../corpus-files.ts";
import { type DeclaredType, declaredTypes } from "./declared-meaning.ts";
import { definitionsIn, documentsOf, errorsOf, fixtureDocuments, generateOne } from "./definitions.ts";
import { type Choice, choices, type Insertion, insertion, pick } from "./inserted-field.ts";
import { runs } from "./runs.ts";
import { familyOf, namesMadeFrom, type Place, placesIn, type Surroundings, segmentOf } from "./schema-places.ts";

const corpus = corpusFolder();
const fixtures = fixtureDocuments().flatMap(definitionsIn);
const reference = corpus === undefined ? [] : referenceSet(corpus).flatMap(documentsOf);

describe("an optional field more", () => {
  it("removes no exported name of the fixtures", { timeout: 60_000 }, async () => {
    await holds(fixtures, 1_000);
  });

  it.skipIf(reference.length === 0)("removes no exported name of real definitions", { timeout: 60_000 }, async () => {
    await holds(definitionsIn(reference), 60);
  });
});

const known = new Map<JsonObject, Promise<Generated>>();

/** What a definition became; those that are not made for one insertion only are generated once. */
function generated(tree: JsonObject): Promise<Generated> {
  const one = known.get(tree) ?? generateOne(tree);
  known.set(tree, one);
  return one;
}

async function holds(definitions: readonly JsonObject[], numRuns: number): Promise<void> {
  const seen = { insertions: 0, moved: 0 };
  const property = fc.asyncProperty(choices, async (choice) => {
    const result = await tryInsertion(definitions, choice);
    if (result === undefined) return;
    seen.insertions += 1;
    if (result.moved) seen.moved += 1;
  });
  await fc.assert(property, runs(numRuns));
  // Were no field inserted, or every vanished name excused, nothing would have been tried.
  expect(seen.insertions).toBeGreaterThan(numRuns / 2);
  expect(seen.moved).toBeLessThan(seen.insertions / 5);
}

/** Adds one field and compares; `moved` where names that two paths want have moved, which is the documented exception. */
async function tryInsertion(
  definitions: readonly JsonObject[],
  choice: Choice,
): Promise<{ readonly moved: boolean } | undefined> {
  const definition = pick(definitions, choice.definition);
  const whole = await generated(definition);
  const typeName = whole.resources[0]?.kinds[0]?.typeName;
  if (errorsOf(whole).length > 0 || typeName === undefined) return undefined;
  const spec = isJsonObject(definition.spec) ? definition.spec : {};
  const surroundings = { typeName, open: spec.preserveUnknownFields === true };
  const change = insertion(definition, surroundings, choice);
  if (change === undefined) return undefined;
  const before = change.before === definition ? whole : await generateOne(change.before);
  const after = change.after === definition ? whole : await generateOne(change.after);
  expect([...errorsOf(before), ...errorsOf(after)], describeInsertion(change)).toEqual([]);
  const competing = competingNames(change, surroundings);
  const kinds = kindsOf(after);
  let moved = false;
  for (const [path, kind] of kindsOf(before)) {
    const other = kinds.get(path);
    const names = new Set([...(other?.types ?? []), ...(other?.values ?? [])]);
    const lost = [...kind.types, ...kind.values].filter((name) => !names.has(name));
    expect(
      lost.filter((name) => !competing.has(name)),
      `${path}: ${describeInsertion(change)}`,
    ).toEqual([]);
    moved ||= lost.length > 0;
    if (other !== undefined && competing.size === 0) expectLittleChange(kind, other, { change, surroundings });
  }
  return { moved };
}

function kindsOf({ resources }: Generated): ReadonlyMap<string, GeneratedKind> {
  return new Map(resources.flatMap(({ kinds }) => kinds).map((kind) => [kind.file.path, kind] as const));
}

/** What somebody needs who wants to see a failure again. */
function describeInsertion({ after, root, parent, key, schema }: Insertion): string {
  const name = isJsonObject(after.metadata) ? String(after.metadata.name) : "";
  const path = [...root, ...parent.steps].join(".");
  return `${name} ${path} (${parent.name}) + ${JSON.stringify(key)}: ${JSON.stringify(schema).slice(0, 2_000)}`;
}

function schemaAt(tree: unknown, steps: readonly (string | number)[]): JsonObject {
  let node = tree as Readonly<Record<string | number, unknown>>;
  for (const step of steps) node = node[step] as Readonly<Record<string | number, unknown>>;
  return node as JsonObject;
}

/**
 * The one documented exception: the names that a path may lose because another path, which had no declarations before,
 * wants one of them or of the names made from it. Who has to give way takes a `_`, and may so in turn want another's name.
 */
function competingNames({ before, after, root }: Insertion, surroundings: Surroundings): ReadonlySet<string> {
  const named = (tree: JsonObject): Place[] =>
    placesIn(schemaAt(tree, root), surroundings).filter((place) => place.named);
  const old = named(before);
  const oldSteps = new Set(old.map(({ steps }) => steps.join("\n")));
  const taken = new Set(old.flatMap(({ name }) => namesMadeFrom(name)));
  const wanted = new Set<string>();
  for (const { name, steps } of named(after)) {
    if (oldSteps.has(steps.join("\n"))) continue;
    let own = name;
    for (const candidate of namesMadeFrom(own)) wanted.add(candidate);
    while (namesMadeFrom(own).some((candidate) => taken.has(candidate))) {
      own += "_";
      for (const candidate of namesMadeFrom(own)) wanted.add(candidate);
    }
  }
  const competing = new Set<string>();
  let rest = old;
  for (let size = -1; size !== competing.size; ) {
    size = competing.size;
    const found = rest.filter(({ name }) => familyOf(name).some((candidate) => wanted.has(candidate)));
    rest = rest.filter((place) => !found.includes(place));
    for (const name of found.flatMap((place) => familyOf(place.name))) {
      competing.add(name);
      wanted.add(name);
    }
  }
  return competing;
}

/** Only the field itself, its parents' members and what is another name for a type may change, and nothing may change its meaning but these. */
function expectLittleChange(
  before: GeneratedKind,
  after: GeneratedKind,
  { change, surroundings }: { readonly change: Insertion; readonly surroundings: Surroundings },
): void {
  const { parent, key } = change;
  const old = declaredTypes(before.file.content);
  const now = declaredTypes(after.file.content);
  const own = new Set(familyOf(parent.name));
  const ancestors = new Set(parent.above.flatMap(familyOf));
  const inserted = new Set(
    placesIn(schemaAt(change.after, change.root), surroundings)
      .filter(({ above }) => above.includes(parent.name + segmentOf(key)))
      .flatMap(({ name }) => familyOf(name)),
  );
  for (const name of familyOf(parent.name + segmentOf(key))) inserted.add(name);
  for (const [name, type] of old) {
    const other = now.get(name);
    // What ties the views together names the root, which is above all.
    if (other === undefined || inserted.has(name) || name === `${surroundings.typeName}Types`) continue;
    const said = `${name}: ${describeInsertion(change)}`;
    if (own.has(name)) expectOneMemberMore(type, other, { key, said });
    else if (ancestors.has(name)) expectOneMemberChanged(type, other, said);
    else {
      expect(other.meaning, said).toBe(type.meaning);
      if (!type.alias && !other.alias) expect(other.text, said).toBe(type.text);
    }
  }
}

function expectOneMemberMore(
  before: DeclaredType,
  after: DeclaredType,
  { key, said }: { readonly key: string; readonly said: string },
): void {
  if (before.members === undefined || after.members === undefined) return;
  const others = (members: ReadonlyMap<string, string>): Record<string, string> =>
    Object.fromEntries([...members].filter(([other]) => other !== key));
  expect(others(after.members), said).toEqual(others(before.members));
}

function expectOneMemberChanged(before: DeclaredType, after: DeclaredType, said: string): void {
  if (before.members === undefined || after.members === undefined) return;
  expect([...after.members.keys()], said).toEqual([...before.members.keys()]);
  const changed = [...after.members].filter(([key, text]) => before.members?.get(key) !== text);
  expect(changed.length, said).toBeLessThanOrEqual(1);
}
