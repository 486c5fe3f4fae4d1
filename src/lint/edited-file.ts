/** An editor that is opened, and the block behind it with what is to stand in the file. */

import type { Mend } from '../diagnostic/diagnostic.ts'
import type { Fence } from '../model/fence.ts'
import { fenceKind, isExample } from '../parse/fence-kind.ts'
import { addAttribute, attributeText } from '../parse/info-edits.ts'
import { type Unwrapped, unwrap } from '../parse/unwrap.ts'
import { saysPart } from './edit-words.ts'
import { isContentOf } from './file-content.ts'
import type { LintCommand, LintPage } from './lint-page.ts'
import { messages } from './messages.ts'

/** The file that an editor opens; `undefined` where the command is another one. */
export function editedPath({ program, words }: Unwrapped): string | undefined {
  if (!/^(?:vi|vim|nvim|nano|pico|emacs|joe|gedit)$/.test(program)) return undefined
  const files = words.filter((word) => !/^[-+]/.test(word))
  return files.length === 1 ? files[0] : undefined
}

/** Certain for a whole path, whose block is the whole file as far as page and path say. */
export function editorMend(
  page: LintPage,
  { step, command, reading }: LintCommand,
): Mend | undefined {
  const [simple] = reading.commands
  if (
    (step.kind !== 'shell' && step.kind !== 'console') ||
    !simple ||
    reading.commands.length !== 1
  )
    return undefined
  const unwrapped = unwrap(simple)
  const path = editedPath(unwrapped)
  if (path === undefined) return undefined
  const content = contentBehind(page, step.fence, path)
  if (!content) return { left: messages.noContentBehind }
  if (!/^[/~]/.test(path) || /[$*?`]/.test(path)) return { left: messages.notAWholePath(path) }
  if (step.fence.attributes.length > 0) return { left: messages.editorHasAttributes }
  if (step.commands.at(-1) !== command) return { left: messages.editorNotLast }
  if (isPart(page, step.fence, content, path)) return { left: messages.partOfAFile(path) }
  const isRoot = unwrapped.sudo !== undefined
  const word = attributeText('file', path) + (isRoot ? ' as=root' : '')
  const isAlone = step.commands.length === 1
  return {
    edits: [
      isAlone ? withoutFence(page, step.fence) : withoutLines(page, command),
      addAttribute(content, page.source, word),
    ],
  }
}

/** The next block of the same section, if it is text and stands near. */
function contentBehind({ blocks }: LintPage, fence: Fence, path: string): Fence | undefined {
  const at = blocks.findIndex((block) => block.kind === 'fence' && block.fence === fence)
  const next = blocks[at + 1]
  if (at === -1 || next?.kind !== 'fence' || next.group) return undefined
  const { language, text, span, prefix } = next.fence
  const isNear = span.start.line - fence.span.end.line < 12 && prefix === fence.prefix
  const isScript = text.startsWith('#!')
  const isText = fenceKind(next.fence) === 'prose' && !isExample(next.fence)
  const isShown = isText && language !== 'diff' && isContentOf(path, text)
  return isNear && (isShown || isScript) ? next.fence : undefined
}

// Files that a system or a package brings along: a page rarely gives all of one.
const brought =
  /^(?:\/etc\/(?:profile|bashrc|bash\.bashrc|hosts|hostname|fstab|sudoers|passwd|group|shadow|environment|resolv\.conf|sysctl\.conf|crontab|my\.cnf|exports|login\.defs|locale\.gen|rc\.local|selinux\/config|default\/[\w.-]+|security\/limits\.conf|ssh\/ssh(?:d)?_config|sysconfig\/[\w./-]+|apt\/sources\.list|yum\.conf|pam\.d\/[\w.-]+|.*(?:nginx|httpd|apache2|php|redis|my|mysqld|mariadb|postgresql|pg_hba|mongod|vsftpd|smb|sshd|named|main|zabbix_server|zabbix_agentd|server|elasticsearch|config)\.(?:conf|cnf|ini|ya?ml|cfg|properties|xml|toml))|(?:~|\/root|\/home\/[\w.-]+)\/\.[\w.-]+)$/
function isPart({ source }: LintPage, editor: Fence, content: Fence, path: string): boolean {
  if (brought.test(path)) return true
  if (/^\s*(?:\.\.\.|…|# ?\.\.\.)\s*$/m.test(content.text)) return true
  const lines: string[] = []
  // The paragraph above says what is done in the editor.
  for (let line = editor.span.start.line - 1; line > 0; line--) {
    const text = source.line(line)
    if (/^\s*(?:#|[`~]{3})/.test(text)) break
    if (text.trim() !== '') lines.push(text)
    else if (lines.length > 0) break
  }
  for (let line = editor.span.end.line + 1; line < content.span.start.line; line++)
    lines.push(source.line(line))
  return saysPart(lines.join('\n'))
}

function withoutFence({ source }: LintPage, { span }: Fence) {
  const next = span.end.line + 1
  const isBlank = source.line(next).trim() === '' && next <= source.lineCount
  const start = source.lineStart(span.start.line)
  return { start, end: source.lineStart(isBlank ? next + 1 : next), text: '' }
}

function withoutLines({ source }: LintPage, { span }: LintCommand['command']) {
  return {
    start: source.lineStart(span.start.line),
    end: source.lineStart(span.end.line + 1),
    text: '',
  }
}
