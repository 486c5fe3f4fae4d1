/** Why a file of a project is not read or written. */

import { catalogue } from '../model/message.ts'

export const messages = catalogue({
  ofGit: {
    en: (path: string, real: string) => `\`${path}\` leads to \`${real}\`, which is git's own`,
    zh: (path: string, real: string) => `\`${path}\` 指向 git 自己的文件 \`${real}\``,
  },
  outside: {
    en: (path: string, real: string, root: string) =>
      `\`${path}\` leads to \`${real}\`, which is not in the project \`${root}\``,
    zh: (path: string, real: string, root: string) =>
      `\`${path}\` 指向 \`${real}\`，不在项目 \`${root}\` 里`,
  },
  ownFilesOnly: {
    en: 'a project reads and writes its own files only: put the file itself there',
    zh: '项目只读写自己的文件：请把文件本身放进项目',
  },
  unusable: {
    en: (path: string, why: string) => `\`${path}\` cannot be used: ${why}`,
    zh: (path: string, why: string) => `无法使用 \`${path}\`：${why}`,
  },
  linkToNowhere: { en: 'it is a link that leads nowhere', zh: '它是悬空的链接' },
  notRegular: {
    en: (path: string) => `\`${path}\` is not a regular file`,
    zh: (path: string) => `\`${path}\` 不是普通文件`,
  },
  tooLarge: {
    en: (path: string, mebibytes: number) => `\`${path}\` is larger than ${mebibytes} MiB`,
    zh: (path: string, mebibytes: number) => `\`${path}\` 超过 ${mebibytes} MiB`,
  },
})
