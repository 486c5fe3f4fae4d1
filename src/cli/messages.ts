/** Texts of the command line itself. */

import { catalogue } from '../model/message.ts'

export const messages = catalogue({
  ownFault: {
    en: 'this is a fault of runbook itself: please report it with the lines above',
    zh: '这是 runbook 自身的故障：请附上以上内容报告',
  },
  portForm: { en: 'a port is a number from 1 to 65535', zh: '端口是 1 到 65535 的整数' },

  // `runbook` alone, at a terminal.
  hintPlan: { en: 'what would happen; runs no step', zh: '看看会做什么，不运行任何步骤' },
  hintExec: {
    en: 'run it on this computer; `--host HOST` for another',
    zh: '在这台电脑上运行；`--host HOST` 换一台主机',
  },
  hintSite: { en: 'read it in a browser', zh: '在浏览器里阅读' },
  hintHelp: { en: 'all commands', zh: '全部命令' },
})

/** Translations of commander's errors; the English texts are its own. */
export const usage = catalogue({
  missingArgument: {
    en: (name: string) => `missing required argument '${name}'`,
    zh: (name: string) => `缺少参数 \`${name}\``,
  },
  optionWithoutValue: {
    en: (option: string) => `option '${option}' argument missing`,
    zh: (option: string) => `选项 \`${option}\` 缺少值`,
  },
  missingOption: {
    en: (option: string) => `required option '${option}' not specified`,
    zh: (option: string) => `缺少选项 \`${option}\``,
  },
  conflict: {
    en: (option: string, other: string) =>
      `option '${option}' cannot be used with option '${other}'`,
    zh: (option: string, other: string) => `选项 \`${option}\` 不能与 \`${other}\` 同时使用`,
  },
  unknownOption: {
    en: (option: string) => `unknown option '${option}'`,
    zh: (option: string) => `不认识的选项 \`${option}\``,
  },
  unknownCommand: {
    en: (name: string) => `unknown command '${name}'`,
    zh: (name: string) => `不认识的命令 \`${name}\``,
  },
  tooMany: {
    en: (command: string, expected: string, got: string) =>
      `too many arguments for '${command}'. Expected ${expected} but got ${got}.`,
    zh: (command: string, expected: string, got: string) =>
      `\`${command}\` 的参数太多：最多 ${expected} 个，给了 ${got} 个`,
  },
  wrongValue: {
    en: (option: string, value: string, form: string) =>
      `option '${option}' argument '${value}' is invalid. ${form}`,
    zh: (option: string, value: string, form: string) =>
      `选项 \`${option}\` 的值 \`${value}\` 不对：${form}`,
  },
  choices: {
    en: (all: string) => `Allowed choices are ${all}.`,
    zh: (all: string) => `可以是 ${all}`,
  },
  other: {
    en: (english: string) => english,
    zh: (english: string) => `命令的用法不对：“${english}”`,
  },
})
