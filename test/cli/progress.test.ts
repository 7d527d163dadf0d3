import { expect, test } from "vitest";
import { type Progress, type ProgressLine, progressLine, type Terminal } from "../../src/cli/progress.ts";
import { screenOf } from "./terminal.ts";

const place = 'context "staging" at https://10.0.0.1:6443';
const visible = { quiet: false, json: false };
const erase = "\r\u001b[K";

/** A terminal that keeps what is written to it. */
function terminalOf(columns: number | undefined, isTTY = true): Terminal & { readonly written: string[] } {
  const written: string[] = [];
  return { isTTY, ...(columns === undefined ? {} : { columns }), written, write: (text) => written.push(text) };
}

/** The line of a terminal after texts were written to it. */
function lineAfter(written: readonly string[]): string {
  const [line = "", ...more] = screenOf(written.join(""));
  expect(more).toEqual([]);
  return line;
}

test.each<[Progress, string]>([
  [{ what: `definitions of ${place}`, done: 16, all: 250 }, `16 of 250 definitions of ${place}`],
  [{ what: `definitions of ${place}`, done: 16, all: undefined }, `16 definitions of ${place}`],
  [{ what: `definitions of ${place}`, done: 1016, all: 2761 }, `1,016 of 2,761 definitions of ${place}`],
  [{ what: `definitions of ${place}`, done: 250, all: 250 }, `250 of 250 definitions of ${place}`],
])("says %j in one line", (progress, text) => {
  const terminal = terminalOf(120);
  progressLine(terminal, visible).show(progress);
  expect(terminal.written).toEqual([`${erase}${text}`]);
});

test.each<[number | undefined, string]>([
  [120, `1,016 of 2,761 definitions of ${place}`],
  [80, '1,016 of 2,761 definitions of context "staging" at https://10.0.0.1:6443'],
  [40, '1,016 of 2,761 definitions of context "'],
  [20, "1,016 of 2,761 defi"],
  // The usual width, where the terminal does not know its own: what `script` and some CI services give.
  [0, '1,016 of 2,761 definitions of context "staging" at https://10.0.0.1:6443'],
  [undefined, '1,016 of 2,761 definitions of context "staging" at https://10.0.0.1:6443'],
])("leaves a column of %s free, as a line that breaks cannot be erased", (columns, text) => {
  const terminal = terminalOf(columns);
  progressLine(terminal, visible).show({ what: `definitions of ${place}`, done: 1016, all: 2761 });
  expect(terminal.written).toEqual([`${erase}${text}`]);
  expect(text.length).toBeLessThan(columns || 80);
});

test.each([40, 80, 0])("no line is longer than a terminal of %i columns, whatever the context is called", (columns) => {
  const terminal = terminalOf(columns);
  progressLine(terminal, visible).show({ what: "x".repeat(500), done: 7, all: undefined });
  expect(lineAfter(terminal.written)).toHaveLength((columns || 80) - 1);
});

test("writes every line over the one before, and leaves nothing", () => {
  const terminal = terminalOf(80);
  const progress = progressLine(terminal, visible);
  progress.show({ what: "definitions of a long name of a cluster", done: 16, all: undefined });
  progress.show({ what: "files", done: 32, all: 32 });
  expect(lineAfter(terminal.written)).toBe("32 of 32 files");
  progress.clear();
  expect(lineAfter(terminal.written)).toBe("");
});

test("follows a terminal that is made narrower", () => {
  const written: string[] = [];
  const terminal = { isTTY: true, columns: 80, write: (text: string) => written.push(text) };
  const progress = progressLine(terminal, visible);
  progress.show({ what: `definitions of ${place}`, done: 16, all: undefined });
  terminal.columns = 40;
  progress.show({ what: `definitions of ${place}`, done: 32, all: undefined });
  expect(lineAfter(written)).toHaveLength(39);
});

test.each<[string, (progress: ProgressLine) => void, Terminal & { readonly written: string[] }, object]>([
  ["where nothing was shown", () => undefined, terminalOf(80), {}],
  ["where stderr is no terminal", showOnce, terminalOf(undefined, false), {}],
  ["with --quiet", showOnce, terminalOf(80), { quiet: true }],
  ["with --json", showOnce, terminalOf(80), { json: true }],
])("writes nothing at all %s", (_, use, terminal, changes) => {
  const progress = progressLine(terminal, { ...visible, ...changes });
  use(progress);
  progress.clear();
  expect(terminal.written).toEqual([]);
});

function showOnce(progress: ProgressLine): void {
  progress.show({ what: `definitions of ${place}`, done: 16, all: 250 });
}
