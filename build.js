/**
 * Builds what the package ships into `dist/`: importable modules and their types by `tsc`, and the
 * command line as two bundles, because loading hundreds of files costs more at each start than all the
 * rest (docs/adr/0003-bundled-command-line.md).
 *
 * The old `dist/` stays until the new one is whole.
 */

import { execFileSync } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { build } from 'esbuild'

const next = `.dist-${process.pid}`
const old = `${next}-old`
const tsc = 'node_modules/@typescript/native/bin/tsc'

/** ssh2 is loaded when a host is reached. */
const ownBundle = {
  name: 'own-bundle',
  setup({ onResolve }) {
    onResolve({ filter: /\/ssh2\.ts$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: './ssh2.cjs', external: true } : undefined,
    )
  },
}

/**
 * What ssh2 may have compiled when it was installed is not used, so that the program is the same
 * everywhere; ssh2 does without. Commander starts no programs for us.
 */
const unused = {
  name: 'unused',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^cpu-features$|\.node$/ }, ({ path }) => ({ path, namespace: 'native' }))
    onLoad({ filter: /./, namespace: 'native' }, () => ({ contents: 'throw new Error("unused")' }))
    onResolve({ filter: /^node:child_process$/ }, ({ path, importer }) =>
      /\/commander\//.test(importer) ? { path, namespace: 'empty' } : undefined,
    )
    onLoad({ filter: /./, namespace: 'empty' }, () => ({ contents: '' }))
  },
}

/** The programs for hosts, as texts in the bundle: build-time stand-in for `read-program.ts`. */
const hostPrograms = {
  name: 'host-programs',
  setup({ onLoad }) {
    onLoad({ filter: /\/shell\/host\/read-program\.ts$/ }, ({ path }) => {
      const folder = dirname(path)
      const names = readdirSync(folder).filter((name) => /\.(?:sh|py|pl)$/.test(name))
      const texts = names.map((name) => [name, readFileSync(join(folder, name), 'utf8')])
      const list = JSON.stringify(Object.fromEntries(texts))
      return {
        contents: `const texts = ${list}\nexport const readProgram = (name) => texts[name]`,
        watchFiles: names.map((name) => join(folder, name)),
      }
    })
  },
}

try {
  execFileSync(process.execPath, [tsc, '-p', '.', '--outDir', next], { stdio: 'inherit' })
  const { outputFiles } = await build({
    entryPoints: { cli: 'src/cli/main.ts', ssh2: 'src/transport/ssh2.ts' },
    outdir: next,
    outExtension: { '.js': '.cjs' },
    write: false,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    // The stack of a fault has the names of functions, and lines to find them by.
    minifyWhitespace: true,
    minifySyntax: true,
    lineLimit: 120,
    // As `require`, still at the time of the call.
    supported: { 'dynamic-import': false },
    external: ['zx', 'hono', 'hono/*', '@hono/node-server', 'pg', 'pg-boss'],
    plugins: [ownBundle, unused, hostPrograms],
    define: { 'import.meta.url': '__ownUrl' },
    banner: { js: "const __ownUrl = require('node:url').pathToFileURL(__filename).href;" },
    logLevel: 'warning',
  })
  // What `runbook serve` adds to a page, for a browser.
  const forBrowser = await build({
    entryPoints: { page: 'site/serve/page.ts', runs: 'site/serve/runs.ts' },
    outdir: `${next}/browser`,
    // What only some pages need is loaded when it is needed.
    splitting: true,
    chunkNames: 'parts/[name]-[hash]',
    write: false,
    bundle: true,
    platform: 'browser',
    format: 'esm',
    target: 'es2022',
    minify: true,
    legalComments: 'none',
    logLevel: 'warning',
  })
  mkdirSync(`${next}/browser/parts`, { recursive: true })
  for (const { path, text } of forBrowser.outputFiles) writeFileSync(path, text)
  cpSync('src/shell/host', `${next}/shell/host`, {
    recursive: true,
    filter: (name) => !/\.(?:ts|md)$|shellcheckrc/.test(name),
  })
  for (const { path, text } of outputFiles) writeFileSync(path, escapeAll(text))
  try {
    renameSync('dist', old)
  } catch {
    // The first build has no old one.
  }
  renameSync(next, 'dist')
} finally {
  for (const folder of [next, old]) rmSync(folder, { recursive: true, force: true })
}

/** esbuild leaves what is not ASCII in regular expressions as it is. */
function escapeAll(text) {
  const escape = (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
  return text.replaceAll(/[^\0-\x7f]/g, escape)
}
