import { mergeTests, type Page } from '@playwright/test'
import { REPRISE_COLONNES } from '../../packages/domain/src/reprise-fichier.ts'
import { CONVENTION } from '../../prisma/seed/base/ids.ts'
import { addAtelier, enter, lines, openCounter, scan, test as counterTest } from './counter-world.ts'
import { openSheet } from './life-convention.ts'
import { expect, test as peopleTest } from './people.ts'

/** The carnets of an operator that went away: taken over, then used at a counter; and what it left unpaid, claimed. */
const test = mergeTests(peopleTest, counterTest)
test.describe.configure({ timeout: 180_000 })

const ANCIEN = 'Coopérative du passage'
/** The CCAS de Bonnat, that handed the carnet over in January. */
const SIRET = '26230015500013'
const PDF = {
  name: 'etat-du-stock.pdf',
  mimeType: 'application/pdf',
  buffer: Buffer.from('%PDF-1.7\nétat du stock au 31/12/2025\n%%EOF\n'),
}

type Etat = 'Non utilisé' | 'Utilisé' | 'Impayé' | 'Perdu'
/** The file of the former operator: one carnet, a line a pass. */
const fileOf = (pass: readonly (readonly [code: string, etat: Etat])[]) => {
  const rows = pass.map(([code, etat]) => ['ANC-004417', code, etat, '30/06/2026', '12/01/2026', SIRET, 'État du stock, page 3'].join(';'))
  return {
    name: 'carnets.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from([Object.values(REPRISE_COLONNES).join(';'), ...rows, ''].join('\r\n')),
  }
}

/** Codes that no other run has. */
const codesOf = () => {
  const mark = Date.now().toString(36).toUpperCase().slice(-6)
  return { neuf: `CP${mark}001`, paye: `CP${mark}002`, impaye: `CP${mark}003` }
}

/** Deposits a file that is wrong, reads where, then the right one. */
const deposit = async (page: Page, { neuf, paye, impaye }: ReturnType<typeof codesOf>) => {
  await page.getByLabel('Fichier des carnets').setInputFiles(
    fileOf([
      [neuf, 'Non utilisé'],
      [paye, 'Perdu'],
    ]),
  )
  await expect(page.getByText(/^1\sligne à corriger\.$/)).toBeVisible()
  await expect(page.getByRole('row', { name: /^3/ })).toContainText(/Colonne «\sÉtat\s»/)
  // nothing is decided of a file that is wrong
  await expect(page.getByRole('row', { name: /^2/ })).toContainText('Pas encore jugé')
  await expect(page.getByRole('button', { name: 'Reprendre les carnets' })).toHaveAttribute('aria-disabled', 'true')
  await page.getByLabel('Déposer le fichier de nouveau').setInputFiles(
    fileOf([
      [neuf, 'Non utilisé'],
      [paye, 'Utilisé'],
      [impaye, 'Impayé'],
    ]),
  )
  await expect(page.getByText('Chaque pass est jugé.')).toBeVisible()
}

