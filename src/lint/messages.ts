/** Problems that lint finds on a page, and how to fix them. */

import { catalogue } from '../model/message.ts'

export const messages = catalogue({
  /** A command and its effect: one of `asks` or `loses`. */
  commandDoes: {
    en: (command: string, does: string) => `\`${command}\` ${does}`,
    zh: (command: string, does: string) => `\`${command}\` ${does}`,
  },

  // Captures and variables.
  neverSet: {
    en: (name: string) => `\`${name}\` is never set: the step expects no output with \`<${name}>\``,
    zh: (name: string) => `\`${name}\` 不会被赋值：步骤预期的输出里没有 \`<${name}>\``,
  },
  captureOrDrop: {
    en: (name: string, attribute: string) =>
      `write \`<${name}:REGEX>\` in its \`output\` fence, or remove \`${attribute}=${name}\``,
    zh: (name: string, attribute: string) =>
      `在它的 \`output\` 代码块里写 \`<${name}:REGEX>\`，或删掉 \`${attribute}=${name}\``,
  },
  neverUsed: {
    en: (name: string) => `\`${name}\` is captured and never used`,
    zh: (name: string) => `捕获了 \`${name}\`，却没有用到`,
  },
  literalText: {
    en: (written: string, name: string) =>
      `\`${written}\` is literal text: \`${name}\` is not declared`,
    zh: (written: string, name: string) => `\`${written}\` 只是普通文字：没有声明 \`${name}\``,
  },
  declareCapture: {
    en: (name: string) => `write \`{captures=${name}}\` on the step`,
    zh: (name: string) => `在步骤上写 \`{captures=${name}}\``,
  },
  noParameters: {
    en: (parameter: string) => `\`${parameter}\` is empty: a page gets no arguments`,
    zh: (parameter: string) => `\`${parameter}\` 是空的：页面没有命令行参数`,
  },
  declareParameter: {
    en: 'declare a variable under `vars:` and write `$NAME`; text of another program goes into single quotes',
    zh: '在 `vars:` 里声明变量并写 `$NAME`；属于别的程序的文字放进单引号',
  },
  neverAssigned: {
    en: (name: string) => `\`$${name}\` is used and never set`,
    zh: (name: string) => `用到了 \`$${name}\`，却没有赋值`,
  },
  declareOrDefault: {
    en: (name: string) =>
      `declare it: \`vars: { ${name}: { ask: … } }\`, or give a default: \`\${${name}:-…}\``,
    zh: (name: string) =>
      `在 front matter 里声明：\`vars: { ${name}: { ask: … } }\`，或给出默认值：\`\${${name}:-…}\``,
  },
  gluedPrompt: {
    en: (name: string) => `\`$${name}\` is a prompt and a command without a blank between them`,
    zh: (name: string) => `\`$${name}\` 是提示符和命令，中间少了空格`,
  },
  removeDollar: {
    en: 'remove the `$`, or write `$ ` in a `console` block',
    zh: '去掉 `$`，或在 `console` 代码块里写 `$ `',
  },
  answerUndeclared: {
    en: (name: string) => `\`$${name}\` is typed literally: the page declares no \`${name}\``,
    zh: (name: string) => `\`$${name}\` 会原样输入：页面没有声明 \`${name}\``,
  },
  answerBraced: {
    en: (name: string) => `\`\${${name}}\` is typed literally: an answer knows \`$${name}\` only`,
    zh: (name: string) => `\`\${${name}}\` 会原样输入：回答里只认 \`$${name}\``,
  },

  // How a block is written.
  blankAfterBackslash: {
    en: 'a blank after `\\` ends the command on this line',
    zh: '`\\` 之后有空格，命令到这一行就结束了',
  },
  removeBlank: {
    en: 'remove the blank: the command then continues on the next line',
    zh: '删掉空格，命令就会延续到下一行',
  },
  generatedId: {
    en: (id: string) => `this step has a record, and its id \`${id}\` is generated from its place`,
    zh: (id: string) => `这一步有验证记录，而它的 id \`${id}\` 是按位置自动生成的`,
  },
  giveItAnId: { en: 'give it an id: `{#name}`', zh: '给它一个 id：`{#name}`' },
  exitOfEvery: {
    en: (exit: string, command: string) =>
      `\`${exit}\` applies to every command of the block, and \`${command}\` exits with 0`,
    zh: (exit: string, command: string) =>
      `\`${exit}\` 对代码块里的每条命令都有效，而 \`${command}\` 的退出状态是 0`,
  },
  failingAlone: {
    en: 'name the program, as `exit=grep:1`, put the failing command into a block of its own, or add `0`',
    zh: '写出程序名（如 `exit=grep:1`），把会失败的命令单独写成一个代码块，或加上 `0`',
  },
  extendedGlob: {
    en: (glob: string) => `bash reads \`${glob}\` only with \`extglob\``,
    zh: (glob: string) => `bash 开启 \`extglob\` 之后才支持 \`${glob}\``,
  },
  enableExtglob: {
    en: 'put `shopt -s extglob` on a line of its own before it',
    zh: '在它之前单独一行写 `shopt -s extglob`',
  },
  notACommand: {
    en: (word: string) => `\`${word}\` is not a command`,
    zh: (word: string) => `\`${word}\` 不是命令`,
  },
  nameTheBlock: {
    en: 'name the block after its content (`text`, `yaml`, `output`), or mark it `{example}`',
    zh: '按内容给代码块命名（`text`、`yaml`、`output`），或加上 `{example}`',
  },
  redirection: {
    en: (word: string) => `bash reads \`${word}\` as a redirection, not a placeholder`,
    zh: (word: string) => `bash 把 \`${word}\` 当作重定向，而不是占位符`,
  },
  promptAsCommand: {
    en: (prompt: string) => `bash reads the prompt \`${prompt}\` as a command`,
    zh: (prompt: string) => `bash 会把提示符 \`${prompt}\` 当作命令`,
  },
  removePrompts: {
    en: 'remove the prompts, or name a transcript `console`',
    zh: '去掉提示符；带输出的写成 `console`',
  },
  typedAtProgram: {
    en: 'put input for another program into a `dialog` fence: `PROMPT => ANSWER`',
    zh: '给别的程序的输入写在 `dialog` 代码块里：`PROMPT => ANSWER`',
  },
  remarkAsCommand: {
    en: (text: string) => `bash reads \`${text}\` as a command`,
    zh: (text: string) => `bash 会把 \`${text}\` 当作命令`,
  },
  remarkPlace: {
    en: 'start a remark with `#`, or move it out of the block',
    zh: '说明文字以 `#` 开头，或移到代码块之外',
  },
  remarkAsArgument: {
    en: (text: string, program: string) => `\`${text}\` is an argument of \`${program}\` here`,
    zh: (text: string, program: string) => `\`${text}\` 在这里是 \`${program}\` 的参数`,
  },
  twoBlocks: {
    en: 'write two blocks, or a code group with `when=`',
    zh: '写成两个代码块，或用代码组和 `when=`',
  },
  remarkOrQuote: {
    en: 'put a remark after `#`, and an argument in quotes',
    zh: '说明文字写在 `#` 之后；确实是参数就加引号',
  },
  neverRun: {
    en: (word: string) => `a \`${word}\` block is never run`,
    zh: (word: string) => `\`${word}\` 代码块不会运行`,
  },
  namelessNeverRun: {
    en: 'a block without a name is never run',
    zh: '没有名称的代码块不会运行',
  },
  runInPowershell: {
    en: 'run it in PowerShell with `powershell {run="pwsh -NoProfile -Command -"}`; name a block that is only shown `text`, or mark it `{example}`',
    zh: '写 `powershell {run="pwsh -NoProfile -Command -"}` 交给 PowerShell 运行；只用来展示的代码块写 `text`，或加上 `{example}`',
  },
  noCmdHere: {
    en: 'no host here runs `cmd`: write the commands for bash; name a block that is only shown `text`, or mark it `{example}`',
    zh: '主机不运行 `cmd`：改成 bash 的命令；只用来展示的代码块写 `text`，或加上 `{example}`',
  },
  runAsConsole: {
    en: 'name it `console` to run it, with prompts and output; name a block that is only shown `text`, or mark it `{example}`',
    zh: '要运行就写成 `console`（带提示符和输出）；只用来展示的代码块写 `text`，或加上 `{example}`',
  },
  runAsBash: {
    en: 'name it `bash` to run it; name a block that is only shown `text`, or mark it `{example}`',
    zh: '要运行就写成 `bash`；只用来展示的代码块写 `text`，或加上 `{example}`',
  },
  indentedNeverRun: { en: 'indented code is never run', zh: '靠缩进写的代码不会运行' },
  putInFence: {
    en: 'put it between ```` ```bash ```` and ```` ``` ````',
    zh: '放进 ```` ```bash ```` 与 ```` ``` ```` 之间',
  },
  indentedFence: {
    en: 'indented by four or more: Markdown sees no fence here, and nothing is run',
    zh: '缩进达到四格，Markdown 不认为这是代码块，不会运行',
  },
  indentLess: {
    en: 'indent it no further than the text that it belongs to',
    zh: '缩进不要超过它所属的文字',
  },
  fenceInHtml: {
    en: 'inside HTML: Markdown sees no fence here, and nothing is run',
    zh: '写在 HTML 里，Markdown 不认为这是代码块，不会运行',
  },
  emptyLineBefore: { en: 'leave an empty line before it', zh: '在它前面空一行' },
  fenceWithBacktick: {
    en: 'with a backtick on its line Markdown sees no fence here',
    zh: '同一行有反引号，Markdown 不认为这是代码块',
  },
  writeTildes: { en: 'write `~~~` for its marks', zh: '标记改用 `~~~`' },
  neverTaken: {
    en: (label: string, before: string) =>
      `\`${label}\` is never taken: \`${before}\` before it has no \`when=\``,
    zh: (label: string, before: string) =>
      `\`${label}\` 选不到：它前面的 \`${before}\` 没有 \`when=\``,
  },
  whenOnAllButLast: {
    en: 'give each variant but the last a `when=`',
    zh: '除最后一个外，每个变体都写上 `when=`',
  },
  sameWhen: {
    en: (label: string, before: string) =>
      `\`${label}\` is never taken: \`${before}\` before it has the same \`when=\``,
    zh: (label: string, before: string) =>
      `\`${label}\` 选不到：它前面的 \`${before}\` 有同样的 \`when=\``,
  },

  // Typography.
  oddBlank: {
    en: (code: string) => `bash does not read this blank as one (${code})`,
    zh: (code: string) => `这个空白字符对 bash 不是空格（${code}）`,
  },
  plainBlank: { en: 'write a plain blank', zh: '写普通的空格' },
  invisibleCharacter: {
    en: (code: string) => `invisible character (${code})`,
    zh: (code: string) => `看不见的字符（${code}）`,
  },
  notADash: {
    en: (name: string, code: string) => `bash does not read \`${name}\` as \`-\` (${code})`,
    zh: (name: string, code: string) => `\`${name}\` 对 bash 不是 \`-\`（${code}）`,
  },
  writeDash: { en: 'write `-` or `--`', zh: '写 `-` 或 `--`' },
  fullWidth: {
    en: (name: string, plain: string) => `\`${name}\` is a full-width character, not \`${plain}\``,
    zh: (name: string, plain: string) => `\`${name}\` 是全角字符，不是 \`${plain}\``,
  },
  notAQuote: {
    en: (name: string) => `bash does not read \`${name}\` as a quote`,
    zh: (name: string) => `\`${name}\` 对 bash 不是引号`,
  },

  // Doubtful commands.
  cleansUp: {
    en: (program: string, step: string) =>
      `\`${program}\` removes what step \`${step}\` made, and \`resume\` would count that step as done`,
    zh: (program: string, step: string) =>
      `\`${program}\` 会清除步骤 \`${step}\` 的结果，而 \`resume\` 会认为它已经完成`,
  },
  nameReverted: {
    en: (ids: string) =>
      `name the steps to run again: \`{always reverts=${ids}}\`, or \`reverts=*\` for every step before it`,
    zh: (ids: string) =>
      `写出要重新运行的步骤：\`{always reverts=${ids}}\`；\`reverts=*\` 是前面的全部步骤`,
  },
  sayWhatIsLost: {
    en: 'say what is lost: `{danger="…"}`; a run then asks before it',
    zh: '用 `{danger="…"}` 写明会失去什么，运行前就会先问',
  },
  neverEnds: { en: 'never ends by itself', zh: '不会自己结束' },
  readyPort: {
    en: 'mark the block `{background ready=port:PORT}`',
    zh: '在代码块上写 `{background ready=port:PORT}`',
  },
  stopFollowing: {
    en: 'remove the option that follows, or mark the block `{background}`',
    zh: '去掉持续跟踪的参数，或在代码块上写 `{background}`',
  },
  markBackground: {
    en: 'mark the block `{background}`',
    zh: '在代码块上写 `{background}`',
  },
  runItself: {
    en: 'run the command itself, or wait with `ensures=` and `within=`',
    zh: '直接运行那条命令，或用 `ensures=` 和 `within=` 等待',
  },
  leftRunning: {
    en: 'keeps running after the step, and prints into later steps',
    zh: '在步骤结束后继续运行，输出会混进后面的步骤',
  },
  backgroundOrRedirect: {
    en: 'mark the block `{background}`, or send its output to a file: `>FILE 2>&1 &`',
    zh: '在代码块上写 `{background}`，或把输出重定向到文件：`>FILE 2>&1 &`',
  },
  interactiveFile: {
    en: 'has no effect here: it returns where the shell is not interactive',
    zh: '在这里不起作用：它在非交互 shell 里直接返回',
  },
  setItInBlock: {
    en: 'set what is needed in the block itself (`export PATH=…`), or read the file that sets it (`. ~/.profile`, `. ~/.nvm/nvm.sh`)',
    zh: '在代码块里直接设置（`export PATH=…`），或读真正设置它的文件（`. ~/.profile`、`. ~/.nvm/nvm.sh`）',
  },
  takesHostDown: {
    en: 'takes the host down, and the run with it',
    zh: '会让主机重启，运行也随之中断',
  },
  markReboot: {
    en: 'mark the block `{reboot}`: the run waits for the host and continues',
    zh: '在代码块上写 `{reboot}`，运行会等主机回来再继续',
  },
  mayWaitForPassword: {
    en: 'inside a block may wait for a password',
    zh: '写在代码块里，可能停下来等密码',
  },
  writeAs: {
    en: (user: string, sudo: string) =>
      `write \`{as=${user}}\` on the fence and remove \`${sudo}\``,
    zh: (user: string, sudo: string) => `在代码块上写 \`{as=${user}}\`，去掉 \`${sudo}\``,
  },
  answerInDialog: {
    en: 'answer it in a `dialog` fence after the block, or mark the block `{example}`',
    zh: '在后面的 `dialog` 代码块里回答，或在代码块上写 `{example}`',
  },

  // Why `--fix` leaves a block.
  hasAttribute: {
    en: (name: string) => `the block has \`${name}=\` already`,
    zh: (name: string) => `代码块已有 \`${name}=\``,
  },
  notOnlyCommands: {
    en: 'not every line of the block is a command',
    zh: '代码块里不全是命令',
  },
  hasDialog: {
    en: 'a dialog answers in this block',
    zh: '这个代码块里有对话',
  },
  expandedBefore: {
    en: (text: string) => `\`${text}\` is expanded before \`sudo\`, for the other user`,
    zh: (text: string) => `\`${text}\` 在 \`sudo\` 之前展开，取的是原来那个用户的值`,
  },
  opensBefore: {
    en: (text: string) => `\`${text}\` is opened without \`sudo\``,
    zh: (text: string) => `\`${text}\` 不是由 \`sudo\` 打开的`,
  },
  runsWithout: {
    en: (command: string) =>
      `\`${command}\` in the same block runs without \`sudo\`: split the block`,
    zh: (command: string) => `同一个代码块里的 \`${command}\` 不用 \`sudo\`：请拆成两个代码块`,
  },
  wrapped: {
    en: (command: string) => `\`${command}\` stands before \`sudo\``,
    zh: (command: string) => `\`sudo\` 前面有 \`${command}\``,
  },
  sudoOption: {
    en: (option: string) => `\`sudo ${option}\` does more than change the user`,
    zh: (option: string) => `\`sudo ${option}\` 不只是换用户`,
  },
  severalUsers: {
    en: (one: string, other: string) =>
      `the block runs commands as \`${one}\` and as \`${other}\`: split it`,
    zh: (one: string, other: string) => `代码块里既有 \`${one}\` 又有 \`${other}\` 的命令：请拆开`,
  },
  inOwnFolder: {
    en: (program: string) =>
      `what \`${program}\` does may depend on the folder, and another user starts in another one: write \`dir=\` too`,
    zh: (program: string) =>
      `\`${program}\` 的结果可能取决于当前目录，换了用户，起始目录也不同：请同时写 \`dir=\``,
  },
  twoMachines: {
    en: (one: string, other: string) =>
      `\`${one}\` and \`${other}\` are prompts of two machines: write a block for each, with \`{on=ROLE}\``,
    zh: (one: string, other: string) =>
      `\`${one}\` 和 \`${other}\` 是两台机器的提示符：各写一个代码块，并加上 \`{on=ROLE}\``,
  },
  remarkOrOutput: {
    en: 'a line that starts with `#` may be a remark, output or a command of root',
    zh: '以 `#` 开头的一行，可能是注释、输出，也可能是 root 的命令',
  },
  unreadTranscript: {
    en: 'bash cannot read the commands behind the prompts',
    zh: 'bash 无法解析提示符后面的命令',
  },
  nothingOpensIt: {
    en: 'no command before it opens the program that it is typed into',
    zh: '前面没有打开这个程序的命令',
  },
  fixBreaks: {
    en: 'with the fix the page would have an error',
    zh: '修正之后页面会出错',
  },
  noContentBehind: {
    en: 'no block with the file’s content follows',
    zh: '后面没有文件内容的代码块',
  },
  partOfAFile: {
    en: (path: string) =>
      `the block may be a part of \`${path}\`: write \`{file=${path}}\` for the whole file, with \`edit=section\`, \`edit=line\` or \`edit=block\` for a part`,
    zh: (path: string) =>
      `后面的代码块可能只是 \`${path}\` 的一部分：整个文件写 \`{file=${path}}\`，一部分再加 \`edit=section\`、\`edit=line\` 或 \`edit=block\``,
  },
  notAWholePath: {
    en: (path: string) =>
      `\`${path}\` depends on the folder: write the whole path in \`{file=PATH}\``,
    zh: (path: string) => `\`${path}\` 取决于当前目录：请在 \`{file=PATH}\` 里写完整路径`,
  },
  editorNotLast: {
    en: 'commands follow the editor in its block: split the block',
    zh: '同一个代码块里，编辑器后面还有命令：请拆成两个代码块',
  },
  editorHasAttributes: {
    en: 'the block of the editor has attributes: move them by hand',
    zh: '编辑器所在的代码块有属性：请手动移到后面的代码块',
  },
  rebootNotLast: {
    en: 'other commands stand in its block: give it a block of its own',
    zh: '同一个代码块里还有别的命令：请把它单独写成一个代码块',
  },

  // Secrets.
  inClearText: {
    en: (what: string) => `${what} in clear text`,
    zh: (what: string) => `明文的${what}`,
  },
  valueInClearText: {
    en: (name: string) => `the value of \`${name}\` is in clear text`,
    zh: (name: string) => `\`${name}\` 的值是明文`,
  },
  defaultInClearText: {
    en: (name: string) => `the secret \`${name}\` has a default in clear text`,
    zh: (name: string) => `敏感变量 \`${name}\` 有明文的默认值`,
  },
  removeDefault: {
    en: 'remove `default`: a run asks for the value, or takes `RUNBOOK_VAR_…`',
    zh: '删掉 `default`：运行时会问，或取 `RUNBOOK_VAR_…` 的值',
  },
  declareSecret: {
    en: 'declare it: `vars: { NAME: { secret: true, ask: … } }`, and write `$NAME`',
    zh: '在 front matter 里声明 `vars: { NAME: { secret: true, ask: … } }`，写 `$NAME`',
  },
  privateKey: { en: 'private key', zh: '私钥' },
  keyOf: {
    en: (service: string) => `${service} key`,
    zh: (service: string) => ` ${service} 密钥`,
  },
  tokenOf: {
    en: (service: string) => `${service} token`,
    zh: (service: string) => ` ${service} 令牌`,
  },
  password: { en: 'password', zh: '密码' },

  // Links and the site.
  notFound: {
    en: (path: string) => `no such file: \`${path}\``,
    zh: (path: string) => `文件 \`${path}\` 不存在`,
  },
  noAnchorHere: {
    en: (anchor: string) => `no such anchor on this page: \`#${anchor}\``,
    zh: (anchor: string) => `这一页没有锚点 \`#${anchor}\``,
  },
  noAnchorIn: {
    en: (path: string, anchor: string) => `no such anchor in \`${path}\`: \`#${anchor}\``,
    zh: (path: string, anchor: string) => `\`${path}\` 里没有锚点 \`#${anchor}\``,
  },
  htmlAsText: {
    en: (tag: string) => `the site shows \`<${tag}>\` as text`,
    zh: (tag: string) => `网站会把 \`<${tag}>\` 显示成文字`,
  },
  writeDetails: {
    en: 'write `::: details TITLE` and `:::`',
    zh: '写 `::: details TITLE` 和 `:::`',
  },
  writeMarkdown: {
    en: 'write it in Markdown: `**bold**`, `` `code` ``, a list, a container',
    zh: '用 Markdown 写：`**粗体**`、`` `代码` ``、列表、容器',
  },
  stepInFootnote: {
    en: 'the site has no footnotes: a block in one stops its build',
    zh: '网站没有脚注：脚注里的代码块会让构建失败',
  },
  putWhereItRuns: {
    en: 'put the block where it is to be run',
    zh: '把代码块写在要运行的位置',
  },

  // Annotations of other tools.
  commentOf: {
    en: (tool: string) => `a comment of ${tool} has no effect here`,
    zh: (tool: string) => `${tool} 的注释在这里不起作用`,
  },
  outputWithHoles: {
    en: 'write the expected output in an `output` fence, with `<...>` where it changes',
    zh: '预期的输出写在 `output` 代码块里，会变的部分写 `<...>`',
  },
  exampleOrNeeds: {
    en: 'write `{example}` for `skip`, and `{needs=…}` for conditions',
    zh: '`skip` 写作 `{example}`，条件写作 `{needs=…}`',
  },
  exampleOrHoles: {
    en: 'write `{example}`, or holes in an `output` fence',
    zh: '写 `{example}`，或在 `output` 代码块里写占位',
  },
  exampleOrWhen: {
    en: 'write `{example}` or `{when=…}` on the fence',
    zh: '在代码块上写 `{example}` 或 `{when=…}`',
  },
  exampleOrNocompare: {
    en: 'write `{example}` or `{nocompare}` on the fence',
    zh: '在代码块上写 `{example}` 或 `{nocompare}`',
  },
  componentOf: {
    en: (mark: string) => `\`${mark}\` is a component of Gruntwork Runbooks`,
    zh: (mark: string) => `\`${mark}\` 是 Gruntwork Runbooks 的组件`,
  },
  writeBashFence: { en: 'write a `bash` fence', zh: '写 `bash` 代码块' },
  bashFenceOrCheck: {
    en: 'write a `bash` fence, or a check: `{ensures=…}`',
    zh: '写 `bash` 代码块，或写检查：`{ensures=…}`',
  },
  writeFileBlock: {
    en: 'write a block with `{file=PATH expand}`',
    zh: '写带 `{file=PATH expand}` 的代码块',
  },
  foreignFence: {
    en: (word: string) => `a \`${word}\` block belongs to another tool and is never run here`,
    zh: (word: string) => `\`${word}\` 代码块属于其他工具，在这里不会运行`,
  },
  wordOfTesh: {
    en: (word: string) => `\`${word}\` belongs to tesh and has no effect here`,
    zh: (word: string) => `\`${word}\` 属于 tesh，在这里不起作用`,
  },
  oneShell: {
    en: 'steps of a page share one shell; write `exit=` and `timeout=` in `{…}`',
    zh: '一页的步骤共用一个 shell；`exit=` 和 `timeout=` 写在 `{…}` 里',
  },
  markOfScrut: {
    en: (mark: string) => `\`${mark}\` belongs to scrut and is literal text here`,
    zh: (mark: string) => `\`${mark}\` 属于 scrut，在这里只是普通文字`,
  },
  writeHoles: {
    en: 'write `<...>` for any characters, `<:REGEX>`, `<?>` or `<*>` at the start',
    zh: '任意字符写 `<...>`，也可以写 `<:REGEX>`，或在行首写 `<?>`、`<*>`',
  },
  optionOfByexample: {
    en: 'an option of byexample has no effect here',
    zh: 'byexample 的选项在这里不起作用',
  },
  optionsOnFence: {
    en: 'write `{timeout=…}`, `{nocompare}` or `{example}` on the fence',
    zh: '在代码块上写 `{timeout=…}`、`{nocompare}` 或 `{example}`',
  },
})

