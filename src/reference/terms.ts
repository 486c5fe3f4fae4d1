/**
 * Words of the language other than attributes, checks and keys: fences, holes, states. `runbook
 * explain` answers them; the guide has a chapter on each.
 */

export interface TermInfo {
  /** Other spellings, in lower case. */
  readonly also: readonly string[]
  readonly zh: string
  readonly en: string
  readonly example: string | undefined
  /** Chapter of the guide. */
  readonly chapter: string
}

export const termTable: Readonly<Record<string, TermInfo>> = {
  fences: {
    also: ['fence', 'block'],
    zh: '代码块；第一个词决定它是步骤、输出、对话还是只供阅读',
    en: 'code blocks: the first word says whether one is a step, an output, a dialog or prose',
    example: '```bash {#hello}',
    chapter: '02-fences',
  },
  bash: {
    also: ['sh', 'shell', 'zsh'],
    zh: '由 bash 逐条运行的步骤；一页的所有步骤共用一个 shell',
    en: 'a step that bash runs command by command; all steps of a page share one shell',
    example: '```bash {#hello}',
    chapter: '02-fences',
  },
  console: {
    also: ['shellsession', 'shell-session', 'transcript', 'transcripts'],
    zh: '写成终端记录的步骤：提示符后面是命令，下面是它的预期输出',
    en: 'a step as a transcript: a command behind each prompt, its expected output below it',
    example: '```console\n$ echo a\na\n```',
    chapter: '03-commands',
  },
  output: {
    also: ['expected', 'outputs'],
    zh: '前一步应有的输出；空的表示没有输出',
    en: 'what the step before must print; an empty one means: prints nothing',
    example: '```output\nversion <:[\\d.]+>\n```',
    chapter: '04-output',
  },
  holes: {
    also: ['hole', '...', '<...>', '<:re>', '<name>', '<name:re>', '<$name>', '<?>', '<*>'],
    zh: '占位，写在预期输出里：`...` 任意多行，`<...>` 任意字符，`<:RE>` 匹配正则，`<NAME>` 保存为变量，`<$NAME>` 变量的值，行首 `<?>` 可以没有，行首 `<*>` 任意多次',
    en: 'in expected output: `...` any lines, `<...>` any characters, `<:RE>` what matches, `<NAME>` is kept as a variable, `<$NAME>` its value, `<?>` at the start may be missing, `<*>` any number of times',
    example: 'mysql <...> Distrib <:[\\d.]+>',
    chapter: '04-output',
  },
  dialog: {
    also: ['dialogs'],
    zh: '前一步提问时怎样回答，每行 `提示 => 回答`',
    en: 'answers to the questions of the step before, each line `PROMPT => ANSWER`',
    example: '```dialog\nEnter password: => $DB_PASSWORD\n```',
    chapter: '05-dialogs',
  },
  script: {
    also: ['scripts'],
    zh: '带 `run=` 的代码块：内容是这条命令的标准输入',
    en: 'a block with `run=`: it is the standard input of that command',
    example: '```sql {run="mysql -uroot"}',
    chapter: '02-fences',
  },
  patch: {
    also: ['diff', 'patches'],
    zh: '带 `file=` 的 `diff` 代码块：给主机上的文件打补丁，打过就跳过',
    en: 'a `diff` block with `file=`: a patch for a file of the host, skipped where it is applied already',
    example: '```diff {file=/etc/app.conf}',
    chapter: '06-files',
  },
  manual: {
    also: ['- [ ]', 'task'],
    zh: '人工步骤：未勾选的任务，由人完成并确认；没有终端时用 `--yes`',
    en: 'a step for a person: an open task, confirmed by hand; without a terminal by `--yes`',
    example: '- [ ] open port 3306',
    chapter: '02-fences',
  },
  prompts: {
    also: ['prompt'],
    zh: '`console` 代码块里命令前的部分，如 `$ `、`# `、`[root@vm ~]# `；不运行，也不复制',
    en: 'what stands before a command of a `console` block, such as `$ `, `# `, `[root@vm ~]# `; never run, never copied',
    example: '$ echo a',
    chapter: '03-commands',
  },
  commands: {
    also: ['command'],
    zh: '按 bash 的语法读出的一条完整命令，各有退出状态、输出和复制按钮',
    en: "one complete command by bash's grammar, with its own exit status, output and copy button",
    example: undefined,
    chapter: '03-commands',
  },
  steps: {
    also: [],
    zh: '要运行或确认的一件事：一个可运行的代码块，或一个未勾选的任务',
    en: 'one thing to run or to confirm: a runnable block, or an open task',
    example: 'runbook exec page.md#install',
    chapter: '02-fences',
  },
  variants: {
    also: ['variant', 'code-group'],
    zh: '同一步在不同系统上的写法：`code-group` 里的代码块，主机采用第一个 `when=` 成立的',
    en: 'one step for several systems: the blocks of a `code-group`, of which a host takes the first whose `when=` holds',
    example: '::: code-group',
    chapter: '10-variants',
  },
  hosts: {
    also: ['host', 'local'],
    zh: '步骤运行的机器：`local` 是这台电脑，其余是 ssh 配置里的名字',
    en: 'the machine that a step runs on: `local`, or a name of the ssh configuration',
    example: '--host web1',
    chapter: '09-hosts',
  },
  variables: {
    also: ['variable', 'values', 'value'],
    zh: '页面在 `vars:` 里声明、由运行的人给出的值，以环境变量交给命令',
    en: 'values that a page declares in `vars:` and the run supplies, as environment variables',
    example: '--var DB_NAME=shop',
    chapter: '08-variables',
  },
  files: {
    also: [],
    zh: '带 `file=` 的代码块：主机上的文件变成这段内容',
    en: 'a block with `file=`: the file of the host becomes this text',
    example: '```ini {file=/etc/app.ini}',
    chapter: '06-files',
  },
  failures: {
    also: ['failure'],
    zh: '失败的步骤结束运行；`retry`、`always`、`on-error`、`undo` 说明怎样应对',
    en: 'a step that fails ends the run; `retry`, `always`, `on-error` and `undo` say what then',
    example: undefined,
    chapter: '11-failures',
  },
  records: {
    also: ['record', 'recording', '--record'],
    zh: '一页在一个平台上最近一次通过的结果，由 `exec --record` 写在页面旁边并提交',
    en: 'the last result of a page on a platform that passed: `exec --record` writes it beside the page; commit it',
    example: 'runbook/.records/hello/debian-12.json',
    chapter: '12-records',
  },
  journal: {
    also: ['runs'],
    zh: '一次运行的全部事件，存在私有的 `.runbook/runs/` 里',
    en: 'all events of a run, in the private folder `.runbook/runs/`',
    example: 'runbook show',
    chapter: '12-records',
  },
  verified: {
    also: ['partial'],
    zh: '步骤与记录时相同，页面写的就是主机的输出；`partial` 是只有一部分步骤如此',
    en: 'the step is as it was recorded, and the page says what the host printed; `partial`: some steps are',
    example: undefined,
    chapter: '12-records',
  },
  changed: {
    also: ['--update'],
    zh: '主机的输出与页面不同，已用 `--update` 记录；`sync` 会提出修改',
    en: 'the host printed something else, recorded with `--update`; `sync` proposes it',
    example: undefined,
    chapter: '12-records',
  },
  contradicted: {
    also: [],
    zh: '页面的预期输出与记录的输出不符',
    en: "the page's expected output does not match the recorded output",
    example: undefined,
    chapter: '12-records',
  },
  stale: {
    also: [],
    zh: '记录以后步骤本身改过，需要重新运行',
    en: 'the step itself was edited after it was recorded: run it again',
    example: undefined,
    chapter: '12-records',
  },
  never: {
    also: [],
    zh: '在这个平台上没有记录',
    en: 'there is no record on this platform',
    example: undefined,
    chapter: '12-records',
  },
  publishing: {
    also: ['site'],
    zh: '`runbook site` 把页面和记录的输出变成静态网站',
    en: '`runbook site` makes a static site of the pages and their recorded output',
    example: 'runbook site build',
    chapter: '13-publishing',
  },
  ci: {
    also: [],
    zh: '持续集成：每次推送检查页面，定期运行并用拉取请求提出差异',
    en: 'continuous integration: lints at every push, runs by the clock, and proposes the difference',
    example: 'runbook lint --format github',
    chapter: '14-ci',
  },
}
