/**
 * Builds what the package ships into `dist/`: importable modules and their types by `tsc`, and the
 * command line as a bundle, because the unbundled Markdown stack costs more at each start than
 * all the rest (docs/adr/0003-bundled-command-line.md).
 *
 * The old `dist/` stays until the new one is whole.
 */

import { execFileSync } from 'node:child_process'
import { renameSync, rmSync } from 'node:fs'
import { build } from 'esbuild'

const next = `.dist-${process.pid}`
const old = `${next}-old`
const tsc = 'node_modules/@typescript/native/bin/tsc'

try {
  execFileSync(process.execPath, [tsc, '-p', '.', '--outDir', next], { stdio: 'inherit' })
  await build({
    entryPoints: { cli: 'src/cli/main.ts' },
    outdir: next,
    bundle: true,
    // A command loads what it needs, when it is called.
    splitting: true,
    chunkNames: 'cli-[hash]',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    minify: true,
    // Loaded when a command needs them; ssh2 cannot live in an ESM bundle.
    external: ['ssh2', 'zx', 'vitepress', 'vue', 'shiki'],
    banner: {
      js: "import { createRequire as __cr } from 'node:module'; const require = __cr(import.meta.url);",
    },
    logLevel: 'warning',
  })
  try {
    renameSync('dist', old)
  } catch {
    // The first build has no old one.
  }
  renameSync(next, 'dist')
} finally {
  for (const folder of [next, old]) rmSync(folder, { recursive: true, force: true })
}
