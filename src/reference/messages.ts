/** Texts around the entries of the reference. */

import { catalogue } from '../model/message.ts'

export const kindNames = catalogue({
  attribute: { en: 'attribute', zh: '属性' },
  check: { en: 'check', zh: '检查' },
  'front-matter': { en: 'front-matter key', zh: 'front matter 键' },
  code: { en: 'diagnostic', zh: '诊断' },
})

export const labels = catalogue({
  type: { en: 'type', zh: '类型' },
  on: { en: 'on', zh: '用在' },
  severity: { en: 'severity', zh: '程度' },
  name: { en: 'name', zh: '名称' },
  why: { en: 'why', zh: '原因' },
  fix: { en: 'fix', zh: '改法' },
  usage: { en: 'usage', zh: '写法' },
  example: { en: 'example', zh: '例子' },
})

export const severities = catalogue({
  error: { en: 'error', zh: '错误' },
  warning: { en: 'warning', zh: '警告' },
  hint: { en: 'hint', zh: '提示' },
})

/** Titles and introductions of the reference's pages. */
export const titles = catalogue({
  attribute: { en: 'Attributes', zh: '属性' },
  check: { en: 'Checks', zh: '检查' },
  'front-matter': { en: 'Front matter', zh: 'Front matter' },
  code: { en: 'Diagnostics', zh: '诊断' },
})

export const abouts = catalogue({
  attribute: {
    en: "Written in the `{…}` after a fence's language.",
    zh: '写在代码块语言后面的 `{…}` 里。',
  },
  check: {
    en: 'Written in `needs`, `when`, `unless`, `ensures` and `ready`; `!` negates.',
    zh: '写在 `needs`、`when`、`unless`、`ensures` 与 `ready` 里；`!` 表示不成立。',
  },
  'front-matter': {
    en: 'The YAML between two lines of `---` at the start of a page.',
    zh: '页面开头两行 `---` 之间的 YAML。',
  },
  code: {
    en: 'Every problem that `runbook lint` and `runbook exec` report.',
    zh: '`runbook lint` 与 `runbook exec` 报告的每一种问题。',
  },
})
