/** Light or dark, as the reader chose on the site, else as the system is. */

/** Where VitePress keeps the choice. */
const storageKey = 'vitepress-theme-appearance'

export function followAppearance(): void {
  const system = matchMedia('(prefers-color-scheme: dark)')
  const apply = () => {
    const chosen = localStorage.getItem(storageKey)
    const isDark = chosen === 'dark' || (chosen !== 'light' && system.matches)
    document.documentElement.classList.toggle('dark', isDark)
  }
  apply()
  system.addEventListener('change', apply)
  addEventListener('storage', apply)
}
