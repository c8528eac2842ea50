import type { Page } from '@playwright/test'
import { addAtelier, enter, expect, openCounter, test } from './counter-world.ts'

/** The whole gesture without a mouse, by the names that a screen reader says. */
test.describe.configure({ timeout: 120_000 })

type Heard = { heard: string[] }

/** Notes each sentence that the page announces by itself, as often as it is announced. */
const listen = (page: Page) =>
  page.addInitScript(() => {
    const last = new WeakMap<Element, string>()
    const heard: string[] = []
    Object.assign(globalThis, { heard })
    new MutationObserver(() => {
      for (const region of document.querySelectorAll('[role=status], [role=alert]')) {
        const text = (region.textContent ?? '').replaceAll(/\s+/g, ' ').trim()
        if (text && text !== last.get(region)) heard.push(text)
        last.set(region, text)
      }
    }).observe(document, { subtree: true, childList: true, characterData: true })
  })

/** What was announced since the last time. */
const heardSince = (page: Page): Promise<string[]> => page.evaluate(() => (globalThis as unknown as Heard).heard.splice(0))

const spelt = (code: string): string => code.slice(-4).split('').join(' ')
const printed = (code: string): string => `${code.slice(0, 4)}-${code.slice(4, 8)}-${code.slice(8)}`

/** Presses Tab until this control has the focus: it is reached, and nothing on the way keeps the focus. */
const reach = async (page: Page, name: string | RegExp, key = 'Tab') => {
  const control = page.getByRole('button', { name }).first()
  for (let presses = 0; presses < 40; presses++) {
    await page.keyboard.press(key)
    if (await control.evaluate((element) => element === document.activeElement)) return control
  }
  throw new Error(`${String(name)} is not reached by ${key}`)
}

test('the whole gesture by the keyboard: read, retire, use, undo, each said once', async ({ counter, page, context }) => {
  const place = await counter.addPlace('Comptoir au clavier')
  const [one, two, three] = (await counter.addCarnets(3)).map((carnet) => carnet[0]!.code) as [string, string, string]
  await listen(page)
  await enter(context, place.mediateur)
  await openCounter(page, await addAtelier(context, place))
  const field = page.getByRole('textbox', { name: 'Code du pass' })
  await expect(field, 'a hand scanner types at once').toBeFocused()
  await heardSince(page)

  await test.step('a wrong character is told on the field, before any call', async () => {
    await page.keyboard.type(`${one.slice(0, 11)}${one.endsWith('0') ? '1' : '0'}`)
    await page.keyboard.press('Enter')
    await expect(field).toHaveAccessibleDescription(/caractère/)
    await expect(field).toBeFocused()
    await heardSince(page)
  })
  await test.step('three pass are read; the focus stays on the field', async () => {
    for (const code of [one, two, three]) {
      // the wrong text was selected: typing takes its place
      await page.keyboard.type(code)
      await page.keyboard.press('Enter')
      await expect(page.getByRole('listitem').filter({ hasText: printed(code) })).toContainText('Valable')
      await expect(field).toBeFocused()
      await expect.poll(() => heardSince(page)).toEqual([`Valable, pass ${spelt(code)}.`])
    }
  })
  await test.step('the card, by its names', async () => {
    const line = (code: string) => `- listitem:
          - strong: Valable
          - text: /${printed(code)} 10,00 €, valable jusqu’au \\d+/
          - button "Retirer ${printed(code)}": Retirer`
    await expect(page.getByRole('region', { name: 'Utiliser des pass' })).toMatchAriaSnapshot(`
      - heading "Utiliser des pass" [level=2]
      - button "Scanner avec l’appareil photo"
      - text: /Code du pass/
      - textbox "Code du pass"
      - button "Ajouter"
      - status
      - button "Utiliser 3 pass"
      - status: Valable, pass ${spelt(three)}.
      - list "Pass lus":
        ${[three, two, one].map(line).join('\n        ')}
      - button "Couper le son"
    `)
  })
  await test.step('one is taken off, two are used', async () => {
    await reach(page, `Retirer ${printed(two)}`)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('listitem').filter({ hasText: printed(two) })).toHaveCount(0)
    await expect(page.getByRole('button', { name: `Retirer ${printed(one)}` }), 'the focus is on the next line').toBeFocused()
    expect(await heardSince(page)).toEqual([`Retiré, pass ${spelt(two)}.`])
    const use = await (await reach(page, 'Utiliser 2 pass', 'Shift+Tab')).elementHandle()
    await page.keyboard.press('Enter')
    await expect(page.getByText(/2\spass\sutilisés\s:\s20,00/)).toBeVisible()
    const said = await heardSince(page)
    expect(said.filter((text) => text.includes('utilisés'))).toHaveLength(1)
    const blocked = page.getByRole('button', { name: 'Utiliser les pass' })
    await expect(blocked).toHaveAccessibleDescription('Lisez au moins un pass valable.')
    await expect(blocked, 'the focus stays where it was').toBeFocused()
    expect(await use.evaluate((drawn) => drawn === document.activeElement), 'a reason does not draw the button anew').toBe(true)
  })
  await test.step('both are undone, with a reason', async () => {
    await reach(page, 'Tout annuler')
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('alertdialog', { name: /^Annuler l’utilisation/ })
    await expect(dialog).toBeVisible()
    await reach(page, /^Annuler 2/)
    await page.keyboard.press('Enter')
    await expect(dialog, 'not without a reason').toBeVisible()
    await dialog.getByRole('textbox', { name: 'Motif' }).focus()
    await page.keyboard.type('Erreur de saisie')
    await heardSince(page)
    await reach(page, /^Annuler 2/)
    await page.keyboard.press('Enter')
    await expect(dialog).toBeHidden()
    await expect(page.getByRole('listitem').filter({ hasText: 'Annulé' }).first()).toBeVisible()
    const said = await heardSince(page)
    expect(said.filter((text) => text.includes('annul'))).toHaveLength(1)
    await expect.poll(() => page.evaluate(() => document.activeElement !== document.body), { message: 'the focus is not lost' }).toBe(true)
  })
})
