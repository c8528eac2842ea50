import type { Page } from '@playwright/test'
import { appOf, expect, test } from './people.ts'
import { COMPTE, PUBLIC, SCREENS } from './screens.ts'

/** What people change in their browser: width, text size, spacing, orientation, keyboard. What the accessibility page says « essai » of. */
test.describe.configure({ timeout: 240_000 })

const open = async (page: Page, path: string) => {
  await page.goto(path)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
}

/** Content that leaves the page sideways, or text cut by its own box. */
const faults = (page: Page) =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    const wide = scrollWidth > clientWidth ? [`page ${scrollWidth} > ${clientWidth}`] : []
    const cut = [...document.querySelectorAll<HTMLElement>('main *')].filter((element) => {
      const { overflowX, overflowY, clip, clipPath, display } = getComputedStyle(element)
      const hides = (overflow: string) => ['hidden', 'clip'].includes(overflow)
      const meant = clip !== 'auto' || clipPath !== 'none' || display === 'inline' || element.closest('[aria-hidden="true"]')
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

const adapts = async (page: Page, path: string) => {
  await page.setViewportSize({ width: 320, height: 640 })
  await open(page, path)
  expect(await faults(page), `${path} at 320 px`).toEqual([])
  await page.setViewportSize({ width: 844, height: 390 })
  expect(await faults(page), `${path} lying down`).toEqual([])
  await page.setViewportSize({ width: 1280, height: 800 })
  await styled(page, 'html { font-size: 200% }')
  expect(await faults(page), `${path} with text twice as large`).toEqual([])
  await styled(page, SPACING)
  expect(await faults(page), `${path} with the text spaced out`).toEqual([])
}

/** Titles in their order, the great areas, a name that says where each link goes. */
const structured = async (page: Page, path: string) => {
  const { doctype, levels, areas, vague } = await page.evaluate(() => {
    const visible = (element: Element) => element.checkVisibility()
    const words = (element: Element) => (element.getAttribute('aria-label') ?? element.textContent ?? '').trim().toLowerCase()
    return {
      doctype: document.doctype?.name,
      levels: [...document.querySelectorAll('h1,h2,h3,h4')].filter(visible).map((heading) => Number(heading.tagName[1])),
      areas: ['header', 'nav', 'main', 'footer'].filter((name) => document.querySelector(name) === null),
      vague: [...document.querySelectorAll('a[href]')]
        .filter((link) => visible(link) && /^(ici|cliquez ici|voir|lire|en savoir plus|suite|lien|détails?|)$/.test(words(link)))
        .map((link) => link.outerHTML.slice(0, 120)),
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
}

/** Tab goes through the page and out of it, and what has the focus shows it. */
const tabbable = async (page: Page, path: string) => {
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

const check = async (page: Page, path: string) => {
  await adapts(page, path)
  await structured(page, path)
}

test('the public pages hold at 320 px, with large or spaced text, and are built in order', async ({ page }) => {
  for (const path of PUBLIC) await check(page, path)
})
for (const [key, paths] of SCREENS)
  test(`the screens of ${key} hold at 320 px, with large or spaced text, and are built in order`, async ({ as }) => {
    const page = await as(key)
    for (const path of paths) await check(page, `${appOf(key)}${path}`)
  })
for (const [key, paths] of COMPTE)
  test(`the account screens of ${key} hold at 320 px, with large or spaced text, and are built in order`, async ({ as }) => {
    const page = await as(key)
    for (const path of paths) await check(page, `/compte${path}`)
  })
test('the keyboard goes through a page and out of it, and is always seen', async ({ as, page }) => {
  for (const path of ['/', '/connexion', '/accessibilite', '/recuperation']) {
    await open(page, path)
    await tabbable(page, path)
  }
  const agent = await as('prescripteur.agent')
  for (const path of ['/prescripteur/', '/prescripteur/attributions', '/prescripteur/stock']) {
    await open(agent, path)
    await tabbable(agent, path)
  }
})
