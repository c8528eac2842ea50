import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

/** What is asked of every screen, from one visit: the page is loaded once, then its window, its text and its spacing change. */

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** The screen is there, and is not its own error page. */
export const openScreen = async (page: Page, path: string): Promise<void> => {
  await page.goto(path)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page.getByRole('heading', { level: 1 })).not.toContainText('n’a pas pu')
}

type Violation = { id: string; nodes: { html: string }[] }
type Axe = { run: (options: { runOnly: string[]; resultTypes: string[] }) => Promise<{ violations: Violation[] }> }

/**
 * One reading by axe. Its program is half a megabyte: it is put in the page once (« legacy », for none of our pages has a frame of
 * another site), and runs again where it already is.
 */
const violationsOf = async (page: Page): Promise<Violation[]> => {
  const again = await page.evaluate(async (tags) => {
    const { axe } = globalThis as { axe?: Axe }
    return axe ? (await axe.run({ runOnly: tags, resultTypes: ['violations'] })).violations : null
  }, TAGS)
  return again ?? (await new AxeBuilder({ page }).withTags(TAGS).setLegacyMode().analyze()).violations
}

/** No violation of WCAG A and AA as it stands, in the state it is in. */
export const needAccessible = async (page: Page, name: string): Promise<void> => {
  const violations = await violationsOf(page)
  expect(violations.map(({ id, nodes }) => `${name}\u00a0: ${id} ${nodes[0]?.html ?? ''}`)).toEqual([])
}

/** Content that leaves the page sideways, or text cut by its own box. */
const faults = (page: Page) =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    const wide = scrollWidth > clientWidth ? [`page ${scrollWidth} > ${clientWidth}`] : []
    const cut = [...document.querySelectorAll<HTMLElement>('main *')].filter((element) => {
      const { overflowX, overflowY, clip, clipPath, display } = getComputedStyle(element)
      const hides = (overflow: string) => ['hidden', 'clip'].includes(overflow)
      // a field scrolls what is typed in it
      const meant =
        element.matches('input') ||
        clip !== 'auto' ||
        clipPath !== 'none' ||
        display === 'inline' ||
        element.closest('[aria-hidden="true"]')
      const sideways = hides(overflowX) && element.scrollWidth > element.clientWidth + 1
      return !meant && element.checkVisibility() && (sideways || (hides(overflowY) && element.scrollHeight > element.clientHeight + 1))
    })
    return [...wide, ...cut.map((element) => `cut: ${element.outerHTML.slice(0, 120)}`)]
  })

const SPACING = `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
p { margin-bottom: 2em !important }`

// as a browser's own settings do, and not as a page may: the policy of the site refuses style elements
const styled = (page: Page, css: string) =>
  page.evaluate((text) => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(text)
    document.adoptedStyleSheets = [sheet]
  }, css)

/** Titles in their order, the great areas, a name that says where each link goes, no id given twice. */
const needStructured = async (page: Page, path: string) => {
  const { doctype, levels, areas, vague, twins } = await page.evaluate(() => {
    const visible = (element: Element) => element.checkVisibility()
    const words = (element: Element) => (element.getAttribute('aria-label') ?? element.textContent ?? '').trim().toLowerCase()
    const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id)
    return {
      doctype: document.doctype?.name,
      levels: [...document.querySelectorAll('h1,h2,h3,h4')].filter(visible).map((heading) => Number(heading.tagName[1])),
      areas: ['header', 'nav', 'main', 'footer'].filter((name) => document.querySelector(name) === null),
      vague: [...document.querySelectorAll('a[href]')]
        .filter((link) => visible(link) && /^(ici|cliquez ici|voir|lire|en savoir plus|suite|lien|détails?|)$/.test(words(link)))
        .map((link) => link.outerHTML.slice(0, 120)),
      // two controls of one id, and a label names the wrong one: axe does not look at it
      twins: ids.filter((id, rank) => ids.indexOf(id) !== rank),
    }
  })
  expect(doctype, path).toBe('html')
  expect(levels[0], `${path}: the first title`).toBe(1)
  expect(levels.filter((level) => level === 1).length, `${path}: one h1`).toBe(1)
  expect(
    levels.filter((level, rank) => level > (levels[rank - 1] ?? 1) + 1),
    `${path}: a level of title is jumped`,
  ).toEqual([])
  expect(areas, `${path}: missing areas`).toEqual([])
  expect(vague, `${path}: links that say nothing`).toEqual([])
  expect(twins, `${path}: ids given twice`).toEqual([])
}

const sized = async (page: Page, width: number, height: number, name: string) => {
  await page.setViewportSize({ width, height })
  expect(await faults(page), name).toEqual([])
}

/** One screen, in all that people change in their browser: width, orientation, text size, spacing. What the accessibility page says « essai » of. */
export const checkScreen = async (page: Page, path: string): Promise<void> => {
  await page.setViewportSize({ width: 1280, height: 800 })
  await openScreen(page, path)
  await needAccessible(page, `${path} at 1280 px`)
  await needStructured(page, path)
  await styled(page, 'html { font-size: 200% }')
  expect(await faults(page), `${path} with text twice as large`).toEqual([])
  await styled(page, SPACING)
  expect(await faults(page), `${path} with the text spaced out`).toEqual([])
  await styled(page, '')
  await sized(page, 844, 390, `${path} lying down`)
  await sized(page, 390, 844, `${path} on a phone`)
  await needAccessible(page, `${path} at 390 px`)
  await sized(page, 320, 640, `${path} at 320 px`)
}

/** Tab goes through the page and out of it, and what has the focus shows it. */
export const needTabbable = async (page: Page, path: string): Promise<void> => {
  await page.locator('body').evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
  const seen = new Set<string>()
  for (let presses = 0; presses < 80; presses++) {
    await page.keyboard.press('Tab')
    const at = await page.evaluate(() => {
      const element = document.activeElement
      if (!element || element === document.body) return null
      const box = element.closest('.tuile, .cliquable') ?? element
      const shown = [element, box].some(
        (one) => getComputedStyle(one).outlineStyle !== 'none' && getComputedStyle(one).outlineWidth !== '0px',
      )
      return { shown, html: element.outerHTML.slice(0, 120) }
    })
    if (!at) break
    expect(at.shown, `${path}: the focus is not seen on ${at.html}`).toBe(true)
    seen.add(at.html)
  }
  expect([...seen][0], `${path}: the first stop`).toContain('Aller au contenu')
  expect(seen.size, path).toBeGreaterThan(5)
}
