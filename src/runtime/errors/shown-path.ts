/** What is shown in place of a value. */
export const hidden = "…";

// A key of a map may stand where the name of a field does. One with digits among its letters is more likely a secret than a name.
const name = /^[A-Za-z_$][\w$-]{0,62}$/;
const unlikeName = /\d{3}|\d[a-z]|[-_]\d/;

/** Whether a text looks like the name of a field, as `maxReplicas` and `ipv4Address` do, and `canary-7f3a` does not. */
export function looksLikeName(text: string): boolean {
  return name.test(text) && !unlikeName.test(text);
}

// `[0]`, `[name="a",port=80]` of server-side apply, `[key]`; `.spec` or `/spec`.
const steps = /\[[^\]]*\]?|[./]?[^./[]+|./gs;

/** The path of a field without what is no name and no index in it: keys of maps, and values by which server-side apply names items. */
export function shownPath(path: string, isName: (text: string) => boolean = looksLikeName): string {
  const unquoted = path.replace(/"(?:[^"\\]|\\.)*"/gs, hidden);
  return unquoted.replace(steps, (step) => {
    if (/^\[\d{1,3}\]$/.test(step) || step === ".") return step;
    if (step.startsWith("[")) return shownKeys(step);
    const [, separator = "", text = ""] = /^([./]?)(.*)$/s.exec(step) ?? [];
    return separator + (isName(text) ? text : hidden);
  });
}

/** The names of the keys of an item, without their values. */
function shownKeys(step: string): string {
  const keys = step.slice(1, -1).split(",");
  if (!keys.every((key) => /^(?:[A-Za-z]\w*)?=(?:…|-?\d[-+.\de]*|true|false|null)$/.test(key))) return `[${hidden}]`;
  return `[${keys.map((key) => `${key.slice(0, key.indexOf("="))}=${hidden}`).join(",")}]`;
}

/** The names in a path, and nothing of what else is in it, such as keys of maps. */
export function namesIn(path: string): readonly string[] {
  return path
    .replaceAll(/\[[^\]]*\]?/g, ".")
    .split(/[./]/)
    .filter(looksLikeName);
}
