import { expect, test } from 'vitest'
import { parseRunbook } from '../../src/parse/parse-runbook.ts'

/** Each command's text, and what stands on the page at its place. */
function commandsOf(page: string) {
  const text = page.replace(/^\uFEFF/, '')
  return parseRunbook('page.md', page).runbook.steps.flatMap((step) =>
    'commands' in step
      ? step.commands.map(({ text: command, span: { start, end } }) => [
          command,
          text.slice(start.offset, end.offset),
          `${start.line}:${start.column}-${end.line}:${end.column}`,
        ])
      : [],
  )
}

test('a page with CRLF and a byte order mark has commands with LF, and positions in the file', () => {
  const page =
    '\uFEFF---\r\ntitle: 标题\r\n---\r\n```bash {#a}\r\necho a \\\r\n  b\r\necho c\r\n```\r\n'
  expect(commandsOf(page)).toEqual([
    ['echo a \\\n  b', 'echo a \\\r\n  b', '5:1-6:4'],
    ['echo c', 'echo c', '7:1-7:7'],
  ])
  const { runbook, diagnostics } = parseRunbook('page.md', page)
  expect(runbook.title).toBe('标题')
  expect(diagnostics).toEqual([])
})

test('positions count UTF-16 units, in Chinese and beyond the basic plane', () => {
  expect(commandsOf('> ```sh\n> echo 你好 😀 && echo x\n> ```\n')).toEqual([
    ['echo 你好 😀 && echo x', 'echo 你好 😀 && echo x', '2:3-2:23'],
  ])
})

test('the content of a fence can be replaced without touching another byte', () => {
  const page = '1. a\r\n\r\n   ~~~bash\r\n   one\r\n     two\r\n   ~~~\r\n\r\nend'
  const [step] = parseRunbook('page.md', page).runbook.steps
  const fence = step && 'fence' in step ? step.fence : undefined
  expect(fence?.text).toBe('one\n  two')
  expect(fence?.prefix).toBe('   ')
  const { start, end } = fence?.contentSpan ?? { start: { offset: 0 }, end: { offset: 0 } }
  expect(page.slice(0, start.offset)).toBe('1. a\r\n\r\n   ~~~bash\r\n')
  expect(page.slice(end.offset)).toBe('   ~~~\r\n\r\nend')
})

test('a NUL is refused, because Markdown replaces it', () => {
  expect(parseRunbook('page.md', 'a \0 b').diagnostics).toMatchObject([
    { code: 'RB0304', span: { start: { column: 3 } } },
  ])
})

function section(n: number): string {
  return `## 第 ${n} 节\n\n**Text** with [links](x.md) and \`code\`.\n\n\`\`\`bash {#s${n}}\necho ${n}\ncat <<E\n$x\nE\n\`\`\`\n`
}

test('a page of ten thousand lines and a thousand steps is parsed completely', () => {
  const page = Array.from({ length: 1000 }, (_, index) => section(index)).join('')
  const { runbook, diagnostics } = parseRunbook('page.md', page)
  expect(diagnostics).toEqual([])
  expect(runbook.steps).toHaveLength(1000)
  expect(runbook.steps.at(-1)).toMatchObject({ id: 's999', title: '第 999 节' })
})

test('a command after a tab that a list splits has its position on the page', () => {
  const page = '1. ```bash\n\tls -l\n\t\tpwd\n   ```\n'
  const [step] = parseRunbook('page.md', page).runbook.steps
  const commands = step?.kind === 'shell' ? step.commands : []
  expect(commands.map(({ span }) => page.slice(span.start.offset, span.end.offset))).toEqual([
    'ls -l',
    'pwd',
  ])
})
