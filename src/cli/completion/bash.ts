import { allOptions, type Command, commands, defaultCommand } from "../commands.ts";
import type { Option } from "../options.ts";
import { completionOf, optionsOf, quoted, spellings, valuedSpellings } from "./shell.ts";

/**
 * The script that completes `crd-gen` in bash. Files are left to bash itself, which knows how to quote them; bash 3, which
 * has no `compopt`, offers them in other places too.
 */
export function bashCompletion(): string {
  const all = allOptions();
  // The default command has what is no command's name.
  const othersFirst = [...commands.filter((command) => command !== defaultCommand), defaultCommand];
  return `# bash completion of crd-gen, made by: crd-gen completion bash
_crd_gen() {
  local line=\${COMP_LINE:0:COMP_POINT} current word first= option= kubeconfig= behind= prefix= i
  local -a words
  # By blanks alone: bash divides at = and : too.
  read -ra words <<< "$line"
  current=\${line##*[[:blank:]]}
  local count=\${#words[@]}
  [[ -n $current ]] && count=$((count - 1))
  COMPREPLY=()
  for ((i = 1; i < count; i++)); do
    word=\${words[i]}
    if [[ -n $option ]]; then
      [[ $option == --kubeconfig ]] && kubeconfig=$word
      option=
      continue
    fi
    case $word in
      --) behind=yes; break ;;
      --kubeconfig=*) kubeconfig=\${word#*=} ;;
      ${valuedSpellings(all).join(" | ")}) option=$word ;;
      -*) ;;
      *) first=\${first:-$word} ;;
    esac
  done
  [[ -n $behind ]] && return
  if [[ -z $option && $current == --*=* ]]; then
    option=\${current%%=*}
    current=\${current#*=}
  fi
  case $option in
    '') ;;
${all.flatMap(valueCase).join("\n")}
    *) compopt +o default 2> /dev/null; return ;;
  esac
  if [[ $current == -* ]]; then
    compopt +o default 2> /dev/null
    case $first in
${othersFirst.map(optionsCase).join("\n")}
    esac
    return
  fi
  case $first in
    '')
      ${replyWith(commands.map(({ name }) => name))}
      # Where no command is meant, bash completes files by itself.
      if [[ \${#COMPREPLY[@]} -gt 0 ]]; then
        compopt -o filenames 2> /dev/null
        while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -f -- "$current")
      fi
      ;;
${commands.flatMap(operandCase).join("\n")}
  esac
}
complete -o default -F _crd_gen crd-gen
`;
}

function replyWith(words: readonly string[]): string {
  return `COMPREPLY=($(compgen -W ${quoted(words.join(" "))} -- "$current"))`;
}

/** Nothing for an option without a value: no such option is waiting for one. */
function valueCase(option: Option): readonly string[] {
  const completion = completionOf(option);
  if (completion === undefined) return [];
  return [`    ${spellings(option).join(" | ")})`, ...valueLines(completion), "      return", "      ;;"];
}

function valueLines(completion: NonNullable<ReturnType<typeof completionOf>>): readonly string[] {
  switch (completion) {
    case "files":
      return [];
    case "folders":
      return ["      compopt +o default -o dirnames 2> /dev/null"];
    case "contexts":
      return [
        "      compopt +o default 2> /dev/null",
        "      # What stands before the last : stays as it is, where bash divides there.",
        `      [[ $COMP_WORDBREAKS == *:* ]] && prefix=\${current%"\${current##*:}"}`,
        "      while IFS= read -r word; do",
        `        [[ $word == "$current"* ]] && COMPREPLY+=("$(printf %q "\${word#"$prefix"}")")`,
        `      done < <("\${words[0]/#\\~/$HOME}" completion contexts \${kubeconfig:+"\${kubeconfig/#\\~/$HOME}"} 2> /dev/null)`,
      ];
    default:
      return ["      compopt +o default 2> /dev/null", `      ${replyWith(completion)}`];
  }
}

function optionsCase(command: Command): string {
  const words = optionsOf(command).flatMap(spellings);
  return `      ${command === defaultCommand ? "*" : command.name}) ${replyWith(words)} ;;`;
}

function operandCase({ name, operandWords }: Command): readonly string[] {
  return operandWords === undefined
    ? []
    : [`    ${name}) compopt +o default 2> /dev/null; ${replyWith(operandWords)} ;;`];
}
