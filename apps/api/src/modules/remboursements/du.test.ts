import { afterAll, expect, test } from 'vitest'
import { BORDEREAU, LIEU, ORG } from '../../../../../prisma/seed/base/ids.ts'
import { readPdf } from '../../../test/read-pdf.ts'
import { use } from '../../../test/uses.ts'
import { createWorld } from '../../../test/world.ts'

// the structure of the February bordereau, followed from the closing to the account, through a transfer that the bank sends back
const world = await createWorld()
afterAll(() => world.close())

const responsable = world.as('structure.responsable')
const mediateur = world.as('structure.mediateur')
const F1 = world.as('operateur.finance_preparateur')
const F2 = world.as('operateur.finance_approbateur')
const F3 = world.as('operateur.finance_emetteur')

type Line = { raison: string | null; date: string | null; montantCentimes: number; situation: string; [key: string]: unknown }
const echeancier = async (who = responsable) => (await who.get('/mon-du/echeances')).json()
const lines = async (query = '', who = responsable): Promise<Line[]> =>
  (await who.get(`/mon-du/utilisations?taille=100${query}`)).json().items
const attentes = async (who = responsable) =>
  (await echeancier(who)).attentes.map(({ raison, date, pass, montantCentimes }: Line) => [raison ?? date, pass, montantCentimes])
const ok = async (call: ReturnType<typeof F1.post>) => {
  const response = await call
  if (response.statusCode >= 300) throw new Error(`${response.statusCode} ${response.body}`)
  return response.json()
}
const release = async (bordereauId: string) => {
  await ok(F1.post(`/bordereaux/${bordereauId}/controle`))
  await ok(F2.post(`/bordereaux/${bordereauId}/approbation`))
  await ok(F3.post('/remises-bancaires', { bordereauIds: [bordereauId] }))
}
const bankSays = (ligne: string) =>
  ok(
    F3.post('/retours-bancaires', Buffer.from(`Référence;Montant;Résultat;Date;Motif\n${ligne}\n`), {
      headers: { 'content-type': 'application/octet-stream', 'x-nom-fichier': 'retour.csv' },
    }),
  )
/** What holds at every step: one reason or one date for what is unpaid, neither for what is paid, and the whole is what is owed. */
const holds = async () => {
  const all = await lines()
  for (const { situation, raison, date } of all)
    expect([raison, date].filter((one) => one !== null)).toHaveLength(situation === 'payee' ? 0 : 1)
  const { attentes: groupes, duCentimes, enPaiementCentimes } = await echeancier()
  const unpaid = all.filter(({ situation }) => situation !== 'payee').reduce((sum, { montantCentimes }) => sum + montantCentimes, 0)
  const waiting = groupes.reduce((sum: number, { montantCentimes }: Line) => sum + montantCentimes, 0)
  expect([waiting, duCentimes + enPaiementCentimes]).toEqual([unpaid, unpaid])
}

test('the next date and its amount come first; a use of yesterday may still be undone', async () => {
  expect((await echeancier()).prochain).toEqual({ date: '2026-03-10', pass: 2, montantCentimes: 2000 })
  expect(await attentes()).toEqual([
    ['2026-03-10', 2, 2000],
    ['delai_annulation', 1, 1000],
  ])
  await holds()
  world.setClock('2026-03-10T11:31:00+01:00')
  expect(await attentes()).toEqual([
    ['2026-03-10', 2, 2000],
    ['2026-04-10', 1, 1000],
  ])
  await holds()
})

test('the médiateur reads the same; another structure reads its own only, with its one reason', async () => {
  expect(await attentes(mediateur)).toEqual(await attentes())
  await use(world, '2026-03-05T10:00:00+01:00', { chez: 's2', rangs: [9] })
  const other = world.as('s2:structure.mediateur')
  expect(await attentes(other)).toEqual([['compte_absent', 1, 1000]])
  expect((await lines('', other)).map(({ raison }) => raison)).toEqual(['compte_absent'])
  expect(await lines(`&bordereau=${BORDEREAU.fevrier}`, other)).toEqual([])
  expect((await F1.get('/mon-du/echeances')).statusCode).toBe(403)
})

test('a use that is put in question says so before anything else', async () => {
  await world.sql.query(`update redemption set a_examiner = true where structure_id = $1 and statut = 'a_payer'`, [ORG.s2])
  expect(await attentes(world.as('s2:structure.mediateur'))).toEqual([['ligne_contestee', 1, 1000]])
})

test('filters are those of the address: state, reason, month, place, atelier, bordereau; the total follows', async () => {
  const all = await lines()
  expect(all).toHaveLength(3)
  expect(await lines('&etat=paye')).toEqual([])
  expect(await lines('&mois=2026-03')).toHaveLength(1)
  expect(await lines(`&lieu=${LIEU.l1}`)).toHaveLength(3)
  expect(await lines(`&lieu=${LIEU.l2}`)).toEqual([])
  const fevrier = (await responsable.get(`/mon-du/utilisations?bordereau=${BORDEREAU.fevrier}`)).json()
  expect([fevrier.total, fevrier.montantCentimes]).toEqual([2, 2000])
  const [first] = fevrier.items
  expect((await lines(`&atelier=${first.atelier.id}`)).length).toBeGreaterThan(0)
  expect(await lines('&raison=compte_absent')).toEqual([])
  expect((await responsable.get('/mon-du/utilisations?raison=inconnue')).statusCode).toBe(400)
})

