/**
 * What `runbook serve` costs: its start against `site preview`, the way of an output from the host to
 * the page, and the longest task of a browser that follows and scrolls a long run.
 */

import { spawn } from 'node:child_process'
import { rmSync, mkdtempSync, mkdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { findChromium, openBrowser } from '../support/browser.ts'
import { serveProject } from '../support/served-project.ts'
import { median } from './measure.ts'

const rounds = 9
const steps = 200
const linesOfStep = 500

/** @param program - The built command line. */
export async function benchServe(program: string): Promise<void> {
  const cwd = mkdtempSync(join(tmpdir(), 'runbook-bench-'))
  try {
    mkdirSync(join(cwd, 'pages'))
    writeFileSync(join(cwd, 'runbook.yml'), 'pages: pages\nlang: en\n')
    writeFileSync(join(cwd, 'pages/clock.md'), clockPage)
    writeFileSync(join(cwd, 'pages/long.md'), longPage())
    await (await serveProject(cwd)).stop()
    await benchStart(program, cwd)
    const chromium = findChromium()
    if (chromium === undefined) show('in a browser: no chromium in PATH')
    else await benchPage(chromium, cwd)
  } finally {
    rmSync(cwd, { recursive: true, force: true })
  }
}

async function benchStart(program: string, cwd: string): Promise<void> {
  const times = { serve: [] as number[], preview: [] as number[] }
  for (let round = 0; round < rounds; round++) {
    times.preview.push(await untilAddress([program, 'site', 'preview'], cwd))
    times.serve.push(await untilAddress([program, 'serve'], cwd))
  }
  const [serve, preview] = [median(times.serve), median(times.preview)]
  show(`serve / site preview, until the address: ${(serve / preview).toFixed(2)}`)
}

/** Milliseconds until the program has printed its address. */
async function untilAddress(words: readonly string[], cwd: string): Promise<number> {
  const start = performance.now()
  const child = spawn(process.execPath, words, { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
  await new Promise<void>((resolve) => {
    const look = (text: Buffer) => {
      if (String(text).includes('http://')) resolve()
    }
    child.stdout.on('data', look)
    child.stderr.on('data', look)
  })
  const ms = performance.now() - start
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await ended
  return ms
}

async function benchPage(chromium: string, cwd: string): Promise<void> {
  const served = await serveProject(cwd)
  const browser = await openBrowser(chromium)
  try {
    const open = async (name: string) => {
      const { page } = await browser.open(`${served.origin}/${name}#token=${served.token}`, 'load')
      await page.waitForSelector('[data-runbook-do=page]')
      return page
    }
    const ways = await latencies(await open('clock'))
    show(`an output, from the host to the page: ${median(ways)} ms of ${ways.length}`)
    const { longest, lines } = await followed(await open('long'))
    show(`${lines} lines in ${steps} steps, followed and scrolled: longest task ${longest} ms`)
  } finally {
    await browser.close()
    await served.stop()
  }
}

/** The host prints its time; the page compares it with its own. */
async function latencies(page: Page): Promise<readonly number[]> {
  await page.evaluate(() => {
    const seen = new Map<string, number>()
    Reflect.set(window, 'seen', seen)
    new MutationObserver(() => {
      const text = document.querySelector('.rb-run-output')?.textContent ?? ''
      for (const line of text.split('\n')) {
        if (/^\d{13}$/.test(line) && !seen.has(line)) seen.set(line, Date.now() - Number(line))
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true })
  })
  await runToEnd(page)
  return page.evaluate(() => [...(Reflect.get(window, 'seen') as Map<string, number>).values()])
}

async function followed(page: Page): Promise<{ readonly longest: number; readonly lines: number }> {
  await page.evaluate(() => {
    const tasks: number[] = []
    Reflect.set(window, 'tasks', tasks)
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) tasks.push(duration)
    }).observe({ type: 'longtask' })
    setInterval(() => {
      window.scrollBy(0, 120)
      if (window.scrollY + window.innerHeight >= document.body.scrollHeight - 200)
        window.scrollTo(0, 0)
    }, 16)
  })
  await runToEnd(page)
  await page.waitForTimeout(2000)
  const longest = await page.evaluate(() =>
    Math.max(0, ...(Reflect.get(window, 'tasks') as number[])),
  )
  return { longest: Math.round(longest), lines: steps * linesOfStep }
}

async function runToEnd(page: Page): Promise<void> {
  await page.click('[data-runbook-do=page]')
  await page.locator('.rb-bar-state', { hasText: 'The run has passed.' }).waitFor({
    timeout: 300_000,
  })
}

const clockPage = `# Clock

\`\`\`bash {#clock timeout=2m}
for i in $(seq 100); do date +%s%3N; sleep 0.05; done
\`\`\`
`

function longPage(): string {
  const all = Array.from({ length: steps }, (_, index) => longStep(index))
  return `# Long\n\n${all.join('\n')}`
}

function longStep(index: number): string {
  const say = `echo "step ${index} says line $i of its output"`
  return `\`\`\`bash {#step-${index}}\nfor i in $(seq ${linesOfStep}); do ${say}; done\n\`\`\`\n`
}

function show(line: string): void {
  process.stdout.write(`${line}\n`)
}
