import type { Page } from '@playwright/test'
import { IMPORT_COLONNES } from '../../packages/domain/src/import-attributions.ts'
import { readPdf } from '../api/test/read-pdf.ts'
import { confirm } from './life-convention.ts'
import { expect } from './people.ts'

/** The codes of the first carnet, read from the pages that the operator prints: the file is prepared, then taken once. */
export const printedCodes = async (page: Page, commandeId: string): Promise<{ serie: string; codes: string[] }> => {
  const asked = await page.request.post(`/api/commandes/${commandeId}/impressions`, {
    headers: { 'idempotency-key': crypto.randomUUID() },
    data: { format: 'pdf' },
  })
  expect(asked.status()).toBe(201)
  const ready = async () => (await (await page.request.get(`/api/commandes/${commandeId}/production`)).json()).impressions[0]
  await expect.poll(async () => (await ready()).statut, { timeout: 30_000 }).toBe('prete')
  const answer = await page.request.get(`/api/impressions/${(await ready()).id}/fichier`)
  expect(answer.status()).toBe(200)
  // a carnet is two pages: its cover, its pass
  const [cover, vouchers] = await readPdf(await answer.body())
  const text = `${cover?.text}\n${vouchers?.text}`
  const serie = /PN \d\d-\d{7}-[0-9A-Z]/.exec(text)?.[0]
  const codes = text.match(/\b[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}\b/g) ?? []
  expect(serie).toBeDefined()
  expect(new Set(codes).size).toBe(10)
  return { serie: serie ?? '', codes: [...new Set(codes)] }
}

/** The cartons are prepared, and the number of the first label is read from the sheet that the operator prints. */
export const packAndReadLabel = async (page: Page, commandeId: string): Promise<string> => {
  await page.getByRole('button', { name: 'Préparer les cartons' }).click()
  await expect(page.getByRole('status').filter({ hasText: /^1\scarton\spréparé, 1\spaquet\.$/ })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Étiquettes à coller' })).toHaveAttribute(
    'href',
    new RegExp(`/commandes/${commandeId}/etiquettes.pdf$`),
  )
  const sheet = await page.request.get(`/api/commandes/${commandeId}/etiquettes.pdf`)
  expect(sheet.status()).toBe(200)
  const text = (await readPdf(await sheet.body())).map((one) => one.text).join('\n')
  const label = /\bC \d\d-\d{7}-\d{6}-[0-9A-Z]/.exec(text)?.[0]
  expect(label, 'the label of the carton').toBeDefined()
  return label ?? ''
}

/** The delivery is received as a hand scanner does it: the label, then Enter; one that is misread receives nothing. */
export const receiveByLabel = async (page: Page, label: string) => {
  const box = page.getByLabel('Étiquette d’un carton ou d’un paquet')
  const scan = async (text: string) => {
    await box.fill(text)
    await box.press('Enter')
  }
  const carton = page.getByRole('list', { name: 'Cartons annoncés' }).getByRole('listitem')
  await expect(carton).toContainText('à lire')
  await scan(`${label.slice(0, -1)}${label.endsWith('0') ? '1' : '0'}`)
  await expect(page.getByText('Un caractère est faux', { exact: false })).toBeVisible()
  await expect(carton).toContainText('à lire')
  // the QR of the label holds no blank and no hyphen
  await scan(label.replace(/[ -]/g, ''))
  await expect(page.getByText(/^1\sétiquette\slue\s:\s2\scarnets\sarrivés\.$/)).toBeVisible()
  await expect(carton).not.toContainText('à lire')
  const sent = page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/reception'))
  await page.getByRole('button', { name: 'Tout est arrivé' }).click()
  expect((await sent).postDataJSON()).toMatchObject({ manquants: [], etiquettes: [label] })
  await expect(page.getByText('2 carnets reçus').first()).toBeVisible()
}

const fileOf = (serie: string, carnets: string) => ({
  name: 'parcours.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(`${Object.values(IMPORT_COLONNES).join(';')}\n;CCAS de Bonnat;${serie};;${carnets}\n`),
})

/** A file that asks for more than the reserve holds sends nothing; the right one is read line by line, then applied. */
export const allocateByFile = async (page: Page, serie: string) => {
  await page.goto('/collectivite/attributions/fichier')
  await page.getByLabel('Fichier des attributions').setInputFiles(fileOf(serie, '3'))
  await expect(page.getByText('1 ligne à corriger.')).toBeVisible()
  await expect(page.getByRole('row', { name: /CCAS de Bonnat/ })).toContainText(/2\scarnets\ssur\s3\sen\sréserve/)
  await page.getByRole('link', { name: 'Déposer un autre fichier' }).click()
  await page.getByLabel('Fichier des attributions').setInputFiles(fileOf(serie, '1'))
  await expect(page.getByText('Toutes les lignes sont bonnes.')).toBeVisible()
  const line = page.getByRole('row', { name: /CCAS de Bonnat/ })
  await expect(line).toContainText(serie)
  await expect(line).toContainText('Aucun')
  await confirm(page, 'Attribuer 1 carnet', 'Attribuer 1 carnet')
  await expect(page.getByText('1 carnet attribué.')).toBeVisible({ timeout: 30_000 })
}

/** A carnet declared stolen: refused without the reference of the complaint, then blocked at once. */
export const blockAsStolen = async (page: Page, serie: string) => {
  await page.goto(`/collectivite/carnets?recherche=${encodeURIComponent(serie)}`)
  await page
    .getByRole('row', { name: new RegExp(serie) })
    .getByRole('link')
    .first()
    .click()
  await page.getByRole('button', { name: 'Bloquer le carnet', exact: true }).click()
  const dialog = page.getByRole('alertdialog')
  const act = dialog.getByRole('button', { name: /^Bloquer le carnet PN/ })
  await dialog.getByLabel('Motif').selectOption({ label: 'Volé' })
  await expect(act).toHaveAttribute('aria-disabled', 'true')
  await dialog.getByLabel('Référence').fill('PV 2026/118')
  await act.click()
  await expect(dialog).toBeHidden()
  await expect(page.getByText('Carnet bloqué. Ses pass ne sont plus acceptés nulle part.')).toBeVisible()
  await expect(page.getByText('PV 2026/118').first()).toBeVisible()
}
