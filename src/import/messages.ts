/** What a person has to decide about an imported page. */

import { catalogue } from '../model/message.ts'

export const messages = catalogue({
  onlyShown: {
    en: (first: string, why: string) => `the block \`${first}\` is only shown: ${why}`,
    zh: (first: string, why: string) => `代码块 \`${first}\` 只展示、不运行：${why}`,
  },
  wholeShown: {
    en: (why: string) => `the whole text is only shown: ${why}`,
    zh: (why: string) => `全文只展示、不运行：${why}`,
  },
  nothingRuns: { en: 'nothing in it runs', zh: '里面没有可以运行的内容' },
  writtenPlain: {
    en: (written: string, plain: string) => `\`${written}\` was replaced by \`${plain}\``,
    zh: (written: string, plain: string) => `\`${written}\` 已改成 \`${plain}\``,
  },

  // Tutorials.
  outputTaken: {
    en: 'this block is taken for the output of the step before it',
    zh: '这个代码块被当作上一步的输出',
  },
  outputLiteral: {
    en: 'the output of every command is expected exactly as it was printed',
    zh: '每条命令的输出都按原样比较',
  },
  recordAndSync: {
    en: 'put holes where it varies: `exec --record --twice`, then `sync --write`',
    zh: '会变的部分换成占位：先 `exec --record --twice`，再 `sync --write`',
  },
  fileShown: {
    en: (path: string) => `this block may be what is to stand in \`${path}\`, and is only shown`,
    zh: (path: string) => `这个代码块可能是 \`${path}\` 的内容，只展示、不运行`,
  },
  writeFile: {
    en: (path: string) =>
      `write \`{file=${path}}\` behind the name of the block, with the whole path`,
    zh: (path: string) => `在代码块的名字后面写 \`{file=${path}}\`，路径要写全`,
  },
  writePart: {
    en: (path: string) =>
      `write \`{file=${path} edit=block}\` behind the name of the block, or \`edit=section\`, \`edit=line\``,
    zh: (path: string) =>
      `在代码块的名字后面写 \`{file=${path} edit=block}\`，或用 \`edit=section\`、\`edit=line\``,
  },
  settingShown: {
    en: (line: string) => `\`${line}\` may stand in a file or set a variable, and is only shown`,
    zh: (line: string) => `\`${line}\` 可能是文件的内容，也可能是变量赋值，只展示、不运行`,
  },
  fileOrVariable: {
    en: 'name the file with `{file=PATH}`, or name the block `bash` if it sets variables',
    zh: '是文件内容就写 `{file=PATH}`；是变量赋值就把代码块命名为 `bash`',
  },
  maybeCommand: {
    en: (line: string) => `\`${line}\` may be a command and is not run`,
    zh: (line: string) => `\`${line}\` 可能是命令，没有当作步骤`,
  },
  typedNowhere: {
    en: (line: string) => `\`${line}\` is typed into a program that no step opens`,
    zh: (line: string) => `\`${line}\` 要输入到某个程序里，但前面没有打开它的步骤`,
  },
  typeOrRun: {
    en: 'put it into a `dialog` fence behind the step that opens the program, or give it to the program: `sql {run="mysql -uroot"}`',
    zh: '写在打开程序的步骤后面的 `dialog` 代码块里，或直接交给程序：`sql {run="mysql -uroot"}`',
  },
  dialogOf: {
    en: (left: number) =>
      `typed into the program that the step before it opens${left === 0 ? '' : `; ${left} lines that it prints were left out`}: add the password prompt, if there is one`,
    zh: (left: number) =>
      `输入到上一步打开的程序里${left === 0 ? '' : `；程序输出的 ${left} 行没有保留`}：如果会问密码，请补上`,
  },
  inSentence: {
    en: (command: string) => `\`${command}\` stands in a sentence and is not run`,
    zh: (command: string) => `\`${command}\` 写在句子里，不会运行`,
  },
  ownBlock: {
    en: 'give it a `bash` block if it is to be run',
    zh: '需要运行的话，放进 `bash` 代码块',
  },
  optionLeftOut: {
    en: (option: string) => `\`${option}\` of another tool was left out`,
    zh: (option: string) => `其他工具的 \`${option}\` 没有保留`,
  },
  statusesLeftOut: {
    en: (statuses: string) =>
      `the exit statuses ${statuses} were left out: give each such command a block with \`{exit=N}\``,
    zh: (statuses: string) =>
      `退出状态 ${statuses} 没有保留：请把这些命令各写成一个带 \`{exit=N}\` 的代码块`,
  },
  similarityLeftOut: {
    en: (value: string) =>
      `the similarity of ${value} was left out: the output is compared exactly`,
    zh: (value: string) => `相似度 ${value} 没有保留：输出会逐行比较`,
  },

  // Scripts.
  scriptUnread: {
    en: (why: string) => `bash cannot read the script, and it is only shown: ${why}`,
    zh: (why: string) => `bash 无法解析这个脚本，只展示、不运行：${why}`,
  },
  askedVariable: {
    en: (name: string) => `the script asks for \`${name}\`: it became a variable of the page`,
    zh: (name: string) => `脚本会询问 \`${name}\`：已改成页面的变量`,
  },
  optionDropped: {
    en: (option: string) => `\`${option}\` was left out`,
    zh: (option: string) => `\`${option}\` 没有保留`,
  },
  stepsStop: {
    en: 'a run stops at the first command that fails; `set -e` would end the shell of the page',
    zh: '运行在第一条失败的命令处停下；`set -e` 会让页面的 shell 退出',
  },
  exitDropped: {
    en: 'the `exit` at the end was left out: a page ends by itself',
    zh: '末尾的 `exit` 没有保留：页面会自己结束',
  },
  argumentVariable: {
    en: (name: string) =>
      `\`${name}\` was an argument of the script: it became a variable of the page`,
    zh: (name: string) => `\`${name}\` 是脚本的参数：已改成页面的变量`,
  },
  argumentCheckDropped: {
    en: 'the check of the script’s arguments was left out: the page has variables',
    zh: '检查脚本参数的语句没有保留：页面用变量代替参数',
  },
  ownPath: {
    en: 'the script’s own path has no meaning on a page: write the folder',
    zh: '脚本自身的路径在页面里没有意义：请写出文件夹',
  },

  // Transcripts and histories.
  screensCut: {
    en: (count: number) => `${count} full-screen programs, such as an editor, were cut out`,
    zh: (count: number) => `去掉了 ${count} 个全屏程序（例如编辑器）的画面`,
  },
  noCommands: {
    en: 'no line was recognised as a command',
    zh: '没有识别出任何命令',
  },
  noPrompts: {
    en: 'no prompt was found, and so no command',
    zh: '没有找到提示符，也就没有命令',
  },
  writePrompts: {
    en: 'put `$ ` before each command, and name the block `console`',
    zh: '在每条命令前写 `$ `，并把代码块命名为 `console`',
  },
  cancelled: {
    en: (line: string) => `\`${line}\` was broken off with Ctrl-C and left out`,
    zh: (line: string) => `\`${line}\` 被 Ctrl-C 中断，没有保留`,
  },
  noiseDropped: {
    en: (count: number) => `${count} commands that only look around were left out`,
    zh: (count: number) => `${count} 条只用来查看的命令没有保留`,
  },
  folded: {
    en: (wrong: string, right: string) => `\`${wrong}\` was left out: \`${right}\` followed it`,
    zh: (wrong: string, right: string) => `\`${wrong}\` 没有保留：紧接着输入的是 \`${right}\``,
  },
  noOutput: {
    en: 'a history has no output: nothing is compared yet',
    zh: '历史里没有输出：现在什么都不比较',
  },
  unreadCommand: {
    en: (command: string) => `bash cannot read \`${command}\`, and it is only shown`,
    zh: (command: string) => `bash 无法解析 \`${command}\`，只展示、不运行`,
  },
})
