import type { Locator, Page } from '@playwright/test'
import { euros } from '../../packages/domain/src/money.ts'
import { readPdf } from '../api/test/read-pdf.ts'
import { expect, test } from './people.ts'

/** The whole life of a carnet, through the screens of eight people: what the product is for. It moves the clock: it runs last. */
test.describe.configure({ timeout: 240_000 })

const NOM = 'Parcours complet'

/** Presses the button that opens the dialog, then the one that acts. */
const confirm = async (page: Page, label: string, action: string | RegExp) => {
  await page.getByRole('button', { name: label, exact: true }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: action }).click()
  await expect(page.getByRole('alertdialog')).toBeHidden()
}

/** The last amount of a row, in centimes, as a person reads it. */
const centimesOf = async (row: Locator): Promise<number> => {
  const amounts = (await row.innerText()).match(/\d[\d\u00a0]*,\d\d/g) ?? []
  return Number((amounts.at(-1) ?? 'NaN').replace(/[\u00a0,]/g, ''))
}

const prepareConvention = async (page: Page) => {
  await page.getByRole('link', { name: 'Conventions', exact: true }).first().click()
  await page.getByRole('link', { name: 'Préparer une convention' }).click()
  await page.getByLabel('Nom de la convention').fill(NOM)
  await page.getByLabel('Opérateur', { exact: true }).selectOption({ label: 'Opérateur Modèle' })
  await page.getByLabel('Premier jour').fill('2026-03-01')
  await page.getByLabel('Dernier jour').fill('2027-12-31')
  await page.getByLabel('Montant de la convention').fill('1000')
  const first = page.getByRole('group', { name: 'Financeur 1' })
  await first.getByLabel('Nature').selectOption({ label: 'État' })
  await first.getByLabel('Nom').fill('État')
  await first.getByLabel('Part').fill('60')
  const second = page.getByRole('group', { name: 'Financeur 2' })
  await second.getByLabel('Nature').selectOption({ label: 'Collectivité' })
  await second.getByLabel('Nom').fill('Département de la Creuse')
  await second.getByLabel('Part').fill('39,99')
  // the key is not 100 %: the button says what is missing
  await expect(page.getByRole('status').filter({ hasText: 'Total des parts' })).toContainText('99,99')
  await second.getByLabel('Part').fill('40')
  await page.getByLabel('Qui prend le reste ?').selectOption({ label: 'Département de la Creuse' })
  await page.getByLabel('Personnes en recherche d’emploi').check()
  await page.getByRole('button', { name: 'Préparer la convention' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Convention C-2026-')
}

const sign = async (page: Page, financeur: string) => {
  const form = page.getByRole('form', { name: `Signature\u00a0: ${financeur}` })
  await form.getByLabel('Nom de la personne qui a signé').fill('Ada Martin')
  await form.getByRole('button', { name: 'Enregistrer la signature' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Signature enregistrée' })).toBeVisible()
}

const openSheet = async (page: Page, menu: string, row: string | RegExp) => {
  await page.getByRole('link', { name: menu, exact: true }).first().click()
  await page.getByRole('row', { name: row }).getByRole('link').first().click()
}

/** The codes of the first carnet, read from the PDF that the operator prints. */
const printedCodes = async (page: Page, commandeId: string): Promise<{ serie: string; codes: string[] }> => {
  const answer = await page.request.get(`/api/commandes/${commandeId}/carnets.pdf?de=1&nombre=1`)
  expect(answer.status()).toBe(200)
  const text = (await readPdf(await answer.body())).map((one) => one.text).join('\n')
  const serie = /PN \d\d-\d{7}-[0-9A-Z]/.exec(text)?.[0]
  const codes = text.match(/\b[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}\b/g) ?? []
  expect(serie).toBeDefined()
  expect(new Set(codes).size).toBe(10)
  return { serie: serie ?? '', codes: [...new Set(codes)] }
}

test('from the convention to the dashboard, the figures and the ledger agree to the centime', async ({ as }) => {
  const collectivite = await as('collectivite.administrateur')
  const operateur = await as('operateur.gestionnaire')
  const preparateur = await as('operateur.finance_preparateur')

  await test.step('a convention is prepared, signed by everyone, opened', async () => {
    await prepareConvention(collectivite)
    const reference = (await collectivite.getByRole('heading', { level: 1 }).innerText()).replace('Convention ', '')
    await sign(collectivite, 'Département de la Creuse')
    const anct = await as('anct.pilote')
    await openSheet(anct, 'Conventions', new RegExp(reference))
    await sign(anct, 'État')
    await collectivite.reload()
    await confirm(collectivite, 'Ouvrir la convention', `Ouvrir la convention ${reference}`)
    await expect(collectivite.getByText('Convention ouverte.')).toBeVisible()
  })

  let commandeUrl = ''
  let reference = ''
  await test.step('2 carnets are ordered, quoted, signed; the maquette is validated', async () => {
    await collectivite.getByRole('link', { name: 'Commander des carnets' }).click()
    await collectivite.getByLabel('Nombre de carnets').fill('2')
    await collectivite.getByRole('button', { name: 'Demander le devis' }).click()
    await expect(collectivite.getByRole('heading', { level: 1 })).toContainText('Commande 2026-')
    reference = (await collectivite.getByRole('heading', { level: 1 }).innerText()).replace('Commande ', '')
    commandeUrl = new URL(collectivite.url()).pathname.replace('/collectivite', '')
    await openSheet(operateur, 'Commandes', new RegExp(reference))
    await operateur.getByRole('button', { name: 'Établir le devis' }).click()
    await expect(operateur.getByText('Devis établi.')).toBeVisible()
    await collectivite.reload()
    await collectivite.getByRole('button', { name: 'Signer le devis' }).click()
    await expect(collectivite.getByText('Devis signé.')).toBeVisible()
    await operateur.reload()
    await operateur.getByLabel('Texte de la couverture').fill('Renseignements au 05 55 00 00 00')
    await operateur.getByRole('button', { name: 'Proposer la maquette' }).click()
    await expect(operateur.getByText('Maquette proposée.')).toBeVisible()
    await collectivite.reload()
    await confirm(collectivite, 'Valider la maquette', 'Valider la maquette')
  })

  const commandeId = commandeUrl.split('/').pop() ?? ''
  await test.step('the carnets are produced, shipped, received', async () => {
    await operateur.reload()
    await confirm(operateur, 'Lancer la production', 'Produire 2 carnets')
    await expect(operateur.getByText('sur 2 carnets produits')).toBeVisible()
    await expect(operateur.getByLabel('Nombre de colis')).toBeVisible({ timeout: 30_000 })
    await operateur.getByLabel('Nombre de colis').fill('1')
    await expect(operateur.getByRole('button', { name: 'Expédier 2 carnets' })).not.toHaveAttribute('aria-disabled', 'true', {
      timeout: 30_000,
    })
    await operateur.getByRole('button', { name: 'Expédier 2 carnets' }).click()
    await expect(operateur.getByText('Carnets expédiés.')).toBeVisible()
    await collectivite.reload()
    await collectivite.getByRole('button', { name: 'Tout est arrivé' }).click()
    await expect(collectivite.getByText('2 carnets reçus').first()).toBeVisible()
  })

  await test.step('nothing is activated before the mandate number and beyond the funds received', async () => {
    await operateur.reload()
    const activate = operateur.getByRole('button', { name: 'Activer 2 carnets', exact: true })
    await expect(activate).toHaveAttribute('aria-disabled', 'true')
    await collectivite.getByLabel('Numéro de mandat').fill('2026-000099')
    await collectivite.getByRole('button', { name: 'Enregistrer le numéro' }).click()
    await expect(collectivite.getByText('Numéro de mandat enregistré.')).toBeVisible()
    await preparateur.goto(`/operateur${commandeUrl}`)
    await preparateur.getByLabel('Montant reçu').fill('150')
    await preparateur.getByLabel('Référence du virement').fill('VIR-PARCOURS-1')
    await preparateur.getByRole('button', { name: 'Enregistrer les fonds' }).click()
    await operateur.reload()
    await expect(activate).toHaveAttribute('aria-disabled', 'true')
    await expect(operateur.getByText(/Il manque 50,00/)).toBeVisible()
    // the server says the same to whoever asks without the screen
    const refused = await operateur.request.post(`/api/commandes/${commandeId}/activations`, {
      data: { carnets: 2 },
      headers: { 'idempotency-key': crypto.randomUUID() },
    })
    expect([refused.status(), (await refused.json()).code]).toEqual([409, 'couverture_insuffisante'])
    await preparateur.getByLabel('Montant reçu').fill('59,60')
    await preparateur.getByLabel('Référence du virement').fill('VIR-PARCOURS-2')
    await preparateur.getByRole('button', { name: 'Enregistrer les fonds' }).click()
    await expect(preparateur.getByText('Tout le montant de la commande est reçu.')).toBeVisible()
    await operateur.reload()
    await confirm(operateur, 'Activer 2 carnets', /Activer 2 carnets pour 200,00/)
    await expect(operateur.getByText('2 carnets activés.')).toBeVisible()
  })

  const { serie, codes } = await printedCodes(operateur, commandeId)

  const prescripteur = await as('prescripteur.agent')
  await test.step('a prescripteur receives a carnet and hands it over', async () => {
    await collectivite.goto('/collectivite/attributions/nouvelle')
    await collectivite.getByLabel('Prescripteur', { exact: true }).selectOption({ label: 'CCAS de Bonnat' })
    await collectivite.getByLabel('Premier carnet').fill(serie)
    await collectivite.getByLabel('Nombre de carnets').fill('1')
    await collectivite.getByRole('button', { name: 'Attribuer 1 carnet' }).click()
    await expect(collectivite.getByText('1 carnet attribué à CCAS de Bonnat.')).toBeVisible()
    // refused before the acknowledgement, with the reason on the page
    await prescripteur.getByRole('link', { name: 'Remettre un carnet' }).first().click()
    await prescripteur.getByLabel('Numéro du carnet').fill(serie)
    await expect(prescripteur.getByText('Ce carnet est en route', { exact: false }).first()).toBeVisible()
    await prescripteur.getByRole('link', { name: 'Attributions', exact: true }).first().click()
    const row = prescripteur.getByRole('row', { name: new RegExp(serie) })
    await row.getByRole('button', { name: 'Confirmer la réception' }).click()
    await prescripteur
      .getByRole('alertdialog')
      .getByRole('checkbox', { name: /J’ai compté 1 carnet/ })
      .check()
    await prescripteur.getByRole('alertdialog').getByRole('button', { name: 'Confirmer 1 carnet reçu' }).click()
    await expect(prescripteur.getByText('1 carnet reçu.')).toBeVisible()
    await prescripteur.getByRole('link', { name: 'Remettre un carnet' }).first().click()
    await prescripteur.getByLabel('Numéro du carnet').fill(serie)
    await expect(prescripteur.getByText('peut être remis')).toBeVisible()
    for (const answer of [
      'Jamais ou presque',
      'Quelqu’un les fait à ma place',
      'Non',
      'Faire ses démarches en ligne',
      'Personnes en recherche d’emploi',
    ])
      await prescripteur.getByRole('radio', { name: answer, exact: true }).check()
    await prescripteur.getByLabel('Prénom').fill('Zoé')
    await prescripteur.getByLabel('Nom', { exact: true }).fill('Parcours')
    await prescripteur.getByLabel('Tranche d’âge').selectOption('40_59')
    await prescripteur.getByLabel('Situation').selectOption('sans_emploi')
    await prescripteur.getByRole('checkbox', { name: /La personne est d’accord/ }).check()
    await prescripteur.getByRole('button', { name: 'Remettre le carnet' }).click()
    await expect(prescripteur.getByRole('heading', { level: 1 })).toHaveText('Carnet remis')
  })

  const mediateur = await as('structure.mediateur')
  await test.step('a médiateur holds an atelier, verifies and uses two pass, undoes one', async () => {
    await mediateur.getByRole('link', { name: 'Nouvel atelier' }).first().click()
    await mediateur.getByRole('radio', { name: 'Aide aux démarches administratives' }).check()
    await mediateur.getByText('Modifier').click()
    await mediateur.getByLabel('Heure de début').fill('08:00')
    await mediateur.getByLabel('Durée').selectOption({ label: '3 h' })
    await mediateur.getByRole('button', { name: 'Créer l’atelier' }).click()
    await expect(mediateur.getByLabel('Code du pass')).toBeVisible()
    // a wrong character is caught before any call
    await mediateur.getByLabel('Code du pass').fill(`${(codes[0] ?? '').slice(0, -1)}${codes[0]?.endsWith('0') ? '1' : '0'}`)
    await mediateur.getByRole('button', { name: 'Ajouter' }).click()
    await expect(mediateur.getByText('Un caractère est faux', { exact: false })).toBeVisible()
    for (const code of codes.slice(0, 2)) {
      await mediateur.getByLabel('Code du pass').fill(code)
      await mediateur.getByRole('button', { name: 'Ajouter' }).click()
    }
    await mediateur.getByRole('button', { name: 'Utiliser 2 pass' }).click()
    await expect(mediateur.getByText(/2\spass\sutilisés\s:\s20,00/)).toBeVisible()
    // read again on a fresh page: the same place is told when
    await mediateur.reload()
    await mediateur.getByLabel('Code du pass').fill(codes[0] ?? '')
    await mediateur.getByRole('button', { name: 'Ajouter' }).click()
    await expect(mediateur.getByText(/déjà\sutilisé\sle\s10\/03\/2026/)).toBeVisible()
    await mediateur
      .getByRole('button', { name: /^Annuler/ })
      .filter({ hasNotText: 'atelier' })
      .first()
      .click()
    await mediateur.getByRole('alertdialog').getByLabel('Motif').fill('Un pass de trop')
    await mediateur
      .getByRole('alertdialog')
      .getByRole('button', { name: /^Annuler/ })
      .click()
    await expect(mediateur.getByRole('alertdialog')).toBeHidden()
  })

  await test.step('the month is closed, checked, approved and released by three people, then paid', async () => {
    await preparateur.goto('/operateur/')
    await preparateur.getByRole('button', { name: /30 jours/ }).click()
    await expect(preparateur.getByText('9 avril 2026')).toBeVisible()
    await preparateur.goto('/operateur/remboursements?mois=2026-03')
    await confirm(preparateur, 'Arrêter le mois', /^Arrêter \d+ bordereau/)
    await preparateur.goto('/operateur/bordereaux?mois=2026-03')
    await preparateur
      .getByRole('row', { name: /Tiers-lieu Le Chai/ })
      .getByRole('link')
      .first()
      .click()
    await expect(preparateur.getByRole('heading', { level: 1 })).toContainText('Bordereau B26-')
    const address = preparateur.url()
    await confirm(preparateur, 'Contrôler', /^Contrôler/)
    const approbateur = await as('operateur.finance_approbateur')
    await approbateur.goto(address)
    // the one who prepared and the one who releases may not approve
    await expect(preparateur.getByRole('button', { name: 'Approuver', exact: true })).toHaveAttribute('aria-disabled', 'true')
    await confirm(approbateur, 'Approuver', /^Approuver/)
    const emetteur = await as('operateur.finance_emetteur')
    await emetteur.goto(address)
    await confirm(emetteur, 'Transmettre à la banque', /^Transmettre/)
    await expect(emetteur.getByText('Virement transmis.')).toBeVisible()
    const id = address.split('/').pop() ?? ''
    const sepa = await emetteur.request.get(`/api/bordereaux/${id}/virement.xml`)
    expect(await sepa.text()).toContain('pain.001.001.09')
    const releve = await emetteur.request.get(`/api/bordereaux/${id}/releve.pdf`)
    expect((await readPdf(await releve.body()))[0]?.text).toContain('Tiers-lieu Le Chai')
    await emetteur.getByRole('button', { name: 'Constater le paiement' }).click()
    await expect(emetteur.getByText('Paiement constaté.')).toBeVisible()
  })

  await test.step('the dashboard and the ledger say the same', async () => {
    await collectivite.goto('/collectivite/tableau-de-bord')
    const allUsed = await centimesOf(collectivite.getByRole('row', { name: /^Utilisés/ }))
    await collectivite.getByLabel('Convention').selectOption({ label: NOM })
    await expect(collectivite.getByRole('row', { name: /^Actives|^Activés/ })).toContainText('200,00')
    const used = await centimesOf(collectivite.getByRole('row', { name: /^Utilisés/ }))
    const paid = await centimesOf(collectivite.getByRole('row', { name: /^Remboursés/ }))
    await collectivite.goto('/collectivite/grand-livre')
    await collectivite.getByLabel('Convention').selectOption({ label: NOM })
    const ledgerPaid = await centimesOf(collectivite.getByRole('row', { name: /^Payé aux structures/ }))
    const circulating = await centimesOf(collectivite.getByRole('row', { name: /^Pass en circulation/ }))
    expect({ used, paid, ledgerPaid, circulating }).toEqual({ used: 1000, paid: 1000, ledgerPaid: 1000, circulating: 19_000 })
    // and the ANCT reads the same for the whole collectivité
    const anct = await as('anct.pilote')
    await anct.goto('/anct/territoires')
    const row = anct.getByRole('row', { name: /^Département de la Creuse/ })
    await expect(row).toContainText(euros(allUsed))
  })
})
