/** Texts around the entries of the reference. */

import { catalogue } from '../model/message.ts'

export const kindNames = catalogue({
  attribute: { en: 'attribute', zh: '属性' },
  check: { en: 'check', zh: '检查' },
  'front-matter': { en: 'front-matter key', zh: 'front matter 键' },
  config: { en: 'runbook.yml key', zh: 'runbook.yml 的键' },
  term: { en: 'word', zh: '词' },
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
  also: { en: 'also', zh: '又作' },
  guide: { en: 'guide', zh: '指南' },
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
  config: { en: 'runbook.yml', zh: 'runbook.yml' },
  term: { en: 'Words', zh: '词' },
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
  config: {
    en: "The project's settings, in its root. Every key may be missing; an unknown key or a wrong value is an error at its line. Your own file of the same shape is `~/.config/runbook/config.yml`.",
    zh: '项目的设置，放在项目的根目录。每个键都可以省略；不认识的键和写错的值是错误，并指出所在的行。你自己的设置写在 `~/.config/runbook/config.yml`，格式相同。',
  },
  term: {
    en: 'What the guide speaks of, and is no attribute, check or key.',
    zh: '指南里用到的、不是属性、检查或键的词。',
  },
  code: {
    en: 'Every problem that `runbook lint` and `runbook exec` report.',
    zh: '`runbook lint` 与 `runbook exec` 报告的每一种问题。',
  },
})
