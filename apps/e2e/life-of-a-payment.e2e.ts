import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { addMonth, monthOf } from '../../packages/domain/src/days.ts'
import { passDays } from './clock.ts'
import { confirm } from './life-convention.ts'
import { expect, test } from './people.ts'

/** A transfer that the bank refuses, and what follows until the structure is paid, by three people of finance. It moves the clock: it runs last. */
test.describe.configure({ timeout: 300_000 })

const STRUCTURE = 'Tiers-lieu Le Chai'
const IBAN = 'FR7630004000031234567890143'

/** Ticks a bordereau in the list and acts on the selection; who may not has no such button. */
const onSelection = async (page: Page, reference: string, act: 'Contrôler' | 'Approuver' | 'Transmettre') => {
  await page.goto('/operateur/bordereaux')
  await page.getByRole('checkbox', { name: `Choisir le bordereau ${reference}` }).check()
  for (const other of ['Contrôler', 'Approuver', 'Transmettre'].filter((one) => one !== act))
    await expect(page.getByRole('button', { name: new RegExp(`^${other}\\s1\\sbordereau`) })).toHaveCount(0)
  await confirm(page, `${act} 1 bordereau`, new RegExp(`^${act} `))
}

/** The bank's file for one transfer, deposited as a person does. */
const returnOf = async (page: Page, line: string) => {
  await page.goto('/operateur/retours-bancaires')
  const buffer = Buffer.from(`Référence;Montant;Résultat;Date;Motif\r\n${line}\r\n`)
  await page.getByLabel('Fichier de la banque', { exact: true }).setInputFiles({ name: 'retour.csv', mimeType: 'text/csv', buffer })
}

const french = (day: string) => day.split('-').toReversed().join('/')

