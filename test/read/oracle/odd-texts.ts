const scalars = [
  "y Y yes Yes YES yEs true True TRUE tRue on On ON oN n N no No NO nO false False FALSE off Off OFF fAlse",
  "~ null Null NULL nUll = << .nan",
  "0 -0 +0 1 +1 -1 0777 -0777 +0777 08 09 0o17 0O17 0x1F 0X1f -0x1F +0x1f 0xG 0b101 -0b101 +0b101 0B11 0b12 0b 0x 0o",
  "0b-101 0b+1 -0b-1 1_000 1__0 1_ _1 -_1 0x_1F 0_7 1_000.5 - + -- +- -a 1a 1-1 00 007 0.0 -0.0 +0.0",
  "9007199254740991 9007199254740993 9223372036854775807 9223372036854775808 18446744073709551615 18446744073709551616",
  "-9223372036854775808 -9223372036854775809 0x7fffffffffffffff 0xffffffffffffffff 0x1ffffffffffffffff 1e5 1E5 1e+5 1e-5",
  "1.5 1. .5 -.5 +.5 .5e3 .5_0 .5_ ._5 .1_2_3 .1__2 .1_e5 .1e5_0 .1e_5 . .. .e3 1.e3 1.5e 1e400 -1e400 1e-400 .1e999 0x1p-2 .inf -.inf +.inf .Inf .INF .NaN .NAN inf nan",
  "1:30 1:30:15 190:20:30.15 2001-01-01 2001-1-1 2001-12-14t21:59:43.10-05:00 2001-12-14 2001 12e03 1.2.3 v1 1Gi 100m",
  "!!str~1 !!str !!int~5 !!int~'5' !!int~0x1f !!int~a !!int~1.0 !!float~1 !!float~1.5 !!float~a !!bool~y !!bool~'on' !!bool~1",
  "!!null~'' !!null~null !!null~a !!binary~aGVsbG8= !!binary~aGVsbG8 !!binary~'!' !!timestamp~2001-01-01 !!timestamp~a",
  "!~5 !foo~5 !!foo~5 !<tag:yaml.org,2002:int>~7 !<x>~7 !!merge~<< !!float~18446744073709551615 !!set~a",
  "'5' \"5\" 'y' \"\" '' \"\\x41\\u00e9\\U0001F600\\n\\t\\\\\" 'it''s' \"\\e\\0\" a:b a#b a:~b #c",
].flatMap((line) => line.split(" ").map((word) => word.replaceAll("~", " ")));

const keys = [
  "y yes n on off true True ~ null 1 -1 +1 0777 0x1F 1_000 1.0 1.5 1e3 1e6 1e7 123456.5 1234567.5 0.1 0.0001 0.00001 1e21 1e22 .inf -.inf .nan",
  "9223372036854775807 9223372036854775808 -9223372036854775808 1e39 3.4028235e38 2001-01-01 1:30 = __proto__ constructor toString hasOwnProperty",
  "'y' \"1\" !!str~1 !!int~'1' !!float~1 !!bool~'y' !!binary~aGk= [a] {a:~1} ''",
].flatMap((line) => line.split(" ").map((word) => word.replaceAll("~", " ")));

const documents = [
  "",
  "# only a comment\n",
  "---\n",
  "---\n---\n",
  "a: 1\n---\nb: 2\n",
  "---\n# c\n---\na: 1\n--- # comment\nb: 2\n---\n",
  "a: 1\n...\n---\nb: 2\n",
  "a: 1\r\nb:\r\n  - 2\r\n---\r\nc: 3\r\n",
  "\uFEFFa: 1\n",
  "a: |\n  ---\n  text\n",
  "a: &x {b: 1}\nc: *x\nd: *x\n",
  "a: &x 1\n*x : 2\n",
  "a: &x [*x]\n",
  "a: *missing\n",
  "a: &x 1\nb: &x 2\nc: *x\n",
  "a: &x {b: 1, c: 2}\nd:\n  <<: *x\n  c: 3\n",
  "a: &x {b: 1, c: 2}\nd:\n  c: 3\n  <<: *x\n",
  "a: &x {b: 1}\ne: &y {b: 2, c: 3}\nd:\n  <<: [*x, *y]\n  c: 4\n",
  "a: &x [1]\nd:\n  <<: *x\n",
  "d:\n  <<: {a: 1}\n  '<<': 2\n",
  "d:\n  <<: 1\n",
  "d:\n  <<:\n",
  "d:\n  ! <<: {a: 1}\n",
  "d:\n  !!merge <<: {a: 1}\n",
  "d:\n  !!str <<: {a: 1}\n",
  "a: &x {b: 1}\nc: &y {<<: *x, d: 2}\ne: {<<: *y}\n",
  "a: 1\na: 2\n",
  "a: {b: 1, b: 2, c: {b: 1}}\n",
  "__proto__: {a: 1}\nconstructor: 1\n",
  "a: &x {__proto__: 1}\nb: {<<: *x}\n",
  "a: 'one\nb two'\n",
  "a:\n  b: 'one\n  two\n\n  three'\n  c: 1\n",
  'a:\n  b: "one\n two \\\n  three"\n',
  "a:\n  b: [1,\n  2\n  ]\n  c: {d: 1,\ne: 2}\n",
  "a: {b: 1\n}\n",
  "a: >-\n  one\n  two\n\n  three\n    four\n",
  "a: |+\n  one\n\n\nb: |2\n   x\n",
  "a: one\n  two\n  three\n",
  "? a\n: 1\n",
  "? [a]\n: 1\n",
  "- a\n- - b\n  - c\n-\n- d: 1\n  e: 2\n",
  "a:\n- 1\n- 2\n",
  '{"a": [1, 2.5e3, true, null, "x\\u00e9"]}\n',
  "[1, 2]\n",
  "plain text\n",
  "a: b: c\n",
  "a: [1\n",
  "a: 'x\n",
  "a: @x\n",
  "a: `x\n",
  "a:\n\tb: 1\n",
  "\ta: 1\n",
  "a: {{ .Values.x }}\n",
  "a: !!map {b: 1}\nc: !!seq [1]\nd: !x {e: 1}\nf: !x [1]\n",
  "kind: List\nitems:\n- a: 1\n- kind: List\n  items:\n  - b: 2\n",
  `a: &x [${"1,".repeat(50)}]\nb: [${"*x,".repeat(50)}]\n`,
  billionLaughs(9),
  billionLaughs(3),
  `a: &x {${Array.from({ length: 20 }, (_, i) => `k${i}: 1`).join(", ")}}\nb: [${"*x,".repeat(500)}]\n`,
  `${"[".repeat(500)}${"]".repeat(500)}\n`,
];

function billionLaughs(levels: number): string {
  const lines = ["a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]"];
  for (let level = 1; level <= levels; level++) {
    lines.push(`a${level}: &a${level} [${Array.from({ length: 9 }, () => `*a${level - 1}`).join(", ")}]`);
  }
  return `${lines.join("\n")}\n`;
}

/** Texts that readers of YAML disagree on: scalars as values and as keys, and whole documents. */
export const oddTexts: readonly string[] = [
  ...scalars.map((scalar) => `a: ${scalar}\n`),
  ...keys.map((key) => `${key}: 1\n`),
  ...documents,
];