/** What a command asks a person, and how to avoid it. */
export const asks = catalogue({
  goesOn: { en: 'asks before it continues', zh: '会先询问再继续' },
  editor: { en: 'opens an editor', zh: '会打开编辑器' },
  prompt: { en: 'opens a prompt of its own', zh: '会打开自己的提示符' },
  shell: {
    en: 'opens a shell, and the rest of the block waits until it exits',
    zh: '会打开一个 shell，代码块里余下的命令要等它退出',
  },
  session: { en: 'opens a session on another host', zh: '会在另一台主机上打开会话' },
  pager: { en: 'waits for a person to page', zh: '会等人翻页' },
  screen: { en: 'shows a screen to a person', zh: '会占用整个屏幕，等人操作' },
  terminal: { en: 'needs a terminal', zh: '需要终端' },
  password: { en: 'asks for a password', zh: '会询问密码' },
  questions: { en: 'asks questions', zh: '会提问' },
  subject: { en: 'asks for the subject', zh: '会询问证书的主题' },
  whatToDo: { en: 'asks what to do', zh: '会询问要做什么' },
  key: {
    en: 'asks where to keep the key and for its passphrase',
    zh: '会询问密钥存放的位置和口令',
  },
  line: { en: 'waits for a line of input', zh: '会等待输入一行' },

  fileBlock: {
    en: 'write the file with a `{file=PATH}` block',
    zh: '用带 `{file=PATH}` 的代码块写这个文件',
  },
  dropIn: {
    en: 'write the drop-in with a `{file=PATH}` block',
    zh: '用带 `{file=PATH}` 的代码块写 drop-in 文件',
  },
  inBashAlready: {
    en: 'remove it: the block already runs in bash',
    zh: '删掉它：代码块本来就在 bash 里运行',
  },
  mysqlPassword: {
    en: 'answer it in a `dialog` fence, or pass `MYSQL_PWD` from a secret variable',
    zh: '在 `dialog` 代码块里回答，或用敏感变量给出 `MYSQL_PWD`',
  },
  chpasswd: {
    en: 'answer it in a `dialog` fence, or pipe into `chpasswd`',
    zh: '在 `dialog` 代码块里回答，或用管道传给 `chpasswd`',
  },
  crontab: {
    en: 'write `crontab FILE`, or pipe into `crontab -`',
    zh: '写 `crontab FILE`，或用管道传给 `crontab -`',
  },
  superuser: {
    en: 'write `createsuperuser --noinput` with `DJANGO_SUPERUSER_*` variables',
    zh: '写 `createsuperuser --noinput`，用 `DJANGO_SUPERUSER_*` 变量给出值',
  },
  partitions: { en: 'write `sfdisk` or `parted -s`', zh: '写 `sfdisk` 或 `parted -s`' },
  patch: {
    en: 'write `patch`, or `apply -f` with a file',
    zh: '写 `patch`，或用文件 `apply -f`',
  },
  onFence: {
    en: (code: string) => `write \`${code}\` on the fence instead`,
    zh: (code: string) => `改为在代码块上写 \`${code}\``,
  },
  sqlBlock: {
    en: (run: string) => `write a \`sql\` block with \`${run}\``,
    zh: (run: string) => `写带 \`${run}\` 的 \`sql\` 代码块`,
  },
  ownLanguage: {
    en: 'give it its commands: `{run=…}` on a block of its language',
    zh: '把它的命令写成一个代码块，用 `{run=…}` 运行',
  },
  asRole: {
    en: 'declare that host as a role and write `{on=ROLE}`',
    zh: '把那台主机声明为角色，写 `{on=ROLE}`',
  },
  withoutTerminal: {
    en: 'remove `-t`, and give the command to run',
    zh: '去掉 `-t`，并写出要运行的命令',
  },
})

