/** Errors in an expected JSON value. */

import { catalogue } from '../model/message.ts'

export const messages = catalogue({
  missing: {
    en: (line: number, wanted: string, before: string) =>
      `line ${line}: ${wanted} is missing before \`${before}\``,
    zh: (line: number, wanted: string, before: string) =>
      `第 ${line} 行的 \`${before}\` 之前缺少${wanted}`,
  },
  missingAtEnd: {
    en: (line: number, wanted: string) => `line ${line}: ${wanted} is missing at the end`,
    zh: (line: number, wanted: string) => `第 ${line} 行的末尾缺少${wanted}`,
  },
  more: {
    en: (line: number, more: string) => `line ${line}: \`${more}\` follows the value`,
    zh: (line: number, more: string) => `第 ${line} 行：值之后有多余的 \`${more}\``,
  },
  tooDeep: {
    en: (line: number, most: number) => `line ${line}: it nests deeper than ${most} levels`,
    zh: (line: number, most: number) => `第 ${line} 行：嵌套超过 ${most} 层`,
  },
  aValue: { en: 'a value', zh: '值' },
  aName: { en: 'a name in quotes', zh: '带引号的名称' },
  aText: { en: 'the closing quote', zh: '结束的引号' },
  aHole: { en: 'a hole such as `<...>` or a declared name', zh: '占位，如 `<...>` 或声明过的名称' },
  mark: { en: (mark: string) => `\`${mark}\``, zh: (mark: string) => ` \`${mark}\`` },
  either: {
    en: (one: string, other: string) => `\`${one}\` or \`${other}\``,
    zh: (one: string, other: string) => ` \`${one}\` 或 \`${other}\``,
  },
})
