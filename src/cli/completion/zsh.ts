import { allOptions, type Command, commands, defaultCommand } from "../commands.ts";
import type { Option } from "../options.ts";
import { completionOf, optionsOf, quoted, spellings, valuedSpellings } from "./shell.ts";

/** The script that completes `crd-gen` in zsh, as a function to be loaded by compinit or as a file to be read. */
export function zshCompletion(): string {
  const summaries = commands.map(({ name, summary }) => `    ${quoted(`${name}:${summary.replaceAll(":", "\\:")}`)}`);
  return `#compdef crd-gen
# zsh completion of crd-gen, made by: crd-gen completion zsh

_crd-gen_contexts() {
  local kubeconfig=\${(Q)opt_args[--kubeconfig]} program=\${(Q)words[1]}
  local -a names
  names=(\${(f)"$(_call_program contexts \${(q)program/#\\~/$HOME} completion contexts \${kubeconfig:+\${(q)kubeconfig/#\\~/$HOME}} 2> /dev/null)"})
  (( $#names )) && compadd -a names
}

_crd-gen_first() {
  local -a names
  local none=1
  names=(
${summaries.join("\n")}
  )
  _describe -t commands command names && none=0
  _files && none=0
  return none
}

_crd-gen() {
  local curcontext="$curcontext" context state line first= option= word
  local -A opt_args
  for word in \${words[2,CURRENT-1]}; do
    if [[ -n $option ]]; then
      option=
      continue
    fi
    case $word in
      --) break ;;
      ${valuedSpellings(allOptions()).join(" | ")}) option=$word ;;
      -*) ;;
      *) first=$word; break ;;
    esac
  done
  case $first in
${commands.map((command) => caseOf(command.name, command, wordsOf(command))).join("\n")}
${caseOf("''", defaultCommand, ["1: :_crd-gen_first", sources])}
${caseOf("*", defaultCommand, [sources])}
  esac
}

if [[ $funcstack[1] == _crd-gen ]]; then
  _crd-gen "$@"
else
  compdef _crd-gen crd-gen
fi
`;
}

/** What may stand behind the words before, as often as one likes. */
const sources = "*:source:_files";

/** The name of the command, which stands there already, and what follows it. */
function wordsOf({ operandWords }: Command): readonly string[] {
  return ["1: :", operandWords === undefined ? sources : `2: :(${operandWords.join(" ")})`];
}

function caseOf(pattern: string, command: Command, words: readonly string[]): string {
  const specs = [...optionsOf(command).map(specOf), ...words.map(quoted)];
  return `    ${pattern})\n      _arguments -S \\\n        ${specs.join(" \\\n        ")}\n      ;;`;
}

/** An option as _arguments takes it: which others it excludes, how it is written, what it does, and its value. */
function specOf(option: Option): string {
  const { name, alias, kind, describe } = option;
  const what = `[${describe.replaceAll(/[[\]:]/g, "\\$&")}]`;
  const value = kind === "flag" ? "" : `:${option.value}:${actionOf(option)}`;
  const equals = kind === "flag" ? "" : "=";
  if (kind === "texts") return quoted(`*--${name}=${what}${value}`);
  if (alias === undefined) return quoted(`--${name}${equals}${what}${value}`);
  const short = kind === "flag" ? alias : `${alias}+`;
  return `'(${spellings(option).join(" ")})'{-${short},--${name}${equals}}${quoted(`${what}${value}`)}`;
}

function actionOf(option: Option): string {
  const completion = completionOf(option);
  switch (completion) {
    case undefined:
      return " ";
    case "files":
      return "_files";
    case "folders":
      return "_files -/";
    case "contexts":
      return "_crd-gen_contexts";
    default:
      return `(${completion.join(" ")})`;
  }
}
