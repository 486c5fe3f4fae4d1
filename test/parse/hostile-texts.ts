/** Long texts that make a careless regular expression or loop run for minutes. */

const size = 5000

function times(text: string): string {
  return text.repeat(Math.ceil(size / text.length))
}

const inFence = (info: string, text: string) => `\`\`\`${info}\n${text}\n\`\`\`\n`

const lines: Readonly<Record<string, string>> = {
  angles: times('<'),
  'angles and words': times('<a '),
  'holes that never end': times('<:[a'),
  dots: times('<...>'),
  braces: times('{'),
  'braces that close': times('{}'),
  'braces with quotes': times('{a="'),
  backticks: times('`'),
  'ticks apart': times('` '),
  tildes: times('~'),
  stars: times('*a'),
  brackets: times('['),
  'links that never end': times('[a]('),
  'nested links': times('[[a](b)'),
  images: times('!['),
  blanks: times(' '),
  'blanks and a word': `${times(' ')}x`,
  tabs: times('\t'),
  quotes: times('"'),
  'single quotes': times("'"),
  'quotes in turn': times('"\''),
  backslashes: times('\\'),
  dollars: times('$'),
  'open substitutions': times('$('),
  'open expansions': times('${a'),
  parentheses: times('('),
  'words in parentheses': times('(a '),
  pipes: times('|'),
  ands: times('a && '),
  semicolons: times('a;'),
  redirections: times('a < b > c '),
  'here-documents': times('<<E '),
  comments: times('<!-- '),
  includes: times('<!-- @include: '),
  colons: times(':'),
  'prompts of mysql': times('mysql> '),
  'at signs': times('a@b:'),
  dashes: times('-'),
  hashes: times('#'),
  'table cells': times('|a'),
  'full width': times('；'),
  'curly quotes': times('“'),
  'no-break spaces': times('\u00a0'),
  chinese: times('或 '),
  'quote marks': times('> '),
  'lists in lists': times('- '),
  'numbers and dots': times('1. '),
  'assignments with names': times('A=b '),
  'IDENTIFIED BY': times('IDENTIFIED BY '),
  'drop database': times('DROP DATABASE '),
  escapes: times('\u001b['),
  'options of apt': `apt-get ${times('-q ')}`,
  'a long server': `python ${times('-m ')}`,
}

/** Name and page: each line as prose, in a shell block, in a transcript, as its output, in braces. */
export const hostilePages: readonly (readonly [string, string])[] = Object.entries(lines).flatMap(
  ([name, line]) => [
    [`${name}, as prose`, `text\n\n${line}\n`] as const,
    [`${name}, in bash`, inFence('bash', `echo a\n${line}`)] as const,
    [`${name}, in a transcript`, inFence('console', `$ echo ${line}\n${line}`)] as const,
    [`${name}, as output`, inFence('bash', 'true') + inFence('output', line)] as const,
    [`${name}, as a dialog`, inFence('bash', 'true') + inFence('dialog', line)] as const,
    [`${name}, in the info string`, inFence(`bash {${line}`, 'true')] as const,
    [`${name}, as a check`, inFence(`bash {needs="${line.replaceAll('"', '')}"}`, 'true')] as const,
    [`${name}, in front matter`, `---\ntitle: ${line}\n---\n`] as const,
    [`${name}, as a heading`, `# ${line}\n`] as const,
    [`${name}, in a task`, `- [ ] ${line}\n`] as const,
  ],
)

/** The same in many short lines. */
export const hostileManyLines: readonly (readonly [string, string])[] = [
  ['an open quote in a transcript', inFence('console', `$ echo 'a\n${times("it's\n")}`)],
  ['an open group in a transcript', inFence('console', `$ {\n${times('echo a\n')}`)],
  ['prompts only', inFence('console', times('$ echo a\n'))],
  ['prompts in bash', inFence('bash', times('$ echo a\n'))],
  ['short commands', inFence('bash', times('echo a\n'))],
  ['here-documents', inFence('bash', times('cat <<E\na\nE\n'))],
  ['fences', times('```bash\ntrue\n```\n')],
  ['groups that never end', times('::: code-group\n')],
  ['groups', times('::: code-group\n```bash\ntrue\n```\n:::\n')],
  ['headings', times('# a\n')],
  ['tasks', times('- [ ] a\n')],
  ['attributes', times('```bash {#a as=root needs="cmd:git port:80"}\ntrue\n```\n')],
  ['holes', inFence('bash', 'true') + inFence('output', times('<...> a\n'))],
  ['table rows', `|a|b|\n|-|-|\n${times('|a|b|\n')}`],
  ['quoted lines', times('> a\n')],
  ['links', times('[a](b.md#c)\n')],
  ['definitions', times('[a]: b\n')],
  ['code by indent', times('    sudo ls\n\n')],
  ['HTML', times('<div>\n')],
  ['comments', times('<!-- a\n')],
]
