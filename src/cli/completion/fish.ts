import { allOptions, type Command, commands, defaultCommand } from "../commands.ts";
import type { Option } from "../options.ts";
import { completionOf, optionsOf, quoted, valuedSpellings } from "./shell.ts";

/** The script that completes `crd-gen` in fish. */
export function fishCompletion(): string {
  const names = commands.map(({ name }) => name).join(" ");
  return `# fish completion of crd-gen, made by: crd-gen completion fish

# The first word before the cursor that is neither an option nor the value of one.
function __crd_gen_first
    set -l words (commandline -opc)
    set -e words[1]
    set -l option
    for word in $words
        if test -n "$option"
            set option
            continue
        end
        switch $word
            case --
                return
            case ${valuedSpellings(allOptions()).join(" ")}
                set option $word
            case '-*'
            case '*'
                echo $word
                return
        end
    end
end

function __crd_gen_runs
    set -l first (__crd_gen_first)
    contains -- "$first" ${names}
    or set first ${defaultCommand.name}
    test "$first" = "$argv[1]"
end

function __crd_gen_begins
    test -z (__crd_gen_first)""
end

function __crd_gen_contexts
    set -l words (commandline -opc)
    set -l kubeconfig (string replace -f -r -- '^--kubeconfig=' '' $words)
    set -l at (contains -i -- --kubeconfig $words)
    and set kubeconfig $words[(math $at + 1)]
    set -l program (string replace -r '^~' $HOME $words[1])
    # Without a text it would wait for one.
    test -n "$kubeconfig"
    and set kubeconfig (string replace -r '^~' $HOME $kubeconfig)
    command $program completion contexts $kubeconfig 2> /dev/null
end

${commands.flatMap(linesOf).join("\n")}
`;
}

function linesOf(command: Command): readonly string[] {
  const { name, summary, operandWords } = command;
  const runs = `complete -c crd-gen -n '__crd_gen_runs ${name}'`;
  return [
    `complete -c crd-gen -n __crd_gen_begins -a ${name} -d ${quoted(summary)}`,
    ...(operandWords === undefined ? [] : [`${runs} -f -a ${quoted(operandWords.join(" "))}`]),
    ...optionsOf(command).map((option) => `${runs} ${optionWords(option)}`),
  ];
}

function optionWords(option: Option): string {
  const { name, alias, describe } = option;
  const short = alias === undefined ? "" : ` -s ${alias}`;
  return `-l ${name}${short}${valueWords(option)} -d ${quoted(describe)}`;
}

/** Nothing for an option without a value. */
function valueWords(option: Option): string {
  const completion = completionOf(option);
  switch (completion) {
    case undefined:
      return option.kind === "flag" ? "" : " -x";
    case "files":
      return " -r";
    case "folders":
      return " -x -a '(__fish_complete_directories)'";
    case "contexts":
      return " -x -a '(__crd_gen_contexts)'";
    default:
      return ` -x -a ${quoted(completion.join(" "))}`;
  }
}
