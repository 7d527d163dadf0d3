import { expect, test } from "vitest";
import { type Failure, failureOf, outputDiagnostic } from "../../src/cli/failure.ts";
import { OutputError } from "../../src/output/output-error.ts";
import { ClusterError } from "../../src/read/cluster-error.ts";

test.each<[string, unknown, Failure]>([
  [
    "the disk's",
    new OutputError("disk", "cannot write a.ts: the disk is full"),
    { code: "disk", message: "cannot write a.ts: the disk is full" },
  ],
  [
    "a cluster's, which names it itself",
    new ClusterError('https://10.0.0.1:6443 (context "staging"): wanted a connection, got none'),
    { code: "cluster", message: 'https://10.0.0.1:6443 (context "staging"): wanted a connection, got none' },
  ],
  [
    "a thread's that had not enough memory",
    Object.assign(new Error("terminated"), { code: "ERR_WORKER_OUT_OF_MEMORY" }),
    {
      code: "memory",
      message:
        "a.yaml: out of memory; run with --jobs 1, or give Node more with NODE_OPTIONS=--max-old-space-size=4096",
    },
  ],
  [
    "a defect's",
    new TypeError("boom"),
    { code: "internal", message: "a.yaml: TypeError: boom; this is a defect of crd-gen, please report it" },
  ],
  [
    "a value's that is no error",
    "boom",
    { code: "internal", message: "a.yaml: boom; this is a defect of crd-gen, please report it" },
  ],
])("a failure is %s", (_, error, failure) => {
  expect(failureOf(error, "a.yaml")).toEqual(failure);
});

test("what the user is to put right in the output folder is a diagnostic, and nothing else is", () => {
  expect(outputDiagnostic(new OutputError("outside", "a link leads out"))).toEqual({
    severity: "error",
    code: "outside",
    message: "a link leads out",
  });
  expect(outputDiagnostic(new OutputError("disk", "the disk is full"))).toBeUndefined();
  expect(outputDiagnostic(new Error("boom"))).toBeUndefined();
});
