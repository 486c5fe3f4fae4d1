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

  // A page as HTML.
  outputOf: {
    en: (platform: string, day: string) => `output on ${platform}, ${day}`,
    zh: (platform: string, day: string) => `${platform} 上的输出，${day}`,
  },
  expected: { en: 'expected output', zh: '预期输出' },
  typed: { en: 'answers to type', zh: '要输入的回答' },
  asUser: { en: (user: string) => `as ${user}`, zh: (user: string) => `以 ${user} 身份` },
})
