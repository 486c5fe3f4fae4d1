/** Texts of an exported script or page, and why something cannot be exported. */

import { catalogue } from '../model/message.ts'

/** Shell variables that `bash-runtime.ts` reads. */
export const scriptWords = catalogue({
  passed: { en: 'passed', zh: '通过' },
  skipped: { en: 'skipped', zh: '跳过' },
  done: { en: 'already done', zh: '已经完成' },
  failed: { en: 'failed', zh: '失败' },
  again: { en: 'trying again', zh: '重试' },
  status: { en: 'exit status', zh: '退出状态' },
  answer: { en: 'done? [y/N] ', zh: '做好了吗？[y/N] ' },
  typeName: { en: 'type the name of the step to run it: ', zh: '输入步骤名才会运行: ' },
  noTerminal: { en: 'there is no terminal to ask at', zh: '没有终端，无法询问' },
  noArguments: {
    en: 'the script takes no arguments; RUNBOOK_VAR_NAME gives a value, --help says more',
    zh: '这个脚本不接受参数；用 RUNBOOK_VAR_NAME 给出变量的值，--help 查看说明',
  },
  saysYes: { en: 'RUNBOOK_YES=1 confirms it', zh: '设置 RUNBOOK_YES=1 可以确认' },
  saysDanger: {
    en: 'RUNBOOK_ALLOW_DANGER=1 allows it',
    zh: '设置 RUNBOOK_ALLOW_DANGER=1 可以允许',
  },
  noValue: { en: 'has no value; set', zh: '没有值；请设置' },
  wrongValue: { en: 'does not match its pattern', zh: '与要求的格式不符' },
})

