import { afterAll, expect, test } from 'vitest'
import { COMMANDE, type PersonKey } from '../../../../../prisma/seed/base/ids.ts'
import { commandeUpTo } from '../../../test/commande-life.ts'
import { readPdf } from '../../../test/read-pdf.ts'
import { createWorld } from '../../../test/world.ts'

const world = await createWorld()
afterAll(() => world.close())

const devis = (id: string, role: PersonKey = 'collectivite.lecteur') => world.as(role).get(`/commandes/${id}/devis.pdf`)
const textOf = async (id: string) => (await readPdf((await devis(id)).rawPayload)).map(({ text }) => text).join('\n')

test('the quote names its parties, its lines and its totals', async () => {
  const { id, reference } = await commandeUpTo(world, 'devis', { quantite: 120 })
  const text = await textOf(id)
  for (const said of [
    `Devis ${reference}`,
    'Date : 10/03/2026',
    'Opérateur Modèle',
    'Département de la Creuse',
    'SIRET 222 300 010 00013',
    'Convention C-2026-001',
    '120 carnets de 10 pass',
    '1 200 pass de 10,00 €',
    '12 000,00 €',
    '4 % de la valeur faciale',
    '480,00 €',
    '20 %',
    '96,00 €',
    '12 576,00 €',
    'Bon pour accord',
  ])
    expect(text).toContain(said)
  expect(text).not.toContain('PROJET')
})

test('a quote not yet made says that it is a project; a signed one says by whom', async () => {
  expect(await textOf(COMMANDE.brouillon)).toContain('PROJET')
  expect(await textOf(COMMANDE.signee)).toContain('Signé par Ada Exemple')
})

test('the same quote gives the same bytes, in French, with its title', async () => {
  const [one, two] = [await devis(COMMANDE.devis), await devis(COMMANDE.devis, 'operateur.support')]
  expect(one.rawPayload.equals(two.rawPayload)).toBe(true)
  expect(one.headers['content-disposition']).toContain('devis-2026-')
  const raw = one.rawPayload.toString('latin1')
  expect(raw).toContain('/Lang (fr-FR)')
  expect(raw).toContain('/Marked true')
})

test('the ANCT reads the order, not the price on paper', async () => {
  expect((await devis(COMMANDE.c1, 'anct.pilote')).statusCode).toBe(404)
  expect((await devis(COMMANDE.c1, 'autre:collectivite.lecteur')).statusCode).toBe(404)
  expect((await devis(COMMANDE.c1, 'prescripteur.agent')).statusCode).toBe(403)
})
