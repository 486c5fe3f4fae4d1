/** Styles of an exported page, for screens of any size, dark mode and paper. */
export const htmlStyle = `
:root { color-scheme: light dark; --line: #8884; --soft: #8881; --mark: #0b5c4a; }
@media (prefers-color-scheme: dark) { :root { --mark: #6fdcbf; } }
body { margin: 0; font: 16px/1.7 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; }
main { max-width: 46rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
pre, code { font: 0.875rem/1.6 ui-monospace, SFMono-Regular, Consolas, monospace; }
pre { margin: 0; padding: 0.75rem 1rem; overflow-x: auto; background: var(--soft); border-radius: 6px; }
figure { margin: 1rem 0; border-inline-start: 3px solid var(--line); }
figure.step { border-color: var(--mark); }
figure.output { margin-block-start: -0.5rem; }
figcaption { display: flex; flex-wrap: wrap; gap: 0 0.75rem; padding: 0 1rem; font-size: 0.8125rem; opacity: 0.8; }
figcaption span:first-child { font-weight: 600; }
aside, details { margin: 1rem 0; padding: 0.5rem 1rem; border: 1px solid var(--line); border-radius: 6px; }
aside.warning, aside.caution, aside.danger { border-color: #c4542b; }
aside .title, summary { margin: 0; font-weight: 600; }
.about { font-size: 0.875rem; opacity: 0.85; }
table { border-collapse: collapse; display: block; overflow-x: auto; }
th, td { padding: 0.25rem 0.75rem; border: 1px solid var(--line); text-align: start; }
img { max-width: 100%; }
@media print { pre { white-space: pre-wrap; } figure { break-inside: avoid; } }
`
