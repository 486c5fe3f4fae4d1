import type { Check, Question } from '../model/check.ts'

/** The language that a person reads; code, ids, checks and codes are the same in both. */
export type Lang = 'zh' | 'en'

/** One sentence that says what must hold, for the terminal and for a chip on the site. */
export function checkSentence({ question, negated }: Check, lang: Lang): string {
  const sentence = sentences[lang](question)
  if (!negated) return sentence
  return lang === 'zh' ? `不成立：${sentence}` : `not: ${sentence}`
}

const sentences: Readonly<Record<Lang, (question: Question) => string>> = {
  zh: chinese,
  en: english,
}

function chinese(question: Question): string {
  switch (question.kind) {
    case 'os':
      return `系统是 ${question.id}${question.version === undefined ? '' : ` ${question.version}`}`
    case 'arch':
      return `处理器架构是 ${question.arch}`
    case 'user':
      return `以 ${question.user} 身份登录`
    case 'cmd':
      return `有命令 ${question.name}${question.atLeast === undefined ? '' : `，版本不低于 ${question.atLeast}`}`
    case 'pkg':
      return `已安装软件包 ${question.name}${question.atLeast === undefined ? '' : `，版本不低于 ${question.atLeast}`}`
    case 'file':
      return `文件 ${question.path} 存在`
    case 'dir':
      return `目录 ${question.path} 存在`
    case 'line':
      return `${question.path} 中有一行匹配 /${question.pattern}/`
    case 'port':
      return `端口 ${question.port} 有程序在监听`
    case 'service':
      return `服务 ${question.unit} 正在运行`
    case 'enabled':
      return `服务 ${question.unit} 开机自启动`
    case 'env':
      return `环境变量 ${question.name} 已设置`
    case 'var':
      return `变量 ${question.name} 有值`
    case 'net':
      return `能连上 ${question.host} 的 ${question.port} 端口`
    case 'http':
      return `${question.url} 返回${question.status === undefined ? '成功' : ` ${question.status}`}`
    case 'disk':
      return `${question.path} 至少有 ${size(question.bytes)} 空闲`
    case 'mem':
      return `内存至少 ${size(question.bytes)}`
    case 'step':
      return `${/\.md$/i.test(question.id) ? '页面' : '步骤'} ${question.id} 已完成`
    case 'sh':
      return `命令 ${question.command} 成功`
    default:
      return question satisfies never
  }
}

function english(question: Question): string {
  switch (question.kind) {
    case 'os':
      return `the system is ${question.id}${question.version === undefined ? '' : ` ${question.version}`}`
    case 'arch':
      return `the processor is ${question.arch}`
    case 'user':
      return `logged in as ${question.user}`
    case 'cmd':
      return `the command ${question.name} is there${question.atLeast === undefined ? '' : `, version ${question.atLeast} or newer`}`
    case 'pkg':
      return `the package ${question.name} is installed${question.atLeast === undefined ? '' : `, version ${question.atLeast} or newer`}`
    case 'file':
      return `the file ${question.path} exists`
    case 'dir':
      return `the folder ${question.path} exists`
    case 'line':
      return `a line of ${question.path} matches /${question.pattern}/`
    case 'port':
      return `somebody listens on port ${question.port}`
    case 'service':
      return `the service ${question.unit} is active`
    case 'enabled':
      return `the service ${question.unit} starts at boot`
    case 'env':
      return `the environment variable ${question.name} is set`
    case 'var':
      return `the variable ${question.name} has a value`
    case 'net':
      return `port ${question.port} of ${question.host} can be reached`
    case 'http':
      return `${question.url} answers${question.status === undefined ? '' : ` ${question.status}`}`
    case 'disk':
      return `${question.path} has ${size(question.bytes)} free`
    case 'mem':
      return `the memory is ${size(question.bytes)} or more`
    case 'step':
      return `the ${/\.md$/i.test(question.id) ? 'page' : 'step'} ${question.id} has passed`
    case 'sh':
      return `the command ${question.command} succeeds`
    default:
      return question satisfies never
  }
}

function size(bytes: number): string {
  return bytes >= 1024 ** 3
    ? `${+(bytes / 1024 ** 3).toFixed(1)}G`
    : `${+(bytes / 1024 ** 2).toFixed(1)}M`
}
