/** Sentences that diagnostics of every folder use. */

import { catalogue } from '../model/message.ts'

export const shared = catalogue({
  didYouMean: {
    en: (name: string) => `did you mean \`${name}\`?`,
    zh: (name: string) => `是否想写 \`${name}\`？`,
  },
  write: {
    en: (code: string) => `write \`${code}\``,
    zh: (code: string) => `写 \`${code}\``,
  },
  remove: { en: 'remove it', zh: '删掉它' },
  declareRole: {
    en: (role: string) => `declare it: \`roles: { ${role}: … }\``,
    zh: (role: string) => `在 front matter 里声明：\`roles: { ${role}: … }\``,
  },
  declareVariable: {
    en: (name: string) => `declare it: \`vars: { ${name}: … }\``,
    zh: (name: string) => `在 front matter 里声明：\`vars: { ${name}: … }\``,
  },
  declareAsked: {
    en: (name: string) => `declare it: \`vars: { ${name}: { ask: … } }\``,
    zh: (name: string) => `在 front matter 里声明：\`vars: { ${name}: { ask: … } }\``,
  },
  writeAndDeclare: {
    en: (name: string) =>
      `write \`$${name}\` and declare it in the front matter: \`vars: { ${name}: { ask: … } }\``,
    zh: (name: string) =>
      `写 \`$${name}\`，并在 front matter 里声明：\`vars: { ${name}: { ask: … } }\``,
  },
  transcript: {
    en: 'a block with prompts and output is a transcript: name it `console`',
    zh: '带提示符和输出的代码块要用 `console`',
  },
  shownOnly: {
    en: 'name a block that is only shown `text`, or mark it `{example}`',
    zh: '只用来展示的代码块写 `text`，或加上 `{example}`',
  },
})

/** Labels by severity. */
export const labels = catalogue({
  error: { en: 'error', zh: '错误' },
  warning: { en: 'warning', zh: '警告' },
  hint: { en: 'hint', zh: '提示' },
  note: { en: 'note', zh: '说明' },
  help: { en: 'help', zh: '建议' },
  before: { en: (label: string) => `${label}: `, zh: (label: string) => `${label}：` },
})

export const counts = catalogue({
  errors: {
    en: (count: number) => `${count} error${count === 1 ? '' : 's'}`,
    zh: (count: number) => `${count} 个错误`,
  },
  warnings: {
    en: (count: number) => `${count} warning${count === 1 ? '' : 's'}`,
    zh: (count: number) => `${count} 个警告`,
  },
  hints: {
    en: (count: number) => `${count} hint${count === 1 ? '' : 's'}`,
    zh: (count: number) => `${count} 个提示`,
  },
  inPages: {
    en: (found: string, pages: number) => `${found} in ${pages} page${pages === 1 ? '' : 's'}`,
    zh: (found: string, pages: number) => `${pages} 页：${found}`,
  },
  fixable: {
    en: (found: string, count: number) => `${found} (${count} can be fixed with --fix)`,
    zh: (found: string, count: number) => `${found}（\`--fix\` 可以修正 ${count} 个）`,
  },
  fixed: {
    en: (found: string, count: number) => `${found}, ${count} fixed`,
    zh: (found: string, count: number) => `${found}，已修正 ${count} 个`,
  },
  nothingRun: {
    en: (found: string) => `${found}; nothing was run`,
    zh: (found: string) => `${found}；什么都没有运行`,
  },
})

/** Beside a diagnostic. */
export const drawn = catalogue({
  notFixed: {
    en: (why: string) => `not fixed: ${why}`,
    zh: (why: string) => `没有自动修正：${why}`,
  },
})