/** From the menu to a file that is judged, proved and applied. */
const takeOver = async (page: Page, codes: ReturnType<typeof codesOf>) => {
  await page.getByRole('link', { name: 'Reprises', exact: true }).first().click()
  await page.getByLabel('Convention', { exact: true }).selectOption(CONVENTION.cv1)
  await page.getByLabel('Ancien opérateur', { exact: true }).fill(ANCIEN)
  await page.getByRole('button', { name: 'Ouvrir la reprise' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Reprise RP26-\d{4}$/)
  await deposit(page, codes)
  await expect(page.getByRole('row', { name: /^2/ })).toContainText('Honoré')
  await expect(page.getByRole('row', { name: /^3/ })).toContainText('Déjà utilisé et payé par l’ancien opérateur')
  await expect(page.getByRole('row', { name: /^4/ })).toContainText('Utilisé sans être payé')
  const apply = page.getByRole('button', { name: 'Reprendre 1 carnet', exact: true })
  await expect(apply).toHaveAttribute('aria-disabled', 'true')
  await page.getByLabel('Déposer une preuve').setInputFiles(PDF)
  await expect(page.getByRole('link', { name: new RegExp(PDF.name) })).toBeVisible()
  await apply.click()
  await page.getByLabel('Numéro de mandat de la collectivité').fill('2026-000118')
  await page.getByRole('alertdialog').getByRole('button', { name: 'Reprendre 1 carnet' }).click()
  await expect(page.getByText(/^1\scarnet repris\.$/)).toBeVisible()
  await expect(page.getByText(/: 1\scarnet de 1\spass$/)).toBeVisible()
}

/** A counter takes the pass that was honoured, once, and refuses the one that was already paid. */
const useThere = async (page: Page, { neuf, paye }: ReturnType<typeof codesOf>) => {
  const read = async (code: string) => {
    await page.getByLabel('Pass d’un ancien opérateur').check()
    await scan(page, code)
    return lines(page).filter({ hasText: code })
  }
  await expect(await read(neuf)).toContainText('Valable')
  await expect(await read(paye)).toContainText('annulé')
  await page.getByRole('button', { name: 'Utiliser 1 pass' }).click()
  await expect(page.getByText(/^1\spass\sutilisé\s:\s10,00/)).toBeVisible()
  await page.reload()
  await expect(await read(neuf)).toContainText(/déjà\sutilisé/i)
}

/** The place says that an atelier of last autumn was never paid, with its proof. Answers the reference of the claim. */
const claim = async (page: Page, { impaye }: ReturnType<typeof codesOf>): Promise<string> => {
  await page.goto('/mediateur/virements')
  await page.getByRole('link', { name: 'Pass impayés d’un ancien opérateur' }).click()
  await page.getByRole('link', { name: 'Déclarer des pass impayés' }).first().click()
  await page.getByLabel('Ancien opérateur', { exact: true }).selectOption({ label: `${ANCIEN}, carnets de Département de la Creuse` })
  await page.getByLabel('Jour d’utilisation').fill('2025-11-04')
  await page.getByLabel('Codes des pass').fill(impaye)
  await page.getByRole('button', { name: 'Déclarer 1 pass' }).click()
  await expect(page.getByText('Il manque votre preuve.')).toBeVisible()
  await page.getByLabel('Déposer une preuve').setInputFiles({ ...PDF, name: 'emargement-novembre.pdf' })
  await expect(page.getByRole('link', { name: /emargement-novembre\.pdf/ })).toBeVisible()
  await expect(page.getByText('Il manque votre preuve.')).toHaveCount(0)
  return (await page.getByRole('heading', { level: 1 }).innerText()).replace('Créance ', '')
}

test('carnets of a former operator are judged, taken over and used at a counter; what it left unpaid is claimed', async ({
  as,
  counter,
  browser,
}) => {
  const codes = codesOf()
  const operateur = await as('operateur.gestionnaire')
  const place = await counter.addPlace('Comptoir de la reprise')
  await test.step('a wrong line is told, the right file is judged pass by pass, nothing is taken without a proof', () =>
    takeOver(operateur, codes))

  await test.step('the counter takes the code as it was printed then, once', async () => {
    const context = await browser.newContext()
    await enter(context, place.mediateur)
    const page = await context.newPage()
    await openCounter(page, await addAtelier(context, place))
    await useThere(page, codes)
    await context.close()
  })

  await test.step('an unpaid pass is claimed by its place; the operator reads what its own file says of it', async () => {
    const context = await browser.newContext()
    await enter(context, place.responsable)
    const reference = await claim(await context.newPage(), codes)
    await openSheet(operateur, 'Créances', new RegExp(reference))
    await expect(operateur.getByRole('row', { name: /04\/11\/2025/ })).toContainText('Impayé par l’ancien opérateur')
    await expect(operateur.getByRole('link', { name: /emargement-novembre\.pdf/ })).toBeVisible()
    await context.close()
  })
})