test('each row once, page by page; the file holds the same rows (H04, H07)', async () => {
  await use(world, '2026-03-06T10:00:00+01:00', { rangs: [4, 5, 6, 7, 8, 10] })
  const seen: string[] = []
  for (let apres = ''; ;) {
    const page = (await responsable.get(`/mon-du/utilisations?taille=10${apres}`)).json()
    seen.push(...page.items.map(({ id }: { id: string }) => id))
    if (page.suivant === null) break
    apres = `&apres=${page.suivant}`
  }
  const all = await lines()
  expect(seen).toEqual(all.map(({ id }) => id))
  const file = await responsable.get('/mon-du/utilisations.csv')
  const rows = file.body.trim().split('\r\n').slice(1)
  expect(rows).toHaveLength(all.length)
  expect(rows.filter((row) => row.includes('10/04/2026'))).toHaveLength(all.filter(({ date }) => date === '2026-04-10').length)
  await holds()
})

test('sent to the bank: the next working day; sent back: one reason, for what waits and for what came since', async () => {
  await release(BORDEREAU.fevrier)
  expect((await lines(`&bordereau=${BORDEREAU.fevrier}`)).map(({ situation, date }) => [situation, date])).toEqual([
    ['transmise', '2026-03-11'],
    ['transmise', '2026-03-11'],
  ])
  await holds()
  world.setClock('2026-03-11T10:00:00+01:00')
  await bankSays('B26-0001;20,00;rejeté;11/03/2026;Compte clos')
  const after = await attentes()
  expect(after).toHaveLength(1)
  expect(after[0]?.[0]).toBe('virement_rejete')
  expect((await echeancier()).prochain).toBeNull()
  expect((await responsable.get('/mon-du')).json()).toMatchObject({ prochainVirement: null, raison: 'virement_rejete' })
  await holds()
})

test('another account: in verification, with the day from which it may be accepted, then a date again', async () => {
  const { id } = await ok(
    responsable.post('/comptes-bancaires', {
      titulaire: 'Le Chai',
      iban: 'FR7630006000011234567890189',
      bic: null,
      contact: 'a@exemple.fr',
    }),
  )
  expect((await attentes()).map(([said]: string[]) => said)).toEqual(['iban_en_verification'])
  expect((await echeancier()).compte).toEqual({ etat: 'en_verification', acceptableAt: '2026-03-14T09:00:00.000Z' })
  await ok(F1.post(`/comptes-bancaires/${id}/verification`, { verification: 'conforme' }))
  world.setClock('2026-03-14T10:00:00+01:00')
  await ok(F2.post(`/comptes-bancaires/${id}/acceptation`))
  expect((await attentes()).map(([said]: string[]) => said)).toEqual(['2026-04-10'])
  await holds()
})

test('the next bordereau carries the rejected one: its uses name both, and are paid once, on the new account (D22)', async () => {
  world.setClock('2026-04-02T10:00:00+02:00')
  await ok(F1.post('/clotures/2026-03'))
  const [{ report }] = (await lines(`&bordereau=${BORDEREAU.fevrier}`)) as [Line & { report: { id: string; reference: string } }]
  expect(report.reference).toBe('B26-0002')
  expect((await lines(`&bordereau=${report.id}`)).length).toBe((await lines('&mois=2026-03')).length + 2)
  const { prochain } = await echeancier()
  expect(prochain.date).toBe('2026-04-10')
  await holds()
  await release(report.id)
  world.setClock('2026-04-14T10:00:00+02:00')
  const euros = `${prochain.montantCentimes / 100},00`
  await bankSays(`B26-0002;${euros};exécuté;13/04/2026;`)
  const paid = await lines()
  expect(new Set(paid.map(({ situation }) => situation))).toEqual(new Set(['payee']))
  for (const { virement } of paid) expect(virement).toMatchObject({ payeLe: '2026-04-13' })
  const end = await echeancier()
  expect(end).toMatchObject({
    prochain: null,
    attentes: [],
    duCentimes: 0,
    enPaiementCentimes: 0,
    payeCentimes: prochain.montantCentimes,
    annees: [2026],
  })
  // used on the 6th of March, paid on the 13th of April
  expect(end.delaiMedianJours).toBe(38)
  await holds()
})

test('the yearly statement says what the bank paid that year, transfer by transfer', async () => {
  const response = await responsable.get('/mon-du/releve-annuel.pdf?annee=2026')
  const text = (await readPdf(response.rawPayload)).map((page) => page.text).join('\n')
  expect(text).toContain('Relevé annuel des virements 2026')
  expect(text).toContain('B26-0002')
  expect(text).toContain('13/04/2026')
  expect(text).toContain('Département de la Creuse')
  const before = (await readPdf((await responsable.get('/mon-du/releve-annuel.pdf?annee=2025')).rawPayload))[0]!.text
  expect(before).toContain('Aucun virement n’a été exécuté en 2025')
})

test('the attestation is for a régie: refused without one, else it names the authority, the account and the sum', async () => {
  const refused = await responsable.get('/mon-du/attestation-regie.pdf?annee=2026')
  expect([refused.statusCode, refused.json().code]).toEqual([409, 'regie_absente'])
  await world.sql.query(`update labellisation set date_fin_regie = '2027-12-31' where organisation_id = $1`, [ORG.s1])
  expect((await echeancier()).regie).toBe(true)
  const { rawPayload } = await responsable.get('/mon-du/attestation-regie.pdf?annee=2026')
  const text = (await readPdf(rawPayload))
    .map((page) => page.text)
    .join('\n')
    .replaceAll('\n', ' ')
  expect(text).toContain('vendredi 31 décembre 2027')
  expect(text).toContain('Le Chai, FR76 •••• •••• 0189')
  expect(text).not.toContain('30006000')
})
