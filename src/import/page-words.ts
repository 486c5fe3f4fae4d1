/** Words of tutorials that say what a block is. */

const outputWords =
  /output|result|print|return|shows?\b|display|look(?:s|ing)? like|you (?:should|will|may|can) see|respon[ds]|similar to|example|输出|结果|返回|显示|如下|看到|提示|回显/i

/** Whether a text says that what follows was printed. */
export function announcesOutput(text: string): boolean {
  return outputWords.test(text)
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