export const messages = catalogue({
  origin: {
    en: (file: string, tool: string) => `Made from ${file} by ${tool}. It does not need runbook.`,
    zh: (file: string, tool: string) => `由 ${tool} 从 ${file} 导出，运行时不需要 runbook。`,
  },
  oneShell: {
    en: 'The steps run in order, in this one shell, from the current folder; the first failure ends them.',
    zh: '步骤在同一个 shell 里依次运行，从当前目录开始；第一个失败会结束运行。',
  },
  values: {
    en: 'RUNBOOK_VAR_NAME gives the variable NAME a value. RUNBOOK_YES=1 confirms manual steps, RUNBOOK_ALLOW_DANGER=1 dangerous ones.',
    zh: 'RUNBOOK_VAR_NAME 给变量 NAME 一个值。RUNBOOK_YES=1 确认人工步骤，RUNBOOK_ALLOW_DANGER=1 确认危险步骤。',
  },
  secretsOf: {
    en: (names: string) =>
      `Secrets: ${names}. They are typed unseen or come from RUNBOOK_VAR_NAME, and every command gets them in its environment. Each step's output is shown when the step has ended, with their values as ***; encoded values are not found. Programs in the background show nothing.`,
    zh: (names: string) =>
      `敏感变量：${names}。输入时不显示，或来自 RUNBOOK_VAR_NAME，每条命令都能从环境变量里读到。每一步结束后才显示输出，其中的值换成 ***；编码过的值无法识别。后台程序不显示输出。`,
  },
  noLimits: {
    en: 'Time limits of steps are not kept.',
    zh: '不包含步骤的时间限制。',
  },
  needsPages: {
    en: (pages: string) => `First do ${pages}.`,
    zh: (pages: string) => `请先完成 ${pages}。`,
  },
  line: { en: (line: number) => `line ${line}`, zh: (line: number) => `第 ${line} 行` },

  // Steps that a person must do.
  byHand: {
    en: (why: string) => `by hand: ${why}`,
    zh: (why: string) => `需要手动完成：${why}`,
  },
  dialog: { en: 'it types answers into a program', zh: '它要在程序里输入回答' },
  endsShell: {
    en: (word: string) => `\`${word}\` would end the whole script`,
    zh: (word: string) => `\`${word}\` 会结束整个脚本`,
  },
  reboot: { en: 'it restarts the machine', zh: '它会重新启动机器' },
  otherRole: {
    en: (role: string) => `it runs on another host, \`${role}\``,
    zh: (role: string) => `它在另一台主机 \`${role}\` 上运行`,
  },
  edit: {
    en: (edit: string) => `it changes a part of a file (\`edit=${edit}\`)`,
    zh: (edit: string) => `它只修改文件的一部分（\`edit=${edit}\`）`,
  },
  check: {
    en: (check: string) => `the check \`${check}\` cannot be written as plain bash`,
    zh: (check: string) => `检查 \`${check}\` 无法写成普通的 bash`,
  },
  captures: {
    en: 'the value that it takes from its output cannot be read with plain bash',
    zh: '普通的 bash 无法从输出里取出它要的值',
  },
  fileOfUser: {
    en: (user: string) => `it writes a file as \`${user}\``,
    zh: (user: string) => `它以 \`${user}\` 的身份写文件`,
  },

  // Steps that run without comparison.
  notCompared: {
    en: 'its output is not compared: the expected output cannot be written as plain bash',
    zh: '不比较它的输出：预期输出无法写成普通的 bash',
  },
  badOutput: { en: 'the output is not what was expected', zh: '输出与预期不符' },
  notHeld: {
    en: (sentence: string) => `does not hold: ${sentence}`,
    zh: (sentence: string) => `条件不成立：${sentence}`,
  },
  notForThisHost: {
    en: (sentence: string) => `not for this host: ${sentence}`,
    zh: (sentence: string) => `不适用于这台主机：${sentence}`,
  },
  otherVariant: { en: 'another variant was taken', zh: '已采用另一种写法' },
  danger: { en: (text: string) => `danger: ${text}`, zh: (text: string) => `危险：${text}` },

  // A page for readers.
  outputOf: {
    en: (platform: string, day: string) => `output on ${platform}, ${day}`,
    zh: (platform: string, day: string) => `${platform} 上的输出，${day}`,
  },
  expected: { en: 'expected output', zh: '预期输出' },
  typed: { en: 'answers to type', zh: '要输入的回答' },
  asUser: { en: (user: string) => `as ${user}`, zh: (user: string) => `以 ${user} 身份` },
  expectedVaries: {
    en: 'expected output; … stands for text that varies',
    zh: '预期输出，… 代表会变的内容',
  },
  onRole: { en: (role: string) => `on: ${role}`, zh: (role: string) => `主机：${role}` },
  inFolder: {
    en: (dir: string) => `in the folder ${dir}`,
    zh: (dir: string) => `在目录 ${dir} 里`,
  },
  needs: { en: (text: string) => `needed: ${text}`, zh: (text: string) => `需要：${text}` },
  onlyIf: { en: (text: string) => `only if: ${text}`, zh: (text: string) => `仅当：${text}` },
  notIf: {
    en: (text: string) => `not needed if: ${text}`,
    zh: (text: string) => `以下成立时不用做：${text}`,
  },
  afterwards: {
    en: (text: string) => `afterwards: ${text}`,
    zh: (text: string) => `完成后：${text}`,
  },
  keepsRunning: { en: 'keeps running', zh: '在后台一直运行' },
  restarts: { en: 'restarts the machine', zh: '会重新启动机器' },
  evenAfterFailure: { en: 'also after a failure', zh: '前面失败也要做' },
  takesBack: { en: 'only to take the page back', zh: '只在撤销时做' },
  mayEndWith: {
    en: (statuses: string) => `may end with exit status ${statuses}`,
    zh: (statuses: string) => `允许的退出状态：${statuses}`,
  },
  isFile: {
    en: (path: string) => `the content of ${path}`,
    zh: (path: string) => `文件 ${path} 的内容`,
  },
  isInFile: {
    en: (path: string) => `a part of ${path}`,
    zh: (path: string) => `文件 ${path} 的一部分`,
  },
  isPatch: {
    en: (path: string) => `a change of ${path}`,
    zh: (path: string) => `对文件 ${path} 的修改`,
  },
  mode: { en: (mode: string) => `mode ${mode}`, zh: (mode: string) => `权限 ${mode}` },
  isInput: {
    en: (command: string) => `the input of: ${command}`,
    zh: (command: string) => `作为这条命令的输入：${command}`,
  },
  hosts: { en: (names: string) => `hosts: ${names}`, zh: (names: string) => `主机：${names}` },
  variable: {
    en: (name: string, value: string) => `$${name}: ${value}`,
    zh: (name: string, value: string) => `$${name}：${value}`,
  },
  ofYourOwn: { en: 'a value of your own', zh: '由你自己给出' },
  tip: { en: 'Tip', zh: '提示' },
  info: { en: 'Info', zh: '说明' },
  note: { en: 'Note', zh: '注意' },
  important: { en: 'Important', zh: '重要' },
  warning: { en: 'Warning', zh: '警告' },
  dangerBox: { en: 'Danger', zh: '危险' },
  caution: { en: 'Caution', zh: '小心' },
  details: { en: 'Details', zh: '详情' },
})

/** The title of a container that gives none. */
export const containerTitles = {
  tip: messages.tip,
  info: messages.info,
  note: messages.note,
  important: messages.important,
  warning: messages.warning,
  danger: messages.dangerBox,
  caution: messages.caution,
  details: messages.details,
}