test('a transfer is rejected by the bank, the account changes with its delay, and the next month pays, once', async ({ as }) => {
  const preparateur = await as('operateur.finance_preparateur')
  const approbateur = await as('operateur.finance_approbateur')
  const emetteur = await as('operateur.finance_emetteur')
  const responsable = await as('structure.responsable')
  const paid = async () => {
    await responsable.goto('/mediateur/virements')
    const answer = await responsable.request.get('/api/mon-du')
    return ((await answer.json()) as { payeCentimes: number }).payeCentimes
  }
  const before = await paid()

  await test.step('three people check, approve and release the month’s bordereau', async () => {
    await onSelection(preparateur, 'B26-0001', 'Contrôler')
    await expect(preparateur.getByText(/^1\sbordereau\scontrôlé, 20,00/)).toBeVisible()
    await onSelection(approbateur, 'B26-0001', 'Approuver')
    await onSelection(emetteur, 'B26-0001', 'Transmettre')
    await expect(emetteur.getByText(/^Fichier .* figé/)).toBeVisible()
    await responsable.goto('/mediateur/virements?statut=transmis')
    await expect(responsable.getByRole('row', { name: /B26-0001/ })).toContainText('Transmis à la banque')
  })

  let today = await passDays(emetteur, 1)
  await test.step('a file that says another amount changes nothing; the true one rejects the transfer, and the structure reads why it waits', async () => {
    await returnOf(emetteur, `B26-0001;999,00;exécuté;${french(today)};`)
    await expect(emetteur.getByText(/20,00/).first()).toBeVisible()
    expect(await paid()).toBe(before)
    await returnOf(emetteur, `B26-0001;20,00;rejeté;${french(today)};AC04`)
    await expect(emetteur.getByRole('heading', { level: 1 })).toContainText('retour.csv')
    await expect(emetteur.getByRole('row', { name: /B26-0001/ })).toContainText('Rejeté')
    await responsable.goto('/mediateur/virements')
    await expect(responsable.getByText('La banque a rejeté le virement', { exact: false }).first()).toBeVisible()
    await expect(responsable.getByRole('row', { name: /B26-0001/ })).toContainText('Virement rejeté')
  })

  await test.step('the account is proposed by the structure, checked, and accepted by another person, never before 72 hours', async () => {
    await responsable.getByRole('link', { name: 'Enregistrer un compte bancaire' }).first().click()
    await responsable.getByLabel('IBAN').fill('FR76 3000 4000 0312 3456 7890 144')
    await responsable.getByLabel('Adresse à prévenir').fill('tresorerie@le-chai.invalid')
    await responsable.getByRole('button', { name: 'Proposer ce compte' }).click()
    await expect(
      responsable
        .getByText(/IBAN/)
        .filter({ hasText: /faux|erreur|vérifiez/i })
        .first(),
    ).toBeVisible()
    await responsable.getByLabel('IBAN').fill(IBAN)
    await responsable.getByRole('button', { name: 'Proposer ce compte' }).click()
    await expect(responsable.getByText('Compte proposé.')).toBeVisible()
    await expect(responsable.getByText(IBAN)).toHaveCount(0)
    await preparateur.goto('/operateur/comptes-bancaires?statut=propose')
    await preparateur
      .getByRole('row', { name: new RegExp(STRUCTURE) })
      .getByRole('link')
      .first()
      .click()
    await preparateur.getByRole('button', { name: 'Vérifier le titulaire' }).click()
    await preparateur.getByRole('alertdialog').getByText('La banque confirme le nom du titulaire.').click()
    await preparateur.getByRole('alertdialog').getByRole('button', { name: 'Noter la vérification' }).click()
    await expect(preparateur.getByText('Vérification notée.')).toBeVisible()
    await approbateur.goto(preparateur.url())
    await expect(approbateur.getByRole('button', { name: 'Accepter le compte' })).toHaveAttribute('aria-disabled', 'true')
    await expect(approbateur.getByText(/72\sheures\saprès la demande/).first()).toBeVisible()
    // the server says the same to whoever asks without the screen
    const early = await approbateur.request.post(`/api/comptes-bancaires/${approbateur.url().split('/').pop()}/acceptation`, {
      headers: { 'idempotency-key': randomUUID() },
    })
    expect([early.status(), (await early.json()).code]).toEqual([409, 'iban_en_verification'])
    today = await passDays(approbateur, 3)
    await approbateur.reload()
    await confirm(approbateur, 'Accepter le compte', 'Accepter le compte')
    await expect(approbateur.getByText('Compte accepté.')).toBeVisible()
  })

  await test.step('the next closing carries what was rejected; three people again, and the bank pays it', async () => {
    const wanted = addMonth(monthOf(today), 1)
    while (monthOf(today) < wanted || today.endsWith('-01')) today = await passDays(preparateur, 5)
    const mois = addMonth(monthOf(today), -1)
    await preparateur.goto(`/operateur/remboursements?periode=${mois}`)
    await confirm(preparateur, 'Arrêter la période', /^Arrêter\s\d+\sbordereau/)
    await preparateur.goto(`/operateur/bordereaux?mois=${mois}&statut=arrete`)
    const row = preparateur.getByRole('row', { name: new RegExp(STRUCTURE) })
    const reference = (await row.innerText()).match(/B26-\d{4}/)?.[0] ?? ''
    const montant = (await row.innerText()).match(/\d[\d\u00a0]*,\d\d/)?.[0] ?? ''
    await row.getByRole('link').first().click()
    await expect(preparateur.getByText(/Report\sd’un\svirement\srejeté/).first()).toBeVisible()
    await onSelection(preparateur, reference, 'Contrôler')
    await onSelection(approbateur, reference, 'Approuver')
    await onSelection(emetteur, reference, 'Transmettre')
    today = await passDays(emetteur, 1)
    await returnOf(emetteur, `${reference};${montant};exécuté;${french(today)};`)
    await expect(emetteur.getByRole('row', { name: new RegExp(reference) })).toContainText('Exécuté')
    const centimes = Number(montant.replace(/[\u00a0,]/g, ''))
    expect(centimes).toBeGreaterThanOrEqual(2000)
    expect(await paid()).toBe(before + centimes)
    await expect(responsable.getByRole('row', { name: new RegExp(reference) })).toContainText('Payé')
  })
})
