/** A project with pages and records in a temporary folder, built from `test/fixtures/site`. */

import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { CommandRecord, RunbookRecord, StepRecord } from '../../src/model/record.ts'
import { parseRunbook } from '../../src/parse/parse-runbook.ts'
import { stepHash } from '../../src/plan/content-hash.ts'
import { recordsFolder } from '../../src/record/record-store.ts'

export interface Project {
  readonly root: string
  remove(): void
}

/** Output by step id: one text per command. */
export type Outputs = Readonly<Record<string, readonly string[]>>

type Host = RunbookRecord['host'] & { readonly platform: string }

const fixtures = new URL('../fixtures/site', import.meta.url).pathname

export const debian: Host = {
  platform: 'debian-12',
  name: 'vm',
  os: 'Debian GNU/Linux 12 (bookworm)',
  arch: 'x86_64',
  kernel: '6.1.0-18-amd64',
  bash: '5.2.15',
  hostKey: 'SHA256:nThbg6kXUpJWGl7E1IGOCspRomTxdCARLviKw6E5SY8',
}

const centos: Host = {
  ...debian,
  platform: 'centos-7',
  name: 'old',
  os: 'CentOS Linux 7 (Core)',
  kernel: '3.10.0-1160.el7.x86_64',
  bash: '4.2.46',
}

/** An empty project; the caller writes its pages. */
export function emptyProject(): Project {
  const root = mkdtempSync(join(tmpdir(), 'runbook-site-'))
  return { root, remove: () => rmSync(root, { recursive: true, force: true }) }
}

export function fixtureProject(): Project {
  const project = emptyProject()
  cpSync(fixtures, project.root, { recursive: true })
  const page = (name: string) => join(project.root, 'runbook', name)
  recordPage(page('01-prepare.md'), debian, {
    'install-base': ['Complete!\n', 'Complete!\n', 'Python 3.11.2\n'],
    'create-user': ['', '', 'uid=997(django) gid=995(django) groups=995(django)\n'],
    'git-name': ['', '夜行\n'],
    'app-conf': [],
    'check-local': ["本机 $APP_DIR ['-']\n"],
  })
  recordPage(page('01-prepare.md'), centos, {
    'switch-vault': ['', 'Loaded plugins: fastestmirror\nMetadata Cache Created\n'],
    'install-base': ['Complete!\n', 'Complete!\n', 'Python 3.6.8\n'],
    'create-user': ['', '', 'uid=997(django) gid=995(django) groups=995(django)\n'],
  })
  recordPage(page('02-shell.md'), debian, {
    many: [
      '第一条\n',
      '1\n2\n3\n',
      '缩进与 /root\n\n  空行之后\n',
      '单引号里的 $HOME\n双引号\n第二行\n',
    ],
    transcript: [
      'active\n',
      '\u001b[0;1;32m●\u001b[0m nginx.service - The nginx HTTP and reverse proxy server\n   Loaded: loaded\n',
      '',
    ],
    long: [`${Array.from({ length: 300 }, (_, at) => at + 1).join('\n')}\n`],
    colour: ['\u001b[1;34mbin\u001b[0m  \u001b[1;34msbin\u001b[0m\n'],
  })
  recordPage(
    page('04-mysql.md'),
    debian,
    {
      install: ['Setting up mariadb-server ...\n'],
      'start-debian': [''],
      version: ['mysql  Ver 15.1 Distrib 10.11.6-MariaDB, for debian-linux-gnu (x86_64)\n'],
      'create-db': [''],
      'use-db': ['', '', ''],
    },
    ['use-db'],
  )
  recordPage(page('99-hostile.md'), debian, {
    evil: [
      '{{ constructor.constructor("window.__x=3")() }} <script>window.__x=4</script></template></script>\n' +
        '"><img src=x onerror="window.__x=5"> \u202egnp.exe\u202c\u200b \u0001\n' +
        '\u001b]8;;javascript:window.__x=6\u0007点我\u001b]8;;\u0007 \u001b[2Kprogress 100%\n',
    ],
  })
  return project
}

/** @param stale - Steps whose content has changed since. */
export function recordPage(
  path: string,
  { platform, ...host }: Host,
  outputs: Outputs,
  stale: readonly string[] = [],
): void {
  const { runbook } = parseRunbook(path, readFileSync(path, 'utf8'))
  const at = platform === 'centos-7' ? '2026-10-02T03:04:05.000Z' : '2026-11-19T08:00:00.000Z'
  const steps: Record<string, StepRecord> = {}
  for (const step of runbook.steps) {
    const texts = outputs[step.id]
    const label = step.variant?.label.toLowerCase()
    if (texts === undefined || (label !== undefined && !label.startsWith(platform.slice(0, 4)))) {
      continue
    }
    const commands = texts.map((output, index): CommandRecord => ({
      exit: 0,
      durationMs: 100 + index,
      output,
    }))
    steps[step.id] = {
      hash: stale.includes(step.id) ? 'sha256:00000000' : stepHash(runbook, step),
      at,
      status: step.kind === 'file' ? 'changed' : 'passed',
      durationMs: 1234,
      ...(step.variant === undefined ? {} : { variant: step.variant.label }),
      commands,
    }
  }
  const record: RunbookRecord = {
    v: 1,
    runbook: path.split('/').at(-1) ?? '',
    platform,
    at,
    run: '20261119-080000-a1b2',
    tool: 'runbook 0.1.0',
    host,
    steps,
  }
  const file = join(recordsFolder(path), `${platform}.json`)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, JSON.stringify(record, undefined, 2))
}
