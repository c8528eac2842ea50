const KEY = 'pass-raccourci-recherche'

/** The shortcut belongs to the browser, as its keyboard does. A browser that keeps nothing has it. */
export const isShortcutOn = (): boolean => {
  try {
    return localStorage.getItem(KEY) !== 'non'
  } catch {
    return true
  }
}

export const setShortcutOn = (on: boolean): void => {
  try {
    if (on) localStorage.removeItem(KEY)
    else localStorage.setItem(KEY, 'non')
  } catch {
    // kept until the page is left
  }
}
