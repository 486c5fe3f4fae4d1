/**
 * Builds what the package ships into `dist/`: importable modules and their types by `tsc`, and the
 * command line as one bundle, because the unbundled Markdown stack costs more at each start than
 * all the rest (docs/adr/0003-bundled-cli.md).
 */

import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { build } from 'esbuild'

rmSync('dist', { recursive: true, force: true })
execFileSync(process.execPath, ['node_modules/@typescript/native/bin/tsc', '-p', '.'], {
  stdio: 'inherit',
})
await build({
  entryPoints: ['src/cli/main.ts'],
  outfile: 'dist/cli.js',
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  splitting: false,
  minify: true,
  external: ['ssh2', 'zx', 'vitepress', 'vue', 'shiki'],
  banner: {
    js: "import { createRequire as __cr } from 'node:module'; const require = __cr(import.meta.url);",
  },
  logLevel: 'warning',
})