/** What a destructive command destroys. */
export const loses = catalogue({
  precious: { en: 'removes what is not temporary', zh: '会删除非临时的文件' },
  device: { en: 'loses what is on the device', zh: '会清除设备上的数据' },
  overwrittenDevice: { en: 'overwrites the device', zh: '会覆盖设备' },
  forGood: { en: 'cannot be undone', zh: '无法恢复' },
  volume: { en: 'loses what is on the volume', zh: '会清除卷上的数据' },
  content: { en: 'loses what is in it', zh: '会清除其中的数据' },
  home: { en: 'removes the home folder', zh: '会删除主目录' },
  database: { en: 'loses the database', zh: '会删除数据库' },
  keys: { en: 'loses all keys', zh: '会清除所有的键' },
  connections: { en: 'cuts every connection, this one too', zh: '会切断所有连接，包括这一个' },
  connection: { en: 'may cut this connection', zh: '可能切断这个连接' },
  firewallRules: { en: 'drops every rule of the firewall', zh: '会清空防火墙规则' },
  dataInVolumes: { en: 'loses the data in volumes', zh: '会清除数据卷' },
  images: {
    en: 'loses images, and volumes with `--volumes`',
    zh: '会清除镜像，带 `--volumes` 时还有数据卷',
  },
  allInIt: { en: 'loses all that is in it', zh: '会清除其中的全部内容' },
  infrastructure: { en: 'takes the infrastructure down', zh: '会销毁整套基础设施' },
  objects: { en: 'loses the objects', zh: '会删除对象' },
  host: { en: 'takes the host down for good', zh: '会关闭主机' },
  pushes: { en: 'overwrites what others have pushed', zh: '会覆盖别人推送的提交' },
  untracked: { en: 'removes files that git does not track', zh: '会删除 git 没有跟踪的文件' },
  data: { en: 'loses data', zh: '会丢失数据' },
})
