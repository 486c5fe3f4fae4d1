/** Errors on a page, and how to fix them. */

import { catalogue } from '../model/message.ts'

export const messages = catalogue({
  // Attributes of a fence.
  unknownAttribute: {
    en: (name: string) => `unknown attribute \`${name}\``,
    zh: (name: string) => `不认识的属性 \`${name}\``,
  },
  wordsOfOtherTools: {
    en: 'put words of other tools outside `{…}`',
    zh: '其他工具的词写在 `{…}` 之外',
  },
  attributeOf: {
    en: (name: string, tool: string) =>
      `\`${name}\` is an attribute of ${tool} and has no effect here`,
    zh: (name: string, tool: string) => `\`${name}\` 是 ${tool} 的属性，在这里不起作用`,
  },
  siteGenerators: { en: 'site generators', zh: '网站生成器' },
  moveOutside: { en: 'move it outside `{…}`', zh: '移到 `{…}` 之外' },
  duplicateAttribute: {
    en: (name: string) => `duplicate attribute \`${name}\``,
    zh: (name: string) => `属性 \`${name}\` 重复`,
  },
  repeatable: {
    en: 'only checks and `on-error` may be repeated',
    zh: '只有检查和 `on-error` 可以写多次',
  },
  takesNoValue: {
    en: (name: string) => `\`${name}\` takes no value`,
    zh: (name: string) => `\`${name}\` 不带值`,
  },
  writeAlone: {
    en: (name: string) => `write \`${name}\` alone`,
    zh: (name: string) => `只写 \`${name}\``,
  },
  hasNoValue: {
    en: (name: string) => `\`${name}\` has no value`,
    zh: (name: string) => `\`${name}\` 没有值`,
  },
  isNot: {
    en: (written: string, wanted: string) => `\`${written}\` is not ${wanted}`,
    zh: (written: string, wanted: string) => `\`${written}\` 的值应为：${wanted}`,
  },
  writeLike: {
    en: (example: string) => `write it like \`${example}\``,
    zh: (example: string) => `写法如 \`${example}\``,
  },
  aText: { en: 'a text', zh: '文本' },
  aWord: {
    en: 'a name of letters, digits, `_`, `.` and `-`',
    zh: '由字母、数字、`_`、`.`、`-` 组成的名称',
  },
  anOctalMode: { en: 'an octal mode such as `0644`', zh: '八进制的文件权限，如 `0644`' },
  aListOfNames: { en: 'a list of names such as `A,B`', zh: '用逗号分隔的名称，如 `A,B`' },
  aListOfWords: { en: 'a list of words such as `a,b`', zh: '用逗号分隔的词，如 `a,b`' },
  exitStatuses: {
    en: 'exit statuses such as `0,1`, of one program as `grep:1`, or `any`',
    zh: '退出状态（如 `0,1`，只对某个程序有效时写 `grep:1`）或 `any`',
  },
  noSuchProgram: {
    en: (program: string) => `no command of the block ends with \`${program}\``,
    zh: (program: string) => `代码块里没有以 \`${program}\` 结束的命令`,
  },
  nameProgram: {
    en: 'name a program as the block calls it, without its folder',
    zh: '请写代码块里所用的程序名，不带路径',
  },
  exitTooLarge: { en: 'an exit status is at most 255', zh: '退出状态最大是 255' },
  unknownSignal: {
    en: (signal: string) => `unknown signal \`${signal}\``,
    zh: (signal: string) => `不认识的信号 \`${signal}\``,
  },
  signalNames: {
    en: 'write a name as in `kill -l`: `TERM`, `INT`, `HUP`',
    zh: '写 `kill -l` 里的名称：`TERM`、`INT`、`HUP`',
  },
  unknownValue: {
    en: (written: string) => `unknown value in \`${written}\``,
    zh: (written: string) => `\`${written}\` 的值不认识`,
  },
  writeOneOf: {
    en: (values: string) => `write one of ${values}`,
    zh: (values: string) => `可以写 ${values}`,
  },
  notTries: {
    en: (written: string) => `\`${written}\` is not a number of tries`,
    zh: (written: string) => `\`${written}\` 的值应为重试次数`,
  },
  onErrorForm: {
    en: '`on-error` is not of the form `/REGEX/ -> page.md#anchor`',
    zh: '`on-error` 的写法应为 `/REGEX/ -> page.md#anchor`',
  },
  wrongPattern: {
    en: (problem: string) => `wrong pattern: ${problem}`,
    zh: (problem: string) => `正则表达式有误：${problem}`,
  },
  patternSyntax: { en: 'patterns are in RE2 syntax', zh: '正则表达式使用 RE2 语法' },
  patternLimits: {
    en: 'patterns are in RE2 syntax: no look-around, no back-references',
    zh: '正则表达式使用 RE2 语法：没有环视，也没有反向引用',
  },
  noUnit: {
    en: (text: string) => `duration \`${text}\` has no unit`,
    zh: (text: string) => `时长 \`${text}\` 没有单位`,
  },
  notDuration: {
    en: (text: string) => `\`${text}\` is not a duration`,
    zh: (text: string) => `\`${text}\` 不是时长`,
  },
  durationForm: {
    en: 'write a number and a unit: `500ms`, `30s`, `5m`, `1h`',
    zh: '写数字和单位：`500ms`、`30s`、`5m`、`1h`',
  },
  noEffectOn: {
    en: (name: string, kind: string) => `\`${name}\` has no effect on \`${kind}\` blocks`,
    zh: (name: string, kind: string) => `\`${name}\` 在 \`${kind}\` 代码块上不起作用`,
  },
  noEffectUnrun: {
    en: (name: string) => `\`${name}\` has no effect on a block that is never run`,
    zh: (name: string) => `\`${name}\` 在不会运行的代码块上不起作用`,
  },
  exampleNeverRuns: {
    en: 'an `{example}` is never run: remove one of the two',
    zh: '`{example}` 不会运行：两个属性删掉一个',
  },
  howABlockRuns: {
    en: 'a block runs with `run=`, `file=` or a shell language',
    zh: '有 `run=`、`file=`，或语言是 shell 的代码块才会运行',
  },
  belongsOn: {
    en: (kinds: string) => `it belongs on: ${kinds}`,
    zh: (kinds: string) => `它可以用于：${kinds}`,
  },
  outsideBraces: {
    en: (text: string) => `\`${text}\` is outside \`{…}\``,
    zh: (text: string) => `\`${text}\` 在 \`{…}\` 之外`,
  },
  writeInBraces: {
    en: (text: string) => `write \`{${text}}\`; words outside the braces belong to other tools`,
    zh: (text: string) => `写 \`{${text}}\`；花括号之外的词属于其他工具`,
  },
  unknownFenceWord: {
    en: (word: string) => `unknown fence word \`${word}\``,
    zh: (word: string) => `不认识的代码块名称 \`${word}\``,
  },
  meantOrExample: {
    en: (word: string) => `did you mean \`${word}\`? mark a block that is only shown \`{example}\``,
    zh: (word: string) => `是否想写 \`${word}\`？只用来展示的代码块加上 \`{example}\``,
  },
  noEffectManual: {
    en: (name: string) => `\`${name}\` has no effect on a manual step`,
    zh: (name: string) => `\`${name}\` 在人工步骤上不起作用`,
  },
  manualTakesNone: {
    en: 'a manual step is text for a person and takes no attributes',
    zh: '人工步骤是给人看的文字，没有属性',
  },

  // Combinations of attributes.
  noEffectWithout: {
    en: (name: string, needed: string) => `\`${name}\` has no effect without ${needed}`,
    zh: (name: string, needed: string) => `没有 ${needed} 时 \`${name}\` 不起作用`,
  },
  restartTimeout: {
    en: 'set how long the restart may take with `timeout=`',
    zh: '重启最多等多久用 `timeout=` 写',
  },
  ensuresInBackground: {
    en: '`ensures` waits for a step that ends; a `background` step does not',
    zh: '`ensures` 等步骤结束后检查，而 `background` 步骤不会结束',
  },
  writeReady: { en: 'write `ready=`', zh: '写 `ready=`' },
  createsInBackground: {
    en: '`creates` waits for a step that ends; a `background` step does not',
    zh: '`creates` 等步骤结束后检查，而 `background` 步骤不会结束',
  },
  writeUnlessAndReady: {
    en: 'write `unless=file:PATH ready=file:PATH`',
    zh: '写 `unless=file:PATH ready=file:PATH`',
  },
  exitInBackground: {
    en: '`exit` is judged when a step ends; a `background` step does not',
    zh: '`exit` 在步骤结束时判断，而 `background` 步骤不会结束',
  },
  timeoutInBackground: {
    en: '`timeout` ends a command; a `background` step keeps running',
    zh: '`timeout` 会结束命令，而 `background` 步骤要一直运行',
  },
  writeWithin: {
    en: 'write `within=` for how long `ready` may take',
    zh: '`ready` 最多等多久用 `within=` 写',
  },
  rebootInBackground: {
    en: '`reboot` waits for the host to come back; a `background` step keeps running',
    zh: '`reboot` 等主机重启完成，而 `background` 步骤要一直运行',
  },
  makeTwoSteps: { en: 'make it two steps', zh: '分成两个步骤' },
  nocompareWithoutOutput: {
    en: '`nocompare` has no effect: the step expects no output',
    zh: '`nocompare` 不起作用：这一步没有预期的输出',
  },
  withinWithoutReady: {
    en: '`within` has no effect without `ready` or an `output` block',
    zh: '没有 `ready` 或 `output` 代码块时 `within` 不起作用',
  },
  streamInBackground: {
    en: '`stream` has no effect: a `background` step has one stream',
    zh: '`stream` 不起作用：`background` 步骤只有一个输出流',
  },
  streamAtTerminal: {
    en: '`stream` has no effect: a step with a dialog runs in a terminal',
    zh: '`stream` 不起作用：带对话的步骤在终端里运行',
  },

  // Steps and their ids.
  unknownUndo: {
    en: (id: string) => `no such step on this page: \`undo=${id}\``,
    zh: (id: string) => `这一页没有 \`undo=${id}\` 所指的步骤`,
  },
  undoItself: { en: 'a step cannot undo itself', zh: '步骤不能撤销自己' },
  nameAnother: { en: 'name another step', zh: '改为另一个步骤' },
  undoOfUndo: {
    en: (id: string) => `\`${id}\` undoes a step and has an \`undo\` itself`,
    zh: (id: string) => `\`${id}\` 用来撤销别的步骤，自己又有 \`undo\``,
  },
  undoRunsOnly: {
    en: 'only `runbook undo` runs a step that undoes another',
    zh: '用来撤销的步骤只由 `runbook undo` 运行',
  },
  unknownReverts: {
    en: (id: string) => `no such step before this one: \`reverts=${id}\``,
    zh: (id: string) => `这一步之前没有 \`reverts=${id}\` 所指的步骤`,
  },
  notAnId: {
    en: (id: string) => `\`${id}\` is not a step id`,
    zh: (id: string) => `\`${id}\` 不能作步骤的 id`,
  },
  idForm: {
    en: 'an id has letters, digits, `-`, `_` and `.`',
    zh: 'id 由字母、数字、`-`、`_`、`.` 组成',
  },
  duplicateId: {
    en: (id: string) => `duplicate id \`${id}\``,
    zh: (id: string) => `id \`${id}\` 重复`,
  },
  idIsUnique: {
    en: 'an id is unique in its page; only the variants of one code group share one',
    zh: 'id 在页面里唯一；只有同一个代码组的变体可以共用一个',
  },
  unknownRole: {
    en: (role: string) => `unknown role \`${role}\``,
    zh: (role: string) => `没有声明的角色 \`${role}\``,
  },
  promptOfSession: {
    en: (prompt: string, opener: string, step: string) =>
      `\`${prompt}\` is the prompt of the session that \`${opener}\` opened in step \`${step}\``,
    zh: (prompt: string, opener: string, step: string) =>
      `\`${prompt}\` 是步骤 \`${step}\` 里 \`${opener}\` 打开的会话的提示符`,
  },
  sayWhereItRuns: {
    en: 'say where it runs, with `{on=ROLE}` or `{as=USER}`, or put it in one block after the command that opens the session',
    zh: '用 `{on=ROLE}` 或 `{as=USER}` 说明在哪里运行，或把它写在打开会话的命令之后、同一个代码块里',
  },

  // Outputs and dialogs.
  noSuchStepBefore: {
    en: (id: string) => `no such step before this block: \`${id}\``,
    zh: (id: string) => `这个代码块之前没有步骤 \`${id}\``,
  },
  nameAStepBefore: { en: 'name a step above it', zh: '写出在它之前的步骤' },
  belongsToNoStep: {
    en: (kind: string) => `this \`${kind}\` belongs to no step`,
    zh: (kind: string) => `这个 \`${kind}\` 不属于任何步骤`,
  },
  onlyCommandsPrint: {
    en: 'only steps that run a command print output',
    zh: '只有运行命令的步骤才有输出',
  },
  putAfterStep: {
    en: 'put it after the step that prints it, or name the step with `{for=ID}`',
    zh: '放在打印它的步骤之后，或用 `{for=ID}` 指明步骤',
  },
  dialogInBackground: {
    en: 'a `background` step runs without a terminal: it cannot have a dialog',
    zh: '`background` 步骤没有终端，不能有对话',
  },
  answersInFile: {
    en: 'give it its answers in a file or by flags',
    zh: '用文件或命令行参数给出回答',
  },
  hasOneAlready: {
    en: (id: string, kind: string) => `step \`${id}\` already has \`${kind}\``,
    zh: (id: string, kind: string) => `步骤 \`${id}\` 已有 \`${kind}\``,
  },
  oneBlock: { en: 'put all of it into one block', zh: '合并成一个代码块' },
  dialogEmpty: {
    en: 'the dialog types nothing',
    zh: '这个对话没有输入任何内容',
  },
  dialogForm: {
    en: 'a line of a dialog is `PROMPT => ANSWER`',
    zh: '对话的每一行是 `PROMPT => ANSWER`',
  },
  dialogParts: {
    en: 'write the end of the prompt, ` => `, and what to type',
    zh: '写出提示的结尾、` => ` 和要输入的内容',
  },
  expectedNotJson: {
    en: (problem: string) => `the expected output is not JSON: ${problem}`,
    zh: (problem: string) => `预期的输出不是 JSON：${problem}`,
  },

  // Commands.
  blockUnreadable: {
    en: (problem: string) => `bash cannot read this block: ${problem}`,
    zh: (problem: string) => `bash 无法解析这个代码块：${problem}`,
  },
  commandUnreadable: {
    en: (problem: string) => `bash cannot read this command: ${problem}`,
    zh: (problem: string) => `bash 无法解析这条命令：${problem}`,
  },
  neverClosed: {
    en: (word: string, line: number) => `\`${word}\` is opened on line ${line} and never closed`,
    zh: (word: string, line: number) => `第 ${line} 行的 \`${word}\` 没有结束`,
  },
  noCommand: {
    en: 'a shell block without a command is never run',
    zh: '没有命令的 shell 代码块不会运行',
  },
  fenceNeverClosed: { en: 'the fence is never closed', zh: '代码块没有结束标记' },
  closeFence: {
    en: 'close it with the same mark, on a line of its own',
    zh: '另起一行写同样的标记',
  },

  // Checks.
  unknownCheck: {
    en: (text: string) => `unknown check \`${text}\``,
    zh: (text: string) => `不认识的检查 \`${text}\``,
  },
  theChecks: {
    en: (names: string) => `the checks are ${names}`,
    zh: (names: string) => `检查有：${names}`,
  },
  notASeparator: {
    en: (text: string) => `\`${text}\` does not separate checks`,
    zh: (text: string) => `\`${text}\` 不能分隔检查`,
  },
  writeABlank: { en: 'write a blank between them', zh: '用空格分隔' },
  checkForm: {
    en: (text: string, usage: string) => `check \`${text}\` is not of the form \`${usage}\``,
    zh: (text: string, usage: string) => `检查 \`${text}\` 的写法应为 \`${usage}\``,
  },
  noCheck: { en: 'no check is given', zh: '没有写检查' },
  writeACheck: { en: 'write one, such as `cmd:git`', zh: '写一个检查，如 `cmd:git`' },
  unknownSystem: {
    en: (text: string) => `unknown system in \`${text}\``,
    zh: (text: string) => `\`${text}\` 里的系统不认识`,
  },
  undeclaredVariable: {
    en: (name: string) => `the page declares no variable \`${name}\``,
    zh: (name: string) => `页面没有声明变量 \`${name}\``,
  },
  noSuchStep: {
    en: (id: string) => `no such step on this page: \`${id}\``,
    zh: (id: string) => `这一页没有步骤 \`${id}\``,
  },
  nameAStep: {
    en: 'name a step of this page, or of a page that `requires` names: `step:PAGE#ID`',
    zh: '写这一页的步骤，或 `requires` 里的页面的步骤：`step:PAGE#ID`',
  },

  // The info string.
  bracketNeverClosed: {
    en: '`[` is never closed on this line',
    zh: '`[` 在这一行里没有闭合',
  },
  closeBracket: {
    en: 'close it with `]` before the `{` of the attributes',
    zh: '在属性的 `{` 之前写 `]`',
  },
  braceNeverClosed: { en: '`{` is never closed on this line', zh: '`{` 在这一行里没有闭合' },
  closeBrace: {
    en: 'close the attributes with `}` on the line of the fence mark',
    zh: '属性要在代码块标记所在的行用 `}` 闭合',
  },
  quoteNeverClosed: {
    en: (name: string) => `the quote of \`${name}\` is never closed`,
    zh: (name: string) => `\`${name}\` 的引号没有闭合`,
  },
  closeQuote: { en: 'close the quote', zh: '闭合引号' },
  jsonAttributes: {
    en: 'JSON attributes belong to another tool and have no effect here',
    zh: 'JSON 形式的属性属于其他工具，在这里不起作用',
  },
  writeJsonAs: {
    en: 'write them as `{#name as=root}`: `name` is `#id`, `background` is `background`, `cwd` is `dir=`',
    zh: '写成 `{#name as=root}`：`name` 写作 `#id`，`background` 不变，`cwd` 写作 `dir=`',
  },
  colonAttributes: {
    en: 'attributes with colons belong to another tool and have no effect here',
    zh: '带冒号的属性属于其他工具，在这里不起作用',
  },
  writeWithEquals: {
    en: (key: string) => `write them with \`=\` and blanks between: \`{${key}=…}\``,
    zh: (key: string) => `用 \`=\` 赋值、用空格分隔：\`{${key}=…}\``,
  },
  tooManyAttributes: {
    en: (most: number) => `a block has at most ${most} attributes`,
    zh: (most: number) => `一个代码块最多有 ${most} 个属性`,
  },
  restOfLineIgnored: {
    en: 'the rest of the line is ignored',
    zh: '这一行余下的内容被忽略',
  },

  // Syntax of other tools.
  dialogAfterBlock: {
    en: 'write a `dialog` fence after the block',
    zh: '在后面写 `dialog` 代码块',
  },
  declareInFrontMatter: {
    en: 'declare variables: `vars:` in the front matter',
    zh: '在 front matter 的 `vars:` 里声明变量',
  },
  writeTags: {
    en: 'write `{tags=…}` and run with `--tag`',
    zh: '写 `{tags=…}`，运行时用 `--tag`',
  },
  streamOnOutput: {
    en: 'write `{stream=stdout}` on the `output` fence',
    zh: '在 `output` 代码块上写 `{stream=stdout}`',
  },
  keepGoing: {
    en: 'the first failure ends a run unless `--keep-going` is given',
    zh: '没有 `--keep-going` 时，第一个失败就结束运行',
  },
  unlessOrWhen: { en: 'write `{unless=…}` or `{when=…}`', zh: '写 `{unless=…}` 或 `{when=…}`' },
  nocompareWithOutput: {
    en: 'write `{nocompare}` where an `output` block follows',
    zh: '后面有 `output` 代码块时写 `{nocompare}`',
  },

  // Front matter.
  frontMatterTooDeep: { en: 'the front matter nests too deep', zh: 'front matter 嵌套过深' },
  writeFlatter: { en: 'write it flatter', zh: '减少嵌套' },
  notAMap: { en: 'front matter is not a list of keys', zh: 'front matter 不是键值形式' },
  writeKeyValue: { en: 'write `key: value` lines', zh: '每行写 `key: value`' },
  noEffectAtTop: {
    en: (key: string) => `\`${key}\` has no effect at the top of a page`,
    zh: (key: string) => `\`${key}\` 在 front matter 的最外层不起作用`,
  },
  belongsInRole: {
    en: (key: string) => `put it into a role: \`roles: { NAME: { ${key}: … } }\``,
    zh: (key: string) => `写在角色里：\`roles: { NAME: { ${key}: … } }\``,
  },
  belongsInVariable: {
    en: (key: string) => `put it into a variable: \`vars: { NAME: { ${key}: … } }\``,
    zh: (key: string) => `写在变量里：\`vars: { NAME: { ${key}: … } }\``,
  },
  belongsOnFence: {
    en: 'it is an attribute of a step: write it in the `{…}` of the fence',
    zh: '它是步骤的属性：写在代码块的 `{…}` 里',
  },
  unknownKey: {
    en: (key: string) => `unknown front-matter key \`${key}\``,
    zh: (key: string) => `不认识的 front matter 键 \`${key}\``,
  },
  unknownKeyIn: {
    en: (key: string, where: string) => `unknown key \`${key}\` in \`${where}\``,
    zh: (key: string, where: string) => `\`${where}\` 里有不认识的键 \`${key}\``,
  },
  notAName: {
    en: (where: string) => `\`__proto__\` in \`${where}\` is not a name`,
    zh: (where: string) => `\`${where}\` 里的 \`__proto__\` 不能作名称`,
  },
  chooseAnotherName: { en: 'choose another name', zh: '换一个名称' },
  wrongValue: {
    en: (where: string, wanted: string) => `\`${where}\` is not ${wanted}`,
    zh: (where: string, wanted: string) => `\`${where}\` 的值应为：${wanted}`,
  },
  whatItShouldBe: { en: 'what it should be', zh: '别的形式' },
  titleIsPlain: {
    en: 'a title is plain text: `<` and `>` are not allowed',
    zh: '标题是纯文本：不能有 `<` 和 `>`',
  },
  askAndDesc: {
    en: (name: string) => `\`${name}\` has both \`ask\` and \`desc\`, which mean the same`,
    zh: (name: string) => `\`${name}\` 同时有意思相同的 \`ask\` 和 \`desc\``,
  },
  removeOne: { en: 'remove one of them', zh: '删掉其中一个' },
  defaultUnmatched: {
    en: (name: string) => `the default of \`${name}\` does not match its pattern`,
    zh: (name: string) => `\`${name}\` 的默认值不匹配它的 \`pattern\``,
  },
  wholeValue: {
    en: (pattern: string) => `the whole value has to match \`${pattern}\``,
    zh: (pattern: string) => `整个值必须匹配 \`${pattern}\``,
  },
  defaultBesideAddress: {
    en: '`default` has no effect beside `address`',
    zh: '有 `address` 时 `default` 不起作用',
  },
  valueIsAddress: {
    en: 'the value is the address by which the host was reached',
    zh: '变量的值是连接主机时所用的地址',
  },

  // The page.
  nestsTooDeep: {
    en: (most: number) => `quotes and lists nest deeper than ${most} levels here`,
    zh: (most: number) => `引用和列表在这里嵌套超过 ${most} 层`,
  },
  restOfPageIgnored: {
    en: 'write it flatter: the rest of the page is ignored',
    zh: '减少嵌套：从这里起的内容被忽略',
  },
  nulCharacter: { en: 'the page holds a NUL character', zh: '页面里有 NUL 字符' },
  removeNul: { en: 'remove it: text has no NUL', zh: '删掉它：文本里不应有 NUL' },
  includes: {
    en: (mark: string) => `\`${mark}\` includes another file`,
    zh: (mark: string) => `不允许引入外部文件：\`${mark}\``,
  },
  writeTheText: {
    en: 'write the text itself: a runbook is the same bytes wherever it is read',
    zh: '把内容直接写在页面里：无论在哪里读，页面都应是同样的内容',
  },
})
