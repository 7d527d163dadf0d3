import { expect, test } from "vitest";
import { groupsOfAggregated } from "../../../src/runtime/discovery/aggregated.ts";
import { coreAnswer, groups, othersAnswer } from "./answers.ts";

test("the aggregated form is read, without what has no kind", () => {
  expect([coreAnswer, othersAnswer].flatMap((answer) => groupsOfAggregated(answer))).toEqual(groups);
});

test("a server may have nothing", () => {
  expect(groupsOfAggregated({})).toEqual([]);
  expect(groupsOfAggregated({ items: [{}, { metadata: { name: "a.b" }, versions: [] }] })).toEqual([
    { name: "", versions: [] },
    { name: "a.b", versions: [] },
  ]);
});
