/** Words of tutorials that say what a block is. */

const outputWords =
  /output|result|print|return|shows?\b|display|look(?:s|ing)? like|you (?:should|will|may|can) see|respon[ds]|similar to|example|输出|结果|返回|显示|如下|看到|提示|回显/i

/** Whether a text says that what follows was printed. */
export function announcesOutput(text: string): boolean {
  return outputWords.test(text)
}

/** Whether a Chinese text says so without a colon: `看到如下输出说明成功`. */
export function promisesOutput(text: string): boolean {
  return /(?:如下|以下|下面|类似)[^。，]{0,8}(?:输出|结果|内容|信息|提示|字样)|(?:输出|结果|显示)(?:如下|为)/.test(
    text,
  )
}

/** What numbers and bullets start a line: `1、`, `(2)`, `* `, `一、`. */
export const listMark =
  /^(?:[*•·●-]\s+|\d+[、)）]\s*|\d+\.\s+|[（(](?:\d+|[一二三四五六七八九十]+)[)）]\s*|[一二三四五六七八九十]+[、.]\s*)/

/** A remark behind a command: in brackets, or in Chinese. */
const remarkBehind =
  /(?:\s*[（(](?=[^)）]*\p{Script=Han})|\s+(?=[-–—]*[A-Za-z]?\p{Script=Han})|(?<=[A-Za-z])(?=\p{Script=Han}))/u

/** Splits what a person wrote on one line into the command and the words behind it. */
export function withoutRemark(text: string): readonly [command: string, remark: string] {
  const quoted = text.replaceAll(/'[^']*'|"[^"]*"/g, (part) => 'x'.repeat(part.length))
  const at = remarkBehind.exec(quoted)?.index ?? -1
  // Behind `#` it is a remark already.
  if (at <= 0 || /\s#/.test(quoted.slice(0, at))) return [text.trim(), '']
  const command = text.slice(0, at).trim()
  const word = /\S+$/.exec(command)?.[0] ?? ''
  const isGlued = /^\p{Script=Han}/u.test(text.slice(at))
  // `-m 描述` and `/tmp/压缩包名` are arguments.
  if (/^-[A-Za-z]$/.test(word) && !isGlued && !/^[（(]/.test(text.slice(at).trim()))
    return [text.trim(), '']
  if (isGlued && /[/=:@]/.test(word) && !/\.[a-z]{1,4}$/.test(word)) return [text.trim(), '']
  return [command, text.slice(at).trim()]
}

export function hasChinese(text: string): boolean {
  return /\p{Script=Han}/u.test(text)
}

/** Whether a text says that what follows is typed. */
export function announcesCommand(text: string): boolean {
  return /(?:执行|运行|命令|输入|键入|敲入)[^。；]{0,12}[：:]?\s*$|\b(?:run|execute|type|enter|commands?)\b[^.]{0,40}:\s*$/i.test(
    text,
  )
}

/** Whether a line has the shape of a command: small words, options and paths, no sentence. */
export function mayBeCommand(line: string): boolean {
  return (
    /^[a-z][\w.+-]*(?: [\x21-\x7e]+){0,12}$/.test(line) &&
    !/(?:^|[a-z ])[.,:!?]$|^\S+ ?[:=]|^\S+ is /.test(line)
  )
}

/** Whether a line of such a shape has what only commands have: an option, a path, a pipe, a verb. */
export function looksTyped(line: string): boolean {
  return (
    mayBeCommand(line) &&
    (/ -{1,2}[A-Za-z]| [~.]?\/[\w.]| (?:\||&&|>>?|<) /.test(line) ||
      /^[\w.-]+ (?:start|stop|restart|reload|status|install|init|build|deploy|up|down|version|list)$/.test(
        line,
      ))
  )
}

/** The one file that the last words before a block name. */
export function namedFile(above: string): string | undefined {
  const words =
    above
      .trim()
      .split(/\n\s*\n/)
      .at(-1) ?? ''
  const found = [
    ...words.matchAll(
      /(?<![\w.:/~-])(?:~|\.{1,2})?\/[\w.@-]+(?:\/[\w.@-]+)*(?![\w/])|(?<![\w./-])[\w-]+\.(?:conf|cfg|cnf|ini|ya?ml|json|properties|env|toml|xml|repo|service)\b/g,
    ),
  ].map(([path]) => path.replace(/\.$/, ''))
  const [path, ...others] = new Set(found)
  return others.length === 0 ? path : undefined
}

/** Whether a text tells a person to write into a file. */
export function saysEdit(text: string): boolean {
  return /编辑|修改|打开|写入|加入|添加|追加|创建|新建|新增|配置文件|内容(?:如下|为)|改为|改成|\b(?:edit|open|creat|add|append|put|paste|change|modif|set|writ|save|insert|replac)\w*\b|\b(?:contents?|configuration) of\b/i.test(
    text,
  )
}
