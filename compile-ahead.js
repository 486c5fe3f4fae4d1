/**
 * `node compile-ahead.js FOLDER` keeps, beside the bundles of a folder, the code that V8 makes of
 * them. V8 compiles a function when it is first called, so that this does what most starts do.
 */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const { bundlesOf } = createRequire(import.meta.url)('./bin/load.js')

const page = `---
title: Page
roles: { vm: the host }
vars: { NAME: { default: x } }
---

## 一

- A **word**, \`code\`, a [link](https://example.com).

\`\`\`bash {#a timeout=5m creates=made}
touch made && cat <<E
$NAME
E
\`\`\`

\`\`\`output
x
\`\`\`
`

const starts = [
  ['--help'],
  ['list'],
  ['lint'],
  ['status'],
  ['explain', 'timeout'],
  ['plan', 'page.md', '--host', 'local'],
  ['exec', 'page.md', '--host', 'local'],
  ['exec', 'page.md', '--host', 'nobody', '--ssh-config', 'config'],
]

// Nobody listens there, and no key of the person who builds is offered.
const config = `Host nobody
  HostName 127.0.0.1
  Port 1
  IdentityFile none
  IdentityAgent none
`

const scripts = new Map()
const requireFrom = bundlesOf(resolve(process.argv[2]), (script, file) => scripts.set(file, script))
const home = mkdtempSync(join(tmpdir(), 'runbook-build-'))
try {
  process.chdir(home)
  process.env.XDG_STATE_HOME = home
  writeFileSync('runbook.yml', 'pages: .\n')
  writeFileSync('page.md', page)
  writeFileSync('config', config)
  const { main } = requireFrom('./cli.cjs')
  for (const words of starts) await main(words)
} finally {
  process.chdir('/')
  rmSync(home, { recursive: true, force: true })
}
for (const [file, script] of scripts) writeFileSync(`${file}.code`, script.createCachedData())
// Those of the starts say nothing of this.
process.exitCode = 0
