import type { Generated, Loss } from "../generated.ts";
import { compareText } from "../json.ts";

/** What TypeScript cannot say as the schemas say it. The first key marks the file as ours to overwrite. */
export interface Report {
  readonly generator: "crd-gen";
  readonly counts: Readonly<Record<Loss["class"], number>>;
  /** Losses by definition, version and path. */
  readonly losses: readonly Loss[];
  /** How often each keyword is said in comments only. */
  readonly jsdoc: Readonly<Record<string, number>>;
}

/** Gathers the report of a run. */
export function reportOf(generated: Generated): Report {
  const jsdoc = new Map<string, number>();
  const losses: Loss[] = [];
  for (const resource of generated.resources) {
    losses.push(...resource.losses);
    for (const [keyword, count] of Object.entries(resource.jsdocCounts))
      jsdoc.set(keyword, (jsdoc.get(keyword) ?? 0) + count);
  }
  const counted = (kind: Loss["class"]): number => losses.filter((loss) => loss.class === kind).length;
  const said = [...jsdoc.values()].reduce((sum, count) => sum + count, 0);
  return {
    generator: "crd-gen",
    counts: { lost: counted("lost"), weaker: counted("weaker"), jsdoc: said },
    losses,
    jsdoc: Object.fromEntries([...jsdoc].sort(([one], [other]) => compareText(one, other))),
  };
}
