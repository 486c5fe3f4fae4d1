/** Why a page or a project cannot be published. The site's own texts are in `words.ts`. */

import { catalogue } from '../model/message.ts'

export const messages = catalogue({
  at: {
    en: (place: string, problem: string) => `${place}: ${problem}`,
    zh: (place: string, problem: string) => `${place}：${problem}`,
  },
  diagnostic: {
    en: (place: string, label: string, problem: string) => `${place}: ${label}${problem}`,
    zh: (place: string, label: string, problem: string) => `${place}：${label}${problem}`,
  },
  withHelp: {
    en: (problem: string, help: string) => `${problem} (${help})`,
    zh: (problem: string, help: string) => `${problem}（${help}）`,
  },

  // Pages.
  noPages: {
    en: (folder: string) =>
      `no pages in \`${folder}\`: a page is a Markdown file, \`NAME.md\`; \`runbook init\` writes a first one`,
    zh: (folder: string) =>
      `\`${folder}\` 里没有页面：页面是 Markdown 文件 \`NAME.md\`；\`runbook init\` 会写好第一个`,
  },
  includes: {
    en: (mark: string) => `\`${mark}\` includes another file`,
    zh: (mark: string) => `不允许引入外部文件：\`${mark}\``,
  },
  markOfBuilder: {
    en: (mark: string) => `\`${mark}\` is a mark of the site's builder`,
    zh: (mark: string) => `\`${mark}\` 是网站构建工具自己的标记`,
  },
  matterWouldRun: {
    en: (language: string) => `front matter in \`${language}\` would be run: write YAML`,
    zh: (language: string) => `\`${language}\` 形式的 front matter 会被执行：请写 YAML`,
  },
  noFence: {
    en: (what: string) => `parser drift: VitePress sees no fence where ${what} begins`,
    zh: (what: string) => `两个解析器不一致：VitePress 在${what}开始的位置没有看到代码块`,
  },
  otherText: {
    en: (what: string) => `parser drift: VitePress reads other text in ${what}`,
    zh: (what: string) => `两个解析器不一致：VitePress 在${what}里读到的内容不同`,
  },
  theStep: {
    en: (id: string) => `step \`${id}\``,
    zh: (id: string) => `步骤 \`${id}\` `,
  },
  theOutput: { en: 'the output', zh: '输出' },
  noDialog: {
    en: 'parser drift: VitePress sees no dialog here',
    zh: '两个解析器不一致：VitePress 在这里没有看到对话',
  },
  noStep: {
    en: 'parser drift: VitePress sees a shell block that is not a step',
    zh: '两个解析器不一致：VitePress 看到的 shell 代码块不是步骤',
  },
  noTask: {
    en: 'parser drift: VitePress sees no open list item here',
    zh: '两个解析器不一致：VitePress 在这里没有看到未完成的任务',
  },
  otherPage: {
    en: 'the page on disk is not the text that is rendered',
    zh: '磁盘上的页面与正在渲染的内容不同',
  },
  matterNotPlain: {
    en: (value: string, key: string, why: string) =>
      `front matter is plain text: \`${value}\` in \`${key}\` ${why}`,
    zh: (value: string, key: string, why: string) =>
      `front matter 只能是纯文本：\`${key}\` 里的 \`${value}\` ${why}`,
  },
  notALayout: {
    en: 'is none of `doc`, `home`, `page`, `false`',
    zh: '不是 `doc`、`home`、`page`、`false` 之一',
  },
  isMarkup: { en: 'is markup', zh: '是标记语言' },
  moreThanAWord: { en: 'is more than a word', zh: '不止一个词' },
  leadsNowhere: { en: 'is markup: no page may lead there', zh: '是标记语言：页面不能指向那里' },
  notAnImageAddress: {
    en: 'is markup: it is not the address of an image',
    zh: '是标记语言：它不是图片的地址',
  },
  refusedScheme: {
    en: (link: string) => `the link \`${link}\` has a scheme that no page may lead to`,
    zh: (link: string) => `页面不能使用链接 \`${link}\` 的协议`,
  },
  wrongPageName: {
    en: (name: string) =>
      `${name}: the name of a page holds no \`[word]\`, \`<\`, \`>\`, \`"\`, \`\\\` and no control character`,
    zh: (name: string) =>
      `${name}：页面的文件名里不能有 \`[word]\`、\`<\`、\`>\`、\`"\`、\`\\\` 和控制字符`,
  },

  // Files.
  theImage: {
    en: (target: string) => `the image \`${target}\``,
    zh: (target: string) => `图片 \`${target}\` `,
  },
  notAFileOrAddress: {
    en: (name: string) => `${name} is not a file and not a web address`,
    zh: (name: string) => `${name}不是文件，也不是网址`,
  },
  hasQuery: {
    en: (name: string) => `${name} has a query: name the file alone`,
    zh: (name: string) => `${name}带有查询参数：只写文件名`,
  },
  notAPath: {
    en: (name: string) => `${name} is not a path`,
    zh: (name: string) => `${name}不是路径`,
  },
  notThere: {
    en: (name: string) => `${name} is not there`,
    zh: (name: string) => `${name}不存在`,
  },
  notInPublic: {
    en: (name: string) => `${name} is not in \`public/\`: name it from the page, as \`./a.png\``,
    zh: (name: string) => `${name}不在 \`public/\` 里：从页面写起，如 \`./a.png\``,
  },
  tooLarge: {
    en: (name: string, mebibytes: number) => `${name} is larger than ${mebibytes} MiB`,
    zh: (name: string, mebibytes: number) => `${name}超过 ${mebibytes} MiB`,
  },
  outside: {
    en: (name: string) => `${name} is outside the project`,
    zh: (name: string) => `${name}在项目之外`,
  },
  neverPublished: {
    en: (name: string, folder: string) => `${name} is in \`${folder}\`, which is never published`,
    zh: (name: string, folder: string) => `${name}在不发布的 \`${folder}\` 里`,
  },
  wrongType: {
    en: (name: string, types: string) => `${name} is none of ${types}`,
    zh: (name: string, types: string) => `${name}不是 ${types} 之一`,
  },
  notRegular: {
    en: (name: string) => `${name} is not a regular file`,
    zh: (name: string) => `${name}不是普通文件`,
  },
  theFile: { en: (path: string) => `\`${path}\``, zh: (path: string) => `\`${path}\` ` },
  thePages: {
    en: (folder: string) => `the folder of the pages, \`${folder}\`,`,
    zh: (folder: string) => `页面目录 \`${folder}\` `,
  },
  notAFolder: {
    en: (path: string, folder: string) => `\`${path}\` in \`${folder}\` is not a folder`,
    zh: (path: string, folder: string) => `\`${folder}\` 里的 \`${path}\` 不是目录`,
  },
  noFolder: {
    en: (folder: string) => `no such folder: \`${folder}\``,
    zh: (folder: string) => `目录 \`${folder}\` 不存在`,
  },
  pagesOutside: {
    en: (folder: string, root: string) =>
      `the folder of the pages, \`${folder}\`, is outside the project \`${root}\``,
    zh: (folder: string, root: string) => `页面目录 \`${folder}\` 在项目 \`${root}\` 之外`,
  },

  // The site's folder and its server.
  serverEnded: {
    en: (status: string) => `the server ended with ${status}`,
    zh: (status: string) => `服务器提前结束：${status}`,
  },
  aSignal: { en: 'a signal', zh: '收到信号' },
  notBuilt: {
    en: (folder: string) =>
      `no site in \`${folder}\` yet: build it first with \`runbook site build\``,
    zh: (folder: string) => `\`${folder}\` 里还没有网站：先用 \`runbook site build\` 构建`,
  },
  outIsLink: {
    en: (folder: string) =>
      `\`${folder}\` is a link: remove it, or name the folder of the site with \`--out\``,
    zh: (folder: string) => `\`${folder}\` 是链接：删除它，或用 \`--out\` 指定网站的目录`,
  },
  outHoldsProject: {
    en: (out: string) => `a site cannot be written to \`${out}\`: the project is in it`,
    zh: (out: string) => `不能把网站写到 \`${out}\`：项目在它里面`,
  },
  outLeadsOut: {
    en: (out: string) => `a site cannot be written to \`${out}\`: a link leads out of the project`,
    zh: (out: string) => `不能把网站写到 \`${out}\`：链接指向项目之外`,
  },
  outNotEmpty: {
    en: (out: string) =>
      `\`${out}\` is not empty and holds no site: name another folder, or empty it`,
    zh: (out: string) => `\`${out}\` 不是空的，里面也不是网站：换一个目录，或清空它`,
  },
  portInUse: {
    en: (port: number) => `port ${port} is in use: choose another with \`--port\``,
    zh: (port: number) => `端口 ${port} 已被占用：用 \`--port\` 换一个`,
  },
  portNeedsRoot: {
    en: (port: number) => `port ${port} needs root's rights: choose one above 1023 with \`--port\``,
    zh: (port: number) => `端口 ${port} 需要 root 权限：用 \`--port\` 选 1023 以上的`,
  },
})
