/**
 * The results as Markdown: one table per section.
 *
 * @param {Record<string, Section>} sections in the order to print
 * @typedef {{ what: string, runs: number, seconds: number, cpuSeconds: number, peakMiB: number, failure?: string }} Row
 * @typedef {{ what: string, runs: number, perSecond: number }} Rate
 * @typedef {{ what: string, mebibytes: number, packages: number }} Size
 * @typedef {{ what: string, kilobytes: number, gzip: number }} Bundle
 * @typedef {{ title: string, machine: string, floor?: string, rows: Row[] | Rate[] | Size[] | Bundle[] }} Section `floor` is the row that the others
 *   are multiples of
 */
export function tableOf(sections) {
  return Object.values(sections)
    .map((section) => `**${section.title}** (${section.machine})\n\n${lines(section)}`)
    .join("\n\n");
}

function lines(section) {
  const [row] = section.rows;
  if (row?.perSecond !== undefined) return ratesOf(section);
  if (row?.kilobytes !== undefined) return bundlesOf(section);
  return row?.mebibytes === undefined ? rowsOf(section) : sizesOf(section);
}

function sizesOf({ rows }) {
  const shown = rows.map(({ what, mebibytes, packages }) => `| ${what} | ${mebibytes.toFixed(1)} MiB | ${packages} |`);
  return ["| | on the disk | packages |", "|---|---:|---:|", ...shown].join("\n");
}

function bundlesOf({ rows }) {
  const shown = rows.map(
    ({ what, kilobytes, gzip }) => `| ${what} | ${kilobytes.toFixed(1)} kB | ${gzip.toFixed(1)} kB |`,
  );
  return ["| | minified | gzip |", "|---|---:|---:|", ...shown].join("\n");
}

function ratesOf({ floor, rows }) {
  const unit = rows.find(({ what }) => what === floor)?.perSecond;
  const shown = rows.map(({ what, perSecond }) => {
    return `| ${what} | ${Math.round(perSecond).toLocaleString("en")} | ${(perSecond / unit).toFixed(2)} |`;
  });
  return [`| | a second | × ${floor} |`, "|---|---:|---:|", ...shown].join("\n");
}

function rowsOf({ floor, rows }) {
  const unit = rows.find(({ what }) => what === floor)?.seconds;
  const lines = rows.map((row) =>
    row.failure === undefined
      ? `| ${row.what} | ${duration(row.seconds)} | ${(row.seconds / unit).toFixed(2)} | ${duration(row.cpuSeconds)} | ${Math.round(row.peakMiB)} MiB |`
      : `| ${row.what} | fails: ${cell(row.failure)} | | | |`,
  );
  return [`| | wall time | × ${floor} | CPU time | peak memory |`, "|---|---:|---:|---:|---:|", ...lines].join("\n");
}

function duration(seconds) {
  return seconds < 0.995 ? `${Math.round(seconds * 1000)} ms` : `${seconds.toFixed(2)} s`;
}

function cell(text) {
  return text.slice(0, 120).replace(/[|`<>]/g, " ");
}
